"""What a reply to a booking message means for the books: outcome, settlement and money in one commit.

The same conclusion is drawn whether the answer came at once, or was learned later by asking: cash that lay on the
counter becomes a receipt only with the bureau's OK, and goes back to the customer with every other certain outcome.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pos_client.offline import audit, journal, money_book, settlements
from pos_client.offline.journal import Kind, Message, State
from pos_client.offline.money_book import Drawer, Entry, Means
from pos_client.offline.settlements import Difference, Settlement
from pos_client.offline.store import Store, StoreConnection
from pos_client.sync import pharmacy
from pos_client.sync.bureau import Bureau
from pos_client.sync.envelope import UnreadableError
from pos_client.sync.pharmacy import Booked
from pos_client.sync.reply import Accepted, NotExecuted, Rejected, Reply


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What became of a booking message; ``why`` is the bureau's refusal or what made the outcome unclear."""

    state: State
    booked: Booked | None = None
    why: str = ""


def conclude(
    store: Store,
    bureau: Bureau,
    message: Message,
    reply: Reply,
    drawer: Drawer,
    differences: Callable[[Booked | None], tuple[Difference, ...]],
) -> Conclusion:
    """Writes what a reply means for a message, in one commit, and returns it.

    ``differences`` tells, from what was booked (if anything), the figures that are to be kept as differing.
    """
    conclusion, raw = _read(bureau, message, reply)
    with store.commit() as connection:
        write(connection, message, conclusion, bureau, drawer, answer=raw)
        settlements.record_differences(connection, message.id, differences(conclusion.booked))
    return conclusion


def _read(bureau: Bureau, message: Message, reply: Reply) -> tuple[Conclusion, str | None]:
    if isinstance(reply, NotExecuted):
        return Conclusion(State.NOT_SENT, why=reply.why), None
    if isinstance(reply, Rejected):
        return Conclusion(State.REFUSED, why=reply.said), reply.answer.raw
    if not isinstance(reply, Accepted):
        return Conclusion(State.UNKNOWN, why=reply.why), reply.raw
    try:
        booked = pharmacy.read_booked(
            bureau.region,
            reply.answer,
            message_id=message.message_id,
            person_no=message.person_no,
            total_fen=message.amount_fen,
        )
    except UnreadableError as error:
        return Conclusion(State.UNKNOWN, why=str(error)), reply.answer.raw
    return Conclusion(State.OK, booked), reply.answer.raw


def write(
    connection: StoreConnection,
    message: Message,
    conclusion: Conclusion,
    bureau: Bureau,
    drawer: Drawer,
    *,
    answer: str | None,
) -> None:
    """Writes a conclusion on the given connection: outcome, settlement, money and audit row."""
    now = bureau.now
    journal.record_outcome(
        connection, message.id, conclusion.state, now=now, answer=answer, evidence={"why": conclusion.why}
    )
    if conclusion.booked is not None:
        settlements.record_settlement(connection, message.id, _settlement(conclusion.booked))
    for entry, amount_fen in _money(connection, message, conclusion):
        money_book.book(connection, message.id, entry, amount_fen, now=now, drawer=drawer, means=Means.CASH)
    detail = {"state": conclusion.state, "message_id": message.message_id}
    audit.append(connection, f"{message.kind}.outcome", message.id, detail, now=now, operator=drawer.operator)


def _money(connection: StoreConnection, message: Message, conclusion: Conclusion) -> list[tuple[Entry, int]]:
    if conclusion.state is State.UNKNOWN:
        return []
    if message.kind is Kind.VOID:
        return [(Entry.REFUND, -conclusion.booked.figures.cash_pay_fen)] if conclusion.booked else []
    tender_fen = money_book.open_tender_fen(connection, message.id)
    if conclusion.booked is None:
        return [(Entry.HAND_BACK, tender_fen)]
    # Where the bureau settled for more than was laid down, the rest is still to be collected: no receipt without money.
    receipt_fen = min(tender_fen, conclusion.booked.figures.cash_pay_fen)
    return [(Entry.RECEIPT, receipt_fen), (Entry.CHANGE, tender_fen - receipt_fen)]


def _settlement(booked: Booked) -> Settlement:
    figures = booked.figures
    return Settlement(
        settlement_id=booked.settlement_id,
        visit_id=booked.visit_id,
        settled_at=booked.settled_at,
        total_fen=figures.total_fen,
        fund_fen=figures.fund_total_fen,
        account_fen=figures.account_pay_fen,
        cash_fen=figures.cash_pay_fen,
        insurance_type=booked.insurance_type,
        clearing_type=booked.clearing_type,
        clearing_agency=booked.clearing_agency,
    )
