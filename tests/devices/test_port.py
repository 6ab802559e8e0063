"""Real ports: set as the device wants, never waiting, and honest about a pulled plug."""

import errno
import os
import socket
import termios
import tty

import pytest
import serial

from pos_client.devices.line import Port
from pos_client.devices.model import LineSettings
from pos_client.devices.port import SerialPort, TcpPort, open_port

LED8 = LineSettings(2400, 8, "none", 1)


def read_some(port: Port) -> bytes:
    for _ in range(10_000):
        if data := port.read(100):
            return data
    raise AssertionError("nothing came")


def test_a_serial_port_is_set_up_and_held_alone() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    try:
        port = open_port(os.ttyname(slave), LineSettings(9600, 7, "even", 2))
        control, speed = termios.tcgetattr(slave)[2], termios.tcgetattr(slave)[4]
        assert speed == termios.B9600
        assert control & termios.CSTOPB
        assert isinstance(port, SerialPort)
        assert (port._port.bytesize, port._port.parity) == (7, "E")  # a pseudo-terminal itself has eight and none
        with pytest.raises(OSError, match="lock") as told:
            open_port(os.ttyname(slave), LED8)
        assert told.value.errno in (errno.EAGAIN, errno.EBUSY)
        port.close()
        port.close()
        open_port(os.ttyname(slave), LED8).close()
    finally:
        os.close(master)
        os.close(slave)


def test_a_serial_port_carries_bytes_without_waiting_and_notices_the_pulled_plug() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    port = open_port(os.ttyname(slave), LED8)
    os.close(slave)
    assert port.read(100) == b""
    port.write(b"\x1bQA86.40\r")
    assert os.read(master, 100) == b"\x1bQA86.40\r"
    os.write(master, b"6901234567892\r")
    assert read_some(port) == b"6901234567892\r"
    os.close(master)
    with pytest.raises(serial.SerialException):
        port.read(100)
    port.close()


def test_a_serial_port_that_takes_nothing_fails_instead_of_waiting() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    port = open_port(os.ttyname(slave), LED8)
    try:
        with pytest.raises(serial.SerialTimeoutException):
            port.write(b"x" * 1_000_000)
    finally:
        port.close()
        os.close(master)
        os.close(slave)


@pytest.mark.parametrize(
    ("target", "why", "number"),
    [
        ("/dev/no-such-port", serial.SerialException, errno.ENOENT),
        ("socket://127.0.0.1:9", ConnectionRefusedError, errno.ECONNREFUSED),
    ],
)
def test_no_such_port(target: str, why: type[OSError], number: int) -> None:
    with pytest.raises(why) as told:
        open_port(target, LED8)
    assert told.value.errno == number


def test_a_port_that_windows_denies_is_held_by_another_program(monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_: serial.Serial) -> None:  # as serialwin32 says it
        raise serial.SerialException("could not open port 'COM3': PermissionError(13, '拒绝访问。', None, 5)")

    monkeypatch.setattr(serial.Serial, "open", denied)
    with pytest.raises(OSError, match="another program") as told:
        open_port("COM3", LED8)
    assert told.value.errno == errno.EBUSY


def test_a_serial_server_that_lost_its_power_is_missed_within_half_a_minute() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = open_port(f"socket://127.0.0.1:{listener.getsockname()[1]}", LED8)
        assert isinstance(port, TcpPort)
        asked = {
            option: port._socket.getsockopt(socket.IPPROTO_TCP, option)
            for option in (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)
        }
        port.close()
    idle_s, again_s, times = asked.values()
    assert idle_s + again_s * times <= 30


def test_a_tcp_port_carries_bytes_without_waiting_and_notices_the_end() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = open_port(f"socket://127.0.0.1:{listener.getsockname()[1]}", LED8)
        connection, _ = listener.accept()
        with connection:
            assert port.read(100) == b""
            port.write(b"\x1b@")
            assert connection.recv(100) == b"\x1b@"
            connection.sendall(b"6901234567892\r")
            assert read_some(port) == b"6901234567892\r"
        with pytest.raises(ConnectionResetError):
            read_some(port)
        port.close()
        port.close()


def test_a_tcp_port_that_takes_nothing_is_not_told_as_held_by_another_program() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = open_port(f"socket://127.0.0.1:{server.getsockname()[1]}", LED8)
        with pytest.raises(ConnectionAbortedError) as failed:
            port.write(bytes(64_000_000))
        assert failed.value.errno is None
        port.close()
