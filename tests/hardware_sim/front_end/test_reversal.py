"""2601: taking back what the sender does not know the outcome of."""

from collections.abc import Iterator
from typing import Any

import pytest

from .conftest import StartFrontEnd
from .counter import HOSPITAL, Counter, counter
from .desk import LI, ZHANG, Desk, cancellation, new_msgid, purchase
from .hospital import (
    admission,
    batch_settlement,
    batch_trial,
    begin_stay,
    begin_visit,
    discharge,
    end_stay,
    named,
    settle_batch,
    stay_payment,
    stay_rows,
    visit_rows,
)


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


@pytest.fixture
def clinic() -> Iterator[Counter]:
    with counter() as clinic:
        yield clinic


def sent(desk: Counter, infno: str, content: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The message id and the output of a message that must succeed."""
    message = desk.message(infno, content)
    answer = desk.send(message)
    assert answer["infcode"] == 0, answer["err_msg"]
    return message["msgid"], answer["output"]


def settled_batch(desk: Counter) -> tuple[str, str, str]:
    """Visit, message id and settlement id of a batch that is settled."""
    visit = begin_visit(desk)
    desk.output("2204", visit_rows(visit))
    tried = desk.output("2206", batch_trial(visit, "78.60"))["setlinfo"]
    msgid, output = sent(desk, "2207", batch_settlement(visit, tried))
    return visit, msgid, output["setlinfo"]["setl_id"]


def test_a_reversed_settlement_of_a_clinic_frees_its_rows(clinic: Counter) -> None:
    visit, msgid, _ = settled_batch(clinic)
    assert clinic.reverse(msgid, infno="2207")["infcode"] == 0
    assert clinic.balance_fen() == 120355
    assert {row["setl_id"] for row in clinic.rows_of("5204", named(visit))} == {""}
    settle_batch(clinic, visit)


def test_reversing_a_cancellation_at_a_clinic_takes_the_rows_again(clinic: Counter) -> None:
    visit, _, setl_id = settled_batch(clinic)
    msgid, _ = sent(clinic, "2208", named(visit, setl_id=setl_id))
    assert clinic.reverse(msgid, infno="2208")["infcode"] == 0
    assert clinic.balance_fen() == 113995
    assert {row["setl_id"] for row in clinic.rows_of("5204", named(visit))} == {setl_id}
    assert "已结算,不能撤销" in clinic.refusal("2205", named(visit, chrg_bchno="PC0001"))


def test_a_cancellation_is_not_reversed_when_the_rows_are_others_now(clinic: Counter) -> None:
    visit, _, setl_id = settled_batch(clinic)
    msgid, _ = sent(clinic, "2208", named(visit, setl_id=setl_id))
    clinic.call("2205", named(visit, chrg_bchno="PC0001"))
    changed = "费用明细已变动,不能冲正"
    assert changed in clinic.reverse(msgid, infno="2208")["err_msg"]
    clinic.output("2204", visit_rows(visit, rows=(("XTEST0000000000000000A1", "12.5", "3", "37.50"),)))
    assert changed in clinic.reverse(msgid, infno="2208")["err_msg"]
    settle_batch(clinic, visit, total="37.50")
    assert changed in clinic.reverse(msgid, infno="2208")["err_msg"]
    assert clinic.balance_fen() == 120355 - 3750


def test_a_reversed_settlement_of_a_stay_is_settled_anew(clinic: Counter) -> None:
    stay = begin_stay(clinic)
    clinic.output("2301", stay_rows(stay))
    clinic.call("2402", discharge(stay))
    before = clinic.counters()
    msgid, _ = sent(clinic, "2304", stay_payment(stay, "78.60"))
    assert clinic.reverse(msgid, infno="2304")["infcode"] == 0
    after = clinic.counters()
    assert after.counts["local_admissions"] == before.counts.get("local_admissions", 0)
    assert clinic.call("2304", stay_payment(stay, "78.60"))["infcode"] == 0


def test_a_reversed_cancellation_of_a_stay_puts_it_back_unless_the_person_came_back(clinic: Counter) -> None:
    stay = begin_stay(clinic)
    clinic.output("2301", stay_rows(stay))
    settled = end_stay(clinic, stay, "78.60")
    msgid, _ = sent(clinic, "2305", named(stay, setl_id=settled["setl_id"]))
    clinic.call("2405", named(stay))
    assert "已撤销出院,不能冲正" in clinic.reverse(msgid, infno="2305")["err_msg"]
    clinic.call("2402", discharge(stay))
    assert clinic.reverse(msgid, infno="2305")["infcode"] == 0
    assert clinic.booked()[0].voided is False


def test_a_reversed_admission_never_was(clinic: Counter) -> None:
    msgid, _ = sent(clinic, "2401", admission())
    assert clinic.reverse(msgid, LI, "2401")["err_msg"].endswith("原交易不存在")
    assert clinic.reverse(msgid, infno="2401")["infcode"] == 0
    assert clinic.reverse(msgid, infno="2401")["infcode"] == 0
    assert "原交易不存在" in clinic.reverse(new_msgid(HOSPITAL), infno="2401")["err_msg"]
    assert clinic.call("2401", admission())["infcode"] == 0


def test_an_admission_is_not_reversed_when_it_was_cancelled_or_charged(clinic: Counter) -> None:
    msgid, output = sent(clinic, "2401", admission())
    stay = output["result"]["mdtrt_id"]
    clinic.output("2301", stay_rows(stay))
    assert "已有费用明细,不能冲正" in clinic.reverse(msgid, infno="2401")["err_msg"]
    clinic.call("2302", {"data": [{"mdtrt_id": stay, "psn_no": ZHANG, "feedetl_sn": "0000"}]})
    clinic.call("2404", named(stay))
    assert "原交易已撤销" in clinic.reverse(msgid, infno="2401")["err_msg"]
