"""PC/SC readers through pyscard's thin layer over the system's own functions.

Neither pyscard's monitors nor its connection objects are used: the monitors end for ever when the service stops, and
a connection object that is forgotten resets the card under the next one. A context lives as long as one reading, so a
service that was restarted, or a reader that was plugged in again, is simply found by the next.
"""

from collections.abc import Iterable
from typing import Any, Final

from smartcard import scard

from pos_client.card import words
from pos_client.card.reader import ReaderState
from pos_client.card.reader_url import PCSC, ReaderUrl
from pos_client.errors import EnvironmentProblem, Words

_SUCCESS: Final = 0
_NO_READERS: Final = 0x8010002E
_TIMEOUT: Final = 0x8010000A
_BUSY: Final = 0x8010000B
_REMOVED: Final = 0x80100069
_NO_CARD: Final = 0x8010000C
_NO_COMMON_PROTOCOL: Final = 0x8010000F
_UNRESPONSIVE: Final = 0x80100066
_UNPOWERED: Final = 0x80100067
#: A card pulled out just now shows like this until the service has looked at its readers again.
_NOT_POWERED: Final = (_UNRESPONSIVE, _UNPOWERED)

#: What the return codes mean for the clerk (card reference 2.6); any other one: the reader is not available.
_MEANINGS: Final[dict[int, Words]] = {
    _NO_READERS: words.NO_READER,
    0x8010001D: words.SERVICE_NOT_RUNNING,
    0x8010001E: words.SERVICE_NOT_RUNNING,
    _BUSY: words.READER_BUSY,
    0x8010006A: words.ACCESS_DENIED,
    _NO_CARD: words.NO_CARD,
    _REMOVED: words.CARD_TORN,
    _UNRESPONSIVE: words.CARD_MUTE,
    _UNPOWERED: words.CARD_MUTE,
    _NO_COMMON_PROTOCOL: words.CARD_MUTE,
    0x80100016: words.CARD_MUTE,
    0x80100013: words.CARD_MUTE,
    0x8010002F: words.CARD_MUTE,
    0x80100068: words.LINE_DISTURBED,
}
#: Windows itself talks to a card right after it was inserted: one short wait before calling the reader busy.
_BUSY_WAIT_MS: Final = 500
#: The service looks at its readers every 400 ms; only then is a pulled card known to be pulled.
_PULLED_WAIT_MS: Final = 1000
#: Other programs coming and going also change a reader's state; more looks than this are not worth the time.
_MOST_LOOKS: Final = 4


def _checked(hresult: int, reader: str) -> None:
    """Raises the problem that a return code stands for."""
    unsigned = hresult & 0xFFFFFFFF  # signed on some platforms
    if unsigned != _SUCCESS:
        said = _MEANINGS.get(unsigned, words.READER_UNAVAILABLE)
        raise EnvironmentProblem(said, {"hresult": f"{unsigned:08X}"}, reader=reader)


class _Context:
    """A connection to the PC/SC service, released at the end of the ``with``."""

    def __init__(self) -> None:
        hresult, self.handle = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        _checked(hresult, "PC/SC")

    def __enter__(self) -> "_Context":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> None:
        """Lets the service go; what it answers does not matter any more."""
        scard.SCardReleaseContext(self.handle)

    def reader_names(self) -> list[str]:
        """All readers of the machine; none is no error here."""
        hresult, names = scard.SCardListReaders(self.handle, [])
        if hresult & 0xFFFFFFFF == _NO_READERS:
            return []
        _checked(hresult, "PC/SC")
        return list(names)

    def states(self, names: Iterable[str]) -> dict[str, int]:
        """The state bits of readers at this moment."""
        return self._changes([(name, scard.SCARD_STATE_UNAWARE) for name in names], 0)

    def wait_for_change(self, name: str, state: int, timeout_ms: int) -> int:
        """The state bits of a reader once they differ from ``state``, or when the time is up."""
        return self._changes([(name, state)], timeout_ms).get(name, 0)

    def _changes(self, known: list[tuple[str, int]], timeout_ms: int) -> dict[str, int]:
        if not known:
            return {}
        hresult, found = scard.SCardGetStatusChange(self.handle, timeout_ms, known)
        if hresult & 0xFFFFFFFF not in (_SUCCESS, _TIMEOUT):
            return {}
        return {name: bits for name, bits, _atr in found}

    def card_left(self, name: str) -> bool:
        """Whether the card of this reader has been pulled out, waiting until the service has had a look."""
        bits = self.states([name]).get(name, 0)
        for _ in range(_MOST_LOOKS):
            if bits & scard.SCARD_STATE_EMPTY:
                return True
            before, bits = bits, self.wait_for_change(name, bits, _PULLED_WAIT_MS)
            if bits & ~scard.SCARD_STATE_CHANGED == before & ~scard.SCARD_STATE_CHANGED:
                return False
        return False


def reader_states() -> list[ReaderState]:
    """All PC/SC readers with whether a card is in each.

    Raises:
        EnvironmentProblem: the service does not run or does not let this user in.
    """
    with _Context() as context:
        names = context.reader_names()
        states = context.states(names)
    return [
        ReaderState(name, str(ReaderUrl(PCSC, name)), bool(states.get(name, 0) & scard.SCARD_STATE_PRESENT))
        for name in names
    ]


class PcscReader:
    """One PC/SC reader, held exclusively while a card is read."""

    def __init__(self, wanted: str) -> None:
        """``wanted``: a reader's name, the beginning of one, or nothing for whichever reader has a card."""
        self._wanted = wanted
        self._name = wanted
        self._context: _Context | None = None
        self._card: Any = None
        self._protocol: Any = None

    def card_present(self) -> bool:
        """Whether a card is in this reader, by what the service last saw of it.

        Raises:
            EnvironmentProblem: there is no such reader, or the service cannot be asked.
        """
        with _Context() as context:
            name = self._choose(context)
            return bool(context.states([name]).get(name, 0) & scard.SCARD_STATE_PRESENT)

    def connect(self) -> str:
        """Powers the card in this reader for this program alone."""
        self.disconnect()
        self._context = _Context()
        self._name = self._choose(self._context)
        self._open(self._context)
        return str(ReaderUrl(PCSC, self._name))

    def _choose(self, context: _Context) -> str:
        """The reader of that very name, else one whose name begins so: the number at the end changes with the plug."""
        names = context.reader_names()
        if not names:
            raise EnvironmentProblem(words.NO_READER)
        fitting = [name for name in names if name == self._wanted]
        fitting = fitting or [name for name in names if name.startswith(self._wanted)]
        if not fitting:
            raise EnvironmentProblem(words.READER_UNAVAILABLE, {"readers": len(names)}, reader=self._wanted)
        states = context.states(fitting)
        with_card = [name for name in fitting if states.get(name, 0) & scard.SCARD_STATE_PRESENT]
        return (with_card or fitting)[0]

    def _open(self, context: _Context) -> None:
        hresult, card, protocol = self._connect_exclusively(context)
        if hresult & 0xFFFFFFFF == _BUSY:
            state = context.states([self._name]).get(self._name, 0)
            context.wait_for_change(self._name, state, _BUSY_WAIT_MS)
            hresult, card, protocol = self._connect_exclusively(context)
        unsigned = hresult & 0xFFFFFFFF
        if unsigned == _REMOVED or (unsigned in _NOT_POWERED and context.card_left(self._name)):
            hresult = _NO_CARD
        _checked(hresult, self._name)
        self._card = card
        self._protocol = scard.SCARD_PCI_T1 if protocol == scard.SCARD_PROTOCOL_T1 else scard.SCARD_PCI_T0

    def _connect_exclusively(self, context: _Context) -> tuple[int, Any, int]:
        either = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        hresult, card, protocol = scard.SCardConnect(context.handle, self._name, scard.SCARD_SHARE_EXCLUSIVE, either)
        return hresult, card, protocol

    def transmit(self, command: bytes) -> bytes:
        """One command to the card. A pulled card often shows as a failed transmission first: ask the reader."""
        assert self._context is not None
        hresult, answer = scard.SCardTransmit(self._card, self._protocol, list(command))
        if hresult == _SUCCESS and len(answer) >= 2:
            return bytes(byte & 0xFF for byte in answer)
        if self._context.card_left(self._name):
            raise EnvironmentProblem(words.CARD_TORN, {"hresult": f"{hresult & 0xFFFFFFFF:08X}"})
        _checked(hresult, self._name)
        raise EnvironmentProblem(words.CARD_MUTE, {"answer_length": len(answer)})

    def disconnect(self) -> None:
        """Takes the power off the card and releases the context."""
        card, self._card = self._card, None
        if card is not None:
            scard.SCardDisconnect(card, scard.SCARD_UNPOWER_CARD)
        context, self._context = self._context, None
        if context is not None:
            context.release()
