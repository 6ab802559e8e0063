"""A serial CCID reader without PC/SC: opened as a serial port, or over TCP for the simulator and for terminal servers.

GemPC Twin and PinPad, GemCore POS Pro and SIM Pro, SEC1210 and whatever speaks like them. Which of them it is need not
be said: whether commands come back is seen, other slots are asked for, and so are the keys of a PIN pad. A PIN pad that
does not tell of itself is named in the address: ``ccid-serial:/dev/ttyUSB0?pinpad``.
"""

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Final

import serial
from serial.tools import list_ports

from pos_client.card import words
from pos_client.card.readers import ccid_line, pin_pad
from pos_client.card.readers.ccid_line import CcidLine, Disturbed, Reply, Silent
from pos_client.card.readers.ccid_slot import CcidSlot, NoSuchSlot, other_slots
from pos_client.card.readers.reader import SERIAL, PinEntry, ReaderState, ReaderUrl
from pos_client.card.readers.serial_address import SerialAddress
from pos_client.card.readers.serial_port import open_port
from pos_client.errors import EnvironmentProblem, Refused
from pos_client.runtime import Clock

#: A card answers SELECT and READ well within this; libccid would wait 232 s (measured).
ANSWER_LIMIT_MS: Final = 3000
#: Ciphers and what may count a try take longer.
AUTHENTICATION_LIMIT_MS: Final = 5000
_AUTHENTICATIONS: Final = frozenset((0x20, 0x24, 0x5E, 0x82, 0x88))
#: Power at three voltages, agreeing on the speed and telling the reader, all together.
POWER_ON_LIMIT_MS: Final = 5000
_POWER_OFF_LIMIT_MS: Final = 1000
#: The holder may take as long as the pad allows; the reader then says so itself.
PIN_PAD_LIMIT_MS: Final = 90_000
_PIN_PAD_GRACE_MS: Final = 10_000

#: What a Gemalto reader can do, and of that the byte which tells of PIN entry (``ccid.h`` of LudovicRousseau/CCID).
_ASK_FEATURES: Final = b"\x6a"
_FEATURES_AT: Final = 4
_VERIFIES_PINS: Final = 0x20
_PIN_CANCELLED: Final = 0xEF
#: 00 and the numbers of bytes of the message: the reader does not do this at all, so nobody was asked.
_COMMAND_NOT_TAKEN: Final = 0x7F
_PIN_TIMED_OUT: Final = 0xF0

_MEANINGS: Final = {
    errno.EACCES: words.ACCESS_DENIED,
    errno.EPERM: words.ACCESS_DENIED,
    errno.EAGAIN: words.READER_BUSY,
    errno.EBUSY: words.READER_BUSY,
}


class _Connection:
    """The port of one reader, shared by its slots while it is open."""

    def __init__(self, address: SerialAddress, answer_timeout_ms: int | None, clock: Clock | None) -> None:
        self._address = address
        self._answer_timeout_ms = answer_timeout_ms
        self._clock = clock
        self._port: serial.SerialBase | None = None
        self._line: CcidLine | None = None
        self._trouble: Exception = Silent()
        """Why there is no line, once there was one."""

    @property
    def is_open(self) -> bool:
        """Whether the reader can be asked."""
        return self._line is not None

    def open(self) -> None:
        """Opens the port anew.

        Raises:
            EnvironmentProblem: there is none, it is taken, or this user may not open it.
        """
        self.close()
        try:
            self._port = open_port(self._address.port, self._limit_ms(ANSWER_LIMIT_MS))
            self._line = CcidLine(self._port, self._clock)
        except OSError as trouble:
            raise self._said(trouble) from None

    def close(self) -> None:
        """Lets the port go; never fails."""
        self._line = None
        port, self._port = self._port, None
        if port is not None:
            with suppress(OSError):
                port.close()

    @contextmanager
    def asking(self, limit_ms: int, *, of_a_person: bool = False) -> Iterator[CcidLine]:
        """The line for one call that takes no longer than this, and sentences for what it can suffer meanwhile.

        A line that suffered is drained, so that the next who opens it finds it quiet, and not asked any more.
        """
        if self._line is None:
            raise self._said(self._trouble)
        line = self._line
        try:
            line.give(limit_ms if of_a_person else self._limit_ms(limit_ms))
            yield line
        except (Disturbed, Silent, NoSuchSlot, OSError) as trouble:
            self._line, self._trouble = None, trouble
            if isinstance(trouble, Disturbed):
                with suppress(OSError):
                    line.drain()
            raise self._said(trouble) from None

    def _limit_ms(self, usual_ms: int) -> int:
        return usual_ms if self._answer_timeout_ms is None else self._answer_timeout_ms

    def _said(self, trouble: Exception) -> EnvironmentProblem:
        reader = str(self._address)
        if isinstance(trouble, Disturbed):
            return EnvironmentProblem(words.LINE_DISTURBED, {"line": str(trouble)}, reader=reader)
        if isinstance(trouble, NoSuchSlot):
            return EnvironmentProblem(words.READER_UNAVAILABLE, {"slot": "none of this number"}, reader=reader)
        if not isinstance(trouble, OSError) or isinstance(trouble, serial.SerialTimeoutException):
            return EnvironmentProblem(words.READER_SILENT)
        said = _MEANINGS.get(trouble.errno or 0, words.READER_UNAVAILABLE)
        return EnvironmentProblem(said, {"errno": trouble.errno}, reader=reader)


class _SlotReader:
    """One slot of a reader whose port somebody opens."""

    def __init__(self, connection: _Connection, address: SerialAddress) -> None:
        self._connection = connection
        self._address = address
        self._slot: CcidSlot | None = None
        self._atr = b""

    @property
    def atr(self) -> bytes:
        """The answer to reset of the card that has power."""
        return self._atr

    def connect(self) -> str:
        """Powers the card at the fastest speed that it and the reader agree on; the URL of this very slot.

        Raises:
            EnvironmentProblem: the reader or the card does not answer as it should.
        """
        self._atr = b""
        with self._connection.asking(POWER_ON_LIMIT_MS) as line:
            self._slot = CcidSlot(line, self._address.slot)
            self._atr = self._slot.power_on()
        return str(ReaderUrl(SERIAL, str(self._address)))

    def transmit(self, command: bytes) -> bytes:
        """One command to the card."""
        authenticates = len(command) > 1 and command[1] in _AUTHENTICATIONS
        with self._connection.asking(AUTHENTICATION_LIMIT_MS if authenticates else ANSWER_LIMIT_MS):
            return self._powered().transmit(command)

    def pin_pad(self) -> "SerialPinPad | None":
        """The reader's own keys; none for a card with T=1, whose blocks they would have to make."""
        if self._slot is None or not self._slot.speaks_t0:
            return None
        if self._address.pin_pad:
            return SerialPinPad(self._connection, self._slot)
        with self._connection.asking(ANSWER_LIMIT_MS) as line:
            reply = line.ask(ccid_line.ESCAPE, data=_ASK_FEATURES, slot=self._address.slot)
        tells = len(reply.data) > _FEATURES_AT and not reply.failed
        if tells and reply.data[_FEATURES_AT] & _VERIFIES_PINS:
            return SerialPinPad(self._connection, self._slot)
        return None

    def disconnect(self) -> None:
        """Takes the power off the card."""
        slot, self._slot = self._slot, None
        if slot is not None and self._connection.is_open:
            with suppress(EnvironmentProblem), self._connection.asking(_POWER_OFF_LIMIT_MS):
                slot.power_off()

    def _powered(self) -> CcidSlot:
        assert self._slot is not None, "connect comes first"
        return self._slot


class _Neighbour(_SlotReader):
    """A slot beside the one that opened the port."""

    def neighbours(self) -> "Sequence[_Neighbour]":
        """Whoever opened the port knows them."""
        return ()

    def card_present(self) -> bool:
        """Whether a card is in it."""
        with self._connection.asking(ANSWER_LIMIT_MS) as line:
            return CcidSlot(line, self._address.slot).card_present()


class CcidSerialReader(_SlotReader):
    """One slot of a serial reader, whose port is held exclusively while a card is read."""

    def __init__(self, target: str, *, answer_timeout_ms: int | None = None, clock: Clock | None = None) -> None:
        """``target``: ``/dev/ttyUSB0``, ``socket://host:port``; ``#1`` behind it means another slot.

        Args:
            target: as :class:`~pos_client.card.readers.serial_address.SerialAddress` takes it apart.
            answer_timeout_ms: instead of the usual limit of every step but the PIN pad's.
            clock: for the limits.
        """
        address = SerialAddress.parse(target) or SerialAddress(target)
        super().__init__(_Connection(address, answer_timeout_ms, clock), address)

    def connect(self) -> str:
        """Opens the port and powers the card; the reader is asked nothing that the power does not need."""
        self.disconnect()
        self._connection.open()
        return super().connect()

    def neighbours(self) -> Sequence[_Neighbour]:
        """The other slots of this reader that hold a card, on the same port."""
        with self._connection.asking(ANSWER_LIMIT_MS) as line:
            numbers = other_slots(line, self._address.slot)
        return [_Neighbour(self._connection, self._address.at(number)) for number in numbers]

    def card_present(self) -> bool:
        """Whether a card is in the slot; opens the port, which stays open for the next look.

        Raises:
            EnvironmentProblem: the port cannot be opened or nobody answers on it.
        """
        if not self._connection.is_open:
            self._connection.open()
        with self._connection.asking(ANSWER_LIMIT_MS) as line:
            return CcidSlot(line, self._address.slot).card_present()

    def disconnect(self) -> None:
        """Takes the power off the card and closes the port."""
        super().disconnect()
        self._connection.close()


class SerialPinPad:
    """The keys of a serial reader."""

    def __init__(self, connection: _Connection, slot: CcidSlot) -> None:
        self._connection = connection
        self._slot = slot

    def enter(self, entry: PinEntry) -> int:
        """Lets the holder enter a PIN; the card's status word (6400 timed out, 6401 cancelled at the pad)."""
        limit_ms = max(PIN_PAD_LIMIT_MS, entry.timeout_ms + _PIN_PAD_GRACE_MS)
        with self._connection.asking(limit_ms, of_a_person=True):
            reply = self._slot.secure(pin_pad.ccid_structure(entry))
            return _status_word(reply)


def _status_word(reply: Reply) -> int:
    if reply.failed and reply.error == _PIN_TIMED_OUT:
        return pin_pad.TIMED_OUT
    if reply.failed and reply.error == _PIN_CANCELLED:
        return pin_pad.CANCELLED
    if reply.failed and reply.error <= _COMMAND_NOT_TAKEN:
        raise Refused(words.PIN_PAD_REFUSED, {"ccid_error": f"{reply.error:02X}"})
    if reply.failed or len(reply.data) != 2:  # whether the card saw a PIN, nobody knows
        raise Disturbed(f"the PIN pad failed: {reply.error:02X}")
    return int.from_bytes(reply.data)


def port_states() -> list[ReaderState]:
    """The machine's serial ports. What hangs on them is not asked: it may be a display or a drawer."""
    return [
        ReaderState(port.product or port.device, str(ReaderUrl(SERIAL, port.device)), None)
        for port in list_ports.comports()
    ]
