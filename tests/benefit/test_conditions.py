from decimal import Decimal

import pytest

from pos_client.benefit.conditions import ALWAYS, Unknown, compile_condition, facts_of
from pos_client.benefit.facts import ABSENT
from pos_client.benefit.known_facts import FactValue
from tests.benefit.bills import line


def known(**facts: FactValue) -> dict[str, FactValue]:
    return facts


@pytest.mark.parametrize(
    ("condition", "facts", "holds"),
    [
        ({"category": "retired"}, known(category="retired"), True),
        ({"category": "retired"}, known(category="active"), False),
        ({"kind": ["exam", "treatment"]}, known(kind="treatment"), True),
        ({"kind": ["exam", "treatment"]}, known(kind="drug"), False),
        ({"age": {"max": 45}}, known(age=45), True),
        ({"age": {"max": 45}}, known(age=46), False),
        ({"age": {"min": 36, "max": 45}}, known(age=35), False),
        ({"unit_price": {"min": 200}}, known(unit_price=Decimal("199.99")), False),
        ({"unit_price": {"min": 200}}, known(unit_price=Decimal("200.00")), True),
        ({"civil_servant": True}, known(civil_servant=False), False),
        ({"treatment": "dialysis"}, known(treatment=ABSENT), False),
    ],
)
def test_a_condition_holds_when_every_key_does(
    condition: dict[str, object], facts: dict[str, FactValue], holds: bool
) -> None:
    assert compile_condition(condition).verdict(facts.__getitem__) is holds


def test_an_unknown_fact_makes_the_verdict_unknown_and_is_named() -> None:
    condition = compile_condition({"category": "active", "level": 1})

    assert condition.verdict(known(category="active", level=None).__getitem__) == Unknown("level")


def test_a_key_that_is_known_not_to_hold_settles_it_whatever_else_is_unknown() -> None:
    condition = compile_condition({"level": 1, "category": "active"})

    assert condition.verdict(known(category="retired", level=None).__getitem__) is False


def test_no_keys_always_hold() -> None:
    assert ALWAYS.verdict(known().__getitem__) is True
    assert compile_condition(None) == ALWAYS


def test_only_the_line_is_left_once_the_bill_is_answered() -> None:
    condition = compile_condition({"event": "special_exam", "kind": "exam", "unit_price": {"min": 200}})
    test = condition.for_lines(known(event="special_exam").__getitem__)

    assert test is not None
    assert test.verdict(line("200.00", kind="exam")) is True
    assert test.verdict(line("199.99", kind="exam")) is False
    assert test.verdict(line("200.00", kind=None)) == Unknown("kind")
    assert condition.for_lines(known(event="outpatient").__getitem__) is None


def test_an_unknown_fact_of_the_bill_matters_only_to_a_line_that_passes() -> None:
    test = compile_condition({"category": "retired", "kind": "drug"}).for_lines(known(category=None).__getitem__)

    assert test is not None
    assert test.verdict(line("1.00", kind="exam")) is False
    assert test.verdict(line("1.00", kind="drug")) == Unknown("category")


def test_conditions_tell_which_facts_they_look_at() -> None:
    assert facts_of([compile_condition({"age": {"min": 1}}), compile_condition({"sex": "F"})]) == {"age", "sex"}
