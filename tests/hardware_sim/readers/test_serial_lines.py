"""Lines that a program opens and closes: TCP and pseudo-terminal."""

import os
import socket
from pathlib import Path

import pytest

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.slot import Slot
from hardware_sim.readers.gempc_twin import GemPcTwin, framed
from hardware_sim.readers.serial_lines import PtyLine, TcpLine

STATUS = framed(bytes.fromhex("65000000000002000000"))
ANSWER = framed(bytes.fromhex("81000000000002010000"))


def reader() -> GemPcTwin:
    return GemPcTwin(Slot(chip_of(personas.load("zhang-jianguo").card)), echo=False)


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
            descriptor = os.open(link, os.O_RDWR | os.O_NOCTTY)
            os.write(descriptor, STATUS)
            answer = b""
            while len(answer) < len(ANSWER):
                answer += os.read(descriptor, len(ANSWER) - len(answer))
            os.close(descriptor)
            assert answer == ANSWER
    assert not link.is_symlink()


def test_a_file_in_the_links_place_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "ttyUSB0").write_text("mine")
    with pytest.raises(FileExistsError):
        PtyLine(reader(), tmp_path / "ttyUSB0")
    assert (tmp_path / "ttyUSB0").read_text() == "mine"
