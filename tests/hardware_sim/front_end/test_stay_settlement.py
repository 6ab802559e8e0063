"""2303, 2304, 2305: what a stay comes to."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from .counter import Counter, counter, echo
from .desk import LI, ZHANG
from .figures import AMOUNTS, assert_identities
from .hospital import begin_stay, discharge, end_stay, named, stay_payment, stay_rows

FIVE_THOUSAND = (("XTEST0000000000000000A1", "1000", "5", "5000.00"),)


@pytest.fixture
def desk() -> Iterator[Counter]:
    with counter() as desk:
        yield desk


@pytest.fixture
def stay(desk: Counter) -> str:
    """Ten days with a bill of 5000.00, all of it eligible."""
    mdtrt_id = begin_stay(desk)
    desk.output("2301", stay_rows(mdtrt_id, rows=FIVE_THOUSAND))
    return mdtrt_id


def figures(info: dict[str, Any]) -> dict[str, str]:
    names = ("act_pay_dedc", "hifp_pay", "fund_pay_sumamt", "psn_part_amt", "acct_pay", "psn_cash_pay", "balc")
    return {name: str(info[name]) for name in names}


def test_a_first_stay_at_the_second_level_as_the_rules_have_it(desk: Counter, stay: str) -> None:
    """Vector Y-A02: deductible 600, then 83 % of 4400."""
    trial = desk.output("2303", stay_payment(stay, "5000.00"))
    assert_identities(trial)
    assert desk.booked() == []
    desk.call("2402", discharge(stay))
    message = desk.message("2304", stay_payment(stay, "5000.00", **echo(trial["setlinfo"])))
    settled = desk.send(message)["output"]
    assert_identities(settled)
    info = settled["setlinfo"]
    assert figures(info) == {
        "act_pay_dedc": "600.00",
        "hifp_pay": "3652.00",
        "fund_pay_sumamt": "3652.00",
        "psn_part_amt": "1348.00",
        "acct_pay": "1203.55",
        "psn_cash_pay": "144.45",
        "balc": "0.00",
    }
    assert {name: info[name] for name in AMOUNTS} == {name: trial["setlinfo"][name] for name in AMOUNTS}
    assert (info["clr_type"], info["med_type"], info["medins_setl_id"]) == ("21", "21", message["msgid"])
    counters = desk.counters()
    assert (counters.counts["local_admissions"], counters.amounts_fen["pool_paid"]) == (1, 365200)


def test_a_second_stay_of_the_year_has_a_lower_deductible(desk: Counter) -> None:
    mdtrt_id = begin_stay(desk, LI)
    desk.output("2301", stay_rows(mdtrt_id, LI, rows=FIVE_THOUSAND))
    info = end_stay(desk, mdtrt_id, "5000.00", LI)
    assert info["act_pay_dedc"] == 400
    assert desk.counters(LI).counts["local_admissions"] == 2


def test_a_stay_is_settled_for_good_only_after_the_discharge(desk: Counter, stay: str) -> None:
    assert "尚未办理出院" in desk.refusal("2304", stay_payment(stay, "5000.00"))
    assert desk.booked() == []


def test_a_stay_may_be_settled_in_the_middle_and_then_the_rest(desk: Counter, stay: str) -> None:
    first = desk.output("2304", stay_payment(stay, "5000.00", mid_setl_flag="1"))["setlinfo"]
    assert first["hifp_pay"] == 3652
    desk.output("2301", stay_rows(stay, first=2))
    rest = end_stay(desk, stay, "78.60")
    assert rest["medfee_sumamt"] == Decimal("78.60")
    assert "没有未结算的费用明细" in desk.refusal("2304", stay_payment(stay, "78.60"))
    assert "不能中途结算" in desk.refusal("2304", stay_payment(stay, "78.60", mid_setl_flag="1"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"medfee_sumamt": Decimal("4999.99")}, "medfee_sumamt(医疗费总额)与费用明细之和不一致"),
        ({"inscp_scp_amt": Decimal("4999.99")}, "inscp_scp_amt(符合政策范围金额)与预结算结果不一致"),
        ({"psn_no": LI}, "不是同一参保人员"),
        ({"mdtrt_id": "439900S0000000009999"}, "未找到入院登记记录"),
    ],
)
def test_a_settlement_that_does_not_fit_is_refused(
    desk: Counter, stay: str, changes: dict[str, Any], words: str
) -> None:
    desk.call("2402", discharge(stay))
    content = stay_payment(stay, "5000.00")
    content["data"].update(changes)
    assert words in desk.refusal("2304", content)
    assert desk.booked() == []


def test_a_trial_may_suppose_the_day_of_discharge(desk: Counter, stay: str) -> None:
    assert desk.call("2303", stay_payment(stay, "5000.00", dscgTime="2026-11-20"))["infcode"] == 0
    assert "早于入院时间" in desk.refusal("2303", stay_payment(stay, "5000.00", dscgTime="2026-11-10"))


def test_without_the_account_the_person_s_part_is_cash(desk: Counter, stay: str) -> None:
    desk.call("2402", discharge(stay))
    info = desk.output("2304", stay_payment(stay, "5000.00", acct_used_flag="0"))["setlinfo"]
    assert (info["acct_pay"], info["psn_cash_pay"], info["balc"]) == (0, 1348, Decimal("1203.55"))


def test_refunds_lower_what_is_settled(desk: Counter, stay: str) -> None:
    rows = (("XTEST0000000000000000A1", "1000", "-1", "-1000.00"),)
    desk.output("2301", stay_rows(stay, rows=rows, first=2, init_feedetl_sn="1"))
    info = end_stay(desk, stay, "4000.00")
    assert (info["inscp_scp_amt"], info["hifp_pay"]) == (4000, 2822)


def test_a_cancellation_gives_account_and_counters_back(desk: Counter, stay: str) -> None:
    before = desk.counters()
    settled = end_stay(desk, stay, "5000.00")
    output = desk.output("2305", named(stay, setl_id=settled["setl_id"]))
    assert_identities(output)
    for name in AMOUNTS:
        assert output["setlinfo"][name] == -settled[name]
    assert desk.balance_fen() == 120355
    after = desk.counters()
    assert after.counts["local_admissions"] == before.counts.get("local_admissions", 0)
    assert after.amounts_fen["pool_paid"] == before.amounts_fen.get("pool_paid", 0)
    assert desk.output("2304", stay_payment(stay, "5000.00"))["setlinfo"]["hifp_pay"] == 3652


def test_after_a_cancellation_everything_can_be_undone(desk: Counter, stay: str) -> None:
    settled = end_stay(desk, stay, "5000.00")
    desk.output("2305", named(stay, setl_id=settled["setl_id"]))
    everything = {"data": [{"mdtrt_id": stay, "psn_no": ZHANG, "feedetl_sn": "0000"}]}
    for infno, content in (("2405", named(stay)), ("2302", everything), ("2404", named(stay))):
        assert desk.call(infno, content)["infcode"] == 0


def test_a_stay_belongs_to_the_year_of_the_discharge(desk: Counter, stay: str) -> None:
    desk.set_clock("2027-01-02T08:00:00+08:00")
    desk.call("2402", discharge(stay, endtime="2027-01-02 07:30:00"))
    info = desk.output("2304", stay_payment(stay, "5000.00"))["setlinfo"]
    assert info["act_pay_dedc"] == 600
    assert (desk.counters().year, desk.counters().counts["local_admissions"]) == (2027, 1)
