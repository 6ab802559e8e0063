"""Rows of charges, as an outpatient visit (2204) and a stay (2301) upload them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from pos_client.money import line_amount_fen, yuan_decimal
from pos_client.sync.care import Department, Doctor
from pos_client.sync.envelope import wire_time

#: How many rows of a stay one message may carry (protocol, 5.5).
ROWS_PER_UPLOAD = 100


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """One row of charges; the amount is price × quantity to the fen, half up.

    ``serial`` is a number, not 0, unique in the visit. ``batch`` names the rows that one outpatient settlement settles
    together and is empty in a stay. ``approval`` is the institution's decision on a restricted item: 0 none needed,
    1 approved, 2 not approved. ``refunded_serial`` is the row that a refund row takes back.
    """

    serial: str
    batch: str
    national_code: str
    own_code: str
    unit_price: Decimal
    quantity: Decimal
    amount_fen: int
    at: datetime
    department: Department
    doctor: Doctor
    approval: str = "0"
    prescription_number: str = ""
    refunded_serial: str = ""


def refund_row(original: ChargeRow, *, serial: str, quantity: Decimal, at: datetime) -> ChargeRow:
    """The row of a stay that takes back part or all of another one: negative quantity, same price (protocol, 5.5).

    ``quantity`` is what is taken back, above zero; that it is not more than what is left is the caller's to know.
    """
    return replace(
        original,
        serial=serial,
        quantity=-quantity,
        amount_fen=line_amount_fen(original.unit_price, -quantity),
        at=at,
        refunded_serial=original.serial,
    )


def uploads_of(rows: Sequence[ChargeRow]) -> tuple[tuple[ChargeRow, ...], ...]:
    """The rows of a stay in portions that one message may carry, in their order."""
    starts = range(0, len(rows), ROWS_PER_UPLOAD)
    return tuple(tuple(rows[start : start + ROWS_PER_UPLOAD]) for start in starts)


def charge_fields(row: ChargeRow, visit_id: str, person_no: str) -> dict[str, object]:
    """What a row of 2204 and of 2301 have in common."""
    return {
        "feedetl_sn": row.serial,
        "mdtrt_id": visit_id,
        "psn_no": person_no,
        "fee_ocur_time": wire_time(row.at),
        "med_list_codg": row.national_code,
        "medins_list_codg": row.own_code,
        "det_item_fee_sumamt": yuan_decimal(row.amount_fen),
        "cnt": row.quantity,
        "pric": row.unit_price,
        "bilg_dept_codg": row.department.code,
        "bilg_dept_name": row.department.name,
        "bilg_dr_codg": row.doctor.code,
        "bilg_dr_name": row.doctor.name,
        "hosp_appr_flag": row.approval,
    }
