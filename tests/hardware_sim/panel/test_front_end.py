"""The bureau's side of the panel, by keys alone; what a desk and the control endpoints see of it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import requests
from PySide6.QtCore import Qt

from hardware_sim.front_end.clock import SHANGHAI
from tests.hardware_sim.front_end.desk import Desk, cancellation, purchase

from .conftest import LONGEST_WAIT_MS, Panel

KEYS = Qt.Key
ROWS = (("XTEST0000000000000001A1", "12.5", "2", "25.00"),)


def faults(panel: Panel) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = requests.get(f"{panel.bureau.url}/_sim/faults", timeout=10).json()["faults"]
    return listed


def wait_for_faults(panel: Panel, *expected: tuple[str, str | None, int | None]) -> None:
    def on() -> list[tuple[str, str | None, int | None]]:
        return [(one["name"], one["infno"], one["times"]) for one in faults(panel)]

    panel.bot.waitUntil(lambda: on() == list(expected), timeout=LONGEST_WAIT_MS)


def wait_until_shown(panel: Panel, fault: str, state: str) -> None:
    rows = panel.window.bureau_page.rows
    panel.bot.waitUntil(lambda: rows.state_of(fault) == state, timeout=LONGEST_WAIT_MS)


def wait_for_power(panel: Panel, state: str) -> None:
    panel.bot.waitUntil(lambda: panel.window.front_end_state.text == state, timeout=LONGEST_WAIT_MS)


def test_the_server_goes_down_and_comes_back_at_the_same_place(panel: Panel) -> None:
    url = panel.bureau.url
    panel.press(KEYS.Key_F10)
    wait_for_power(panel, "已停")
    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=10)
    assert not panel.window.person_page.issue.isEnabled()
    panel.press(KEYS.Key_F10)
    wait_for_power(panel, "在线")
    assert panel.bureau.url == url
    assert requests.get(f"{url}/_sim/ledger", timeout=10).status_code == 200
    told = [line.partition(" ")[2] for line in panel.window.log.lines]
    assert told[:2] == ["前置机：已启动", "前置机：已停"]


def test_faults_are_switched_with_digits_and_off_again(panel: Panel) -> None:
    panel.press(KEYS.Key_F11, KEYS.Key_Home, KEYS.Key_Return)
    wait_for_faults(panel, ("drop_answer", None, 1))
    panel.press(KEYS.Key_Down, KEYS.Key_3)
    wait_for_faults(panel, ("drop_answer", None, 1), ("drop_request", None, 3))
    panel.press(KEYS.Key_Up, KEYS.Key_0)
    wait_for_faults(panel, ("drop_request", None, 3), ("drop_answer", None, None))
    wait_until_shown(panel, "drop_answer", "一直")
    assert panel.window.log.lines[0].endswith("前置机：故障开：不回答 一直")
    panel.press(KEYS.Key_Delete)
    wait_for_faults(panel, ("drop_request", None, 3))
    wait_until_shown(panel, "drop_answer", "")
    assert panel.window.log.lines[0].endswith("前置机：故障关：不回答")


def test_a_fault_is_limited_to_a_transaction_with_the_arrows(panel: Panel) -> None:
    panel.press(KEYS.Key_F11, KEYS.Key_Home, KEYS.Key_Right, KEYS.Key_Return)
    wait_for_faults(panel, ("drop_answer", "2102", 1))
    wait_until_shown(panel, "drop_answer", "一次 · 2102")
    panel.press(KEYS.Key_Left, KEYS.Key_Left, KEYS.Key_2)
    wait_for_faults(panel, ("drop_answer", "3201", 2))


def test_a_closed_port_knows_neither_times_nor_transactions(panel: Panel) -> None:
    panel.window.bureau_page.rows.choose("down")
    panel.press(KEYS.Key_F11, KEYS.Key_Right, KEYS.Key_2)
    wait_until_shown(panel, "down", "一直，已 1 次")
    with pytest.raises(requests.ConnectionError):
        requests.get(panel.bureau.url, timeout=10)
    panel.press(KEYS.Key_Delete)
    wait_until_shown(panel, "down", "")
    assert faults(panel) == []


def test_a_fault_that_has_struck_is_told_and_does_not_strike_again(panel: Panel) -> None:
    desk = panel.desk()
    panel.window.bureau_page.rows.choose("refuse")
    panel.press(KEYS.Key_F11, KEYS.Key_Return)
    wait_for_faults(panel, ("refuse", None, 1))
    assert "系统繁忙" in desk.refusal("2102", purchase(rows=ROWS))
    panel.wait_for_line("前置机：故障发生：中心拒绝")
    wait_until_shown(panel, "refuse", "已发生")
    panel.press(KEYS.Key_Down, KEYS.Key_Return)
    wait_for_faults(panel, ("late", None, 1))


def test_what_the_bureau_books_and_takes_back_stands_in_the_log(panel: Panel) -> None:
    desk = panel.desk()
    before = len([row for row in desk.ledger() if row["kind"] == "settle" and not row["voided"]])
    bought = bought_today(desk)
    panel.wait_for_line("前置机：收到 2102，已入账 25.00")
    panel.bot.waitUntil(lambda: panel.window.bureau_page.ledger.startswith(f"{before + 1} 笔"), timeout=LONGEST_WAIT_MS)
    desk.output("2103", cancellation(bought))
    panel.wait_for_line("前置机：收到 2103，已撤销 25.00")
    panel.bot.waitUntil(lambda: panel.window.bureau_page.ledger.startswith(f"{before} 笔"), timeout=LONGEST_WAIT_MS)


def test_a_reversal_stands_in_the_log(panel: Panel) -> None:
    desk = panel.desk()
    bought_today(desk)
    panel.wait_for_line("前置机：收到 2102，已入账 25.00")
    assert desk.reverse(desk.ledger()[-1]["msgid"])["infcode"] == 0
    panel.wait_for_line("前置机：2102 已冲正 25.00")


def bought_today(desk: Desk) -> dict[str, Any]:
    bought: dict[str, Any] = desk.output("2102", purchase(rows=ROWS))["setlinfo"]
    return bought


def test_the_bureau_s_clock_is_set_with_keys(panel: Panel) -> None:
    panel.press(KEYS.Key_F12)
    for key in (KEYS.Key_9, KEYS.Key_0, KEYS.Key_Up, KEYS.Key_Return):
        panel.press(key)
    panel.wait_for_line("前置机：时钟快 120 秒")

    def ahead() -> timedelta:
        said = panel.desk().call("9001", {})["respond_time"]
        return datetime.strptime(f"{said[:14]}+0800", "%Y%m%d%H%M%S%z") - datetime.now(SHANGHAI)

    panel.bot.waitUntil(lambda: timedelta(seconds=60) < ahead() < timedelta(seconds=180), timeout=LONGEST_WAIT_MS)


def test_faults_and_clock_outlive_a_server_that_ends_unexpectedly(panel: Panel) -> None:
    panel.press(KEYS.Key_F11, KEYS.Key_Home, KEYS.Key_2)
    wait_for_faults(panel, ("drop_answer", None, 2))
    wait_until_shown(panel, "drop_answer", "2 次")
    process = panel.bureau._child._process
    assert process is not None
    process.kill()
    panel.wait_for_line("前置机：意外停止。按 F10 再启动")
    assert panel.window.front_end_state.text == "已停"
    panel.press(KEYS.Key_F10)
    wait_for_power(panel, "在线")
    assert [(one["name"], one["times"]) for one in faults(panel)] == [("drop_answer", 2)]
