"""The papers of a stay: what was registered and kept, a receipt for each deposit, the settlement at discharge."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pos_client.desk.custody import DOCUMENTS, Document
from pos_client.desk.money_words import MEANS
from pos_client.desk.settled_slip import settled_slip, void_of
from pos_client.desk.slip import NOT_A_FISCAL_BILL, Pair, Slip, Sum, Who, headed
from pos_client.desk.slip_record import SEX
from pos_client.desk.station import Office
from pos_client.desk.stay import admitted_on, deposit_free_fen, left_on
from pos_client.desk.stay_face import Face, face_of
from pos_client.desk.visit_desk import find
from pos_client.errors import OutcomeUnknown
from pos_client.offline import custody, deposits, journal, money_book, settlements
from pos_client.offline.deposits import DepositMove
from pos_client.offline.journal import Message
from pos_client.offline.money_book import Entry, Means, Paid
from pos_client.offline.store import StoreConnection
from pos_client.offline.visits import Visit
from pos_client.runtime import business_date, shanghai
from pos_client.sync.stay import SETTLE

#: Under which name the record of a settled stay keeps which stay of the year it was.
STAY_NUMBER = "stay_number"
_TIME = "%Y-%m-%d %H:%M:%S"


def admission_slip(office: Office, id_: str) -> Slip:
    """The paper that the patient takes to the ward, and with which he gets his documents back."""
    visit = find(office, id_)
    with office.store.read() as connection:
        face = face_of(connection, visit)
        kept = custody.held(connection, visit.id)
    at = shanghai(visit.opening.created_at).strftime(_TIME)
    slip = headed(office, "入院登记单", visit.opening, at)
    diagnoses = [] if face is None else [one.name for one in face.diagnoses]
    return replace(
        slip,
        who=_who(visit, face),
        sentences=(f"入院诊断：{'、'.join(diagnoses)}。", *_documents_kept(kept)),
        notices=("出院结算时请带本单和全部押金收据。", NOT_A_FISCAL_BILL),
    )


def deposit_slip(office: Office, visit: Visit, move: DepositMove, held_fen: int) -> Slip:
    """The receipt of a deposit, or the paper of one that went back."""
    with office.store.read() as connection:
        face = face_of(connection, visit)
    taken = move.entry is Entry.DEPOSIT
    means = MEANS[move.paid.means].zh
    slip = headed(office, "押金收据" if taken else "押金退还单", visit.opening, shanghai(move.at).strftime(_TIME))
    notice = "出院结算时多退少补，请保管好本收据。" if taken else "押金已按本单退还。"
    return replace(
        slip,
        number=move.receipt_number,
        operator=move.operator,
        who=_who(visit, face),
        sums=(Sum("本次后押金", held_fen),),
        big=Sum(f"收押金（{means}）" if taken else f"退押金（{means}）", move.paid.amount_fen),
        notices=(notice, NOT_A_FISCAL_BILL),
    )


def settlement_slip(office: Office, settle: Message, *, found_later: bool = False) -> Slip:
    """The slip of any settled message from the store: that of a stay with bed, days and deposit."""
    if settle.transaction != SETTLE or settle.visit is None:
        return settled_slip(office, settle, found_later=found_later)
    return discharge_slip(office, find(office, settle.visit), settle)


def discharge_slip(office: Office, visit: Visit, settle: Message) -> Slip:
    """The slip of a settled stay, whole from the store: bed and days, what the deposit paid, what went back."""
    slip = settled_slip(office, settle)
    with office.store.read() as connection:
        face = face_of(connection, visit)
        record = settlements.sale_record(connection, settle.id) or {}
        booked = settlements.settlement_of(connection, settle.id)
        about = _about_deposit(connection, visit, settle)
    assert booked is not None, "what is settled has its figures"
    sums = slip.sums[: next(place for place, one in enumerate(slip.sums) if one.label == "实收")]
    short_fen = booked.cash_fen - about.used_fen - sum(paid.amount_fen for paid in about.collected)
    number = record.get(STAY_NUMBER)
    return replace(
        slip,
        title="医保结算单（出院）",
        who=replace(
            slip.who,
            right="" if number is None else f"第 {number} 次住院",
            rows=(*slip.who.rows, *_who(visit, face).rows),
        ),
        sums=(*sums, *about.sums(), *((Sum("还应补收", short_fen),) if short_fen > 0 else ())),
        big=about.big(),
    )


@dataclass(frozen=True, slots=True)
class _AboutDeposit:
    """What of a settlement the deposit paid, what was laid down besides, and what of the deposit goes back."""

    used_fen: int
    held_fen: int
    collected: tuple[Paid, ...]
    back: tuple[Paid, ...]

    def sums(self) -> tuple[Sum, ...]:
        return (
            Sum("已交押金", self.used_fen + self.held_fen + sum(paid.amount_fen for paid in self.back)),
            *(Sum(f"补收{MEANS[paid.means].zh}", paid.amount_fen) for paid in self.collected),
            *(Sum(f"退{MEANS[paid.means].zh}", paid.amount_fen) for paid in self.back),
        )

    def big(self) -> Sum:
        if self.collected:
            return Sum("补收", sum(paid.amount_fen for paid in self.collected))
        return Sum("应退押金", self.held_fen + sum(paid.amount_fen for paid in self.back))


def _about_deposit(connection: StoreConnection, visit: Visit, settle: Message) -> _AboutDeposit:
    """Of a deposit that went back after the settlement was taken back, this settlement's paper says nothing."""
    void = journal.find(connection, void_of(connection, settle.id))
    paid = money_book.kept(connection, settle.id, [])
    back = [
        move.paid
        for move in deposits.moves_of(connection, visit.id)
        if move.entry is Entry.DEPOSIT_BACK
        and settle.created_at <= move.at
        and (void is None or move.at < void.created_at)
    ]
    return _AboutDeposit(
        used_fen=sum(one.amount_fen for one in paid if one.means is Means.DEPOSIT),
        held_fen=deposit_free_fen(connection, visit) if void is None else 0,
        collected=tuple(one for one in paid if one.means is not Means.DEPOSIT),
        back=tuple(back),
    )


def stay_unknown_slip(
    office: Office, visit: Visit, settle: Message, total_fen: int, tender: Sequence[Paid], problem: OutcomeUnknown
) -> Slip:
    """The numbered 待确认 slip of a stay: what lies here, the deposit too, until it is known what the bureau booked."""
    with office.store.read() as connection:
        face = face_of(connection, visit)
    at = shanghai(settle.created_at).strftime(_TIME)
    laid_down_fen = sum(paid.amount_fen for paid in tender)
    return replace(
        headed(office, "待确认（不是结算单）", settle, at),
        who=_who(visit, face),
        sentences=(problem.sentence("zh"),),
        sums=(Sum("合计", total_fen), *(Sum(f"已收{MEANS[paid.means].zh}", paid.amount_fen) for paid in tender)),
        big=Sum("已收待确认", laid_down_fen),
        notices=("凭此单查询结果；若未入账，押金不动，另收的全部退还。", NOT_A_FISCAL_BILL),
    )


def _who(visit: Visit, face: Face | None) -> Who:
    """The person and the bed; a stay of an older version has only its numbers."""
    number = Pair(f"住院号 {visit.own_number}", f"登记号 {visit.id}")
    if face is None:
        return Who(rows=(number,))
    patient, ward = face.patient, face.ward
    admitted = admitted_on(visit)
    age = _age(patient.born_on, admitted)
    ended = left_on(visit)
    until = "" if ended is None else f" 至 {ended:%m-%d}  {days_between(admitted, ended)} 天"
    return Who(
        name=patient.name,
        description=" ".join(filter(None, (SEX.get(patient.sex, ""), age))),
        rows=(
            number,
            Pair(f"{ward.department.name} {ward.bed} 床  {_LEVELS[face.level]}", f"{admitted:%m-%d}{until}"),
        ),
    )


_LEVELS = {1: "一级医院", 2: "二级医院", 3: "三级医院"}


def days_between(admitted: date, until: date) -> int:
    """Days of a stay; whoever leaves on the day of the admission has been there for one."""
    return max((until - admitted).days, 1)


def days_of(office: Office, visit: Visit) -> int:
    """Days of a stay until its discharge, or until today."""
    return days_between(admitted_on(visit), left_on(visit) or business_date(office.bureau.now))


def _age(born_on: date | None, day: date) -> str:
    if born_on is None:
        return ""
    return f"{day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))} 岁"


def _documents_kept(kept: Collection[Document]) -> tuple[str, ...]:
    if not kept:
        return ()
    return (f"收下保管：{'、'.join(DOCUMENTS[one].zh for one in kept)}；出院时凭本单领回。",)
