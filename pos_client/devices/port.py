"""Opening the port of a counter device, so that neither reading nor writing ever waits for the device."""

import errno
import socket
import sys
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

import serial

from pos_client.devices.device_url import SOCKET
from pos_client.devices.line import HungUp, Port
from pos_client.devices.model import LineSettings

if sys.platform == "win32":
    _LINE_ERRORS: Final[tuple[type[Exception], ...]] = ()
else:
    import termios

    _LINE_ERRORS: Final[tuple[type[Exception], ...]] = (termios.error,)

_CONNECT_TIMEOUT_S: Final = 0.5
#: A serial server that lost its power says nothing: so it is asked after 10 s of silence, and given up 15 s later.
#: Without it a scanner behind one stays deaf for two hours. Not every system knows every name.
_PATIENCE: Final = (("TCP_KEEPIDLE", 10), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 3), ("TCP_USER_TIMEOUT", 25_000))
_WRITE_TIMEOUT_S: Final = 0.2
#: So Windows says that another program holds a port, and pyserial tells it in words only.
_WINDOWS_DENIES: Final = "PermissionError("
_PARITY: Final = {"none": serial.PARITY_NONE, "even": serial.PARITY_EVEN, "odd": serial.PARITY_ODD}


class TcpPort:
    """A port behind a serial server, or a simulated device."""

    def __init__(self, host: str, port: int) -> None:
        """Connects.

        Raises:
            OSError: nobody answers there.
        """
        self._socket = socket.create_connection((host, port), timeout=_CONNECT_TIMEOUT_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in _PATIENCE:
            if (option := getattr(socket, name, None)) is not None:
                self._socket.setsockopt(socket.IPPROTO_TCP, option, value)
        self._socket.setblocking(False)

    def read(self, size: int, /) -> bytes:
        """What has come."""
        try:
            data = self._socket.recv(size)
        except BlockingIOError:
            return b""
        if not data:
            raise HungUp("the other side closed the line")
        return data

    def write(self, data: bytes, /) -> int:
        """Hands all bytes to the line, or fails."""
        try:
            self._socket.sendall(data)
        except BlockingIOError:  # not busy with another program: it takes nothing any more
            raise ConnectionAbortedError("the other side takes nothing") from None
        return len(data)

    def close(self) -> None:
        """Closes the connection; safe to call twice."""
        self._socket.close()


class SerialPort:
    """A serial port of this machine."""

    def __init__(self, device: str, line: LineSettings) -> None:
        """Opens it for this program alone.

        Raises:
            OSError: there is no such port, it is taken, or this user may not open it.
        """
        port = serial.Serial()
        port.port = device
        port.baudrate = line.baud
        port.bytesize = line.bits
        port.parity = _PARITY[line.parity]
        port.stopbits = line.stop_bits
        port.timeout = 0
        port.write_timeout = _WRITE_TIMEOUT_S
        port.exclusive = True
        try:
            port.open()
        except _LINE_ERRORS as error:  # pulled out while it was set up
            raise OSError(*error.args) from error
        except serial.SerialException as error:
            if error.errno is None and _WINDOWS_DENIES in str(error):
                raise OSError(errno.EBUSY, "another program holds the port") from error
            raise
        self._port = port

    def read(self, size: int, /) -> bytes:
        """What has come."""
        return self._port.read(size)

    def write(self, data: bytes, /) -> int | None:
        """Hands bytes to the line."""
        return self._port.write(data)

    def close(self) -> None:
        """Closes the port; safe to call twice. With bytes that the device does not take, closing would wait for it."""
        if self._port.is_open:
            with suppress(OSError, *_LINE_ERRORS):
                self._port.reset_output_buffer()
        self._port.close()


def open_port(target: str, line: LineSettings) -> Port:
    """Opens a port: a device path or name, or ``socket://host:port``.

    Raises:
        OSError: there is no such port, it is taken, or this user may not open it.
    """
    if target.startswith(SOCKET):
        parts = urlsplit(target)
        return TcpPort(str(parts.hostname), int(parts.port or 0))
    return SerialPort(target, line)
