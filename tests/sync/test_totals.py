"""The bureau's totals: ours are told with all they hold, and only its agreement is agreement."""

from decimal import Decimal

import pytest

from pos_client.sync.envelope import UnreadableError
from pos_client.sync.totals import TotalsAnswer, read_totals, totals_request

from .messages import TOTALS, answer_of, region_of


def test_totals_are_told_with_their_cancellations() -> None:
    told = {edition: totals_request(region_of(edition), TOTALS).input["data"] for edition in ("base", "hunan")}
    expected = {
        "insutype": "310", "clr_type": "11", "setl_optins": "439900",
        "stmt_begndate": "2026-11-21", "stmt_enddate": "2026-11-21", "medfee_sumamt": Decimal("78.60"),
        "fund_pay_sumamt": Decimal("0.00"), "acct_pay": Decimal("63.60"), "fixmedins_setl_cnt": 1,
        "refd_setl_flag": "1",
    }  # fmt: skip
    assert told == {"base": expected, "hunan": expected | {"fixmedins_refd_setl_flag": "1"}}


@pytest.mark.parametrize(
    ("result", "agrees"), [("0", True), (0, True), ("000000", True), ("1", False), (3, False), ("100000", False)]
)
def test_only_zero_is_agreement(result: object, agrees: bool) -> None:
    info = {"setl_optins": "439900", "stmt_rslt": result, "stmt_rslt_dscr": "总账不平"}
    assert read_totals(answer_of({"stmtinfo": info}), agency="439900") == TotalsAnswer(agrees, "总账不平")


def test_a_result_needs_no_sentence() -> None:
    assert read_totals(answer_of({"stmtinfo": [{"stmt_rslt": "1"}]})) == TotalsAnswer(False, "")


@pytest.mark.parametrize(
    "output",
    [
        {},
        {"stmtinfo": {"stmt_rslt": ""}},
        {"stmtinfo": {"stmt_rslt_dscr": "平"}},
        {"stmtinfo": {"stmt_rslt": "0", "setl_optins": "439901"}},
    ],
)
def test_without_a_result_of_this_agency_nothing_agrees(output: object) -> None:
    with pytest.raises(UnreadableError):
        read_totals(answer_of(output), agency="439900")
