"""Rows of charges and what takes them back."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pos_client.sync.charge_rows import charge_fields, refund_row, uploads_of
from tests.virtual import NOON

from .messages import ROW


def test_a_refund_is_the_same_row_below_zero() -> None:
    refund = refund_row(ROW, serial="2", quantity=Decimal(2), at=NOON)
    assert (refund.serial, refund.refunded_serial) == ("2", "1")
    assert (refund.quantity, refund.amount_fen) == (Decimal(-2), -ROW.amount_fen)
    sent = charge_fields(refund, "V", "P")
    assert (sent["pric"], sent["cnt"], sent["det_item_fee_sumamt"]) == (Decimal("12.5"), -2, Decimal("-25.00"))
    assert sent["med_list_codg"] == ROW.national_code


def test_part_of_a_row_is_taken_back_half_up() -> None:
    original = replace(ROW, unit_price=Decimal("0.335"), quantity=Decimal(3), amount_fen=101)
    assert refund_row(original, serial="2", quantity=Decimal(1), at=NOON).amount_fen == -34


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (1, [1]), (100, [100]), (250, [100, 100, 50])])
def test_rows_go_in_portions_in_their_order(count: int, sizes: list[int]) -> None:
    rows = [replace(ROW, serial=str(number)) for number in range(1, count + 1)]
    portions = uploads_of(rows)
    assert [len(portion) for portion in portions] == sizes
    assert [row for portion in portions for row in portion] == rows
