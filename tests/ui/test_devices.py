"""Counter devices in the window: the customer sees the sale, scans go where typed ones go, trouble is said quietly."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest
import requests
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hardware_sim.devices.display import MODELS, CustomerDisplay, Lamp, Shown
from hardware_sim.devices.drawer import CashDrawer
from hardware_sim.devices.lines import TcpDeviceLine
from hardware_sim.devices.scanner import Scanner
from pos_client.config import load_settings, write_settings
from pos_client.runtime import SystemChild
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.help import HelpPage
from pos_client.ui.pages.identify import IdentifyPage
from pos_client.ui.pages.lookup import LookupPage
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.settings import SettingPage, SettingsPage
from pos_client.ui.pages.stay_charges import ChargesPage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.world import World
from tests.ui.conftest import Start
from tests.ui.keys import Keys
from tests.ui.ward import admitted

AMOXICILLIN = "YD0001"


@dataclass
class Devices:
    """What stands on the counter."""

    shown: list[Shown] = field(default_factory=list)
    drawer: CashDrawer = field(default_factory=CashDrawer)

    def __post_init__(self) -> None:
        display = CustomerDisplay(MODELS["led8-9600"], self.shown.append, self.drawer.receive)
        self.display = TcpDeviceLine(display.receive)
        self.scanner = TcpDeviceLine(lambda _: None)

    def settings(self) -> dict[str, str | int]:
        display = f"led8-9600:{self.display.target}"
        scanner = f"scanner:{self.scanner.target}"
        return {"devices.display": display, "devices.drawer": display, "devices.scanner": scanner}

    def scan(self, code: str) -> None:
        assert self.scanner.wait_opened(10)
        Scanner(self.scanner.send).scan(code)


@pytest.fixture
def devices(world: World) -> Iterator[Devices]:
    made = Devices()
    with ExitStack() as stack:
        stack.enter_context(made.display)
        stack.enter_context(made.scanner)
        write_settings(world.home, made.settings())
        yield made


@pytest.fixture
def keys(devices: Devices, start: Start) -> Keys:
    return start()


def _until(keys: Keys, condition: Callable[[], bool]) -> None:
    keys.until(condition)
    keys.settle()


def _voucher(world: World) -> str:
    answer = requests.post(
        f"{world.front_end.control_url}/_sim/vouchers", json={"persona": "zhang-jianguo"}, timeout=10
    )
    return str(answer.json()["token"])


def _tried(keys: Keys) -> SalePage:
    """A bill of somebody who pays in cash."""
    keys.insert("zhang-jianguo")
    page = keys.on(SalePage)
    keys.press("F6")
    while page.view.account != "no":
        keys.press("F6")
    keys.enter(AMOXICILLIN)
    keys.press("F5")
    return page


# --- what the customer sees ---


def test_the_customer_sees_price_total_and_change_and_the_drawer_opens(keys: Keys, devices: Devices) -> None:
    keys.insert("zhang-jianguo")
    page = keys.on(SalePage)
    keys.press("F6")
    while page.view.account != "no":
        keys.press("F6")
    keys.enter(AMOXICILLIN)
    _until(keys, lambda: Shown("12.60", Lamp.UNIT_PRICE) in devices.shown)
    keys.press("F5")
    _until(keys, lambda: devices.shown[-1] == Shown("12.60", Lamp.TOTAL))
    assert devices.drawer.times == 0
    keys.enter("20")
    keys.on(WelcomePage)
    _until(keys, lambda: devices.shown[-1] == Shown("7.40", Lamp.CHANGE))
    _until(keys, lambda: devices.drawer.times == 1)
    keys.take_card()
    keys.insert("li-xiulan")
    _until(keys, lambda: devices.shown[-1].lamp is Lamp.NONE)
    assert devices.drawer.times == 1


def test_closing_the_window_blanks_the_display_and_ends_the_process(
    keys: Keys, devices: Devices, monkeypatch: pytest.MonkeyPatch
) -> None:
    _tried(keys)
    _until(keys, lambda: devices.shown[-1] == Shown("12.60", Lamp.TOTAL))
    process = keys.program.counter.devices._process
    child = process._child
    assert child is not None
    closed: list[bool] = []
    keys.program.closed.connect(lambda: closed.append(True))
    keys.program.close()
    keys.until(lambda: bool(closed))
    monkeypatch.setattr(keys.program, "close", keys.program.closed.emit)  # it is closed, the test's end does it again
    keys.until(lambda: devices.shown[-1] == Shown())
    assert process._child is None
    assert isinstance(child, SystemChild)
    assert child._process.wait(10) is not None


# --- scans ---


def test_a_scan_begins_a_bill_and_the_next_one_goes_on_with_it(keys: Keys, devices: Devices) -> None:
    keys.on(WelcomePage)
    devices.scan(AMOXICILLIN)
    _until(keys, lambda: keys.on(SalePage).view.lines != ())
    devices.scan("2000000000046")
    page = keys.on(SalePage)
    _until(keys, lambda: len(page.view.lines) == 2)
    assert page.bill.scan.text == ""


def test_a_scan_goes_to_the_bill_while_the_cursor_is_in_the_money(keys: Keys, devices: Devices) -> None:
    page = _tried(keys)
    keys.write("5")
    devices.scan("2000000000046")
    _until(keys, lambda: len(page.view.lines) == 2)
    assert page.tender.text == "5"


def test_scans_that_come_while_the_window_is_at_work_wait(keys: Keys, devices: Devices, world: World) -> None:
    keys.on(WelcomePage)
    keys.enter(AMOXICILLIN)
    page = keys.on(SalePage)
    page.ask(lambda: QTest.qSleep(600), lambda _: None)
    devices.scan("2000000000046")
    devices.scan("2000000000053")
    _until(keys, lambda: len(page.view.lines) == 3)


def test_a_voucher_that_is_scanned_identifies_from_the_first_page(keys: Keys, devices: Devices, world: World) -> None:
    token = _voucher(world)
    devices.scan(token)
    page = keys.on(SalePage)
    _until(keys, lambda: page.view.customer is not None)
    assert "张建国" in keys.left
    assert token not in keys.message.text
    devices.scan("9" * 28)
    _until(keys, lambda: "参保人已识别" in keys.message.text)
    assert page.view.customer is not None


def test_a_voucher_identifies_on_the_bill_whether_scanned_or_typed_by_a_scanner(
    keys: Keys, devices: Devices, world: World
) -> None:
    keys.enter(AMOXICILLIN)
    page = keys.on(SalePage)
    devices.scan(_voucher(world))
    _until(keys, lambda: page.view.customer is not None)
    keys.press("F12")
    keys.on(WelcomePage)
    keys.enter(AMOXICILLIN)
    page = keys.on(SalePage)
    keys.scan(_voucher(world))
    _until(keys, lambda: page.view.customer is not None)
    assert page.bill.scan.text == ""


def test_a_voucher_that_is_used_up_is_told_and_shown_nowhere(keys: Keys, devices: Devices) -> None:
    keys.on(WelcomePage)
    devices.scan("9" * 28)
    _until(keys, lambda: keys.message.code == "R-1101")
    assert "9999" not in keys.message.text + keys.left + keys.right


def test_a_voucher_is_no_charge_of_a_stay(keys: Keys, devices: Devices) -> None:
    admitted(keys)
    keys.press("Enter")
    page = keys.on(ChargesPage)
    devices.scan("9" * 28)
    _until(keys, lambda: "像医保码" in keys.message.text)
    assert page.view.lines == ()
    assert "9999" not in keys.message.text


def test_scans_go_to_the_other_pages_as_typed_ones_do(keys: Keys, devices: Devices, world: World) -> None:
    keys.press("F4")
    keys.on(LookupPage)
    devices.scan("01-000001")
    page = keys.on(LookupPage)
    _until(keys, lambda: page.bills.search.text == "01-000001")
    keys.press("Esc", "Esc")
    keys.on(WelcomePage)
    keys.press("F2")
    keys.on(IdentifyPage)
    devices.scan(_voucher(world))
    keys.on(SalePage)
    assert "张建国" in keys.left


# --- trouble ---


def test_a_display_that_is_unplugged_is_told_once_and_quietly_and_hinders_nobody(keys: Keys, devices: Devices) -> None:
    keys.until(lambda: keys.program.watch.state == "empty")
    strip = keys.program.window.strip.state
    devices.display.unplug()
    _until(keys, lambda: keys.message.code == "G-01")
    assert (keys.message.sign, "顾客显示屏" in keys.message.text) == (Sign.LOOK, True)
    assert keys.program.window.strip.state.parts == strip.parts
    keys.enter(AMOXICILLIN)
    keys.on(SalePage)
    assert keys.message.code == ""
    devices.display.plug()
    _until(keys, lambda: keys.message.code == "G-02")
    assert keys.message.sign is Sign.DONE


def test_trouble_waits_while_something_else_is_said(keys: Keys, devices: Devices) -> None:
    keys.enter("no such thing")
    keys.on(SalePage)
    assert keys.message.code == "S-ITEM"
    devices.display.unplug()
    keys.until(lambda: bool(keys.program.devices._news))
    assert keys.message.code == "S-ITEM"
    keys.enter(AMOXICILLIN)
    _until(keys, lambda: keys.message.code == "G-01")


def test_what_came_and_went_untold_is_not_told(keys: Keys, devices: Devices) -> None:
    keys.enter("no such thing")
    keys.on(SalePage)
    devices.display.unplug()
    keys.until(lambda: bool(keys.program.devices._news))
    devices.display.plug()
    keys.until(lambda: not keys.program.devices._news)
    keys.enter(AMOXICILLIN)
    QTest.qWait(300)
    assert keys.message.code == ""


def test_a_drawer_that_stays_shut_is_told_beside_the_change(keys: Keys, devices: Devices) -> None:
    _tried(keys)
    devices.display.unplug()
    _until(keys, lambda: keys.message.code == "G-01")
    keys.enter("20")
    keys.on(WelcomePage)
    _until(keys, lambda: keys.message.code == "G-05")
    assert "找零 7.40" in keys.message.text
    assert "请用钥匙打开" in keys.message.text


def test_a_wrong_address_is_told_and_the_desk_opens(world: World, start: Start) -> None:
    write_settings(world.home, {"devices.display": "ledd:/dev/ttyS1"})
    keys = start()
    _until(keys, lambda: keys.message.code == "G-07")
    keys.insert("zhang-jianguo")
    assert "张建国" in keys.left


# --- settings ---


def _open_setting(keys: Keys, title: str) -> None:
    keys.press("F1")
    keys.on(HelpPage)
    keys.write("s")
    page = keys.on(SettingsPage)
    rows = [row[0].text for row in page.list.table.rows]
    keys.press(*["Down"] * rows.index(title), "Enter")
    keys.on(SettingPage)


def test_a_device_is_tried_while_the_desk_lets_it_be_and_is_back_afterwards(
    keys: Keys, devices: Devices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos_client.desk.device_checks.SHOWN_MS", 1_000)
    _open_setting(keys, "顾客显示屏")
    keys.press("Enter")
    keys.on(SettingsPage)
    assert Shown("8888.88", Lamp.TOTAL) in devices.shown
    assert "已送出 8888.88" in keys.message.text
    keys.press("Esc")
    keys.on(WelcomePage)

    def heard() -> bool:
        """Nobody can tell from here when the scanner is opened again."""
        devices.scan(AMOXICILLIN)
        QTest.qWait(100)
        return isinstance(keys.page, SalePage)

    _until(keys, heard)
    assert keys.on(SalePage).view.lines


def test_the_scanner_is_tried_with_a_scan(keys: Keys, devices: Devices) -> None:
    _open_setting(keys, "串口扫码枪")
    page = keys.on(SettingPage)
    assert page.step_centre is not None
    QTest.keyClick(page.step_centre.fields["devices.scanner"].edit, Qt.Key.Key_Return)
    keys.until(lambda: "请用扫码枪扫任意一个码" in keys.message.text)

    def heard() -> bool:
        """Whoever tries a scanner scans until something happens: the port may not be open yet."""
        devices.scan("6901234567892")
        QTest.qWait(100)
        return isinstance(keys.page, SettingsPage)

    _until(keys, heard)


def test_a_device_that_is_not_there_yet_can_be_saved_all_the_same(keys: Keys, world: World) -> None:
    _open_setting(keys, "钱箱")
    keys.enter("drawer:/dev/no-such-port")
    keys.on(SettingPage)
    assert keys.message.code in ("G-01", "G-05")
    assert "照样保存" in keys.right
    keys.press("PgDown")
    keys.on(SettingsPage)
    assert load_settings(world.home, {}).text("devices.drawer") == "drawer:/dev/no-such-port"


def test_a_setting_that_cannot_be_meant_is_never_saved(keys: Keys, world: World) -> None:
    _open_setting(keys, "钱箱")
    keys.enter("drawerr:COM3")
    keys.on(SettingPage)
    assert keys.message.code == "G-07"
    assert "照样保存" not in keys.right
    keys.press("PgDown")
    keys.on(SettingPage)
    keys.press("Del", "Enter")
    keys.on(SettingsPage)
