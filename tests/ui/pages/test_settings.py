"""The settings by keys alone: seen, tested, saved, and what cannot be changed."""

import pytest

from pos_client.config import load_settings
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.help import HelpPage
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.settings import SettingPage, SettingsPage
from pos_client.ui.pages.sign_in import SignInPage
from pos_client.ui.pages.supervisor import SupervisorPage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.world import World
from tests.ui.conftest import Start
from tests.ui.keys import Keys
from tests.ui.staff import BOSS, CASHIER, PASSWORD, employ


def _open_settings(keys: Keys) -> SettingsPage:
    keys.press("F1")
    keys.on(HelpPage)
    keys.write("s")
    return keys.on(SettingsPage)


def _go_to(keys: Keys, title: str) -> None:
    rows = [row[0].text for row in keys.on(SettingsPage).list.table.rows]
    keys.press(*["Up"] * len(rows), *["Down"] * rows.index(title))


def test_they_are_opened_from_the_help_while_nobody_is_served(keys: Keys) -> None:
    _open_settings(keys)
    keys.press("Esc")
    keys.on(WelcomePage)
    keys.enter("YD0001")
    keys.on(SalePage)
    keys.press("F1")
    keys.write("s")
    keys.on(HelpPage)
    assert "正在为人收费" in keys.message.text


def test_one_is_changed_tested_saved_and_in_force_after_going_back(keys: Keys) -> None:
    _open_settings(keys)
    keys.press("Enter")
    keys.on(SettingPage)
    keys.enter("示例市第二药房")
    keys.press("Enter")
    page = keys.on(SettingsPage)
    assert keys.message.sign is Sign.DONE
    assert "示例市第二药房" in page.list.table.rows[0][1].text
    assert load_settings(keys.world.home, {}).text("institution.name") == "示例市第二药房"
    keys.press("Esc")
    keys.until(lambda: keys.program.place is not None and keys.program.place.institution == "示例市第二药房")
    keys.on(WelcomePage)
    keys.insert("zhang-jianguo")
    assert "张建国" in keys.left


def test_what_cannot_stand_is_told_and_not_saved(keys: Keys) -> None:
    _open_settings(keys)
    _go_to(keys, "读卡设置")
    keys.press("Enter")
    page = keys.on(SettingPage)
    assert page.step_centre is not None
    keys.enter("0")
    keys.press(*["Enter"] * (len(page.step_centre.fields) - 1))
    keys.on(SettingPage)
    assert (keys.message.sign, keys.message.code) == (Sign.STOP, "E-SETTING")
    keys.press("Esc")
    keys.on(SettingsPage)
    assert "没有改动" in keys.message.text
    assert load_settings(keys.world.home, {}).number("card.reading_age_min") == 10


@pytest.mark.parametrize(
    ("title", "why"), [("训练或正式", "有账以后不能改"), ("读卡器", "POS_CLIENT_READER"), ("前置机", "FRONT_END")]
)
def test_what_cannot_be_changed_says_why(keys: Keys, title: str, why: str) -> None:
    _open_settings(keys)
    _go_to(keys, title)
    assert why in keys.right
    assert not keys.button
    keys.press("Enter")
    keys.on(SettingsPage)
    assert why in keys.message.text


def test_code_and_number_of_a_desk_with_books_are_shown_and_stay(keys: Keys) -> None:
    _open_settings(keys)
    keys.press("Enter")
    page = keys.on(SettingPage)
    assert page.step_centre is not None
    assert not page.step_centre.fields["institution.code"].isEnabled()
    assert page.step_centre.fields["institution.name"].isEnabled()


def test_colours_are_seen_at_once_and_the_desk_stays_open(keys: Keys) -> None:
    _open_settings(keys)
    _go_to(keys, "深浅")
    keys.press("Enter")
    keys.on(SettingPage)
    keys.press("Down", "Enter")
    keys.on(SettingsPage)
    counter = keys.program.counter
    keys.press("Esc")
    keys.on(WelcomePage)
    assert keys.program.counter is counter
    assert load_settings(keys.world.home, {}).text("ui.theme") == "light"


def test_a_clerk_may_choose_the_printer_but_wants_a_supervisor_for_the_name(keys_of_clerk: Keys) -> None:
    keys = keys_of_clerk
    _open_settings(keys)
    _go_to(keys, "显示比例")
    keys.press("Enter", "Down", "Enter")
    keys.on(SettingsPage)
    assert load_settings(keys.world.home, {}).number("ui.scale_percent") == 100
    _go_to(keys, "机构")
    keys.press("Enter")
    keys.enter("丙药房")
    keys.press("Enter")
    keys.on(SupervisorPage)
    keys.press("Esc")
    keys.on(SettingPage)
    assert load_settings(keys.world.home, {}).text("institution.name") == "示例大药房"
    keys.press("Enter")
    keys.on(SupervisorPage)
    keys.enter("boss")
    keys.enter(PASSWORD)
    keys.on(SettingsPage)
    assert load_settings(keys.world.home, {}).text("institution.name") == "丙药房"
    keys.press("Esc")
    keys.on(SignInPage)


@pytest.fixture
def keys_of_clerk(start: Start, world: World) -> Keys:
    employ(world, BOSS, CASHIER)
    keys = start(signs_in=True)
    keys.on(SignInPage)
    keys.enter("02")
    keys.enter(PASSWORD)
    keys.on(WelcomePage)
    return keys
