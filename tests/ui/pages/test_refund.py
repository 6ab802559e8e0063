"""Taking back by keys alone: as a whole, in part, and when the answer is lost."""

from decimal import Decimal

import pytest

from pos_client.desk.settle import settle
from pos_client.offline.money_book import Means, Paid
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.lookup import LookupPage
from pos_client.ui.pages.parked import ParkedPage
from pos_client.ui.pages.refund import RefundPage
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.supervisor import SupervisorPage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.world import World
from tests.ui.conftest import Start
from tests.ui.keys import Keys
from tests.ui.staff import BOSS, CASHIER, PASSWORD, employ

TOTAL_FEN = 3 * 1260 + 450


def _sell(world: World, *paid: Paid, use_account: bool = False) -> str:
    world.insert("zhang-jianguo")
    with world.desk() as desk:
        quoted = world.quote(desk, "YD0001*3", "YD0014", use_account=use_account)
        id_ = settle(desk, quoted, quoted.due_fen - sum(one.amount_fen for one in paid), paid).id
    world.slot.remove()
    return id_


@pytest.fixture
def sold(world: World) -> str:
    """42.30 in cash: three of the first line, one of the second."""
    return _sell(world)


def _refund(keys: Keys) -> RefundPage:
    keys.press("F9", "Enter")
    return keys.on(RefundPage)


def _part(keys: Keys, back: str) -> RefundPage:
    """So many of the first line come back, which the person asked for."""
    page = _refund(keys)
    keys.write(back)
    keys.press("Enter")
    keys.write("4")
    return page


def _back(page: RefundPage) -> list[Decimal]:
    return list(page.draft.back)


def test_a_whole_bill_goes_back_by_four_keys_and_its_reason(sold: str, keys: Keys) -> None:
    _refund(keys)
    assert "应退现金 42.30" in keys.right
    assert "张建国" in keys.left
    keys.press("Enter")
    keys.write("4")
    assert keys.button == "F8 退 42.30"
    keys.press("F8")
    keys.on(WelcomePage)
    assert keys.message.text == f"{sold} 已撤销：请退现金 42.30 元。下一位请插卡。"
    assert "应退现金 42.30" in keys.right
    books = keys.world.agreement()
    assert (books.disagreements, books.standing, books.drawer_fen) == ((), 0, 0)


def test_the_first_page_keeps_what_to_hand_back_until_the_next_person(sold: str, keys: Keys) -> None:
    _refund(keys)
    keys.press("Enter")
    keys.write("1")
    keys.press("F8")
    keys.on(WelcomePage)
    keys.press("F10")
    keys.until(lambda: not keys.program.paper.busy)
    assert (keys.world.home.slips / "01-000002.pdf").exists()
    keys.insert("zhang-jianguo")
    keys.on(SalePage)
    keys.press("Esc")
    keys.on(WelcomePage)
    assert "应退现金" not in keys.right


def test_without_a_reason_nothing_is_taken_back(sold: str, keys: Keys) -> None:
    page = _refund(keys)
    keys.press("F8")
    assert keys.message.text == "还没选退费原因，没有退费。请按数字选。"
    keys.write("9")
    assert not page.lines.options.chosen
    keys.press("Down", "Down", "F8")
    keys.on(WelcomePage)
    assert keys.world.agreement().standing == 0


def test_money_goes_back_as_it_came(world: World, start: Start) -> None:
    _sell(world, Paid(Means.WECHAT, 3000, "4200001"))
    keys = start()
    _refund(keys)
    assert "退现金 12.30" in keys.right
    assert "退回微信 30.00" in keys.right
    keys.press("Enter")
    keys.write("1")
    keys.press("F8")
    keys.on(WelcomePage)
    assert "微信 30.00 元原路退回（交易号 4200001）" in keys.message.text


def test_what_only_the_account_paid_needs_no_cash(world: World, start: Start) -> None:
    _sell(world, use_account=True)
    keys = start()
    _refund(keys)
    keys.press("Enter")
    keys.write("1")
    assert keys.button == "F8 退费，不退现金"
    keys.press("F8")
    keys.on(WelcomePage)
    assert "不用退现金，账户已退回 42.30 元" in keys.message.text


def test_a_part_is_tried_with_the_card_and_given_back(sold: str, keys: Keys) -> None:
    page = _part(keys, "2")
    assert page.draft.keep == {1: Decimal(1), 2: Decimal(1)}
    assert keys.button == "F5 试算退多少"
    assert "退一部分要本人的卡" in keys.right
    keys.insert("zhang-jianguo")
    keys.until(lambda: page.tried is not None)
    keys.settle()
    assert keys.button == "F8 退 25.20"
    assert "留下的合计 17.10" in keys.right
    assert "待遇正常" in keys.left
    keys.press("F8")
    keys.on(WelcomePage)
    assert keys.message.text == f"{sold} 已退一部分，留下的是新单 01-000003：请退现金 25.20 元。下一位请插卡。"
    books = keys.world.agreement()
    assert (books.disagreements, books.standing, books.drawer_fen) == ((), 1, 1710)


def test_digits_backspace_and_arrows_say_how_many_of_which_line(sold: str, keys: Keys) -> None:
    page = _refund(keys)
    keys.press("Down")
    keys.write("1")
    assert _back(page) == [0, 1]
    keys.press("Up")
    keys.write("4")
    assert keys.message.text == "第 1 行最多退 3，没有改。"
    keys.write("2")
    assert _back(page) == [2, 1]
    keys.press("Back")
    assert _back(page) == [0, 1]
    keys.press("Down", "Back")
    assert page.draft.is_nothing
    assert not keys.button
    keys.write("a")
    assert page.draft.is_whole


def test_esc_goes_back_one_step_at_a_time(sold: str, keys: Keys) -> None:
    page = _part(keys, "2")
    keys.press("Esc")
    assert page.draft.is_whole
    assert keys.message.text == "已改回整单退。要退一部分，请重新输入；再按 Esc 返回。"
    keys.press("Esc", "Esc")
    keys.on(LookupPage)
    assert keys.world.agreement().standing == 1


def test_the_card_of_another_person_gives_back_no_part(sold: str, keys: Keys) -> None:
    page = _part(keys, "2")
    keys.insert("wang-xiaomei")
    keys.until(lambda: keys.message.code == "S-PARTPERSON")
    assert page.tried is None
    assert keys.button == "F5 试算退多少"


def test_without_a_card_the_reader_says_so_and_a_card_goes_on(sold: str, keys: Keys) -> None:
    page = _part(keys, "2")
    keys.press("F5")
    assert keys.message.code.startswith("K-")
    keys.insert("zhang-jianguo")
    keys.until(lambda: page.tried is not None)


def test_another_quantity_wants_another_trial(sold: str, keys: Keys) -> None:
    page = _part(keys, "2")
    keys.insert("zhang-jianguo")
    keys.until(lambda: page.tried is not None)
    keys.settle()
    keys.write("1")
    assert keys.button == "F5 试算退多少"
    keys.press("F8")
    assert keys.button == "F8 退 12.60"


def test_a_cashier_asks_a_supervisor_and_esc_takes_nothing_back(world: World, sold: str, start: Start) -> None:
    employ(world, BOSS, CASHIER)
    keys = start(signs_in=True)
    keys.enter(CASHIER.name)
    keys.enter(PASSWORD)
    page = _refund(keys)
    keys.press("Enter")
    keys.write("4")
    keys.press("F8")
    asked = keys.on(SupervisorPage)
    assert f"退费 {sold}，退现金 42.30 元" in asked.form.words()
    assert "应退现金 42.30" in keys.right
    keys.press("Esc")
    assert keys.on(RefundPage) is page
    assert world.agreement().standing == 1
    keys.press("F8")
    keys.on(SupervisorPage)
    keys.enter(BOSS.name)
    keys.enter(PASSWORD)
    keys.on(WelcomePage)
    assert world.agreement().standing == 0


def test_a_refusal_of_the_bureau_leaves_the_bill_and_the_page(sold: str, keys: Keys) -> None:
    keys.world.faults({"name": "refuse", "infno": "2103"})
    page = _refund(keys)
    keys.press("Enter")
    keys.write("4")
    keys.press("F8")
    assert keys.on(RefundPage) is page
    assert (keys.message.code, keys.message.sign) == ("R-2103", Sign.STOP)
    assert keys.button == "F8 退 42.30"
    assert keys.world.agreement().standing == 1


def test_a_void_of_unknown_outcome_hands_back_nothing_and_lets_the_next_person_come(sold: str, keys: Keys) -> None:
    keys.world.faults({"name": "drop_answer", "infno": "2103", "times": 1})
    page = _refund(keys)
    keys.press("Enter")
    keys.write("4")
    keys.press("F8")
    assert (keys.message.code, keys.message.sign) == ("U-VOIDING", Sign.UNKNOWN)
    assert "暂不退钱 42.30" in keys.right
    stands = page.lines.stands.text()
    assert "[执行]" in stands
    assert "办没办成还不知道" in stands
    assert "查到没撤销 原单不变，可以再退一次。" in stands
    assert keys.button == "F12 服务下一位"
    assert "F8" not in keys.lit
    keys.press("F12")
    keys.on(WelcomePage)
    keys.scan("YD0001")
    assert len(keys.on(SalePage).view.lines) == 1


def test_a_rest_that_was_refused_waits_among_the_parked_bills(sold: str, keys: Keys) -> None:
    page = _part(keys, "2")
    keys.insert("zhang-jianguo")
    keys.until(lambda: page.tried is not None)
    keys.settle()
    keys.world.faults({"name": "refuse", "infno": "2102"})
    keys.press("F8")
    keys.until(lambda: page.done is not None)
    assert keys.message.code == "S-PARTLEFT"
    assert "应退现金 42.30" in keys.right
    assert "已放进挂单" in page.lines.stands.text()
    keys.world.faults()
    keys.press("F12")
    keys.on(WelcomePage)
    keys.press("F12")
    keys.on(ParkedPage)
    keys.press("Enter")
    assert [(line.code, line.quantity) for line in keys.on(SalePage).view.lines] == [("YD0001", "1"), ("YD0014", "1")]


def test_a_rest_of_unknown_outcome_says_which_money_stays_aside(sold: str, keys: Keys) -> None:
    page = _part(keys, "2")
    keys.insert("zhang-jianguo")
    keys.until(lambda: page.tried is not None)
    keys.settle()
    keys.world.faults({"name": "drop_answer", "infno": "2102", "times": 1})
    keys.press("F8")
    keys.until(lambda: page.done is not None)
    assert keys.message.code == "U-PART"
    assert "应退现金 25.20" in keys.right
    assert "是否入账还不知道" in page.lines.stands.text()
    assert keys.button == "F12 服务下一位"


def test_whoever_was_identified_before_is_not_the_next_person(sold: str, keys: Keys) -> None:
    keys.insert("wang-xiaomei")
    keys.on(SalePage)
    keys.press("F4", "F9")
    keys.on(RefundPage)
    keys.press("Enter")
    keys.write("4")
    keys.press("F8")
    keys.on(WelcomePage)
    keys.scan("YD0001")
    assert keys.on(SalePage).view.customer is None


def test_the_page_fits_where_room_is_short(sold: str, start: Start) -> None:
    keys = start(size=(960, 540))
    page = _refund(keys)
    assert page.lines.options.isVisible()
    assert page.lines.table.height() >= page.lines.table.needed_height()
