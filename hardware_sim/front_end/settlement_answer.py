"""The output blocks of a settlement: setlinfo, setldetail and the split of each row (protocol 3.0)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from pos_client.money import yuan_decimal

from .amounts import AMOUNT_NAMES, Amounts
from .assessment import RowSplit
from .catalogue import CHARGE_TYPES, LEVEL_CODES, Item
from .office import Office
from .region import AREA, CLEARING_WAY, NO_PRICE_CEILING
from .shaping import shape, shape_rows

_POOL, _ACCOUNT = "310100", "310200"


def setlinfo(office: Office, infno: str, amounts: Amounts, facts: Mapping[str, object]) -> dict[str, object]:
    """The settlement itself: amounts in yuan beside whatever facts the transaction's table asks for."""
    figures = {name: yuan_decimal(getattr(amounts, name)) for name in AMOUNT_NAMES}
    constants = {"clr_optins": AREA, "clr_way": CLEARING_WAY, "exp_content": ""}
    return shape(office, infno, "setlinfo", {**constants, **figures, **facts})


def setldetail(
    office: Office, infno: str, amounts: Amounts, *, process: str, balance_before_fen: int
) -> list[dict[str, object]]:
    """One row a fund that paid; the personal account is listed with them although it is none (identity M7)."""
    names = office.tables.codes["fund_pay_type"]
    rows = [
        {
            "fund_pay_type": fund_pay_type,
            "inscp_scp_amt": yuan_decimal(amounts.inscp_scp_amt),
            "crt_payb_lmt_amt": yuan_decimal(balance_before_fen if fund_pay_type == _ACCOUNT else 0),
            "fund_payamt": yuan_decimal(amount_fen),
            "fund_pay_type_name": names[fund_pay_type],
            "setl_proc_info": process if fund_pay_type == _POOL else "",
        }
        for fund_pay_type, amount_fen in amounts.components()
    ]
    return shape_rows(office, infno, "setldetail", rows)


def detlcutinfo(office: Office, infno: str, rows: Iterable[RowSplit]) -> list[dict[str, object]]:
    """How each billed row was cut into own expense, part above the ceiling, first share and eligible part."""
    return shape_rows(office, infno, "detlcutinfo", (_cut(row) for row in rows))


def _cut(row: RowSplit) -> dict[str, object]:
    line, item = row.line, row.line.item
    flags = ("hi_nego_drug_flag", "chld_medc_flag", "list_sp_item_flag", "drt_reim_flag")
    return {
        "feedetl_sn": line.feedetl_sn,
        "det_item_fee_sumamt": yuan_decimal(line.amount_fen),
        "cnt": line.quantity,
        "pric": line.unit_price,
        "pric_uplmt_amt": Decimal(NO_PRICE_CEILING) if item.limit_price is None else item.limit_price,
        "selfpay_prop": _self_pay_share(item),
        "fulamt_ownpay_amt": yuan_decimal(row.own_expense_fen),
        "overlmt_amt": yuan_decimal(row.over_limit_fen),
        "preselfpay_amt": yuan_decimal(row.pre_self_pay_fen),
        "inscp_scp_amt": yuan_decimal(row.eligible_fen),
        "chrgitm_lv": LEVEL_CODES[item.cls],
        "med_chrgitm_type": CHARGE_TYPES[item.kind],
        "bas_medn_flag": "1" if item.essential else "0",
        **dict.fromkeys(flags, "0"),
        "memo": "",
    }


def _self_pay_share(item: Item) -> Decimal:
    if item.cls == "C":
        return Decimal(1)
    return (item.pre_self_pay_percent or Decimal(0)) / 100
