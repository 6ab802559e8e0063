"""The encrypted store: safe for money or not open at all."""

import os
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text
from sqlcipher3 import dbapi2

from pos_client.config import Home, default_config, load_settings
from pos_client.errors import EnvironmentProblem, OurBug
from pos_client.offline import disk as disk_module
from pos_client.offline.disk import EncryptedFile
from pos_client.offline.schema import APPEND_ONLY, audit, meta, metadata
from pos_client.offline.store import Store, StoreReader
from tests.in_memory import count_commits, memory_store
from tests.virtual import fresh_home, open_store, virtual_runtime


def _code(problem: pytest.ExceptionInfo[EnvironmentProblem]) -> str:
    return problem.value.code


def test_the_file_is_no_readable_sqlite_database(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.commit() as connection:
        connection.execute(insert(meta).values(name="secret", value="张建国"))
    store.close()
    files = [file for file in (tmp_path / "home").iterdir() if file.name.startswith("books.db")]
    content = b"".join(file.read_bytes() for file in files)
    assert not content.startswith(b"SQLite format 3")
    assert "张建国".encode() not in content
    with closing(dbapi2.connect(str(tmp_path / "home" / "books.db"))) as plain, pytest.raises(dbapi2.DatabaseError):
        plain.execute("SELECT * FROM meta")


def test_it_writes_ahead_and_syncs_fully(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.read() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA synchronous")) == 2
    store.close()


def test_what_is_written_is_there_after_opening_again(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.commit() as connection:
        connection.execute(insert(meta).values(name="a", value="1"))
    store.close()
    store = open_store(tmp_path)
    with store.read() as connection:
        assert connection.scalar(select(meta.c.value).where(meta.c.name == "a")) == "1"
    store.close()


def test_an_act_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    twice: list[dict[str, str | None]] = [{"name": "a", "value": "1"}, {"name": "b", "value": None}]
    with pytest.raises(OurBug), store.commit() as connection:
        connection.execute(insert(meta), twice)
    with store.read() as connection:
        assert connection.scalar(select(meta.c.value).where(meta.c.name == "a")) is None
    store.close()


def test_reading_changes_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.read() as connection:
        connection.execute(insert(meta).values(name="a", value="1"))
    with store.read() as connection:
        assert connection.scalar(select(meta.c.value).where(meta.c.name == "a")) is None
    store.close()


def test_the_key_is_for_its_user_only_and_stays(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    key = tmp_path / "home" / "key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    written = key.read_text()
    open_store(tmp_path, virtual_runtime(seed=2)).close()
    assert key.read_text() == written


def test_a_lost_key_is_never_replaced(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    key = tmp_path / "home" / "key"
    key.unlink()
    with pytest.raises(EnvironmentProblem) as caught:
        open_store(tmp_path)
    assert _code(caught) == "D-KEY"
    assert not key.exists()


@pytest.mark.parametrize("content", ["", "xyz", "00" * 31, "00" * 33])
def test_a_file_that_holds_no_key_opens_nothing(tmp_path: Path, content: str) -> None:
    open_store(tmp_path).close()
    (tmp_path / "home" / "key").write_text(content)
    with pytest.raises(EnvironmentProblem) as caught:
        open_store(tmp_path)
    assert _code(caught) == "D-KEY-WRONG"


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    (tmp_path / "home" / "key").chmod(0o644)
    with pytest.raises(EnvironmentProblem) as caught:
        open_store(tmp_path)
    assert _code(caught) == "D-KEY-WRONG"


def test_another_key_opens_nothing_and_touches_nothing(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    database = tmp_path / "home" / "books.db"
    before = database.read_bytes()
    (tmp_path / "home" / "key").write_text("11" * 32)
    with pytest.raises(EnvironmentProblem) as caught:
        open_store(tmp_path)
    assert _code(caught) == "D-KEY-WRONG"
    assert database.read_bytes() == before


def test_a_damaged_file_is_said_so(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    (tmp_path / "home" / "books.db").write_bytes(os.urandom(8192))
    with pytest.raises(EnvironmentProblem) as caught:
        open_store(tmp_path)
    assert _code(caught) == "D-KEY-WRONG"


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.commit() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    with pytest.raises(EnvironmentProblem) as caught:
        open_store(tmp_path)
    assert _code(caught) == "D-NEWER"


def test_a_store_belongs_to_one_desk(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    home = Home(tmp_path / "home")
    home.config_file.write_text(default_config().replace("number = 1 ", "number = 2 "), encoding="utf-8")
    with pytest.raises(EnvironmentProblem) as caught:
        Store.open(home, load_settings(home, {}), virtual_runtime())
    assert _code(caught) == "D-OTHER"


def test_an_sqlite_with_the_wal_bug_takes_no_money(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_module, "FIRST_SAFE_SQLITE", (99, 0, 0))
    with pytest.raises(EnvironmentProblem) as caught:
        open_store(tmp_path)
    assert _code(caught) == "D-UNSAFE"


def test_a_full_disk_is_named_and_leaves_what_was_there(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.read() as connection:
        pages = connection.scalar(text("PRAGMA page_count"))
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    rows = [{"name": f"n{number}", "value": "x" * 1000} for number in range(200)]
    with pytest.raises(EnvironmentProblem) as caught, store.commit() as connection:
        connection.execute(insert(meta), rows)
    assert _code(caught) == "D-FULL"
    with store.read() as connection:
        assert connection.scalar(select(meta.c.name).where(meta.c.name == "n0")) is None
    store.close()


def test_a_statement_that_is_no_sql_is_our_bug_and_not_the_disk(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with pytest.raises(OurBug), store.commit() as connection:
        connection.execute(text("SELECT nothing FROM nowhere"))
    store.close()


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.read() as connection:
        connection.execute(text("PRAGMA query_only = ON"))
    with pytest.raises(EnvironmentProblem) as caught, store.commit() as connection:
        connection.execute(insert(meta).values(name="a", value="1"))
    assert _code(caught) == "D-DISK"
    store.close()


def test_a_broken_promise_of_ours_is_our_bug(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with pytest.raises(OurBug), store.commit() as connection:
        connection.execute(insert(meta).values(name="owner", value="again"))
    store.close()


@pytest.mark.parametrize("table", [table.name for table in APPEND_ONLY])
def test_the_truth_only_grows(tmp_path: Path, table: str) -> None:
    store = open_store(tmp_path)
    with store.read() as connection:
        triggers = connection.scalars(
            text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"), {"table": table}
        ).all()
    assert len(triggers) == 2
    store.close()


def test_a_row_of_the_truth_cannot_be_changed_or_removed(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    row = {"at": "t", "operator": "o", "act": "a", "subject": "s", "detail": "d", "chain": "c"}
    with store.commit() as connection:
        connection.execute(insert(audit).values(**row))
    for statement in ("UPDATE audit SET act = 'b'", "DELETE FROM audit"):
        with pytest.raises(OurBug), store.commit() as connection:
            connection.execute(text(statement))
    store.close()


def test_the_migrations_make_exactly_the_tables_that_the_program_knows(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.read() as connection:
        for table in metadata.tables.values():
            found = {row.name: row for row in connection.execute(text(f"PRAGMA table_info({table.name})"))}
            assert set(found) == {column.name for column in table.columns}, table.name
            for column in table.columns:
                assert bool(found[column.name].notnull) is not column.nullable or column.primary_key, column
            indexes = {row.name for row in connection.execute(text(f"PRAGMA index_list({table.name})"))}
            assert {str(index.name) for index in table.indexes} <= indexes
    store.close()


WRITE_MANY = """
import sys
from pathlib import Path
from sqlalchemy import insert
from pos_client.config import Home, load_settings
from pos_client.offline.schema import meta
from pos_client.offline.store import Store
from pos_client.runtime import system_runtime
from pos_client.sync.http import RequestsHttp

home = Home(Path(sys.argv[1]))
store = Store.open(home, load_settings(home, {}), system_runtime(RequestsHttp()))
for number in range(50):
    with store.commit() as connection:
        connection.execute(insert(meta).values(name=f"{sys.argv[2]}{number}", value="x"))
store.close()
"""


def test_two_processes_write_side_by_side(tmp_path: Path) -> None:
    home, _ = fresh_home(tmp_path)
    writers = [subprocess.Popen([sys.executable, "-c", WRITE_MANY, home.folder, name]) for name in ("a", "b")]
    assert [writer.wait() for writer in writers] == [0, 0]
    store = open_store(tmp_path)
    with store.read() as connection:
        assert len(connection.scalars(select(meta.c.name).where(meta.c.value == "x")).all()) == 100
    store.close()


def _note(store: Store, name: str) -> None:
    with store.commit() as connection:
        connection.execute(insert(meta).values(name=name, value="gathered"))


class Interrupted(Exception):
    """Something else went wrong."""


def _note_and_fail(store: Store, name: str) -> None:
    with store.commit() as connection:
        connection.execute(insert(meta).values(name=name, value="gathered"))
        raise Interrupted


def _noted(store: Store) -> list[str]:
    with store.read() as connection:
        names = select(meta.c.name).where(meta.c.value == "gathered").order_by(meta.c.name)
        return list(connection.scalars(names))


def test_acts_that_are_gathered_share_one_commit() -> None:
    with memory_store() as store:
        counted = count_commits(store)
        with store.together():
            _note(store, "a")
            _note(store, "b")
            assert _noted(store) == ["a", "b"]
            assert counted() == 0
        assert (counted(), _noted(store)) == (1, ["a", "b"])


def test_a_gathered_act_that_fails_is_undone_alone() -> None:
    with memory_store() as store:
        with store.together():
            _note(store, "a")
            with pytest.raises(OurBug):
                _note(store, "a")
            with pytest.raises(Interrupted):
                _note_and_fail(store, "c")
            _note(store, "b")
        assert _noted(store) == ["a", "b"]


def test_nothing_of_what_was_gathered_is_written_when_the_whole_fails() -> None:
    with memory_store() as store:
        with pytest.raises(Interrupted), store.together():
            _note_and_fail(store, "a")
        assert _noted(store) == []
        _note(store, "b")
        with store.together():
            _note(store, "c")
        assert _noted(store) == ["b", "c"]


def test_acts_are_gathered_once() -> None:
    with memory_store() as store, store.together(), pytest.raises(AssertionError), store.together():
        pass


def test_what_was_gathered_outlives_the_program(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.together():
        _note(store, "a")
        _note(store, "b")
    store.close()
    store = open_store(tmp_path)
    assert _noted(store) == ["a", "b"]
    store.close()


class DiskOfOneFailure(EncryptedFile):
    """The real disk, on which one commit fails before it was written."""

    def connect(self, file: Path, key: bytes) -> Any:
        return FailingOnce(super().connect(file, key))


class FailingOnce:
    """A connection that refuses to commit while it is told to."""

    failing = False

    def __init__(self, real: Any) -> None:
        self._real = real

    def commit(self) -> None:
        if FailingOnce.failing:
            error = dbapi2.OperationalError("disk I/O error")
            error.sqlite_errorname = "SQLITE_IOERR_FSYNC"
            raise error
        self._real.commit()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


def test_what_a_failed_commit_was_to_write_does_not_come_with_the_next(tmp_path: Path) -> None:
    store = open_store(tmp_path, replace(virtual_runtime(), disk=DiskOfOneFailure()))
    FailingOnce.failing = True
    with pytest.raises(EnvironmentProblem) as caught, store.commit() as connection:
        connection.execute(insert(meta).values(name="lost", value="1"))
    FailingOnce.failing = False
    assert _code(caught) == "D-DISK"
    with store.commit() as connection:
        connection.execute(insert(meta).values(name="kept", value="1"))
    with store.read() as connection:
        assert set(connection.scalars(select(meta.c.name).where(meta.c.name.in_(("lost", "kept"))))) == {"kept"}
    store.close()


def test_a_reader_sees_what_is_committed_and_nothing_else(tmp_path: Path) -> None:
    home, _ = fresh_home(tmp_path)
    store = open_store(tmp_path)
    reader = StoreReader.open(home, virtual_runtime())
    with store.commit() as connection:
        connection.execute(insert(meta).values(name="a", value="1"))
        with reader.read() as looking:
            assert looking.scalar(select(meta.c.value).where(meta.c.name == "a")) is None
    with reader.read() as looking:
        assert looking.scalar(select(meta.c.value).where(meta.c.name == "a")) == "1"
    reader.close()
    store.close()


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    home, _ = fresh_home(tmp_path)
    store = open_store(tmp_path)
    reader = StoreReader.open(home, virtual_runtime())
    with pytest.raises(EnvironmentProblem) as caught, reader.read() as looking:
        looking.execute(insert(meta).values(name="a", value="1"))
    assert _code(caught) == "D-DISK"
    with reader.read() as looking:
        assert looking.scalar(select(meta.c.value).where(meta.c.name == "a")) is None
    reader.close()
    store.close()


def test_a_reader_with_another_key_is_told(tmp_path: Path) -> None:
    home, _ = fresh_home(tmp_path)
    open_store(tmp_path).close()
    home.key_file.write_text("00" * 32 + "\n", encoding="ascii")
    with pytest.raises(EnvironmentProblem) as caught:
        StoreReader.open(home, virtual_runtime())
    assert _code(caught) == "D-KEY-WRONG"
