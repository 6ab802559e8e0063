"""``hardware-sim card`` and ``hardware-sim personas`` as a user starts them."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from hardware_sim import personas as people
from hardware_sim.card.commands import card, personas
from hardware_sim.card.faults import CardFault, random_plan, written
from hardware_sim.card.psam_commands import psam
from hardware_sim.readers.framing import framed

STATUS = framed(bytes.fromhex("65000000000002000000"))
RUN = "from hardware_sim.card.commands import card; card()"


@contextmanager
def serving(*options: str, run: str = RUN) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running simulator and the URL it serves at; ended with SIGTERM, which must end it well."""
    command = [sys.executable, "-c", run, *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, json.loads(process.stdout.readline())["ready"]
        finally:
            process.terminate()
            rest, _ = process.communicate()
    assert process.returncode == 0
    assert rest == ""


def status(url: str) -> bytes:
    """What the reader at a TCP address says about its slot."""
    host, port = url.removeprefix("ccid-serial:socket://").partition("?")[0].split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(STATUS)
        answer = b""
        while len(answer) < 13 or (answer.startswith(STATUS) and len(answer) < 26):
            answer += connection.recv(100)
        return answer


def test_personas_are_listed_for_people_and_for_programs() -> None:
    told = CliRunner().invoke(personas).output
    assert all(name in told for name in people.names())
    listed = [json.loads(line) for line in CliRunner().invoke(personas, ["--json"]).output.splitlines()]
    assert [persona["id"] for persona in listed] == people.names()
    assert listed[0] == {
        "id": "bank-card",
        "summary_zh": "只有银行应用的卡，误插",
        "summary_en": "a bank card without the social-security application, in the wrong slot",
    }


def test_a_reader_over_tcp_serves_one_program_after_another() -> None:
    with serving("--persona", "li-xiulan", "--transport", "tcp:0") as (_, url):
        for _ in range(2):
            assert status(url) == STATUS + framed(bytes.fromhex("81000000000002010000"))


def test_a_reader_without_card_and_echo() -> None:
    with serving("--transport", "tcp:0", "--no-card", "--no-echo") as (_, url):
        assert status(url) == framed(bytes.fromhex("81000000000002020000"))


def test_a_reader_behind_a_link_takes_the_link_with_it(tmp_path: Path) -> None:
    link = tmp_path / "ttyUSB0"
    with serving("--transport", f"pty:{link}") as (_, url):
        assert url == f"ccid-serial:{link}"
        assert link.is_symlink()
    assert not link.is_symlink()


def test_a_virtual_reader_is_ready_when_the_card_is_in_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as driver:
        port = driver.getsockname()[1]
        with serving("--transport", f"vpcd:{port}") as (_, url):
            assert url == "pcsc:"
            driver.accept()[0].close()
        with serving("--transport", f"vpcd:{port}", "--no-card") as (_, url):
            assert url == "pcsc:"


@pytest.mark.parametrize("line", [("--fault", "nak@2"), ("--baud", "9600")])
@pytest.mark.parametrize("command", [card, psam])
def test_what_needs_a_line_is_refused_where_there_is_none(command: click.Command, line: tuple[str, str]) -> None:
    done = CliRunner().invoke(command, ["--transport", "vpcd:35963", *line])
    assert done.exit_code == 2
    assert "vpcd: has none" in done.output


def test_waiting_for_the_virtual_reader_can_be_ended() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    command = [sys.executable, "-c", RUN, "--transport", f"vpcd:{port}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "zhang-jianguo" in process.stderr.readline()
        assert "waiting for pcscd" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate()
    assert (process.returncode, said) == (0, "")


def test_faults_from_the_command_line_strike() -> None:
    options = ("--no-echo", "--fault", "status@1=6F00", "--tear-after", "2")
    with serving("--transport", "tcp:0", *options) as (_, url):
        host, port = url.removeprefix("ccid-serial:socket://").partition("?")[0].split(":")
        with socket.create_connection((host, int(port))) as connection:

            def ask(message: str, answer_length: int) -> str:
                connection.sendall(framed(bytes.fromhex(message)))
                return connection.recv(answer_length, socket.MSG_WAITALL).hex().upper()

            ask("62000000000001010000", 30)
            assert ask("6F05000000000200000000A4000000", 15)[4:-2] == "800200000000020000006F00"
            assert ask("6F05000000000300000000A4000000", 15)[4:-2] == "800200000000030000009000"
            assert ask("6F05000000000400000000A4000000", 15)[:-2] == "5002" + "0306" + "8000000000000442FE00"


def ask(url: str, *messages: str) -> list[str]:
    """What a reader without echo answers to each message; that a card came or left is passed over."""
    host, port = url.removeprefix("ccid-serial:socket://").partition("?")[0].split(":")
    answers = []
    with socket.create_connection((host, int(port))) as connection, connection.makefile("rb") as line:
        for message in messages:
            connection.sendall(framed(bytes.fromhex(message)))
            while (start := line.read(2)) != b"\x03\x06":
                assert start[:1] == b"\x50"
            head = start + line.read(10)
            answers.append((head + line.read(int.from_bytes(head[3:7], "little") + 1))[2:-1].hex().upper())
    return answers


def test_card_and_psam_in_a_reader_with_several_slots() -> None:
    with serving("--transport", "tcp:0", "--model", "pos-pro", "--psam", "nation", "--baud", "115200") as (_, url):
        _, terminal_number = ask(url, "62000000000101010000", "6F05000000010200000000B0960006")
        assert terminal_number.endswith("4399000000019000")


def test_card_and_psam_in_the_two_slots_of_the_virtual_reader() -> None:
    with socket.create_server(("127.0.0.1", 0)) as first:
        port = first.getsockname()[1]
        with (
            socket.create_server(("127.0.0.1", port + 1)) as second,
            serving("--transport", f"vpcd:{port}", "--psam", "city") as (_, url),
        ):
            assert url == "pcsc:"
            first.accept()[0].close()
            second.accept()[0].close()


def test_a_psam_alone() -> None:
    run = "from hardware_sim.card.psam_commands import psam; psam()"
    with serving("--transport", "tcp:0", "--model", "sec1210", "--fault", "status@1=6F00", run=run) as (_, url):
        powered, *said = ask(url, "62000000000001010000", *["6F05000000000200000000B0960006"] * 2)
        assert powered.startswith("8011")
        assert said[0].endswith("6F00")
        assert said[1].endswith("4399000000019000")


def test_a_session_is_written_down(tmp_path: Path) -> None:
    log = tmp_path / "session.txt"
    with serving("--transport", "tcp:0", "--no-echo", "--log", str(log)) as (_, url):
        ask(url, "62000000000001010000", "6F08000000000200000000200000031234 56")
    session = log.read_text(encoding="utf-8")
    assert "> 0020000003***" in session
    assert "123456" not in session


def test_a_seed_throws_faults(tmp_path: Path) -> None:
    seed, fault = next(
        (seed, plan[0])
        for seed in count()
        if (plan := random_plan(seed)) and {fault.kind for fault in plan} == {CardFault.STATUS}
    )
    log = tmp_path / "session.txt"
    with serving("--transport", "tcp:0", "--no-echo", "--seed", str(seed), "--log", str(log)) as (_, url):
        ask(url, "62000000000001010000", *["6F05000000000200000000A4000000"] * 14)
    assert f"[{written(fault)}]" in log.read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_is_the_environment(tmp_path: Path) -> None:
    result = CliRunner().invoke(card, ["--transport", "tcp:0", "--log", str(tmp_path / "nowhere" / "log")])
    assert result.exit_code == 4


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--transport", "tcp:0", "--psam", "nation"], "one slot"),
        (["--transport", "tcp:0", "--psam", "nobody"], "is not one of"),
        (["--transport", "tcp:0", "--model", "nothing"], "is not one of"),
        (["--transport", "tcp:0", "--baud", "0"], "not in the range"),
        (["--transport", "usb:1"], "none of vpcd:PORT"),
        (["--transport", "tcp:x"], "none of vpcd:PORT"),
        (["--transport", "tcp:70000"], "none of vpcd:PORT"),
        (["--transport", "vpcd:70000"], "none of vpcd:PORT"),
        (["--transport", "pty:"], "none of vpcd:PORT"),
        (["--transport", "tcp:0", "--persona", "nobody"], "no persona 'nobody'"),
        (["--transport", "tcp:0", "--fault", "explode@1"], "is not KIND@N"),
        ([], "Missing option '--transport'"),
    ],
)
def test_wrong_use_is_told(options: list[str], said: str) -> None:
    result = CliRunner().invoke(card, options)
    assert result.exit_code == 2
    assert said in result.output


def test_a_port_that_is_taken_is_the_environment() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = CliRunner().invoke(card, ["--transport", f"tcp:{taken.getsockname()[1]}"])
    assert result.exit_code == 4
    assert "in use" in result.output


def test_it_ends_with_its_parent() -> None:
    starter = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', sys.argv[1], '--transport', 'tcp:0', '--exit-with-parent'],\n"
        "                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)\n"
        "child.stdout.readline()\n"
        "print(child.pid, flush=True)\n"
        "input()\n"
        "import os; os._exit(0)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", starter, RUN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        orphan = os.pidfd_open(int(parent.stdout.readline()))
        try:
            parent.communicate("\n")
            poller = select.poll()
            poller.register(orphan)
            assert poller.poll(60_000), "the simulator outlived its parent"
        finally:
            os.close(orphan)
