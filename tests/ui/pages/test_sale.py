"""A sale as the clerk makes it: by keys and scans alone, against the simulated counter."""

import pytest
from PySide6.QtTest import QTest

from hardware_sim.card.faults import CardFault, Fault
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.world import World
from tests.ui.conftest import Start
from tests.ui.keys import Keys

CEFIXIME_BARCODE = "2000000000046"
CONSENT_ITEM = "WSSCPTP"


def _lines(keys: Keys) -> list[tuple[str, str, int]]:
    view = keys.on(SalePage).view
    return [(line.name, line.quantity, line.amount_fen) for line in view.lines]


def _begun(keys: Keys, *codes: str) -> SalePage:
    keys.insert("zhang-jianguo")
    page = keys.on(SalePage)
    for code in codes:
        keys.scan(code)
    return page


def test_a_card_that_is_put_in_begins_a_sale_with_its_holder(keys: Keys) -> None:
    keys.insert("zhang-jianguo")
    assert keys.on(SalePage).view.customer is not None
    assert "张建国" in keys.left
    assert "**** 0011" in keys.left
    assert "待遇正常" in keys.left


def test_an_exact_sale_in_cash_takes_two_keys_besides_card_and_scans(keys: Keys) -> None:
    _begun(keys, "YD0001", "YD0002", "YD0004")
    keys.press("Enter", "F8")
    keys.on(WelcomePage)
    assert [row["voided"] for row in keys.world.ledger()] == [False]
    assert keys.world.agreement().disagreements == ()


def test_a_standard_sale_with_change_takes_four_keys_besides_card_and_scans(keys: Keys) -> None:
    keys.insert("wang-xiaomei")  # whose account does not reach
    for code in ("YD0001", "YD0002", "YD0024"):
        keys.scan(code)
    pressed = ("Enter", "5", "0", "F8")
    for name in pressed:
        if name.isdigit():
            keys.write(name)
        else:
            keys.press(name)
    keys.on(WelcomePage)
    assert len(pressed) <= 4
    assert "找零 8.00" in keys.right
    assert keys.world.agreement().disagreements == ()


def test_scanning_the_same_pack_again_makes_it_two(keys: Keys) -> None:
    _begun(keys, "YD0001", "YD0001")
    assert _lines(keys) == [("阿莫西林胶囊", "2", 2520)]


def test_a_star_sets_how_many_of_the_last_line(keys: Keys) -> None:
    _begun(keys, "YD0001", "YD0004")
    keys.enter("*3")
    assert [line[1] for line in _lines(keys)] == ["1", "3"]


def test_a_number_and_a_star_before_a_code_adds_that_many(keys: Keys) -> None:
    _begun(keys)
    keys.enter("4*YD0001")
    assert [line[1] for line in _lines(keys)] == ["4"]


def test_letters_find_items_by_their_initials_and_enter_takes_the_chosen_one(keys: Keys) -> None:
    page = _begun(keys)
    keys.write("a")
    keys.until(lambda: bool(page.bill.found.choices))
    names = [choice.text for choice in page.bill.found.choices]
    keys.press("Down", "Enter")
    assert [line[0] for line in _lines(keys)] == [names[1]]


def test_what_the_catalogue_lacks_is_said_and_the_bill_stays(keys: Keys) -> None:
    _begun(keys, "YD0001", "NOSUCH")
    assert keys.message.code == "S-ITEM"
    assert len(_lines(keys)) == 1


def test_items_may_be_scanned_before_the_card_comes(keys: Keys) -> None:
    keys.scan("YD0001")
    assert keys.on(SalePage).view.customer is None
    assert "F5" not in keys.lit
    keys.insert("zhang-jianguo")
    assert keys.on(SalePage).view.customer is not None
    assert len(_lines(keys)) == 1


def test_an_item_outside_the_insurance_wants_a_signature_before_money_is_taken(keys: Keys) -> None:
    _begun(keys, CONSENT_ITEM)
    keys.press("F5")
    assert keys.message.code == "S-CONSENT"
    keys.press("F7", "F5", "F8")
    keys.on(WelcomePage)


def test_the_selected_row_says_how_it_comes_about(keys: Keys) -> None:
    page = _begun(keys, "YD0001", "YD0004")
    keys.press("Up")
    assert "乙类" in page.bill.below.text()
    keys.press("Up")
    assert "甲类" in page.bill.below.text()


def test_a_chosen_line_is_taken_off_with_del(keys: Keys) -> None:
    _begun(keys, "YD0001", "YD0004")
    keys.press("Up", "Up", "Del")
    assert [line[0] for line in _lines(keys)] == ["头孢克肟分散片"]


def test_f6_turns_the_account_off_and_the_cash_changes_at_once(keys: Keys) -> None:
    page = _begun(keys, "YD0001")
    before = page.view.sums[-1].amount_fen
    keys.press("F6")
    assert before == 0
    assert page.view.sums[-1].amount_fen == 1260


def _cash_sale(keys: Keys) -> SalePage:
    page = _begun(keys, "YD0001")
    keys.press("F6", "F5")
    return page


def test_too_little_money_is_said_and_nothing_is_booked(keys: Keys) -> None:
    _cash_sale(keys)
    keys.write("10")
    keys.press("F8")
    assert keys.message.code == "S-TENDER"
    assert "2.60" in keys.message.text
    assert keys.world.ledger() == []


def test_what_is_no_amount_is_said_and_nothing_is_booked(keys: Keys) -> None:
    _cash_sale(keys)
    keys.write("1.2.3")
    keys.press("F8")
    assert keys.message.code == "S-AMOUNT"
    assert keys.world.ledger() == []


def test_the_change_stands_large_until_the_next_person_comes(keys: Keys) -> None:
    page = _cash_sale(keys)
    keys.write("50")
    assert page.tender.change.figure == "37.40"
    keys.press("F8")
    keys.on(WelcomePage)
    assert "找零 37.40" in keys.right
    assert keys.message.sign is Sign.DONE


def test_a_part_is_paid_by_wechat_and_the_rest_in_cash(keys: Keys) -> None:
    page = _cash_sale(keys)
    keys.write("w")
    keys.write("5")
    keys.press("Enter")
    assert page.view.to_collect_fen == 760
    assert "微信" in keys.right
    keys.press("F8")
    keys.on(WelcomePage)
    assert keys.world.agreement().disagreements == ()


def test_a_bank_card_wants_its_reference(keys: Keys) -> None:
    page = _cash_sale(keys)
    keys.write("y")
    keys.press("Enter")
    assert "交易号" in keys.message.text
    keys.enter("0042")
    assert page.view.to_collect_fen == 0
    assert [paid.reference for paid in page.view.paid] == ["0042"]
    assert "结算" in keys.button


def test_more_than_is_due_cannot_be_paid_by_alipay(keys: Keys) -> None:
    _cash_sale(keys)
    keys.write("z")
    keys.write("99")
    keys.press("Enter")
    assert keys.message.code == "S-CHANGE"


def test_esc_goes_back_step_by_step_and_never_loses_the_bill(keys: Keys) -> None:
    page = _cash_sale(keys)
    keys.write("50")
    keys.press("Esc")
    assert page.tender.text == ""
    keys.press("Esc")
    assert page.view.stage == "gathering"
    keys.press("Esc", "Esc", "Esc")
    assert len(_lines(keys)) == 1


def test_a_scan_into_the_money_field_becomes_a_line_and_the_amount_stays(keys: Keys) -> None:
    page = _cash_sale(keys)
    keys.write("50")
    QTest.qWait(60)
    keys.scan(CEFIXIME_BARCODE)
    assert len(_lines(keys)) == 2
    assert page.tender.text in ("", "50")


def test_a_card_taken_out_keeps_the_bill_and_shows_how_old_the_reading_is(keys: Keys) -> None:
    page = _begun(keys, "YD0001")
    keys.take_card()
    assert page.view.customer is not None
    assert "卡已取走" in keys.left
    assert "刚刚读的" in keys.left


def test_a_card_torn_out_while_it_is_read_is_said_and_the_next_try_works(keys: Keys) -> None:
    keys.world.slot.add_fault(Fault(CardFault.TEAR_AFTER, 3))
    keys.world.insert("zhang-jianguo")
    keys.until(lambda: keys.message.code == "K-12" and keys.program.watch.state == "empty")
    keys.insert("zhang-jianguo")
    assert keys.on(SalePage).view.customer is not None


def test_the_bureaus_refusal_stands_in_the_message_line_and_the_bill_stays(keys: Keys) -> None:
    _cash_sale(keys)
    keys.world.faults({"name": "refuse", "infno": "2102"})
    keys.press("F8")
    assert keys.message.code == "R-2102"
    assert len(_lines(keys)) == 1
    keys.world.faults()
    keys.press("F5", "F8")
    keys.on(WelcomePage)
    assert keys.world.agreement().disagreements == ()


def test_a_difference_to_our_own_calculation_is_named_before_money_is_taken(keys: Keys) -> None:
    keys.world.faults({"name": "off_by_one_fen", "infno": "2101", "figure": "cash"})
    _cash_sale(keys)
    assert keys.message.sign is Sign.LOOK


def test_a_parked_bill_leaves_the_counter_to_the_next_person(keys: Keys) -> None:
    _begun(keys, "YD0001")
    keys.press("F12")
    keys.on(WelcomePage)
    assert "F12" in keys.lit
    assert "1 笔" in keys.left


@pytest.mark.parametrize("size", [(1024, 768), (960, 540)])
def test_a_sale_goes_the_same_way_in_a_small_window(start: Start, size: tuple[int, int], world: World) -> None:
    keys = start(size=size)
    _begun(keys, "YD0001")
    keys.press("Enter", "F8")
    keys.on(WelcomePage)
    assert len(world.ledger()) == 1
