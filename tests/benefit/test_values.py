from decimal import Decimal

import pytest

from pos_client.benefit.answers import Answers
from pos_client.benefit.known_facts import FactValue
from pos_client.benefit.reasons import Held
from pos_client.benefit.site_params import SiteParam
from pos_client.benefit.values import compile_value

PARAMS = {"pool_pct": SiteParam("pool_pct", Decimal(0), Decimal(100)), "first": SiteParam("first", Decimal(0), None)}


def answers(site: dict[str, Decimal] | None = None, **facts: FactValue) -> Answers:
    return Answers(facts, site or {}, PARAMS)


def test_a_figure_is_itself() -> None:
    assert compile_value(Decimal("72.5"), "NO_RULE").percent(answers()).value == Decimal("72.5")
    assert compile_value(400, "NO_RULE").fen(answers()) == 40000


def test_the_first_row_that_matches_wins() -> None:
    value = compile_value(
        [{"when": {"category": "retired"}, "value": 70}, {"when": {"age": {"max": 45}}, "value": 60}, {"value": 65}],
        "NO_RULE",
    )

    assert value.percent(answers(category="retired", age=None)).value == 70
    assert value.percent(answers(category="active", age=45)).value == 60
    assert value.percent(answers(category="active", age=46)).value == 65
    assert value.facts() == {"category", "age"}


@pytest.mark.parametrize("written", ["unset", [{"when": {"level": 2}, "value": 400}], [{"value": "unset"}]])
def test_a_missing_figure_holds_with_the_reason_of_its_place(written: object) -> None:
    with pytest.raises(Held) as held:
        compile_value(written, "NO_RULE_DEDUCTIBLE").figure(answers(level=1))

    assert held.value.reason == "NO_RULE_DEDUCTIBLE"


def test_a_row_that_hangs_on_an_unknown_fact_holds_and_names_it() -> None:
    with pytest.raises(Held) as held:
        compile_value([{"when": {"level": 2}, "value": 400}, {"value": 300}], "NO_RULE").figure(answers(level=None))

    assert (held.value.reason, held.value.detail) == ("FACT_UNKNOWN", "level")


def test_a_value_entered_by_hand_is_taken_within_its_bounds() -> None:
    value = compile_value([{"when": {"level": 3}, "value": 50}, {"value": {"site": "pool_pct"}}], "NO_RULE")

    assert value.params() == {"pool_pct"}
    assert value.percent(answers({"pool_pct": Decimal("72.5")}, level=1)).value == Decimal("72.5")
    with pytest.raises(Held, match="SITE_PARAM_OUT_OF_BOUNDS"):
        value.percent(answers({"pool_pct": Decimal(101)}, level=1))
    with pytest.raises(Held, match="SITE_PARAM_MISSING"):
        value.percent(answers(level=1))


def test_an_amount_entered_by_hand_must_be_whole_fen() -> None:
    value = compile_value({"site": "first"}, "NO_RULE")

    assert value.fen(answers({"first": Decimal("12.34")})) == 1234
    with pytest.raises(Held, match="SITE_PARAM_OUT_OF_BOUNDS"):
        value.fen(answers({"first": Decimal("12.345")}))


def test_rows_may_lie_inside_rows() -> None:
    inner = [{"when": {"level": 1}, "value": 300}, {"value": {"site": "first"}}]
    value = compile_value([{"when": {"place": "local"}, "value": inner}, {"value": 1000}], "NO_RULE")

    assert value.facts() == {"place", "level"}
    assert value.params() == {"first"}
    assert value.fen(answers(place="out", level=None)) == 100000
    assert value.fen(answers({"first": Decimal(5)}, place="local", level=2)) == 500
