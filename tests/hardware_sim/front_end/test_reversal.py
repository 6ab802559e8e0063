"""2601: taking back what the sender does not know the outcome of."""

import pytest

from .conftest import StartFrontEnd
from .desk import LI, ZHANG, Desk, cancellation, new_msgid, purchase


def settled_message(desk: Desk) -> tuple[str, dict[str, str]]:
    """The message id of a settlement, and its setlinfo."""
    message = desk.message("2102", purchase())
    return message["msgid"], desk.send(message)["output"]["setlinfo"]


def test_a_found_original_is_undone_and_the_answer_is_empty(desk: Desk) -> None:
    msgid, _ = settled_message(desk)
    answer = desk.reverse(msgid)
    assert (answer["infcode"], answer["output"], answer["err_msg"]) == (0, "", "")
    assert desk.balance() == "1203.55"
    (row,) = desk.ledger()
    assert (row["reversed"], row["voided"]) == (True, False)


def test_asking_again_says_done_again_and_pays_back_once(desk: Desk) -> None:
    msgid, _ = settled_message(desk)
    assert desk.reverse(msgid)["infcode"] == 0
    assert desk.reverse(msgid)["infcode"] == 0
    assert desk.balance() == "1203.55"


def test_an_original_that_never_arrived_is_named_as_such(desk: Desk) -> None:
    answer = desk.reverse(new_msgid())
    assert answer["infcode"] == -1
    assert "原交易不存在" in answer["err_msg"]


def test_a_refused_original_does_not_exist_either(desk: Desk) -> None:
    message = desk.message("2102", purchase(med_type="52"))
    assert desk.send(message)["infcode"] == -1
    assert "原交易不存在" in desk.reverse(message["msgid"])["err_msg"]


@pytest.mark.parametrize(("psn_no", "infno"), [(LI, "2102"), (ZHANG, "2103")])
def test_person_and_transaction_must_be_those_of_the_original(desk: Desk, psn_no: str, infno: str) -> None:
    msgid, _ = settled_message(desk)
    assert "原交易不存在" in desk.reverse(msgid, psn_no, infno)["err_msg"]
    stranger = Desk(desk.url, institution="P43999900002")
    stranger.sign_in()
    assert "原交易不存在" in stranger.reverse(msgid)["err_msg"]
    assert desk.balance() == "1139.95"


def test_a_voided_original_is_not_reversed(desk: Desk) -> None:
    msgid, settled = settled_message(desk)
    desk.output("2103", cancellation(settled))
    assert "原交易已撤销" in desk.reverse(msgid)["err_msg"]
    assert desk.balance() == "1203.55"


def test_a_reversed_settlement_is_not_cancelled(desk: Desk) -> None:
    msgid, settled = settled_message(desk)
    assert desk.reverse(msgid)["infcode"] == 0
    assert "不能再撤销" in desk.refusal("2103", cancellation(settled))


def test_reversing_a_cancellation_puts_the_settlement_back_in_force(desk: Desk) -> None:
    _, settled = settled_message(desk)
    message = desk.message("2103", cancellation(settled))
    assert desk.send(message)["infcode"] == 0
    assert desk.reverse(message["msgid"], infno="2103")["infcode"] == 0
    assert desk.balance() == "1139.95"
    original, cancelled = desk.ledger()
    assert (original["voided"], cancelled["reversed"]) == (False, True)
    assert desk.call("2103", cancellation(settled))["infcode"] == 0


def test_a_cancellation_is_not_reversed_when_the_money_is_spent(desk: Desk) -> None:
    rows = (("XTEST0000000000000000A1", "100", "12", "1200.00"),)
    settled = desk.settle(rows=rows)["setlinfo"]
    message = desk.message("2103", cancellation(settled))
    assert desk.send(message)["infcode"] == 0
    desk.settle(rows=rows)
    assert "个人账户余额不足" in desk.reverse(message["msgid"], infno="2103")["err_msg"]
    assert desk.balance() == "3.55"


def test_only_what_the_standard_lists_is_reversed(desk: Desk) -> None:
    assert "交易1101不支持冲正" in desk.reverse(new_msgid(), infno="1101")["err_msg"]
    assert "原交易不存在" in desk.reverse(new_msgid(), infno="2304")["err_msg"]


def test_hunan_lists_no_cancellations(start_front_end: StartFrontEnd) -> None:
    desk = Desk(start_front_end(edition="hunan").url)
    desk.sign_in()
    assert "交易2103不支持冲正" in desk.reverse(new_msgid(), infno="2103")["err_msg"]
