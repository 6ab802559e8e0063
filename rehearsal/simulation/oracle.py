"""Whether a day ended well: nothing lost, nothing doubled, every difference explained, the cash as it was told."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import simplejson

from hardware_sim.front_end.region import REVERSIBLE, Edition
from pos_client.desk.compare_days import Standing
from pos_client.money import fen_of_yuan, yuan
from pos_client.offline import journal, money_book, settlements, tasks
from pos_client.offline.journal import Kind
from pos_client.offline.money_book import Means
from pos_client.offline.store import StoreConnection
from pos_client.offline.tasks import Task, TaskKind
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
    return bool(_tasks_of(connection, TaskKind.CANNOT_RESOLVE))


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
        *_books_against(connection, own),
        *visits_agreement.disagreements(connection, own_visits),
        *_deals_against(clerk, connection, own),
        *_losses_named(clerk, connection),
        *_money_against(clerk, connection),
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
    unknown = {one.subject for one in _tasks_of(connection, TaskKind.CANNOT_RESOLVE)}
    for deal in clerk.deals:
        ids = {id_: journal.find(connection, id_) for id_ in _with_successors(connection, deal)}
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
    elif deal.provisional and not deal.settled and not deal.lost:
        yield Disagreement(Sort.LOST, f"act {act} was settled provisionally and is neither settled nor a loss")
    elif deal.settled and not deal.voided and not stands_there:
        yield Disagreement(Sort.LOST, f"act {act} was told as settled and does not stand at the bureau")
    elif stands_there and (deal.voided or not deal.settled):
        yield Disagreement(Sort.LOST, f"act {act} was told as not settled and stands at the bureau")
    if deal.laid_fen or deal.other_laid_fen:
        laid = yuan(deal.laid_fen + deal.other_laid_fen)
        yield Disagreement(Sort.UNEXPLAINED, f"act {act}: {laid} still lie on the counter")


def _with_successors(connection: StoreConnection, deal: Deal) -> list[str]:
    """The messages of a bill, and those that took the place of one that never arrived."""
    found = list(dict.fromkeys(deal.messages))
    for id_ in found:
        about = journal.messages_about(connection, id_)
        found += [one.id for one in about if one.kind is Kind.SETTLE and one.id not in found]
    return found


def _losses(connection: StoreConnection) -> list[str]:
    return [one.subject for one in _tasks_of(connection, TaskKind.LOSS)]


def _tasks_of(connection: StoreConnection, kind: TaskKind) -> list[Task]:
    return [one for one in tasks.open_tasks(connection) if one.kind is kind]


def _books_against(connection: StoreConnection, own: Sequence[Row]) -> Iterator[Disagreement]:
    """Where the books disagree, but for the cash of what a task already says is lost.

    The customer of such a provisional sale has paid his part and has the goods.
    """
    kept_fen = {id_: _kept_fen(connection, id_) for id_ in _losses(connection)}
    standing_fen = sum(fen_of_yuan(row["psn_cash_pay"]) for row in own if stands(row))
    drawer_fen = standing_fen + sum(kept_fen.values())
    named = {f"the drawer holds {yuan(drawer_fen)}, the ledger's cash is {yuan(standing_fen)}"} if kept_fen else set()
    named |= {f"{id_}: kept {yuan(fen)} instead of {yuan(0)}" for id_, fen in kept_fen.items()}
    for found in disagreements(connection, own):
        if found.what not in named:
            yield found


def _kept_fen(connection: StoreConnection, id_: str) -> int:
    return sum(paid.amount_fen for paid in money_book.kept(connection, id_, []))


def _losses_named(clerk: Clerk, connection: StoreConnection) -> Iterator[Disagreement]:
    """Each loss is a task about a provisional sale, and keeps what its customer was asked to pay."""
    deals = {deal.messages[-1]: deal for deal in clerk.deals if deal.lost}
    losses = _losses(connection)
    if sorted(deals) != sorted(losses):
        yield Disagreement(Sort.UNEXPLAINED, f"losses {sorted(losses)}, the clerk was told of {sorted(deals)}")
    for id_, deal in deals.items():
        if _kept_fen(connection, id_) != deal.shown["cash"]:
            kept, cash = yuan(_kept_fen(connection, id_)), yuan(deal.shown["cash"])
            yield Disagreement(Sort.UNEXPLAINED, f"{id_}: kept {kept} of a loss instead of {cash}")


def _money_against(clerk: Clerk, connection: StoreConnection) -> Iterator[Disagreement]:
    """What the clerk holds by each means; a deposit is cash of which a part has paid a bill."""
    booked_fen: Counter[Means] = Counter({Means.CASH: money_book.deposits_fen(connection)})
    for message in journal.all_messages(connection):
        for paid in money_book.kept(connection, message.id, []):
            booked_fen[Means.CASH if paid.means is Means.DEPOSIT else paid.means] += paid.amount_fen
    for means in Means:
        held = clerk.elsewhere_fen[means] + (clerk.cash_fen if means is Means.CASH else 0)
        booked = booked_fen[means]
        if held != booked:
            said = f"the clerk holds {yuan(held)} in {means}, the money book says {yuan(booked)}"
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
