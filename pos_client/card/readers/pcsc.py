"""PC/SC readers. A context lives as long as one reading, so a service that was restarted, or a reader that was plugged
in again, is simply found by the next.
"""

from collections.abc import Sequence
from typing import Any, Final

from smartcard import scard

from pos_client.card import words
from pos_client.card.readers.pcsc_service import (
    BUSY,
    NO_CARD,
    REMOVED,
    UNPOWERED,
    UNRESPONSIVE,
    Context,
    checked,
    unsigned,
)
from pos_client.card.readers.reader import PCSC, PinPad, ReaderState, ReaderUrl
from pos_client.errors import EnvironmentProblem

#: A card pulled out just now shows like this until the service has looked at its readers again.
_NOT_POWERED: Final = (UNRESPONSIVE, UNPOWERED)
#: Windows itself talks to a card right after it was inserted: one short wait before calling the reader busy.
_BUSY_WAIT_MS: Final = 500
#: The service looks at its readers every 400 ms; only then is a pulled card known to be pulled.
_PULLED_WAIT_MS: Final = 1000
#: Other programs coming and going also change a reader's state; more looks than this are not worth the time.
_MOST_LOOKS: Final = 4


def reader_states() -> list[ReaderState]:
    """All PC/SC readers with whether a card is in each.

    Raises:
        EnvironmentProblem: the service does not run or does not let this user in.
    """
    with Context() as context:
        names = context.reader_names()
        states = context.states(names)
    return [
        ReaderState(name, str(ReaderUrl(PCSC, name)), bool(states.get(name, 0) & scard.SCARD_STATE_PRESENT))
        for name in names
    ]


def fitting(names: Sequence[str], wanted: str) -> list[str]:
    """The readers meant by a name: the one of that very name, else those whose name begins so.

    The number at the end of a name changes with the plug. Nothing wanted means every reader.
    """
    return [name for name in names if name == wanted] or [name for name in names if name.startswith(wanted)]


class PcscReader:
    """One PC/SC reader, held exclusively while a card is read."""

    def __init__(self, wanted: str) -> None:
        """``wanted``: a reader's name, the beginning of one, or nothing for whichever reader has a card."""
        self._wanted = wanted
        self._name = wanted
        self._context: Context | None = None
        self._card: Any = None
        self._protocol: Any = None
        self._atr = b""

    @property
    def atr(self) -> bytes:
        """The answer to reset of the card that :meth:`connect` powered."""
        return self._atr

    def card_present(self) -> bool:
        """Whether a card is in this reader, by what the service last saw of it.

        Raises:
            EnvironmentProblem: there is no such reader, or the service cannot be asked.
        """
        with Context() as context:
            name = self._choose(context)
            return bool(context.states([name]).get(name, 0) & scard.SCARD_STATE_PRESENT)

    def candidates(self) -> list[tuple[str, bytes]]:
        """The readers meant by the name that have a card, with its answer to reset, which may be told apart by it.

        Raises:
            EnvironmentProblem: there is no such reader, or the service cannot be asked.
        """
        with Context() as context:
            return list(context.atrs(self._meant(context)).items())

    def connect(self) -> str:
        """Powers the card in this reader for this program alone."""
        self.disconnect()
        self._context = Context()
        self._name = self._choose(self._context)
        self._open(self._context)
        return str(ReaderUrl(PCSC, self._name))

    def _meant(self, context: Context) -> list[str]:
        names = context.reader_names()
        if not names:
            raise EnvironmentProblem(words.NO_READER)
        meant = fitting(names, self._wanted)
        if not meant:
            raise EnvironmentProblem(words.READER_UNAVAILABLE, {"readers": len(names)}, reader=self._wanted)
        return meant

    def _choose(self, context: Context) -> str:
        meant = self._meant(context)
        states = context.states(meant)
        with_card = [name for name in meant if states.get(name, 0) & scard.SCARD_STATE_PRESENT]
        return (with_card or meant)[0]

    def _open(self, context: Context) -> None:
        code, card, protocol = context.connect(self._name)
        if code == BUSY:
            state = context.states([self._name]).get(self._name, 0)
            context.wait_for_change(self._name, state, _BUSY_WAIT_MS)
            code, card, protocol = context.connect(self._name)
        if code == REMOVED or (code in _NOT_POWERED and self._left(context)):
            code = NO_CARD
        checked(code, self._name)
        self._card = card
        self._protocol = scard.SCARD_PCI_T1 if protocol == scard.SCARD_PROTOCOL_T1 else scard.SCARD_PCI_T0
        status = scard.SCardStatus(card)
        self._atr = bytes(status[4]) if unsigned(status[0]) == 0 else b""

    def _left(self, context: Context) -> bool:
        """Whether the card of this reader has been pulled out, waiting until the service has had a look."""
        bits = context.states([self._name]).get(self._name, 0)
        for _ in range(_MOST_LOOKS):
            if bits & scard.SCARD_STATE_EMPTY:
                return True
            before, bits = bits, context.wait_for_change(self._name, bits, _PULLED_WAIT_MS)
            if bits & ~scard.SCARD_STATE_CHANGED == before & ~scard.SCARD_STATE_CHANGED:
                return False
        return False

    def transmit(self, command: bytes) -> bytes:
        """One command to the card. A pulled card often shows as a failed transmission first: ask the reader."""
        hresult, answer = scard.SCardTransmit(self._card, self._protocol, list(command))
        if hresult == 0 and len(answer) >= 2:
            return bytes(byte & 0xFF for byte in answer)
        assert self._context is not None
        if self._left(self._context):
            raise EnvironmentProblem(words.CARD_TORN, {"hresult": f"{unsigned(hresult):08X}"})
        checked(hresult, self._name)
        raise EnvironmentProblem(words.CARD_MUTE, {"answer_length": len(answer)})

    def control(self, code: int, data: bytes = b"") -> bytes:
        """One command to the reader itself, as for its PIN pad."""
        hresult, answer = scard.SCardControl(self._card, code, list(data))
        checked(hresult, self._name)
        return bytes(byte & 0xFF for byte in answer)

    def neighbours(self) -> list["PcscReader"]:
        """All other readers of this machine that have a card: a PSAM slot is a reader like any other to PC/SC."""
        others = [name for name, _atr in PcscReader("").candidates() if name != self._name]
        return [PcscReader(name) for name in others]

    def pin_pad(self) -> PinPad | None:
        """The reader's PIN pad, if its driver tells of one."""
        from pos_client.card.readers.pcsc_pin_pad import PcscPinPad

        return PcscPinPad.of(self.control)

    def disconnect(self) -> None:
        """Takes the power off the card and releases the context."""
        card, self._card = self._card, None
        if card is not None:
            scard.SCardDisconnect(card, scard.SCARD_UNPOWER_CARD)
        context, self._context = self._context, None
        if context is not None:
            context.release()
