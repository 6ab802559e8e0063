"""Whether the bureau's totals of a period are ours (3201)."""

from dataclasses import dataclass
from datetime import date

from pos_client.money import yuan_decimal
from pos_client.sync.envelope import Answer, Request, UnreadableError, node
from pos_client.sync.fields import known_to
from pos_client.sync.region import Region

COMPARE = "3201"
#: Our totals hold cancellations too: a cancelled pair nets to zero and counts two (protocol, 5.7).
_WITH_CANCELLATIONS = "1"


@dataclass(frozen=True, slots=True)
class Totals:
    """Our totals of one group of settlements, by the bureau's settlement time, both days included.

    Scheme, clearing type and agency are those of the settlements' own answers. Cancellations belong to them: their
    amounts are negative and each counts one, on the day on which it was booked itself.
    """

    insurance_type: str
    clearing_type: str
    agency: str
    begin: date
    end: date
    total_fen: int
    fund_fen: int
    account_fen: int
    count: int


@dataclass(frozen=True, slots=True)
class TotalsAnswer:
    """What the bureau says to our totals; ``said`` is its own sentence and may be empty."""

    agrees: bool
    said: str


def totals_request(region: Region, totals: Totals, place_of_insurance: str = "") -> Request:
    """The input of 3201 (protocol, 3.7 and 5.7)."""
    data = {
        "insutype": totals.insurance_type,
        "clr_type": totals.clearing_type,
        "setl_optins": totals.agency,
        "stmt_begndate": totals.begin.isoformat(),
        "stmt_enddate": totals.end.isoformat(),
        "medfee_sumamt": yuan_decimal(totals.total_fen),
        "fund_pay_sumamt": yuan_decimal(totals.fund_fen),
        "acct_pay": yuan_decimal(totals.account_fen),
        "fixmedins_setl_cnt": totals.count,
        "refd_setl_flag": _WITH_CANCELLATIONS,
        "fixmedins_refd_setl_flag": _WITH_CANCELLATIONS,
    }
    return Request(COMPARE, {"data": known_to(region, COMPARE, "data", data)}, place_of_insurance)


def read_totals(answer: Answer, *, agency: str = "") -> TotalsAnswer:
    """Reads the answer of 3201: 0 (Hubei: 000000) is agreement, every other result is none.

    Raises:
        UnreadableError: there is no result, or it is another agency's.
    """
    info = node(answer.output, "stmtinfo")
    found = info.get("stmt_rslt")
    result = "" if found is None else str(found).strip()
    if not result:
        raise UnreadableError("stmtinfo without stmt_rslt")
    if agency and str(info.get("setl_optins") or agency) != agency:
        raise UnreadableError("not the answer to this message: setl_optins")
    return TotalsAnswer(agrees=not result.strip("0"), said=str(info.get("stmt_rslt_dscr") or ""))
