"""What comes back of a bill, while the clerk still types."""

from decimal import Decimal

import pytest

from pos_client.desk.bill_view import BillLine
from pos_client.desk.refund_draft import RefundDraft, shown

LINES = (
    BillLine(1, "阿莫西林胶囊", "0.25g×24粒", Decimal("12.60"), "12.60", Decimal(12), 15120),
    BillLine(2, "黄芪", "", Decimal("0.085"), "0.085", Decimal("7.5"), 64),
)
WHOLE = RefundDraft.whole_of(LINES)


def test_at_first_all_of_it_comes_back() -> None:
    assert WHOLE.is_whole
    assert WHOLE.keep == {1: 0, 2: 0}
    assert WHOLE.goods_fen == 15120 + 64


def test_the_first_number_typed_means_only_these() -> None:
    draft = WHOLE.with_line(0, "2")
    assert draft is not None
    assert draft.keep == {1: Decimal(10), 2: Decimal("7.5")}
    assert (draft.is_whole, draft.goods_fen) == (False, 2520)


def test_another_line_adds_to_it_also_when_that_makes_it_whole() -> None:
    first = WHOLE.with_line(1, "7.5")
    assert first is not None
    whole = first.with_line(0, "12")
    assert whole is not None
    assert whole.is_whole
    again = whole.with_line(0, "1")
    assert again is not None
    assert again.back == (Decimal(1), Decimal("7.5"))


def test_a_part_of_a_line_is_rounded_as_a_line_is() -> None:
    draft = WHOLE.with_line(1, "1.5")
    assert draft is not None
    assert draft.back_fen(1) == 13  # 0.1275


def test_nothing_typed_is_none_of_that_line() -> None:
    draft = WHOLE.with_line(0, "")
    assert draft is not None
    assert draft.is_nothing


@pytest.mark.parametrize("typed", ["13", "-1", ".", "1.00001", "ab"])
def test_what_is_no_quantity_or_too_much_is_not_taken(typed: str) -> None:
    assert WHOLE.with_line(0, typed) is None


def test_a_bill_without_lines_can_only_come_back_whole() -> None:
    draft = RefundDraft.whole_of(())
    assert (draft.is_whole, draft.is_nothing) == (True, False)


def test_a_quantity_is_shown_without_zeros_at_its_end() -> None:
    assert [shown(Decimal(one)) for one in ("3.00", "10", "1.50")] == ["3", "10", "1.5"]
