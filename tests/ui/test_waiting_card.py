"""A card that is put in while something else is in front is read as soon as there is a page for it."""

import pytest

from pos_client.ui.pages.parked import ParkedPage
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.welcome import WelcomePage
from tests.ui.keys import Keys


@pytest.mark.parametrize("key", ["F1", "F4", "F9", "F11"])
def test_a_card_that_came_meanwhile_begins_a_sale_when_the_clerk_comes_back(keys: Keys, key: str) -> None:
    keys.press(key)
    keys.insert("zhang-jianguo")
    assert not isinstance(keys.page, SalePage | WelcomePage)
    keys.press("Esc")
    page = keys.on(SalePage)
    keys.until(lambda: page.view.customer is not None)
    assert "张建国" in keys.left


def test_a_card_that_came_and_went_is_not_waited_for(keys: Keys) -> None:
    keys.press("F11")
    keys.insert("zhang-jianguo")
    keys.take_card()
    keys.press("Esc")
    keys.on(WelcomePage)


def test_a_card_whose_sale_is_over_is_not_read_again(keys: Keys) -> None:
    keys.insert("zhang-jianguo")
    keys.on(SalePage)
    keys.scan("YD0001")
    keys.press("Enter", "F8")
    keys.on(WelcomePage)
    keys.press("F11", "Esc", "F1", "Esc")
    keys.on(WelcomePage)
    assert "上一笔" in keys.right


def test_a_parked_bill_finds_the_card_that_is_in_already(keys: Keys) -> None:
    keys.scan("YD0001")
    keys.on(SalePage)
    keys.press("F12")
    keys.press("F12")
    keys.on(ParkedPage)
    keys.insert("zhang-jianguo")
    keys.press("Enter")
    page = keys.on(SalePage)
    keys.until(lambda: page.view.customer is not None)
    assert [line.code for line in page.view.lines] == ["YD0001"]
