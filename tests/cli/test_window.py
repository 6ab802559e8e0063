"""``pos-client`` without a command, as a process of its own: a kill, a second window, no screen."""

import builtins
import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pos_client.cli.window import open_window
from pos_client.config import Home
from pos_client.errors import EnvironmentProblem
from tests.desk.world import World

_WATCHED = Path(__file__).parents[1] / "ui" / "watched_window.py"


class Watched:
    """A window in a process of its own; what it shows is read line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def until(self, seen: Callable[[Mapping[str, Any]], bool]) -> Mapping[str, Any]:
        """Reads until it shows that; the window's end is an error."""
        assert self.process.stdout is not None
        shown = []
        for line in self.process.stdout:
            shown.append(line)
            said: dict[str, Any] = json.loads(line)
            if seen(said):
                return said
        raise AssertionError("".join(shown))


@contextmanager
def _window(world: World, *texts: str) -> Iterator[Watched]:
    environment = os.environ | world.environment | {"POS_CLIENT_HOME": str(world.home.folder), "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        [sys.executable, str(_WATCHED), *texts, "--", "--language", "zh"],
        env=environment | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.getcwd()},
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield Watched(process)
        finally:
            process.kill()


def _two_lines(said: Mapping[str, Any]) -> bool:
    return len(said["lines"]) == 2


def test_a_window_that_is_killed_has_its_bill_back_and_says_so_once(world: World) -> None:
    world.slot.remove()
    with _window(world, "YD0001", "YD0004") as window:
        lines = window.until(_two_lines)["lines"]
        window.process.kill()
    with _window(world) as window:
        said = window.until(_two_lines)
        assert said["lines"] == lines
        assert "意外退出" in said["message"]
        assert "2 行已取回" in said["message"]
        window.process.terminate()
        assert window.process.wait() == 0, "it ends as by its close button"
    with _window(world) as window:
        assert "意外退出" not in window.until(_two_lines)["message"]


def test_a_second_window_on_the_same_books_says_so_and_ends_with_its_code(world: World) -> None:
    world.slot.remove()
    with _window(world) as first:
        first.until(lambda said: said["page"] == "WelcomePage")
        with _window(world) as second:
            said = second.until(lambda said: said["code"] != "")
            assert (said["page"], said["code"]) == ("NotOpenedPage", "D-DESK")
            second.process.terminate()
            assert second.process.wait() == 4
        assert first.process.poll() is None


def test_without_a_screen_it_says_one_sentence_and_ends(tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    bare |= {"QT_QPA_PLATFORM": "xcb", "POS_CLIENT_HOME": str(tmp_path), "POS_CLIENT_LANGUAGE": "zh"}
    ran = subprocess.run([sys.executable, "-m", "pos_client"], env=bare, capture_output=True, text=True, check=False)
    assert ran.returncode == 4
    assert ran.stderr.strip().endswith("(E-SCREEN)")
    assert len(ran.stderr.strip().splitlines()) == 1


def test_without_the_libraries_of_qt_it_names_the_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_qt(name: str, *more: Any, **named: Any) -> Any:
        if name.startswith("pos_client.ui"):
            raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
        return real(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", without_qt)
    with pytest.raises(EnvironmentProblem) as refused:
        open_window(Home(tmp_path))
    assert refused.value.code == "E-QT"
    assert "libEGL.so.1" in refused.value.sentence("zh")
    assert "libegl1" in refused.value.sentence("en")


def test_nothing_is_looked_through_for_rubbish_while_the_window_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collecting = []

    def run(*_: object) -> int:
        collecting.append(gc.isenabled())
        return 0

    monkeypatch.setattr("pos_client.ui.app.run", run)
    assert open_window(Home(tmp_path)) == 0
    assert collecting == [False]
    assert gc.isenabled()
