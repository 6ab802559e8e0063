"""Rows of operators: the newest of a name counts."""

from pathlib import Path

from pos_client.offline import operators
from pos_client.offline.operators import Operator, Role
from tests.virtual import NOON, open_store

LI = Operator("02", "李四", Role.CASHIER, "secret")
ZHANG = Operator("01", "张三", Role.SUPERVISOR, "secret")


def test_operators_are_found_by_name_and_listed_in_order(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.commit() as connection:
        operators.record(connection, LI, now=NOON)
        operators.record(connection, ZHANG, now=NOON)
    with store.read() as connection:
        assert operators.active(connection) == [ZHANG, LI]
        assert operators.find(connection, "02") == LI
        assert operators.find(connection, "03") is None
    store.close()


def test_the_newest_row_of_a_name_is_in_force(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    changed = Operator("02", "李四", Role.SUPERVISOR, "other")
    with store.commit() as connection:
        operators.record(connection, LI, now=NOON)
        operators.record(connection, changed, now=NOON)
        assert operators.active(connection) == [changed]
    store.close()


def test_whoever_has_ended_may_begin_again(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.commit() as connection:
        operators.record(connection, LI, now=NOON)
        operators.end(connection, LI, now=NOON)
        assert operators.active(connection) == []
        operators.record(connection, LI, now=NOON)
        assert operators.find(connection, "02") == LI
    store.close()
