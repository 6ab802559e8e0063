"""``hardware-sim panel`` as a user starts it."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner

from hardware_sim.panel.commands import panel
from hardware_sim.panel.screen import has_screen
from hardware_sim.readers.gempc_twin import framed
from tests.hardware_sim.card.test_commands import STATUS, status

RUN = [sys.executable, "-m", "hardware_sim", "panel"]
UNSEEN = os.environ | {"QT_QPA_PLATFORM": "offscreen"}


@contextmanager
def running(*command: str) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        command, env=UNSEEN, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def urls(process: "subprocess.Popen[str]") -> dict[str, str]:
    assert process.stdout is not None
    said: dict[str, str] = json.loads(process.stdout.readline())
    return said


def listens(url: str) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(url.partition("?")[0].rpartition(":")[2]))) == 0


def test_it_serves_reader_and_front_end_and_takes_both_with_it_at_sigterm() -> None:
    with running(*RUN) as process:
        said = urls(process)
        assert set(said) == {"ready", "front_end", "control"}
        assert status(said["ready"]) == STATUS + framed(bytes.fromhex("81000000000002020000"))  # an empty slot
        assert requests.get(f"{said['control']}/_sim/ledger", timeout=10).json() == {"settlements": []}
        process.send_signal(signal.SIGTERM)
        rest, words = process.communicate(timeout=60)
    assert (process.returncode, rest) == (0, ""), words
    assert not listens(said["ready"])
    assert not listens(said["front_end"])


def test_a_sigterm_that_comes_before_the_window_listens_is_not_lost(tmp_path: Path) -> None:
    hasty = (
        "import os, signal, pathlib; from hardware_sim.panel.program import Wishes, run; "
        f"folder = pathlib.Path({str(tmp_path)!r}); "
        "run(Wishes('zhang-jianguo', 0, 0, f'sqlite:///{folder}/bureau.db', folder, 'zh'), parent=None, "
        "ready=lambda _: os.kill(os.getpid(), signal.SIGTERM))"
    )
    with running(sys.executable, "-c", hasty) as process:
        assert process.wait(timeout=30) == 0


def test_it_ends_with_its_parent() -> None:
    parent = f"import subprocess; subprocess.Popen({[*RUN, '--exit-with-parent']!r}).wait()"
    with running(sys.executable, "-c", parent) as process:
        said = urls(process)
        process.kill()
        assert process.stdout is not None
        assert process.stdout.read() == ""  # the end of the pipe: the panel has ended as well
    assert not listens(said["front_end"])


@pytest.mark.parametrize("persona", ["nobody", "bank-card"])
def test_only_persons_of_the_register_can_be_chosen(persona: str) -> None:
    result = CliRunner().invoke(panel, ["--persona", persona])
    assert result.exit_code == 2
    assert persona in result.output


def test_without_a_screen_it_says_what_to_use_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    result = CliRunner().invoke(panel, [])
    assert result.exit_code == 4
    assert "hardware-sim front-end" in result.output


@pytest.mark.parametrize("option", ["--port", "--reader-port"])
def test_a_port_that_is_taken_is_the_environment(option: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run([*RUN, option, port], env=UNSEEN, capture_output=True, text=True)
    assert done.returncode == 4
    assert "in use" in done.stderr
    assert done.stdout == ""


def test_a_screen_is_what_qt_can_draw_on() -> None:
    assert has_screen({}, "win32")
    assert has_screen({}, "darwin")
    assert has_screen({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert has_screen({"DISPLAY": ":0"}, "linux")
    assert not has_screen({"DISPLAY": ""}, "linux")
