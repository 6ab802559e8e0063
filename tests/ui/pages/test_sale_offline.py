"""A sale while the bureau is out of reach, by keys alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.test_provisional import LIMITS
from tests.desk.world import World, world_in
from tests.ui.conftest import Start
from tests.ui.keys import Keys


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as counter:
        counter.change_region('mode = "self_pay"', LIMITS)
        counter.slot.remove()
        yield counter


def _tried_in_vain(keys: Keys) -> SalePage:
    keys.insert("zhang-jianguo")
    page = keys.on(SalePage)
    keys.scan("YD0001")
    keys.world.faults({"name": "down"})
    keys.world.http.close()
    keys.press("Enter")
    return page


def test_the_trial_that_fails_offers_f8_and_f8_again_settles(keys: Keys) -> None:
    page = _tried_in_vain(keys)
    assert keys.message.sign is Sign.LOOK
    assert "按 F8 离线暂结（依据模拟区离线暂结办法，每笔限 30.00 元）" in keys.message.text
    assert keys.button == "F8 离线暂结"
    keys.until(lambda: keys.program.window.strip.state.offline)
    keys.press("F8")
    assert page.view.offline is not None
    assert "本机估算，医保中心尚未确认" in keys.right
    assert "本笔垫付 12.60 / 30.00" in keys.right
    keys.press("F8")
    keys.on(WelcomePage)
    assert "离线暂结，待上传" in keys.right
    assert keys.message.sign is Sign.LOOK
    assert "离线暂结" in keys.message.text
    keys.until(lambda: keys.program.shift is not None and keys.program.shift.unsent == 1)
    shown = " ".join(f"{part.label} {part.value}" for part in keys.program.window.strip.state.parts)
    assert "1 笔 12.60" in shown
    assert "1 / 2" in shown


def test_esc_goes_back_to_the_bill(keys: Keys) -> None:
    page = _tried_in_vain(keys)
    keys.press("F8", "Esc")
    assert page.view.offline is None
    assert len(page.view.lines) == 1


def test_somebody_known_is_served_although_nobody_can_be_asked(keys: Keys) -> None:
    _tried_in_vain(keys)
    keys.press("F8", "F8")
    keys.on(WelcomePage)
    keys.take_card()
    keys.insert("zhang-jianguo")
    page = keys.on(SalePage)
    assert page.view.known_since
    assert "查到的资料" in keys.left
    assert "连不上医保中心" in keys.message.text


def test_where_the_region_allows_nothing_the_reason_is_said(world: World, start: Start) -> None:
    world.change_region(LIMITS, 'mode = "self_pay"')
    keys = start()
    page = _tried_in_vain(keys)
    assert keys.message.code == "S-OFFLINE"
    assert page.view.offer == ""
    assert keys.button == "F5 试算"
