"""A purchase at the pharmacy counter: trial (2101), settlement (2102), void (2103), and the bureau's figures.

Money identities of the interface are held hard where the standard prints them: total = funds + person's part +
institution's part (M1), person's part = account + cash (M2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from pos_client.errors import Refused
from pos_client.money import NotAnAmount, fen_of_yuan, yuan, yuan_decimal
from pos_client.sync.bureau import Bureau
from pos_client.sync.envelope import Answer, Request, UnreadableError, node, wire_time
from pos_client.sync.person import Credential, InsuredPerson
from pos_client.sync.region import Region, Visit
from pos_client.sync.words import FIGURES_DO_NOT_ADD_UP

TRIAL, SETTLE, VOID = "2101", "2102", "2103"


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """One row of a purchase as the bureau wants it."""

    number: int
    national_code: str
    own_code: str
    unit_price: Decimal
    quantity: Decimal
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Purchase:
    """What is bought, by whom, with which credential."""

    person: InsuredPerson
    credential: Credential
    visit: Visit
    lines: tuple[PurchaseLine, ...]
    begun_at: datetime
    use_account: bool

    @property
    def total_fen(self) -> int:
        """The sum of the rows, which is what the bureau is told."""
        return sum(line.amount_fen for line in self.lines)


@dataclass(frozen=True, slots=True)
class BureauFigures:
    """The bureau's split; amounts in fen, negative for a cancellation."""

    total_fen: int
    own_expense_fen: int
    pre_self_pay_fen: int
    eligible_fen: int
    deductible_fen: int
    fund_pay_fen: Mapping[str, int]
    fund_total_fen: int
    patient_total_fen: int
    account_pay_fen: int
    cash_pay_fen: int
    account_balance_fen: int


@dataclass(frozen=True, slots=True)
class Booked:
    """A settlement or cancellation that the bureau has booked."""

    settlement_id: str
    visit_id: str
    settled_at: str
    insurance_type: str
    clearing_type: str
    clearing_agency: str
    figures: BureauFigures


def purchase_request(bureau: Bureau, transaction: str, purchase: Purchase) -> Request:
    """The input of 2101 or 2102, which differ only in name."""
    person, credential, visit = purchase.person, purchase.credential, purchase.visit
    begun = wire_time(purchase.begun_at)
    head = {
        "psn_no": person.person_no,
        "mdtrt_cert_type": "03",
        "mdtrt_cert_no": credential.card_number,
        "card_sn": credential.identification_code,
        "psn_cert_type": person.id_type,
        "certno": person.id_number,
        "psn_type": person.person_type,
        "psn_name": person.name,
        "begntime": begun,
        "medfee_sumamt": yuan_decimal(purchase.total_fen),
        "insutype": person.insurance_type,
        "acct_used_flag": bureau.region.account_used["yes" if purchase.use_account else "no"],
        "med_type": visit.med_type,
    }
    rows = [
        {
            "feedetl_sn": str(line.number),
            "rxno": "",
            "rx_circ_flag": "0",
            "fee_ocur_time": begun,
            "med_list_codg": line.national_code,
            "medins_list_codg": line.own_code,
            "det_item_fee_sumamt": yuan_decimal(line.amount_fen),
            "cnt": line.quantity,
            "pric": line.unit_price,
        }
        for line in purchase.lines
    ]
    return Request(transaction, {"druginfo": head, "drugdetail": rows}, person.place_of_insurance)


def void_request(settlement_id: str, visit_id: str, person_no: str, place_of_insurance: str) -> Request:
    """The input of 2103."""
    data = {"setl_id": settlement_id, "mdtrt_id": visit_id, "psn_no": person_no}
    return Request(VOID, {"data": data}, place_of_insurance)


def trial(bureau: Bureau, purchase: Purchase) -> BureauFigures:
    """Asks the bureau for its split without booking anything (2101).

    Raises:
        Refused: R-2101 with the bureau's words; R-SUM when its figures break M1 or M2.
        EnvironmentProblem: N-DOWN, N-ANSWER.
    """
    answer = bureau.query(purchase_request(bureau, TRIAL, purchase))
    figures = bureau.readable(answer, TRIAL, lambda output: _figures(bureau.region, node(output, "setlinfo")))
    broken = broken_identity(figures)
    if broken is None and figures.total_fen != purchase.total_fen:
        broken = f"{yuan(figures.total_fen)} ≠ {yuan(purchase.total_fen)}"
    if broken is not None:
        raise Refused(FIGURES_DO_NOT_ADD_UP, why=broken)
    return figures


def read_booked(region: Region, answer: Answer, *, message_id: str, person_no: str, total_fen: int) -> Booked:
    """Reads the accepted answer of 2102 or 2103 and makes sure that it answers *this* message.

    Raises:
        UnreadableError: a figure is missing or breaks M1 or M2, or message, person or total are not ours. The bureau
            has booked something then, so the outcome is open, not failed.
    """
    info = node(answer.output, "setlinfo")
    try:
        figures = _figures(region, info)
        booked = Booked(
            settlement_id=str(info["setl_id"] or ""),
            visit_id=str(info["mdtrt_id"] or ""),
            settled_at=str(info["setl_time"] or ""),
            insurance_type=str(info.get("insutype") or ""),
            clearing_type=str(info.get("clr_type") or ""),
            clearing_agency=str(info.get("clr_optins") or ""),
            figures=figures,
        )
    except (KeyError, NotAnAmount) as error:
        raise UnreadableError(f"setlinfo: {error}") from error
    if not booked.settlement_id or not booked.visit_id:
        raise UnreadableError("setlinfo without setl_id or mdtrt_id")
    expected = {"medins_setl_id": message_id, "psn_no": person_no}
    foreign = [name for name, value in expected.items() if str(info.get(name) or value) != value]
    broken = broken_identity(figures)
    if foreign or figures.total_fen != total_fen or broken:
        raise UnreadableError(f"not the answer to this message: {foreign or broken or 'medfee_sumamt'}")
    return booked


def broken_identity(figures: BureauFigures) -> str | None:
    """Which of the interface's hard money identities the figures break, or None."""
    if figures.patient_total_fen != figures.account_pay_fen + figures.cash_pay_fen:
        return "M2: psn_part_amt ≠ acct_pay + psn_cash_pay"
    if figures.total_fen != figures.fund_total_fen + figures.patient_total_fen:
        return "M1: medfee_sumamt ≠ fund_pay_sumamt + psn_part_amt"
    return None


def _figures(region: Region, info: Mapping[str, Any]) -> BureauFigures:
    """Reads a setlinfo; what the institution bears counts with the funds, nobody at the counter pays it."""

    def fen(name: str) -> int:
        return fen_of_yuan(info[name])

    borne_by_institution = fen("hosp_part_amt") if info.get("hosp_part_amt") not in (None, "") else 0
    cash = fen("psn_cash_pay")
    account = fen("acct_pay")
    # 2103's table has no psn_part_amt in some editions; M2 then defines it.
    patient = fen("psn_part_amt") if info.get("psn_part_amt") not in (None, "") else account + cash
    return BureauFigures(
        total_fen=fen("medfee_sumamt"),
        own_expense_fen=fen("fulamt_ownpay_amt") + fen("overlmt_selfpay"),
        pre_self_pay_fen=fen("preselfpay_amt"),
        eligible_fen=fen("inscp_scp_amt"),
        deductible_fen=fen("act_pay_dedc") if info.get("act_pay_dedc") not in (None, "") else 0,
        fund_pay_fen={fund: fen(name) for fund, name in region.funds.items()},
        fund_total_fen=fen("fund_pay_sumamt") + borne_by_institution,
        patient_total_fen=patient,
        account_pay_fen=account,
        cash_pay_fen=cash,
        account_balance_fen=fen("balc"),
    )
