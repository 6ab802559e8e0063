"""A database that was there once and is gone is missed, and a backup brings it back."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2

from pos_client.config import Home
from pos_client.errors import EnvironmentProblem
from pos_client.offline import audit, backup, made, restore
from pos_client.offline.disk import EncryptedFile
from tests.virtual import NOON, fresh_home, open_store, virtual_runtime

OWNER = "training/P43999900001/1"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with one act in its books, closed."""
    store = open_store(tmp_path)
    with store.commit() as connection:
        audit.append(connection, "before", "", {}, now=NOON, operator="01")
    store.close()
    return Home(tmp_path / "home")


def _acts(home: Home) -> list[str]:
    with closing(open_store(home.folder.parent)) as store, store.read() as connection:
        return list(connection.scalars(text("SELECT act FROM audit ORDER BY number")))


def _refused(home: Home) -> str:
    with pytest.raises(EnvironmentProblem) as caught:
        open_store(home.folder.parent)
    return caught.value.code


def _remove(home: Home) -> None:
    home.database.unlink()


def _empty(home: Home) -> None:
    home.database.write_bytes(b"")


def _replace_by_one_without_tables(home: Home) -> None:
    home.database.unlink()
    EncryptedFile().connect(home.database, bytes.fromhex(home.key_file.read_text())).close()


@pytest.mark.parametrize("lose", [_remove, _empty, _replace_by_one_without_tables])
def test_lost_books_are_missed_every_time_and_nothing_is_made_in_their_place(
    home: Home, lose: Callable[[Home], None]
) -> None:
    lose(home)
    left = {file.name: file.read_bytes() for file in home.folder.iterdir() if file.is_file()}
    assert [_refused(home), _refused(home)] == ["D-GONE", "D-GONE"]
    assert {file.name: file.read_bytes() for file in home.folder.iterdir() if file.is_file()} == left


def test_lost_books_are_told_with_where_they_lay_and_where_the_backups_are(home: Home) -> None:
    _remove(home)
    with pytest.raises(EnvironmentProblem) as caught:
        open_store(home.folder.parent)
    for language in ("zh", "en"):
        sentence = caught.value.sentence(language)
        assert str(home.database) in sentence
        assert str(home.backups) in sentence
        assert "backup restore" in sentence


def test_no_key_is_made_when_books_and_key_are_both_lost(home: Home) -> None:
    home.database.unlink()
    home.key_file.unlink()
    assert _refused(home) == "D-GONE"
    assert not home.key_file.exists()


@pytest.mark.parametrize("lose", [_remove, _empty, _replace_by_one_without_tables])
def test_a_backup_brings_lost_books_back(home: Home, lose: Callable[[Home], None]) -> None:
    key = bytes.fromhex(home.key_file.read_text())
    with closing(open_store(home.folder.parent)) as store:
        copy, _ = backup.make(home, store, key, now=NOON, operator="01")
    lose(home)
    restore.restore(home, copy.file, key, owner=OWNER, runtime=virtual_runtime())
    assert _acts(home) == ["before"]


@pytest.mark.parametrize("lose", [_remove, _empty])
def test_the_log_of_lost_books_is_kept_aside_and_not_believed_by_the_restored(
    home: Home, lose: Callable[[Home], None]
) -> None:
    key = bytes.fromhex(home.key_file.read_text())
    store = open_store(home.folder.parent)
    copy, _ = backup.make(home, store, key, now=NOON, operator="01")
    with store.commit() as connection:
        audit.append(connection, "after", "", {}, now=NOON, operator="01")
    log = home.database.with_name("books.db-wal")
    only_in_the_log = log.read_bytes()
    store.close()
    log.write_bytes(only_in_the_log)  # as a power cut leaves it
    lose(home)
    restore.restore(home, copy.file, key, owner=OWNER, runtime=virtual_runtime())
    assert [file.read_bytes() for file in home.folder.glob("books-aside-*.db-wal")] == [only_in_the_log]
    assert _acts(home) == ["before"]


@pytest.mark.parametrize("cut_short", [_remove, _empty, _replace_by_one_without_tables])
def test_a_first_start_that_was_cut_short_begins_again(tmp_path: Path, cut_short: Callable[[Home], None]) -> None:
    home, _ = fresh_home(tmp_path)
    home.key_file.write_text("11" * 32)
    home.key_file.chmod(0o600)
    home.database.touch()
    cut_short(home)
    assert _acts(home) == []
    assert made.was_made(home)


def test_the_books_of_an_earlier_version_are_remembered_at_their_next_start(home: Home) -> None:
    (home.folder / "store.made").unlink()
    assert _acts(home) == ["before"]
    _remove(home)
    assert _refused(home) == "D-GONE"


def test_the_mark_is_written_once(home: Home) -> None:
    mark = home.folder / "store.made"
    mark.write_text("")
    assert _acts(home) == ["before"]
    assert mark.read_text() == ""


def test_a_mark_that_cannot_be_written_stops_the_start_and_the_next_one_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, _ = fresh_home(tmp_path)

    def refuse(home: Home) -> None:
        raise OSError(5, "Input/output error", str(home.folder))

    with monkeypatch.context() as broken:
        broken.setattr(made, "remember", refuse)
        assert _refused(home) == "E-HOME"
    assert _acts(home) == []
    assert made.was_made(home)


class _Memory:
    """A simulated disk: the database lies in no file."""

    def __init__(self) -> None:
        self._raw = dbapi2.connect(":memory:", isolation_level=None)

    def connect(self, file: Path, key: bytes) -> Any:
        del file, key
        return self._raw

    def prove_durable(self, connection: Any) -> None:
        del connection


def test_books_that_lie_in_no_file_leave_no_mark(tmp_path: Path) -> None:
    home, _ = fresh_home(tmp_path)
    open_store(tmp_path, replace(virtual_runtime(), disk=_Memory())).close()
    assert not made.was_made(home)
