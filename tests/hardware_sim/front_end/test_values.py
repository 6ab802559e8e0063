"""One value against one field type."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.front_end.refusal import Refusal
from hardware_sim.front_end.tables import Field
from hardware_sim.front_end.values import read_value


def field(kind: str, *, required: bool = True, code: str | None = None) -> Field:
    return Field(name="amount", cn="金额", type=kind, required=required, code=code)


def test_an_optional_value_that_is_empty_is_absent() -> None:
    assert read_value(field("N16,2", required=False), "", "节点data", {}) is None
    assert read_value(field("C3", required=False), None, "节点data", {}) is None


def test_decimals_that_are_zero_do_not_count() -> None:
    assert read_value(field("N16,2"), "25.0000", "节点data", {}) == 25


def test_a_serial_of_thirty_digits_stays_exact() -> None:
    assert read_value(field("N30"), "9" * 30, "节点data", {}) == 10**30 - 1


@pytest.mark.parametrize("raw", ["1e5", "+1", " 1", "1.", ".5", "１", "NaN", "0x1", "1,000", [], {}])
def test_a_number_is_written_plainly(raw: object) -> None:
    with pytest.raises(Refusal, match="应为数值型"):
        read_value(field("N16,2"), raw, "节点data", {})


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=5) | st.decimals(-100, 100, places=8))
def test_a_number_is_kept_exactly_or_refused(number: Decimal) -> None:
    fits = number.copy_abs() < 10**10 and (number * 10**6) % 1 == 0
    if fits:
        assert read_value(field("N16,6"), number, "节点data", {}) == number
    else:
        with pytest.raises(Refusal, match="金额"):
            read_value(field("N16,6"), number, "节点data", {})


@given(st.dates())
def test_a_day_is_written_in_one_way(day: object) -> None:
    text = str(day)
    assert read_value(field("D"), text, "节点data", {}) == text
    with pytest.raises(Refusal, match="yyyy-MM-dd"):
        read_value(field("D"), text.replace("-", "/"), "节点data", {})
