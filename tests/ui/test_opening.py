"""From the first frame to the first person: nothing typed is lost, nothing that fails ends in a dead window."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hardware_sim.card.faults import parse
from pos_client.desk.opening import Opening
from pos_client.desk.station import open_desk
from pos_client.sync.abandonable import AbandonableHttp
from pos_client.ui.app import catch
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.not_opened import NotOpenedPage
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.sign_in import SignInPage
from pos_client.ui.pages.starting import StartingPage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.world import World
from tests.ui.fresh import Ground, ground_on, window_on
from tests.ui.keys import Keys
from tests.ui.staff import BOSS, PASSWORD, employ


@pytest.fixture
def ground(world: World) -> Ground:
    return ground_on(world, world.home, world.environment)


def _until_open(keys: Keys) -> None:
    keys.until(lambda: keys.program.shift is not None)
    keys.settle()


def test_what_is_scanned_while_the_books_are_opened_is_entered_then(
    world: World, ground: Ground, qapp: QApplication
) -> None:
    with window_on(world, ground) as keys:
        assert isinstance(keys.page, StartingPage)
        for code in ("YD0001", "2000000000022", "YD0004"):
            QTest.keyClicks(keys.program.window, code)
            QTest.keyClick(keys.program.window, Qt.Key.Key_Return)
        assert isinstance(keys.page, StartingPage), "it was typed before the desk was open"
        page = keys.on(SalePage)
        keys.until(lambda: len(page.view.lines) == 3)


def test_name_and_password_may_be_typed_before_the_page_for_them(
    world: World, ground: Ground, qapp: QApplication
) -> None:
    employ(world, BOSS)
    with window_on(world, ground) as keys:
        QTest.keyClicks(keys.program.window, "boss\r")
        QTest.keyClicks(keys.program.window, PASSWORD + "\r")
        keys.on(WelcomePage)


def test_a_desk_that_another_window_holds_says_so_and_is_tried_again(
    world: World, ground: Ground, qapp: QApplication
) -> None:
    with ExitStack() as stack:
        with open_desk(world.home, world.environment, world.runtime):
            keys = stack.enter_context(window_on(world, ground))
            keys.on(NotOpenedPage)
            assert keys.message.code == "D-DESK"
            assert keys.program.opener.exit_code == 4
            assert str(world.home.folder) in keys.right
            keys.press("Enter")
            keys.on(NotOpenedPage)
        keys.press("Enter")
        keys.on(WelcomePage)
        assert keys.program.opener.exit_code == 0


def test_esc_closes_a_window_that_did_not_open(world: World, ground: Ground, qapp: QApplication) -> None:
    world.home.config_file.write_text("mode = 3\n", encoding="utf-8")
    closed: list[bool] = []
    with window_on(world, ground) as keys:
        keys.program.closed.connect(lambda: closed.append(True))
        keys.on(NotOpenedPage)
        assert keys.message.code == "E-CONFIG"
        assert "Esc" in keys.lit
        keys.press("Esc")
        keys.until(lambda: bool(closed))
        assert keys.program.opener.exit_code == 4


def test_a_run_that_was_cut_off_is_told_on_the_first_page(world: World, ground: Ground, qapp: QApplication) -> None:
    cut_off = Opening(world.home, world.environment, world.runtime)
    cut_off.open()
    assert cut_off.counter is not None
    cut_off.counter.close()
    with window_on(world, ground) as keys:
        _until_open(keys)
        assert "意外退出" in keys.message.text
        assert keys.message.sign is Sign.LOOK
        keys.program.reopen()
        keys.on(StartingPage)
        keys.on(WelcomePage)
        assert "意外退出" not in keys.message.text


def test_a_failure_of_our_own_is_reported_told_and_lived_through(
    world: World, ground: Ground, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    with window_on(world, ground) as keys:
        _until_open(keys)

        def fails() -> None:
            raise ValueError("张建国")

        page = keys.page
        for _ in range(3):
            page.ask(fails, lambda _: None)
            keys.settle()
        assert keys.message.code == "B-TEST"
        assert [type(one) for one in ground.broke] == [ValueError], "each place is reported once"
        assert not page.busy
        keys.insert("zhang-jianguo")
        assert "张建国" in keys.left


def test_a_refused_sign_in_after_a_reopening_leaves_somebody_to_ask(
    world: World, ground: Ground, qapp: QApplication
) -> None:
    with window_on(world, ground) as keys:
        _until_open(keys)
        keys.enter("YD0001")
        keys.on(SalePage)
        keys.program.go_home()
        employ_beside = threading.Thread(target=lambda: employ(world, BOSS))
        employ_beside.start()
        employ_beside.join()
        keys.program.reopen()
        keys.on(SignInPage)
        keys.enter("boss")
        keys.enter(PASSWORD)
        page = keys.on(SalePage)
        assert len(page.view.lines) == 1, "the bill under way came back"


# --- Esc on a wait --------------------------------------------------------------------------------------------------


@pytest.fixture
def patient(world: World) -> Iterator[Ground]:
    """A ground whose door to the network may be given up, and a bureau that does not answer for a while."""
    with closing(AbandonableHttp()) as http:
        yield ground_on(world, world.home, world.environment, runtime=replace(world.runtime, http=http))


def test_esc_ends_the_wait_for_a_bureau_that_does_not_answer(world: World, patient: Ground, qapp: QApplication) -> None:
    with window_on(world, patient) as keys:
        _until_open(keys)
        world.faults({"name": "late", "infno": "1101", "ms": 8000})
        world.insert("zhang-jianguo")
        keys.until(lambda: "已等" in keys.message.text)
        assert keys.lit == {"Esc"}
        keys.press("Esc")
        keys.until(lambda: keys.message.code == "N-STOPPED")
        keys.settle()


def test_esc_ends_the_wait_for_a_reader_that_hangs(world: World, patient: Ground, qapp: QApplication) -> None:
    with window_on(world, patient) as keys:
        _until_open(keys)
        world.slot.add_fault(parse("mute@3=9000"))
        world.insert("zhang-jianguo")
        keys.until(lambda: "已等" in keys.message.text)
        keys.press("Esc")
        keys.until(lambda: keys.message.code == "K-15")


# --- what nobody caught ---------------------------------------------------------------------------------------------


@pytest.fixture
def hooks() -> Iterator[None]:
    hook, handlers = sys.excepthook, [(one, signal.getsignal(one)) for one in (signal.SIGINT, signal.SIGTERM)]
    yield
    sys.excepthook = hook
    for one, handler in handlers:
        signal.signal(one, handler)


@pytest.mark.usefixtures("hooks")
def test_what_fails_in_the_windows_own_thread_is_told_and_lived_through(
    world: World, ground: Ground, qapp: QApplication
) -> None:
    with window_on(world, ground) as keys:
        _until_open(keys)
        catch(keys.program)

        def fails() -> None:
            raise ValueError("张建国")

        QTimer.singleShot(0, fails)
        keys.until(lambda: keys.message.code == "B-TEST")
        assert [type(one) for one in ground.broke] == [ValueError]
        keys.press("F1", "Esc")
        keys.on(WelcomePage)


@pytest.mark.usefixtures("hooks")
def test_the_wish_to_end_from_outside_ends_it_as_the_close_button_does(
    world: World, ground: Ground, qapp: QApplication
) -> None:
    closed: list[bool] = []
    with window_on(world, ground) as keys:
        _until_open(keys)
        keys.program.closed.connect(lambda: closed.append(True))
        catch(keys.program)
        os.kill(os.getpid(), signal.SIGTERM)
        keys.until(lambda: bool(closed))
    assert not (world.home.logs / "run.json").exists()


def test_a_window_that_is_too_small_says_so_until_there_is_more_to_say(
    world: World, ground: Ground, qapp: QApplication
) -> None:
    with window_on(world, ground) as keys:
        _until_open(keys)
        keys.program.window.resize(800, 500)
        keys.until(lambda: "窗口太小" in keys.message.text)
        keys.program.window.page.say(Sign.STOP, "磁盘写不进去。")
        assert keys.message.text == "磁盘写不进去。"
        keys.program.window.resize(960, 540)
        keys.program.window.page.quiet()
        keys.program.window.refresh()
        assert "窗口太小" not in keys.message.text
