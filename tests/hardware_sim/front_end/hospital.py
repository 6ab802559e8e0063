"""The inputs of a clinic and a ward, with every field that either edition requires."""

from decimal import Decimal
from typing import Any

from .counter import Counter, echo
from .desk import PAPERS, THREE_ROWS, ZHANG, credential

Rows = tuple[tuple[str, str, str, str], ...]
DEPARTMENT = {
    "bilg_dept_codg": "A03",
    "bilg_dept_name": "内科",
    "bilg_dr_codg": "D439900000001",
    "bilg_dr_name": "测试医师",
}


def registration(psn_no: str = ZHANG, **changes: Any) -> dict[str, Any]:
    """The input of 2201."""
    data = {
        "psn_no": psn_no,
        **credential(psn_no),
        "psn_type": PAPERS[psn_no]["psn_type"],
        "insutype": "310",
        "begntime": "2026-11-21 08:30:00",
        "ipt_otp_no": "MZ0001",
        "atddr_no": "D439900000001",
        "dr_name": "测试医师",
        "dept_code": "A03",
        "dept_name": "内科",
        "caty": "A03",
        **changes,
    }
    return {"data": data}


def diagnosis(number: int = 1, **changes: Any) -> dict[str, Any]:
    """One diagnosis, of a visit or of a stay."""
    return {
        "diag_type": "1",
        "diag_srt_no": number,
        "diag_code": "J06.900",
        "diag_name": "急性上呼吸道感染",
        "diag_dept": "内科",
        "dise_dor_no": "D439900000001",
        "dise_dor_name": "测试医师",
        "diag_time": "2026-11-21 08:40:00",
        **changes,
    }


def description(mdtrt_id: str, psn_no: str = ZHANG, **changes: Any) -> dict[str, Any]:
    """The input of 2203."""
    info = {
        "mdtrt_id": mdtrt_id,
        "psn_no": psn_no,
        "med_type": "11",
        "begntime": "2026-11-21 08:40:00",
        "dise_codg": "J06.900",
        "dise_name": "急性上呼吸道感染",
        **changes,
    }
    return {"mdtrtinfo": info, "diseinfo": [diagnosis(vali_flag="1")]}


def fee(serial: int, row: tuple[str, str, str, str], **changes: Any) -> dict[str, Any]:
    """One row of feedetail."""
    code, price, quantity, amount = row
    return {
        "feedetl_sn": serial,
        "fee_ocur_time": "2026-11-21 08:45:00",
        "med_list_codg": code,
        "medins_list_codg": f"YY{serial:04d}",
        "det_item_fee_sumamt": Decimal(amount),
        "cnt": Decimal(quantity),
        "pric": Decimal(price),
        **DEPARTMENT,
        **changes,
    }


def visit_rows(
    mdtrt_id: str, batch: str = "PC0001", psn_no: str = ZHANG, rows: Rows = THREE_ROWS, first: int = 1, **changes: Any
) -> dict[str, Any]:
    """The input of 2204: one batch."""
    of_visit = {
        "mdtrt_id": mdtrt_id,
        "psn_no": psn_no,
        "chrg_bchno": batch,
        "rx_circ_flag": "0",
        "hosp_appr_flag": "0",
        **changes,
    }
    return {"feedetail": [fee(serial, row, **of_visit) for serial, row in enumerate(rows, start=first)]}


def stay_rows(
    mdtrt_id: str, psn_no: str = ZHANG, rows: Rows = THREE_ROWS, first: int = 1, med_type: str = "21", **changes: Any
) -> dict[str, Any]:
    """The input of 2301."""
    of_stay = {"mdtrt_id": mdtrt_id, "psn_no": psn_no, "med_type": med_type, **changes}
    return {"feedetail": [fee(serial, row, **of_stay) for serial, row in enumerate(rows, start=first)]}


def payment(mdtrt_id: str, total: Decimal | str, psn_no: str = ZHANG, **changes: Any) -> dict[str, Any]:
    """The fields that 2206, 2207, 2303 and 2304 share."""
    papers = credential(psn_no)
    del papers["psn_name"]
    return {
        "psn_no": psn_no,
        **papers,
        "medfee_sumamt": Decimal(total),
        "psn_setlway": "01",
        "mdtrt_id": mdtrt_id,
        "acct_used_flag": "1",
        "insutype": "310",
        **changes,
    }


def batch_trial(
    mdtrt_id: str, total: Decimal | str, batch: str = "PC0001", psn_no: str = ZHANG, **changes: Any
) -> dict[str, Any]:
    """The input of 2206."""
    names = {"psn_type": PAPERS[psn_no]["psn_type"], "psn_name": PAPERS[psn_no]["psn_name"]}
    return {"data": payment(mdtrt_id, total, psn_no, **{"med_type": "11", "chrg_bchno": batch, **names, **changes})}


def batch_settlement(
    mdtrt_id: str, tried: dict[str, Any], batch: str = "PC0001", psn_no: str = ZHANG, **changes: Any
) -> Any:
    """The input of 2207 after a trial."""
    sums = echo(tried)
    return {
        "data": payment(
            mdtrt_id, sums["medfee_sumamt"], psn_no, **{"med_type": "11", "chrg_bchno": batch, **sums, **changes}
        )
    }


def admission(psn_no: str = ZHANG, **changes: Any) -> dict[str, Any]:
    """The input of 2401 in the base edition; Hunan asks for ``HUNAN_STAY`` too."""
    papers = credential(psn_no)
    info = {
        "psn_no": psn_no,
        "insutype": "310",
        "begntime": "2026-11-11 10:00:00",
        "mdtrt_cert_type": papers["mdtrt_cert_type"],
        "mdtrt_cert_no": papers["mdtrt_cert_no"],
        "card_sn": papers["card_sn"],
        "certno": papers["certno"],
        "med_type": "21",
        "ipt_no": "ZY0001",
        "atddr_no": "D439900000001",
        "chfpdr_name": "测试医师",
        "adm_diag_dscr": "肺炎",
        "adm_dept_codg": "A03",
        "adm_dept_name": "内科",
        "adm_bed": "301-1",
        "dscg_maindiag_code": "J18.900",
        "dscg_maindiag_name": "肺炎",
        **changes,
    }
    return {"mdtrtinfo": info, "diseinfo": [diagnosis(psn_no=psn_no, maindiag_flag="1")]}


HUNAN_PLACES = {"insuplc_admdvs": "439900", "mdtrtarea_admvs": "439900"}
HUNAN_STAY = {"cert_type": "01", "med_type": "2101", **HUNAN_PLACES}


def stay_change(mdtrt_id: str, psn_no: str = ZHANG, **changes: Any) -> dict[str, Any]:
    """The input of 2403."""
    info = {
        "mdtrt_id": mdtrt_id,
        "psn_no": psn_no,
        "begntime": "2026-11-11 10:00:00",
        "mdtrt_cert_type": "03",
        "med_type": "21",
        "ipt_otp_no": "ZY0001",
        "atddr_no": "D439900000002",
        "chfpdr_name": "测试主任",
        "adm_diag_dscr": "肺炎",
        "adm_dept_codg": "A03",
        "adm_dept_name": "内科",
        "adm_bed": "302-2",
        "dscg_maindiag_code": "J18.900",
        "dscg_maindiag_name": "肺炎",
        **changes,
    }
    of_stay = {"mdtrt_id": mdtrt_id, "psn_no": psn_no, "maindiag_flag": "0"}
    return {"adminfo": info, "diseinfo": [diagnosis(2, **of_stay)]}


def discharge(mdtrt_id: str, psn_no: str = ZHANG, **changes: Any) -> dict[str, Any]:
    """The input of 2402."""
    info = {
        "mdtrt_id": mdtrt_id,
        "psn_no": psn_no,
        "insutype": "310",
        "endtime": "2026-11-21 09:00:00",
        "dscg_dept_codg": "A03",
        "dscg_dept_name": "内科",
        "dscg_way": "1",
        **changes,
    }
    of_stay = {"mdtrt_id": mdtrt_id, "psn_no": psn_no, "maindiag_flag": "1"}
    return {"dscginfo": info, "diseinfo": [diagnosis(1, **of_stay)]}


def stay_payment(mdtrt_id: str, total: Decimal | str, psn_no: str = ZHANG, **changes: Any) -> dict[str, Any]:
    """The input of 2303 and 2304 in the base edition."""
    names = {"psn_type": PAPERS[psn_no]["psn_type"], "psn_name": PAPERS[psn_no]["psn_name"]}
    return {"data": payment(mdtrt_id, total, psn_no, **{"mid_setl_flag": "0", **names, **changes})}


def named(mdtrt_id: str, psn_no: str = ZHANG, **more: Any) -> dict[str, Any]:
    """The input of the transactions that only name a visit."""
    return {"data": {"mdtrt_id": mdtrt_id, "psn_no": psn_no, **more}}


def begin_visit(desk: Counter, psn_no: str = ZHANG, number: str = "MZ0001") -> str:
    """Registers and describes a visit; gives its id."""
    mdtrt_id: str = desk.output("2201", registration(psn_no, ipt_otp_no=number))["data"]["mdtrt_id"]
    assert desk.call("2203", description(mdtrt_id, psn_no))["infcode"] == 0
    return mdtrt_id


def settle_batch(desk: Counter, mdtrt_id: str, batch: str = "PC0001", total: str = "78.60") -> dict[str, Any]:
    """Tries and settles an uploaded batch; gives setlinfo."""
    tried = desk.output("2206", batch_trial(mdtrt_id, total, batch))["setlinfo"]
    setlinfo: dict[str, Any] = desk.output("2207", batch_settlement(mdtrt_id, tried, batch))["setlinfo"]
    return setlinfo


def begin_stay(desk: Counter, psn_no: str = ZHANG, **changes: Any) -> str:
    """Admits a person; gives the id of the stay."""
    mdtrt_id: str = desk.output("2401", admission(psn_no, **changes))["result"]["mdtrt_id"]
    return mdtrt_id


def end_stay(desk: Counter, mdtrt_id: str, total: str, psn_no: str = ZHANG) -> dict[str, Any]:
    """Discharges a person and settles; gives setlinfo."""
    assert desk.call("2402", discharge(mdtrt_id, psn_no))["infcode"] == 0
    setlinfo: dict[str, Any] = desk.output("2304", stay_payment(mdtrt_id, total, psn_no))["setlinfo"]
    return setlinfo


def statement(total: str, fund: str, account: str, count: int, **changes: Any) -> dict[str, Any]:
    """The input of 3201 for the clinic's settlements of one day."""
    data = {
        "insutype": "310",
        "clr_type": "11",
        "setl_optins": "439900",
        "stmt_begndate": "2026-11-21",
        "stmt_enddate": "2026-11-21",
        "medfee_sumamt": Decimal(total),
        "fund_pay_sumamt": Decimal(fund),
        "acct_pay": Decimal(account),
        "fixmedins_setl_cnt": count,
        **changes,
    }
    return {"data": data}


def period(psn_no: str = ZHANG, **more: Any) -> dict[str, Any]:
    """The input of 5201 and 5303: November."""
    span = {"begntime": "2026-11-01 00:00:00", "endtime": "2026-11-30 23:59:59"}
    return {"data": {"psn_no": psn_no, **span, **more}}
