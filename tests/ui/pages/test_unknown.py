"""A lost answer at the window: nobody is charged twice, the next person is served, whoever waits is told."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pos_client.desk.todo_view import Fate
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.unknown import UnknownPage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.world import World, world_in
from tests.ui.keys import Keys


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    # The drain is a process of its own, in which time is not bent: what must be waited for is kept short.
    with world_in(tmp_path, gateway_timeout=timedelta(seconds=1)) as counter:
        counter.slot.remove()
        yield counter


def _lose(keys: Keys, fault: str, tendered: str = "50") -> UnknownPage:
    keys.insert("wang-xiaomei")  # whose account does not reach
    keys.on(SalePage)
    for code in ("YD0001", "YD0002", "YD0024"):
        keys.scan(code)
    keys.press("Enter")
    keys.write(tendered)
    keys.world.faults({"name": fault, "infno": "2102", "times": 1})
    keys.press("F8")
    page = keys.on(UnknownPage)
    keys.until(lambda: page.view is not None)
    return page


def _known(keys: Keys, page: UnknownPage) -> None:
    keys.until(lambda: page.fate is not Fate.OPEN)
    keys.settle()


def test_the_bill_stays_in_sight_and_the_money_aside(keys: Keys) -> None:
    page = _lose(keys, "drop_request")
    assert "已收，待确认 50.00" in keys.right
    assert "不要重复收费" in keys.right
    assert "现金 50.00 单独放好" in keys.right
    assert len(page.bill.table.rows) == 3
    assert "退还现金 50.00 元，账户没有动" in page.bill.below.text()
    assert (keys.message.sign, keys.message.code) == (Sign.UNKNOWN, "U-2102")
    assert keys.button == "F12 服务下一位"
    assert {"F9", "F10", "F11", "F12"} <= keys.lit


def test_the_next_person_is_served_at_once(keys: Keys) -> None:
    _lose(keys, "drop_request")
    keys.take_card()
    keys.insert("zhang-jianguo")
    keys.press("F12")
    page = keys.on(SalePage)
    assert page.view.customer is not None
    assert page.view.customer.name == "张建国", "his card was there already"


def test_found_booked_it_says_the_change_and_the_slip_is_made(keys: Keys) -> None:
    page = _lose(keys, "drop_answer")
    _known(keys, page)
    assert "找零 8.00" in keys.right
    assert keys.message.sign is Sign.DONE
    assert "已入账。请找零现金 8.00 元" in keys.message.text
    assert "查询确认后补打" in (keys.world.home.slips / f"{page.id}.txt").read_text(encoding="utf-8")
    assert keys.button == "F12 已告知，下一位"
    keys.press("F12")
    keys.on(WelcomePage)
    keys.until(lambda: keys.program.shift is not None and keys.program.shift.todo == 0)
    assert keys.world.tasks() == []
    assert keys.world.agreement().disagreements == ()


def test_not_booked_everything_goes_back(keys: Keys) -> None:
    page = _lose(keys, "drop_request")
    _known(keys, page)
    assert "应退 50.00" in keys.right
    assert "没有入账。请退还现金 50.00 元" in keys.message.text
    assert "F10" not in keys.lit
    assert keys.world.agreement().disagreements == ()


def test_who_leaves_takes_his_money_only_at_the_second_press(keys: Keys) -> None:
    page = _lose(keys, "drop_request")
    keys.press("F9")
    assert "再按一次 F9" in keys.message.text
    keys.press("Esc")
    keys.press("F9")
    assert page.view is not None
    assert not page.view.customer_left
    keys.press("F9")
    assert "请退还现金 50.00 元" in keys.message.text
    keys.until(lambda: page.view is not None and page.view.customer_left)
    assert "应退 50.00" in keys.right
    assert "F9" not in keys.lit


def test_esc_does_not_lose_it(keys: Keys) -> None:
    _lose(keys, "drop_request")
    keys.press("Esc")
    keys.on(UnknownPage)
    assert "F12" in keys.message.text


def test_what_becomes_known_later_is_said_quietly_on_the_first_page_and_stays_a_task(keys: Keys) -> None:
    page = _lose(keys, "drop_answer")
    keys.press("F12")
    keys.on(WelcomePage)
    keys.until(lambda: "查清了：已入账" in keys.message.text)
    assert "王小梅" not in keys.message.text
    assert keys.world.tasks() == [("tell", page.id)]
    keys.until(lambda: keys.program.shift is not None and keys.program.shift.todo == 1)


def test_it_is_counted_as_a_reprint_when_the_slip_is_wanted_again(keys: Keys) -> None:
    page = _lose(keys, "drop_request")
    keys.press("F10")
    keys.until((keys.world.home.slips / f"{page.id}.pdf").exists)


def test_somebody_else_may_have_told_the_customer(keys: Keys) -> None:
    page = _lose(keys, "drop_answer")
    _known(keys, page)
    keys.program.desk.do(lambda: keys.program.counter.todo.told(page.id), lambda _: None, lambda _: None)
    keys.press("F12")
    keys.on(WelcomePage)
