"""What purchases, visits and stays have in common when they are tried, settled and cancelled."""

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from pos_client.money import fen_of_yuan

from . import kept_rows, register, settlements
from .amounts import Amounts, one_fen_off
from .assessment import Assessment
from .clock import wire_time
from .credentials import check_credential
from .fees import FAMILY_ACCOUNT, Charges
from .ledger import next_serial
from .message import Request, Row
from .office import Office
from .person_queries import check_scheme, insured_person, refuse_without_entitlement
from .refusal import Refusal
from .region import AREA
from .register import Insured
from .settlement_answer import settlement_nodes
from .settlements import Settlement

#: What each cancellation cancels.
_ORIGINAL_OF: Final = {"2103": "2102", "2208": "2207", "2305": "2304"}
_ECHOED: Final = {
    "fulamt_ownpay_amt": "全自费金额",
    "overlmt_selfpay": "超限价金额",
    "preselfpay_amt": "先行自付金额",
    "inscp_scp_amt": "符合政策范围金额",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is to be settled: whose, by which credential (in ``head``), of which visit and batch, and what it is.

    ``mdtrt_id`` None: a purchase, whose settlement is the visit. ``begun`` and ``ended`` are wire times.
    """

    person: Insured
    head: Row
    mdtrt_id: str | None
    chrg_bchno: str
    med_type: str
    clr_type: str
    begun: str
    ended: str
    charges: Charges
    in_the_middle: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """A settlement or a trial of one, its assessment, and the nodes of the answer."""

    assessment: Assessment
    nodes: dict[str, object]


def check_payer(office: Office, connection: Connection, head: Row, person: Insured) -> None:
    """Credential, papers and scheme of a node that asks for a settlement.

    Raises:
        Refusal: one of them is not the person's.
    """
    check_credential(connection, head, person, office.clock.now())
    check_scheme(person, head.text("insutype"))


def try_out(office: Office, connection: Connection, request: Request, case: Case) -> Settled:
    """The split as it would be: nothing booked, no settlement id."""
    assessment, amounts = _assess(office, connection, request, case)
    settlement = _settlement(office, connection, request, case, assessment, amounts, setl_id="")
    return Settled(assessment, settlement_nodes(office, request.infno, case.person, settlement))


def settle(office: Office, connection: Connection, request: Request, case: Case) -> Settled:
    """Books the case and takes the account's part from the balance; the caller holds the person's lock."""
    assessment, amounts = _assess(office, connection, request, case)
    _check_echo(case.head, amounts)
    setl_id = _settlement_id(connection)
    settlement = _settlement(office, connection, request, case, assessment, amounts, setl_id=setl_id)
    settlements.book(connection, case.person, settlement)
    return Settled(assessment, settlement_nodes(office, request.infno, case.person, settlement))


def cancel(office: Office, connection: Connection, request: Request) -> dict[str, object]:
    """2103, 2208, 2305: undoes a whole settlement with one of its own, every figure below zero.

    Raises:
        Refusal: no such settlement of this kind, person and institution, or it is no longer in force.
    """
    row = request.node("data")
    person = insured_person(connection, request, row.text("psn_no"), lock=True)
    original = settlements.by_setl_id(connection, row.text("setl_id"))
    if original is None or not _names(row, request, original):
        raise Refusal("未找到要撤销的结算")
    if original.kind != settlements.SETTLE or original.voided or original.reversed:
        raise Refusal("该结算已撤销或已冲正,不能再撤销")
    cancellation = _cancellation(office, connection, request, person, original)
    settlements.book(connection, person, cancellation)
    return settlement_nodes(office, request.infno, person, cancellation)


def _names(row: Row, request: Request, original: Settlement) -> bool:
    transactions = {request.infno, _ORIGINAL_OF[request.infno]}
    return (original.mdtrt_id, original.psn_no, original.institution_code) == (
        row.text("mdtrt_id"),
        row.text("psn_no"),
        request.institution_code,
    ) and original.infno in transactions


def _cancellation(
    office: Office, connection: Connection, request: Request, person: Insured, original: Settlement
) -> Settlement:
    amounts = original.amounts.negative()
    rows = kept_rows.from_json(original.rows, office.catalogue)
    return Settlement(
        setl_id=_settlement_id(connection),
        mdtrt_id=original.mdtrt_id,
        msgid=request.msgid,
        infno=request.infno,
        kind=settlements.CANCEL,
        cancels=original.setl_id,
        institution_code=request.institution_code,
        institution_name=request.institution_name,
        psn_no=person.psn_no,
        insutype=original.insutype,
        med_type=original.med_type,
        clr_type=original.clr_type,
        mdtrt_cert_type=original.mdtrt_cert_type,
        chrg_bchno=original.chrg_bchno,
        begun=original.begun,
        ended=original.ended,
        setl_time=wire_time(office.clock.now()),
        pool_prop_selfpay=original.pool_prop_selfpay,
        process="",
        balance_fen=person.balance_fen - amounts.own_account_pay,
        counter_changes=settlements.negative_changes(original.counter_changes),
        amounts=amounts,
        rows=kept_rows.as_json(row.negative() for row in rows),
        in_the_middle=original.in_the_middle,
    )


def _assess(office: Office, connection: Connection, request: Request, case: Case) -> tuple[Assessment, Amounts]:
    charges = case.charges
    if fen_of_yuan(case.head.number("medfee_sumamt")) != charges.total_fen:
        raise Refusal("字段medfee_sumamt(医疗费总额)与费用明细之和不一致")
    refuse_without_entitlement(office, case.person, charges.begun_on)
    family_fen = _family_fen(connection, case)
    assessment = office.assessor.assess(case.person, charges, family_fen)
    amounts = _faulty(office, request.infno, assessment.amounts)
    return assessment, amounts if family_fen is None else replace(amounts, acct_mulaid_pay=amounts.acct_pay)


def _family_fen(connection: Connection, case: Case) -> int | None:
    """What the family's account holds when it is to pay, None when it is not.

    Raises:
        Refusal: it is to pay and there is none.
    """
    if case.head.text("acct_used_flag") != FAMILY_ACCOUNT:
        return None
    family_fen = register.family_balance_fen(connection, case.person.psn_no)
    if family_fen is None:
        raise Refusal("该人员未办理家庭共济,不能使用共济个账")
    return family_fen


def _faulty(office: Office, infno: str, amounts: Amounts) -> Amounts:
    """The figures as this bureau's software gets them: wrong by a fen while that fault is on."""
    if amounts.medfee_sumamt == 0:
        return amounts
    fault = office.faults.take("off_by_one_fen", infno)
    return amounts if fault is None else one_fen_off(amounts, fault.figure, alone=fault.alone)


def _check_echo(head: Row, amounts: Amounts) -> None:
    """Whoever settles repeats the four sums of the trial, where the table has them (protocol 5.3)."""
    for name, cn in _ECHOED.items():
        if head.has(name) and fen_of_yuan(head.number(name)) != getattr(amounts, name):
            raise Refusal(f"字段{name}({cn})与预结算结果不一致")


def _settlement(
    office: Office,
    connection: Connection,
    request: Request,
    case: Case,
    assessment: Assessment,
    amounts: Amounts,
    *,
    setl_id: str,
) -> Settlement:
    person = case.person
    return Settlement(
        setl_id=setl_id,
        mdtrt_id=case.mdtrt_id or visit_id(connection),
        msgid=request.msgid,
        infno=request.infno,
        kind=settlements.SETTLE,
        cancels=None,
        institution_code=request.institution_code,
        institution_name=request.institution_name,
        psn_no=person.psn_no,
        insutype=person.insutype,
        med_type=case.med_type,
        clr_type=case.clr_type,
        mdtrt_cert_type=case.head.text("mdtrt_cert_type"),
        chrg_bchno=case.chrg_bchno,
        begun=case.begun,
        ended=case.ended,
        setl_time=wire_time(office.clock.now()),
        pool_prop_selfpay=assessment.pool_share,
        process=assessment.process,
        balance_fen=person.balance_fen - amounts.own_account_pay,
        counter_changes=settlements.changes_between(person.counters, assessment.counters_after),
        amounts=amounts,
        rows=kept_rows.as_json(assessment.rows),
        in_the_middle=case.in_the_middle,
    )


def visit_id(connection: Connection) -> str:
    """A new visit id (mdtrt_id)."""
    return f"{AREA}S{next_serial(connection, 'visit'):013d}"


def _settlement_id(connection: Connection) -> str:
    return f"{AREA}S{next_serial(connection, 'settlement'):013d}"
