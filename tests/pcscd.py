"""A real PC/SC service for the tests alone: its own socket, its own configuration, virtual readers on free ports.

The service gets its socket by the socket-activation protocol of systemd (LISTEN_PID, LISTEN_FDS, descriptor 3), so it
needs neither systemd nor the system's own socket, and any number of them may run side by side.
"""

import atexit
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from tests.logs import log_file

PROGRAM = "/usr/sbin/pcscd"
_DRIVERS = Path("/usr/lib/pcsc/drivers/serial")
DRIVER = _DRIVERS / "libifdvpcd.so"
SERIAL_DRIVER = _DRIVERS / "libccidtwin.so"
READER = "Counter test"
SERIAL_READER = "Serial test"
LOG = log_file("pcscd")

_PLACE, _SOCKET = "PCSCLITE_CSOCK_NAME", "pcscd.comm"
_PORTS = range(10_000, 32_767)  # Linux gives away those above

_HAND_OVER = (
    "import ctypes, os, signal, sys\n"
    "ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # ends with the tests, however they end\n"
    "os.dup2(int(sys.argv[1]), 3)\n"
    "os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS='1')\n"
    "os.execv(sys.argv[2], sys.argv[2:])\n"
)


def _two_free_ports() -> int:
    """The first of two neighbouring free ports: the virtual driver always opens two readers.

    The driver opens them only when the service is first asked: till then nobody else must be given them.
    """
    while True:
        port = random.SystemRandom().choice(_PORTS)  # hypothesis repeats what others draw
        try:
            for each in (port, port + 1):
                socket.create_server(("", each)).close()
        except OSError:
            continue
        return port


def virtual_reader(port: int) -> str:
    """The configuration of two virtual readers, on a port and the next."""
    return f'FRIENDLYNAME "{READER}"\nDEVICENAME /dev/null:0x{port:04X}\nLIBPATH {DRIVER}\nCHANNELID 0x{port:04X}\n'


def serial_reader(device: Path, model: str) -> str:
    """The configuration of a serial reader of a make that the driver knows by that name."""
    return f'FRIENDLYNAME "{SERIAL_READER}"\nDEVICENAME {device}:{model}\nLIBPATH {SERIAL_DRIVER}\n'


class Pcscd:
    """One service that the test may stop and start again; the socket stays the same."""

    def __init__(self, folder: Path, configuration: str) -> None:
        self.socket_path = folder / _SOCKET
        self._configuration = folder / "reader.conf.d"
        self._configuration.mkdir()
        (self._configuration / "readers").write_text(configuration)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the service; a client that comes before it is ready waits in the socket."""
        with socket.socket(socket.AF_UNIX) as listener, LOG.open("ab") as log:
            listener.bind(str(self.socket_path))
            listener.listen()
            descriptor = listener.fileno()
            self._process = subprocess.Popen(
                [sys.executable, "-c", _HAND_OVER, str(descriptor), PROGRAM, "-f", "-d", "-c", self._configuration],
                pass_fds=(descriptor,),
                stdout=log,
                stderr=log,
            )

    def stop(self) -> None:
        """Ends the service; clients are then told that it is not running."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait()
            self._process = None
        self.socket_path.unlink(missing_ok=True)


class PrivatePcscd(Pcscd):
    """A service with two virtual readers, whose ports stay the same."""

    def __init__(self, folder: Path) -> None:
        self.port = _two_free_ports()
        super().__init__(folder, virtual_reader(self.port))


@contextmanager
def running(service: Pcscd) -> Iterator[None]:
    """The service's life; its socket is in the environment of this process and so of every child."""
    former = os.environ.get(_PLACE)
    os.environ[_PLACE] = str(service.socket_path)
    try:
        service.start()
        yield
    finally:
        service.stop()
        if former is None:
            del os.environ[_PLACE]
        else:
            os.environ[_PLACE] = former


@cache
def _own_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="pcscd-"))
    atexit.register(shutil.rmtree, folder)
    return folder


def claim_socket() -> None:
    """Says where the service of this process will be, before anybody asks: the library looks only once for its place.

    Till the service runs there is none, whatever the machine itself may have.
    """
    os.environ[_PLACE] = str(_own_folder() / _SOCKET)


def needs(package: str, *files: str | Path) -> None:
    """Fails the test when the machine lacks what the tests need: real programs are part of them."""
    for file in files:
        if not Path(file).exists():
            pytest.fail(f"{file} is part of the tests: install the Debian package {package}")


@pytest.fixture(scope="session")
def private_pcscd() -> Iterator[PrivatePcscd]:
    """A running service whose socket is in the environment of this process and so of every child."""
    needs("pcscd", PROGRAM)
    needs("vsmartcard-vpcd", DRIVER)
    LOG.unlink(missing_ok=True)
    service = PrivatePcscd(_own_folder())
    with running(service):
        yield service
