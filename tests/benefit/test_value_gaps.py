import pytest

from pos_client.benefit.value_gaps import missing_combination

CATEGORIES = ("active", "retired")


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ([{"when": {"level": 1}, "value": 1}, {"value": 2}], None),
        ([{"when": {"level": [1, 2]}, "value": 1}], "level=3"),
        ([{"when": {"level": [1, 2, 3]}, "value": 1}], None),
        ([{"when": {"category": "active"}, "value": 1}], "category=retired"),
        ([{"when": {"category": "active"}, "value": 1}, {"when": {"category": "retired"}, "value": 2}], None),
        ([{"when": {"age": {"max": 45}}, "value": 1}, {"when": {"age": {"min": 46}}, "value": 2}], None),
        ([{"when": {"age": {"max": 45}}, "value": 1}, {"when": {"age": {"min": 47}}, "value": 2}], "age=46"),
        ([{"when": {"civil_servant": True}, "value": 1}], "civil_servant=False"),
        ([{"when": {"treatment": "dialysis"}, "value": 1}], "treatment=…"),
        ([{"when": {"place": "out"}, "value": 1}, {"when": {"level": [1, 2]}, "value": 2}], "place=local, level=3"),
    ],
)
def test_a_hole_in_a_table_is_found_and_named(rows: list[dict[str, object]], missing: str | None) -> None:
    assert missing_combination(rows, CATEGORIES) == missing


def test_a_fact_may_be_given() -> None:
    rows = [{"when": {"cls": "B", "kind": ["drug", "service", "exam", "treatment", "consult"]}, "value": 1}]

    assert missing_combination(rows, CATEGORIES, {"cls": "B"}) is None
    assert missing_combination(rows, CATEGORIES) == "cls=A, kind=drug"


def test_a_table_over_too_many_facts_must_end_with_a_row_for_all() -> None:
    ages = [{"when": {"age": age, "insured_years": age, "level": 1}, "value": age} for age in range(200)]

    assert missing_combination(ages, CATEGORIES) == "…"
