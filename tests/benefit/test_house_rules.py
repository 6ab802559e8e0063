from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pos_client.benefit import PolicyLibrary
from pos_client.benefit.house_rules import BillDisplay, MonthlyReport, house_rules
from pos_client.benefit.library import NoVersionInForce
from pos_client.benefit.policy_file import PolicyFileProblem
from tests.benefit.house import DAY, HEAD, library, rules, shipped_rules
from tests.benefit.policies import write


def test_the_shipped_rules_are_read_whole() -> None:
    shipped = shipped_rules()

    assert (shipped.ref.id, len(shipped.indicators)) == ("practice", 8)
    assert [indicator.id for indicator in shipped.indicators if indicator.warn_above.number is not None] == [
        "own_expense_ratio"
    ]
    assert [len(part) for part in shipped.audit] == [4, 1]
    assert shipped.bill == BillDisplay(itemised_list=True, price_on_display=True)
    assert shipped.monthly_report == MonthlyReport(("basic", "civil_affairs", "major_illness"), due_day=None)
    assert (shipped.card_network, shipped.chronic_stay_diseases) == ("city", 10)
    assert shipped.prescription is not None
    assert shipped.prescription.outside_dispensing is not None
    assert None not in (shipped.consent, shipped.identity, shipped.prescriber)


def test_before_the_first_version_there_are_no_house_rules() -> None:
    with pytest.raises(NoVersionInForce):
        house_rules(PolicyLibrary.shipped(), date(2006, 12, 31))


def test_a_section_that_is_not_there_asks_for_nothing(tmp_path: Path) -> None:
    empty = rules(tmp_path, "")

    assert (empty.indicators, empty.audit.signs, empty.audit.causes) == ((), (), ())
    sections = (empty.prescription, empty.prescriber, empty.consent, empty.identity, empty.bill, empty.monthly_report)
    assert sections == (None,) * 6
    assert (empty.card_network, empty.chronic_stay_diseases) == (None, None)


def test_a_due_day_can_be_entered_by_hand(tmp_path: Path) -> None:
    source = """
    [monthly_report]
    due_day = { site = "due_day" }
    kinds = ["basic"]
    [[site_param]]
    id = "due_day"
    label = "每月报送日"
    type = "amount"
    """

    assert rules(tmp_path, source).monthly_report == MonthlyReport(("basic",), None)
    assert rules(tmp_path, source, due_day="5").monthly_report == MonthlyReport(("basic",), 5)


@pytest.mark.parametrize(
    ("source", "code", "line", "key"),
    [
        ('[monthly_report]\ndue_day = 32\nkinds = ["basic"]\n', "POL-04", 9, "monthly_report.due_day"),
        ('[identity]\ncheck_every_visit = true\nmust_match = ["dog"]\n', "POL-04", 10, "identity.must_match[1]"),
        ('[prescription]\nmust_have = ["name", "blood"]\n', "POL-04", 9, "prescription.must_have[2]"),
        ('[consent]\nbefore = []\nsigned_form = true\nform = "A4"\n', "POL-02", 11, "consent.form"),
        ('[card_network]\nscope = ""\n', "POL-04", 9, "card_network.scope"),
    ],
)
def test_what_cannot_be_done_is_refused_with_file_line_and_key(
    tmp_path: Path, source: str, code: str, line: int, key: str
) -> None:
    with pytest.raises(PolicyFileProblem) as problem:
        rules(tmp_path, source)

    assert problem.value.code == code
    assert problem.value.fill["file"] == "own-house/2010-01-01.toml"
    assert (problem.value.fill["line"], problem.value.fill["key"]) == (line, key)


def test_a_fault_in_an_included_file_names_that_file(tmp_path: Path) -> None:
    base = HEAD.replace("own-house", "base") + '[prescription]\nmust_have = ["blood"]\n'
    write(tmp_path, "base/2010-01-01", base)
    including = HEAD.replace('source = "test"', 'source = "test"\nincludes = ["base"]')
    write(tmp_path, "own-house/2010-01-01", including)

    with pytest.raises(PolicyFileProblem) as problem:
        house_rules(PolicyLibrary.open(tmp_path), DAY, "own-house")

    assert problem.value.fill["file"] == "base/2010-01-01.toml"


def test_an_institution_may_set_its_own_line_above_the_shipped_rules(tmp_path: Path) -> None:
    source = """
    [[indicator]]
    id = "own_expense_ratio"
    numerator = "own_expense"
    denominator = "total"
    group_by = ["month"]
    warn_above = 12.5
    """
    [indicator] = house_rules(library(tmp_path, source), DAY, "own-house").indicators

    assert indicator.warn_above.number == Decimal("12.5")
