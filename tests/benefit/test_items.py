from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pos_client.benefit import Contract, Line, Split, split
from tests.benefit.bills import bill, counters, line, person, stay, visit
from tests.benefit.policies import SHIPPED, changed, yizheng

MARCH = date(2012, 3, 1)
ENROLLED = person(category="employee", contract=Contract(institution="站", signed_on=date(2012, 1, 1)))


def in_rizhao(*lines: Line) -> Split:
    event = visit(*lines, date=MARCH, institution="站")
    before = counters(year=2012, outpatient_eligible=0, outpatient_paid=0)
    return split(SHIPPED.pick("rizhao", MARCH), bill(event, who=ENROLLED, before=before))


def test_each_part_of_a_line_names_its_reason() -> None:
    charged = [
        line("10.00", id="a"),
        line("10.00", id="c", cls="C"),
        line("12.50", id="over", quantity=Decimal(10), limit_price=Decimal(10)),
        line("120.00", id="both", cls="B", limit_price=Decimal(110), pre_self_pay_percent=Decimal(10)),
        line("10.00", id="free", cls="B", pre_self_pay_percent=Decimal(0)),
    ]

    result = split(yizheng(), bill(visit(*charged)))

    assert {done.id: done.reasons for done in result.lines} == {
        "a": (),
        "c": ("CLASS_C",),
        "over": ("OVER_LIMIT_PRICE",),
        "both": ("OVER_LIMIT_PRICE", "FIRST_SHARE"),
        "free": (),
    }
    assert (result.own_expense_fen, result.pre_self_pay_fen) == (1000 + 2500 + 1000, 1100)


def test_a_price_at_its_ceiling_has_no_overrun() -> None:
    assert split(yizheng(), bill(visit(line("10.00", limit_price=Decimal("10.00"))))).own_expense_fen == 0


def test_an_own_expense_item_needs_no_percentage() -> None:
    result = in_rizhao(line("40.00", cls="B", essential=False), line("30.00", id="2"))

    assert result.lines[0].reasons == ("OUT_OF_SCOPE",)
    assert result.status == "settled"


@pytest.mark.parametrize(
    ("item", "detail"),
    [
        (line("40.00", cls="B", essential=None), "essential: 1"),
        (line("40.00", kind="exam", listed=None), "listed: 1"),
        (line("40.00", kind=None), "kind: 1"),
    ],
)
def test_what_decides_the_scope_must_be_known(item: Line, detail: str) -> None:
    result = in_rizhao(item)

    assert (result.reasons, result.details) == (("FACT_UNKNOWN",), (detail,))


def test_what_decides_nothing_may_be_unknown() -> None:
    assert in_rizhao(line("40.00", essential=None, listed=None)).status == "settled"


def test_a_first_share_by_kind_must_know_the_kind() -> None:
    event = stay(line("40.00", cls="B", kind=None), admit=date(2004, 5, 4), discharge=date(2004, 5, 5))

    result = split(SHIPPED.pick("jiangsu-city", date(2004, 5, 5)), bill(event, before=counters(year=2004)))

    assert (result.reasons, result.details) == (("FACT_UNKNOWN",), ("kind: 1",))


def test_a_hand_entered_first_share_is_asked_for_only_by_a_class_b_item(tmp_path: Path) -> None:
    library = changed(
        tmp_path,
        "yizheng/2010-01-01",
        ('pre_self_pay = "per_item" ', 'pre_self_pay = { site = "first_share" } '),
        ("[items]\n", '[[site_param]]\nid = "first_share"\nlabel = "…"\ntype = "percent"\n\n[items]\n'),
    )
    policy = library.pick("yizheng", date(2010, 5, 4))
    drug = line("100.00", cls="B")

    assert split(policy, bill(visit(line("100.00")))).status == "settled"
    assert split(policy, bill(visit(drug))).reasons == ("SITE_PARAM_MISSING",)
    assert split(policy, bill(visit(drug), first_share="12.5")).pre_self_pay_fen == 1250
    assert split(policy, bill(visit(drug), first_share="100.5")).reasons == ("SITE_PARAM_OUT_OF_BOUNDS",)


def test_a_class_b_item_that_no_row_fits_is_held(tmp_path: Path) -> None:
    drugs_only = ("[[items.class_b]]\n", '[[items.class_b]]\nwhen = { kind = "drug" }\n')
    gap_named = ('key = "items.class_b.pre_self_pay"', 'key = "items.class_b"')
    policy = changed(tmp_path, "yizheng/2010-01-01", drugs_only, gap_named).pick("yizheng", date(2010, 5, 4))
    drug = line("100.00", cls="B", pre_self_pay_percent=Decimal(10))
    exam = line("100.00", cls="B", pre_self_pay_percent=Decimal(10), kind="exam", id="2")

    assert split(policy, bill(visit(drug))).pre_self_pay_fen == 1000
    assert split(policy, bill(visit(drug, exam))).reasons == ("NO_RULE_CLASS_B",)
