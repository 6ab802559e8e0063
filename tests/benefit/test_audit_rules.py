import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.benefit.audit_bills import AuditBill
from pos_client.benefit.audit_rules import SAID, AuditRules, audit
from pos_client.benefit.policy_file import PolicyFileProblem
from tests.benefit.house import SHANGHAI, rules, sale, shipped_rules

SHIPPED = shipped_rules().audit
AGAIN = "repeat purchase of one drug within days"
CARDS = "many cards at one window in minutes"
IN_TEN = "many cards at one window in 10 minutes"


def rule(folder: Path, sign: str, threshold: object) -> AuditRules:
    source = f'[[audit_rule]]\nid = "own"\nsigns = ["{sign}"]\nthreshold = {threshold}\n'
    return rules(folder, source).audit


def found(bills: list[AuditBill], audited: AuditRules = SHIPPED) -> list[tuple[str, str, tuple[str, ...], Any]]:
    return [(finding.sign, finding.severity, finding.bills, finding.figures) for finding in audit(audited, bills)]


def test_an_ordinary_sale_shows_nothing() -> None:
    assert audit(SHIPPED, [sale(1, account_before_fen=20000, drugs=frozenset({"YD0001"}))]) == ()


# ----------------------------------------------------------------------- signs without a figure in any source: a look


def test_an_account_that_paid_for_a_visit_without_record_is_shown() -> None:
    [finding] = audit(SHIPPED, [sale(1, medical_record=False), sale(2, window="2", medical_record=True)])

    assert (finding.rule, finding.severity, finding.bills) == ("account_cash_out", "look", ("01-000001",))
    assert finding.figures == {"account_pay_fen": 5000}
    assert finding.sentence("zh") == "账单 01-000001：个人账户支付 50.00 元，没有病历。请补病历或说明原因。"
    assert finding.sentence("en").startswith("Bill 01-000001: the account paid 50.00 yuan and there is no medical")


@pytest.mark.parametrize("changes", [{"medical_record": None}, {"medical_record": False, "account_pay_fen": 0}])
def test_nothing_is_read_into_what_is_not_known_or_not_paid(changes: dict[str, Any]) -> None:
    assert audit(SHIPPED, [sale(1, **changes)]) == ()


def test_the_same_drug_for_the_same_person_is_shown_with_times_and_days() -> None:
    drug = frozenset({"YD0001"})
    bills = [sale(number, day=day, person="p", card="c", drugs=drug) for number, day in [(1, 0), (2, 30), (3, 33)]]
    other = sale(4, day=34, person="q", card="d", drugs=drug)

    assert found([*bills, other]) == [
        (AGAIN, "look", ("01-000001", "01-000002", "01-000003"), {"times": 3, "shortest_days": 3})
    ]
    [finding] = audit(SHIPPED, bills)
    assert "同一人 3 次购买 YD0001，最短相隔 3 天" in finding.sentence("zh")


def test_days_between_purchases_are_business_days_of_shanghai() -> None:
    late = datetime.datetime(2010, 5, 4, 15, 30, tzinfo=datetime.UTC)
    drug = frozenset({"YD0001"})
    bills = [sale(1, person="p", card="c", settled_at=late, drugs=drug)]
    bills += [sale(2, person="p", card="c", settled_at=late + datetime.timedelta(hours=1), drugs=drug)]

    assert [day.isoformat() for day in (bills[0].day, bills[1].day)] == ["2010-05-04", "2010-05-05"]
    assert found(bills)[0][3] == {"times": 2, "shortest_days": 1}


def test_the_cards_of_a_window_are_shown_by_day_with_the_shortest_gap() -> None:
    bills = [sale(1, 0), sale(2, 7), sale(3, 9), sale(4, 9, card="card 3"), sale(5, 0, day=1), sale(6, 0, window="2")]

    assert found(bills) == [
        (CARDS, "look", ("01-000001", "01-000002", "01-000003", "01-000004"), {"cards": 3, "shortest_minutes": 2})
    ]


def test_an_account_used_up_at_once_is_shown() -> None:
    bills = [sale(1, account_before_fen=5000), sale(2, window="2", account_before_fen=5001)]
    nothing_in_it = sale(3, window="3", account_before_fen=0, account_pay_fen=0)

    assert found([*bills, nothing_in_it]) == [
        ("account emptied in one visit", "look", ("01-000001",), {"account_pay_fen": 5000})
    ]


# ------------------------------------------------------------------------------------ signs with a threshold: an alarm


@pytest.mark.parametrize(
    ("sign", "bill"),
    [
        ("account paid, no medical record", {"medical_record": False}),
        ("account emptied in one visit", {"account_before_fen": 5000}),
    ],
)
@pytest.mark.parametrize(("threshold", "severities"), [("50", ["alarm"]), ("49.99", ["alarm"]), ("50.01", [])])
def test_an_amount_at_the_threshold_is_an_alarm_and_below_it_nothing(
    tmp_path: Path, sign: str, bill: dict[str, Any], threshold: str, severities: list[str]
) -> None:
    findings = audit(rule(tmp_path, sign, threshold), [sale(1, **bill)])

    assert [finding.severity for finding in findings] == severities


def test_only_purchases_within_the_days_are_an_alarm(tmp_path: Path) -> None:
    audited = rule(tmp_path, AGAIN, 7)
    drug = frozenset({"YD0001"})
    days = [(1, 0), (2, 8), (3, 15), (4, 30)]
    bills = [sale(number, day=day, person="p", card="c", drugs=drug) for number, day in days]

    assert found(bills, audited) == [(AGAIN, "alarm", ("01-000002", "01-000003"), {"times": 2, "shortest_days": 7})]


def test_many_cards_in_the_minutes_are_one_alarm_with_the_fullest_span(tmp_path: Path) -> None:
    audited = rule(tmp_path, IN_TEN, 3)
    minutes = [0, 4, 10, 11, 12, 40, 45, 51, 80, 81, 82]
    bills = [sale(number, minute) for number, minute in enumerate(minutes, start=1)]

    assert found(bills, audited) == [
        (IN_TEN, "alarm", tuple(f"01-{n:06}" for n in range(1, 6)), {"cards": 4, "minutes": 10}),
        (IN_TEN, "alarm", ("01-000009", "01-000010", "01-000011"), {"cards": 3, "minutes": 10}),
    ]
    first, _ = audit(audited, bills)
    assert first.sentence("zh").startswith("窗口 1 在 10 分钟内刷了 4 张不同的卡（账单 01-000001、01-000002")


@pytest.mark.parametrize(
    ("minutes", "crowds"),
    [([0, 1, 2, 3, 12, 13], [(6, 4)]), ([0, 1, 2, 11, 12], [(5, 3)]), ([0, 1, 2, 13, 14], [(3, 3)])],
)
def test_spans_that_share_a_bill_are_one_crowd_told_by_its_fullest(
    tmp_path: Path, minutes: list[int], crowds: list[tuple[int, int]]
) -> None:
    bills = [sale(number, minute) for number, minute in enumerate(minutes, start=1)]

    findings = audit(rule(tmp_path, IN_TEN, 3), bills)

    assert [(len(finding.bills), finding.figures["cards"]) for finding in findings] == crowds


def test_one_card_swiped_often_is_not_many_cards(tmp_path: Path) -> None:
    bills = [sale(number, number, card="c", person="p") for number in range(1, 9)]

    assert audit(rule(tmp_path, IN_TEN, 3), bills) == ()


def test_windows_do_not_add_up_to_a_crowd(tmp_path: Path) -> None:
    assert audit(rule(tmp_path, IN_TEN, 3), [sale(number, window=str(number)) for number in range(1, 9)]) == ()


# ------------------------------------------------------------------------------------------- causes that want a proof


@pytest.mark.parametrize(("proved", "severities"), [(True, []), (False, ["alarm"]), (None, ["look"])])
def test_a_fracture_wants_a_proof_of_its_cause(proved: bool | None, severities: list[str]) -> None:
    findings = audit(SHIPPED, [sale(1, diagnoses=("hypertension", "fracture"), cause_proved=proved)])

    assert [finding.severity for finding in findings] == severities


def test_the_demand_for_a_proof_says_what_to_do() -> None:
    [finding] = audit(SHIPPED, [sale(1, diagnoses=("trauma",), cause_proved=False)])

    assert finding.sentence("zh") == (
        "账单 01-000001：诊断为外伤，没有留存能排除工伤、交通事故和打架的证明。"
        "请向病人补要；确属这些原因的不由医保支付。"
    )
    assert finding.sentence("en").startswith("Bill 01-000001: the diagnosis is trauma, and no proof that it is no work")


def test_a_rule_may_name_codes_by_their_beginning(tmp_path: Path) -> None:
    audited = rules(tmp_path, '[[audit_rule]]\nid = "own"\ndiagnosis = ["S72"]\nask = "police report"\n').audit

    [finding] = audit(audited, [sale(1, diagnoses=("s72.001",)), sale(2, diagnoses=("S73.0",))])

    assert finding.bills == ("01-000001",)
    assert "police report" in finding.sentence("zh")


def test_the_words_of_the_shipped_policy_are_said_in_chinese() -> None:
    for cause in SHIPPED.causes:
        assert set(SAID) == {*cause.diagnoses, cause.ask}


# ------------------------------------------------------------------------------------------------- whatever the bills

sales = st.lists(
    st.builds(
        lambda number, minute, day, person, paid, changes: sale(
            number, minute, day=day, person=f"person-{person}", card=f"card-{person}", account_pay_fen=paid, **changes
        ),
        st.integers(1, 999_999),
        st.integers(0, 60),
        st.integers(0, 3),
        st.integers(1, 4),
        st.sampled_from([0, 5000]),
        st.fixed_dictionaries(
            {
                "window": st.sampled_from(["1", "2"]),
                "medical_record": st.sampled_from([True, False, None]),
                "account_before_fen": st.sampled_from([None, 5000, 9000]),
                "drugs": st.sampled_from([frozenset(), frozenset({"A"}), frozenset({"A", "B"})]),
                "diagnoses": st.sampled_from([(), ("fracture",)]),
            }
        ),
    ),
    max_size=10,
    unique_by=lambda bill: bill.id,
)


@given(sales, st.data())
def test_the_order_of_the_bills_does_not_matter(bills: list[AuditBill], data: st.DataObject) -> None:
    assert audit(SHIPPED, data.draw(st.permutations(bills))) == audit(SHIPPED, bills)


@given(sales)
def test_an_unset_threshold_raises_no_alarm_and_no_finding_names_a_person(bills: list[AuditBill]) -> None:
    secrets = {bill.person for bill in bills} | {bill.card for bill in bills}
    for finding in audit(SHIPPED, bills):
        assert finding.severity == "look"
        said = finding.sentence("zh") + finding.sentence("en")
        assert not [secret for secret in secrets if secret in said]
        assert all(bill in said for bill in finding.bills)


def test_times_are_compared_as_instants(tmp_path: Path) -> None:
    noon = datetime.datetime(2010, 5, 4, 12, tzinfo=SHANGHAI)
    bills = [sale(1, settled_at=noon), sale(2, settled_at=noon.astimezone(datetime.UTC))]

    assert [finding.figures["cards"] for finding in audit(rule(tmp_path, IN_TEN, 2), bills)] == [2]


# --------------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("body", "code", "line", "key"),
    [
        (f'signs = ["{CARDS}"]\nthreshold = 5', "HOUSE-04", 10, "audit_rule[1].signs[1]"),
        (f'signs = ["{AGAIN}", "{IN_TEN}"]\nthreshold = 5', "HOUSE-03", 11, "audit_rule[1].threshold"),
        ('signs = ["smells"]\nthreshold = 5', "POL-04", 10, "audit_rule[1].signs[1]"),
        ('signs = ["account emptied in 5 minutes"]\nthreshold = 5', "POL-04", 10, "audit_rule[1].signs[1]"),
        (f'signs = ["{AGAIN}"]\nthreshold = -5', "POL-04", 11, "audit_rule[1].threshold"),
        (f'signs = ["{AGAIN}"]', "POL-03", 8, "audit_rule[1].threshold"),
        (f'signs = ["{AGAIN}"]\nthreshold = 5\nask = "why"', "POL-02", 12, "audit_rule[1].ask"),
        ('diagnosis = ["fracture"]', "POL-03", 8, "audit_rule[1].ask"),
        ('ask = "why"', "POL-03", 8, "audit_rule[1].diagnosis"),
        ('diagnosis = ["fracture"]\nask = "why"\nthreshold = 5', "POL-02", 12, "audit_rule[1].threshold"),
    ],
)
def test_a_rule_that_nobody_can_look_for_is_refused_with_its_line(
    tmp_path: Path, body: str, code: str, line: int, key: str
) -> None:
    with pytest.raises(PolicyFileProblem) as problem:
        rules(tmp_path, f'[[audit_rule]]\nid = "own"\n{body}\n')

    assert (problem.value.code, problem.value.fill["line"], problem.value.fill["key"]) == (code, line, key)
