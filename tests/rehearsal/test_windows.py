"""Both windows of the demo: they come together and go together."""

import os
import signal
import subprocess
import sys
import time

import pytest

from rehearsal import windows
from tests.rehearsal.conftest import Traced

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]


def demo_with_window(*window: str) -> list[str]:
    """The demo's command, another program in the place of the desk's window."""
    program = (
        "import sys; from rehearsal import windows\n"
        f"windows.pos_client_command = lambda: {list(window)!r}\n"
        "raise SystemExit(windows.run_windows())"
    )
    return [sys.executable, "-c", program]


@pytest.mark.parametrize(
    ("program", "code", "said"),
    [
        ("import os; assert os.environ['POS_CLIENT_READER'].startswith('ccid-serial:')", 0, ""),
        ("raise SystemExit(2)", 4, "退出码 2"),
    ],
)
def test_the_panel_ends_when_the_desk_s_window_does(program: str, code: int, said: str, traced: Traced) -> None:
    command = demo_with_window(sys.executable, "-c", program)
    done = subprocess.run(command, env=traced.environment, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "读卡器 / reader   ccid-serial:socket://127.0.0.1:" in done.stdout
    assert not traced.simulators()


@pytest.mark.parametrize("ended", ["the panel", "the demo"])
def test_both_windows_end_when_the_panel_or_the_demo_does(ended: str, traced: Traced) -> None:
    command = demo_with_window(*SLEEPER)
    with subprocess.Popen(command, env=traced.environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while "前置机" not in process.stdout.readline():
            pass
        (panel,) = (number for number in traced.simulators() if _is_panel(number))
        os.kill(int(panel) if ended == "the panel" else process.pid, signal.SIGTERM)
        process.communicate(timeout=60)
    assert process.returncode == 0
    for _ in range(200):
        if not traced.simulators():
            return
        time.sleep(0.05)
    raise AssertionError("something simulated outlived the demo")


def _is_panel(process: str) -> bool:
    with open(f"/proc/{process}/cmdline", "rb") as file:
        return b"panel" in file.read().split(b"\0")


def test_a_machine_without_a_screen_is_told_of_the_other_way(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert windows.run_windows() == 4
    assert "./run demo --headless" in capsys.readouterr().err
