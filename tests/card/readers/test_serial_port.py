"""Ports are opened as the reader needs them and closed for certain."""

import errno
import os
import socket
import termios
import tty

import pytest
import serial

from pos_client.card.readers.serial_port import open_port


def test_a_device_is_opened_with_two_stop_bits_and_for_one_program_alone() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    try:
        port = open_port(os.ttyname(slave), 250)
        control, speed = termios.tcgetattr(slave)[2], termios.tcgetattr(slave)[4]
        assert speed == termios.B115200
        assert control & termios.CSTOPB
        assert not control & termios.PARENB
        assert control & termios.CSIZE == termios.CS8
        assert (port.timeout, port.write_timeout) == (0.25, 0.25)
        with pytest.raises(serial.SerialException, match="lock"):
            open_port(os.ttyname(slave), 250)
        port.close()
        open_port(os.ttyname(slave), 250).close()
    finally:
        os.close(master)
        os.close(slave)


@pytest.mark.parametrize(
    ("raised", "number"),
    [
        (termios.error(errno.EIO, "Input/output error"), errno.EIO),
        (serial.SerialException("could not open port 'COM3': PermissionError(13, '拒绝访问。', None, 5)"), errno.EBUSY),
        (serial.SerialException("could not open port 'COM9': FileNotFoundError(2, '', None, 2)"), None),
    ],
    ids=["pulled out while it was set up", "held by another program of Windows", "not there"],
)
def test_what_the_system_says_is_told_by_its_number(
    monkeypatch: pytest.MonkeyPatch, raised: Exception, number: int | None
) -> None:
    def refused(_: serial.Serial) -> None:
        raise raised

    monkeypatch.setattr(serial.Serial, "open", refused)
    with pytest.raises(OSError) as told:  # noqa: PT011 (its number is what counts)
        open_port("COM3", 250)
    assert told.value.errno == number


def test_a_tcp_port_is_closed_even_when_the_other_side_was_first() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = open_port(f"socket://127.0.0.1:{listener.getsockname()[1]}", 20_000)
        connection, _ = listener.accept()
        connection.close()
        with pytest.raises(serial.SerialException, match="disconnected"):
            port.read(1)
        port.close()
        port.close()
        assert not port.is_open


def test_an_open_tcp_port_ends_the_connection_when_closed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = open_port(f"socket://127.0.0.1:{listener.getsockname()[1]}", 20_000)
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"\x03\x06")
            assert port.read(2) == b"\x03\x06"
            port.close()
            assert connection.recv(1) == b""
