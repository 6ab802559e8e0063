"""2101 trial, 2102 settle, 2103 cancel: a purchase at a pharmacy, registered and settled in one message."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from pos_client.money import yuan_decimal

from . import settlements
from .amounts import Amounts, one_fen_off
from .assessment import Assessment
from .clock import wire_time
from .credentials import check_papers, holder_of
from .ledger import next_serial
from .message import Request, Row
from .office import Office, Output
from .person_queries import base_facts, check_scheme, entitlement_of, insured_person, why_not
from .purchase import check_purchase
from .refusal import Refusal
from .region import AREA, CLEARING_TYPE_OF_MED_TYPE
from .register import Insured
from .settlement_answer import detlcutinfo, setldetail, setlinfo
from .settlements import Settlement

#: A till's clock may be past midnight before the bureau's is.
_CLOCKS_MAY_DIFFER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Quote:
    """What a purchase comes to for a person, before anything is booked."""

    person: Insured
    head: Row
    assessment: Assessment
    amounts: Amounts


def trial(office: Office, connection: Connection, request: Request) -> Output:
    """2101: the split as it would be, nothing booked, no settlement id."""
    quote = _quote(office, connection, request, lock=False)
    mdtrt_id = _visit_id(connection)
    return _answer(office, request, quote, {"mdtrt_id": mdtrt_id}, wire_time(office.clock.now()))


def settle(office: Office, connection: Connection, request: Request) -> Output:
    """2102: books the purchase, takes the account's part from the balance, gives visit and settlement ids."""
    quote = _quote(office, connection, request, lock=True)
    settlement = Settlement(
        setl_id=_settlement_id(connection),
        mdtrt_id=_visit_id(connection),
        msgid=request.msgid,
        infno=request.infno,
        kind=settlements.SETTLE,
        cancels=None,
        institution_code=request.institution_code,
        psn_no=quote.person.psn_no,
        setl_time=wire_time(office.clock.now()),
        pool_prop_selfpay=quote.assessment.pool_share,
        counter_changes=settlements.changes_between(quote.person.counters, quote.assessment.counters_after),
        amounts=quote.amounts,
    )
    settlements.book(connection, quote.person, settlement)
    ids = {"setl_id": settlement.setl_id, "mdtrt_id": settlement.mdtrt_id}
    return _answer(office, request, quote, ids, settlement.setl_time)


def cancel(office: Office, connection: Connection, request: Request) -> Output:
    """2103: undoes a whole purchase with a settlement of its own, every figure below zero.

    Raises:
        Refusal: no such settlement of this person and institution, or it is no longer in force.
    """
    row = request.node("data")
    person = insured_person(connection, request, row.text("psn_no"), lock=True)
    original = settlements.by_setl_id(connection, row.text("setl_id"))
    if original is None or not _names(row, request, original):
        raise Refusal("未找到要撤销的结算")
    if original.kind != settlements.SETTLE or original.voided or original.reversed:
        raise Refusal("该结算已撤销或已冲正,不能再撤销")
    cancellation = Settlement(
        setl_id=_settlement_id(connection),
        mdtrt_id=original.mdtrt_id,
        msgid=request.msgid,
        infno=request.infno,
        kind=settlements.CANCEL,
        cancels=original.setl_id,
        institution_code=request.institution_code,
        psn_no=person.psn_no,
        setl_time=wire_time(office.clock.now()),
        pool_prop_selfpay=original.pool_prop_selfpay,
        counter_changes=settlements.negative_changes(original.counter_changes),
        amounts=original.amounts.negative(),
    )
    after = settlements.book(connection, person, cancellation)
    facts = {
        "setl_id": cancellation.setl_id,
        "mdtrt_id": cancellation.mdtrt_id,
        "setl_time": cancellation.setl_time,
        "pool_prop_selfpay": cancellation.pool_prop_selfpay,
        "balc": yuan_decimal(after.balance_fen),
        "medins_setl_id": request.msgid,
    }
    amounts, balance_fen = cancellation.amounts, person.balance_fen
    return {
        "setlinfo": setlinfo(office, "2103", amounts, facts),
        "setldetail": setldetail(office, "2103", amounts, process="", balance_before_fen=balance_fen),
    }


def _names(row: Row, request: Request, original: Settlement) -> bool:
    return (original.mdtrt_id, original.psn_no, original.institution_code) == (
        row.text("mdtrt_id"),
        row.text("psn_no"),
        request.institution_code,
    )


def _quote(office: Office, connection: Connection, request: Request, *, lock: bool) -> _Quote:
    head = request.node("druginfo")
    if head.text("med_type") not in CLEARING_TYPE_OF_MED_TYPE:
        raise Refusal("该医疗类别不支持药店结算")
    person = insured_person(connection, request, head.text("psn_no"), lock=lock)
    _check_buyer(connection, head, person)
    purchase = check_purchase(head, request.nodes["drugdetail"], office.catalogue)
    if purchase.bought_on > office.clock.today() + _CLOCKS_MAY_DIFFER:
        raise Refusal("节点druginfo字段begntime(开始时间)晚于当前日期")
    entitlement = entitlement_of(office, person, purchase.bought_on)
    if not (entitlement.pool or entitlement.account):
        raise Refusal(f"{why_not(entitlement)},不能进行医保结算")
    assessment = office.assessor.assess(person, purchase)
    return _Quote(person, head, assessment, _faulty(office, request.infno, assessment.amounts))


def _check_buyer(connection: Connection, head: Row, person: Insured) -> None:
    if holder_of(connection, head).psn_no != person.psn_no:
        raise Refusal("就诊凭证与人员编号不是同一参保人员")
    check_papers(head, person)
    check_scheme(person, head.text("insutype"))


def _faulty(office: Office, infno: str, amounts: Amounts) -> Amounts:
    """The figures as this bureau's software gets them: wrong by a fen while that fault is on."""
    if amounts.medfee_sumamt == 0:
        return amounts
    fault = office.faults.take("off_by_one_fen", infno)
    return amounts if fault is None else one_fen_off(amounts, fault.figure, alone=fault.alone)


def _answer(office: Office, request: Request, quote: _Quote, ids: dict[str, str], setl_time: str) -> Output:
    person, head, amounts = quote.person, quote.head, quote.amounts
    balance_fen = person.balance_fen
    facts: dict[str, object] = {
        **base_facts(person, office.clock.today()),
        **ids,
        "insutype": person.insutype,
        "psn_type": person.psn_type,
        "cvlserv_flag": "1" if person.civil_servant else "0",
        "setl_time": setl_time,
        "mdtrt_cert_type": head.text("mdtrt_cert_type"),
        "med_type": head.text("med_type"),
        "pool_prop_selfpay": quote.assessment.pool_share,
        "balc": yuan_decimal(balance_fen - amounts.acct_pay),
        "medins_setl_id": request.msgid,
        "clr_type": CLEARING_TYPE_OF_MED_TYPE[head.text("med_type")],
    }
    process = quote.assessment.process
    infno = request.infno
    return {
        "setlinfo": setlinfo(office, infno, amounts, facts),
        "setldetail": setldetail(office, infno, amounts, process=process, balance_before_fen=balance_fen),
        "detlcutinfo": detlcutinfo(office, infno, quote.assessment.rows),
    }


def _visit_id(connection: Connection) -> str:
    return f"{AREA}S{next_serial(connection, 'visit'):013d}"


def _settlement_id(connection: Connection) -> str:
    return f"{AREA}S{next_serial(connection, 'settlement'):013d}"
