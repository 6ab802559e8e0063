"""Takes a whole settlement back (2103): the bureau cancels, the account gets its money, the cash is refunded."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos_client.desk.slip import Slip, void_slip
from pos_client.desk.slip_file import write_slip
from pos_client.desk.station import Office
from pos_client.desk.words import CANNOT_VOID, NO_SUCH_SALE
from pos_client.errors import Problem, Refused
from pos_client.offline import audit, journal, settlements
from pos_client.offline.journal import Draft, Kind, Message, State
from pos_client.offline.settlements import Settlement, SettlementState
from pos_client.phrase import Phrase
from pos_client.sync import pharmacy
from pos_client.sync.bureau import outcome_unknown
from pos_client.sync.conclude import Conclusion, conclude
from pos_client.sync.reply import Reply

#: What a sale that cannot be voided is, and what to do next.
_NOT_VOIDABLE: dict[SettlementState, tuple[Phrase, Phrase]] = {
    SettlementState.PENDING: (
        Phrase("正在结算", "being settled"),
        Phrase("请等结果。", "Wait for its outcome."),
    ),
    SettlementState.UNKNOWN: (
        Phrase("结果待查", "of unknown outcome"),
        Phrase("请先运行 sync --once 查清结果。", "Run sync --once to find out first."),
    ),
    SettlementState.REFUSED: (
        Phrase("没有入账", "not booked"),
        Phrase("不需要撤销。", "There is nothing to void."),
    ),
    SettlementState.VOIDING: (
        Phrase("撤销结果待查", "being voided with unknown outcome"),
        Phrase("请先运行 sync --once 查清结果。", "Run sync --once to find out first."),
    ),
    SettlementState.VOIDED: (
        Phrase("已撤销", "already void"),
        Phrase("不需要再撤销。", "There is nothing left to void."),
    ),
}


@dataclass(frozen=True, slots=True)
class Voided:
    """A settlement that was taken back."""

    id: str
    about: str
    message_id: str
    refund_fen: int
    slip: Slip
    slip_file: Path


def void(office: Office, id_: str) -> Voided:
    """Voids the settled sale of that number.

    Raises:
        Refused: S-NOSALE, S-VOID, or R-2103 with the bureau's words; the sale stays settled.
        EnvironmentProblem: N-DOWN, N-CLOCK, D-…; the sale stays settled.
        OutcomeUnknown: U-2103; nothing is refunded until it is known.
    """
    settle, booked, record = _voidable(office, id_)
    office.bureau.refuse_when_clock_is_off()
    office.bureau.sign_in()
    message = _record_intent(office, settle, booked, record)
    reply = office.bureau.send_booking(message.request)
    conclusion = conclude(office.store, office.bureau, message, reply, office.drawer, lambda _: ())
    if conclusion.booked is None:
        raise _not_voided(office, message, conclusion, reply)
    slip = void_slip(office, record, message, settle.id, conclusion.booked)
    return Voided(
        id=message.id,
        about=settle.id,
        message_id=message.message_id,
        refund_fen=-conclusion.booked.figures.cash_pay_fen,
        slip=slip,
        slip_file=write_slip(office.books.home, message.id, slip),
    )


def _voidable(office: Office, id_: str) -> tuple[Message, Settlement, dict[str, Any]]:
    with office.store.read() as connection:
        settle = journal.find(connection, id_)
        if settle is None or settle.kind is not Kind.SETTLE:
            raise Refused(NO_SUCH_SALE, id=id_)
        state = settlements.state_of(connection, settle)
        booked = settlements.settlement_of(connection, settle.id)
        record = settlements.sale_record(connection, settle.id)
    if state is not SettlementState.SETTLED:
        language = office.settings.language
        now, then = _NOT_VOIDABLE[state]
        raise Refused(CANNOT_VOID, id=settle.id, state=now.say(language), next=then.say(language))
    assert booked is not None, "a settled sale has its settlement, both are written in one commit"
    assert record is not None, "a sale has its record, both are written in one commit"
    return settle, booked, record


def _record_intent(office: Office, settle: Message, booked: Settlement, record: dict[str, Any]) -> Message:
    now, drawer = office.bureau.now, office.drawer
    place = str(record["person"]["place_of_insurance"])
    request = pharmacy.void_request(booked.settlement_id, booked.visit_id, settle.person_no, place)
    with office.store.commit() as connection:
        message_id = office.ids.for_booking(connection)
        draft = Draft(
            kind=Kind.VOID,
            transaction=pharmacy.VOID,
            message_id=message_id,
            person_no=settle.person_no,
            amount_fen=-booked.total_fen,
            request=office.bureau.compose(request, message_id),
            about=settle.id,
        )
        id_ = journal.record_intent(connection, draft, now=now, desk=drawer.desk, operator=drawer.operator)
        detail = {"message_id": message_id, "about": settle.id}
        audit.append(connection, "void.intent", id_, detail, now=now, operator=drawer.operator)
        message = journal.find(connection, id_)
    assert message is not None, "it was written a moment ago"
    return message


def _not_voided(office: Office, message: Message, conclusion: Conclusion, reply: Reply) -> Problem:
    if conclusion.state is State.UNKNOWN:
        return outcome_unknown(pharmacy.VOID, message.id, conclusion.why)
    return office.bureau.problem(pharmacy.VOID, reply)
