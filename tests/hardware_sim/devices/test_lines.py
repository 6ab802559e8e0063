"""Lines that can be plugged in and pulled out: TCP and pseudo-terminal."""

import os
import socket
import termios
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from hardware_sim.devices.lines import DeviceLine, PtyDeviceLine, TcpDeviceLine


class Taken:
    """What a device took from its line."""

    def __init__(self) -> None:
        self.data = bytearray()
        self._came = threading.Condition()

    def receive(self, data: bytes) -> None:
        with self._came:
            self.data += data
            self._came.notify()

    def wait_for(self, data: bytes) -> None:
        with self._came:
            assert self._came.wait_for(lambda: bytes(self.data) == data, 60)


def connected(line: TcpDeviceLine) -> socket.socket:
    return socket.create_connection(("127.0.0.1", line.port), timeout=60)


def test_bytes_go_both_ways_over_tcp_for_one_program_after_another() -> None:
    taken = Taken()
    with TcpDeviceLine(taken.receive) as line:
        for number in (1, 2):
            with connected(line) as program:
                assert line.wait_opened(60)
                program.sendall(b"86.40")
                taken.wait_for(b"86.40" * number)
                line.send(b"6901\r")
                assert program.recv(100) == b"6901\r"
        assert line.baud() is None


def test_a_pulled_tcp_plug_ends_the_connection_and_comes_back_at_the_same_place() -> None:
    taken = Taken()
    with TcpDeviceLine(taken.receive) as line:
        with connected(line) as program:
            assert line.wait_opened(60)
            line.unplug()
            line.unplug()
            assert program.recv(100) == b""
        with pytest.raises(ConnectionRefusedError):
            connected(line)
        line.send(b"lost")
        target = line.target
        line.plug()
        line.plug()
        assert line.target == target
        connected(line).close()


def test_bytes_go_both_ways_over_a_pseudo_terminal_that_knows_its_speed(tmp_path: Path) -> None:
    taken, link = Taken(), tmp_path / "ttyS1"
    link.symlink_to("left-over")
    with PtyDeviceLine(taken.receive, link) as line:
        program = os.open(line.target, os.O_RDWR | os.O_NOCTTY)
        attributes = termios.tcgetattr(program)
        attributes[4] = attributes[5] = termios.B2400
        termios.tcsetattr(program, termios.TCSANOW, attributes)
        assert line.baud() == 2400
        os.write(program, b"86.40")
        taken.wait_for(b"86.40")
        line.send(b"6901\r")
        assert os.read(program, 100) == b"6901\r"
        line.unplug()
        with pytest.raises(OSError, match="Input/output"):
            os.write(program, b"x")
        os.close(program)
        assert not link.is_symlink()
        line.plug()
        assert link.exists()
    assert not link.is_symlink()


@pytest.mark.parametrize(
    "made",
    [
        lambda taken, folder: TcpDeviceLine(taken.receive, bytes_per_s=1000),
        lambda taken, folder: PtyDeviceLine(taken.receive, folder / "tty", bytes_per_s=1000),
    ],
)
def test_a_slow_device_takes_everything_in_the_end(made: Callable[[Taken, Path], DeviceLine], tmp_path: Path) -> None:
    taken = Taken()
    with made(taken, tmp_path) as line:
        if isinstance(line, TcpDeviceLine):
            with connected(line) as program:
                program.sendall(b"0123456789")
                taken.wait_for(b"0123456789")
        else:
            program_end = os.open(line.target, os.O_RDWR | os.O_NOCTTY)
            os.write(program_end, b"0123456789")
            taken.wait_for(b"0123456789")
            os.close(program_end)


def test_a_link_that_cannot_be_made_leaves_nothing_open(tmp_path: Path) -> None:
    line = PtyDeviceLine(lambda _: None, tmp_path / "no-such-folder" / "tty")
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(FileNotFoundError):
        line.plug()
    assert len(os.listdir("/proc/self/fd")) == before
