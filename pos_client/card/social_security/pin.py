"""The card's PIN: how many tries are left, whether one is right, and another one in its place.

A PIN is sent to the card once and never again, whatever happens: a second try is the holder's to make. Source:
《社会保障（个人）卡规范》 part 5 (6.3, 6.14).
"""

import re
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from pos_client.card import words
from pos_client.card.iso7816 import apdu
from pos_client.card.iso7816.apdu import Answer, Transmitter
from pos_client.card.readers.reader import PinEntry, PinPad
from pos_client.card.social_security import environment
from pos_client.errors import EnvironmentProblem, Problem, Refused

_FORM: Final = re.compile(r"[0-9]{4,16}")
_ASK: Final = bytes.fromhex("0020000000")
_BETWEEN_OLD_AND_NEW: Final = b"\xff"
#: The card could not write what it was told to; what it holds now is not known.
_MEMORY_FAILED: Final = 0x6581
#: What a PIN pad says by itself (PC/SC part 10); the card has then seen nothing.
_PAD_TIMED_OUT: Final = 0x6400
_PAD_CANCELLED: Final = 0x6401
_PAD_TYPED_DIFFERENTLY: Final = 0x6402
_PAD_WRONG_LENGTH: Final = 0x6403


class Pin:
    """A PIN on its way from the holder to the card. Wiped when it was used, and at the end of a ``with``.

    The bytes kept here are overwritten; copies that Python made of what was typed are beyond reach.
    """

    __slots__ = ("_digits",)

    def __init__(self, typed: str) -> None:
        """``typed``: 4 to 16 digits.

        Raises:
            Refused: K-46, something else.
        """
        if _FORM.fullmatch(typed) is None:
            raise Refused(words.PIN_FORMAT)
        self._digits = bytearray(typed, "ascii")

    def __repr__(self) -> str:
        return "Pin(…)"

    def __reduce__(self) -> str:
        raise TypeError("a PIN is not to be copied or stored")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wipe()

    def wipe(self) -> None:
        """Forgets it; safe to do twice."""
        self._digits[:] = bytes(len(self._digits))
        self._digits.clear()

    def packed(self) -> bytes:
        """Two digits a byte, an odd one filled with F, as the card wants it.

        Raises:
            Refused: K-46, it was wiped: a PIN serves once.
        """
        if not self._digits:
            raise Refused(words.PIN_FORMAT)
        return bytes.fromhex(self._digits.decode("ascii") + "F" * (len(self._digits) % 2))


def select(card: Transmitter) -> None:
    """Enters the environment that the PIN belongs to.

    Raises:
        EnvironmentProblem, Refused: another kind of card, or a blocked one.
    """
    environment.select(card)


def tries_left(card: Transmitter) -> int | None:
    """How many tries are left, without using one up; None for a card without a PIN.

    Raises:
        Refused: K-42, it is locked.
        EnvironmentProblem: the card or the reader is in trouble.
    """
    answer = apdu.exactly_once(card, _ASK)
    if answer.status in (apdu.OK, apdu.KEY_NOT_FOUND):
        return None
    if answer.tries_left:
        return answer.tries_left
    raise _refusal(answer)


def verify(card: Transmitter, pin: Pin, *, last_try_confirmed: bool = False) -> None:
    """Shows the card its holder's PIN; done already where the card has none. The PIN is wiped, whatever happens.

    Args:
        card: the card, its environment selected.
        pin: what the holder entered.
        last_try_confirmed: the holder was told that this is the last try and wants it.

    Raises:
        Refused: K-41, it is wrong; K-42, it is locked, now or before; K-47, the last try is not confirmed.
        EnvironmentProblem: K-48, nobody knows whether the try was used up; the card or the reader is in trouble.
    """
    with pin:
        if _may_try(card, confirmed=last_try_confirmed):
            block = pin.packed()
            _send(lambda: apdu.exactly_once(card, bytes((0x00, 0x20, 0x00, 0x00, len(block))) + block))


def change(card: Transmitter, old: Pin | None, new: Pin, *, last_try_confirmed: bool = False) -> None:
    """Puts a new PIN in the place of the old one, or the first one (``old`` None) on a card without any. Both are
    wiped, whatever happens. A PIN is never taken off a card.

    Raises:
        Refused, EnvironmentProblem: as :func:`verify`; a wrong old PIN costs a try.
    """
    with new, old or new:
        has_one = _may_try(card, confirmed=last_try_confirmed)
        if has_one and old is None:
            raise Refused(words.PIN_NEEDED)
        before = old.packed() if has_one and old is not None else b""
        block = before + _BETWEEN_OLD_AND_NEW + new.packed()
        _send(lambda: apdu.exactly_once(card, bytes((0x80, 0x5E, 0x01, 0x00, len(block))) + block))


def on_pad(card: Transmitter, pad: PinPad, entry: PinEntry, *, last_try_confirmed: bool = False) -> None:
    """The same with the reader's own PIN pad, past this program.

    Raises:
        Refused: as :func:`verify`; K-45, the holder cancelled; K-46, it is too short or the two new ones differ.
        EnvironmentProblem: as :func:`verify`; K-44, nothing was entered in time.
    """
    if _may_try(card, confirmed=last_try_confirmed) or entry.act == "change":
        _send(lambda: Answer(b"", pad.enter(entry)))


def _may_try(card: Transmitter, *, confirmed: bool) -> bool:
    """Whether the card has a PIN, which may be tried now."""
    left = tries_left(card)
    if left == 1 and not confirmed:
        raise Refused(words.PIN_LAST_TRY)
    return left is not None


def _send(sending: Callable[[], Answer]) -> None:
    try:
        answer = sending()
    except EnvironmentProblem as trouble:
        raise EnvironmentProblem(words.PIN_UNCERTAIN, {"cause": trouble.code}) from None
    if answer.status != apdu.OK:
        raise _refusal(answer)


def _refusal(answer: Answer) -> Problem:
    status = answer.status
    if answer.tries_left:
        return Refused(words.PIN_WRONG, left=answer.tries_left)
    if status == apdu.LOCKED or answer.tries_left == 0:
        return Refused(words.PIN_LOCKED)
    if status == _PAD_TIMED_OUT:
        return EnvironmentProblem(words.PIN_PAD_TIMEOUT)
    if status == _PAD_CANCELLED:
        return Refused(words.PIN_PAD_CANCELLED)
    if status in (_PAD_TYPED_DIFFERENTLY, _PAD_WRONG_LENGTH, apdu.WRONG_DATA):
        return Refused(words.PIN_FORMAT)
    evidence = {"step": "PIN", "status": f"{status:04X}"}
    if status == apdu.APPLICATION_LOCKED:
        return Refused(words.APPLICATION_BLOCKED, evidence)
    if status == _MEMORY_FAILED or status >> 8 in (0x61, 0x6C):
        return EnvironmentProblem(words.PIN_UNCERTAIN, evidence)
    return EnvironmentProblem(words.DATA_DAMAGED, evidence)
