"""2204 and 2205, 2301 and 2302: rows come and go until they are settled."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from .counter import Counter, counter, only
from .desk import LI, THREE_ROWS, ZHANG
from .hospital import (
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

CAPSULES = "XTEST0000000000000000A1"
TEN_CAPSULES = ((CAPSULES, "12.5", "10", "125.00"),)


@pytest.fixture
def desk() -> Iterator[Counter]:
    with counter() as desk:
        yield desk


def serials(desk: Counter, mdtrt_id: str) -> list[str]:
    return [row["feedetl_sn"] for row in desk.rows_of("5204", named(mdtrt_id))]


def refund(mdtrt_id: str, serial: int, count: str, amount: str, **changes: Any) -> dict[str, Any]:
    """A row that takes capsules of row 1 back."""
    rows = ((CAPSULES, "12.5", count, amount),)
    return stay_rows(mdtrt_id, rows=rows, first=serial, **{"init_feedetl_sn": "1", **changes})


def withdrawal(mdtrt_id: str, *wanted: str, psn_no: str = ZHANG) -> dict[str, Any]:
    return {"data": [{"mdtrt_id": mdtrt_id, "psn_no": psn_no, "feedetl_sn": serial} for serial in wanted]}


def test_each_row_is_answered_with_its_split(desk: Counter) -> None:
    result = desk.output("2204", visit_rows(begin_visit(desk)))["result"]
    parts = ("fulamt_ownpay_amt", "overlmt_amt", "preselfpay_amt", "inscp_scp_amt")
    assert [[str(row[name]) for name in parts] for row in result] == [
        ["0.00", "0.00", "0.00", "25.00"],
        ["0.00", "0.00", "3.86", "34.74"],
        ["15.00", "0.00", "0.00", "0.00"],
    ]
    for row in result:
        assert row["det_item_fee_sumamt"] == sum(row[name] for name in parts)


def test_an_item_that_the_hospital_did_not_approve_is_own_expense(desk: Counter) -> None:
    mdtrt_id = begin_visit(desk)
    rows = visit_rows(mdtrt_id, rows=THREE_ROWS[:1], hosp_appr_flag="2")
    assert only(desk.output("2204", rows)["result"])["fulamt_ownpay_amt"] == 25
    assert settle_batch(desk, mdtrt_id, total="25.00")["fulamt_ownpay_amt"] == 25


def test_a_batch_comes_whole_in_one_message(desk: Counter) -> None:
    mdtrt_id = begin_visit(desk)
    desk.output("2204", visit_rows(mdtrt_id))
    assert "同一批次应一次上传" in desk.refusal("2204", visit_rows(mdtrt_id, first=4))
    assert desk.call("2204", visit_rows(mdtrt_id, "PC0002", first=4))["infcode"] == 0


def test_one_message_may_carry_several_batches(desk: Counter) -> None:
    mdtrt_id = begin_visit(desk)
    rows = visit_rows(mdtrt_id)["feedetail"] + visit_rows(mdtrt_id, "PC0002", first=4)["feedetail"]
    assert len(desk.output("2204", {"feedetail": rows})["result"]) == 6
    settle_batch(desk, mdtrt_id, "PC0002")
    settle_batch(desk, mdtrt_id, "PC0001")


def test_a_serial_stands_once_in_a_visit(desk: Counter) -> None:
    mdtrt_id = begin_visit(desk)
    desk.output("2204", visit_rows(mdtrt_id))
    assert "第1行字段feedetl_sn(费用明细流水号)在该次就诊内重复" in desk.refusal("2204", visit_rows(mdtrt_id, "PC0002"))
    twice = visit_rows(mdtrt_id, "PC0002", first=4)
    twice["feedetail"][2]["feedetl_sn"] = 4
    assert "第3行字段feedetl_sn(费用明细流水号)在该次就诊内重复" in desk.refusal("2204", twice)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"chrg_bchno": "0000"}, "收费批次号(chrg_bchno)不能为0000"),
        ({"med_list_codg": "XTEST9"}, "不在医保目录中"),
        ({"det_item_fee_sumamt": "15.01"}, "不等于单价乘以数量"),
        ({"cnt": "-1", "det_item_fee_sumamt": "-15.00"}, "cnt(数量)应大于0"),
    ],
)
def test_a_row_that_is_not_right_fails_the_whole_message(desk: Counter, changes: dict[str, str], words: str) -> None:
    mdtrt_id = begin_visit(desk)
    content = visit_rows(mdtrt_id)
    content["feedetail"][2].update(changes)
    assert words in desk.refusal("2204", content)
    assert serials(desk, mdtrt_id) == []


def test_the_rows_of_a_message_belong_to_one_visit_and_one_disease_a_batch(desk: Counter) -> None:
    mdtrt_id = begin_visit(desk)
    content = visit_rows(mdtrt_id)
    content["feedetail"][2]["psn_no"] = LI
    assert "应属于同一人员的同一次就诊" in desk.refusal("2204", content)
    content = visit_rows(mdtrt_id, dise_codg="M01600")
    content["feedetail"][2]["dise_codg"] = "M03900"
    assert "病种编码(dise_codg)应一致" in desk.refusal("2204", content)


def test_a_withdrawn_batch_can_come_again(desk: Counter) -> None:
    mdtrt_id = begin_visit(desk)
    desk.output("2204", visit_rows(mdtrt_id))
    assert desk.call("2205", named(mdtrt_id, chrg_bchno="PC0001"))["infcode"] == 0
    assert serials(desk, mdtrt_id) == []
    assert "未找到要撤销的费用明细" in desk.refusal("2205", named(mdtrt_id, chrg_bchno="PC0001"))
    assert "费用批次号未上传或已结算" in desk.refusal("2206", batch_trial(mdtrt_id, "78.60"))
    assert desk.call("2204", visit_rows(mdtrt_id))["infcode"] == 0


def test_a_settled_batch_is_not_withdrawn_and_batch_0000_means_the_others(desk: Counter) -> None:
    mdtrt_id = begin_visit(desk)
    desk.output("2204", visit_rows(mdtrt_id))
    desk.output("2204", visit_rows(mdtrt_id, "PC0002", first=4))
    settle_batch(desk, mdtrt_id)
    assert "已结算,不能撤销" in desk.refusal("2205", named(mdtrt_id, chrg_bchno="PC0001"))
    assert desk.call("2205", named(mdtrt_id, chrg_bchno="0000"))["infcode"] == 0
    assert serials(desk, mdtrt_id) == ["1", "2", "3"]
    assert "未找到要撤销的费用明细" in desk.refusal("2205", named(mdtrt_id, chrg_bchno="0000"))


def test_the_rows_of_a_stay_come_in_hundreds_at_most(desk: Counter) -> None:
    mdtrt_id = begin_stay(desk)
    hundred = tuple(THREE_ROWS[0] for _ in range(100))
    assert len(desk.output("2301", stay_rows(mdtrt_id, rows=hundred))["result"]) == 100
    too_many = stay_rows(mdtrt_id, rows=(*hundred, THREE_ROWS[0]), first=101)
    assert "不能超过100条" in desk.refusal("2301", too_many)


def test_a_refund_takes_back_what_is_left_and_no_more(desk: Counter) -> None:
    mdtrt_id = begin_stay(desk)
    desk.output("2301", stay_rows(mdtrt_id, rows=TEN_CAPSULES))
    row = only(desk.output("2301", refund(mdtrt_id, 2, "-4", "-50.00"))["result"])
    assert (row["det_item_fee_sumamt"], row["inscp_scp_amt"], row["cnt"]) == (-50, -50, -4)
    assert "超过原费用明细的剩余数量" in desk.refusal("2301", refund(mdtrt_id, 3, "-7", "-87.50"))
    assert desk.call("2301", refund(mdtrt_id, 3, "-6", "-75.00"))["infcode"] == 0
    assert "超过原费用明细的剩余数量" in desk.refusal("2301", refund(mdtrt_id, 4, "-1", "-12.50"))


def test_a_sale_and_its_refund_may_come_together(desk: Counter) -> None:
    mdtrt_id = begin_stay(desk)
    both = stay_rows(mdtrt_id, rows=TEN_CAPSULES)["feedetail"] + refund(mdtrt_id, 2, "-3", "-37.50")["feedetail"]
    assert len(desk.output("2301", {"feedetail": both})["result"]) == 2
    assert end_stay(desk, mdtrt_id, "87.50")["medfee_sumamt"] == Decimal("87.50")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"init_feedetl_sn": "9"}, "未找到原费用明细"),
        ({"pric": "12.6", "det_item_fee_sumamt": "-12.60"}, "项目和单价应与原费用明细一致"),
        ({"med_list_codg": "XTEST0000000000000000B2"}, "项目和单价应与原费用明细一致"),
        ({"cnt": "1", "det_item_fee_sumamt": "12.50"}, "为退费明细(init_feedetl_sn不为空),字段cnt(数量)应小于0"),
        ({"init_feedetl_sn": ""}, "cnt(数量)应大于0"),
    ],
)
def test_a_refund_is_of_a_row_that_is_there(desk: Counter, changes: dict[str, str], words: str) -> None:
    mdtrt_id = begin_stay(desk)
    desk.output("2301", stay_rows(mdtrt_id, rows=TEN_CAPSULES))
    assert words in desk.refusal("2301", refund(mdtrt_id, 2, "-1", "-12.50", **changes))
    assert serials(desk, mdtrt_id) == ["1"]


def test_a_refund_whose_rounded_amount_is_no_longer_there_is_refused(desk: Counter) -> None:
    mdtrt_id = begin_stay(desk)
    half_fen = ((CAPSULES, "0.005", "4", "0.02"),)
    desk.output("2301", stay_rows(mdtrt_id, rows=half_fen))
    one_back = {"pric": "0.005"}
    for serial in (2, 3):
        desk.output("2301", refund(mdtrt_id, serial, "-1", "-0.01", **one_back))
    assert "退费明细与原费用明细不符" in desk.refusal("2301", refund(mdtrt_id, 4, "-1", "-0.01", **one_back))
    assert desk.call("2301", refund(mdtrt_id, 4, "-2", "-0.01", **one_back))["infcode"] == 0


def test_what_is_settled_is_not_refunded(desk: Counter) -> None:
    mdtrt_id = begin_stay(desk)
    desk.output("2301", stay_rows(mdtrt_id, rows=TEN_CAPSULES))
    desk.output("2304", stay_payment(mdtrt_id, "125.00", mid_setl_flag="1"))
    assert "原费用明细已结算,不能退费" in desk.refusal("2301", refund(mdtrt_id, 2, "-1", "-12.50"))


def test_nobody_who_has_left_is_charged(desk: Counter) -> None:
    mdtrt_id = begin_stay(desk)
    assert desk.call("2402", discharge(mdtrt_id))["infcode"] == 0
    assert "已办理出院" in desk.refusal("2301", stay_rows(mdtrt_id))


def test_the_rows_name_the_category_of_the_stay(desk: Counter) -> None:
    mdtrt_id = begin_stay(desk)
    assert "med_type(医疗类别)与入院登记不一致" in desk.refusal("2301", stay_rows(mdtrt_id, med_type="22"))


def test_rows_of_a_stay_are_withdrawn_one_by_one_or_all(desk: Counter) -> None:
    mdtrt_id = begin_stay(desk)
    desk.output("2301", stay_rows(mdtrt_id))
    assert desk.call("2302", withdrawal(mdtrt_id, "0002"))["infcode"] == 0
    assert serials(desk, mdtrt_id) == ["1", "3"]
    assert "未找到要撤销的费用明细" in desk.refusal("2302", withdrawal(mdtrt_id, "1", "2"))
    assert desk.call("2302", withdrawal(mdtrt_id, "0000"))["infcode"] == 0
    assert serials(desk, mdtrt_id) == []
    assert "未找到要撤销的费用明细" in desk.refusal("2302", withdrawal(mdtrt_id, "0000"))


def test_a_refunded_row_is_withdrawn_with_its_refund_only(desk: Counter) -> None:
    mdtrt_id = begin_stay(desk)
    desk.output("2301", stay_rows(mdtrt_id, rows=TEN_CAPSULES))
    desk.output("2301", refund(mdtrt_id, 2, "-1", "-12.50"))
    assert "应一并撤销" in desk.refusal("2302", withdrawal(mdtrt_id, "1"))
    assert desk.call("2302", withdrawal(mdtrt_id, "1", "2"))["infcode"] == 0


def test_a_settled_row_of_a_stay_is_not_withdrawn(desk: Counter) -> None:
    mdtrt_id = begin_stay(desk)
    desk.output("2301", stay_rows(mdtrt_id))
    desk.output("2304", stay_payment(mdtrt_id, "78.60", mid_setl_flag="1"))
    assert "已结算,不能撤销" in desk.refusal("2302", withdrawal(mdtrt_id, "1"))


def test_rows_of_another_person_s_visit_are_refused(desk: Counter) -> None:
    mdtrt_id = begin_visit(desk)
    assert "未找到门诊挂号记录" in desk.refusal("2204", visit_rows(mdtrt_id, psn_no=LI))
    assert "未找到入院登记记录" in desk.refusal("2301", stay_rows(mdtrt_id))
