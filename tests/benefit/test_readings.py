"""Each disputed reading of the sources is one change of a policy file, and the bill comes out as that reading says."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pos_client.benefit import Bill, Counters, Split, split
from tests.benefit.bills import approval, bill, counters, line, person, stay, visit
from tests.benefit.policies import changed

JIANGSU = "jiangsu-city/2004-01-01"
YIZHENG = "yizheng/2010-01-01"
COUNTY = "county001/2005-01-01"
RELIEF_CAP = 'cap = { on = "fund_paid", amount = 70000 }'


def under(folder: Path, name: str, drawn: Bill, *changes: tuple[str, str]) -> Split:
    library = changed(folder, name, *changes)
    return split(library.pick_for(name.split("/")[0], drawn.event), drawn)


def in_2004(price: str, *, category: str = "active", **amounts_fen: int) -> Bill:
    event = stay(line(price), admit=date(2004, 5, 4), discharge=date(2004, 5, 14))
    return bill(event, who=person(category=category), before=counters(year=2004, **amounts_fen))


def test_a01_the_faulty_software_took_the_pools_limit_for_expense(tmp_path: Path) -> None:
    reading = ('cap = { on = "fund_paid", amount = 21000 }', 'cap = { on = "eligible_expense", amount = 21000 }')

    assert under(tmp_path, JIANGSU, in_2004("25000.00"), reading).patient_total_fen == 313800


def test_a04_reliefs_limit_as_expense_in_the_layer_pays_56000(tmp_path: Path) -> None:
    reading = (RELIEF_CAP, 'cap = { on = "layer_expense", amount = 70000 }\nreached_counter = "relief_reached"')

    result = under(tmp_path, JIANGSU, in_2004("150000.00", relief_reached=0), reading)

    assert result.fund_pay_fen == {"pool": 2100000, "relief": 5600000}
    assert result.counters_after.amounts_fen["relief_reached"] == 7000000


def test_a04_reliefs_limit_as_a_place_on_the_axis(tmp_path: Path) -> None:
    reading = (RELIEF_CAP, 'cap = { on = "eligible_expense", amount = 70000 }')

    result = under(tmp_path, JIANGSU, in_2004("150000.00"), reading)

    assert result.slices[-1].to_fen == 7000000
    assert result.above_limits_fen == 8000000


def test_a05_no_relief_for_pensioners_in_the_relief_layer(tmp_path: Path) -> None:
    factor = 'self_pay_factor = [{ when = { category = "retired" }, value = 70 }, { value = 100 }]\n'
    reading = (f"deductible = [{{ value = 0 }}]\n{factor}", "deductible = [{ value = 0 }]\n")

    result = under(tmp_path, JIANGSU, in_2004("90000.00", category="retired"), reading)

    assert [str(piece.percent) for piece in result.slices] == ["87.4", "93", "95.1", "80"]


def test_a07_the_deductible_falls_only_once(tmp_path: Path) -> None:
    once = (
        "step = -100\nfloor = [{ when = { level = 2 }, value = 400 }, { value = 0 }]",
        "factors = [100, 80]",
    )

    result = under(tmp_path, YIZHENG, bill(stay(line("3000.00")), before=counters(local_admissions=4)), once)

    assert result.deductible_fen == 48000


def test_a15_the_account_stays_open_in_lapse(tmp_path: Path) -> None:
    lapsed = person(first_unpaid_month=date(2009, 4, 1), renewed_on=date(2010, 8, 1))
    drawn = bill(visit(line("80.00")), who=lapsed, before=counters(balance_fen=9000))

    open_account = ("[state.lapsed]\nfund = false\naccount = false", "[state.lapsed]\nfund = false\naccount = true")
    assert under(tmp_path, YIZHENG, drawn, open_account).account_pay_fen == 8000


@pytest.mark.parametrize(("approved", "share_fen"), [(date(2010, 5, 7), 15000), (date(2010, 5, 8), 0)])
def test_a19_emergency_examinations_approved_within_three_days(tmp_path: Path, approved: date, share_fen: int) -> None:
    reading = (
        'signers = ["attending doctor", "bureau"]\n',
        'signers = ["attending doctor", "bureau"]\nemergency_days = 3\n',
    )
    examined = line("300.00", kind="exam", approval=approval(approved, emergency=True))

    result = under(tmp_path, YIZHENG, bill(visit(examined, type="special_exam")), reading)

    assert result.fund_total_fen == share_fen


def test_a30_an_insured_year_from_july(tmp_path: Path) -> None:
    june = bill(
        stay(line("5000.00"), admit=date(2010, 6, 1), discharge=date(2010, 6, 30)),
        before=counters(year=2009, inpatient_eligible=500000),
    )
    july = bill(
        stay(line("5000.00"), admit=date(2010, 6, 1), discharge=date(2010, 7, 1)),
        before=counters(year=2009, inpatient_eligible=500000),
    )
    reading = ('year_starts = "01-01"', 'year_starts = "07-01"')

    assert under(tmp_path, YIZHENG, june, reading).slices[0].from_fen == 560000
    assert under(tmp_path, YIZHENG, july, reading).slices[0].from_fen == 60000


def test_a36_pensioners_bear_seventy_percent_of_the_deductible(tmp_path: Path) -> None:
    reading = (
        "amount = [{ when = { level = 2",
        'amount = [{ when = { category = "retired", level = 2, place = "local" }, value = 280 }, { when = { level = 2',
    )

    assert under(tmp_path, JIANGSU, in_2004("3000.00", category="retired"), reading).deductible_fen == 28000
    assert under(tmp_path, JIANGSU, in_2004("3000.00"), reading).deductible_fen == 40000


def test_a37_pensioners_bear_a_smaller_first_share(tmp_path: Path) -> None:
    drugs = '[[items.class_b]]\nwhen = { kind = "drug" }'
    pensioners = '[[items.class_b]]\nwhen = { kind = "drug", category = "retired" }\npre_self_pay = 10.5\n'
    reading = (drugs, pensioners + drugs)
    event = stay(line("1000.00", cls="B"), admit=date(2004, 5, 4), discharge=date(2004, 5, 14))

    for category, first_share_fen in (("retired", 10500), ("active", 15000)):
        drawn = bill(event, who=person(category=category), before=counters(year=2004))
        assert under(tmp_path, JIANGSU, drawn, reading).pre_self_pay_fen == first_share_fen


def test_a38_one_deductible_a_year(tmp_path: Path) -> None:
    second_stay = in_2004("3000.00", inpatient_eligible=10000)

    assert under(tmp_path, JIANGSU, second_stay, ('per = "admission"', 'per = "year"')).deductible_fen == 30000


def test_a39_the_account_stays_closed_until_six_months_after_the_renewal(tmp_path: Path) -> None:
    renewed = person(first_unpaid_month=date(2009, 4, 1), renewed_on=date(2010, 4, 1), arrears_paid=True)
    drawn = bill(visit(line("80.00")), who=renewed, before=counters(balance_fen=9000))

    result = under(tmp_path, YIZHENG, drawn, ('wait_state = "waiting"', 'wait_state = "lapsed"'))

    assert (result.entitlement, result.account_pay_fen) == ("lapsed", 0)


def test_a42_stays_out_of_the_county_at_the_bureau(tmp_path: Path) -> None:
    reading = (
        'settle_at = "pos"                          #',
        'settle_at = [{ when = { place = "out" }, value = "bureau" }, { value = "pos" }] #',
    )
    given = {"admission_approval": approval(date(2010, 5, 4)), "transfer_approval": approval(date(2010, 5, 3))}
    before = Counters(
        year=2010,
        amounts_fen={"inpatient_eligible": 0, "pool_paid": 0},
        counts={"admissions": 0},
        account_balance_fen=0,
    )
    event = stay(line("5000.00"), place="out", approvals=given)

    assert under(tmp_path, COUNTY, bill(event, before=before, pool_pct="80"), reading).mode == "bureau"


def test_a43_half_of_the_price_before_the_first_share(tmp_path: Path) -> None:
    reading = ('base = "eligible"', 'base = "in_limit"')
    examined = line(
        "400.00", kind="exam", cls="B", pre_self_pay_percent=Decimal(10), approval=approval(date(2010, 5, 3))
    )

    result = under(tmp_path, YIZHENG, bill(visit(examined, type="special_exam")), reading)

    assert (result.fund_total_fen, result.patient_total_fen) == (20000, 20000)


def test_a44_nothing_above_the_ceilings_from_the_account(tmp_path: Path) -> None:
    reading = (
        'account_pays = ["deductible", "copay", "pre_self_pay", "above_limits"]\nsettle_at = [',
        'account_pays = ["deductible", "copay", "pre_self_pay"]\nsettle_at = [',
    )
    event = stay(line("1000.00"), use_account=True)
    before = counters(balance_fen=900000, inpatient_eligible=25200000, local_admissions=3)

    assert under(tmp_path, YIZHENG, bill(event, before=before), reading).account_pay_fen == 40000
