"""``operator`` in a process of its own; passwords come over standard input."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def pos_client(*arguments: str, typed: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pos_client", "--home", str(tmp_path / "home"), *arguments],
            env=os.environ | {"LANG": "C.UTF-8"},
            input="".join(f"{line}\n" for line in typed),
            capture_output=True,
            text=True,
            check=False,
        )

    return pos_client


def test_operators_are_registered_listed_changed_and_removed(run: Run) -> None:
    assert "还没有登记" in run("operator", "list").stdout
    first = run("operator", "add", "boss", "--title", "王主任", "--role", "supervisor", typed=("first secret",))
    assert (first.returncode, "已登记 boss（负责人）" in first.stdout) == (0, True), first.stderr
    cashier = ("operator", "add", "02", "--title", "李四", "--role", "cashier")
    refused = run(*cashier, typed=("second secret",))
    assert (refused.returncode, "S-SIGNIN" in refused.stderr) == (1, True)
    added = run(*cashier, "--operator", "boss", typed=("first secret", "second secret"))
    assert added.returncode == 0, added.stderr
    rows = [json.loads(line) for line in run("operator", "list", "--json").stdout.splitlines()]
    assert rows == [
        {"name": "02", "title": "李四", "role": "cashier"},
        {"name": "boss", "title": "王主任", "role": "supervisor"},
    ]
    assert "收费员  李四" in run("operator", "list").stdout
    assert run("operator", "password", "02", typed=("second secret", "third secret")).returncode == 0
    wrong = run("operator", "remove", "02", "--operator", "boss", typed=("guess",))
    assert (wrong.returncode, "S-PASSWORD" in wrong.stderr) == (1, True)
    assert "guess" not in wrong.stdout + wrong.stderr
    assert run("operator", "remove", "02", "--operator", "boss", typed=("first secret",)).returncode == 0
    assert "李四" not in run("operator", "list").stdout


def test_a_password_that_does_not_come_is_wrong_use(run: Run) -> None:
    done = run("operator", "add", "boss", "--title", "王主任", "--role", "supervisor")
    assert done.returncode == 2
    assert "standard input" in done.stderr
