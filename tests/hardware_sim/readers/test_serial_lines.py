"""Lines that a program opens and closes: TCP and pseudo-terminal."""

import os
import select
import socket
import termios
import time
from pathlib import Path

import pytest

from hardware_sim import personas
from hardware_sim.card.faults import Fault, LineFault
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.slot import Slot
from hardware_sim.readers.framing import framed
from hardware_sim.readers.gempc_twin import GemPcTwin
from hardware_sim.readers.serial_lines import PtyLine, TcpLine

STATUS = framed(bytes.fromhex("65000000000002000000"))
ANSWER = framed(bytes.fromhex("81000000000002010000"))
POWER = framed(bytes.fromhex("62000000000001010000"))
ATR_COMES = 30
TRANSFER = framed(bytes.fromhex("6F05000000000200000000A4000000"))


def reader(*faults: Fault) -> GemPcTwin:
    return GemPcTwin(Slot(chip_of(personas.load("zhang-jianguo").card)), faults, echo=False)


def exactly(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        data += connection.recv(count - len(data))
    return data


def test_one_program_after_another_over_tcp() -> None:
    with TcpLine(reader()) as line:
        assert line.url == f"ccid-serial:socket://127.0.0.1:{line.port}"
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", line.port)) as connection:
                connection.sendall(STATUS)
                assert exactly(connection, len(ANSWER)) == ANSWER


def test_closing_ends_the_line_under_an_open_program() -> None:
    with TcpLine(reader()) as line, socket.create_connection(("127.0.0.1", line.port)) as connection:
        connection.sendall(STATUS)
        exactly(connection, len(ANSWER))
        line.close()
        assert connection.recv(1) == b""
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", line.port))


def test_a_program_that_breaks_off_does_not_end_the_line() -> None:
    with TcpLine(reader()) as line:
        broken = socket.create_connection(("127.0.0.1", line.port))
        broken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        broken.sendall(STATUS[:5])
        broken.close()
        with socket.create_connection(("127.0.0.1", line.port)) as connection:
            connection.sendall(STATUS)
            assert exactly(connection, len(ANSWER)) == ANSWER


def test_a_pseudo_terminal_behind_a_link(tmp_path: Path) -> None:
    link = tmp_path / "ttyUSB0"
    link.symlink_to("/nowhere")
    with PtyLine(reader(), link) as line:
        assert line.url == f"ccid-serial:{link}"
        for _ in range(2):
            with Port(link) as port:
                assert port.ask(STATUS, len(ANSWER)) == ANSWER
    assert not link.is_symlink()


def test_the_link_to_something_else_is_left_alone(tmp_path: Path) -> None:
    link, device = tmp_path / "ttyCARD", tmp_path / "device"
    device.touch()
    link.symlink_to(device)
    with pytest.raises(FileExistsError):
        PtyLine(reader(), link)
    assert link.resolve() == device


def test_who_comes_second_keeps_the_link_when_the_first_ends(tmp_path: Path) -> None:
    link = tmp_path / "ttyUSB0"
    with PtyLine(reader(), link) as first:
        second = PtyLine(reader(), link)
        first.close()
        with second, Port(link) as port:
            assert port.ask(STATUS, len(ANSWER)) == ANSWER
    assert not link.is_symlink()


class Port:
    """A program that opens a serial port as they all do."""

    def __init__(self, link: Path) -> None:
        self._descriptor = os.open(link, os.O_RDWR | os.O_NOCTTY)
        termios.tcflush(self._descriptor, termios.TCIOFLUSH)

    def __enter__(self) -> "Port":
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)

    def ask(self, data: bytes, count: int, *, patience_s: float = 60) -> bytes:
        """What comes back, up to so many bytes; nothing when nothing comes."""
        os.write(self._descriptor, data)
        answer = b""
        while len(answer) < count and select.select([self._descriptor], [], [], patience_s)[0]:
            answer += os.read(self._descriptor, count - len(answer))
        return answer


@pytest.mark.parametrize("kind", [LineFault.HANG_UP, LineFault.SILENT], ids=str)
def test_a_reader_that_says_nothing_more_is_heard_again_after_the_port_was_opened_anew(
    tmp_path: Path, kind: LineFault
) -> None:
    with PtyLine(reader(Fault(kind, 1)), tmp_path / "ttyUSB0"):
        with Port(tmp_path / "ttyUSB0") as port:
            assert len(port.ask(POWER, ATR_COMES)) == ATR_COMES
            assert port.ask(TRANSFER, 15, patience_s=0.1) == b""
            assert port.ask(STATUS, len(ANSWER), patience_s=0.1) == b""
        with Port(tmp_path / "ttyUSB0") as port:
            assert port.ask(STATUS, len(ANSWER)).startswith(b"\x03\x06\x81")


def test_half_a_command_is_forgotten_when_the_port_is_opened_anew(tmp_path: Path) -> None:
    with PtyLine(reader(), tmp_path / "ttyUSB0"):
        with Port(tmp_path / "ttyUSB0") as port:
            assert port.ask(STATUS[:7], 1, patience_s=0.1) == b""
        with Port(tmp_path / "ttyUSB0") as port:
            assert port.ask(STATUS, len(ANSWER)) == ANSWER


def test_a_reader_that_is_unplugged_closes_its_connection_and_takes_the_next() -> None:
    with TcpLine(reader(Fault(LineFault.HANG_UP, 1))) as line:
        with socket.create_connection(("127.0.0.1", line.port)) as connection:
            connection.sendall(POWER)
            exactly(connection, ATR_COMES)
            connection.sendall(TRANSFER)
            assert connection.recv(1) == b""
        with socket.create_connection(("127.0.0.1", line.port)) as connection:
            connection.sendall(STATUS)
            assert exactly(connection, len(ANSWER)).startswith(b"\x03\x06\x81")


def test_a_slow_line_takes_at_least_the_time_of_its_bytes() -> None:
    with TcpLine(reader(), baud=9600) as line, socket.create_connection(("127.0.0.1", line.port)) as connection:
        begun_ns = time.monotonic_ns()
        connection.sendall(STATUS)
        assert exactly(connection, len(ANSWER)) == ANSWER
        assert time.monotonic_ns() - begun_ns >= (len(STATUS) + len(ANSWER)) * 11 * 1_000_000_000 // 9600


def test_a_file_in_the_links_place_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "ttyUSB0").write_text("mine")
    with pytest.raises(FileExistsError):
        PtyLine(reader(), tmp_path / "ttyUSB0")
    assert (tmp_path / "ttyUSB0").read_text() == "mine"
