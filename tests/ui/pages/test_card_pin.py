"""The PIN of a card at the window: typed unseen or at the reader's pad, sent once, kept nowhere."""

import gc
from collections.abc import Iterator
from pathlib import Path
from types import CellType

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from hardware_sim.readers.models import GEMPC_PINPAD
from hardware_sim.readers.pin_pad import PinPadHands
from hardware_sim.readers.reader import SerialReader
from hardware_sim.readers.serial_lines import TcpLine
from pos_client.config import write_settings
from pos_client.ui.frame.scan_catcher import MOST_GAP_MS
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.card import CardPage
from pos_client.ui.pages.card_pin import CardPinPage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.world import World
from tests.silence import assert_folder_silent
from tests.ui.conftest import Start
from tests.ui.hasty import tap
from tests.ui.keys import Keys
from tests.ui.pages.test_card import PIN, opened, to_card

WRONG, NEW = "860492", "975310"


def to_pin(keys: Keys, persona: str) -> CardPinPage:
    to_card(keys, persona)
    keys.press("Enter")
    return keys.on(CardPinPage)


def to_change(keys: Keys, persona: str) -> CardPinPage:
    to_card(keys, persona)
    keys.write("g")
    return keys.on(CardPinPage)


def _typed(page: CardPinPage) -> list[str]:
    return [edit.text() for edit in page.centre.findChildren(QLineEdit)]


@pytest.fixture
def hands(world: World) -> Iterator[PinPadHands]:
    """The holder's hands at the pad of the reader that the desk then has."""
    hands = PinPadHands()
    with TcpLine(SerialReader(GEMPC_PINPAD, (world.slot,), hands=hands), 0) as line:
        world.reader_url = f"{line.url}?pinpad"
        yield hands


# --- typed ---


def test_it_is_shown_as_dots_and_forgotten_when_it_is_sent(keys: Keys) -> None:
    page = to_pin(keys, "purse-open")
    keys.write("1234")
    assert len(set(page.pin.edit.displayText())) == 1
    assert "1" not in page.pin.edit.displayText()
    keys.enter("56")
    keys.on(CardPage)
    assert _typed(page) == [""]
    page.pin.edit.undo()
    assert _typed(page) == [""]


def test_only_digits_get_in(keys: Keys) -> None:
    page = to_pin(keys, "zhang-jianguo")
    keys.write("1a2 x-3张４")
    assert page.pin.text == "1234"


def test_a_wrong_one_says_how_many_tries_are_left_and_may_be_typed_again(keys: Keys) -> None:
    page = to_pin(keys, "purse-open")
    keys.enter(WRONG)
    assert keys.on(CardPinPage) is page
    assert (keys.message.sign, keys.message.code) == (Sign.STOP, "K-41")
    assert "还可以输 2 次" in keys.right
    assert _typed(page) == [""]
    keys.enter(PIN)
    keys.on(CardPage)
    assert "卡内余额 305.50" in keys.right
    assert "还可以输 3 次" in keys.right


def test_nothing_typed_sends_nothing(keys: Keys) -> None:
    page = to_pin(keys, "zhang-jianguo")
    keys.press("Enter")
    assert keys.on(CardPinPage) is page
    assert "还没有输密码" in keys.message.text
    assert "还可以输 3 次" in keys.right


def test_too_few_digits_are_refused_before_the_card(keys: Keys) -> None:
    to_pin(keys, "zhang-jianguo")
    keys.enter("123")
    assert keys.message.code == "K-46"
    assert "还可以输 3 次" in keys.right


def test_what_a_scanner_sends_is_no_pin(keys: Keys) -> None:
    page = to_pin(keys, "zhang-jianguo")
    keys.scan("2000000000046")
    assert keys.on(CardPinPage) is page
    assert "扫码枪" in keys.message.text
    assert "还可以输 3 次" in keys.right
    assert _typed(page) == [""]
    for digit in "12345678":
        QTest.qWait(MOST_GAP_MS + 5)
        keys.write(digit)
    keys.press("Enter")
    assert keys.message.code == "K-41", "eight digits typed by hand are one"


def test_esc_sends_nothing(keys: Keys) -> None:
    page = to_pin(keys, "zhang-jianguo")
    keys.write(WRONG)
    keys.press("Esc")
    keys.on(CardPage)
    assert _typed(page) == [""]
    assert "还可以输 3 次" in keys.right


def test_it_is_checked_alone_once_the_card_is_read(keys: Keys) -> None:
    opened(keys, "purse-open")
    keys.write("h")
    keys.on(CardPinPage)
    keys.enter(WRONG)
    assert "还可以输 2 次" in keys.right
    keys.enter(PIN)
    keys.on(CardPage)
    assert "还可以输 3 次" in keys.message.text
    assert "卡内余额 305.50" in keys.right


# --- the last try ---


def test_the_last_try_wants_a_key_of_its_own(keys: Keys) -> None:
    page = to_pin(keys, "last-try")
    assert "最后一次机会" in page.form.words()
    assert not keys.button
    keys.enter(WRONG)
    keys.press("Enter", "Tab", "Down")
    assert keys.on(CardPinPage) is page
    assert page.pin.isHidden()
    keys.press("Esc")
    keys.on(CardPage)
    assert "只剩最后 1 次" in keys.right


def test_the_last_try_that_is_right_brings_all_back(keys: Keys) -> None:
    to_pin(keys, "last-try")
    keys.write("y")
    keys.enter(PIN)
    page = keys.on(CardPage)
    assert "又可以输 3 次" in keys.message.text
    assert "要卡密码才能看" in page.card.words()
    keys.press("Enter")
    keys.enter(PIN)
    assert "职工基本医疗保险" in page.card.words()


def test_the_last_try_that_is_wrong_locks_and_says_where_to_go(keys: Keys) -> None:
    to_pin(keys, "last-try")
    keys.write("y")
    keys.enter(WRONG)
    keys.on(CardPage)
    assert keys.message.code == "K-42"
    assert "制卡网点解锁" in keys.right
    assert not keys.button


def test_a_wrong_one_before_the_last_leads_to_the_question(keys: Keys) -> None:
    page = to_pin(keys, "zhang-jianguo")
    keys.enter(WRONG)
    keys.enter(WRONG)
    assert keys.message.code == "K-41"
    assert page.pin.isHidden()
    assert "最后一次机会" in page.form.words()


# --- another one ---


def test_it_is_changed_and_only_the_new_one_is_right_then(keys: Keys) -> None:
    page = to_change(keys, "zhang-jianguo")
    for typed in (PIN, NEW, NEW):
        keys.enter(typed)
    keys.on(CardPage)
    assert "已改好" in keys.message.text
    assert _typed(page) == ["", "", ""]
    keys.press("Enter")
    keys.enter(PIN)
    assert keys.message.code == "K-41"
    keys.enter(NEW)
    keys.on(CardPage)
    assert keys.message.sign is Sign.DONE


def test_two_new_ones_that_differ_are_not_sent(keys: Keys) -> None:
    page = to_change(keys, "zhang-jianguo")
    for typed in (PIN, NEW, WRONG):
        keys.enter(typed)
    assert keys.on(CardPinPage) is page
    assert "不一样" in keys.message.text
    assert page.form.current is page.new
    keys.enter(NEW)
    keys.enter(NEW)
    keys.on(CardPage)
    assert "已改好" in keys.message.text


def test_a_change_goes_back_to_the_field_that_is_empty(keys: Keys) -> None:
    page = to_change(keys, "zhang-jianguo")
    keys.enter(PIN)
    keys.press("Enter", "Enter")
    assert page.form.current is page.new
    assert "还没有输密码" in keys.message.text


# --- at the pad ---


def test_the_holder_enters_it_at_the_pad(hands: PinPadHands, start: Start) -> None:
    keys = start()
    to_pin(keys, "purse-open")
    hands.enter(PIN)
    keys.write("j")
    keys.on(CardPage)
    assert "卡内余额 305.50" in keys.right


def test_the_holder_changes_it_at_the_pad(hands: PinPadHands, start: Start) -> None:
    keys = start()
    to_change(keys, "zhang-jianguo")
    for typed in (PIN, NEW, NEW):
        hands.enter(typed)
    keys.write("j")
    keys.on(CardPage)
    assert "已改好" in keys.message.text


def test_a_holder_who_cancels_at_the_pad_loses_no_try(hands: PinPadHands, start: Start) -> None:
    keys = start()
    page = to_pin(keys, "zhang-jianguo")
    hands.cancel()
    keys.write("j")
    assert keys.on(CardPinPage) is page
    assert keys.message.code == "K-45"
    assert "还可以输 3 次" in keys.right


def test_esc_ends_the_wait_for_the_pad_and_the_tries_are_looked_at_again(hands: PinPadHands, start: Start) -> None:
    keys = start()
    to_pin(keys, "zhang-jianguo")
    tap("j")
    keys.until(lambda: "已等" in keys.message.text)
    assert hands.asked
    assert keys.lit == {"Esc"}
    tap("Esc")
    keys.on(CardPage)
    keys.until(lambda: keys.message.code == "K-48")
    assert "还剩几次不清楚" in keys.right
    assert keys.button == "Enter 再读一次"


def test_a_reader_without_a_pad_says_so_once(keys: Keys) -> None:
    page = to_pin(keys, "zhang-jianguo")
    assert "J " in page.form.words()
    keys.write("j")
    assert keys.on(CardPinPage) is page
    assert keys.message.code == "K-49"
    assert "J " not in page.form.words()
    keys.enter(PIN)
    keys.on(CardPage)


# --- trouble ---


def test_a_card_pulled_out_while_the_holder_types_closes_both_pages(keys: Keys) -> None:
    page = to_pin(keys, "zhang-jianguo")
    keys.write("1234")
    keys.take_card()
    keys.on(WelcomePage)
    assert keys.message.text.startswith("卡已取出")
    assert _typed(page) == [""]


def test_a_card_pulled_out_while_the_pad_asks_is_told_as_what_nobody_knows(hands: PinPadHands, start: Start) -> None:
    keys = start()
    to_pin(keys, "zhang-jianguo")
    tap("j")
    keys.until(lambda: hands.asked)
    keys.world.slot.remove()
    hands.enter(PIN)
    keys.on(WelcomePage)
    keys.until(lambda: keys.program.watch.state == "empty")
    keys.settle()
    assert keys.message.code == "K-48"


def test_a_card_that_goes_before_its_answer_comes_still_has_the_answer_told(hands: PinPadHands, start: Start) -> None:
    keys = start()
    page = to_pin(keys, "zhang-jianguo")
    tap("j")
    keys.until(lambda: hands.asked)
    keys.program.watch.went.emit()
    assert keys.page is page, "the answer comes first"
    hands.cancel()
    keys.on(WelcomePage)
    assert keys.message.code == "K-45"


# --- what is left of it ---


def _held(secrets: tuple[str, ...]) -> list[str]:
    """What of them is still held by something that was to be done."""
    gc.unfreeze()
    contents = [_content(one) for one in gc.get_objects() if isinstance(one, CellType)]
    return [text for text in contents if text in secrets]


def _content(cell: CellType) -> str:
    try:
        content = cell.cell_contents
    except ValueError:  # empty
        return ""
    return content if isinstance(content, str) else ""


@pytest.fixture
def logging_home(world: World) -> World:
    write_settings(world.home, {"reader.apdu_log": "yes"})
    return world


def test_nothing_of_it_is_in_the_home_nor_in_any_field(logging_home: World, start: Start, tmp_path: Path) -> None:
    keys = start()
    to_pin(keys, "purse-open")
    keys.enter(WRONG)
    keys.enter(PIN)
    keys.on(CardPage)
    keys.write("g")
    for typed in (PIN, NEW, NEW):
        keys.enter(typed)
    keys.on(CardPage)
    shown = keys.left + keys.right + keys.message.text
    assert not [one for one in (PIN, WRONG, NEW) if one in shown]
    assert not _held((PIN, WRONG, NEW))
    keys.press("Esc", "Esc")
    log = logging_home.home.logs / "apdu.log"
    assert "***" in log.read_text(encoding="ascii")
    assert assert_folder_silent(logging_home.home.folder, (PIN, WRONG, NEW)) > 3
