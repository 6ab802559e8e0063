"""The output blocks of a settlement: setlinfo, setldetail and the split of each row (protocol 3.0)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from pos_client.money import yuan_decimal

from . import settlements
from .amounts import AMOUNT_NAMES, Amounts
from .catalogue import CHARGE_TYPES, LEVEL_CODES, Item
from .fees import RowSplit
from .office import Office
from .person_queries import base_facts
from .region import (
    AREA,
    CLEARING_WAY,
    NO_PRICE_CEILING,
    PAID_AT_INSTITUTION,
)
from .register import Insured
from .settlements import Settlement
from .shaping import shape, shape_rows

_POOL, _ACCOUNT = "310100", "310200"
#: What is the same of every settlement here.
_CONSTANTS: Final[Mapping[str, object]] = {
    "clr_optins": AREA,
    "clr_way": CLEARING_WAY,
    "exp_content": "",
    "pay_loc": PAID_AT_INSTITUTION,
    "insu_optins": AREA,
    "insu_admdvs": AREA,
    "fixmedins_poolarea": AREA,
    "flxempe_flag": "0",
    "nwb_flag": "0",
}


def settlement_nodes(office: Office, infno: str, person: Insured, settlement: Settlement) -> dict[str, object]:
    """``setlinfo`` and ``setldetail`` of a settlement, a trial of one, or a cancellation, as the edition has them."""
    facts = {
        **_CONSTANTS,
        **_figures(settlement.amounts),
        **base_facts(person, office.clock.today()),
        **_identity(person, settlement),
    }
    return {
        "setlinfo": shape(office, infno, "setlinfo", facts),
        "setldetail": _setldetail(office, infno, settlement),
    }


def _figures(amounts: Amounts) -> dict[str, object]:
    """All amounts in yuan, some of them under the other names that 2208 and 5203 have for them (protocol 5.6)."""
    figures: dict[str, object] = {name: yuan_decimal(getattr(amounts, name)) for name in AMOUNT_NAMES}
    figures["pdn_cash_pay"] = figures["cash_payamt"] = figures["psn_cash_pay"]
    figures["psn_pay"] = figures["psn_part_amt"]
    figures["crt_dedc"] = figures["act_pay_dedc"]
    return figures


def _identity(person: Insured, settlement: Settlement) -> dict[str, object]:
    return {
        "setl_id": settlement.setl_id,
        "mdtrt_id": settlement.mdtrt_id,
        "insutype": settlement.insutype,
        "psn_type": person.psn_type,
        "cvlserv_flag": "1" if person.civil_servant else "0",
        "emp_name": person.employer,
        "setl_time": settlement.setl_time,
        "mdtrt_cert_type": settlement.mdtrt_cert_type,
        "med_type": settlement.med_type,
        "pool_prop_selfpay": settlement.pool_prop_selfpay,
        "balc": yuan_decimal(settlement.balance_fen),
        "medins_setl_id": settlement.msgid,
        "clr_type": settlement.clr_type,
        "fixmedins_code": settlement.institution_code,
        "fixmedins_name": settlement.institution_name,
        "begndate": settlement.begun[:10],
        "enddate": settlement.ended[:10],
        "year": settlement.ended[:4],
        "refd_setl_flag": "1" if settlement.kind == settlements.CANCEL else "0",
    }


def _setldetail(office: Office, infno: str, settlement: Settlement) -> list[dict[str, object]]:
    """One row a fund that paid; the personal account is listed with them although it is none (identity M7)."""
    names = office.tables.codes["fund_pay_type"]
    amounts = settlement.amounts
    balance_before_fen = settlement.balance_fen + amounts.own_account_pay
    rows = [
        {
            "fund_pay_type": fund_pay_type,
            "inscp_scp_amt": yuan_decimal(amounts.inscp_scp_amt),
            "crt_payb_lmt_amt": yuan_decimal(balance_before_fen if fund_pay_type == _ACCOUNT else 0),
            "fund_payamt": yuan_decimal(amount_fen),
            "fund_pay_type_name": names[fund_pay_type],
            "setl_proc_info": settlement.process if fund_pay_type == _POOL else "",
        }
        for fund_pay_type, amount_fen in amounts.components()
    ]
    return shape_rows(office, infno, "setldetail", rows)


def cut_rows(office: Office, infno: str, node: str, rows: Iterable[RowSplit]) -> list[dict[str, object]]:
    """How each billed row was cut into own expense, part above the ceiling, first share and eligible part."""
    return shape_rows(office, infno, node, (cut_of(row) for row in rows))


def cut_of(row: RowSplit) -> dict[str, object]:
    """One row with its cut, under the names that 2101, 2102, 2204, 2301 and 5204 share."""
    line, item = row.line, row.line.item
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
        "hi_nego_drug_flag": "0",
        "chld_medc_flag": "0",
        "list_sp_item_flag": "0",
        "lmt_used_flag": "0",
        "drt_reim_flag": "0",
        "memo": "",
    }


def _self_pay_share(item: Item) -> Decimal:
    if item.cls == "C":
        return Decimal(1)
    return (item.pre_self_pay_percent or Decimal(0)) / 100
