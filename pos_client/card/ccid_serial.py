"""A serial GemPC Twin reader without PC/SC: opened as a serial port, or over TCP for the simulator and for terminal
servers.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

import serial
from serial.tools import list_ports

from pos_client.card import atr, words
from pos_client.card.ccid_line import CcidLine, Disturbed, Reply, Silent
from pos_client.card.reader import ReaderState
from pos_client.card.reader_url import SERIAL, ReaderUrl
from pos_client.card.serial_port import open_port
from pos_client.errors import EnvironmentProblem

_POWER_ON: Final = 0x62
_POWER_OFF: Final = 0x63
_SLOT_STATUS: Final = 0x65
_SET_PARAMETERS: Final = 0x61
_TRANSFER: Final = 0x6F
#: 5 V, 3 V, 1.8 V: the order in which a card is tried.
_VOLTAGES: Final = (1, 2, 3)
#: Clock rate 372 and bit rate 1: the speed every card begins with and keeps unless asked.
_DEFAULT_SPEED: Final = 0x11

#: A card answers SELECT and READ well within this; libccid would wait 232 s (measured).
ANSWER_TIMEOUT_MS: Final = 3000


class CcidSerialReader:
    """One serial reader, its port held exclusively while a card is read."""

    def __init__(self, target: str, *, answer_timeout_ms: int = ANSWER_TIMEOUT_MS) -> None:
        """``target``: a device path, or ``socket://host:port``."""
        self._target = target
        self._answer_timeout_ms = answer_timeout_ms
        self._port: serial.SerialBase | None = None
        self._line: CcidLine | None = None

    def connect(self) -> str:
        """Opens the port and powers the card with T=0 at its first speed."""
        self.disconnect()
        with self._troubles():
            self._power_on(self._open())
        return str(ReaderUrl(SERIAL, self._target))

    def card_present(self) -> bool:
        """Whether a card is in the reader; opens the port, which stays open for the next look.

        Raises:
            EnvironmentProblem: the port cannot be opened or nobody answers on it.
        """
        with self._troubles():
            line = self._line or self._open()
            return not line.ask(_SLOT_STATUS).card_absent

    def transmit(self, command: bytes) -> bytes:
        """One command to the card."""
        with self._troubles():
            assert self._line is not None
            reply = self._line.ask(_TRANSFER, data=command)
            if self._line.card_left or reply.card_absent or reply.card_unpowered:
                raise EnvironmentProblem(words.CARD_TORN)
            if reply.failed:
                raise EnvironmentProblem(words.CARD_MUTE, {"ccid_error": f"{reply.error:02X}"})
            return reply.data

    def disconnect(self) -> None:
        """Takes the power off the card and closes the port."""
        line, self._line = self._line, None
        port, self._port = self._port, None
        if port is None:
            return
        with suppress(Disturbed, Silent, OSError):
            if line is not None:
                line.ask(_POWER_OFF)
        with suppress(OSError):
            port.close()

    def _open(self) -> CcidLine:
        self._port = open_port(self._target, self._answer_timeout_ms)
        self._line = CcidLine(self._port)
        return self._line

    def _power_on(self, line: CcidLine) -> None:
        if line.ask(_SLOT_STATUS).card_absent:
            raise EnvironmentProblem(words.NO_CARD)
        reply = self._first_answer(line)
        try:
            reset = atr.parse(reply.data)
        except atr.NoAtr as trouble:
            raise EnvironmentProblem(words.CARD_MUTE, {"atr": str(trouble)}) from None
        if reset.first_protocol != 0:
            raise EnvironmentProblem(words.NOT_SOCIAL_SECURITY, {"protocol": reset.first_protocol})
        convention = 0x02 if reset.inverse else 0x00
        parameters = (_DEFAULT_SPEED, convention, reset.guard_time, reset.waiting_integer, 0x00)
        if line.ask(_SET_PARAMETERS, data=bytes(parameters)).failed:
            raise Disturbed("the reader does not take the card's parameters")
        line.card_left = False

    def _first_answer(self, line: CcidLine) -> Reply:
        reply = line.ask(_POWER_ON, bytes((_VOLTAGES[0], 0, 0)))
        for voltage in _VOLTAGES[1:]:
            if not reply.failed or reply.card_absent:
                break
            reply = line.ask(_POWER_ON, bytes((voltage, 0, 0)))
        if reply.card_absent:
            raise EnvironmentProblem(words.NO_CARD)
        if reply.failed:
            raise EnvironmentProblem(words.CARD_MUTE, {"ccid_error": f"{reply.error:02X}"})
        return reply

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        """Turns what a line can suffer into sentences; a line that suffered is not asked to power off any more."""
        try:
            yield
        except (Disturbed, Silent, OSError) as trouble:
            self._line = None
            raise self._said(trouble) from None

    def _said(self, trouble: Exception) -> EnvironmentProblem:
        if isinstance(trouble, Disturbed):
            return EnvironmentProblem(words.LINE_DISTURBED, {"line": str(trouble)}, reader=self._target)
        if not isinstance(trouble, OSError) or isinstance(trouble, serial.SerialTimeoutException):
            return EnvironmentProblem(words.READER_SILENT)
        said = {
            errno.EACCES: words.ACCESS_DENIED,
            errno.EPERM: words.ACCESS_DENIED,
            errno.EAGAIN: words.READER_BUSY,
            errno.EBUSY: words.READER_BUSY,
        }.get(trouble.errno or 0, words.READER_UNAVAILABLE)
        return EnvironmentProblem(said, {"errno": trouble.errno}, reader=self._target)


def port_states() -> list[ReaderState]:
    """The machine's serial ports. What hangs on them is not asked: it may be a display or a drawer."""
    return [
        ReaderState(port.product or port.device, str(ReaderUrl(SERIAL, port.device)), None)
        for port in list_ports.comports()
    ]
