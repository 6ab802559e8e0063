"""3201: the totals of a period, the institution's held against the bureau's (protocol 5.7)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection, Select, bindparam, func, select, update

from pos_client.money import fen_of_yuan, yuan

from . import settlements as booked
from .ledger import settlements
from .message import Request, Row
from .office import Office, Output
from .refusal import Refusal
from .region import AREA
from .shaping import shape

_EQUAL, _DIFFERENT = "0", "1"
_REFUNDS_EXCLUDED: Final = "0"

_COUNTED: Final = (
    settlements.c.institution_code == bindparam("institution"),
    settlements.c.insutype == bindparam("insutype"),
    settlements.c.clr_type == bindparam("clr_type"),
    settlements.c.reconciled_on.between(bindparam("begin"), bindparam("end")),
    settlements.c.reversed.is_(False),
)
_FIGURES: Final = (settlements.c.medfee_sumamt_fen, settlements.c.fund_pay_sumamt_fen, settlements.c.acct_pay_fen)
_SUMS = select(func.count(), *(func.coalesce(func.sum(figure), 0) for figure in _FIGURES)).where(*_COUNTED)
_LAST = (
    select(settlements.c.setl_id, *_FIGURES)
    .where(*_COUNTED)
    .order_by(settlements.c.setl_time.desc(), settlements.c.setl_id.desc())
    .limit(1)
)
_IN_FORCE: Final = (settlements.c.kind == booked.SETTLE, settlements.c.voided.is_(False))
#: Sums and last record, by whether refunds are among them.
_QUERIES: Final = {True: (_SUMS, _LAST), False: (_SUMS.where(*_IN_FORCE), _LAST.where(*_IN_FORCE))}
_SHIFT = update(settlements).where(settlements.c.setl_id == bindparam("which")).values(reconciled_on=bindparam("day"))


@dataclass(frozen=True, slots=True)
class _Totals:
    """Number of settlements and their sums in fen."""

    count: int
    total_fen: int
    fund_fen: int
    account_fen: int

    def plus(self, other: "_Totals", times: int) -> "_Totals":
        return _Totals(
            self.count + times * other.count,
            self.total_fen + times * other.total_fen,
            self.fund_fen + times * other.fund_fen,
            self.account_fen + times * other.account_fen,
        )


def compare_totals(office: Office, connection: Connection, request: Request) -> Output:
    """3201: equal or not, and which figure is not.

    Settlements count on the day of their own settlement time. A cancelled settlement and its cancellation are two
    records that come to nothing; refund flag 0 leaves both out. What was reversed is no record.

    Raises:
        Refusal: a period that ends before it begins.
    """
    row = request.node("data")
    begin, end = row.text("stmt_begndate"), row.text("stmt_enddate")
    if end < begin:
        raise Refusal("节点data字段stmt_enddate(对账结束日期)早于stmt_begndate(对账开始日期)")
    flag = row.text("refd_setl_flag") or row.text("fixmedins_refd_setl_flag")
    ours = _totals(office, connection, request, row, with_refunds=flag != _REFUNDS_EXCLUDED)
    theirs = _Totals(
        int(row.number("fixmedins_setl_cnt")),
        *(fen_of_yuan(row.number(name)) for name in ("medfee_sumamt", "fund_pay_sumamt", "acct_pay")),
    )
    result = {
        "setl_optins": row.text("setl_optins"),
        "stmt_rslt": _EQUAL if ours == theirs else _DIFFERENT,
        "stmt_rslt_dscr": _words(ours, theirs),
    }
    return {"stmtinfo": shape(office, "3201", "stmtinfo", result)}


def _totals(office: Office, connection: Connection, request: Request, row: Row, *, with_refunds: bool) -> _Totals:
    """The bureau's totals, wrong where a fault makes them so."""
    if row.text("setl_optins") != AREA:
        return _Totals(0, 0, 0, 0)
    asked = {
        "institution": request.institution_code,
        "insutype": row.text("insutype"),
        "clr_type": row.text("clr_type"),
        "begin": row.text("stmt_begndate"),
        "end": row.text("stmt_enddate"),
    }
    sums, last = _QUERIES[with_refunds]
    totals = _Totals(*map(int, connection.execute(sums, asked).one()))
    return totals if totals.count == 0 else _faulty(office, connection, totals, last, asked)


def _faulty(
    office: Office,
    connection: Connection,
    totals: _Totals,
    query: Select[str, int, int, int],
    asked: dict[str, str],
) -> _Totals:
    setl_id, total_fen, fund_fen, account_fen = connection.execute(query, asked).one()
    last = _Totals(1, total_fen, fund_fen, account_fen)
    if office.faults.take("recon_missing", "3201"):
        totals = totals.plus(last, -1)
    if office.faults.take("recon_extra", "3201"):
        totals = totals.plus(last, 1)
    if office.faults.take("recon_shifted", "3201"):  # for good: tomorrow it is counted there
        next_day = date.fromisoformat(asked["end"]) + timedelta(days=1)
        connection.execute(_SHIFT, {"which": setl_id, "day": next_day.isoformat()})
        totals = totals.plus(last, -1)
    return totals


def _words(ours: _Totals, theirs: _Totals) -> str:
    figures = (
        ("笔数", str(ours.count), str(theirs.count)),
        ("医疗费总额", yuan(ours.total_fen), yuan(theirs.total_fen)),
        ("基金支付总额", yuan(ours.fund_fen), yuan(theirs.fund_fen)),
        ("个人账户支付", yuan(ours.account_fen), yuan(theirs.account_fen)),
    )
    different = [f"{name}中心{ours},医药机构{theirs}" for name, ours, theirs in figures if ours != theirs]
    return f"总账不平:{';'.join(different)}" if different else "总账平"
