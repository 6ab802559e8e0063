"""A settlement while the bureau cannot be reached, only where the region's file names the document that allows it.

Shipped regions do not: there the person pays in full and claims later. Where it is allowed, four limits hold (fen per
settlement, how many and how much are waiting, age of what is known of the person), the bill must be one that our own
calculator can split, and the bureau must really be out of reach. What the bureau refuses later is a loss with a name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pos_client.benefit import Split
from pos_client.desk.assess import Assessment
from pos_client.desk.cart import CartLine, Order, fill_cart
from pos_client.desk.identify import Identified
from pos_client.desk.known_people import recall
from pos_client.desk.quote import estimate_for
from pos_client.desk.records import record_of
from pos_client.desk.slip import Slip
from pos_client.desk.slip_file import slip_file, write_slip
from pos_client.desk.slip_record import slip_record
from pos_client.desk.station import Desk, Office
from pos_client.desk.tender import check_tender, total_fen
from pos_client.desk.waiting_slip import provisional_slip
from pos_client.desk.words import (
    BUREAU_IS_THERE,
    CANNOT_SPLIT_OFFLINE,
    CARD_WANTED_OFFLINE,
    NOT_OFFLINE_HERE,
    OFFLINE_LIMIT,
)
from pos_client.errors import EnvironmentProblem, Refused
from pos_client.money import yuan_grouped
from pos_client.offline import audit, backup, journal, money_book, money_moves, open_bills, settlements
from pos_client.offline.journal import Draft, Kind, Message
from pos_client.offline.money_book import Entry, Means, Paid
from pos_client.offline.store import StoreConnection
from pos_client.phrase import Phrase
from pos_client.sync import pharmacy
from pos_client.sync.person import CredentialKind
from pos_client.sync.pharmacy import Purchase
from pos_client.sync.region import AccountUse
from pos_client.sync.words import STOPPED_HERE

_COUNT = Phrase("待上传已有 {count} 笔", "waiting already: {count}")
_EACH = Phrase("这一笔基金和账户共 {amount} 元", "fund and account of this one are {amount} yuan")
_TOTAL = Phrase("待上传的基金和账户将达 {amount} 元", "fund and account of all that wait would be {amount} yuan")


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a purchase comes to by our own calculation; nothing of it is the bureau's word."""

    identified: Identified
    cart: tuple[CartLine, ...]
    purchase: Purchase
    assessment: Assessment
    split: Split

    @property
    def due_fen(self) -> int:
        """The cash to collect."""
        return self.split.cash_pay_fen

    @property
    def at_risk_fen(self) -> int:
        """What the institution lays out until the bureau agrees."""
        return self.split.fund_total_fen + self.split.account_pay_fen


@dataclass(frozen=True, slots=True)
class LimitsUsed:
    """What of the limits is used: fen at risk in this bill, bills that wait, fen at risk in all of them."""

    this_fen: int
    count: int
    total_fen: int


@dataclass(frozen=True, slots=True)
class SoldProvisionally:
    """A sale that waits for the bureau; ``at`` as its slip shows it."""

    id: str
    at: str
    tendered_fen: int
    change_fen: int
    slip: Slip
    slip_file: Path


def estimate(desk: Desk, orders: Sequence[Order], *, account: AccountUse, consent_signed: bool) -> Estimate:
    """Splits a purchase without the bureau.

    Raises:
        Refused: S-OFFLINE, the region does not allow it; S-ONLINE, the bureau can be reached; S-PERSON-OLD;
            S-ESTIMATE, our calculator cannot split the bill; S-… of the cart.
        EnvironmentProblem: K-… of the card.
    """
    require_outage(desk.office)
    cart = fill_cart(desk.office.store, orders, consent_signed=consent_signed)
    identified, _ = recall(desk.office, desk.cards.read())
    return estimate_identified(desk, identified, cart, account=account)


def is_allowed(office: Office) -> bool:
    """Whether the region's file names the document that allows it."""
    return office.region.offline.mode == "provisional"


def estimate_identified(
    desk: Desk, identified: Identified, cart: tuple[CartLine, ...], *, account: AccountUse
) -> Estimate:
    """The same for a person whom the desk knows and a cart that is priced; the caller has seen that there is an outage.

    Raises:
        Refused: S-OFFLINE-CARD, no card was read: the region settles later by the card alone; S-ESTIMATE.
    """
    if identified.credential.kind is not CredentialKind.CARD:
        raise Refused(CARD_WANTED_OFFLINE)
    purchase, assessment = estimate_for(desk, identified, cart, account=account)
    if assessment.settled is None or account is AccountUse.FAMILY:
        raise Refused(CANNOT_SPLIT_OFFLINE)
    return Estimate(identified, cart, purchase, assessment, assessment.settled)


def require_within_limits(office: Office, estimated: Estimate) -> None:
    """Refuses early what :func:`keep_provisionally` would refuse.

    Raises:
        Refused: S-LIMIT.
    """
    with office.store.read() as connection:
        _require_within_limits(office, connection, estimated.at_risk_fen)


def limits_used(office: Office, at_risk_fen: int) -> LimitsUsed:
    """How much of the limits is used once a bill of that risk waits too."""
    with office.store.read() as connection:
        count, total_fen = _waiting(connection)
    return LimitsUsed(at_risk_fen, count + 1, total_fen + at_risk_fen)


def settle_provisionally(desk: Desk, estimated: Estimate, tendered_fen: int) -> SoldProvisionally:
    """Keeps a sale that is paid in cash as waiting for the bureau, and writes its slip.

    Raises:
        EnvironmentProblem: S-SLIP, the sale is kept; else as :func:`keep_provisionally`.
        Refused: as :func:`keep_provisionally`.
    """
    sold = keep_provisionally(desk, estimated, tendered_fen)
    write_slip(desk.office.books.home, sold.id, sold.slip)
    return sold


def keep_provisionally(
    desk: Desk, estimated: Estimate, cash_fen: int, other_means: Sequence[Paid] = (), *, bill: int | None = None
) -> SoldProvisionally:
    """Keeps the sale as waiting for the bureau; the goods go out, the money is ours, the rest is at risk.

    The slip is not written yet. ``bill`` is the number under which the bill was kept while it was open.

    Raises:
        Refused: S-TENDER, S-CHANGE, S-LIMIT with nothing done. EnvironmentProblem: D-….
    """
    office, drawer = desk.office, desk.office.drawer
    tender = (*other_means, Paid(Means.CASH, cash_fen))
    check_tender(estimated.due_fen, tender)
    change_fen = total_fen(tender) - estimated.due_fen
    with office.store.commit() as connection:
        backup.refuse_when_restored(connection)
        _require_within_limits(office, connection, estimated.at_risk_fen)
        message = _queue(office, connection, estimated)
        now = message.created_at
        settlements.record_sale(connection, message.id, estimated.purchase.total_fen, _record(estimated))
        money_moves.lay_down(connection, message.id, tender, now=now, drawer=drawer)
        kept = (*other_means, Paid(Means.CASH, cash_fen - change_fen))
        change = Paid(Means.CASH, change_fen)
        for entry, paid in (*((Entry.RECEIPT, one) for one in kept), (Entry.CHANGE, change)):
            money_book.book(connection, message.id, entry, paid, now=now, drawer=drawer)
        if bill is not None:
            open_bills.remove(connection, bill)
        detail = {"message_id": message.message_id, "at_risk_fen": estimated.at_risk_fen}
        audit.append(connection, "settle.provisional", message.id, detail, now=now, operator=drawer.operator)
    slip = provisional_slip(office, message)
    file = slip_file(office.books.home, message.id)
    return SoldProvisionally(message.id, slip.at, total_fen(tender), change_fen, slip, file)


def require_outage(office: Office) -> None:
    """Refuses what is only for an outage that lasts.

    Raises:
        Refused: S-OFFLINE, the region does not allow it; S-ONLINE. EnvironmentProblem: N-STOPPED.
    """
    if not is_allowed(office):
        raise Refused(NOT_OFFLINE_HERE)
    try:
        office.bureau.sign_in(again=True)
    except EnvironmentProblem as problem:
        if problem.words is STOPPED_HERE:  # nobody waited, so nobody knows
            raise
        return
    raise Refused(BUREAU_IS_THERE)


def _require_within_limits(office: Office, connection: StoreConnection, at_risk_fen: int) -> None:
    limits, language = office.region.offline, office.settings.language
    waiting, waiting_fen = _waiting(connection)
    all_fen = at_risk_fen + waiting_fen
    why = None
    if at_risk_fen > limits.per_settlement_fen:
        why = _EACH.say(language, amount=yuan_grouped(at_risk_fen))
    elif waiting >= limits.count:
        why = _COUNT.say(language, count=waiting)
    elif all_fen > limits.total_fen:
        why = _TOTAL.say(language, amount=yuan_grouped(all_fen))
    if why is not None:
        raise Refused(OFFLINE_LIMIT, why=why, document=limits.document)


def _waiting(connection: StoreConnection) -> tuple[int, int]:
    """How many provisional settlements wait, and how many fen are at risk in them; on its way one still is."""
    settles = [one for one in journal.open_messages(connection) if one.kind is Kind.SETTLE]
    waiting = [one for one in settles if journal.was_queued(connection, one.id)]
    records = [settlements.sale_record(connection, one.id) or {} for one in waiting]
    return len(waiting), sum(int(record["at_risk_fen"]) for record in records)


def _queue(office: Office, connection: StoreConnection, estimated: Estimate) -> Message:
    message_id = office.ids.for_booking(connection)
    request = pharmacy.purchase_request(office.bureau, pharmacy.SETTLE, estimated.purchase)
    draft = Draft(
        kind=Kind.SETTLE,
        transaction=pharmacy.SETTLE,
        message_id=message_id,
        person_no=estimated.identified.person.person_no,
        amount_fen=estimated.purchase.total_fen,
        request=office.bureau.compose(request, message_id),
        queued=True,
    )
    now, drawer = office.bureau.now, office.drawer
    return journal.record_intent(connection, draft, now=now, desk=drawer.desk, operator=drawer.operator)


def _record(estimated: Estimate) -> dict[str, object]:
    split = estimated.split
    kept = record_of(
        estimated.identified.person, estimated.cart, estimated.assessment, account=estimated.purchase.account
    )
    return (
        kept
        | slip_record(estimated.identified, estimated.assessment)
        | {
            "at_risk_fen": estimated.at_risk_fen,
            "trial_fen": {
                "total": split.total_fen,
                "fund_total": split.fund_total_fen,
                "account": split.account_pay_fen,
                "cash": split.cash_pay_fen,
            },
        }
    )
