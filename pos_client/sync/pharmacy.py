"""A purchase at the pharmacy counter: trial (2101), settlement (2102), void (2103)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pos_client.money import yuan_decimal
from pos_client.sync.bureau import Bureau
from pos_client.sync.envelope import Request, wire_time
from pos_client.sync.patient import category_fields, paper_fields
from pos_client.sync.person import Credential, InsuredPerson, credential_fields
from pos_client.sync.region import AccountUse, Visit
from pos_client.sync.setlinfo import BureauFigures, read_trial

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
    account: AccountUse

    @property
    def total_fen(self) -> int:
        """The sum of the rows, which is what the bureau is told."""
        return sum(line.amount_fen for line in self.lines)


def purchase_request(bureau: Bureau, transaction: str, purchase: Purchase) -> Request:
    """The input of 2101 or 2102, which differ only in name."""
    person, credential, visit = purchase.person, purchase.credential, purchase.visit
    begun = wire_time(purchase.begun_at)
    head = {
        "psn_no": person.person_no,
        **credential_fields(credential),
        **paper_fields(person),
        **category_fields(person),
        "begntime": begun,
        "medfee_sumamt": yuan_decimal(purchase.total_fen),
        "insutype": person.insurance_type,
        "acct_used_flag": bureau.region.account_code(purchase.account),
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

    def read(_: Mapping[str, object]) -> BureauFigures:
        return read_trial(bureau.region, answer, person_no=purchase.person.person_no, total_fen=purchase.total_fen)

    return bureau.readable(answer, TRIAL, read)
