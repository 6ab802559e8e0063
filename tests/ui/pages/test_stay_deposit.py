"""The deposit at the window: taken and given back by F8, numbered, by any means."""

import pytest

from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.stay import StayPage
from pos_client.ui.pages.stay_deposit import DepositPage
from tests.ui.keys import Keys
from tests.ui.ward import admitted


@pytest.fixture
def page(keys: Keys) -> DepositPage:
    admitted(keys)
    keys.write("D")
    return keys.on(DepositPage)


def _receipts(page: DepositPage) -> list[tuple[str, str, int]]:
    return [(one.number, one.means, one.amount_fen) for one in page.view.receipts]


def test_each_deposit_has_a_numbered_receipt_and_its_means(keys: Keys, page: DepositPage) -> None:
    keys.write("2000")
    assert keys.button == "F8 收押金 2,000.00"
    keys.press("F8")
    assert keys.message.sign is Sign.DONE
    keys.write("1000W")
    assert "收押金・微信" in keys.right
    keys.press("F8")
    assert _receipts(page) == [("YJ01-000001", "现金", 200_000), ("YJ01-000002", "微信", 100_000)]
    assert "押金余额 3,000.00" in keys.right
    keys.press("Esc")
    assert keys.on(StayPage).view.line.deposit_fen == 300_000


def test_a_bank_card_wants_its_reference(keys: Keys, page: DepositPage) -> None:
    keys.write("500Y")
    keys.press("F8")
    assert _receipts(page) == []
    assert "交易号" in keys.message.text
    keys.write("880001")
    keys.press("F8")
    assert _receipts(page) == [("YJ01-000001", "银行卡", 50_000)]


def test_f9_gives_back_and_never_more_than_is_held(keys: Keys, page: DepositPage) -> None:
    keys.write("300")
    keys.press("F8", "F9")
    keys.write("400")
    keys.press("F8")
    assert (keys.message.sign, keys.message.code) == (Sign.STOP, "S-DEPOSIT")
    keys.press("Esc")
    assert page.giving_back
    keys.write("100")
    assert keys.button == "F8 退押金 100.00"
    keys.press("F8")
    assert keys.message.text.startswith("请退 100.00 元（现金），已登记")
    assert page.view.line.deposit_fen == 20_000
    assert not page.giving_back


def test_enter_moves_no_money_and_nothing_typed_neither(keys: Keys, page: DepositPage) -> None:
    keys.press("F8")
    assert keys.message.text.startswith("还没有输金额，没有动押金。")
    keys.enter("100")
    keys.press("Esc")
    assert keys.on(DepositPage) is page
    assert page.view.line.deposit_fen == 0
    keys.write("1.005")
    keys.press("F8")
    assert keys.message.sign is Sign.STOP
    assert page.view.line.deposit_fen == 0
