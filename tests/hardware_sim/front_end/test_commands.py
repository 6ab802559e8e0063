"""The command: one line when it serves, a clean end when it is told to."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner

from hardware_sim.front_end.chaos import random_faults
from hardware_sim.front_end.commands import front_end
from hardware_sim.front_end.faults import Fault, fault_of_json

from .desk import PATH

ROOT = Path(__file__).parents[3]
PROGRAM = "from hardware_sim.front_end.commands import front_end; front_end()"


@contextmanager
def running(*options: str) -> Iterator["subprocess.Popen[str]"]:
    argv = [sys.executable, "-c", PROGRAM, *options]
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    with process:
        try:
            yield process
        finally:
            process.kill()


def ready(process: "subprocess.Popen[str]") -> dict[str, str]:
    assert process.stdout is not None
    line: dict[str, str] = json.loads(process.stdout.readline())
    return line


def test_it_prints_one_line_when_it_serves_and_ends_at_sigterm(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'ledger.db'}"
    with running("--port", "0", "--database", database, "--fault", "refuse=1101*1") as process:
        urls = ready(process)
        assert requests.post(urls["ready"] + PATH, data=b"{}", timeout=10).json()["infcode"] == -1
        assert requests.get(urls["control"] + "/_sim/faults", timeout=10).json() == {
            "faults": [{"name": "refuse", "infno": "1101", "times": 1, "fired": 0}],
            "fired_total": {},
        }
        process.send_signal(signal.SIGTERM)
        stdout, stderr = process.communicate(timeout=10)
        assert (process.returncode, stdout, stderr) == (0, "", "")


def test_a_bad_day_is_drawn_from_the_seed_beside_the_faults_that_are_named(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'ledger.db'}"
    options = ["--port", "0", "--database", database, "--fault", "late=9001", "--seed", "7", "--chaos", "40"]
    with running(*options) as process:
        shown = requests.get(ready(process)["control"] + "/_sim/faults", timeout=10).json()["faults"]
    assert [fault_of_json(fault) for fault in shown] == [Fault(name="late", infno="9001"), *random_faults(7, 40)]


def test_without_a_database_it_names_the_file_that_it_made() -> None:
    with running("--port", "0") as process:
        ready(process)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=10)
    assert process.returncode == 0
    file = Path(stderr.removeprefix("ledger: ").strip())
    assert file.is_file()
    file.unlink()
    file.parent.rmdir()


def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    child = ["--port", "0", "--database", f"sqlite:///{tmp_path / 'ledger.db'}", "--exit-with-parent"]
    argv = [sys.executable, "-c", PROGRAM, *child]
    parent = f"import subprocess, sys; subprocess.Popen({argv!r}).wait()"
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        ready(process)
        process.kill()
        assert process.stdout is not None
        assert process.stdout.read() == ""  # the end of the pipe: the child has ended as well


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "Missing option '--port'"),
        (["--port", "70000"], "70000"),
        (["--port", "0", "--fault", "rain"], "unknown fault 'rain'"),
        (["--port", "0", "--edition", "mars"], "mars"),
        (["--port", "0", "--chaos", "101"], "101"),
        (["--port", "0", "--policy", "atlantis"], "atlantis"),
    ],
)
def test_wrong_use_is_said_and_exits_two(options: list[str], words: str) -> None:
    result = CliRunner().invoke(front_end, [*options, "--database", "sqlite://"])
    assert result.exit_code == 2
    assert words in result.output


def test_a_database_that_cannot_be_opened_is_the_environment_s_fault(tmp_path: Path) -> None:
    options = ["--port", "0", "--database", f"sqlite:///{tmp_path / 'nowhere' / 'ledger.db'}"]
    result = CliRunner().invoke(front_end, options)
    assert result.exit_code == 4
    assert "cannot serve" in result.output
