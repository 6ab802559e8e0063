"""What a person has to do: asked once, kept until somebody says that it is done."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlalchemy import text

from pos_client.offline import tasks
from pos_client.offline.store import Store
from pos_client.offline.tasks import TaskKind
from tests.in_memory import memory_store
from tests.virtual import NOON


@pytest.fixture
def store() -> Iterator[Store]:
    with memory_store() as opened:
        yield opened


def _add(store: Store, kind: TaskKind, subject: str, **evidence: object) -> None:
    with store.commit() as connection:
        tasks.add_task(connection, kind, subject, evidence, now=NOON)


def _open(store: Store) -> list[tuple[int, TaskKind, str]]:
    with store.read() as connection:
        return [(one.number, one.kind, one.subject) for one in tasks.open_tasks(connection)]


def test_a_task_keeps_its_evidence_exactly(store: Store) -> None:
    _add(store, TaskKind.COLLECT, "01-000001", short_fen=120, price=Decimal("1.50"), said="少收")
    with store.read() as connection:
        (task,) = tasks.open_tasks(connection)
    assert (task.at, task.kind, task.subject) == (NOON, TaskKind.COLLECT, "01-000001")
    assert task.evidence == {"short_fen": 120, "price": Decimal("1.50"), "said": "少收"}


def test_the_same_is_not_asked_for_twice_at_once(store: Store) -> None:
    for subject in ("01-000001", "01-000001", "01-000002"):
        _add(store, TaskKind.LOSS, subject)
    _add(store, TaskKind.CANNOT_RESOLVE, "01-000001")
    assert [subject for _, _, subject in _open(store)] == ["01-000001", "01-000002", "01-000001"]
    with store.read() as connection:
        assert tasks.is_open(connection, TaskKind.LOSS, "01-000002")
        assert not tasks.is_open(connection, TaskKind.CANNOT_RESOLVE, "01-000002")


def test_a_task_that_is_done_is_open_no_more_and_may_be_asked_for_again(store: Store) -> None:
    _add(store, TaskKind.LOSS, "01-000001")
    with store.commit() as connection:
        tasks.close_task(connection, 1, "written off", now=NOON, operator="01")
        assert tasks.find_task(connection, 1) is None
    assert _open(store) == []
    _add(store, TaskKind.LOSS, "01-000001")
    with store.read() as connection:
        again = tasks.find_task(connection, 2)
        assert again is not None
        assert again.subject == "01-000001"


def test_what_has_solved_itself_is_closed_and_says_how(store: Store) -> None:
    for kind, subject in ((TaskKind.CANNOT_RESOLVE, "a"), (TaskKind.CANNOT_RESOLVE, "b"), (TaskKind.LOSS, "a")):
        _add(store, kind, subject)
    with store.commit() as connection:
        tasks.close_tasks_about(connection, TaskKind.CANNOT_RESOLVE, "a", "resolved: FOUND", now=NOON)
        done = connection.execute(text("SELECT number, operator, how FROM task_done")).all()
    assert [tuple(row) for row in done] == [(1, "", "resolved: FOUND")]
    assert [number for number, _, _ in _open(store)] == [2, 3]
