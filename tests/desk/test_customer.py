"""What the window shows of a person: for every persona at the simulated bureau, and where bureau and rules differ."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pos_client.desk.customer import Customer, customer_of, middle_hidden
from pos_client.desk.identify import Identified, identify, identify_id_number
from pos_client.desk.station import Desk
from pos_client.desk.year_counters import CounterRow
from pos_client.phrase import Language
from pos_client.sync.person import Entitlement

from .world import World

POOL = "310100"
NOTHING_YET = (
    CounterRow("本年住院", None, count=0),
    CounterRow("统筹已付", 0),
    CounterRow("符合报销", 0, 40_000_00),
)


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    with world.desk() as one:
        yield one


def _identified(world: World, desk: Desk, persona: str = "zhang-jianguo") -> Identified:
    world.insert(persona)
    return identify(desk, desk.office.region.visits["pharmacy"])


def _shown(desk: Desk, identified: Identified, visit: str = "pharmacy", language: Language = "zh") -> Customer:
    books = desk.office.books
    settings = replace(books.settings, values={**books.settings.values, "language": language})
    office = replace(desk.office, books=replace(books, settings=settings))
    return customer_of(office, desk.policies, identified, office.region.visits[visit], at=office.bureau.now)


def _with_word(identified: Identified, **word: Any) -> Identified:
    said = identified.entitlement(POOL)
    assert said is not None
    return replace(identified, entitlements=(replace(said, **word),))


def _with_counters(identified: Identified, amounts: dict[str, int], counts: dict[str, int]) -> Identified:
    counters = replace(identified.counters, amounts_fen=amounts, counts=counts)
    return replace(identified, counters=counters)


def _with_facts(identified: Identified, **facts: Any) -> Identified:
    person = identified.person
    return replace(identified, person=replace(person, facts={**person.facts, **facts}))


def test_an_entitled_employee(world: World, desk: Desk) -> None:
    now = desk.office.bureau.now
    identified = _identified(world, desk)
    shown = customer_of(desk.office, desk.policies, identified, desk.office.region.visits["pharmacy"], at=now)
    assert shown == Customer(
        name="张建国",
        sex="男",
        age=identified.person.age_on(now.date()),
        category="在职",
        credential="社保卡",
        card_masked="**** 0011",
        id_masked="4399 **** 0012",
        entitled=True,
        doubtful=False,
        state_words="待遇正常",
        since=date(2006, 1, 1),
        account_fen=1203_55,
        counters=NOTHING_YET,
        name_differs=False,
        read_at=now,
    )


def test_the_same_in_english(world: World, desk: Desk) -> None:
    shown = _shown(desk, _identified(world, desk), language="en")
    assert (shown.sex, shown.category, shown.credential, shown.state_words) == ("M", "working", "by card", "Entitled")
    assert [row.label for row in shown.counters] == ["Stays this year", "Pool paid", "Eligible"]


def test_a_retired_person_with_a_stay_this_year(world: World, desk: Desk) -> None:
    shown = _shown(desk, _identified(world, desk, "li-xiulan"), "inpatient")
    assert (shown.sex, shown.category, shown.entitled) == ("女", "退休", True)
    assert shown.counters == (
        CounterRow("本年住院", None, count=1),
        CounterRow("统筹已付", 6705_00),
        CounterRow("符合报销", 8200_00, 40_000_00),
    )


def test_a_waiting_period_shows_the_day_on_which_it_ends(world: World, desk: Desk) -> None:
    shown = _shown(desk, _identified(world, desk, "wang-xiaomei"))
    assert (shown.entitled, shown.doubtful) == (False, False)
    assert shown.since is not None
    assert shown.state_words == f"统筹不支付：在等待期内,{shown.since}起享受统筹待遇"


def test_lapsed_benefits_have_no_first_day(world: World, desk: Desk) -> None:
    shown = _shown(desk, _identified(world, desk, "zhao-tingbao"))
    assert (shown.entitled, shown.since) == (False, None)
    assert shown.state_words == "统筹不支付：参保已暂停,停止享受医疗保险待遇"


def test_without_a_card_there_is_no_card_number(world: World, desk: Desk) -> None:
    visit = desk.office.region.visits["pharmacy"]
    shown = _shown(desk, identify_id_number(desk.office, "439999197003030012", "", visit))
    assert (shown.credential, shown.card_masked, shown.id_masked) == ("身份证", "", "4399 **** 0012")


def test_our_rules_say_no_where_the_bureau_says_yes(world: World, desk: Desk) -> None:
    shown = _shown(desk, _with_word(_identified(world, desk, "wang-xiaomei"), entitled=True))
    assert (shown.entitled, shown.doubtful) == (True, True)
    assert shown.state_words == ("待遇正常。本机按政策算：连续缴费的等待期还没有满，基金暂不支付。以医保中心为准。")


def test_our_rules_say_yes_where_the_bureau_says_no(world: World, desk: Desk) -> None:
    shown = _shown(desk, _with_word(_identified(world, desk), entitled=False, reason="欠费。", first_covered_day=""))
    assert (shown.entitled, shown.doubtful, shown.since) == (False, True, None)
    assert shown.state_words == "统筹不支付：欠费。本机按政策算待遇正常，以医保中心为准。"


def test_our_rules_say_another_day(world: World, desk: Desk) -> None:
    waiting = _identified(world, desk, "wang-xiaomei")
    ours = _shown(desk, waiting).since
    shown = _shown(desk, _with_word(waiting, first_covered_day="2199-01-01", reason=""))
    assert (shown.since, shown.doubtful) == (date(2199, 1, 1), True)
    assert shown.state_words == f"统筹不支付。本机按政策算自 {ours} 起享受，以医保中心为准。"


def test_where_the_bureau_gives_no_day_ours_is_shown(world: World, desk: Desk) -> None:
    waiting = _identified(world, desk, "wang-xiaomei")
    told = _shown(desk, waiting).since
    assert _shown(desk, _with_word(waiting, first_covered_day="不详")).since == told


def test_what_the_bureau_does_not_say_is_not_guessed(world: World, desk: Desk) -> None:
    silent = replace(_identified(world, desk), entitlements=(Entitlement("330100", True, "2006-01-01", ""),))
    shown = _shown(desk, silent)
    assert (shown.entitled, shown.since, shown.doubtful) == (None, None, False)
    assert shown.state_words == "医保中心没有说明待遇"


def test_where_our_rules_cannot_say_the_bureau_stands_alone(world: World, desk: Desk) -> None:
    unknown = _identified(world, desk)
    facts = {name: value for name, value in unknown.person.facts.items() if name != "first_contribution"}
    shown = _shown(desk, replace(unknown, person=replace(unknown.person, facts=facts, sex="9", born_on=None)))
    assert (shown.entitled, shown.doubtful, shown.sex, shown.age) == (True, False, "", None)


def test_a_category_that_no_rule_knows_is_left_out(world: World, desk: Desk) -> None:
    stranger = _with_facts(_identified(world, desk), category="离休")
    assert _shown(desk, stranger).category == ""


def test_without_a_policy_the_counters_have_no_limits(world: World, desk: Desk) -> None:
    books = desk.office.books
    settings = replace(books.settings, values={**books.settings.values, "policy.id": "nowhere"})
    office = replace(desk.office, books=replace(books, settings=settings))
    identified = _identified(world, desk)
    shown = customer_of(office, desk.policies, identified, office.region.visits["pharmacy"], at=office.bureau.now)
    assert shown.entitled
    assert shown.counters == (CounterRow("本年住院", None, count=0), CounterRow("统筹已付", 0))


def test_what_the_bureau_did_not_count_has_no_row(world: World, desk: Desk) -> None:
    assert _shown(desk, _with_counters(_identified(world, desk), {}, {})).counters == ()


def test_a_limit_on_what_the_fund_paid_stands_beside_what_it_paid(world: World, desk: Desk) -> None:
    books = desk.office.books
    settings = replace(books.settings, values={**books.settings.values, "policy.id": "jiangsu-city"})
    office = replace(desk.office, books=replace(books, settings=settings))
    identified = _with_counters(_identified(world, desk), {"pool_paid": 5_00}, {"admissions": 2})
    shown = customer_of(office, desk.policies, identified, office.region.visits["pharmacy"], at=office.bureau.now)
    assert CounterRow("统筹已付", 5_00, 21_000_00) in shown.counters


@pytest.mark.parametrize(
    ("used_fen", "approved", "rows"),
    [
        (420_00, None, (CounterRow("慢病起付", 420_00, 1_000_00), CounterRow("慢病已付", 7_00, 2_500_00))),
        (3_000_00, None, (CounterRow("慢病起付", 1_000_00, 1_000_00), CounterRow("慢病已付", 7_00, 2_500_00))),
        (0, True, (CounterRow("慢病起付", 0, 1_000_00), CounterRow("慢病已付", 7_00, 2_500_00))),
        (0, None, ()),
        (0, False, ()),
    ],
)
def test_chronic_rows_stand_where_there_is_something_of_it(
    world: World, desk: Desk, used_fen: int, approved: bool | None, rows: tuple[CounterRow, ...]
) -> None:
    identified = _with_facts(_identified(world, desk), chronic_approved=approved)
    known = _with_counters(identified, {"chronic_eligible": used_fen, "chronic_paid": 7_00}, {})
    assert _shown(desk, known).counters == rows


def test_a_person_on_the_chronic_register_of_whom_nothing_was_counted(world: World, desk: Desk) -> None:
    approved = _with_facts(_identified(world, desk), chronic_approved=True)
    assert _shown(desk, _with_counters(approved, {}, {})).counters == ()


@pytest.mark.parametrize(
    ("number", "head", "shown"),
    [
        ("A00000011", 0, "**** 0011"),
        ("439999197003030012", 4, "4399 **** 0012"),
        ("", 0, ""),
        ("1234", 0, "****"),
        ("12345678", 4, "********"),
    ],
)
def test_the_middle_of_a_number_is_hidden(number: str, head: int, shown: str) -> None:
    assert middle_hidden(number, head) == shown


def test_importing_it_loads_no_database_and_no_network() -> None:
    program = (
        "import sys, pos_client.desk.customer\n"
        "loaded = {name.split('.')[0] for name in sys.modules}\n"
        "print(loaded & {'sqlalchemy', 'sqlcipher3', 'requests', 'smartcard', 'serial', 'PySide6'})\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("set()\n", "")
