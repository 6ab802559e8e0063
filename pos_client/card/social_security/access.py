"""What a terminal with a PSAM may do with one card that it could not do without: test it, and open what is locked."""

from collections.abc import Callable
from functools import cached_property
from typing import Final

from pos_client.card import words
from pos_client.card.iso7816.apdu import Transmitter
from pos_client.card.psam import Psam
from pos_client.card.social_security import authentication, environment, keys
from pos_client.card.social_security.keys import Descent, Key
from pos_client.errors import EnvironmentProblem, Problem, Refused

_PROOFS_TO_JUDGE_BY: Final = 2


def no_psam() -> None:
    """There is no PSAM."""


class Access:
    """One powered card and the PSAM beside it, which is looked for only when it is needed."""

    def __init__(self, card: Transmitter, region: str, atr: bytes, psam: Callable[[], Psam | None]) -> None:
        """``region``: the card's; ``atr``: its answer to reset; ``psam``: finds the PSAM, None where there is none."""
        self.genuine: bool | None = None
        """True once the card has proven it; None as long as nobody asked."""
        self._card = card
        self._region = region
        self._atr = atr
        self._find_psam = psam
        self._proven: tuple[Psam, Descent] | None = None

    def prove_genuine(self) -> bool:
        """Makes the card prove that it is genuine; False where there is no PSAM to judge it.

        The environment (SSSE) must have been entered before; afterwards it is the one selected. A byte that a bad
        contact changed looks like a copy, so a proof that failed is asked for once more, from the beginning: it uses
        up no try of any key, and nobody is accused for one that failed only once.

        Raises:
            Refused: K-35, K-36, both times the same.
            EnvironmentProblem: the card, the PSAM or a reader is in trouble; K-32, the card cannot be understood.
            Malformed: the card's answer to reset holds no factor for its keys.
        """
        if self.genuine:
            return True
        psam = self._psam
        if psam is None:
            return False
        refusals = []
        for _ in range(_PROOFS_TO_JUDGE_BY):
            try:
                self._proven = psam, self._proof(psam)
            except Refused as refusal:
                refusals.append(refusal)
            else:
                self.genuine = True
                return True
        raise _judgement(refusals)

    def _proof(self, psam: Psam) -> Descent:
        """One proof of genuineness, with the descent of the keys that served for it."""
        control = environment.control(self._card, recognised=True)
        descent = Descent(keys.algorithm_of(control, self._region), self._region, keys.card_factor(self._atr))
        authentication.internal(self._card, psam, descent)
        return descent

    def open(self, key: Key) -> None:
        """Opens what a key locks. Only a card that proved itself is shown a key: a PSAM that is not of its kind would
        use up the card's tries.

        Raises:
            Refused: K-33, K-34, K-35.
            EnvironmentProblem: the card, the PSAM or a reader is in trouble.
            CardLacksKey: the card has no such key.
        """
        assert self._proven is not None, "prove_genuine() comes first"
        psam, descent = self._proven
        authentication.external(self._card, psam, descent, key)

    @cached_property
    def _psam(self) -> Psam | None:
        return self._find_psam()


def _judgement(refusals: list[Refused]) -> Problem:
    """What two proofs that failed come to: where each failed in its own way, neither says anything about the card."""
    codes = {refusal.code for refusal in refusals}
    return refusals[-1] if len(codes) == 1 else EnvironmentProblem(words.DATA_DAMAGED, {"refused": sorted(codes)})
