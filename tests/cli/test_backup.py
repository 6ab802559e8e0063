"""``backup`` in a process of its own: the whole way from a backup over the safe to another machine."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
PASSPHRASE = "correct horse battery staple"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def pos_client(*arguments: str, home: str = "home", typed: str | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pos_client", "--home", str(tmp_path / home), *arguments],
            env=os.environ | {"LANG": "C.UTF-8"},
            input="" if typed is None else f"{typed}\n",
            capture_output=True,
            text=True,
            check=False,
        )

    return pos_client


def test_a_backup_comes_back_on_another_machine_by_the_key_from_the_safe(run: Run, tmp_path: Path) -> None:
    assert "还没有备份" in run("backup", "list").stdout
    first = run("backup", "now", "--json")
    assert "密钥还没有副本" in first.stderr
    made = json.loads(first.stdout)
    assert (made["messages"], made["escrowed"]) == (0, False)
    safe = tmp_path / "safe.toml"
    escrowed = run("backup", "escrow", str(safe), typed=PASSPHRASE)
    assert (escrowed.returncode, "请放进保险柜" in escrowed.stdout) == (0, True), escrowed.stderr
    assert PASSPHRASE not in escrowed.stdout + escrowed.stderr
    second = run("backup", "now")
    assert (second.returncode, second.stderr, "重新打开核对" in second.stdout) == (0, "", True)
    assert len(run("backup", "list").stdout.splitlines()) == 2
    assert "完好" in run("backup", "verify", made["file"]).stdout

    moved = shutil.copy(made["file"], tmp_path)
    without = run("backup", "verify", str(moved), home="other")
    assert (without.returncode, "D-KEY-NONE" in without.stderr) == (4, True)
    proven = run("backup", "verify", str(moved), "--escrow", str(safe), home="other", typed=PASSPHRASE)
    assert (proven.returncode, "完好" in proven.stdout) == (0, True), proven.stderr
    restored = run("backup", "restore", str(moved), "--escrow", str(safe), home="other", typed=PASSPHRASE)
    assert (restored.returncode, "先不能收费" in restored.stdout) == (0, True), restored.stderr
    accepted = run("backup", "accept", "--reason", "新机器，与医保中心核对过", home="other")
    assert (accepted.returncode, "可以收费" in accepted.stdout) == (0, True), accepted.stderr
    again = run("backup", "accept", "--reason", "再来一次", home="other")
    assert (again.returncode, "S-NOTRESTORED" in again.stderr) == (1, True)


def test_restoring_keeps_what_stood_there(run: Run, tmp_path: Path) -> None:
    made = json.loads(run("backup", "now", "--json").stdout)
    done = run("backup", "restore", made["file"])
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "home").glob("books-aside-*.db"))) == 1


def test_a_damaged_backup_is_refused(run: Run, tmp_path: Path) -> None:
    run("backup", "now")
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"x" * 8192)
    for command in ("verify", "restore"):
        done = run("backup", command, str(damaged))
        assert (done.returncode, "D-BACKUP-BAD" in done.stderr) == (4, True)


def test_an_escrow_of_another_key_is_told_with_every_backup(run: Run, tmp_path: Path) -> None:
    run("backup", "escrow", str(tmp_path / "other.toml"), home="other", typed=PASSPHRASE)
    run("backup", "list")
    shutil.copy(tmp_path / "other" / "escrow.toml", tmp_path / "home")
    done = run("backup", "now", "--json")
    assert (done.returncode, json.loads(done.stdout)["escrowed"]) == (1, False)
    assert "不是这个数据库的密钥" in done.stderr
