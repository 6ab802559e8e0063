"""Backups: consistent, encrypted, proven; and the mark of a store that came from one."""

import random
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from pos_client.config import Home
from pos_client.errors import EnvironmentProblem, Problem
from pos_client.offline import audit, backup, schema
from pos_client.offline.backup_file import opened, prove, row_counts
from pos_client.offline.ids import MessageIds, next_number
from pos_client.offline.store import Store
from tests.virtual import NOON, VirtualClock, open_store


@contextmanager
def _store(folder: Path) -> Iterator[Store]:
    store = open_store(folder)
    try:
        yield store
    finally:
        store.close()


def _home(folder: Path) -> Home:
    return Home(folder / "home")


def _key(folder: Path) -> bytes:
    return bytes.fromhex(_home(folder).key_file.read_text())


def _act(store: Store, name: str = "act") -> None:
    with store.commit() as connection:
        audit.append(connection, name, "", {}, now=NOON, operator="01")


def _make(folder: Path, store: Store, **ahead: float) -> backup.Backup:
    now = NOON + timedelta(**ahead)
    return backup.make(_home(folder), store, _key(folder), now=now, operator="01")[0]


def _code(problem: pytest.ExceptionInfo[Problem]) -> str:
    return problem.value.code


def test_a_backup_holds_what_the_store_holds_and_is_encrypted(tmp_path: Path) -> None:
    with _store(tmp_path) as store:
        _act(store)
        with store.read() as connection:
            head = connection.scalar(select(schema.audit.c.chain))
        made = _make(tmp_path, store)
        proof = prove(made.file, _key(tmp_path))
        assert made.file.name == "books-20261121-120000.db"
        assert (proof.audit_rows, proof.audit_head) == (1, head)
        assert proof.owner == "training/P43999900001/1"
        assert proof.made_at == NOON
        assert not made.file.read_bytes().startswith(b"SQLite format 3")
        assert stat.S_IMODE(made.file.stat().st_mode) == 0o600
        assert [file.name for file in _home(tmp_path).backups.iterdir()] == [made.file.name]


def test_the_store_keeps_a_row_of_each_backup_and_is_not_marked_itself(tmp_path: Path) -> None:
    with _store(tmp_path) as store:
        made = _make(tmp_path, store)
        with store.read() as connection:
            row = connection.execute(select(schema.backup)).one()
            assert (row.file, row.bytes, row.messages) == (made.file.name, made.bytes, 0)
            assert connection.scalar(select(schema.audit.c.act)) == "backup"
            assert backup.restored_at(connection) is None
            backup.refuse_when_restored(connection)


def test_a_desk_may_write_between_two_pages_of_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = row_counts

    def while_somebody_writes(connection):  # type: ignore[no-untyped-def]
        found = counted(connection)
        _act(store)
        return found

    with _store(tmp_path) as store:
        _act(store)
        monkeypatch.setattr(backup, "row_counts", while_somebody_writes)
        assert prove(_make(tmp_path, store).file, _key(tmp_path)).audit_rows == 2


def test_two_backups_in_one_second_have_two_names(tmp_path: Path) -> None:
    with _store(tmp_path) as store:
        first, second = _make(tmp_path, store), _make(tmp_path, store)
        assert [one.file for one in backup.list_backups(_home(tmp_path))] == [second.file, first.file]


def test_a_draft_of_a_killed_backup_is_cleared_away(tmp_path: Path) -> None:
    with _store(tmp_path) as store:
        home = _home(tmp_path)
        home.backups.mkdir()
        (home.backups / "books-20261120-120000.new").write_bytes(b"half")
        _make(tmp_path, store)
        assert len(list(home.backups.iterdir())) == 1


def test_only_the_newest_are_kept_and_never_none(tmp_path: Path) -> None:
    with _store(tmp_path) as store:
        made = [_make(tmp_path, store, hours=hour) for hour in range(4)]
        assert backup.remove_old(_home(tmp_path), 2) == [made[1].file, made[0].file]
        assert backup.remove_old(_home(tmp_path), 0) == [made[2].file]
        assert [one.file for one in backup.list_backups(_home(tmp_path))] == [made[3].file]
        (_home(tmp_path).backups / "books-of-mine.db").write_bytes(b"")
        assert len(backup.list_backups(_home(tmp_path))) == 1


@pytest.mark.parametrize("damage", ["cut", "garbled", "empty", "other key", "missing"])
def test_a_backup_that_does_not_hold_is_said_so_and_left_alone(tmp_path: Path, damage: str) -> None:
    with _store(tmp_path) as store:
        _act(store)
        file = _make(tmp_path, store).file
    content, key = bytearray(file.read_bytes()), _key(tmp_path)
    if damage == "cut":
        content = content[: len(content) // 2]
    if damage == "garbled":
        content[len(content) // 2] ^= 1
    if damage == "empty":
        content.clear()
    file.write_bytes(content)
    if damage == "missing":
        file.unlink()
    with pytest.raises(EnvironmentProblem) as caught:
        prove(file, random.Random(9).randbytes(32) if damage == "other key" else key)
    assert _code(caught) == "D-BACKUP-BAD"
    assert damage == "missing" or file.read_bytes() == bytes(content)


def test_a_changed_audit_row_shows_in_the_proof(tmp_path: Path) -> None:
    with _store(tmp_path) as store:
        _act(store)
        file = _make(tmp_path, store).file
    with opened(file, _key(tmp_path), read_only=False) as connection:
        connection.execute(text("DROP TRIGGER audit_no_update"))
        connection.execute(text("UPDATE audit SET act = 'nothing'"))
    with pytest.raises(EnvironmentProblem) as caught:
        prove(file, _key(tmp_path))
    assert _code(caught) == "D-BACKUP-BAD"
    assert "audit 1" in caught.value.sentence("en")


def test_a_copy_that_lacks_rows_never_gets_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = row_counts
    with _store(tmp_path) as store:
        monkeypatch.setattr(backup, "row_counts", lambda connection: counted(connection) | {"audit": 7})
        with pytest.raises(EnvironmentProblem) as caught:
            _make(tmp_path, store)
        assert _code(caught) == "D-BACKUP-BAD"
        assert backup.list_backups(_home(tmp_path)) == []


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    with _store(tmp_path) as store:
        _home(tmp_path).backups.write_text("in the way")
        with pytest.raises(EnvironmentProblem) as caught:
            _make(tmp_path, store)
        assert _code(caught) == "D-BACKUP"


def test_a_marked_store_takes_no_money_until_it_is_cleared(tmp_path: Path) -> None:
    with _store(tmp_path) as store:
        with store.commit() as connection:
            backup.mark(connection, NOON)
            backup.mark(connection, NOON + timedelta(days=1))
            assert backup.restored_at(connection) == NOON
            with pytest.raises(EnvironmentProblem) as caught:
                backup.refuse_when_restored(connection)
            assert _code(caught) == "D-RESTORED"
            assert "2026-11-21 12:00" in caught.value.sentence("zh")
        with store.commit() as connection:
            backup.clear_mark(connection, "agreed", now=NOON, operator="01")
            backup.refuse_when_restored(connection)
            assert connection.scalar(select(schema.audit.c.act)) == "backup.accepted"


def test_a_restored_store_gives_no_id_and_no_number_again(tmp_path: Path) -> None:
    with _store(tmp_path) as store:
        clock = VirtualClock()
        ids = MessageIds(store, clock, "P43999900001", 1)
        with store.commit() as connection:
            before = next_number(connection)
            given_out = [ids.for_booking(connection) for _ in range(100)]  # a burst runs ahead of the clock
            backup.mark(connection, NOON)
            connection.execute(text("UPDATE meta SET value = '20261121090000' WHERE name = 'message_slot'"))
            for _ in range(2):
                backup.move_counters_on(connection, clock.now_utc())
            assert ids.for_booking(connection) > given_out[-1]
            assert next_number(connection) == before + backup.NUMBERS_AHEAD + 1


def test_a_slot_that_is_further_on_stays(tmp_path: Path) -> None:
    with _store(tmp_path) as store, store.commit() as connection:
        connection.execute(insert(schema.meta).values(name="message_slot", value="20991231235900"))
        backup.move_counters_on(connection, NOON)
        ids = MessageIds(store, VirtualClock(), "P43999900001", 1)
        assert ids.for_booking(connection)[12:26] == "20991231235901"
