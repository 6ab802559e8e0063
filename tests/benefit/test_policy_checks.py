"""Every check that a policy file must pass, each with a file that fails it, and the line that the clerk is told."""

from datetime import date
from pathlib import Path

import pytest

from pos_client.benefit import PolicyLibrary
from pos_client.benefit.policy_file import PolicyFileProblem
from tests.benefit.policies import FOLDER, changed

YIZHENG = "yizheng/2010-01-01"
COUNTY = "county001/2005-01-01"
JIANGSU = "jiangsu-city/2004-01-01"
RIZHAO = "rizhao/2012-01-01"


def refused(folder: Path, name: str, *changes: tuple[str, str]) -> PolicyFileProblem:
    library = changed(folder, name, *changes)
    with pytest.raises(PolicyFileProblem) as problem:
        library.pick(name.split("/")[0], date(2012, 7, 1))
    return problem.value


def line_of(name: str, text: str, changes: list[tuple[str, str]]) -> int:
    source = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    for old, new in changes:
        source = source.replace(old, new)
    return source[: source.index(text)].count("\n") + 1


ROUNDING = """[rounding]
unit = 0.01
mode = "half_up"
at = ["line_amount", "price_overrun", "pre_self_pay", "slice", "repeat_factor", "deposit"]
"""
ACTIVE_1 = '  { when = { category = "active", level = 1 }, value = 300 },\n'

FAILING = [
    # code, file, changes, where the message points to
    ("POL-02", YIZHENG, [("months = 6 ", "month = 6 ")], "month = 6"),
    ("POL-02", YIZHENG, [("[state.lapsed]\n", "[state.lapsed]\nfunds = true\n")], "funds = true"),
    (
        "POL-02",
        YIZHENG,
        [('{ when = { category = "active", level = 1 }', '{ when = { categry = "active", level = 1 }')],
        "  { when = { categry",
    ),
    ("POL-02", YIZHENG, [("\n[rounding]", "\n[uprating]\nfactor = 2\n\n[rounding]")], "[uprating]"),
    (
        "POL-03",
        YIZHENG,
        [('stop = "first_of_next_month"\n', "")],
        '[[entitlement]]\npart = "待遇等待期"\nkind = "lapse"',
    ),
    ("POL-03", COUNTY, [(ROUNDING, "")], "schema = 1"),
    (
        "POL-03",
        YIZHENG,
        [
            (
                'account_pays = ["copay", "pre_self_pay"]\nsettle_at = "pos"\n[[benefit.share]]',
                'account_pays = ["copay", "pre_self_pay"]\n[[benefit.share]]',
            )
        ],
        '[[benefit]]\nid = "special_exam"',
    ),
    ("POL-03", YIZHENG, [('otherwise_reason = "CHRONIC_NOT_APPROVED"\n', "")], '[[benefit]]\nid = "chronic"'),
    (
        "POL-03",
        YIZHENG,
        [("amount = 1000\n[[benefit.layer]]", "[[benefit.layer]]")],
        '[benefit.deductible]\nper = "year"',
    ),
    (
        "POL-04",
        YIZHENG,
        [("value = 83 }]", "value = 183 }]")],
        'pay = [{ when = { category = "retired" }, value = 87 }, { value = 183 }]',
    ),
    (
        "POL-04",
        YIZHENG,
        [("value = 83 }]", "value = -1 }]")],
        'pay = [{ when = { category = "retired" }, value = 87 }, { value = -1 }]',
    ),
    ("POL-04", YIZHENG, [("to = 5000\n", "to = 5000.005\n")], "to = 5000.005"),
    ("POL-04", YIZHENG, [("to = 5000\n", 'to = "5000"\n')], 'to = "5000"'),
    ("POL-04", YIZHENG, [("to = 5000\n", "to = inf\n")], "to = inf"),
    ("POL-04", YIZHENG, [("level = 2 }, value = 400 }", "level = 4 }, value = 400 }")], "floor = ["),
    ("POL-04", YIZHENG, [('mode = "half_up"', 'mode = "half_even"')], 'mode = "half_even"'),
    ("POL-04", YIZHENG, [('"cap_crossing", ', '"cap_crosing", ')], "at = ["),
    ("POL-04", YIZHENG, [("valid_from = 2010-01-01 ", 'valid_from = "2010-01-01" ')], "valid_from = "),
    ("POL-04", YIZHENG, [("months = 6 ", "months = true ")], "months = true"),
    ("POL-04", YIZHENG, [('year_starts = "01-01"', 'year_starts = "02-30"')], 'year_starts = "02-30"'),
    ("POL-04", YIZHENG, [("{ age = { max = 45 } }", "{ sex = { max = 45 } }")], "  { when = { sex"),
    (
        "POL-04",
        YIZHENG,
        [("requires = { chronic_approved = true }", 'requires = { chronic_approved = "yes" }')],
        "requires = ",
    ),
    (
        "POL-10",
        YIZHENG,
        [("to = 20000\npay", "to = 5000\npay")],
        'to = 5000\npay = [{ when = { category = "retired" }, value = 91',
    ),
    (
        "POL-10",
        YIZHENG,
        [("to = 20000\npay", "pay")],
        '[[benefit.layer.segment]]\npay = [{ when = { category = "retired" }, value = 91',
    ),
    ("POL-10", YIZHENG, [("to = 100000\npay = 85", "to = 30000\npay = 85")], "to = 30000"),
    (
        "POL-10",
        COUNTY,
        [("{ to = 1000, percent = 100 }, { percent = 50 }", "{ percent = 100 }, { percent = 50 }")],
        "bracket = ",
    ),
    (
        "POL-11",
        YIZHENG,
        [("to = 100000\npay = 85", "to = 100000\npay = 85\nself_pay = 15")],
        "[[benefit.layer.segment]]\nto = 100000",
    ),
    ("POL-11", YIZHENG, [("to = 100000\npay = 85", "to = 100000")], "[[benefit.layer.segment]]\nto = 100000"),
    ("POL-12", JIANGSU, [("self_pay = 7\n", "to = 21000\nself_pay = 7\n")], "to = 21000"),
    ("POL-12", COUNTY, [('pay = { site = "pool_pct" }', 'to = 9000\npay = { site = "pool_pct" }')], "to = 9000"),
    ("POL-12", COUNTY, [("{ percent = 50 }]", "{ to = 9000, percent = 50 }]")], "bracket = "),
    ("POL-13", YIZHENG, [("amount = 250000 }", "amount = 240000 }")], "to = 250000"),
    (
        "POL-14",
        YIZHENG,
        [('key = "benefit.inpatient.deductible.amount[', 'key = "benefit.inpatient.other[')],
        "amount = [\n",
    ),
    ("POL-14", JIANGSU, [('[[items.class_b]]\npre_self_pay = "per_item"\n', "")], "[[items.class_b]]"),
    (
        "POL-14",
        YIZHENG,
        [('{ when = { delivery = "caesarean" }, value = 1200 },\n', "")],
        "amount = [\n  { when = { delivery",
    ),
    (
        "POL-15",
        YIZHENG,
        [('paid_counter = "chronic_paid"', 'paid_counter = "pool_paid"')],
        '[[benefit]]\nid = "chronic"',
    ),
    (
        "POL-16",
        YIZHENG,
        [('[[benefit.count]]\ncounter = "local_admissions"', '[[benefit.count]]\ncounter = "all_admissions"')],
        'count = "local_admissions"',
    ),
    ("POL-17", YIZHENG, [('like = "inpatient"', 'like = "stay"')], 'like = "stay"'),
    ("POL-17", YIZHENG, [('state = "waiting"\n', 'state = "pausing"\n')], 'state = "pausing"'),
    ("POL-17", YIZHENG, [('approval = "special_exam"', 'approval = "exam"')], 'approval = "exam"'),
    (
        "POL-17",
        YIZHENG,
        [('category = "retired" }, value = 87', 'category = "pensioner" }, value = 87')],
        'pay = [{ when = { category = "pensioner" }',
    ),
    ("POL-17", COUNTY, [('pay = { site = "pool_pct" }', 'pay = { site = "pool" }')], "pay = { site"),
    (
        "POL-18",
        YIZHENG,
        [('id = "inpatient"\npart = "住院"\n', 'id = "inpatient"\nlike = "outpatient_special"\npart = "住院"\n')],
        'like = "outpatient_special"',
    ),
    (
        "POL-19",
        YIZHENG,
        [('events = ["outpatient"]', 'events = ["outpatient", "chronic"]')],
        'events = ["outpatient", "chronic"]',
    ),
    ("POL-20", YIZHENG, [("step = -100\n", "step = -100\nfactors = [100]\n")], "[benefit.deductible.repeat]"),
    (
        "POL-20",
        COUNTY,
        [("factors = [100, 80, 60]", "factors = [100, 80, 60]\nfloor = 100")],
        "[benefit.deductible.repeat]",
    ),
    (
        "POL-21",
        JIANGSU,
        [("deductible = [{ value = 0 }]", "deductible = [{ value = 2000 }]")],
        '[[benefit.layer]]\nfund = "relief"',
    ),
    (
        "POL-21",
        JIANGSU,
        [('cap = { on = "fund_paid", amount = 70000 }', 'cap = { on = "layer_expense", amount = 70000 }')],
        '[[benefit.layer]]\nfund = "relief"',
    ),
    (
        "POL-22",
        YIZHENG,
        [('axis = "chronic_eligible"\naxis_period = "year"', 'axis = "chronic_eligible"\naxis_period = "event"')],
        '[benefit.deductible]\nper = "year"',
    ),
    ("POL-23", YIZHENG, [('{ unless = { sex = "F" }, reason', "{ reason")], "refuse = ["),
    ("POL-24", YIZHENG, [('start = "admission"', 'start = "performed"')], 'start = "performed"'),
    ("POL-25", YIZHENG, [('otherwise = "outpatient"', 'otherwise = "maternity"')], 'otherwise = "maternity"'),
    ("POL-26", RIZHAO, [("{ employee = 295,", "{ employee = 300,")], "[[invariant]]"),
    ("POL-27", RIZHAO, [("amount = 10\n", 'amount = "unset"\n')], "[[invariant]]"),
    ("POL-17", RIZHAO, [("{ employee = 295,", "{ worker = 295,")], "yearly_fund_paid_max"),
]


@pytest.mark.parametrize(("code", "name", "changes", "place"), FAILING)
def test_a_file_that_fails_a_check_is_refused_with_its_line(
    tmp_path: Path, code: str, name: str, changes: list[tuple[str, str]], place: str
) -> None:
    problem = refused(tmp_path, name, *changes)

    assert problem.code == code
    assert problem.fill["file"] == f"{name}.toml"
    assert problem.fill["line"] == line_of(name, place, changes)


def test_every_check_has_a_failing_file() -> None:
    assert {code for code, *_ in FAILING} == {f"POL-{number:02}" for number in (2, 3, 4, *range(10, 28))}


def test_the_sentence_says_what_is_wrong_and_what_to_do(tmp_path: Path) -> None:
    problem = refused(tmp_path, YIZHENG, ("value = 83 }]", "value = 183 }]"))

    assert "0 到 100 的百分数" in problem.sentence("zh")
    assert "must be a percentage from 0 to 100" in problem.sentence("en")
    assert problem.fill["key"] == "benefit[1].layer[1].segment[1].pay[2].value"


def test_an_exclusion_with_an_exception_says_what_follows(tmp_path: Path) -> None:
    library = changed(tmp_path, "cn/2011-07-01", ('then_reason = "RECOVER_FROM_THIRD_PARTY"', "# nothing"))

    with pytest.raises(PolicyFileProblem, match="POL-03"):
        library.pick("cn", date(2011, 7, 1))


def test_a_gap_that_is_named_as_unset_is_allowed(tmp_path: Path) -> None:
    library = changed(tmp_path, YIZHENG, (ACTIVE_1, ""))

    assert library.pick("yizheng", date(2010, 5, 4)).ref.id == "yizheng"


def test_all_shipped_policies_pass() -> None:
    library = PolicyLibrary.shipped()

    for policy_id in library.ids():
        for file in library.versions(policy_id):
            assert library.pick(policy_id, file.valid_from, paying=False).ref.sha256 == file.sha256
