from decimal import Decimal

import pytest

from pos_client.benefit import answers, split
from pos_client.benefit.answers import Answers, AnswerStore
from pos_client.benefit.reasons import Held
from pos_client.benefit.site_params import compile_site_params
from tests.benefit.bills import bill, line, person, stay, visit
from tests.benefit.policies import yizheng


class Looking:
    """A rule that looks at some facts and values and makes a list of what it saw."""

    def __init__(self, *facts: str, params: tuple[str, ...] = ()) -> None:
        self._facts = frozenset(facts)
        self._params = frozenset(params)
        self.made = 0

    def facts(self) -> frozenset[str]:
        return self._facts

    def params(self) -> frozenset[str]:
        return self._params

    def make(self, found: Answers) -> list[object]:
        self.made += 1
        return [found.look(fact) for fact in sorted(self._facts)]


def store(rule: Looking) -> AnswerStore[list[object]]:
    return AnswerStore([rule], {"flexible": "active"}, {}, rule.make)


def test_a_table_is_made_once_for_each_combination_of_what_is_looked_at() -> None:
    rule = Looking("category", "level")
    kept = store(rule)

    first = kept.of(bill(stay(line("1.00"), level=2), who=person(category="flexible")))
    again = kept.of(bill(stay(line("9.00"), level=2), who=person(category="flexible", sex="M")))
    other = kept.of(bill(stay(line("1.00"), level=1), who=person(category="flexible")))

    assert first is again
    assert (first, other, rule.made) == (["active", 2], ["active", 1], 2)


def test_computed_facts_and_values_entered_by_hand_count_too() -> None:
    rule = Looking("age", "insured_years", params=("pool_pct",))
    kept = store(rule)

    assert kept.of(bill(visit(line("1.00")), pool_pct="80")) == [50, 5]
    assert kept.of(bill(visit(line("1.00")), pool_pct="81")) == [50, 5]
    assert kept.of(bill(visit(line("1.00")), who=person(insured_years=30), pool_pct="81")) == [50, 30]
    assert kept.of(bill(visit(line("1.00")), who=person(birth=None, first_contribution=None))) == [None, None]
    assert rule.made == 4


def test_a_rule_that_looks_at_nothing_has_one_table() -> None:
    rule = Looking()
    kept = store(rule)

    assert kept.of(bill(visit(line("1.00")))) is kept.of(bill(stay(line("2.00"))))


def test_the_store_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_MOST_COMBINATIONS", 3)
    rule = Looking("hospital")
    kept = store(rule)

    for number in range(10):
        assert kept.of(bill(visit(line("1.00"), institution=str(number)))) == [str(number)]
    assert kept.of(bill(visit(line("1.00"), institution="9"))) == ["9"]
    assert rule.made == 10


def test_a_percentage_entered_by_hand_lies_between_0_and_100_unless_bounds_are_narrower() -> None:
    params = compile_site_params(
        {
            "site_param": [
                {"id": "wide", "type": "percent"},
                {"id": "narrow", "type": "percent", "min": 60, "max": 90},
                {"id": "amount", "type": "amount"},
            ]
        }
    )
    found = Answers({}, {"wide": Decimal(101), "narrow": Decimal(90), "amount": Decimal(5000)}, params)

    assert (found.entered("narrow"), found.entered("amount")) == (Decimal(90), Decimal(5000))
    with pytest.raises(Held, match="SITE_PARAM_OUT_OF_BOUNDS"):
        found.entered("wide")


def test_what_was_computed_for_one_person_is_not_taken_for_another() -> None:
    policy = yizheng()
    young, old = person(chronic_approved=True), person(chronic_approved=True, category="retired")

    for _ in range(2):
        for who, percent in ((young, 65), (old, 70)):
            result = split(policy, bill(visit(line("3000.00"), type="chronic"), who=who))
            assert result.slices[0].percent == percent
