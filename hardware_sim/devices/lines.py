"""The lines that counter devices hang on: a TCP port, and a pseudo-terminal that looks like ``/dev/ttyS1``."""

import os
import select
import socket
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from hardware_sim import terminal_link

if sys.platform != "win32":
    import termios
    import tty

_CHUNK: Final = 4096
_SPEEDS: Final = (300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)

Received = Callable[[bytes], None]


class DeviceLine(ABC):
    """A device's plug: in from ``plug`` to ``unplug``; what a program sends goes to ``received``, in its own thread."""

    target: str
    """What a program opens: ``socket://127.0.0.1:PORT`` or the path of a link."""

    def __init__(self, received: Received, *, bytes_per_s: int | None = None) -> None:
        """``bytes_per_s``: how fast the device takes bytes, as fast as they come without it."""
        self._received = received
        self._bytes_per_s = bytes_per_s
        self._unplugging = threading.Event()
        self._unplugging.set()
        self._opened = threading.Event()

    def __enter__(self) -> Self:
        self.plug()
        return self

    def __exit__(self, *_: object) -> None:
        self.unplug()

    def plug(self) -> None:
        """Puts the plug in, at the same place as before; a program can open the line from now on."""
        if not self._unplugging.is_set():
            return
        self._open_line()
        self._unplugging.clear()
        self._wake_read, self._wake_write = socket.socketpair()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        """Pulls the plug: the program's line breaks, and cannot be opened until it is put in again."""
        if self._unplugging.is_set():
            return
        self._unplugging.set()
        self._wake_write.send(b"\0")
        if self._thread is not threading.current_thread():
            self._thread.join()
        self._opened.clear()
        self._close_line()
        self._wake_read.close()
        self._wake_write.close()

    def wait_opened(self, timeout_s: float) -> bool:
        """Whether a program has opened the line; waits so long for it. A pseudo-terminal cannot tell: at once True."""
        return self._opened.wait(timeout_s)

    def baud(self) -> int | None:
        """The speed that the program has set its end to; None where the line does not tell."""
        return None

    @abstractmethod
    def send(self, data: bytes) -> None:
        """Sends to the program; lost when none has the line open."""

    @abstractmethod
    def _open_line(self) -> None:
        """Makes the line."""

    @abstractmethod
    def _close_line(self) -> None:
        """Takes the line away."""

    @abstractmethod
    def _serve(self) -> None:
        """Takes what programs send, until the plug is pulled."""

    def _readable(self, descriptor: int) -> bool:
        """Waits for bytes; False when the plug is pulled."""
        ready, _, _ = select.select([descriptor, self._wake_read.fileno()], [], [])
        return descriptor in ready and not self._unplugging.is_set()

    def _take(self, descriptor: int, read: Callable[[int], bytes]) -> None:
        """Takes what one program sends until it closes the line."""
        while self._readable(descriptor):
            data = read(_CHUNK if self._bytes_per_s is None else 1)
            if not data:
                return
            if self._bytes_per_s is not None:
                self._unplugging.wait(len(data) / self._bytes_per_s)
            self._received(data)


class TcpDeviceLine(DeviceLine):
    """The device behind a TCP port of this machine, as behind a serial server; one program after another."""

    def __init__(self, received: Received, port: int = 0, *, bytes_per_s: int | None = None) -> None:
        """``port``: 0 takes any free one, and keeps it."""
        super().__init__(received, bytes_per_s=bytes_per_s)
        self.port = port
        self._connection: socket.socket | None = None

    def send(self, data: bytes) -> None:
        """Sends to the program; lost when none is connected."""
        connection = self._connection
        if connection is not None:
            with suppress(OSError):
                connection.sendall(data)

    def _open_line(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        self.target = f"socket://127.0.0.1:{self.port}"

    def _close_line(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        while not self._unplugging.is_set() and self._readable(self._listener.fileno()):
            self._connection, _ = self._listener.accept()
            self._opened.set()
            with self._connection as connection, suppress(ConnectionError):
                self._take(connection.fileno(), connection.recv)
                if self._unplugging.is_set():
                    self._listener.close()  # first, so that nobody gets in again while the plug is pulled
            self._connection = None


class PtyDeviceLine(DeviceLine):
    """The device on a pseudo-terminal, with a link that leads to it."""

    def __init__(self, received: Received, link: Path, *, bytes_per_s: int | None = None) -> None:
        """``link``: where the link is made; one that a simulator left behind is replaced."""
        super().__init__(received, bytes_per_s=bytes_per_s)
        self._link = link
        self.target = str(link)

    def baud(self) -> int | None:
        """The speed that the program has set."""
        try:
            speed = termios.tcgetattr(self._slave)[4]
        except termios.error:
            return None
        return next((baud for baud in _SPEEDS if getattr(termios, f"B{baud}") == speed), None)

    def send(self, data: bytes) -> None:
        """Sends to the program."""
        with suppress(OSError):
            while data:
                data = data[os.write(self._master, data) :]

    def _open_line(self) -> None:
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        try:
            terminal_link.lead(self._link, os.ttyname(self._slave))
        except OSError:
            self._close_ends()
            raise
        self._opened.set()

    def _close_line(self) -> None:
        terminal_link.take_away(self._link, os.ttyname(self._slave))
        self._close_ends()

    def _close_ends(self) -> None:
        os.close(self._master)
        os.close(self._slave)

    def _serve(self) -> None:
        # The slave stays open here, so a program that closes the line is not seen; the next one goes on with it.
        self._take(self._master, lambda size: os.read(self._master, size))
