"""A figure is found under the name that people give it."""

from datetime import date
from typing import Any

from pos_client.benefit.policy_keys import figures_of, plain_key, select
from tests.benefit.policies import SHIPPED, yizheng

YIZHENG = figures_of(yizheng().document).values


def test_benefits_and_layers_go_by_their_names_and_segments_by_their_numbers() -> None:
    assert YIZHENG["benefit.inpatient.layer.pool.cap.amount"] == "40000"
    assert YIZHENG["benefit.inpatient.layer.pool.segment[2].to"] == "20000"


def test_rows_go_by_their_conditions_and_the_last_one_by_a_star() -> None:
    assert YIZHENG["benefit.inpatient.deductible.amount[category=active, level=2]"] == "600"
    assert YIZHENG["benefit.inpatient.layer.pool.segment[1].pay[*]"] == "83"
    assert YIZHENG["benefit.chronic.layer.pool.segment[1].pay[age=…45]"] == "60"


def test_conditions_are_one_figure() -> None:
    assert YIZHENG["approval.special_exam.when"] == "event=special_exam, kind=exam|treatment, unit_price=200…"
    assert YIZHENG["benefit.inpatient.deductible.exempt[1]"] == "treatment=malignancy_radio_chemo"


def test_a_value_entered_by_hand_is_named_by_its_parameter() -> None:
    county = figures_of(SHIPPED.pick("county001", date(2005, 5, 1)).document).values
    assert county["benefit.inpatient.layer.pool.segment[1].pay"] == "site.pool_pct"


def test_an_empty_list_is_said_too() -> None:
    assert YIZHENG["benefit.maternity.account_pays"] == "[]"


def test_a_key_means_everything_below_it() -> None:
    assert select(YIZHENG, "benefit.inpatient.layer.pool.cap") == {
        "benefit.inpatient.layer.pool.cap.on": "eligible_expense",
        "benefit.inpatient.layer.pool.cap.amount": "40000",
    }
    assert select(YIZHENG, "benefit.inpatient.layer.pool.ca") == {}


def test_a_key_without_brackets_means_every_row() -> None:
    assert len(select(YIZHENG, "benefit.inpatient.deductible.amount")) == 5
    assert len(select(YIZHENG, "benefit.inpatient.layer.pool.segment.pay")) == 6


def test_members_that_nothing_tells_apart_are_numbered() -> None:
    document: dict[str, Any] = {"entitlement": [{"kind": "begin", "months": 1}, {"kind": "begin", "months": 2}]}
    assert figures_of(document).values == {
        "entitlement[1].kind": "begin",
        "entitlement[1].months": "1",
        "entitlement[2].kind": "begin",
        "entitlement[2].months": "2",
    }


def test_a_member_that_has_nothing_but_its_name_is_said_too() -> None:
    assert YIZHENG["exclusion.abroad.cause"] == "abroad"


def test_brackets_inside_brackets_are_taken_away_too() -> None:
    assert plain_key("unset[benefit.a[level=3]].effect") == "unset.effect"
