"""The PSAM: the terminal's own chip card, which holds the keys and computes with them. None of them ever leaves it.

Source: 《社会保障（个人）卡规范》 part 9 (commands of the PSAM). The parts that were found describe environments for
3DES and SSF33; where a PSAM keeps its SM4 keys is not written down, so the likely places are tried, and a place counts
only after a value computed there agreed with what the card itself computed.
"""

import hmac
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from pos_client.card import words
from pos_client.card.iso7816 import apdu
from pos_client.card.iso7816.apdu import Answer, Transmitter
from pos_client.card.iso7816.tlv import Malformed
from pos_client.card.social_security import fields
from pos_client.card.social_security.keys import INTERNAL, Algorithm, Descent, Key
from pos_client.errors import EnvironmentProblem, Refused

VALUE_LENGTH: Final = 8

_TERMINAL_FILE: Final = 0x16
_TERMINAL_NUMBER_LENGTH: Final = 6
_READ_TERMINAL_NUMBER: Final = apdu.read_binary(_TERMINAL_NUMBER_LENGTH, _TERMINAL_FILE)
#: A session key for encryption; the number of factors, so the level of the PSAM's own key, stands in the high bits.
_ENCRYPTION: Final = 7
_LEVELS: Final[tuple[int, ...]] = (3, 2, 1)


def _environment(number: int) -> bytes:
    """ "sxN.sh." and 社会保障 in GB18030."""
    return f"sx{number}.sh.".encode("ascii") + "社会保障".encode("gb18030")


#: Where the keys of an algorithm are looked for, the likeliest first. For SM4 all of them are guesses: the order is
#: that of the algorithms' numbers, then the environments of older PSAMs.
_ENVIRONMENTS: Final[Mapping[Algorithm, tuple[bytes, ...]]] = {
    Algorithm.TRIPLE_DES: (_environment(1),),
    Algorithm.SSF33: (_environment(2),),
    Algorithm.SM4: (_environment(3), _environment(2), _environment(1)),
}
#: A PSAM says these where it has no such environment, is bound to another region, or lacks the key.
_NOT_HERE: Final = frozenset(
    (
        apdu.WRONG_LENGTH,
        apdu.CONDITIONS_NOT_SATISFIED,
        apdu.WRONG_DATA,
        apdu.FILE_NOT_FOUND,
        apdu.KEY_NOT_FOUND,
    )
)


class PsamTrouble(EnvironmentProblem):
    """K-37: the PSAM or its reader is in trouble. Nothing of the card was tried by then, unless its caller says so."""

    def __init__(self, trouble: EnvironmentProblem) -> None:
        super().__init__(words.PSAM_TROUBLE, {**trouble.evidence, "cause": trouble.code})
        self.cause = trouble.code
        """What the reader would have said of any other card."""


class _NotHere(Exception):
    """This environment has no key for the card."""

    def __init__(self, status: int) -> None:
        super().__init__(f"{status:04X}")
        self.status = status


def is_psam(card: Transmitter) -> bool:
    """Whether a powered card is a PSAM: only a PSAM has a terminal number in its root.

    Raises:
        EnvironmentProblem: it was pulled out or does not answer.
    """
    return bool(_terminal_number(apdu.exchange(card, _READ_TERMINAL_NUMBER)))


def _terminal_number(answer: Answer) -> str:
    if not answer.ok or len(answer.data) != _TERMINAL_NUMBER_LENGTH:
        return ""
    try:
        return fields.digits(answer.data)
    except Malformed:
        return ""


class Psam:
    """One PSAM, powered. A trouble with it is told as K-37, whatever its reader said."""

    def __init__(self, card: Transmitter, turned_away: set[bytes] | None = None) -> None:
        """``turned_away``: the card factors of cards that refused this terminal, kept by who lives longer.

        Such a card is not tried again: each try counts on the card, and the last one locks its key for good.
        """
        self.turned_away: set[bytes] = set() if turned_away is None else turned_away
        self._card = card
        self._selected: tuple[bytes, str] | None = None
        self._levels = _LEVELS  # the one that worked comes first
        self._proven: dict[Algorithm, bytes] = {}

    def terminal_number(self) -> str:
        """The number of this terminal, twelve digits; nothing where it cannot be read."""
        return _terminal_number(self._answer(partial(apdu.exchange, command=_READ_TERMINAL_NUMBER)))

    def challenge(self) -> bytes:
        """Eight random bytes.

        Raises:
            EnvironmentProblem: K-37.
        """
        answer = self._done(partial(apdu.exchange, command=apdu.get_challenge(VALUE_LENGTH)), "GET CHALLENGE")
        if len(answer.data) != VALUE_LENGTH:
            raise self._trouble("GET CHALLENGE", answer)
        return answer.data

    def confirms(self, descent: Descent, factor: bytes, source: bytes, value: bytes) -> bool:
        """Whether a card's answer to INTERNAL AUTHENTICATE is that of a genuine card.

        Where several environments may be meant, the one that agrees with the card is kept for this algorithm.

        Raises:
            EnvironmentProblem: K-37.
            Refused: K-35, there is no key for this card, or only where nobody knows whether it is one.
        """
        statuses = []
        candidates = self._candidates(descent.algorithm)
        for environment in candidates:
            try:
                computed = self._computed(environment, INTERNAL, descent, factor, source)
            except _NotHere as missing:
                statuses.append(f"{missing.status:04X}")
                continue
            if hmac.compare_digest(computed, value):
                self._proven[descent.algorithm] = environment
                return True
            if environment == candidates[0]:
                return False
            statuses.append("differs")
        raise self._lacks(INTERNAL, descent, statuses)

    def authentication(self, key: Key, descent: Descent, factor: bytes, source: bytes) -> bytes:
        """The eight bytes that prove to the card that this terminal holds one of its keys.

        Args:
            key: which key.
            descent: whose key.
            factor: the card's last challenge, eight bytes: makes the session's key.
            source: the eight bytes to be encrypted under it.

        Raises:
            EnvironmentProblem: K-37.
            Refused: K-35.
        """
        try:
            return self._computed(self._candidates(descent.algorithm)[0], key, descent, factor, source)
        except _NotHere as missing:
            raise self._lacks(key, descent, [f"{missing.status:04X}"]) from None

    def _candidates(self, algorithm: Algorithm) -> tuple[bytes, ...]:
        proven = self._proven.get(algorithm)
        return _ENVIRONMENTS[algorithm] if proven is None else (proven,)

    def _computed(self, environment: bytes, key: Key, descent: Descent, factor: bytes, source: bytes) -> bytes:
        block = descent.algorithm.block_length
        self._enter(environment, descent.city)
        self._make_session_key(key, descent, factor.ljust(block, b"\0"))
        answer = self._encrypted(source.ljust(block, b"\0"))
        if len(answer.data) != block:
            raise self._trouble("CIPHER DATA", answer)
        if block == VALUE_LENGTH:
            return answer.data
        halves = zip(answer.data[:VALUE_LENGTH], answer.data[VALUE_LENGTH:], strict=True)
        return bytes(one ^ other for one, other in halves)

    def _enter(self, environment: bytes, city: str) -> None:
        """SELECT and INIT ENVIRONMENT, which binds the PSAM to the province of the card."""
        province = city[:2]
        if self._selected == (environment, province):
            return
        self._selected = None
        self._here(partial(apdu.command_only, command=apdu.select_by_name(environment)), "SELECT")
        binding = bytes.fromhex(f"BFEC000001{province}")
        self._here(partial(apdu.exchange, command=binding), "INIT ENVIRONMENT")
        self._selected = (environment, province)

    def _make_session_key(self, key: Key, descent: Descent, factor: bytes) -> None:
        """DELIVERY SESSION KEY at the level where this PSAM holds its keys; nobody says beforehand which it is."""
        missing: _NotHere | None = None
        for levels in self._levels:
            data = descent.factors(levels) + factor
            command = bytes((0xBF, 0xDE, levels << 5 | _ENCRYPTION, key.in_psam, len(data))) + data
            try:
                self._here(partial(apdu.exchange, command=command), "DELIVERY SESSION KEY")
            except _NotHere as other_level:
                missing = missing or other_level
                continue
            self._levels = (levels, *(other for other in _LEVELS if other != levels))
            return
        raise missing or _NotHere(apdu.KEY_NOT_FOUND)

    def _encrypted(self, block: bytes) -> Answer:
        command = bytes((0x80, 0xFA, 0x00, 0x00, len(block))) + block
        return self._done(partial(apdu.ask, command=command, length=len(block)), "CIPHER DATA")

    def _here(self, exchange: Callable[[Transmitter], Answer], step: str) -> None:
        answer = self._answer(exchange)
        if answer.status in _NOT_HERE:
            raise _NotHere(answer.status)
        if not answer.ok:
            raise self._trouble(step, answer)

    def _done(self, exchange: Callable[[Transmitter], Answer], step: str) -> Answer:
        answer = self._answer(exchange)
        if not answer.ok:
            raise self._trouble(step, answer)
        return answer

    def _answer(self, exchange: Callable[[Transmitter], Answer]) -> Answer:
        try:
            return exchange(self._card)
        except EnvironmentProblem as trouble:
            self._selected = None
            raise PsamTrouble(trouble) from None

    def _trouble(self, step: str, answer: Answer) -> EnvironmentProblem:
        self._selected = None
        return EnvironmentProblem(words.PSAM_TROUBLE, {"step": step, "status": f"{answer.status:04X}"})

    def _lacks(self, key: Key, descent: Descent, statuses: list[str]) -> Refused:
        evidence = {"key": key.name, "key_algorithm": int(descent.algorithm), "statuses": " ".join(statuses)}
        return Refused(words.PSAM_LACKS_KEY, evidence)
