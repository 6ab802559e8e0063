"""What is called lost, doubled and unexplained is itself tested: a day that went well, with one thing changed."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from hardware_sim.front_end.faults import Fault
from pos_client.desk.queue import open_tasks
from pos_client.money import yuan
from pos_client.offline.money_book import Means
from pos_client.offline.tasks import TaskKind
from rehearsal import visits_agreement
from rehearsal.simulation.clerk import Clerk
from rehearsal.simulation.day import _Day
from rehearsal.simulation.door import LineFault
from rehearsal.simulation.draw import draw
from rehearsal.simulation.oracle import Findings, judge_desk, judge_reversals
from rehearsal.simulation.script import Act, ActKind, Event, EventKind, Script, Troubles
from rehearsal.simulation.shortcuts import shortcuts, virtual_locks
from rehearsal.visits_agreement import BureauVisit

BASKET = (("YD0001", 2),)
REFUSED_LATER = Troubles(wire=(Fault(name="refuse", infno="2102"),))


def _quiet_day() -> Script:
    """One desk, a sale, a sale that is voided, a visit and a stay; nothing goes wrong."""
    return _script(
        Act(1, 0, 1, ActKind.SALE, "zhang-jianguo", BASKET, over_fen=100),
        Act(2, 60_000, 1, ActKind.SALE, "ma-yan", BASKET),
        Act(3, 120_000, 1, ActKind.VOID, about=2),
        Act(4, 180_000, 1, ActKind.VISIT, "li-xiulan", BASKET, thinks_again=True),
        Act(5, 240_000, 1, ActKind.STAY, "ma-yan", BASKET, deposit_fen=50_000),
    )


def _day_without_bureau(troubles: Troubles = REFUSED_LATER) -> Script:
    """Somebody comes twice, the second time while the bureau is out of reach; what he bought is sent afterwards."""
    acts = (
        Act(1, 0, 1, ActKind.SALE, "zhang-jianguo", BASKET, other_means=Means.WECHAT, other_percent=30),
        Act(2, 60_000, 1, ActKind.SALE, "zhang-jianguo", (*BASKET, ("WSSCPTP", 1)), over_fen=500),
        Act(3, 200_000, 1, ActKind.SYNC, troubles=troubles),
    )
    outage = Event(EventKind.OUTAGE, at_ms=50_000, lasts_ms=100_000, desk=1)
    return replace(_script(*acts), provisional=True, events=(outage,))


def _script(*acts: Act) -> Script:
    script = replace(draw(1), region="training", provisional=False, gateway_timeout_s=5, true_disk=False)
    desk = replace(script.desks[0], offset_ms=0, drift_ppm=0)
    return replace(script, desks=(desk,), events=(), acts=acts)


@contextmanager
def _played(folder: Path, script: Script) -> Iterator[_Day]:
    with virtual_locks(), shortcuts():
        day = _Day(script, folder)
        try:
            assert not day.play().findings.any
            yield day
        finally:
            day.close()


@pytest.fixture
def day(tmp_path: Path) -> Iterator[_Day]:
    with _played(tmp_path, _quiet_day()) as played:
        yield played


@pytest.fixture
def day_without_bureau(tmp_path: Path) -> Iterator[_Day]:
    with _played(tmp_path, _day_without_bureau()) as played:
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


def test_money_that_came_otherwise_than_the_money_book_says_is_unexplained(day: _Day) -> None:
    clerk = day._clerks[1]
    clerk.cash_fen -= 5
    clerk.elsewhere_fen[Means.WECHAT] += 5
    assert [what.split(",")[0] for what in _judged(day).unexplained] == [
        f"desk 1: the clerk holds {yuan(clerk.cash_fen)} in cash",
        "desk 1: the clerk holds 0.05 in wechat",
    ]


def test_a_provisional_sale_of_which_nothing_is_heard_again_is_lost(day_without_bureau: _Day) -> None:
    deal = day_without_bureau._clerks[1].deals[1]
    deal.lost = False
    found = _judged(day_without_bureau)
    assert any("act 2 was settled provisionally and is neither settled nor a loss" in what for what in found.lost)
    assert any("the clerk was told of []" in what for what in found.unexplained)


def test_a_loss_keeps_what_its_customer_was_asked_to_pay(day_without_bureau: _Day) -> None:
    deal = day_without_bureau._clerks[1].deals[1]
    assert deal.lost
    deal.shown = dict(deal.shown) | {"cash": deal.shown["cash"] + 1}
    assert any("of a loss instead of" in what for what in _judged(day_without_bureau).unexplained)


def test_the_cash_of_a_loss_explains_no_other_fen(day_without_bureau: _Day) -> None:
    first, *others = day_without_bureau._bureau.ledger()
    ledger = [dict(first) | {"psn_cash_pay": "0.01"}, *others]
    found = _judged(day_without_bureau, ledger=ledger)
    assert any("psn_cash_pay" in what for what in found.unexplained)


def test_a_provisional_sale_is_settled_once_under_whichever_number(tmp_path: Path) -> None:
    never_arrived = Troubles(wire=(Fault(name="drop_request", infno="2102"),))
    with _played(tmp_path, _day_without_bureau(never_arrived)) as day:
        deal = day._clerks[1].deals[1]
        assert deal.queued_again
        first, *_, last = deal.messages
        assert deal.settled == last != first
        deal.messages = [first]  # what the clerk was not told, the journal still says
        assert not _judged(day).any
        deal.messages = [first, *day._clerks[1].deals[0].messages]
        assert any("act 2 is settled 2 times" in what for what in _judged(day).doubled)


def test_a_provisional_sale_does_not_wait_behind_what_is_left_to_a_person(tmp_path: Path) -> None:
    script = _day_without_bureau(Troubles())
    sale, regular, sync = script.acts
    lost_void = Troubles(line=LineFault("line_lost", 1, "2103"))
    acts = (sale, Act(4, 20_000, 1, ActKind.VOID, about=1, troubles=lost_void), regular, sync)
    with _played(tmp_path, replace(script, region="training-hunan", acts=acts)) as day:
        clerk = day._clerks[1]
        assert clerk.deals[1].provisional
        assert clerk.deals[1].settled
        with clerk.machine.desk() as desk:
            kinds = {one.kind for one in open_tasks(desk.office.books)}
            assert kinds == {TaskKind.CANNOT_RESOLVE, TaskKind.TOTALS_DIFFER}
        found = _judged(day)
    assert (found.lost, found.doubled) == ([], [])
    assert [what for what in found.unexplained if "totals" not in what] == []


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
