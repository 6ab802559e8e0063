"""Parked bills: laid aside for a customer who comes back, taken up or given up."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_client.desk.books import open_books
from pos_client.desk.sale_in_work import SaleInWork
from pos_client.desk.window_runs import begin_run
from pos_client.offline import catalogue
from pos_client.offline.catalogue_file import sample_catalogue
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.parked import ParkedPage
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.world import World
from tests.ui.conftest import Start
from tests.ui.keys import Keys


def _park(keys: Keys, *codes: str) -> None:
    for code in codes:
        keys.scan(code)
    keys.on(SalePage)
    keys.press("F12")
    keys.on(WelcomePage)


def _list(keys: Keys) -> ParkedPage:
    keys.press("F12")
    return keys.on(ParkedPage)


def test_a_parked_bill_comes_back_and_wants_its_person_again(keys: Keys) -> None:
    keys.insert("zhang-jianguo")
    _park(keys, "YD0001", "YD0004")
    keys.take_card()
    page = _list(keys)
    assert [cell.spoken() for cell in page.list.table.row_at(0)[:2]] == ["张**", "阿莫西林胶囊 2 行"]
    assert "张建国" not in keys.left
    keys.press("Enter")
    sale = keys.on(SalePage)
    assert [line.code for line in sale.view.lines] == ["YD0001", "YD0004"]
    assert sale.view.customer is None
    assert keys.message.text == "已取回 2 行，还没有收费。请重新插卡，或按 F2 识别后试算。"


def test_the_arrows_choose_which_one(keys: Keys) -> None:
    _park(keys, "YD0001")
    _park(keys, "YD0004")
    page = _list(keys)
    assert page.list.table.selected == 0
    keys.press("Down", "Down")
    assert page.list.table.selected == 1
    keys.press("Up")
    assert page.list.table.selected == 0
    keys.press("Down", "Enter")
    assert [line.code for line in keys.on(SalePage).view.lines] == ["YD0004"]


def test_giving_up_wants_del_twice(keys: Keys) -> None:
    _park(keys, "YD0001")
    _park(keys, "YD0004")
    page = _list(keys)
    keys.press("Del")
    assert (keys.message.sign, keys.message.text[:7]) == (Sign.LOOK, "再按一次 De")
    keys.press("Down")
    keys.press("Del", "Del")
    assert (keys.message.sign, keys.message.text) == (Sign.DONE, "已放弃一单（1 行），没有收费。")
    assert [row[1].text for row in page.list.table.rows] == ["阿莫西林胶囊"]


def test_esc_after_the_first_del_keeps_the_bill(keys: Keys) -> None:
    _park(keys, "YD0001")
    page = _list(keys)
    keys.press("Del", "Esc")
    assert keys.on(ParkedPage) is page
    assert len(page.list.table.rows) == 1
    keys.press("Esc")
    keys.on(WelcomePage)


def test_the_last_one_given_up_leaves_a_page_that_says_so(keys: Keys) -> None:
    _park(keys, "YD0001")
    _list(keys)
    keys.press("Del", "Del")
    assert "现在没有挂单" in keys.left
    assert keys.button == ""
    keys.press("Esc")
    keys.on(WelcomePage)
    assert "F12" not in keys.lit


def test_a_click_on_the_button_takes_up(keys: Keys) -> None:
    _park(keys, "YD0001")
    _list(keys)
    QTest.mouseClick(keys.program.window.button, Qt.MouseButton.LeftButton)
    keys.on(SalePage)


def _leaves_the_catalogue(world: World, code: str) -> None:
    """The catalogue of the next morning."""
    items = [item for item in sample_catalogue() if item.code != code]
    with open_books(world.home, world.environment, world.runtime) as books, books.store.commit() as connection:
        catalogue.replace_items(connection, items)


def test_what_does_not_come_back_stands_in_the_message_line_until_the_bill_is_touched(keys: Keys, world: World) -> None:
    _park(keys, "YD0001", "YD0004")
    _leaves_the_catalogue(world, "YD0004")
    _list(keys)
    keys.press("Enter")
    said = keys.message
    assert said.sign is Sign.LOOK
    assert said.text.startswith("已取回 1 行，还没有收费。请重新插卡，或按 F2 识别后试算。有 1 行没有取回：")
    keys.insert("zhang-jianguo")
    assert "有 1 行没有取回：" in keys.message.text
    keys.scan("YD0002")
    assert "没有取回" not in keys.message.text


def test_after_a_crash_it_stands_there_once_behind_what_else_is_said(world: World, start: Start) -> None:
    with world.desk() as desk:
        sale = SaleInWork(desk)
        sale.add("YD0001")
        sale.add("YD0004")
    _leaves_the_catalogue(world, "YD0004")
    begin_run(world.home, world.clock)
    keys = start()
    text = keys.message.text
    assert text.startswith("上次（")
    assert text.count("没有取回") == 1
    assert "上次没收完的 1 行已取回。请重新插卡核对后再收款。有 1 行没有取回：" in text
