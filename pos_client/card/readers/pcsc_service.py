"""The PC/SC service, through pyscard's thin layer over the system's own functions.

Neither pyscard's monitors nor its connection objects are used: the monitors end for ever when the service stops, and
a connection object that is forgotten resets the card under the next one.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Self

from smartcard import scard

from pos_client.card import words
from pos_client.errors import EnvironmentProblem, Words

SUCCESS: Final = 0
NO_CARD: Final = 0x8010000C
BUSY: Final = 0x8010000B
REMOVED: Final = 0x80100069
RESET: Final = 0x80100068
UNRESPONSIVE: Final = 0x80100066
UNPOWERED: Final = 0x80100067
_NO_READERS: Final = 0x8010002E
_TIMEOUT: Final = 0x8010000A
_CANCELLED: Final = 0x80100002
_UNKNOWN_READER: Final = 0x80100009

#: What the return codes mean for the clerk (card reference 2.6); any other one: the reader is not available.
_MEANINGS: Final[dict[int, Words]] = {
    _NO_READERS: words.NO_READER,
    0x8010001D: words.SERVICE_NOT_RUNNING,
    0x8010001E: words.SERVICE_NOT_RUNNING,
    BUSY: words.READER_BUSY,
    0x8010006A: words.ACCESS_DENIED,
    0x80100027: words.ACCESS_DENIED,
    NO_CARD: words.NO_CARD,
    REMOVED: words.CARD_TORN,
    UNRESPONSIVE: words.CARD_MUTE,
    UNPOWERED: words.CARD_MUTE,
    0x8010000F: words.CARD_MUTE,
    # What Windows says of a card that it cannot make sense of: not ready, invalid ATR, not supported, ATR conflict.
    0x80100010: words.CARD_MUTE,
    0x80100015: words.CARD_MUTE,
    0x8010001C: words.CARD_MUTE,
    0x80100065: words.CARD_MUTE,
    0x80100016: words.CARD_MUTE,
    0x80100013: words.CARD_MUTE,
    0x8010002F: words.CARD_MUTE,
    RESET: words.LINE_DISTURBED,
}

#: A reader's name as the service tells of readers that come and go.
ANY_READER_CHANGED: Final = "\\\\?PnP?\\Notification"


def unsigned(hresult: int) -> int:
    """A return code as the standard writes it; some platforms give it signed."""
    return hresult & 0xFFFFFFFF


def checked(hresult: int, reader: str) -> None:
    """Raises the problem that a return code stands for."""
    code = unsigned(hresult)
    if code != SUCCESS:
        said = _MEANINGS.get(code, words.READER_UNAVAILABLE)
        raise EnvironmentProblem(said, {"hresult": f"{code:08X}"}, reader=reader)


class Context:
    """A connection to the PC/SC service, released at the end of the ``with``."""

    def __init__(self) -> None:
        hresult, self.handle = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        checked(hresult, "PC/SC")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> None:
        """Lets the service go; what it answers does not matter any more."""
        scard.SCardReleaseContext(self.handle)

    def cancel(self) -> None:
        """Ends a :meth:`wait` of another thread at once."""
        scard.SCardCancel(self.handle)

    def reader_names(self) -> list[str]:
        """All readers of the machine; none is no error here.

        Raises:
            EnvironmentProblem: the service cannot be asked.
        """
        hresult, names = scard.SCardListReaders(self.handle, [])
        if unsigned(hresult) == _NO_READERS:
            return []
        checked(hresult, "PC/SC")
        return list(names)

    def states(self, names: Iterable[str]) -> dict[str, int]:
        """The state bits of readers at this moment; nothing of those that are gone."""
        return self._changes(dict.fromkeys(names, scard.SCARD_STATE_UNAWARE), 0)

    def atrs(self, names: Iterable[str]) -> dict[str, bytes]:
        """The answers to reset that the service remembers of the cards in these readers."""
        asked = [(name, scard.SCARD_STATE_UNAWARE) for name in names]
        hresult, found = scard.SCardGetStatusChange(self.handle, 0, asked) if asked else (SUCCESS, [])
        if unsigned(hresult) != SUCCESS:
            return {}
        return {name: bytes(atr) for name, bits, atr in found if bits & scard.SCARD_STATE_PRESENT}

    def wait(self, known: Mapping[str, int], timeout_ms: int) -> dict[str, int]:
        """The state bits of readers once one differs from what is known, or when the time is up.

        Raises:
            EnvironmentProblem: the service has ended.
        """
        hresult, found = scard.SCardGetStatusChange(self.handle, timeout_ms, list(known.items()))
        if unsigned(hresult) not in (SUCCESS, _TIMEOUT, _CANCELLED, _UNKNOWN_READER):
            checked(hresult, "PC/SC")
        return {name: bits for name, bits, _atr in found}

    def wait_for_change(self, name: str, state: int, timeout_ms: int) -> int:
        """The state bits of one reader once they differ from ``state``, or when the time is up."""
        return self._changes({name: state}, timeout_ms).get(name, 0)

    def _changes(self, known: Mapping[str, int], timeout_ms: int) -> dict[str, int]:
        if not known:
            return {}
        hresult, found = scard.SCardGetStatusChange(self.handle, timeout_ms, list(known.items()))
        if unsigned(hresult) not in (SUCCESS, _TIMEOUT):
            return {}
        return {name: bits for name, bits, _atr in found}

    def connect(self, name: str) -> tuple[int, Any, int]:
        """Powers the card of a reader for this program alone: return code, handle and protocol."""
        either = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        hresult, card, protocol = scard.SCardConnect(self.handle, name, scard.SCARD_SHARE_EXCLUSIVE, either)
        return unsigned(hresult), card, protocol
