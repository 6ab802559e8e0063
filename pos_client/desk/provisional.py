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
from pos_client.desk.provisional_slip import provisional_slip
from pos_client.desk.quote import by_our_calculation
from pos_client.desk.records import record_of
from pos_client.desk.slip_file import write_slip
from pos_client.desk.station import Desk, Office
from pos_client.desk.tender import check_tender
from pos_client.desk.words import (
    BUREAU_IS_THERE,
    CANNOT_SPLIT_OFFLINE,
    NOT_OFFLINE_HERE,
    OFFLINE_LIMIT,
)
from pos_client.errors import EnvironmentProblem, Refused
from pos_client.money import yuan_grouped
from pos_client.offline import audit, backup, journal, money_book, money_moves, settlements
from pos_client.offline.journal import Draft, Kind, Message
from pos_client.offline.money_book import Entry, Means, Paid
from pos_client.offline.store import StoreConnection
from pos_client.phrase import Phrase
from pos_client.sync import pharmacy
from pos_client.sync.pharmacy import Purchase

_COUNT = Phrase("待上传已有 {count} 笔", "{count} are waiting already")
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
class SoldProvisionally:
    """A sale that waits for the bureau."""

    id: str
    change_fen: int
    slip_file: Path


def estimate(desk: Desk, orders: Sequence[Order], *, use_account: bool, consent_signed: bool) -> Estimate:
    """Splits a purchase without the bureau.

    Raises:
        Refused: S-OFFLINE, the region does not allow it; S-ONLINE, the bureau can be reached; S-PERSON-OLD;
            S-ESTIMATE, our calculator cannot split the bill; S-… of the cart.
        EnvironmentProblem: K-… of the card.
    """
    office = desk.office
    if office.region.offline.mode != "provisional":
        raise Refused(NOT_OFFLINE_HERE)
    _require_outage(office)
    cart = fill_cart(office.store, orders, consent_signed=consent_signed)
    identified, _ = recall(office, desk.cards.read())
    purchase, assessment = by_our_calculation(desk, cart, identified, use_account=use_account)
    if assessment.settled is None:
        raise Refused(CANNOT_SPLIT_OFFLINE)
    return Estimate(identified, cart, purchase, assessment, assessment.settled)


def settle_provisionally(desk: Desk, estimated: Estimate, tendered_fen: int) -> SoldProvisionally:
    """Keeps the sale as waiting for the bureau; the goods go out, the cash is ours, the rest is at risk.

    Raises:
        Refused: S-TENDER, S-LIMIT with nothing done. EnvironmentProblem: D-….
    """
    office, drawer = desk.office, desk.office.drawer
    check_tender(estimated.due_fen, [Paid(Means.CASH, tendered_fen)])
    change_fen = tendered_fen - estimated.due_fen
    with office.store.commit() as connection:
        backup.refuse_when_restored(connection)
        _require_within_limits(office, connection, estimated.at_risk_fen)
        message = _queue(office, connection, estimated)
        now = message.created_at
        settlements.record_sale(connection, message.id, estimated.purchase.total_fen, _record(estimated))
        tender = [Paid(Means.CASH, tendered_fen)]
        money_moves.lay_down(connection, message.id, tender, now=now, drawer=drawer)
        for entry, amount_fen in ((Entry.RECEIPT, estimated.due_fen), (Entry.CHANGE, change_fen)):
            paid = Paid(Means.CASH, amount_fen)
            money_book.book(connection, message.id, entry, paid, now=now, drawer=drawer)
        detail = {"message_id": message.message_id, "at_risk_fen": estimated.at_risk_fen}
        audit.append(connection, "settle.provisional", message.id, detail, now=now, operator=drawer.operator)
    slip = provisional_slip(office, message, estimated.cart, estimated.split, tendered_fen, estimated.identified)
    return SoldProvisionally(message.id, change_fen, write_slip(office.books.home, message.id, slip))


def _require_outage(office: Office) -> None:
    try:
        office.bureau.sign_in(again=True)
    except EnvironmentProblem:
        return
    raise Refused(BUREAU_IS_THERE)


def _require_within_limits(office: Office, connection: StoreConnection, at_risk_fen: int) -> None:
    limits, language = office.region.offline, office.settings.language
    settles = [one for one in journal.open_messages(connection) if one.kind is Kind.SETTLE]
    waiting = [one for one in settles if journal.was_queued(connection, one.id)]  # on its way it still is at risk
    records = [settlements.sale_record(connection, one.id) or {} for one in waiting]
    total_fen = at_risk_fen + sum(int(record["at_risk_fen"]) for record in records)
    why = None
    if at_risk_fen > limits.per_settlement_fen:
        why = _EACH.say(language, amount=yuan_grouped(at_risk_fen))
    elif len(waiting) >= limits.count:
        why = _COUNT.say(language, count=len(waiting))
    elif total_fen > limits.total_fen:
        why = _TOTAL.say(language, amount=yuan_grouped(total_fen))
    if why is not None:
        raise Refused(OFFLINE_LIMIT, why=why, document=limits.document)


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
    return record_of(
        estimated.identified.person, estimated.cart, estimated.assessment, use_account=estimated.purchase.use_account
    ) | {
        "at_risk_fen": estimated.at_risk_fen,
        "trial_fen": {
            "total": split.total_fen,
            "fund_total": split.fund_total_fen,
            "account": split.account_pay_fen,
            "cash": split.cash_pay_fen,
        },
    }
