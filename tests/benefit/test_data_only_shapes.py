"""Shapes that no shipped policy has: data makes them, no line of code knows their figures."""

from datetime import date
from pathlib import Path

import pytest

from pos_client.benefit import Approval, Bill, Counters, Policy, Split, explain, split
from pos_client.phrase import Language
from tests.benefit.bills import bill, counters, line, person, stay
from tests.benefit.policies import changed

JIANGSU = "jiangsu-city/2004-01-01"
BY_YEARS_INSURED = (
    "deductible = [{ value = 0 }]",
    """reached_counter = "relief_reached"
deductible = [{ when = { insured_years = { max = 4 } }, value = 1000 }, { value = 0 }]""",
)
CIVIL_SERVANTS = (
    '[[assumption]]\nkey = "benefit.inpatient.layer.relief.cap"',
    """[[benefit.supplement]]
fund = "civil_servant"
when = { civil_servant = true }
base = "copay"
pay = 50
paid_counter = "civil_paid"
cap = { on = "fund_paid", amount = 5000 }

[[assumption]]
key = "benefit.inpatient.layer.relief.cap\"""",
)


def policy(folder: Path) -> Policy:
    return changed(folder, JIANGSU, BY_YEARS_INSURED, CIVIL_SERVANTS).pick("jiangsu-city", date(2004, 5, 4))


def drawn(price: str, *, insured_since: int = 1995, civil_servant: bool | None = False, **amounts_fen: int) -> Bill:
    who = person(first_contribution=date(insured_since, 5, 4), civil_servant=civil_servant)
    event = stay(line(price), admit=date(2004, 5, 4), discharge=date(2004, 5, 14))
    known = {"relief_reached": 0, "civil_paid": 0} | amounts_fen
    return bill(event, who=who, before=counters(year=2004, **known))


def copay(result: Split) -> int:
    return sum(piece.to_fen - piece.from_fen - piece.pays_fen for piece in result.slices)


@pytest.mark.parametrize(("insured_since", "relief_fen"), [(2000, 38882), (1999, 118882)])
def test_reliefs_self_pay_base_falls_with_the_years_insured(
    tmp_path: Path, insured_since: int, relief_fen: int
) -> None:
    result = split(policy(tmp_path), drawn("25000.00", insured_since=insured_since))

    assert result.fund_pay_fen["relief"] == relief_fen
    assert result.counters_after.amounts_fen["relief_reached"] == 148602


def test_the_self_pay_base_is_borne_once_a_year(tmp_path: Path) -> None:
    rules = policy(tmp_path)
    second = drawn("5000.00", insured_since=2002, inpatient_eligible=2400000, pool_paid=2100000, relief_reached=60000)

    result = split(rules, second)

    assert result.layer_deductible_fen == {"relief": 40000}
    assert result.deductible_fen == 80000
    assert result.fund_pay_fen["relief"] == (500000 - 80000) * 80 // 100


def test_a_civil_servant_gets_half_of_the_copay_back_up_to_the_limit(tmp_path: Path) -> None:
    rules = policy(tmp_path)

    small = split(rules, drawn("3000.00", civil_servant=True))
    large = split(rules, drawn("111013.98", civil_servant=True))

    assert small.fund_pay_fen == {"pool": 213200, "relief": 0, "civil_servant": 23400}
    assert small.patient_total_fen == 40000 + 23400
    assert large.fund_pay_fen["civil_servant"] == 500000
    assert large.counters_after.amounts_fen["civil_paid"] == 500000


def test_nobody_else_gets_it_and_nobody_is_taken_for_a_civil_servant(tmp_path: Path) -> None:
    rules = policy(tmp_path)

    assert split(rules, drawn("3000.00")).fund_pay_fen["civil_servant"] == 0
    assert split(rules, drawn("3000.00", civil_servant=None)).details == ("civil_servant",)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_are_explained(tmp_path: Path, language: Language) -> None:
    rules = policy(tmp_path)
    whole = drawn("25000.00", insured_since=2002, civil_servant=True)
    capped = drawn("111013.98", civil_servant=True)

    said = {key: text for key, text, _ in explain(rules, whole, split(rules, whole), language)}
    limited = {key: text for key, text, _ in explain(rules, capped, split(rules, capped), language)}

    assert "1,000.00" in said["deductible.relief"]
    assert "50" in said["supplement.civil_servant"]
    assert "5,000.00" in limited["supplement.civil_servant"]


def test_segments_of_each_stay_alone_count_no_expense_of_the_year(tmp_path: Path) -> None:
    library = changed(tmp_path, "county001/2005-01-01", ('axis_period = "year"', 'axis_period = "event"'))
    policy = library.pick("county001", date(2010, 5, 14))
    before = Counters(year=2010, amounts_fen={"pool_paid": 0}, counts={"admissions": 0}, account_balance_fen=0)
    event = stay(line("5000.00"), approvals={"admission_approval": Approval(date=date(2010, 5, 4))})

    result = split(policy, bill(event, before=before, pool_pct="80"))

    assert (result.status, result.deductible_fen, result.fund_total_fen) == ("settled", 60000, 352000)
    assert "inpatient_eligible" not in result.counters_after.amounts_fen
