"""The page for the card in the reader: what is on it, how its PIN stands, and that it goes when the card goes."""

import pytest

from hardware_sim.card.faults import CardFault, Fault, parse
from pos_client.desk.card_view import CardFact
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.card import CardPage
from pos_client.ui.pages.card_centre import Facts
from pos_client.ui.pages.card_pin import CardPinPage
from pos_client.ui.pages.help import HelpPage
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.welcome import WelcomePage
from pos_client.ui.tokens import WIDE
from tests.desk.world import World
from tests.ui.conftest import Start
from tests.ui.hasty import tap
from tests.ui.keys import Keys

PIN = "123456"


def to_card(keys: Keys, persona: str) -> CardPage:
    """The holder's card is put in, is not charged, and is asked about."""
    keys.insert(persona)
    if isinstance(keys.page, SalePage):
        keys.press("Esc")
    keys.on(WelcomePage)
    keys.press("F6")
    return keys.on(CardPage)


def opened(keys: Keys, persona: str) -> CardPage:
    """The same, and its PIN is entered."""
    page = to_card(keys, persona)
    keys.press("Enter")
    keys.on(CardPinPage)
    keys.enter(PIN)
    assert keys.on(CardPage) is page
    return page


# --- the way to it ---


def test_the_key_is_lit_only_while_a_card_is_in_and_nobody_is_served(keys: Keys) -> None:
    assert "F6" not in keys.lit
    keys.insert("zhang-jianguo")
    keys.on(SalePage)
    keys.press("F6")
    keys.on(SalePage)
    keys.press("Esc")
    keys.on(WelcomePage)
    assert "F6" in keys.lit
    assert "按 F6" in keys.message.text
    keys.take_card()
    assert "F6" not in keys.lit
    keys.press("F6")
    keys.on(WelcomePage)


def test_it_is_not_opened_while_a_card_is_being_read(keys: Keys) -> None:
    keys.world.faults({"name": "late", "infno": "1101", "ms": 600})
    keys.world.insert("zhang-jianguo")
    keys.until(lambda: keys.program.watch.state == "card")
    tap("F6", "F6")
    keys.on(SalePage)
    assert [type(page) for page in keys.program.window.pages] == [WelcomePage, SalePage]


def test_help_says_what_the_key_does_on_the_first_page(keys: Keys) -> None:
    keys.insert("zhang-jianguo")
    keys.press("Esc", "F1")
    assert "F6 看卡内账户和卡密码" in keys.on(HelpPage).help.words().splitlines()


def test_a_card_that_the_bureau_does_not_know_can_be_looked_at(keys: Keys) -> None:
    keys.world.faults({"name": "refuse", "infno": "1101", "times": 1})
    page = to_card(keys, "zhang-jianguo")
    assert page.view is not None
    assert "张建国" in keys.left


# --- what it shows ---


def test_it_names_the_holder_and_says_what_the_pin_opens(keys: Keys) -> None:
    page = to_card(keys, "purse-open")
    assert "张建国 男" in keys.left
    assert "4399 **** 0012" in keys.left
    assert "没有向医保中心查询" in keys.left
    assert "要卡密码才能看" in page.card.words()
    assert "还可以输 3 次" in keys.right
    assert keys.button == "Enter 输卡密码，看账户"
    assert keys.message.text


def test_the_pin_opens_insurance_balance_and_movements(keys: Keys) -> None:
    page = opened(keys, "purse-open")
    assert keys.message.sign is Sign.DONE
    assert "职工基本医疗保险" in page.card.words()
    assert "以医保中心为准" in page.card.words()
    assert "卡内余额 305.50" in keys.right
    assert not page.card.table.isHidden()
    assert page.view is not None
    assert page.view.purse is not None
    assert len(page.view.purse.movements) == 3
    assert not keys.button
    keys.press("Down", "Down", "Down", "Up")


def test_a_card_without_a_purse_says_so(keys: Keys) -> None:
    page = opened(keys, "zhang-jianguo")
    assert "没有开通卡内账户" in page.card.words()
    assert "卡内余额" not in keys.right


def test_a_card_without_a_pin_is_read_at_once(keys: Keys) -> None:
    page = to_card(keys, "no-pin")
    assert "职工基本医疗保险" in page.card.words()
    assert "没有设密码" in keys.right
    assert not keys.button
    keys.write("g")
    keys.on(CardPage)


def test_a_locked_pin_says_where_it_is_unlocked(keys: Keys) -> None:
    page = to_card(keys, "locked-pin")
    assert "制卡网点解锁" in keys.right
    assert "社保经办窗口" in keys.message.text
    assert "已锁定" in page.card.words()
    keys.press("Enter")
    keys.write("hg")
    assert keys.on(CardPage) is page


def test_a_third_generation_card_without_a_psam_tells_of_its_pin(keys: Keys) -> None:
    page = to_card(keys, "third-generation")
    assert keys.message.code == "K-31"
    assert "没有读到姓名" in keys.left
    assert "还可以输 3 次" in keys.right
    keys.press("Enter")
    keys.on(CardPinPage)
    keys.enter(PIN)
    assert keys.on(CardPage) is page
    assert "职工基本医疗保险" in page.card.words()


def test_another_kind_of_card_is_told_as_ever_and_may_be_read_again(keys: Keys) -> None:
    page = to_card(keys, "bank-card")
    assert keys.message.code == "K-21"
    assert keys.button == "Enter 再读一次"
    keys.press("Enter")
    assert keys.on(CardPage) is page
    assert keys.message.code == "K-21"


@pytest.mark.parametrize("size", [(960, 540), (1024, 768), (1920, 1080)])
def test_it_is_in_english_in_every_size(start: Start, size: tuple[int, int]) -> None:
    keys = start(language="en", size=size)
    page = opened(keys, "purse-open")
    assert "Balance 305.50" in keys.right
    assert "Insurance employees" in page.card.words()
    assert "The PIN is right" in keys.message.text
    assert page.card.table.height() >= 32 + 40


@pytest.mark.usefixtures("qapp")
def test_facts_stand_beside_each_other_and_a_long_one_alone() -> None:
    short, long = CardFact("险种", "职工"), CardFact("定点机构", "、".join(["H43990001"] * 5))
    row = Facts((short,)).height(700, WIDE)
    assert Facts((short, short)).height(700, WIDE) == row
    assert Facts((short, short)).height(400, WIDE) == 2 * row
    assert Facts((short, long, short)).height(700, WIDE) == 3 * row
    assert Facts((short, short, long, short, short)).height(700, WIDE) == 3 * row
    assert Facts(()).height(700, WIDE) == 0
    assert Facts((short, long)).spoken() == f"险种 职工\n定点机构 {long.text}"


# --- its end ---


def test_nobody_is_identified_by_it_and_the_next_card_is_served_as_ever(keys: Keys) -> None:
    to_card(keys, "purse-open")
    keys.press("Esc")
    page = keys.on(WelcomePage)
    assert not page.speaks
    keys.scan("YD0001")
    sale = keys.on(SalePage)
    assert sale.view.customer is None
    keys.take_card()
    keys.insert("li-xiulan")
    keys.until(lambda: sale.view.customer is not None)
    assert "李秀兰" in keys.left


def test_a_card_pulled_out_closes_it_with_a_sentence(keys: Keys) -> None:
    opened(keys, "purse-open")
    keys.take_card()
    keys.on(WelcomePage)
    assert keys.message.text.startswith("卡已取出")
    assert "305.50" not in keys.right
    keys.insert("li-xiulan")
    keys.on(SalePage)
    assert "李秀兰" in keys.left


@pytest.mark.parametrize("front", ["F1", "Enter", "Enter F1"])
def test_it_closes_with_whatever_stands_in_front(keys: Keys, front: str) -> None:
    to_card(keys, "purse-open")
    keys.press(*front.split())
    keys.take_card()
    if isinstance(keys.page, HelpPage):
        keys.press("Esc")
    keys.on(WelcomePage)
    assert keys.message.text.startswith("卡已取出")


def test_another_card_that_came_while_help_was_read_is_served_and_the_first_is_not_shown(keys: Keys) -> None:
    to_card(keys, "purse-open")
    keys.press("F1")
    keys.take_card()
    keys.insert("li-xiulan")
    keys.press("Esc")
    keys.on(SalePage)
    keys.until(lambda: "李秀兰" in keys.left)
    assert [type(page) for page in keys.program.window.pages] == [WelcomePage, SalePage]


def test_a_card_torn_out_while_it_is_read_is_told_by_the_readers_sentence(keys: Keys) -> None:
    keys.insert("zhang-jianguo")
    keys.press("Esc")
    keys.world.slot.add_fault(Fault(CardFault.TEAR_BEFORE, 3))
    keys.press("F6")
    keys.on(WelcomePage)
    assert keys.message.code == "K-12"


def test_esc_ends_the_wait_for_a_card_that_hangs(keys: Keys) -> None:
    keys.insert("zhang-jianguo")
    keys.press("Esc")
    keys.world.slot.add_fault(parse("mute@3=9000"))
    tap("F6")
    keys.until(lambda: "已等" in keys.message.text)
    assert keys.lit == {"Esc"}
    keys.press("Esc")
    keys.until(lambda: keys.message.code == "K-15")
    keys.on(CardPage)
    assert keys.button == "Enter 再读一次"
    keys.press("Esc")
    keys.on(WelcomePage)


def test_a_card_that_goes_before_it_has_told_all_is_not_shown(keys: Keys) -> None:
    keys.insert("zhang-jianguo")
    keys.press("Esc")
    keys.world.slot.add_fault(parse("mute@3=700"))
    tap("F6")
    page = keys.page
    assert page.busy
    keys.program.watch.went.emit()
    assert keys.page is page
    keys.on(WelcomePage)
    assert keys.message.text.startswith("卡已取出")


def test_it_leaves_nothing_in_the_books(keys: Keys, world: World) -> None:
    opened(keys, "purse-open")
    keys.press("Esc")
    assert world.ledger() == []
    assert world.tasks() == []
