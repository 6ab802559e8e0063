"""A backup in the place of the store."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from pos_client.config import Home
from pos_client.errors import EnvironmentProblem, Problem
from pos_client.offline import audit, backup, restore
from pos_client.offline.backup_file import opened, prove
from pos_client.offline.locks import desk_lock, drain_lock
from tests.virtual import NOON, open_store, virtual_runtime

OWNER = "training/P43999900001/1"


def _home(folder: Path) -> Home:
    return Home(folder / "home")


def _key(folder: Path) -> bytes:
    return bytes.fromhex(_home(folder).key_file.read_text())


def _act(folder: Path, *names: str) -> None:
    store = open_store(folder)
    for name in names:
        with store.commit() as connection:
            audit.append(connection, name, "", {}, now=NOON, operator="01")
    store.close()


def _acts(folder: Path) -> list[str]:
    store = open_store(folder)
    with store.read() as connection:
        acts = list(connection.scalars(text("SELECT act FROM audit ORDER BY number")))
    store.close()
    return acts


def _backup(folder: Path) -> Path:
    store = open_store(folder)
    made, _ = backup.make(_home(folder), store, _key(folder), now=NOON, operator="01")
    store.close()
    return made.file


def _restore(folder: Path, file: Path, key: bytes | None = None, owner: str = OWNER) -> restore.Restored:
    return restore.restore(_home(folder), file, key or _key(folder), owner=owner, runtime=virtual_runtime())


def _code(problem: pytest.ExceptionInfo[Problem]) -> str:
    return problem.value.code


def test_a_backup_takes_the_place_of_the_store_which_is_kept_aside(tmp_path: Path) -> None:
    _act(tmp_path, "before")
    file = _backup(tmp_path)
    _act(tmp_path, "after")
    restored = _restore(tmp_path, file)
    assert _acts(tmp_path) == ["before"]
    assert restored.aside is not None
    assert prove(restored.aside, _key(tmp_path)).audit_rows == 3
    store = open_store(tmp_path)
    with store.read() as connection:
        assert backup.restored_at(connection) == NOON
    store.close()


def test_it_may_be_done_twice_and_nothing_aside_is_lost(tmp_path: Path) -> None:
    _act(tmp_path, "before")
    file = _backup(tmp_path)
    asides = {_restore(tmp_path, file).aside for _ in range(3)}
    assert len(asides) == 3
    assert all(aside is not None and aside.exists() for aside in asides)


def test_a_new_machine_gets_store_and_key(tmp_path: Path) -> None:
    _act(tmp_path, "before")
    file, key = _backup(tmp_path), _key(tmp_path)
    home = _home(tmp_path)
    for gone in (home.database, home.key_file):
        gone.unlink()
    assert _restore(tmp_path, file, key).aside is None
    assert home.key_file.stat().st_mode & 0o077 == 0
    assert _acts(tmp_path) == ["before"]


def test_a_damaged_store_is_moved_aside_with_its_log(tmp_path: Path) -> None:
    _act(tmp_path, "before")
    file = _backup(tmp_path)
    home = _home(tmp_path)
    home.database.write_bytes(b"damaged" * 1000)
    wal = home.database.with_name("books.db-wal")
    wal.write_bytes(b"log")
    restored = _restore(tmp_path, file)
    assert restored.aside is not None
    assert restored.aside.read_bytes().startswith(b"damaged")
    assert _acts(tmp_path) == ["before"]


def test_the_present_key_is_never_replaced(tmp_path: Path) -> None:
    _act(tmp_path, "before")
    file, key = _backup(tmp_path), _key(tmp_path)
    home = _home(tmp_path)
    home.key_file.write_text("11" * 32)
    with pytest.raises(Problem) as caught:
        _restore(tmp_path, file, key)
    assert _code(caught) == "D-ESC-OTHER"
    assert home.key_file.read_text() == "11" * 32


def test_another_desks_backup_is_refused(tmp_path: Path) -> None:
    _act(tmp_path, "before")
    file = _backup(tmp_path)
    _act(tmp_path, "after")
    with pytest.raises(Problem) as caught:
        _restore(tmp_path, file, owner="training/P43999900001/2")
    assert _code(caught) == "D-RESTORE-OTHER"
    assert _acts(tmp_path) == ["before", "backup", "after"]


def test_nothing_is_restored_while_a_program_works_here(tmp_path: Path) -> None:
    _act(tmp_path, "before")
    file = _backup(tmp_path)
    for lock, code in ((desk_lock, "D-DESK"), (drain_lock, "D-DRAIN")):
        with lock(_home(tmp_path)), pytest.raises(EnvironmentProblem) as caught:
            _restore(tmp_path, file)
        assert _code(caught) == code


def test_a_plain_copy_of_a_database_is_marked_when_it_is_restored(tmp_path: Path) -> None:
    _act(tmp_path, "before")
    copy = tmp_path / "copy.db"
    with opened(_home(tmp_path).database, _key(tmp_path), read_only=False) as connection:
        connection.execute(text("VACUUM INTO :file"), {"file": str(copy)})
    _restore(tmp_path, copy)
    store = open_store(tmp_path)
    with store.read() as connection:
        assert backup.restored_at(connection) == NOON
    store.close()


def test_a_killed_restore_leaves_a_whole_store_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _act(tmp_path, "before")
    file = _backup(tmp_path)
    _act(tmp_path, "after")

    class KilledError(BaseException):
        pass

    def killed(*_: object) -> None:
        raise KilledError

    for step in ("_keep_key", "_prepared_copy", "_move_aside", "sync_file"):
        with monkeypatch.context() as patch:
            patch.setattr(restore, step, killed)
            with pytest.raises(KilledError):
                _restore(tmp_path, file)
        assert _acts(tmp_path) == ["before", "backup", "after"]
    _restore(tmp_path, file)
    assert _acts(tmp_path) == ["before"]


def test_a_full_disk_is_said_so_and_the_store_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _act(tmp_path, "before")
    file = _backup(tmp_path)
    _act(tmp_path, "after")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(EnvironmentProblem) as caught:
        _restore(tmp_path, file)
    assert _code(caught) == "D-RESTORE"
    assert _acts(tmp_path) == ["before", "backup", "after"]


def test_the_time_of_the_restored_store_may_lie_before_its_backup(tmp_path: Path) -> None:
    _act(tmp_path, "before")
    file = _backup(tmp_path)
    _restore(tmp_path, file)
    store = open_store(tmp_path)
    with store.commit() as connection:
        backup.clear_mark(connection, "looked into", now=NOON - timedelta(days=1), operator="01")
        assert backup.restored_at(connection) is None
    store.close()
