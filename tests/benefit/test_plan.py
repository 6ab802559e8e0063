from datetime import date
from pathlib import Path

import pytest

from pos_client.benefit import split
from tests.benefit.bills import bill, counters, line, person, stay, visit
from tests.benefit.policies import changed, yizheng


def test_a_benefit_that_does_not_apply_gives_way_with_its_reason() -> None:
    result = split(yizheng(), bill(visit(line("80.00"), type="chronic"), who=person(chronic_approved=False)))

    assert (result.reasons, result.fund_total_fen, result.slices) == (("CHRONIC_NOT_APPROVED",), 0, ())


def test_whether_a_benefit_applies_must_be_known() -> None:
    result = split(yizheng(), bill(visit(line("80.00"), type="chronic")))

    assert (result.reasons, result.details) == (("FACT_UNKNOWN",), ("chronic_approved",))


def test_a_person_who_waits_is_not_asked_whether_the_benefit_applies() -> None:
    waiting = person(first_contribution=date(2010, 4, 1))

    assert split(yizheng(), bill(visit(line("80.00"), type="chronic"), who=waiting)).entitlement == "waiting"


def test_where_a_bill_is_settled_must_be_said(tmp_path: Path) -> None:
    library = changed(
        tmp_path,
        "yizheng/2010-01-01",
        ('kind = "account_only"\naccount_pays = ["copay", "pre_self_pay"]\nsettle_at = "pos"',
         'kind = "account_only"\naccount_pays = ["copay", "pre_self_pay"]\nsettle_at = "unset"'),
    )  # fmt: skip

    result = split(library.pick("yizheng", date(2010, 5, 4)), bill(visit(line("80.00"))))

    assert result.reasons == ("NO_RULE_PLACE_OF_SETTLEMENT",)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("pay = 85\n", 'pay = "unset"\n'), "NO_RULE_SEGMENTS"),
        (
            (
                'cap = { on = "eligible_expense", amount = 250000 }\n',
                'cap = { on = "eligible_expense", amount = "unset" }\n',
            ),
            "NO_RULE_CAP",
        ),
        (("step = -100\n", 'step = "unset"\n'), "NO_RULE_DEDUCTIBLE"),
    ],
)
def test_a_figure_of_the_benefit_that_is_missing_holds_even_a_small_bill(
    tmp_path: Path, change: tuple[str, str], reason: str
) -> None:
    changes = [change, ("to = 250000\npay = 90", "pay = 90")] if reason == "NO_RULE_CAP" else [change]
    library = changed(tmp_path, "yizheng/2010-01-01", *changes)

    result = split(library.pick("yizheng", date(2010, 5, 4)), bill(stay(line("10.00")), before=counters()))

    assert (result.status, result.reasons) == ("hold", (reason,))


def test_a_condition_on_an_unknown_fact_holds_where_it_decides(tmp_path: Path) -> None:
    library = changed(
        tmp_path, "yizheng/2010-01-01", ("exempt = [{ treatment =", "exempt = [{ civil_servant = true }, { treatment =")
    )

    result = split(library.pick("yizheng", date(2010, 5, 4)), bill(stay(line("10.00"))))

    assert result.details == ("civil_servant",)
