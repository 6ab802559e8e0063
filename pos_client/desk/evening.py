"""The evening: everything sent and found out, the day's totals agreed with the bureau, a backup made and proven.

Each step remembers what it did in rows of the store, so that the evening may be killed at any point and started again,
also beside an open window. What goes wrong in one step is told and the others go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pos_client.desk import backups
from pos_client.desk.backups import Made
from pos_client.desk.compare_days import DayCompared, Standing, compare_days
from pos_client.desk.queue import sync_once
from pos_client.desk.station import Office
from pos_client.errors import EXIT_ENVIRONMENT, EXIT_REFUSED, EXIT_UNKNOWN, EnvironmentProblem, Problem
from pos_client.offline import backup, journal, tasks
from pos_client.offline.backup_file import audit_head
from pos_client.offline.instants import text_of
from pos_client.offline.journal import Message, State
from pos_client.offline.store import StoreConnection
from pos_client.offline.tasks import Task, TaskKind
from pos_client.runtime import business_date
from pos_client.sync.attempts import Attempt


@dataclass(frozen=True, slots=True)
class StillOpen:
    """A message without a certain outcome, and what the last attempt to find out came to."""

    message: Message
    why: str


@dataclass(frozen=True, slots=True)
class Evening:
    """What an evening found and did."""

    day: date
    at: datetime
    resolved: tuple[Attempt, ...]
    still_open: tuple[StillOpen, ...]
    days: tuple[DayCompared, ...]
    tasks: tuple[Task, ...]
    made: Made | None
    restored_at: datetime | None
    cleared: bool
    audit_rows: int
    audit_head: str
    problems: tuple[Problem, ...]

    @property
    def exit_code(self) -> int:
        """0 all agreed · 3 an outcome is not known · 4 a step could not be done · 1 a difference or a task is left."""
        if any(one.message.state is not State.INTENT for one in self.still_open):
            return EXIT_UNKNOWN
        if any(isinstance(one, EnvironmentProblem) for one in self.problems):
            return EXIT_ENVIRONMENT
        agreed = all(one.standing is Standing.AGREED for one in self.days)
        fits = self.made is None or self.made.escrow is None or self.made.escrow.fits
        return 0 if agreed and fits and not self.tasks and not self.problems else EXIT_REFUSED


def nightly(office: Office) -> Evening:
    """Does all that an evening does; the caller holds the drain's lock.

    Raises:
        EnvironmentProblem: D-… of the store; whatever else fails is told in the result.
    """
    problems: list[Problem] = []
    attempts = sync_once(office)
    days: list[DayCompared] = []
    try:
        days = compare_days(office)
    except Problem as problem:
        problems.append(problem)
    problems += _told_once(days)
    with office.store.commit() as connection:
        restored_at = backup.restored_at(connection)
        cleared = restored_at is not None and _judge_restored(connection, office, restored_at, days)
    made: Made | None = None
    try:
        made = backups.make(office.books)
    except Problem as problem:
        problems.append(problem)
    with office.store.read() as connection:
        rows, head = audit_head(connection)
        return Evening(
            day=business_date(office.bureau.now),
            at=office.bureau.now,
            resolved=tuple(one for one in attempts if one.is_final),
            still_open=tuple(_still_open(connection)),
            days=tuple(days),
            tasks=tuple(tasks.open_tasks(connection)),
            made=made,
            restored_at=restored_at,
            cleared=cleared,
            audit_rows=rows,
            audit_head=head,
            problems=tuple(problems),
        )


def _told_once(days: Sequence[DayCompared]) -> list[Problem]:
    """What is the same for many days is one problem."""
    found = {one.problem.sentence("zh"): one.problem for one in days if one.problem is not None}
    return list(found.values())


def _still_open(connection: StoreConnection) -> list[StillOpen]:
    found = []
    for message in journal.open_messages(connection):
        pending = journal.pending_of(connection, message.id)
        found.append(StillOpen(message, pending.why if pending is not None else ""))
    return found


def _judge_restored(
    connection: StoreConnection, office: Office, made_at: datetime, days: Sequence[DayCompared]
) -> bool:
    """A restored store takes money again when the bureau has just agreed to every day since; else a person looks."""
    now = office.bureau.now
    backup.move_counters_on(connection, now)
    since = [one for one in days if one.day >= business_date(made_at)]
    if since and all(one.standing is Standing.AGREED and one.was_asked for one in since):
        backup.clear_mark(connection, "the bureau agrees to every day since", now=now, operator="")
        tasks.close_tasks_about(connection, TaskKind.RESTORED, text_of(made_at), "agrees", now=now)
        return True
    evidence = {
        one.day.isoformat(): {
            "standing": one.standing,
            "totals": {"/".join(group.group): group.sums.record() for group in one.groups},
            "laid_out_before": {"/".join(group): sums.record() for group, sums in one.laid_out.items()},
        }
        for one in since
    }
    tasks.add_task(connection, TaskKind.RESTORED, text_of(made_at), evidence, now=now)
    return False
