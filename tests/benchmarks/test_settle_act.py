"""Ours and the one by hand write the same rows; otherwise their times say nothing."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.contestants.settle_by_hand import ByHand
from benchmarks.contestants.settle_ours import Ours
from benchmarks.settle_act import CONTESTANTS, Books, measure, percentile_99, syncs_an_act
from pos_client.config import Home
from pos_client.offline.audit import first_broken_row
from pos_client.offline.disk import EncryptedFile
from tests.virtual import open_store

#: What two runs of the same program differ in as well: instants, and the numbers that come of them.
OF_THE_MOMENT = {"at", "created_at", "next_try_at", "business_date", "message_id", "shift", "chain"}
TABLES = ("message", "pending", "sale", "money", "outcome", "settlement", "difference", "task")


def _rows(opening: Callable[[Path], Books], folder: Path) -> dict[str, list[dict[str, Any]]]:
    folder.mkdir()
    with closing(opening(folder)) as books:
        for _ in range(3):
            books.settle()
    home = Home(folder / "home")
    key = bytes.fromhex(home.key_file.read_text())
    with closing(EncryptedFile().connect(home.database, key)) as connection:
        return {table: _normal(connection, f"SELECT * FROM {table} ORDER BY id") for table in TABLES[:-1]} | {
            "task": _normal(connection, "SELECT * FROM task"),
            "audit": _normal(connection, "SELECT number, at, operator, act, subject, chain FROM audit"),
            "meta": _normal(connection, "SELECT name FROM meta ORDER BY name"),
        }


def _normal(connection: Any, statement: str) -> list[dict[str, Any]]:
    rows = connection.execute(statement)
    names = [column[0] for column in rows.description]
    return [{name: value for name, value in zip(names, row, strict=True) if name not in OF_THE_MOMENT} for row in rows]


def test_both_write_the_same_rows(tmp_path: Path) -> None:
    ours = _rows(Ours, tmp_path / "ours")
    assert ours == _rows(ByHand, tmp_path / "by-hand")
    assert [len(ours[table]) for table in TABLES] == [3, 0, 3, 9, 3, 3, 0, 0]
    assert len(ours["audit"]) == 6


def test_the_audit_chain_by_hand_holds_too(tmp_path: Path) -> None:
    _rows(ByHand, tmp_path / "by-hand")
    store = open_store(tmp_path / "by-hand")
    with store.read() as connection:
        assert first_broken_row(connection) is None
    store.close()


def test_every_act_is_timed(tmp_path: Path) -> None:
    times = measure(tmp_path, rounds=2, acts=3)
    assert set(times) == set(CONTESTANTS)
    assert all((len(one.acts), len(one.rounds), len(one.cpu)) == (6, 2, 2) for one in times.values())


def test_an_act_is_two_syncs() -> None:
    assert [round(syncs_an_act(name)) for name in CONTESTANTS] == [2, 2]


def test_one_act_of_a_hundred_is_slower_than_the_percentile() -> None:
    assert percentile_99([*range(1, 101)]) == 99.01
