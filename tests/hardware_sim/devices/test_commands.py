"""The commands: real processes on real lines, told apart by what they print."""

import json
import os
import signal
import socket
import subprocess
import sys
import termios
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from subprocess import PIPE
from typing import Any

import pytest
from click.testing import CliRunner

from hardware_sim.devices.commands import announcer, display, drawer, scanner
from hardware_sim.devices.serving import ServedDevice

_RUN = "import sys; from hardware_sim.devices import commands; getattr(commands, sys.argv[1])(sys.argv[2:])"


class Running:
    """A command that runs, and what it prints."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.url: str = self.line()["ready"]

    def line(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def type(self, text: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(text)
        self.process.stdin.flush()

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", int(self.url.rpartition(":")[2])), timeout=60)


@contextmanager
def running(*arguments: str) -> Iterator[Running]:
    argv = [sys.executable, "-c", _RUN, *arguments]
    with subprocess.Popen(argv, stdin=PIPE, stdout=PIPE, text=True) as process:
        try:
            yield Running(process)
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0


def test_a_display_prints_what_the_customer_sees() -> None:
    with running("display", "--transport", "tcp:0") as command, command.connect() as line:
        assert command.url.startswith("led8-2400:socket://127.0.0.1:")
        line.sendall(b"\x1bQA86.40\r\x1bs2\x1bp0\x3c\xf0")
        assert command.line() == {"digits": "86.40", "lamp": "", "second_line": ""}
        assert command.line() == {"digits": "86.40", "lamp": "总计", "second_line": ""}
        assert command.line() == {"drawer": "open", "pin": 2, "pulse_ms": 120}


def test_a_display_on_a_pseudo_terminal(tmp_path: Path) -> None:
    link = tmp_path / "ttyS1"
    with running("display", "--transport", f"pty:{link}", "--model", "led8-9600") as command:
        assert command.url == f"led8-9600:{link}"
        line = opened(link, termios.B9600)
        os.write(line, b"\x1bQA2.00\r")
        assert command.line() == {"digits": "2.00", "lamp": "", "second_line": ""}
        os.close(line)
    assert not link.is_symlink()


def test_what_comes_at_another_speed_is_noise(tmp_path: Path) -> None:
    link, came = tmp_path / "ttyS1", SimpleQueue[bytes]()
    served = ServedDevice(f"pty:{link}", (), baud=2400)
    served._received = came.put
    with served.line:
        line = opened(link, termios.B9600)
        os.write(line, b"\x1b@")
        assert came.get(timeout=60) == b"\x9b\xc0"
        os.close(line)
        line = opened(link, termios.B2400)
        os.write(line, b"\x1b@")
        assert came.get(timeout=60) == b"\x1b@"
        os.close(line)


def opened(link: Path, speed: int) -> int:
    line = os.open(link, os.O_RDWR | os.O_NOCTTY)
    attributes = termios.tcgetattr(line)
    attributes[4] = attributes[5] = speed
    termios.tcsetattr(line, termios.TCSANOW, attributes)
    return line


def test_an_announcer_prints_what_it_says() -> None:
    with running("announcer", "--transport", "tcp:0", "--model", "syc") as command, command.connect() as line:
        assert command.url.startswith("syc:")
        line.sendall("86.40J#退款：1.00元#".encode("gb18030"))
        assert command.line() == {"said": "请您付款86.40元", "rows": {}}
        assert command.line() == {"said": "", "rows": {"1": "退款：1.00元"}}


def test_a_drawer_prints_that_it_opened() -> None:
    with running("drawer", "--transport", "tcp:0") as command, command.connect() as line:
        line.sendall(b"\x1bp\x00\x19\xfa")
        assert command.line() == {"drawer": "open", "pin": 2, "pulse_ms": 50}


def test_a_scanner_scans_what_is_typed_and_prints_only_its_length() -> None:
    with running("scanner", "--transport", "tcp:0", "--end", "crlf") as command, command.connect() as line:
        command.type("6901234567892\n")
        assert line.recv(100) == b"6901234567892\r\n"
        assert command.line() == {"scanned": 13}


def test_faults_strike(tmp_path: Path) -> None:
    faults = ["--fault", "garbage@1", "--fault", "unplugged@2=100"]
    with running("scanner", "--transport", "tcp:0", *faults) as command:
        with command.connect() as line:
            command.type("1\n")
            assert line.recv(2) == b"1\r"
            assert line.recv(100)[:3] == b"\x9d\x9c\x9f"
            command.type("2\n")
            assert line.recv(2) == b"2\r"
            assert line.recv(100) == b""
        while True:
            try:
                line = command.connect()
            except ConnectionRefusedError:
                continue
            break
        with line:
            command.type("3\n")
            assert line.recv(2) == b"3\r"


@pytest.mark.parametrize("command", [display, announcer, drawer, scanner])
def test_wrong_use_is_told(command: Any) -> None:
    for arguments in (["--transport", "usb:1"], ["--transport", "tcp:99999"], ["--transport", "pty:"]):
        assert CliRunner().invoke(command, arguments).exit_code == 2
    wrong_fault = CliRunner().invoke(command, ["--transport", "tcp:0", "--fault", "broken@1"])
    assert wrong_fault.exit_code == 2
    assert "unplugged, slow, garbage" in wrong_fault.output


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = CliRunner().invoke(drawer, ["--transport", f"tcp:{taken.getsockname()[1]}"])
    assert result.exit_code == 4
    assert CliRunner().invoke(drawer, ["--transport", f"pty:{tmp_path}/no/tty"]).exit_code == 4


def test_it_ends_with_its_parent() -> None:
    parent = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', sys.argv[1], 'drawer', '--transport', 'tcp:0', "
        "'--exit-with-parent'], stdout=subprocess.PIPE)\n"
        "print(child.stdout.readline().decode(), child.pid, flush=True)\n"
    )
    done = subprocess.run([sys.executable, "-c", parent, _RUN], capture_output=True, text=True, check=True)
    pid = int(done.stdout.split()[-1])
    for _ in range(600):
        if not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text().split()[2]:
            return
        threading.Event().wait(0.1)
    raise AssertionError("it serves on without its parent")
