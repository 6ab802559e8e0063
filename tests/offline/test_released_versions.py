"""Stores of released versions: opened by today's program, nothing is lost or changed, and the desk goes on."""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from pos_client.desk import queue
from pos_client.desk.books import open_books
from pos_client.offline import audit, journal, money_book, settlements
from pos_client.offline.journal import Kind, State
from pos_client.offline.money_book import Entry
from pos_client.offline.schema import HEAD_VERSION
from pos_client.offline.settlements import SettlementState
from pos_client.offline.store import StoreConnection
from tests.desk.world import World, world_in

RELEASED = Path(__file__).parent / "released"
VERSIONS = sorted(folder.name for folder in RELEASED.iterdir() if folder.is_dir() and folder.name.isdigit())
#: Tables that a start may write to: the version itself, counters, and how open messages are being asked about.
LIVING = ("alembic_version", "meta", "pending")

Rows = Mapping[str, list[dict[str, Any]]]


@pytest.fixture(params=VERSIONS)
def released(request: pytest.FixtureRequest) -> Path:
    """The folder of a released version."""
    return RELEASED / str(request.param)


@pytest.fixture
def world(released: Path, tmp_path: Path) -> Iterator[World]:
    """A counter whose home is a copy of the released one."""
    with world_in(tmp_path) as counter:
        for name in ("books.db", "key", "config.toml"):
            shutil.copy(released / name, counter.home.folder)
        counter.home.key_file.chmod(0o600)
        yield counter


@pytest.fixture
def rows(released: Path) -> Rows:
    """Every row as that version's program read it."""
    found: Rows = json.loads((released / "rows.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def connection(world: World) -> Iterator[StoreConnection]:
    """The copy, opened and brought up to date by today's program."""
    with open_books(world.home, world.environment, world.runtime) as books, books.store.read() as connection:
        yield connection


def test_every_released_version_is_here() -> None:
    assert VERSIONS
    assert VERSIONS[0] == "0001"
    assert all(version <= HEAD_VERSION for version in VERSIONS)


def test_every_row_reads_as_before(connection: StoreConnection, rows: Rows) -> None:
    for table, written in rows.items():
        if table in LIVING:
            continue
        assert written, f"a fixture without a row of {table} proves nothing about it"
        columns = ", ".join(f'"{name}"' for name in written[0])
        found = connection.execute(text(f"SELECT {columns} FROM {table} ORDER BY rowid")).mappings()
        assert [dict(row) for row in found] == written, table


def test_messages_and_their_states_are_what_they_were(connection: StoreConnection, rows: Rows) -> None:
    last = {one["id"]: one["state"] for one in rows["outcome"]}
    found = {one.id: one for one in journal.all_messages(connection)}
    assert list(found) == [one["id"] for one in rows["message"]]
    for written in rows["message"]:
        message = found[written["id"]]
        assert message.state == last.get(message.id, "INTENT")
        assert (message.kind, message.amount_fen, message.request) == (
            written["kind"],
            written["amount_fen"],
            written["request"],
        )
    assert set(State) - {one.state for one in found.values()} <= {State.QUEUED}  # 0001 had no queue
    assert [one.id for one in journal.open_messages(connection)] == [one["id"] for one in rows["pending"]]


def test_settlements_sales_and_money_are_what_they_were(connection: StoreConnection, rows: Rows) -> None:
    for written in rows["settlement"]:
        booked = settlements.settlement_of(connection, written["id"])
        assert booked is not None
        assert {name: getattr(booked, name) for name in written if name != "id"} == {
            name: value for name, value in written.items() if name != "id"
        }
    for written in rows["sale"]:
        assert settlements.sale_record(connection, written["id"]) is not None
    for entry in Entry:
        kept = sum(one["amount_fen"] for one in rows["money"] if one["entry"] == entry)
        assert kept == sum(money_book.totals_fen(connection, one["id"])[entry] for one in rows["message"])
    states = {
        settlements.state_of(connection, one) for one in journal.all_messages(connection) if one.kind is Kind.SETTLE
    }
    assert {SettlementState.SETTLED, SettlementState.VOIDED, SettlementState.REFUSED} <= states


def test_the_audit_chain_holds(connection: StoreConnection, rows: Rows) -> None:
    assert audit.first_broken_row(connection) is None
    assert connection.scalar(text("SELECT count(*) FROM audit")) == len(rows["audit"])


def test_the_desk_goes_on(world: World, rows: Rows) -> None:
    sold = world.sell("YD0001")
    assert int(sold.id[3:]) == len(rows["message"]) + 1
    assert world.void(sold.id).about == sold.id
    assert sold.message_id > max(one["message_id"] for one in rows["message"])


def test_what_was_open_is_resolved(world: World) -> None:
    # The front end of this test has never seen the old messages: they are proven absent there.
    with world.back_office() as office:
        queue.sync_once(office)
    assert not [one for one in world.messages() if one.state in (State.UNKNOWN, State.INTENT)]
