"""What is called lost, doubled and unexplained is itself tested: a day that went well, with one thing changed."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from rehearsal import visits_agreement
from rehearsal.simulation.clerk import Clerk
from rehearsal.simulation.day import _Day
from rehearsal.simulation.draw import draw
from rehearsal.simulation.oracle import Findings, judge_desk, judge_reversals
from rehearsal.simulation.script import Act, ActKind, Script
from rehearsal.simulation.shortcuts import shortcuts, virtual_locks
from rehearsal.visits_agreement import BureauVisit

BASKET = (("YD0001", 2),)


def _quiet_day() -> Script:
    """One desk, a sale, a sale that is voided, a visit and a stay; nothing goes wrong."""
    acts = (
        Act(1, 0, 1, ActKind.SALE, "zhang-jianguo", BASKET, over_fen=100),
        Act(2, 60_000, 1, ActKind.SALE, "ma-yan", BASKET),
        Act(3, 120_000, 1, ActKind.VOID, about=2),
        Act(4, 180_000, 1, ActKind.VISIT, "li-xiulan", BASKET, thinks_again=True),
        Act(5, 240_000, 1, ActKind.STAY, "ma-yan", BASKET, deposit_fen=50_000),
    )
    script = replace(draw(1), region="training", gateway_timeout_s=5, true_disk=False, events=(), acts=acts)
    return replace(script, desks=(replace(script.desks[0], offset_ms=0, drift_ppm=0),))


@contextmanager
def _played(folder: Path) -> Iterator[_Day]:
    with virtual_locks(), shortcuts():
        day = _Day(_quiet_day(), folder)
        try:
            assert not day.play().findings.any
            yield day
        finally:
            day.close()


@pytest.fixture
def day(tmp_path: Path) -> Iterator[_Day]:
    with _played(tmp_path) as played:
        yield played


def _judged(day: _Day, **changes: object) -> Findings:
    """What the oracle finds with the bureau's ledger, its visits or the clerk changed."""
    clerk = day._clerks[1]
    for name, value in changes.items():
        setattr(day._bureau, name, lambda value=value: value)
    findings = Findings()
    with clerk.machine.books() as books, books.store.read() as connection:
        judge_desk(findings, clerk, connection, day._bureau, may_differ=False)
    return findings


def test_a_settlement_of_which_no_customer_was_told_is_lost(day: _Day) -> None:
    clerk = day._clerks[1]
    clerk.deals = clerk.deals[1:]
    assert any("no customer was told so" in what for what in _judged(day).lost)


def test_what_was_told_as_settled_and_does_not_stand_is_lost(day: _Day) -> None:
    first, *others = day._bureau.ledger()
    ledger = [dict(first) | {"reversed": True}, *others]
    assert any("act 1 was told as settled" in what for what in _judged(day, ledger=ledger).lost)


def test_one_customer_settled_twice_is_doubled(day: _Day) -> None:
    clerk = day._clerks[1]
    stay, visit = clerk.deals[-1], clerk.deals[-2]
    stay.messages += visit.messages
    assert any("settled 2 times" in what for what in _judged(day).doubled)


def test_cash_that_is_not_in_the_money_book_is_unexplained(day: _Day) -> None:
    day._clerks[1].cash_fen += 1
    assert any("the clerk holds" in what for what in _judged(day).unexplained)


def test_what_the_screen_had_not_said_wants_a_difference(day: _Day) -> None:
    deal = day._clerks[1].deals[0]
    deal.shown = dict(deal.shown) | {"cash": deal.shown["cash"] + 1}
    assert any("nobody says so" in what for what in _judged(day).unexplained)


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (lambda clerk: setattr(clerk.deals[0], "laid_fen", 5), "still lie on the counter"),
        (lambda clerk: setattr(clerk.deals[0], "waits_for", "01-000001"), "still waits for"),
        (lambda clerk: clerk.complaints.append("S-BUG"), "S-BUG"),
        (lambda clerk: setattr(clerk, "last_evening", None), "no nightly has ended"),
    ],
)
def test_what_is_left_open_at_the_counter_is_unexplained(
    day: _Day, broken: Callable[[Clerk], object], told: str
) -> None:
    broken(day._clerks[1])
    assert any(told in what for what in _judged(day).unexplained)


def test_a_reversal_that_the_region_does_not_allow_is_found() -> None:
    findings = Findings()
    asked = ['{"input": {"data": {"oinfno": "2103"}}}']
    judge_reversals(findings, asked, "base")
    assert not findings.any
    judge_reversals(findings, asked, "hunan")
    assert findings.lines() == ["UNEXPLAINED: a reversal of 2103, which this region does not allow"]


def _visits(day: _Day, change: Callable[[BureauVisit], BureauVisit]) -> str:
    """What is found when the stay at the bureau is changed."""
    first, stay = day._bureau.visits()
    with day._machines[1].books() as books, books.store.read() as connection:
        found = visits_agreement.disagreements(connection, [first, change(stay)])
    return "\n".join(f"{one.sort} {one.what}" for one in found)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda stay: stay, ""),
        (lambda stay: replace(stay, stands=False), "lost visit .* the bureau does not have it"),
        (lambda stay: replace(stay, msgid="P" * 30), "lost P+: the bureau has a visit, the journal does not"),
        (lambda stay: replace(stay, visit_id="X"), "its number is .*, the bureau's X"),
        (lambda stay: replace(stay, ended=False), "the bureau says ended: False"),
        (lambda stay: replace(stay, rows={}), "the journal has the rows"),
        (lambda stay: replace(stay, rows=dict.fromkeys(stay.rows)), "other rows unsettled"),
    ],
)
def test_visits_are_held_against_the_bureaus(
    day: _Day, change: Callable[[BureauVisit], BureauVisit], told: str
) -> None:
    found = _visits(day, change)
    assert found == "" if told == "" else re.search(told, found), found
