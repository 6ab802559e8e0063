"""Takes a whole settlement back (2103): the bureau cancels, the account gets its money, the cash is refunded."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos_client.desk.booking import Act, book
from pos_client.desk.operators import SignedIn, require_supervisor
from pos_client.desk.slip import Slip, void_slip
from pos_client.desk.slip_file import write_slip
from pos_client.desk.station import Office
from pos_client.desk.words import CANNOT_VOID, NO_SUCH_SALE
from pos_client.errors import Refused
from pos_client.offline import journal, money_book, settlements
from pos_client.offline.journal import Kind, Message
from pos_client.offline.money_book import Means, Paid
from pos_client.offline.settlements import Settlement, SettlementState
from pos_client.phrase import Phrase
from pos_client.sync import outpatient, pharmacy, stay
from pos_client.sync.envelope import place_of_insurance

_ACT = Phrase("撤销结算", "void")
#: What a sale that cannot be voided is, and what to do next.
_NOT_VOIDABLE: dict[SettlementState, tuple[Phrase, Phrase]] = {
    SettlementState.PROVISIONAL: (
        Phrase("离线暂结，待上传", "settled offline, waiting to be sent"),
        Phrase("请等上传结果。", "Wait until it was sent."),
    ),
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
    """A settlement that was taken back; ``refund_fen`` is the cash to hand out, ``elsewhere`` goes back as it came."""

    id: str
    about: str
    message_id: str
    refund_fen: int
    elsewhere: tuple[Paid, ...]
    slip: Slip
    slip_file: Path


def void(office: Office, id_: str, supervisor: SignedIn | None = None) -> Voided:
    """Voids the settled sale of that number; a cashier wants a supervisor's word for it.

    Raises:
        Refused: S-SUPERVISOR, S-NOSALE, S-VOID, or R-2103 with the bureau's words; the sale stays settled.
        EnvironmentProblem: N-DOWN, N-CLOCK, D-…; the sale stays settled.
        OutcomeUnknown: U-2103; nothing is refunded until it is known.
    """
    allowed_by = supervisor or office.by
    require_supervisor(allowed_by, _ACT.say(office.settings.language))
    settle, booked, record = _voidable(office, id_)
    done = book(office, _void_act(settle, booked, allowed_by))
    done.require_ok()
    voided = done.conclusion.booked
    assert voided is not None, "a void that is OK has its figures"
    message = done.message
    with office.store.read() as connection:
        refunds = money_book.refunds(connection, message.id)
    slip = void_slip(office, record, message, settle.id, voided, refunds)
    return Voided(
        id=message.id,
        about=settle.id,
        message_id=message.message_id,
        refund_fen=sum(paid.amount_fen for paid in refunds if paid.means is Means.CASH),
        elsewhere=tuple(paid for paid in refunds if paid.means is not Means.CASH),
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


_REQUESTS = {"2102": pharmacy.void_request, "2207": outpatient.void_request, "2304": stay.void_request}


def _void_act(settle: Message, booked: Settlement, allowed_by: SignedIn) -> Act:
    place = place_of_insurance(settle.request)
    request = _REQUESTS[settle.transaction](booked.settlement_id, booked.visit_id, settle.person_no, place)
    return Act(
        Kind.VOID,
        request,
        settle.person_no,
        -booked.total_fen,
        about=settle.id,
        visit=settle.visit,
        authorised_by=allowed_by.name,
    )
