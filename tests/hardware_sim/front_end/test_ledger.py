"""The ledger: durable, portable, one transaction after the other."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from hardware_sim.front_end.ledger import Ledger, messages, metadata, next_serial, persons


def test_serials_go_on_where_they_stopped(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    drawn = []
    for _ in range(2):
        ledger = Ledger.open(url)
        with ledger.begin() as connection:
            drawn += [next_serial(connection, "visit"), next_serial(connection, "visit")]
        ledger.close()
    assert drawn == [1, 2, 3, 4]


def test_an_exception_undoes_the_transaction(tmp_path: Path) -> None:
    ledger = Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}")
    row = {"msgid": "M", "infno": "1101", "received_at": "", "request": "", "answer": "", "outcome": "ok"}

    def fail() -> None:
        with ledger.begin() as connection:
            connection.execute(messages.insert().values(row))
            raise RuntimeError("the power fails")

    with pytest.raises(RuntimeError):
        fail()
    with ledger.begin() as connection:
        assert connection.scalars(select(messages.c.msgid)).all() == []
    ledger.close()


def test_the_file_is_a_write_ahead_log_with_full_syncs(tmp_path: Path) -> None:
    ledger = Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}")
    with ledger.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    ledger.close()


def test_everything_can_be_said_to_postgresql_too() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
    for table in metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))
    locked = select(persons).where(persons.c.psn_no == "1").with_for_update()
    assert str(locked.compile(dialect=dialect)).endswith("FOR UPDATE")


def test_a_ledger_in_memory_serves_all_threads_and_ends_with_its_process() -> None:
    ledger = Ledger.open("sqlite://")

    def draw(_: int) -> int:
        with ledger.begin() as connection:
            return next_serial(connection, "visit")

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(draw, range(8))) == list(range(1, 9))
    ledger.close()


def test_a_simulation_need_not_wait_for_the_disk(tmp_path: Path) -> None:
    ledger = Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}", durable=False)
    with ledger.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 0
    ledger.close()
