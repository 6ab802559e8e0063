"""A clerk in a hurry: money moves once, and only after the amount was seen; what is typed ahead is not lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.tasks import TasksPage
from pos_client.ui.pages.welcome import WelcomePage
from tests.ui.hasty import hold, tap
from tests.ui.keys import Keys


def _begun(keys: Keys) -> SalePage:
    keys.insert("zhang-jianguo")
    page = keys.on(SalePage)
    keys.scan("YD0001")
    return page


def _tried(keys: Keys) -> SalePage:
    page = _begun(keys)
    keys.press("F6", "F5")
    assert page.view.stage == "tried"
    return page


@pytest.mark.parametrize(
    "hasty",
    [("F8", "F8"), ("F8", "Enter"), ("Enter", "Enter"), ("Enter", "F8"), ("F8",) * 9, ("F8", "F12"), ("F8", "F5")],
    ids="+".join,
)
def test_money_is_taken_once_however_fast_the_keys_come(keys: Keys, hasty: tuple[str, ...]) -> None:
    _tried(keys)
    QTest.qWait(40)  # a hand, not a scanner
    tap(*hasty)
    keys.on(WelcomePage)
    assert len(keys.world.ledger()) == 1
    assert keys.world.agreement().disagreements == ()


@pytest.mark.parametrize("key", ["F8", "Enter"])
def test_a_key_that_is_held_down_settles_once(keys: Keys, key: str) -> None:
    _tried(keys)
    QTest.qWait(40)
    hold(keys, key)
    keys.on(WelcomePage)
    assert len(keys.world.ledger()) == 1
    assert keys.world.agreement().disagreements == ()


def test_the_button_clicked_twice_settles_once(keys: Keys) -> None:
    _tried(keys)
    for _ in range(2):
        QTest.mouseClick(keys.program.window.button, Qt.MouseButton.LeftButton)
    keys.on(WelcomePage)
    assert len(keys.world.ledger()) == 1


@pytest.mark.parametrize(
    "ahead", [("F8",), ("Enter",), ("F8", "F8"), ("Enter", "Enter"), ("50", "Enter"), ("50", "F8")], ids="+".join
)
def test_what_is_typed_ahead_during_the_trial_settles_nothing(keys: Keys, ahead: tuple[str, ...]) -> None:
    page = _begun(keys)
    keys.press("F6")
    keys.world.faults({"name": "late", "infno": "2101", "ms": 300})
    QTest.qWait(40)
    tap("F5", *ahead)
    keys.settle()
    keys.on(SalePage)
    assert page.view.stage == "tried"
    assert keys.world.ledger() == []
    keys.press("F8")
    keys.on(WelcomePage)
    assert len(keys.world.ledger()) == 1


def test_enter_held_down_in_the_empty_scan_field_tries_and_takes_no_money(keys: Keys) -> None:
    page = _begun(keys)
    hold(keys, "Enter")
    assert page.view.stage == "tried"
    assert keys.world.ledger() == []


def test_an_amount_that_is_typed_during_the_trial_stands_in_the_money_field_after_it(keys: Keys) -> None:
    page = _begun(keys)
    keys.press("F6")
    keys.world.faults({"name": "late", "infno": "2101", "ms": 300})
    tap("F5", "5", "0")
    keys.settle()
    assert (page.bill.scan.text, page.tender.text) == ("", "50")
    assert page.tender.change.figure == "37.40"


def test_an_amount_that_is_typed_while_the_window_shows_that_it_waits_is_not_lost(keys: Keys) -> None:
    page = _begun(keys)
    keys.press("F6")
    keys.world.faults({"name": "late", "infno": "2101", "ms": 1500})
    tap("F5")
    keys.until(lambda: "Esc" in keys.lit and len(keys.lit) == 1)
    tap("5", "0")
    keys.settle()
    assert (page.bill.scan.text, page.tender.text) == ("", "50")


def test_scans_that_arrive_while_the_desk_is_at_work_all_become_lines(keys: Keys) -> None:
    page = _begun(keys)
    for code in ("YD0002", "YD0004", "YD0024", "YD0002"):
        tap(code, "Enter")
    keys.settle()
    assert [(line.code, line.quantity) for line in page.view.lines] == [
        ("YD0001", "1"), ("YD0002", "2"), ("YD0004", "1"), ("YD0024", "1"),
    ]  # fmt: skip


def test_a_scan_during_the_settlement_never_lands_on_the_next_persons_bill(keys: Keys) -> None:
    _tried(keys)
    keys.world.faults({"name": "late", "infno": "2102", "ms": 300})
    tap("F8", "2000000000046", "Enter")
    keys.on(WelcomePage)
    keys.take_card()
    keys.insert("li-xiulan")
    assert keys.on(SalePage).view.lines == ()


def test_del_held_down_takes_lines_off_and_then_rests(keys: Keys) -> None:
    page = _begun(keys)
    keys.scan("YD0002")
    hold(keys, "Del")
    assert page.view.lines == ()
    keys.scan("YD0004")
    assert len(page.view.lines) == 1


def test_a_key_of_the_bar_that_is_typed_ahead_is_taken_when_the_answer_is_there(keys: Keys) -> None:
    _begun(keys)
    keys.world.faults({"name": "late", "infno": "2101", "ms": 300})
    tap("F5", "F11")
    keys.on(TasksPage)


def test_esc_forgets_what_was_typed_ahead(keys: Keys) -> None:
    page = _begun(keys)
    keys.world.faults({"name": "late", "infno": "2101", "ms": 300})
    tap("F5", "5", "0", "F11", "Esc")
    keys.settle()
    assert keys.on(SalePage) is page
    assert (page.view.stage, page.tender.text) == ("tried", "")
