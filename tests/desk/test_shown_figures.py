"""How a figure stands in the window, whatever it belongs to."""

from decimal import Decimal

import pytest

from pos_client.desk.shown_figures import price


@pytest.mark.parametrize(
    ("value", "said"),
    [("12.6", "12.60"), ("0.125", "0.125"), ("1234", "1,234.00"), ("12.600000", "12.600000"), ("0.000001", "0.000001")],
)
def test_a_price_has_at_least_two_decimals(value: str, said: str) -> None:
    assert price(Decimal(value)) == said
