"""The lines that a serial reader hangs on: a TCP port, and a pseudo-terminal that looks like ``/dev/ttyUSB0``."""

import os
import select
import socket
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

from hardware_sim import terminal_link
from hardware_sim.readers.line_troubles import HungUp
from hardware_sim.readers.pace import Pace
from hardware_sim.readers.reader import SerialReader

if sys.platform != "win32":
    import fcntl
    import termios
    import tty

_CHUNK = 4096


class SerialLine(ABC):
    """A reader served on a line by a thread of its own, from ``start`` to ``close``."""

    url: str

    def __init__(self, reader: SerialReader, baud: int | None = None) -> None:
        """``baud``: bits a second; None: bytes take no time."""
        self._reader = reader
        self._pace = Pace(baud)
        self._stopping = threading.Event()
        self._wake_read, self._wake_write = socket.socketpair()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Begins to serve; the line can be opened from now on."""
        self._thread.start()

    def close(self) -> None:
        """Ends serving and takes the line away; safe to call twice."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        self._wake_write.send(b"\0")
        self._thread.join()
        self._close_line()
        self._wake_read.close()
        self._wake_write.close()

    @abstractmethod
    def _serve(self) -> None:
        """Serves programs, one after another, until the line is to end."""

    @abstractmethod
    def _close_line(self) -> None:
        """Takes the line away."""

    def _readable(self, descriptor: int) -> bool:
        """Waits for bytes; False when the line is to end."""
        ready, _, _ = select.select([descriptor, self._wake_read.fileno()], [], [])
        return descriptor in ready and not self._stopping.is_set()

    def _pause(self, duration_ms: int) -> None:
        self._stopping.wait(duration_ms / 1000)

    def _talk(self, descriptor: int, read: Callable[[], bytes], send: Callable[[bytes], None]) -> None:
        """Serves one program until it closes the line."""

        def paced(data: bytes) -> None:
            self._pace.outgoing(len(data))
            send(data)

        self._reader.line_opened()
        while self._readable(descriptor):
            data = read()
            if not data:
                return
            self._pace.incoming(len(data))
            self._reader.receive(data, paced, self._pause)


class TcpLine(SerialLine):
    """The reader on a TCP port of this machine; one program after another."""

    def __init__(self, reader: SerialReader, port: int = 0, *, baud: int | None = None) -> None:
        """``port``: 0 takes any free one.

        Raises:
            OSError: the port is taken.
        """
        self._listener = socket.create_server(("127.0.0.1", port))
        super().__init__(reader, baud)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"ccid-serial:socket://127.0.0.1:{self.port}"

    def _serve(self) -> None:
        while self._readable(self._listener.fileno()):
            connection, _ = self._listener.accept()
            with connection, suppress(ConnectionError):
                self._serve_connection(connection)

    def _serve_connection(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._talk(connection.fileno(), lambda: connection.recv(_CHUNK), connection.sendall)

    def _close_line(self) -> None:
        self._listener.close()


class PtyLine(SerialLine):
    """The reader on a pseudo-terminal, with a link that leads to it.

    The other end stays open here as well, so that its settings last; a program that opens the port is known by its
    emptying the buffers, which every one does.
    """

    def __init__(self, reader: SerialReader, link: Path, *, baud: int | None = None) -> None:
        """``link``: where the link is made; one that a simulator left behind is replaced.

        Raises:
            OSError: the link cannot be made, or something else stands there.
        """
        self._master, self._slave = os.openpty()
        tty.setraw(self._master)
        tty.setraw(self._slave)
        fcntl.ioctl(self._master, termios.TIOCPKT, (1).to_bytes(4, sys.byteorder))
        try:
            terminal_link.lead(link, os.ttyname(self._slave))
        except OSError:
            os.close(self._master)
            os.close(self._slave)
            raise
        super().__init__(reader, baud)
        self._link = link
        self.url = f"ccid-serial:{link}"

    def _serve(self) -> None:
        while not self._stopping.is_set():
            try:
                self._talk(self._master, self._read, self._write)
            except HungUp:
                self._wait_for_opening()

    def _read(self) -> bytes:
        """The next bytes; empty when the port was opened anew."""
        packet = os.read(self._master, _CHUNK)
        return b"" if packet[0] & termios.TIOCPKT_FLUSHREAD else packet[1:] or self._read()

    def _wait_for_opening(self) -> None:
        while self._readable(self._master) and self._read():
            pass

    def _write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._master, data) :]

    def _close_line(self) -> None:
        terminal_link.take_away(self._link, os.ttyname(self._slave))
        os.close(self._master)
        os.close(self._slave)
