"""One desk and one drain a home; a lock dies with its owner."""

import subprocess
import sys
from pathlib import Path

import pytest

from pos_client.errors import EnvironmentProblem
from pos_client.offline.locks import desk_lock, drain_lock
from tests.virtual import fresh_home

HOLD = """
import sys
from pathlib import Path
from pos_client.config import Home
from pos_client.offline.locks import desk_lock
with desk_lock(Home(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_desk_is_refused_and_a_drain_is_not(tmp_path: Path) -> None:
    home, _ = fresh_home(tmp_path)
    with desk_lock(home), drain_lock(home):
        with pytest.raises(EnvironmentProblem) as caught, desk_lock(home):
            pass
        assert caught.value.code == "D-DESK"
        with pytest.raises(EnvironmentProblem) as caught, drain_lock(home):
            pass
        assert caught.value.code == "D-DRAIN"
    with desk_lock(home):
        pass


def test_a_killed_desk_holds_nothing(tmp_path: Path) -> None:
    home, _ = fresh_home(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home.folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(EnvironmentProblem), desk_lock(home):
            pass
        other.kill()
    with desk_lock(home):
        pass


def test_a_home_that_cannot_be_locked_is_said_so(tmp_path: Path) -> None:
    home, _ = fresh_home(tmp_path)
    home.desk_lock.mkdir()
    with pytest.raises(EnvironmentProblem) as caught, desk_lock(home):
        pass
    assert caught.value.code == "E-HOME"
