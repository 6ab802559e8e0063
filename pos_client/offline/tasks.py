"""What the program cannot solve becomes a task for a person, with its evidence and one action. Nothing expires.

Tasks only grow: a done one gets a row that says who did what. The same thing is never asked for twice at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import simplejson
from sqlalchemy import Connection, insert, select

from pos_client.offline.instants import instant_of, text_of
from pos_client.offline.schema import task, task_done


class TaskKind(StrEnum):
    """What a person has to look into."""

    COLLECT = "collect"  # the bureau settled for more than was laid down: the rest is to be collected, or voided
    GIVE_BACK = "give_back"  # settled provisionally for more than the bureau then left to pay
    CANNOT_RESOLVE = "cannot_resolve"  # the bureau will neither show nor undo a message: ask it
    LEFT_BUT_SETTLED = "left_but_settled"  # the customer has left and the void was refused
    LOSS = "loss"  # a provisional settlement that the bureau refused
    TOTALS_DIFFER = "totals_differ"  # the day's totals are not the bureau's
    TOTALS_MISSING = "totals_missing"  # another desk's totals of the day are not there: nothing could be compared
    TELL = "tell"  # an outcome that was unknown is known: the customer is to be told, and gets slip or money
    RESTORED = "restored"  # the store was restored from a backup: what came after it must be found at the bureau


@dataclass(frozen=True, slots=True)
class Task:
    """One task; ``evidence`` holds figures and ids, no personal data."""

    number: int
    at: datetime
    kind: TaskKind
    subject: str
    evidence: Mapping[str, Any]


def add_task(
    connection: Connection, kind: TaskKind, subject: str, evidence: Mapping[str, object], *, now: datetime
) -> None:
    """Adds a task unless the same one is open."""
    if is_open(connection, kind, subject):
        return
    told = simplejson.dumps(dict(evidence), ensure_ascii=False, default=str)
    connection.execute(insert(task).values(at=text_of(now), kind=kind, subject=subject, evidence=told))


def is_open(connection: Connection, kind: TaskKind, subject: str) -> bool:
    """Whether somebody still has that to do."""
    return any(one.kind is kind and one.subject == subject for one in open_tasks(connection))


def open_tasks(connection: Connection) -> list[Task]:
    """Tasks that nobody has done yet, oldest first."""
    listed = select(task).where(task.c.number.not_in(select(task_done.c.number))).order_by(task.c.number)
    return [_task(row) for row in connection.execute(listed)]


def find_task(connection: Connection, number: int) -> Task | None:
    """The open task of a number, or None."""
    return next((one for one in open_tasks(connection) if one.number == number), None)


def close_task(connection: Connection, number: int, how: str, *, now: datetime, operator: str) -> None:
    """Says that a task is done, and how."""
    connection.execute(insert(task_done).values(number=number, at=text_of(now), operator=operator, how=how))


def close_tasks_about(connection: Connection, kind: TaskKind, subject: str, how: str, *, now: datetime) -> None:
    """Closes what has solved itself: the program does it and says how."""
    for one in open_tasks(connection):
        if one.kind is kind and one.subject == subject:
            close_task(connection, one.number, how, now=now, operator="")


def _task(row: Any) -> Task:
    evidence = simplejson.loads(row.evidence, use_decimal=True)
    return Task(row.number, instant_of(row.at), TaskKind(row.kind), row.subject, evidence)
