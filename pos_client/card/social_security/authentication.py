"""Card and terminal prove to each other what they are: 内部认证 (is the card genuine) and 外部认证 (may we read).

Source: 《社会保障（个人）卡规范》 part 5 (6.4), part 7 (5.4). In both, two numbers of eight bytes go in: the *factor*
makes a session's key from the key of the card, the *source* is encrypted under it.
"""

from typing import Final, Self

from pos_client.card import words
from pos_client.card.iso7816 import apdu
from pos_client.card.iso7816.apdu import Answer, Transmitter
from pos_client.card.psam import VALUE_LENGTH, Psam
from pos_client.card.social_security.keys import Descent, Key
from pos_client.errors import EnvironmentProblem, Problem, Refused

_REFUSED_WITHOUT_COUNT: Final = 0x6300
_NO_SUCH_KEY: Final = (apdu.KEY_NOT_FOUND, apdu.INSTRUCTION_UNKNOWN)


class CardLacksKey(Exception):
    """The card has no key of that number."""


class KeyUncertain(EnvironmentProblem):
    """A key was shown and nobody knows what the card made of it: a try may be used up, so nobody shows it again by
    himself."""

    @classmethod
    def after(cls, trouble: EnvironmentProblem) -> Self:
        """The same trouble, where it came after a key was shown."""
        return cls(trouble.words, trouble.evidence, **trouble.fill)


def internal(card: Transmitter, psam: Psam, descent: Descent) -> None:
    """Makes the card prove that it is genuine.

    Both numbers come from the PSAM: a copy that chose them itself could play back what it once heard.

    Raises:
        Refused: K-36, it is not genuine, or says that it cannot tell; K-35, the PSAM has no key for it.
        EnvironmentProblem: the card, the PSAM or a reader is in trouble.
    """
    source, factor = psam.challenge(), psam.challenge()
    answer = apdu.ask(card, apdu.internal_authenticate(factor, source), VALUE_LENGTH)
    evidence = {"step": "INTERNAL AUTHENTICATE", "status": f"{answer.status:04X}"}
    if answer.status in _NO_SUCH_KEY:
        raise Refused(words.CARD_NOT_GENUINE, evidence)
    if not answer.ok or len(answer.data) != VALUE_LENGTH:
        raise EnvironmentProblem(words.DATA_DAMAGED, evidence)
    if not psam.confirms(descent, factor, source, answer.data):
        raise Refused(words.CARD_NOT_GENUINE, evidence)


def external(card: Transmitter, psam: Psam, descent: Descent, key: Key) -> None:
    """Proves to the card that this terminal holds one of its keys; good until another application is selected.

    A wrong proof counts on the card and the last one locks its key for good, so a card that refused is never asked
    again: not now, and not when it is put in once more.

    Raises:
        Refused: K-33, the card does not accept this PSAM; K-34, the key is locked; K-35, the PSAM lacks it.
        EnvironmentProblem: the card, the PSAM or a reader is in trouble.
        CardLacksKey: the card has no such key.
    """
    if descent.card_factor in psam.turned_away:
        raise Refused(words.READER_NOT_AUTHORISED, {"key": key.name, "status": "refused before"})
    answer = _proved(card, psam, descent, key)
    if answer.status == apdu.REFERENCE_INVALID:  # the challenge was lost in between; nothing was counted
        try:
            answer = _proved(card, psam, descent, key)
        except EnvironmentProblem as trouble:
            raise KeyUncertain.after(trouble) from None
    if answer.status == apdu.OK:
        return
    if answer.status == apdu.KEY_NOT_FOUND:
        raise CardLacksKey
    problem = _refusal(key, answer)
    if problem.words is words.READER_NOT_AUTHORISED:
        psam.turned_away.add(descent.card_factor)
    raise problem


def _proved(card: Transmitter, psam: Psam, descent: Descent, key: Key) -> Answer:
    """One attempt. The card holds the value against its last challenge, so the factor is fetched last.

    A factor that was changed on the way cannot be told from a true one: it is random, and nothing checks it but the
    card itself. It costs one try, which the next right proof gives back.
    """
    source, factor = _challenge(card), _challenge(card)
    value = psam.authentication(key, descent, factor, source)
    try:
        return apdu.exactly_once(card, apdu.external_authenticate(key.on_card, value, source))
    except EnvironmentProblem as trouble:
        raise KeyUncertain.after(trouble) from None


def _challenge(card: Transmitter) -> bytes:
    answer = apdu.exchange(card, apdu.get_challenge(VALUE_LENGTH))
    if not answer.ok or len(answer.data) != VALUE_LENGTH:
        evidence = {"step": "GET CHALLENGE", "status": f"{answer.status:04X}"}
        raise EnvironmentProblem(words.DATA_DAMAGED, evidence)
    return answer.data


def _refusal(key: Key, answer: Answer) -> Problem:
    evidence = {"key": key.name, "status": f"{answer.status:04X}"}
    if answer.status == apdu.LOCKED or answer.tries_left == 0:
        return Refused(words.READER_KEY_LOCKED, evidence)
    if answer.tries_left is not None or answer.status == _REFUSED_WITHOUT_COUNT:
        return Refused(words.READER_NOT_AUTHORISED, evidence)
    if answer.status == apdu.APPLICATION_LOCKED:
        return Refused(words.APPLICATION_BLOCKED, evidence)
    return EnvironmentProblem(words.DATA_DAMAGED, evidence)
