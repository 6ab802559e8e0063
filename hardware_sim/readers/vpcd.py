"""The card side of the virtual PC/SC reader vpcd (vsmartcard): the card connects to the reader's TCP port.

Every message is two bytes of length and as many bytes. One byte is a control: 00 power off, 01 power on, 02 reset,
04 "your answer to reset"; only the last is answered. Anything longer is a command. Connecting puts the card into the
reader, closing the connection pulls it out.
"""

import select
import socket
import threading
from contextlib import suppress
from typing import Final, Self

from hardware_sim.card.slot import Slot

_POWER_OFF, _POWER_ON, _RESET, _ATR = b"\0", b"\1", b"\2", b"\4"
_LOOK_INTERVAL_S: Final = 0.02
#: The service looks at its readers every 400 ms and, when a program is talking to the card meanwhile, loses track of
#: one that was exchanged between two looks. No hand is that quick, so this card is not either.
_LEAST_ABSENCE_MS: Final = 1000
#: vpcd sends length and body in two packets; without this acknowledgement at once every command takes 40 ms.
_QUICK_ACKNOWLEDGEMENT: Final[int | None] = getattr(socket, "TCP_QUICKACK", None)


class _CardOut(Exception):
    """The connection, and with it the card's stay in the reader, has ended."""


class VpcdCard:
    """Keeps a slot's card in a virtual reader for as long as the slot has one, also over a restart of the service."""

    url: Final = "pcsc:"

    def __init__(self, slot: Slot, port: int, *, least_absence_ms: int = _LEAST_ABSENCE_MS) -> None:
        """``port``: where the driver listens; ``least_absence_ms``: how long a card that was pulled out stays out."""
        self._slot = slot
        self._port = port
        self._least_absence_s = least_absence_ms / 1000
        self._stopping = threading.Event()
        self.connected = threading.Event()
        """Set while the card is in the virtual reader."""
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Begins to connect whenever the slot holds a card."""
        self._thread.start()

    def close(self) -> None:
        """Pulls the card out and ends."""
        self._stopping.set()
        self._thread.join()

    def _serve(self) -> None:
        while not self._stopping.is_set():
            if not self._slot.present:
                self._stopping.wait(_LOOK_INTERVAL_S)
                continue
            try:
                connection = socket.create_connection(("127.0.0.1", self._port))
            except OSError:
                self._stopping.wait(_LOOK_INTERVAL_S)  # the service is not up yet, or being restarted
                continue
            with connection, suppress(_CardOut, ConnectionError):
                self.connected.set()
                self._stay(connection)
            self.connected.clear()
            self._stopping.wait(self._least_absence_s)

    def _stay(self, connection: socket.socket) -> None:
        """Answers the reader until one of the two ends it."""
        insertions = self._slot.insertions
        while self._slot.present and self._slot.insertions == insertions and not self._stopping.is_set():
            if not select.select([connection], [], [], _LOOK_INTERVAL_S)[0]:
                continue
            length = int.from_bytes(_exactly(connection, 2))
            answer = self._answer(_exactly(connection, length))
            if answer is not None:
                connection.sendall(len(answer).to_bytes(2) + answer)

    def _answer(self, message: bytes) -> bytes | None:
        if message == _ATR:
            return self._slot.atr or b""
        if message in (_POWER_ON, _RESET):
            self._slot.power_on()
            return None
        if message == _POWER_OFF:
            self._slot.power_off()
            return None
        reaction = self._slot.transmit(message)
        self._stopping.wait(reaction.delay_ms / 1000)
        if reaction.answer is None:
            self._wait_while_mute()
            raise _CardOut
        return reaction.answer

    def _wait_while_mute(self) -> None:
        """A mute card keeps the whole reader waiting until a hand pulls it out; one that was exchanged has no power."""
        while self._slot.powered:
            if self._stopping.wait(_LOOK_INTERVAL_S):
                return


def _exactly(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        part = connection.recv(count - len(data))
        if _QUICK_ACKNOWLEDGEMENT is not None:
            connection.setsockopt(socket.IPPROTO_TCP, _QUICK_ACKNOWLEDGEMENT, 1)
        if not part:
            raise _CardOut
        data += part
    return data
