from datetime import date
from decimal import Decimal

import pytest

from pos_client.benefit import Counters, Grant, LineSplit, PolicyRef, Slice, Split, split
from pos_client.benefit.result import BillLines, Outcome, Payment, PlainLine
from pos_client.errors import OurBug
from tests.benefit.bills import bill, line, stay, visit
from tests.benefit.policies import yizheng

REF = PolicyRef("somewhere", date(2010, 1, 1), 1, "00")
COUNTERS = Counters(year=2010, amounts_fen={}, counts={}, account_balance_fen=0)
LINE: PlainLine = ("1", 1000, 200, 0, 100, 700, ())


def outcome(payment: Payment, *lines: PlainLine) -> Outcome:
    return Outcome("settled", "ok", "pos", (), BillLines(lines), payment)


def test_a_split_tells_its_sums() -> None:
    result = Split(REF, outcome(Payment(fund_pay_fen={"pool": 300}), LINE, LINE), COUNTERS, 50, None, {"relief": 0})

    assert (result.total_fen, result.own_expense_fen, result.pre_self_pay_fen, result.eligible_fen) == (
        2000,
        400,
        200,
        1400,
    )
    assert (result.fund_total_fen, result.patient_total_fen) == (300, 1700)
    assert (result.account_pay_fen, result.cash_pay_fen) == (50, 1650)
    assert result.fund_pay_fen == {"relief": 0, "pool": 300}


@pytest.mark.parametrize(
    ("payment", "account_pay_fen", "lines"),
    [
        (Payment(), 0, [("1", 1000, 200, 0, 100, 699, ())]),
        (Payment(fund_pay_fen={"pool": 1001}), 0, [LINE]),
        (Payment(fund_pay_fen={"pool": -1}), 0, [LINE]),
        (Payment(fund_pay_fen={"pool": 300}), 701, [LINE]),
        (Payment(), -1, [LINE]),
    ],
)
def test_parts_that_do_not_add_up_are_refused(payment: Payment, account_pay_fen: int, lines: list[PlainLine]) -> None:
    with pytest.raises(OurBug, match="SPLIT-01"):
        Split(REF, outcome(payment, *lines), COUNTERS, account_pay_fen)


def test_slices_lines_and_grants_have_names_for_their_fields() -> None:
    result = split(yizheng(), bill(stay(line("1000.00"))))

    assert result.slices == (Slice("pool", 60000, 100000, Decimal(83), 33200),)
    assert result.lines == (LineSplit("1", 100000, 0, 0, 0, 100000, ()),)
    assert result.grants == ()


def test_a_split_cannot_be_changed() -> None:
    result = split(yizheng(), bill(visit(line("10.00"))))

    with pytest.raises(AttributeError):
        result.total_fen = 0  # type: ignore[misc]  # that it cannot be done is the point


def test_splits_are_compared_by_what_they_say() -> None:
    one, same, other = (split(yizheng(), bill(visit(line(price)))) for price in ("10.00", "10.00", "10.01"))

    assert (one == same, one == other, one == "10.00") == (True, False, False)
    assert len({one, same, other}) == 2
    assert "yizheng" in repr(one)


def test_a_grant_of_an_item_names_its_line() -> None:
    examined = visit(line("300.00", kind="exam", approval=None), type="special_exam")

    assert split(yizheng(), bill(examined)).grants == ()
    assert Grant("pool", "1", 30000, Decimal(50), 15000).line_id == "1"
