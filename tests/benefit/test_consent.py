from datetime import date

import pytest

from pos_client.benefit import ABSENT, Bill, split
from pos_client.benefit.consent import ConsentRule, compile_consent
from pos_client.benefit.shapes import Fault
from tests.benefit.bills import bill, counters, line, person, visit
from tests.benefit.house import shipped_rules
from tests.benefit.policies import SHIPPED, yizheng

YIZHENG = yizheng()


def shipped() -> ConsentRule:
    rule = shipped_rules().consent
    assert rule is not None
    return rule


def needed(whole: Bill, rule: ConsentRule | None = None) -> tuple[str, ...]:
    return (rule or shipped()).needed_for(whole, split(YIZHENG, whole))


def test_only_what_is_outside_the_catalogue_wants_consent() -> None:
    assert needed(bill(visit(line("80.00"), line("20.00", id="2", cls="C")))) == ("2",)
    assert needed(bill(visit(line("80.00")))) == ()


def test_a_price_above_the_ceiling_is_not_an_own_expense_item() -> None:
    assert needed(bill(visit(line("80.00", limit_price=line("70.00").unit_price)))) == ()


def test_class_c_is_asked_for_also_where_the_bill_is_held() -> None:
    whole = bill(visit(line("80.00", cls="C")), who=person(category="adult_resident"))

    assert split(YIZHENG, whole).status == "hold"
    assert needed(whole) == ("1",)


def test_an_item_outside_the_local_scope_wants_consent() -> None:
    event = visit(line("80.00"), line("20.00", id="2", kind="service", listed=False), date=date(2012, 5, 4))
    whole = bill(event, who=person(category="employee", contract=ABSENT), before=counters(year=2012))
    rizhao = SHIPPED.pick("rizhao", date(2012, 5, 4))

    assert shipped().needed_for(whole, split(rizhao, whole)) == ("2",)
    only_class_c = ConsentRule(frozenset({"class_c"}), signed_form=True)
    assert only_class_c.needed_for(whole, split(rizhao, whole)) == ()


def test_a_bill_of_an_excluded_cause_wants_no_form_about_its_items() -> None:
    assert needed(bill(visit(line("80.00"), cause="work_injury"))) == ()


def test_the_items_are_named_until_they_are_agreed_to_and_signed_for() -> None:
    whole = bill(visit(line("80.00", cls="C"), line("20.00", id="2", cls="C")))
    result = split(YIZHENG, whole)

    both = shipped().objections(whole, result, agreed=["1"], form_signed=False)
    assert [objection.words.code for objection in both] == ["HOUSE-17", "HOUSE-18"]
    assert both[0].sentence("zh").startswith("目录外或自费项目还没有征得同意：item 2。")
    assert both[1].sentence("en").startswith("The own-expense form is not signed for: item 1, item 2.")
    assert shipped().objections(whole, result, agreed=["1", "2"], form_signed=True) == ()


def test_a_policy_may_do_without_a_form() -> None:
    spoken = ConsentRule(frozenset({"class_c"}), signed_form=False)
    whole = bill(visit(line("80.00", cls="C")))

    assert spoken.objections(whole, split(YIZHENG, whole), agreed=["1"], form_signed=False) == ()


def test_a_policy_may_ask_for_nothing() -> None:
    assert needed(bill(visit(line("80.00", cls="C"))), ConsentRule(frozenset(), signed_form=True)) == ()


def test_an_occasion_that_nobody_knows_is_refused() -> None:
    with pytest.raises(Fault, match="POL-04"):
        compile_consent({"consent": {"before": ["surgery"], "signed_form": True}})
