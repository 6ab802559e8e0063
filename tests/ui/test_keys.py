"""The clerk of the tests works: what the other tests of the window stand on."""

from pos_client.ui.frame.message_line import Message
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.welcome import WelcomePage
from tests.ui.keys import Keys


def test_a_clerk_who_does_nothing_sees_the_page_that_waits(keys: Keys) -> None:
    keys.on(WelcomePage)
    assert keys.message == Message(Sign.NOTE, "请插卡；没有卡按 F2。也可以先扫药品。")
    assert {"F1", "F2"} <= keys.lit
    assert not keys.button


def test_a_card_and_a_scan_begin_a_sale(keys: Keys) -> None:
    keys.insert("zhang-jianguo")
    page = keys.on(SalePage)
    keys.until(lambda: page.view.customer is not None)
    assert "张建国" in keys.left
    keys.scan("YD0001")
    assert [line.code for line in page.view.lines] == ["YD0001"]
    assert keys.button == "F5 试算"
    keys.take_card()
    assert "卡已取走" in keys.left
