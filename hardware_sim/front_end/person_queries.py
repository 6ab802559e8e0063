"""1101 who is this, 2001 what may the person use, 5206 what has been counted this year."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import Connection

from pos_client.money import yuan_decimal

from . import register
from .assessment import Entitlement
from .credentials import CITIZEN, check_papers, holder_of
from .message import Request
from .office import Office, Output
from .refusal import Refusal
from .region import COUNTER_CODES, COUNTS
from .register import NORMAL, PAUSED, Insured
from .shaping import shape, shape_rows

_FUND_CHECK = "01"
_MONTH = re.compile(r"[0-9]{4}(0[1-9]|1[0-2])")
_POOL, _ACCOUNT, _LARGE_AMOUNT = "310100", "310200", "330100"


def identify(office: Office, connection: Connection, request: Request) -> Output:
    """1101: the person of a voucher (01), identity number (02) or card (03), with insurance and account balance."""
    row = request.node("data")
    person = holder_of(connection, row, office.clock.now())
    check_papers(row, person)
    insurance = {
        "balc": yuan_decimal(person.balance_fen),
        "insutype": person.insutype,
        "psn_type": person.psn_type,
        "psn_insu_stas": person.insured_status,
        "psn_insu_date": person.insured_since.isoformat(),
        "paus_insu_date": None if person.paused_since is None else person.paused_since.isoformat(),
        "cvlserv_flag": "1" if person.civil_servant else "0",
        "insuplc_admdvs": person.area,
        "emp_name": person.employer,
    }
    return {
        "baseinfo": shape(office, "1101", "baseinfo", base_facts(person, office.clock.today())),
        "insuinfo": shape_rows(office, "1101", "insuinfo", [insurance]),
        "idetinfo": [],
    }


def base_facts(person: Insured, today: date) -> dict[str, object]:
    """The facts that 1101 and every settlement repeat."""
    return {
        "psn_no": person.psn_no,
        "psn_cert_type": CITIZEN,
        "certno": person.id_number,
        "psn_name": person.name,
        "gend": person.sex,
        "naty": person.nation,
        "brdy": person.born_on.isoformat(),
        "age": age_in_years(person.born_on, today),
        "exp_content": "",
    }


def age_in_years(born_on: date, today: date) -> Decimal:
    """The age with one decimal (N4,1), half up: 36.9 some weeks before the thirty-seventh birthday."""
    days = (today - born_on).days
    return (Decimal(days) / Decimal("365.25")).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def insured_person(connection: Connection, request: Request, psn_no: str, *, lock: bool = False) -> Insured:
    """The person whom a message names, checked against its place of insurance.

    Raises:
        Refusal: no such person, or the message names another place of insurance.
    """
    person = register.by_psn_no(connection, psn_no, lock=lock)
    if request.insured_area != person.area:
        raise Refusal("报文头字段insuplc_admdvs(参保地医保区划)与该人员的参保地不一致")
    return person


def check_scheme(person: Insured, insutype: str) -> None:
    """Refuses a scheme in which the person is not insured."""
    if insutype != person.insutype:
        raise Refusal("该人员未参加字段insutype(险种类型)所填的险种")


def check_entitlement(office: Office, connection: Connection, request: Request) -> Output:
    """2001: one row a fund, entitled or not, since when, and why not."""
    row = request.node("data")
    person = insured_person(connection, request, row.text("psn_no"))
    check_scheme(person, row.text("insutype"))
    if row.text("fixmedins_code") != request.institution_code:
        raise Refusal("节点data字段fixmedins_code(定点医药机构编号)与报文头不一致")
    on = date.fromisoformat(row.text("begntime")[:10])
    rows = _trtinfo(person, entitlement_of(office, person, on))
    return {"trtinfo": shape_rows(office, "2001", "trtinfo", rows)}


def entitlement_of(office: Office, person: Insured, on: date) -> Entitlement:
    """What the person may use: by the register's status first, then by the rules."""
    if person.insured_status not in {NORMAL, PAUSED}:
        return Entitlement(state="not_insured", pool=False, account=False, pool_since=person.insured_since)
    return office.assessor.entitlement(person, on)


def _trtinfo(person: Insured, entitlement: Entitlement) -> Iterator[dict[str, object]]:
    rows = (
        (_POOL, entitlement.pool, entitlement.pool_since),
        (_ACCOUNT, entitlement.account, person.insured_since),
        (_LARGE_AMOUNT, entitlement.pool, entitlement.pool_since),
    )
    for fund_pay_type, entitled, since in rows:
        yield {
            "psn_no": person.psn_no,
            "trt_chk_type": _FUND_CHECK,
            "fund_pay_type": fund_pay_type,
            "trt_enjymnt_flag": "1" if entitled else "0",
            "begndate": since.isoformat(),
            "trt_chk_rslt": "待遇正常" if entitled else why_not(entitlement),
            "exp_content": "",
        }


def refuse_without_entitlement(office: Office, person: Insured, on: date) -> None:
    """Refuses a person who may use nothing that day.

    Raises:
        Refusal: neither pool nor account is open, with the reason.
    """
    entitlement = entitlement_of(office, person, on)
    if not (entitlement.pool or entitlement.account):
        raise Refusal(f"{why_not(entitlement)},不能进行医保结算")


def why_not(entitlement: Entitlement) -> str:
    """Why a fund is closed to the person, in words for ``trt_chk_rslt``."""
    match entitlement.state:
        case "waiting":
            return f"在等待期内,{entitlement.pool_since.isoformat()}起享受统筹待遇"
        case "lapsed":
            return "参保已暂停,停止享受医疗保险待遇"
        case "not_insured":
            return "参保状态不是正常参保,不享受医疗保险待遇"
        case _:
            return "按现行政策不享受该项待遇"


def count_year(office: Office, connection: Connection, request: Request) -> Output:
    """5206: the counters of the present year, under this region's codes; nothing for a month of another year."""
    row = request.node("data")
    person = insured_person(connection, request, row.text("psn_no"))
    today = office.clock.today()
    month = row.text("cum_ym") or today.strftime("%Y%m")
    if not _MONTH.fullmatch(month):
        raise Refusal("节点data字段cum_ym(累计年月)的格式应为yyyyMM")
    if month[:4] != str(today.year):
        return {"cuminfo": []}
    return {"cuminfo": shape_rows(office, "5206", "cuminfo", _cuminfo(person, today.year, month))}


def _cuminfo(person: Insured, year: int, month: str) -> Iterator[dict[str, object]]:
    counters = person.counters.in_year(year)
    for code, name in COUNTER_CODES.items():
        if name in COUNTS:
            value = Decimal(counters.counts.get(name, 0))
        else:
            value = yuan_decimal(counters.amounts_fen.get(name, 0))
        yield {
            "insutype": person.insutype,
            "year": str(year),
            "cum_ym": month,
            "cum_type_code": code,
            "cum": value,
        }
