"""What changed between two versions is told key by key."""

import copy
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pos_client.benefit.policy_diff import Change, changes
from tests.benefit.policies import SHIPPED


def _benefit(*layers: dict[str, Any]) -> dict[str, Any]:
    return {"benefit": [{"id": "inpatient", "layer": list(layers)}]}


def test_the_faulty_software_differs_in_two_places_of_the_rules() -> None:
    right = SHIPPED.pick("jiangsu-city", date(2004, 5, 1)).document
    wrong = SHIPPED.pick("jiangsu-city-asrun", date(2004, 5, 1), paying=False).document
    rules = [change for change in changes(right, wrong) if change.key.startswith(("benefit", "items", "dates"))]
    assert rules == [
        Change("benefit.inpatient.layer.pool.cap.on", "changed", "fund_paid", "eligible_expense"),
        Change("benefit.inpatient.layer.relief.self_pay_factor[category=retired]", "removed", "70", None),
        Change("benefit.inpatient.layer.relief.self_pay_factor[*]", "removed", "100", None),
    ]


def test_nothing_changes_from_a_version_to_itself() -> None:
    for name in SHIPPED.ids():
        document = SHIPPED.versions(name)[-1].document
        assert changes(document, document) == ()


@pytest.mark.parametrize("name", SHIPPED.ids())
def test_whatever_is_changed_or_taken_out_anywhere_shows(name: str) -> None:
    document = SHIPPED.versions(name)[-1].document
    for path, is_figure in _places(document):
        assert changes(document, _altered(document, path)), path
        assert not is_figure or changes(document, _altered(document, path, put="another")), path


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], bool]]:
    """The path of every figure, table and row, and whether it is a figure."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield (*path, key), not isinstance(part, dict | list)
        yield from _places(part, (*path, key))


def _altered(document: Any, path: tuple[Any, ...], put: str | None = None) -> Any:
    changed = around = copy.deepcopy(document)
    for key in path[:-1]:
        around = around[key]
    if put is None:
        del around[path[-1]]
    else:
        around[path[-1]] = put
    return changed


def test_a_number_written_otherwise_is_the_same_number() -> None:
    assert changes({"deposit": {"percent": Decimal("50.0")}}, {"deposit": {"percent": 50}}) == ()


def test_what_is_new_comes_last() -> None:
    found = changes({"a": {"x": 1, "y": 2}}, {"a": {"x": 3, "z": 4}})
    assert [(change.key, change.kind) for change in found] == [("a.x", "changed"), ("a.y", "removed"), ("a.z", "added")]


def test_layers_in_another_order_are_a_change_although_no_figure_is() -> None:
    pool, relief = {"fund": "pool", "pay": 80}, {"fund": "relief", "pay": 90}
    assert changes(_benefit(pool, relief), _benefit(relief, pool)) == (
        Change("benefit.inpatient.layer", "moved", "pool > relief", "relief > pool"),
    )


def test_rows_in_another_order_are_a_change_because_the_first_that_fits_counts() -> None:
    old, young = {"when": {"age": {"min": 60}}, "value": 1}, {"when": {"sex": "F"}, "value": 2}
    found = changes({"a": {"amount": [old, young]}}, {"a": {"amount": [young, old]}})
    assert [(change.key, change.kind) for change in found] == [("a.amount", "moved")]


def test_a_layer_put_in_between_moves_nothing() -> None:
    pool, relief, civil = ({"fund": fund, "pay": 1} for fund in ("pool", "relief", "civil"))
    found = changes(_benefit(pool, relief), _benefit(pool, civil, relief))
    assert [(change.key, change.kind) for change in found] == [("benefit.inpatient.layer.civil.pay", "added")]
