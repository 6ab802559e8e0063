"""Opening the port of a serial reader: a device of this machine, or a TCP address."""

import errno
import socket
import sys
from typing import Final

import serial
from serial.urlhandler import protocol_socket

if sys.platform == "win32":
    _LINE_ERRORS: Final[tuple[type[Exception], ...]] = ()
else:
    import termios

    _LINE_ERRORS: Final[tuple[type[Exception], ...]] = (termios.error,)

SOCKET_SCHEME: Final = "socket://"
#: So Windows says that another program holds a port, and pyserial tells it in words only.
_WINDOWS_DENIES: Final = "PermissionError("


class _TcpPort(protocol_socket.Serial):
    """pyserial's TCP port, but closed for certain and at once.

    Its own ``close`` forgets the socket open when the other side was first, and sleeps for 0.3 s after each one.
    """

    _socket: socket.socket | None

    def close(self) -> None:
        """Closes the connection; safe to call twice."""
        self.is_open = False
        connection, self._socket = self._socket, None
        if connection is not None:
            connection.close()


def open_port(target: str, timeout_ms: int) -> serial.SerialBase:
    """Opens a port for this program alone: 115200 baud, 8 data bits, no parity, two stop bits, RTS low.

    With RTS high a GemPC Twin would send its plug-and-play name (``ccid_serial.c`` of LudovicRousseau/CCID).

    Args:
        target: a device path or name, or ``socket://host:port``.
        timeout_ms: after which a read comes back with what there is, and a write fails.

    Raises:
        OSError: there is no such port, it is taken, or this user may not open it.
    """
    port = _TcpPort() if target.startswith(SOCKET_SCHEME) else serial.Serial()
    port.port = target
    port.baudrate = 115200
    port.bytesize = serial.EIGHTBITS
    port.parity = serial.PARITY_NONE
    port.stopbits = serial.STOPBITS_TWO
    port.timeout = port.write_timeout = timeout_ms / 1000
    port.exclusive = True
    port.rts = False
    try:
        port.open()
    except _LINE_ERRORS as error:  # pulled out while it was set up
        raise OSError(*error.args) from error
    except serial.SerialException as error:
        if error.errno is None and _WINDOWS_DENIES in str(error):
            raise OSError(errno.EBUSY, "another program holds the port") from error
        raise
    return port
