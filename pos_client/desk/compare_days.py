"""Our totals of each day against the bureau's (3201): agreed, or a task for a person with the figures.

Every day of the last month that the bureau has not agreed to is asked again each evening, and so is an agreed one whose
totals have changed since. Whatever solves itself closes its own task. Killed anywhere, it is simply done again.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

import simplejson

from pos_client.desk.exchange import DeskDay, Exchange, exchange_of
from pos_client.desk.station import Office
from pos_client.errors import EnvironmentProblem, Problem, Refused
from pos_client.offline import audit, backup, day_totals, notes, tasks
from pos_client.offline.backup_file import audit_head
from pos_client.offline.day_totals import Group, Sums
from pos_client.offline.store import StoreConnection
from pos_client.offline.tasks import TaskKind
from pos_client.runtime import business_date
from pos_client.sync.envelope import Answer
from pos_client.sync.totals import COMPARE, Totals, TotalsAnswer, read_totals, totals_request

DAYS_BACK = 31


class Standing(StrEnum):
    """What became of a day's totals."""

    AGREED = "agreed"
    DIFFERS = "differs"
    MISSING = "missing"  # another desk's totals are not there yet
    NOT_ASKED = "not_asked"  # the bureau could not be asked


@dataclass(frozen=True, slots=True)
class GroupCompared:
    """One group's totals of the whole institution and what the bureau says of them; None: it was not asked now."""

    group: Group
    sums: Sums
    answer: TotalsAnswer | None


@dataclass(frozen=True, slots=True)
class DayCompared:
    """One business day; ``desks`` are those whose totals are in it, ``problem`` is why the bureau was not asked.

    ``laid_out`` is what this desk had laid out for that day before it was restored from a backup.
    """

    day: date
    standing: Standing
    groups: tuple[GroupCompared, ...] = ()
    desks: tuple[int, ...] = ()
    problem: Problem | None = None
    laid_out: Mapping[Group, Sums] = field(default_factory=dict)

    @property
    def was_asked(self) -> bool:
        """Whether the bureau has just said something of this day."""
        return any(one.answer is not None for one in self.groups)


@dataclass(frozen=True, slots=True)
class _Books:
    """What this desk knows before the bureau is asked."""

    days: Mapping[date, Mapping[Group, Sums]]
    known: frozenset[Group]
    doubted_from: date | None  # of a restored store: what was agreed since is asked again
    head: str

    def doubts(self, day: date) -> bool:
        """Whether something of that day may have been lost with the newer database."""
        return self.doubted_from is not None and day >= self.doubted_from


def compare_days(office: Office) -> list[DayCompared]:
    """Lays out this desk's totals and compares every day that is not agreed, oldest first.

    Raises:
        EnvironmentProblem: D-TOTALS, the desks' folder cannot be used; D-… of the store.
    """
    exchange, today = exchange_of(office.books), business_date(office.bureau.now)
    # A desk that had nothing on a day says so too, or the others would wait for its totals for ever.
    begun = exchange.first_day(today - timedelta(days=DAYS_BACK)) or today
    with office.store.read() as connection:
        ours = _read(connection, today, begun)
    if ours.doubted_from is None:  # what a restored store has forgotten may still stand in its own files
        _lay_out(office, exchange, ours)
    compared: list[DayCompared] = []
    problem: EnvironmentProblem | None = None
    for day in ours.days:
        if problem is not None:
            compared.append(DayCompared(day, Standing.NOT_ASKED, problem=problem))
            continue
        there = exchange.of_day(day)
        one = _compare(office, there, ours, day)
        own = there.get(office.drawer.desk)
        if ours.doubts(day) and own is not None:
            one = replace(one, laid_out=own.sums)
        compared.append(one)
        if isinstance(one.problem, EnvironmentProblem):
            problem = one.problem
    return compared


def _read(connection: StoreConnection, today: date, begun: date) -> _Books:
    first, last = day_totals.days_with_books(connection) or (today, today)
    made_at = backup.restored_at(connection)
    doubted_from = None if made_at is None else business_date(made_at)
    begin = max(min(first, begun), today - timedelta(days=DAYS_BACK))
    if doubted_from is not None:
        begin = min(begin, doubted_from)
    return _Books(
        days=day_totals.totals_of_days(connection, min(begin, today), max(last, today)),
        known=frozenset(day_totals.known_groups(connection)),
        doubted_from=doubted_from,
        head=audit_head(connection)[1],
    )


def _lay_out(office: Office, exchange: Exchange, ours: _Books) -> None:
    desk, now = office.drawer.desk, office.bureau.now
    for day, sums in ours.days.items():
        there = exchange.of_day(day).get(desk)
        if there is None or there.sums != sums or day == business_date(now):
            exchange.put(DeskDay(day, exchange.institution, desk, now, ours.head, sums))


def _compare(office: Office, there: Mapping[int, DeskDay], ours: _Books, day: date) -> DayCompared:
    others = {desk: one.sums for desk, one in there.items() if desk != office.drawer.desk}
    desks = tuple(sorted({*others, office.drawer.desk}))
    wanted = office.settings.number("institution.desks")
    if len(desks) < wanted:
        return _missing(office, day, desks, wanted)
    sums = day_totals.summed([ours.days[day], *others.values()])
    sums |= {group: Sums() for group in ours.known - set(sums)}
    with office.store.read() as connection:
        agreed = notes.read(connection, _note(day)) == _digest(sums)
    if agreed and not ours.doubts(day):
        return DayCompared(day, Standing.AGREED, tuple(_unasked(sums)), desks)
    try:
        groups = tuple(
            GroupCompared(group, sums[group], _ask(office, day, group, sums[group])) for group in sorted(sums)
        )
    except (EnvironmentProblem, Refused) as problem:
        return DayCompared(day, Standing.NOT_ASKED, tuple(_unasked(sums)), desks, problem)
    agrees = all(one.answer is not None and one.answer.agrees for one in groups)
    compared = DayCompared(day, Standing.AGREED if agrees else Standing.DIFFERS, groups, desks)
    with office.store.commit() as connection:
        _conclude(connection, office, compared, _digest(sums))
    return compared


def _unasked(sums: Mapping[Group, Sums]) -> Iterator[GroupCompared]:
    return (GroupCompared(group, sums[group], None) for group in sorted(sums))


def _ask(office: Office, day: date, group: Group, sums: Sums) -> TotalsAnswer:
    if not all(group):  # the bureau's own answers left out what it wants to be asked by
        return TotalsAnswer(False, "")
    totals = Totals(
        *(group.insurance_type, group.clearing_type, group.agency, day, day),
        *(sums.total_fen, sums.fund_fen, sums.account_fen, sums.count),
    )
    bureau = office.bureau
    answer: Answer = bureau.query(totals_request(bureau.region, totals, group.agency))
    return bureau.readable(answer, COMPARE, lambda _: read_totals(answer, agency=group.agency))


def _missing(office: Office, day: date, desks: tuple[int, ...], wanted: int) -> DayCompared:
    evidence = {"desks": list(desks), "wanted": wanted}
    with office.store.commit() as connection:
        tasks.add_task(connection, TaskKind.TOTALS_MISSING, day.isoformat(), evidence, now=office.bureau.now)
    return DayCompared(day, Standing.MISSING, (), desks)


def _conclude(connection: StoreConnection, office: Office, compared: DayCompared, digest: str) -> None:
    """Remembers an agreement, makes and closes tasks; one commit a day."""
    now, day = office.bureau.now, compared.day.isoformat()
    tasks.close_tasks_about(connection, TaskKind.TOTALS_MISSING, day, "compared", now=now)
    for one in compared.groups:
        assert one.answer is not None, "every group was asked"
        subject = f"{day} {'/'.join(one.group)}"
        if one.answer.agrees:
            tasks.close_tasks_about(connection, TaskKind.TOTALS_DIFFER, subject, "agrees now", now=now)
        else:
            evidence = one.sums.record() | {"said": one.answer.said, "desks": list(compared.desks)}
            evidence |= {"open": day_totals.open_on(connection, compared.day)}
            tasks.add_task(connection, TaskKind.TOTALS_DIFFER, subject, evidence, now=now)
    notes.write(connection, _note(compared.day), digest if compared.standing is Standing.AGREED else "")
    detail = {"standing": compared.standing, "desks": list(compared.desks), "digest": digest}
    audit.append(connection, "totals", day, detail, now=now, operator=office.drawer.operator)


def _note(day: date) -> str:
    return f"totals_agreed/{day.isoformat()}"


def _digest(sums: Mapping[Group, Sums]) -> str:
    """What the bureau agreed to; groups without a settlement change nothing."""
    rows = [[*group, *one.record().values()] for group, one in sorted(sums.items()) if one.count]
    return hashlib.sha256(simplejson.dumps(rows).encode()).hexdigest()
