"""Whether a day ended well: nothing lost, nothing doubled, every difference explained, the cash as it was told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import simplejson

from hardware_sim.front_end.region import REVERSIBLE, Edition
from pos_client.desk.compare_days import Standing
from pos_client.money import yuan
from pos_client.offline import journal, money_book, settlements, tasks
from pos_client.offline.store import StoreConnection
from pos_client.offline.tasks import TaskKind
from rehearsal import visits_agreement
from rehearsal.agreement import Disagreement, Row, Sort, disagreements, stands

from .bureau_side import BureauSide
from .clerk import Clerk, Deal

#: Where the desk's number stands in a message id (protocol, 1.1).
_DESK_OF_ID = slice(26, 28)


@dataclass(slots=True)
class Findings:
    """What is wrong at the end of a day."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)

    def add(self, desk: int, found: Disagreement) -> None:
        """Adds what was found at one desk."""
        getattr(self, found.sort).append(f"desk {desk}: {found.what}")

    @property
    def any(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.lost or self.doubled or self.unexplained)

    def lines(self) -> list[str]:
        """All of it, named."""
        named = (("LOST", self.lost), ("DOUBLED", self.doubled), ("UNEXPLAINED", self.unexplained))
        return [f"{name}: {what}" for name, found in named for what in found]


def is_doubtful(connection: StoreConnection) -> bool:
    """Whether a task says that the bureau will neither show nor undo a message of this desk."""
    return any(one.kind is TaskKind.CANNOT_RESOLVE for one in tasks.open_tasks(connection))


def judge_desk(
    findings: Findings, clerk: Clerk, connection: StoreConnection, bureau: BureauSide, *, may_differ: bool
) -> None:
    """Holds one desk's books, its clerk's cash and its customers against the bureau's ledger.

    ``may_differ``: the bureau counted a settlement on another day, or a message of some desk is a task already.
    """
    desk = clerk.machine.number
    own = [row for row in bureau.ledger() if row["msgid"][_DESK_OF_ID] == f"{desk:02d}"]
    own_visits = [one for one in bureau.visits() if one.msgid[_DESK_OF_ID] == f"{desk:02d}"]
    for found in (
        *disagreements(connection, own),
        *visits_agreement.disagreements(connection, own_visits),
        *_deals_against(clerk, connection, own),
        *_cash_against(clerk, connection),
        *_differences_explained(clerk, connection),
        *_day_closed(clerk, connection, may_differ=may_differ),
        *(Disagreement(Sort.UNEXPLAINED, said) for said in clerk.complaints),
    ):
        findings.add(desk, found)


def judge_reversals(findings: Findings, bodies: Sequence[str], edition: Edition) -> None:
    """A reversal of what the region does not let be reversed must never have been asked for."""
    for body in bodies:
        original = simplejson.loads(body)["input"]["data"]["oinfno"]
        if original not in REVERSIBLE[edition]:
            findings.unexplained.append(f"a reversal of {original}, which this region does not allow")


def _day_closed(clerk: Clerk, connection: StoreConnection, *, may_differ: bool) -> Iterator[Disagreement]:
    """The last nightly, made when everything worked again, must have found all totals agreed.

    Where they may differ there must be a task that says so. A desk that never had a customer may be missing in
    another's totals; that is a task as well.
    """
    evening, named = clerk.last_evening, {(one.kind, one.subject[:10]) for one in tasks.open_tasks(connection)}
    if evening is None:
        yield Disagreement(Sort.UNEXPLAINED, "no nightly has ended")
        return
    for day in evening.days:
        task = TaskKind.TOTALS_MISSING if day.standing is Standing.MISSING else TaskKind.TOTALS_DIFFER
        explained = (task, day.day.isoformat()) in named and (may_differ or day.standing is Standing.MISSING)
        if day.standing is not Standing.AGREED and not explained:
            yield Disagreement(Sort.UNEXPLAINED, f"the totals of {day.day} are {day.standing}")


def _deals_against(clerk: Clerk, connection: StoreConnection, own: Sequence[Row]) -> Iterator[Disagreement]:
    standing = {str(row["msgid"]) for row in own if stands(row)}
    unclaimed = set(standing)
    unknown = {one.subject for one in tasks.open_tasks(connection) if one.kind is TaskKind.CANNOT_RESOLVE}
    for deal in clerk.deals:
        ids = {id_: journal.find(connection, id_) for id_ in deal.messages}
        kept = [message.message_id for message in ids.values() if message and message.message_id in standing]
        unclaimed -= set(kept)
        if len(kept) > 1:
            yield Disagreement(Sort.DOUBLED, f"act {deal.act.number} is settled {len(kept)} times")
        if not unknown & set(ids):
            yield from _told_rightly(deal, bool(kept))
    for message_id in unclaimed:
        yield Disagreement(Sort.LOST, f"{message_id} stands at the bureau, and no customer was told so")


def _told_rightly(deal: Deal, stands_there: bool) -> Iterator[Disagreement]:
    act = deal.act.number
    if deal.waits_for or deal.voiding:
        yield Disagreement(Sort.UNEXPLAINED, f"act {act}: the clerk still waits for {deal.waits_for or deal.voiding}")
    elif deal.settled and not deal.voided and not stands_there:
        yield Disagreement(Sort.LOST, f"act {act} was told as settled and does not stand at the bureau")
    elif stands_there and (deal.voided or not deal.settled):
        yield Disagreement(Sort.LOST, f"act {act} was told as not settled and stands at the bureau")
    if deal.laid_fen:
        yield Disagreement(Sort.UNEXPLAINED, f"act {act}: {yuan(deal.laid_fen)} still lie on the counter")


def _cash_against(clerk: Clerk, connection: StoreConnection) -> Iterator[Disagreement]:
    booked_fen = money_book.drawer_fen(connection) + money_book.deposits_fen(connection)
    if clerk.cash_fen != booked_fen:
        said = f"the clerk holds {yuan(clerk.cash_fen)}, the money book says {yuan(booked_fen)}"
        yield Disagreement(Sort.UNEXPLAINED, said)


def _differences_explained(clerk: Clerk, connection: StoreConnection) -> Iterator[Disagreement]:
    """What was settled otherwise than the screen had said must carry a difference row or a task."""
    subjects = {one.subject for one in tasks.open_tasks(connection)}
    for deal in clerk.deals:
        booked = settlements.settlement_of(connection, deal.settled) if deal.settled else None
        if booked is None or deal.settled in subjects:
            continue
        named = {one.figure for one in settlements.differences_of(connection, deal.settled)}
        figures = {"fund_total": booked.fund_fen, "account": booked.account_fen, "cash": booked.cash_fen}
        for figure, fen in figures.items():
            if deal.shown[figure] != fen and figure not in named:
                said = f"{figure} is {yuan(fen)}, the screen had {yuan(deal.shown[figure])}, nobody says so"
                yield Disagreement(Sort.UNEXPLAINED, f"{deal.settled}: {said}")
