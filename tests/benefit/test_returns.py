import copy
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from pos_client.benefit import Bill, Line, Split, explain, split, split_records
from pos_client.benefit.kept_bill import bill_of_kept_record, record_of_bill
from pos_client.benefit.returns import ANOTHER_ITEM, NO_SUCH_LINE, TOO_MUCH, BadReturn
from pos_client.benefit.rounding import amount_fen
from pos_client.money import NotAnAmount
from pos_client.phrase import Language, Phrase
from tests.benefit.bills import approval, bill, counters, line, person, stay, visit
from tests.benefit.policies import SHIPPED, yizheng

YIZHENG = yizheng()
COUNTY = SHIPPED.pick("county001", date(2010, 5, 4))


def sold(price: str, count: str, **changes: Any) -> Line:
    return line(price, id="sold", quantity=Decimal(count), **changes)


def back(price: str, count: str, *, id: str = "back", **changes: Any) -> Line:  # noqa: A002 - the field's own name
    known: dict[str, Any] = {"id": id, "quantity": -Decimal(count), "returns": "sold"}
    return line(price, **(known | changes))


def figures(result: Split) -> tuple[object, ...]:
    amounts = (result.total_fen, result.own_expense_fen, result.pre_self_pay_fen, result.eligible_fen)
    return amounts, result.slices, result.grants, result.fund_pay_fen, result.account_pay_fen, result.counters_after


def whole(charged: Bill) -> Split:
    result = split(YIZHENG, charged)
    assert result.status == "settled", result
    return result


# ---------------------------------------------------------------------------------------- what remains is split


def test_a_bill_with_a_return_is_split_like_one_that_never_had_it() -> None:
    returned = whole(bill(stay(sold("500.00", "12"), back("500.00", "2"))))

    assert figures(returned) == figures(whole(bill(stay(sold("500.00", "10")))))


def test_the_return_may_stand_before_its_sale_and_be_made_in_pieces() -> None:
    pieces = (back("500.00", "1"), sold("500.00", "12"), back("500.00", "1", id="more"))

    assert figures(whole(bill(stay(*pieces)))) == figures(whole(bill(stay(sold("500.00", "10")))))


def test_the_first_share_is_taken_once_of_what_remains() -> None:
    drug: dict[str, Any] = {"cls": "B", "pre_self_pay_percent": Decimal(10)}
    result = whole(bill(visit(sold("1.05", "3", **drug), back("1.05", "1", **drug))))

    assert result.pre_self_pay_fen == 21
    assert [row.pre_self_pay_fen for row in result.lines] == [32, -11]
    assert [part.pre_self_pay_fen for part in result.remaining] == [21]


def test_the_overrun_is_that_of_the_row_less_that_of_its_returns() -> None:
    # 3 x 0.0083 = 0.0249 → 0.02; 1 x 0.0083 → 0.01: 0.01 is left, where 2 x 0.0083 would have been 0.02.
    limited: dict[str, Any] = {"limit_price": Decimal("1.00")}
    result = whole(bill(visit(sold("1.0083", "3", **limited), back("1.0083", "1", **limited))))

    assert [row.over_limit_fen for row in result.lines] == [2, -1]
    assert (result.total_fen, result.own_expense_fen) == (302 - 101, 1)


def test_the_price_of_one_decides_on_an_examination_however_much_of_it_remains() -> None:
    exam: dict[str, Any] = {"kind": "exam", "approval": approval(date(2010, 5, 4))}
    two_less_one = visit(sold("250.00", "2", **exam), back("250.00", "1", kind="exam"), type="special_exam")

    result = whole(bill(two_less_one))

    assert [(grant.line_id, grant.base_fen, grant.pays_fen) for grant in result.grants] == [("sold", 25000, 12500)]


def test_the_approval_of_the_sale_counts_not_that_of_its_return() -> None:
    exam = visit(
        sold("250.00", "2", kind="exam"),
        back("250.00", "1", kind="exam", approval=approval(date(2010, 5, 4))),
        type="special_exam",
    )

    assert (whole(bill(exam)).reasons, whole(bill(exam)).fund_total_fen) == (("EXAM_NOT_APPROVED",), 0)


def test_an_item_that_is_own_expense_shows_its_returns_as_own_expense() -> None:
    exam: dict[str, Any] = {"kind": "exam", "performed": date(2010, 5, 6)}
    event = stay(
        sold("200.00", "3", **exam),
        back("200.00", "1", **exam),
        approvals={"admission_approval": approval(date(2010, 5, 4))},
    )
    before = type(counters())(
        year=2010,
        amounts_fen={"inpatient_eligible": 0, "pool_paid": 0},
        counts={"admissions": 0},
        account_balance_fen=0,
    )

    result = split(COUNTY, bill(event, before=before, pool_pct="80"))

    assert [row.own_expense_fen for row in result.lines] == [60000, -20000]
    assert (result.own_expense_fen, result.reasons) == (40000, ("EXAM_NOT_APPROVED",))


# ------------------------------------------------------------------------------------------ when nothing remains


def test_an_item_that_was_returned_whole_needs_no_figure_and_gives_no_reason() -> None:
    unknown: dict[str, Any] = {"cls": "B", "kind": "exam"}
    event = visit(line("80.00"), sold("300.00", "2", **unknown), back("300.00", "2", **unknown), type="special_exam")

    result = whole(bill(event))

    assert (result.total_fen, result.eligible_fen, result.reasons) == (8000, 8000, ())
    assert [row.amount_fen for row in result.lines] == [8000, 60000, -60000]
    assert [row.reasons for row in result.lines] == [(), (), ()]


def test_a_bill_returned_whole_counts_no_stay_and_changes_no_counter() -> None:
    before = counters(year=2009, balance_fen=100, inpatient_eligible=500, local_admissions=2)

    result = whole(bill(stay(sold("500.00", "12"), back("500.00", "12"), use_account=True), before=before))

    assert result.counters_after == before
    assert (result.total_fen, result.deductible_fen, result.cash_pay_fen, result.account_pay_fen) == (0, 0, 0, 0)


def test_the_last_return_takes_back_what_is_left_whatever_was_rounded_before() -> None:
    # 4 x 0.004 = 0.016 → 0.02; three returns of 0.004 come to nothing each, the last takes the two fen.
    rows = (sold("0.004", "4"), *(back("0.004", "1", id=str(number)) for number in range(4)))

    result = whole(bill(visit(*rows)))

    assert [row.amount_fen for row in result.lines] == [2, 0, 0, 0, -2]
    assert result.total_fen == 0


def test_a_birth_grant_is_paid_whatever_was_returned() -> None:
    birth = visit(
        sold("500.00", "1"), back("500.00", "1"), type="maternity", delivery="natural", family_planning_ok=True
    )

    result = whole(bill(birth, who=person(flexible=True, maternity_insured=False)))

    assert (result.total_fen, result.flat_benefit_fen) == (0, 80000)


# --------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("rows", "index", "must_be"),
    [
        ([sold("5.00", "3"), back("5.00", "1", returns="other")], 1, NO_SUCH_LINE),
        ([sold("5.00", "3"), back("5.00", "2"), back("5.00", "1", id="twice", returns="back")], 2, NO_SUCH_LINE),
        ([sold("5.00", "3"), back("5.01", "1")], 1, ANOTHER_ITEM),
        ([sold("5.00", "3"), back("5.00", "1", cls="C")], 1, ANOTHER_ITEM),
        ([sold("5.00", "3"), back("5.00", "1", kind="exam")], 1, ANOTHER_ITEM),
        ([sold("5.00", "3"), back("5.00", "1", limit_price=Decimal(4))], 1, ANOTHER_ITEM),
        ([sold("5.00", "3"), back("5.00", "3.0001")], 1, TOO_MUCH),
        ([sold("5.00", "3"), back("5.00", "2"), back("5.00", "2", id="more")], 2, TOO_MUCH),
        ([sold("5.00", "3"), back("5.00", "3"), back("5.00", "1", id="more")], 2, TOO_MUCH),
        # Pieces of 0.5 x 0.01 = 0.005 → 0.01 have used up the 0.03 of the line after three of six.
        ([sold("0.01", "3"), *(back("0.01", "0.5", id=str(number)) for number in range(4))], 4, TOO_MUCH),
    ],
)
def test_a_return_that_cannot_be_is_refused_at_its_row(rows: list[Line], index: int, must_be: Phrase) -> None:
    with pytest.raises(BadReturn) as bad:
        stay(*rows)

    assert (bad.value.index, bad.value.must_be) == (index, must_be)


def test_only_a_return_is_negative_and_every_return_is() -> None:
    for quantity, returns in ((Decimal(-1), None), (Decimal(1), "sold"), (Decimal(0), "sold")):
        with pytest.raises(NotAnAmount):
            line("5.00", quantity=quantity, returns=returns)


# ------------------------------------------------------------------------------------------------- as records

RECORD: dict[str, Any] = {
    "id": "1",
    "locality": "yizheng-2010",
    "person": {"category": "active", "birth": "1970-03-03", "sex": "M", "first_contribution": "2005-01-01"},
    "acc_before": {"year": 2010, "pa_balance": "0.00"},
    "event": {
        "type": "outpatient",
        "date": "2010-05-04",
        "lines": [
            {"id": "a", "kind": "drug", "cls": "A", "unit_price": "8.00", "qty": "3"},
            {"id": "b", "kind": "drug", "cls": "A", "unit_price": "8.00", "qty": "-2", "returns": "a"},
        ],
    },
}


def read(**of_return: object) -> tuple[dict[str, Any], bool]:
    record = copy.deepcopy(RECORD)
    record["event"]["lines"][1] |= of_return
    [answer] = split_records([json.dumps(record)], SHIPPED)
    return answer


def test_a_return_in_a_record_names_the_line_that_it_takes_back() -> None:
    record, accepted = read()

    assert accepted
    assert record["total"] == "8.00"
    assert [row["amount"] for row in record["lines"]] == ["24.00", "-16.00"]


@pytest.mark.parametrize(
    ("of_return", "code"),
    [
        ({"returns": None}, "BILL-05"),
        ({"returns": "c"}, "BILL-04"),
        ({"returns": "b"}, "BILL-04"),
        ({"unit_price": "8.01"}, "BILL-04"),
        ({"cls": "C"}, "BILL-04"),
        ({"kind": "exam"}, "BILL-04"),
        ({"qty": "-3.5"}, "BILL-04"),
        ({"qty": "2"}, "BILL-04"),
        ({"qty": "0"}, "BILL-04"),
    ],
)
def test_a_record_whose_return_cannot_be_is_refused_at_its_place(of_return: dict[str, object], code: str) -> None:
    record, accepted = read(**of_return)

    assert not accepted
    assert (record["error"]["code"], record["error"]["at"]) == (code, "event.lines[1].returns")


def test_a_kept_bill_keeps_its_returns() -> None:
    charged = bill(stay(sold("500.00", "12"), back("500.00", "2")))

    assert bill_of_kept_record(record_of_bill(charged)) == charged


# ------------------------------------------------------------------------------------------------- as explained


@pytest.mark.parametrize(("language", "words"), [("zh", ("退回 2", "1,000.00")), ("en", ("2 returned", "1,000.00"))])
def test_every_return_has_its_sentence(language: Language, words: tuple[str, ...]) -> None:
    charged = bill(stay(sold("500.00", "12", name="bed"), back("500.00", "2"), line("9.00", cls="C")))

    said = {key: text for key, text, _ in explain(YIZHENG, charged, whole(charged), language)}

    assert all(word in said["returned.back"] for word in ("bed", *words))
    assert "5,000.00" in said["eligible"]
    assert "9.00" in said["own_expense.1"]


@pytest.mark.parametrize(("language", "words"), [("zh", "全部退回"), ("en", "Everything")])
def test_a_bill_returned_whole_is_explained_by_that_alone(language: Language, words: str) -> None:
    charged = bill(stay(sold("500.00", "12"), back("500.00", "12")))

    said = {key: text for key, text, _ in explain(YIZHENG, charged, whole(charged), language)}

    assert said.keys() == {"returned.back", "returned"}
    assert words in said["returned"]


# ------------------------------------------------------------------------------------------- whatever the bill is

prices = st.decimals(min_value=0, max_value=900, places=4)
quantities = st.decimals(min_value="0.01", max_value=40, places=2)


@given(prices, quantities)
def test_a_return_mirrors_its_sale_to_the_fen(price: Decimal, quantity: Decimal) -> None:
    assert amount_fen(price, -quantity) == -amount_fen(price, quantity)


@st.composite
def items(draw: st.DrawFn, *, fen_prices: bool) -> dict[str, Any]:
    price = st.decimals(min_value=0, max_value=900, places=2) if fen_prices else prices
    return {
        "kind": draw(st.sampled_from(["drug", "service", "exam"])),
        "cls": draw(st.sampled_from("ABC")),
        "unit_price": draw(price),
        "limit_price": draw(st.none() | price),
        "pre_self_pay_percent": draw(st.decimals(min_value=0, max_value=100, places=1)),
    }


@given(items(fen_prices=True), st.integers(2, 40), st.data())
def test_returning_some_is_selling_less_where_nothing_is_rounded(
    item: dict[str, Any], count: int, data: st.DataObject
) -> None:
    less = data.draw(st.integers(1, count - 1))
    other = line("700.00", id="other")
    returned = stay(other, line("0", id="a", **item, quantity=Decimal(count)), _return(item, Decimal(less)))
    never = stay(other, line("0", id="a", **item, quantity=Decimal(count - less)))

    assert figures(whole(bill(returned))) == figures(whole(bill(never)))


@given(items(fen_prices=False), st.decimals(min_value="0.04", max_value=40, places=2), st.data())
def test_the_rows_always_add_up_to_what_remains(item: dict[str, Any], count: Decimal, data: st.DataObject) -> None:
    pieces = data.draw(st.lists(st.decimals(min_value="0.01", max_value=count / 4, places=2), min_size=1, max_size=4))
    rows = [_return(item, piece, str(number)) for number, piece in enumerate(pieces)]
    try:
        event = stay(line("0", id="a", **item, quantity=count), *rows)
    except BadReturn:
        reject()  # rounded row by row, the pieces come to more fen than the line
    result = whole(bill(event))

    assert result.total_fen == sum(row.amount_fen for row in result.lines)
    for part in ("own_expense_fen", "over_limit_fen", "pre_self_pay_fen", "eligible_fen"):
        assert sum(getattr(row, part) for row in result.lines) == sum(getattr(left, part) for left in result.remaining)
    for row in result.lines:
        assert row.amount_fen == row.own_expense_fen + row.over_limit_fen + row.pre_self_pay_fen + row.eligible_fen
    for left in result.remaining:
        assert min(left.own_expense_fen, left.over_limit_fen, left.pre_self_pay_fen, left.eligible_fen) >= 0


@given(items(fen_prices=False), quantities, quantities, st.integers(0, 4), st.integers(0, 9_000_000))
def test_returning_everything_restores_the_counters(
    item: dict[str, Any], first: Decimal, then: Decimal, stays: int, used_fen: int
) -> None:
    before = counters(local_admissions=stays, inpatient_eligible=used_fen, balance_fen=5000)
    rows = (_return(item, first, "b"), _return(item, then, "c"))
    charged = bill(stay(line("0", id="a", **item, quantity=first + then), *rows, use_account=True), before=before)

    result = whole(charged)

    assert result.counters_after == before
    assert (result.total_fen, result.fund_total_fen, result.cash_pay_fen) == (0, 0, 0)


def _return(item: dict[str, Any], count: Decimal, row_id: str = "b") -> Line:
    return line("0", id=row_id, **item, quantity=-count, returns="a")
