"""Takes a whole settlement back (2103, 2208, 2305): the account gets its money, the cash goes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pos_client.desk.booking import Act, book
from pos_client.desk.counter_devices import CounterDevices
from pos_client.desk.operators import SignedIn, require_supervisor
from pos_client.desk.slip import Slip
from pos_client.desk.slip_file import slip_file, write_slip
from pos_client.desk.station import Office
from pos_client.desk.void_reasons import VoidReason
from pos_client.desk.void_slip import void_slip
from pos_client.desk.words import CANNOT_VOID, NO_SUCH_SALE
from pos_client.errors import Refused
from pos_client.offline import audit, journal, money_book, settlements
from pos_client.offline.journal import Kind, Message
from pos_client.offline.money_book import Means, Paid
from pos_client.offline.settlements import Settlement, SettlementState
from pos_client.offline.store import StoreConnection
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
        Phrase("结果未知", "of unknown outcome"),
        Phrase("系统正在查询，请按 F11 看结果。", "It is being asked; F11 shows the outcome."),
    ),
    SettlementState.REFUSED: (
        Phrase("没有入账", "not booked"),
        Phrase("不需要撤销。", "There is nothing to void."),
    ),
    SettlementState.VOIDING: (
        Phrase("撤销结果未知", "being voided with unknown outcome"),
        Phrase("系统正在查询，请按 F11 看结果。", "It is being asked; F11 shows the outcome."),
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

    @property
    def back(self) -> tuple[Paid, ...]:
        """All that goes back over the counter, by means."""
        return (Paid(Means.CASH, self.refund_fen), *self.elsewhere) if self.refund_fen else self.elsewhere


@dataclass(frozen=True, slots=True)
class Voidable:
    """A settlement that stands and may be taken back, with what the store kept of it."""

    settle: Message
    booked: Settlement
    record: dict[str, Any] = field(repr=False)


def void(
    office: Office,
    id_: str,
    supervisor: SignedIn | None = None,
    reason: VoidReason = VoidReason.OTHER,
    devices: CounterDevices | None = None,
) -> Voided:
    """Voids the settled sale of that number; a cashier wants a supervisor's word for it. ``devices`` are told what goes
    back, slip or not.

    Raises:
        Refused: S-SUPERVISOR, S-NOSALE, S-VOID, or R-2103 with the bureau's words; the sale stays settled.
        EnvironmentProblem: N-DOWN, N-CLOCK, D-…; the sale stays settled. S-SLIP: it is void.
        OutcomeUnknown: U-2103; nothing is refunded until it is known.
    """
    done = voided(office, book_void(office, find_voidable(office, id_), supervisor, reason))
    if devices is not None:
        devices.money_given_back(done.back)
    write_slip(office.books.home, done.id, done.slip)
    return done


def find_voidable(office: Office, id_: str) -> Voidable:
    """The settled sale of that number.

    Raises:
        Refused: S-NOSALE, S-VOID.
    """
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
    return Voidable(settle, booked, record)


def book_void(
    office: Office,
    found: Voidable,
    supervisor: SignedIn | None,
    reason: VoidReason,
    detail: Mapping[str, object] | None = None,
) -> Message:
    """Voids at the bureau and in the books; the reason and ``detail`` stand in an audit row beside the intent.

    Raises:
        Refused, EnvironmentProblem, OutcomeUnknown: as :func:`void`.
    """
    allowed_by = supervisor or office.by
    require_supervisor(allowed_by, _ACT.say(office.settings.language))
    told = {"about": found.settle.id, "reason": reason, **(detail or {})}

    def beside(connection: StoreConnection, message: Message) -> None:
        now, operator = message.created_at, office.drawer.operator
        audit.append(connection, "void.reason", message.id, told, now=now, operator=operator)

    done = book(office, _void_act(found.settle, found.booked, allowed_by), beside)
    done.require_ok()
    return done.message


def voided(office: Office, message: Message) -> Voided:
    """What a booked void came to; its slip is not written yet."""
    assert message.about is not None, "a void is about a settlement"
    with office.store.read() as connection:
        refunds = money_book.refunds(connection, message.id)
    return Voided(
        id=message.id,
        about=message.about,
        message_id=message.message_id,
        refund_fen=sum(paid.amount_fen for paid in refunds if paid.means is Means.CASH),
        elsewhere=tuple(paid for paid in refunds if paid.means is not Means.CASH),
        slip=void_slip(office, message),
        slip_file=slip_file(office.books.home, message.id),
    )


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
