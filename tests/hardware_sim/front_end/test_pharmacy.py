"""2101, 2102, 2103: what a purchase comes to, that it is booked once, and that it can be taken back."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hardware_sim.front_end.region import Edition
from hardware_sim.front_end.tables import tables_of

from .conftest import StartFrontEnd
from .desk import LI, PAPERS, THREE_ROWS, WANG, ZHANG, ZHAO, Desk, cancellation, new_msgid, purchase
from .figures import AMOUNTS, assert_by_the_tables, assert_identities


def test_the_worked_example_of_the_standard(start_front_end: StartFrontEnd) -> None:
    desk = Desk(start_front_end(edition="hunan").url)
    desk.sign_in()
    content = purchase(exp_content="", invono="")
    for row in content["drugdetail"]:
        trace = {"feedetl_sn": row["feedetl_sn"], "drug_trac_codg": "80000000000000000001", "trdn_flag": "0"}
        row["durg_trac_info"] = [trace]
    message = desk.message("2102", content)
    answer = desk.send(message)
    assert set(answer) == {
        *("infcode", "inf_refmsgid", "refmsg_time", "respond_time", "enctype", "signtype", "err_msg", "output")
    }
    assert (answer["infcode"], answer["err_msg"]) == (0, "")
    assert answer["inf_refmsgid"].startswith("43990020261121091812")
    assert len(answer["inf_refmsgid"]) == 30
    assert answer["respond_time"] == "20261121091812000"
    output = answer["output"]
    assert_identities(output)
    info = output["setlinfo"]
    expected = {
        "medfee_sumamt": "78.60",
        "fulamt_ownpay_amt": "15.00",
        "overlmt_selfpay": "0.00",
        "preselfpay_amt": "3.86",
        "inscp_scp_amt": "59.74",
        "fund_pay_sumamt": "0.00",
        "psn_part_amt": "78.60",
        "acct_pay": "63.60",
        "psn_cash_pay": "15.00",
        "balc": "1139.95",
    }
    assert {name: str(info[name]) for name in expected} == expected
    assert info["medins_setl_id"] == message["msgid"]
    assert info["setl_time"] == "2026-11-21 09:18:12"
    assert (info["clr_optins"], info["clr_way"], info["clr_type"]) == ("439900", "1", "41")
    assert info["setl_id"] == "439900S0000000000001"
    (account,) = output["setldetail"]
    assert (account["fund_pay_type"], str(account["fund_payamt"])) == ("310200", "63.60")
    cuts = [(row["chrgitm_lv"], str(row["selfpay_prop"]), str(row["preselfpay_amt"])) for row in output["detlcutinfo"]]
    assert cuts == [("01", "0", "0.00"), ("02", "0.1", "3.86"), ("03", "1", "0.00")]
    assert str(output["detlcutinfo"][0]["pric_uplmt_amt"]) == "999999.00"


@pytest.mark.parametrize("infno", ["2101", "2102", "2103"])
def test_an_answer_has_exactly_the_fields_of_its_edition(
    start_front_end: StartFrontEnd, edition: Edition, infno: str
) -> None:
    desk = Desk(start_front_end(edition=edition).url)
    desk.sign_in()
    if infno == "2103":
        output = desk.output(infno, cancellation(desk.settle()["setlinfo"]))
    else:
        output = desk.output(infno, purchase())
    assert_by_the_tables(tables_of(edition), infno, output)
    assert_identities(output)


def test_a_trial_books_nothing_and_agrees_with_the_settlement(desk: Desk) -> None:
    tried = desk.output("2101", purchase())
    assert "setl_id" not in tried["setlinfo"]
    assert desk.ledger() == []
    assert desk.balance() == "1203.55"
    settled = desk.settle()
    for name in (*AMOUNTS, "balc"):
        assert tried["setlinfo"][name] == settled["setlinfo"][name]
    assert tried["detlcutinfo"] == settled["detlcutinfo"]


def test_the_ledger_shows_a_settlement_as_it_was_answered(desk: Desk) -> None:
    message = desk.message("2102", purchase())
    info = desk.send(message)["output"]["setlinfo"]
    assert desk.ledger() == [
        {
            "setl_id": info["setl_id"],
            "mdtrt_id": info["mdtrt_id"],
            "msgid": message["msgid"],
            "infno": "2102",
            "kind": "settle",
            "cancels": None,
            "psn_no": "439900****************0001",
            "setl_time": "2026-11-21 09:18:12",
            "medfee_sumamt": "78.60",
            "fund_pay_sumamt": "0.00",
            "acct_pay": "63.60",
            "psn_cash_pay": "15.00",
            "voided": False,
            "reversed": False,
        }
    ]


def test_without_the_account_everything_is_cash(desk: Desk) -> None:
    info = desk.settle(acct_used_flag="0")["setlinfo"]
    assert (info["acct_pay"], info["psn_cash_pay"]) == (0, Decimal("78.60"))
    assert info["balc"] == Decimal("1203.55")


def test_an_empty_account_leaves_the_rest_as_cash(desk: Desk) -> None:
    rows = (("XTEST0000000000000000A1", "100", "9", "900.00"),)
    first, second = (desk.settle(rows=rows)["setlinfo"] for _ in range(2))
    assert (first["acct_pay"], first["balc"]) == (900, Decimal("303.55"))
    assert (second["acct_pay"], second["psn_cash_pay"], second["balc"]) == (
        Decimal("303.55"),
        Decimal("596.45"),
        0,
    )


def test_a_price_above_the_ceiling_is_own_expense_above_it(desk: Desk) -> None:
    rows = (("XTEST0000000000000000D4", "12.5000", "3", "37.50"),)
    output = desk.settle(rows=rows)
    (cut,) = output["detlcutinfo"]
    assert (cut["overlmt_amt"], cut["preselfpay_amt"]) == (Decimal("7.50"), Decimal("1.50"))
    assert cut["pric_uplmt_amt"] == 10
    assert_identities(output)


def test_a_retired_and_a_waiting_person_pay_from_their_accounts(desk: Desk) -> None:
    assert desk.settle(LI)["setlinfo"]["acct_pay"] == Decimal("63.60")
    assert desk.settle(WANG)["setlinfo"]["acct_pay"] == Decimal("62.40")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"card_sn": PAPERS[LI]["card_sn"]}, "卡号与卡识别码不匹配"),
        ({"psn_no": LI}, "就诊凭证与人员编号不是同一参保人员"),
        ({"psn_no": "43990000000000000000000099"}, "人员编号不存在"),
        ({"psn_type": "21"}, "psn_type(人员类别)与参保登记不一致"),
        ({"certno": PAPERS[LI]["certno"]}, "certno(证件号码)与参保登记不一致"),
        ({"insutype": "390"}, "未参加字段insutype(险种类型)所填的险种"),
        ({"med_type": "52"}, "该医疗类别不支持药店结算"),
        ({"medfee_sumamt": Decimal("78.61")}, "明细项目费用总额之和与medfee_sumamt(医疗费总额)不一致"),
        ({"begntime": "1999-01-01 09:00:00"}, "1999-01-01没有生效的医保政策"),
        ({"begntime": "2025-12-31 23:59:59"}, "该费用所属年度已结转"),
        ({"begntime": "2026-11-23 00:00:00"}, "begntime(开始时间)晚于当前日期"),
    ],
)
@pytest.mark.parametrize("infno", ["2101", "2102"])
def test_a_purchase_that_does_not_fit_is_refused_and_nothing_booked(
    desk: Desk, infno: str, changes: dict[str, Any], words: str
) -> None:
    content = purchase()
    content["druginfo"].update(changes)
    assert words in desk.refusal(infno, content)
    assert desk.ledger() == []
    assert desk.balance() == "1203.55"


def test_a_paused_person_is_refused(desk: Desk) -> None:
    assert "停止享受医疗保险待遇,不能进行医保结算" in desk.refusal("2102", purchase(ZHAO))


def test_who_has_no_family_account_cannot_pay_from_one(edition_desks: dict[str, Desk]) -> None:
    assert "未办理家庭共济" in edition_desks["hunan"].refusal("2101", purchase(acct_used_flag="2"))


def test_family_accounts_are_a_thing_of_hunan(edition_desks: dict[str, Desk]) -> None:
    assert "acct_used_flag" in edition_desks["base"].refusal("2101", purchase(acct_used_flag="2"))


@pytest.mark.parametrize(
    ("row", "change", "words"),
    [
        (1, {"feedetl_sn": "1"}, "第2行字段feedetl_sn(费用明细流水号)重复"),
        (0, {"feedetl_sn": "0"}, "feedetl_sn(费用明细流水号)应大于0"),
        (0, {"med_list_codg": "XTEST9"}, "第1行字段med_list_codg(医疗目录编码)不在医保目录中"),
        (0, {"cnt": "-2", "det_item_fee_sumamt": "-25.00"}, "cnt(数量)应大于0"),
        (0, {"pric": "-12.5"}, "pric(单价)不能为负数"),
        (0, {"det_item_fee_sumamt": "25.01"}, "不等于单价乘以数量(四舍五入到分)"),
    ],
)
def test_a_row_that_is_not_right_is_refused(edition_desk: Desk, row: int, change: dict[str, str], words: str) -> None:
    content = purchase()
    content["drugdetail"][row].update(change)
    assert words in edition_desk.refusal("2101", content)


def test_a_row_amount_is_rounded_half_up(edition_desk: Desk) -> None:
    rows = (("XTEST0000000000000000A1", "0.005", "1", "0.01"),)
    assert edition_desk.output("2101", purchase(rows=rows))["setlinfo"]["medfee_sumamt"] == Decimal("0.01")


def test_a_message_id_is_good_for_one_message_only(desk: Desk) -> None:
    message = desk.message("2102", purchase())
    assert desk.send(message)["infcode"] == 0
    assert "发送方报文ID(msgid)重复" in desk.send(message)["err_msg"]
    assert len(desk.ledger()) == 1


def test_a_refused_message_has_used_its_id_too(desk: Desk) -> None:
    msgid = new_msgid()
    assert "不支持药店结算" in desk.refusal("2102", purchase(med_type="52"), msgid=msgid)
    assert "重复" in desk.refusal("2102", purchase(), msgid=msgid)


def test_a_cancellation_is_a_settlement_of_its_own_below_zero(desk: Desk) -> None:
    settled = desk.settle()["setlinfo"]
    message = desk.message("2103", cancellation(settled))
    output = desk.send(message)["output"]
    info = output["setlinfo"]
    assert info["setl_id"] != settled["setl_id"]
    assert info["mdtrt_id"] == settled["mdtrt_id"]
    assert info["medins_setl_id"] == message["msgid"]
    for name in AMOUNTS:
        assert info[name] == -settled[name]
    assert info["balc"] == Decimal("1203.55")
    assert_identities(output)
    assert desk.balance() == "1203.55"
    original, cancelled = desk.ledger()
    assert (original["voided"], original["reversed"]) == (True, False)
    assert (cancelled["kind"], cancelled["cancels"], cancelled["acct_pay"]) == (
        "cancel",
        settled["setl_id"],
        "-63.60",
    )


def test_a_settlement_is_cancelled_once_and_by_its_owner_only(desk: Desk) -> None:
    settled = desk.settle()["setlinfo"]
    assert "未找到要撤销的结算" in desk.refusal("2103", cancellation(settled, psn_no=LI))
    assert "未找到要撤销的结算" in desk.refusal("2103", cancellation({**settled, "mdtrt_id": "439900S1"}))
    stranger = Desk(desk.url, institution="P43999900002")
    stranger.sign_in()
    assert "未找到要撤销的结算" in stranger.refusal("2103", cancellation(settled))
    cancelled = desk.output("2103", cancellation(settled))["setlinfo"]
    assert "不能再撤销" in desk.refusal("2103", cancellation(settled))
    assert "不能再撤销" in desk.refusal("2103", cancellation(cancelled))


def test_simultaneous_settlements_never_spend_the_same_money_twice(desk: Desk) -> None:
    change = {"persons": [{"psn_no": ZHANG, "balance": "100.00"}]}
    assert requests.put(desk.url + "/_sim/persons", json=change, timeout=10).status_code == 200
    with ThreadPoolExecutor(6) as tills:
        outputs = list(tills.map(lambda _: desk.settle(), range(6)))
    paid = sorted(output["setlinfo"]["acct_pay"] for output in outputs)
    assert paid == [0, 0, 0, 0, Decimal("36.40"), Decimal("63.60")]
    balances = sorted({output["setlinfo"]["balc"] for output in outputs})
    assert balances == [0, Decimal("36.40")]
    assert desk.balance() == "0.00"
    assert all(one["setl_id"] < other["setl_id"] for one, other in pairwise(desk.ledger()))


def test_one_message_sent_twice_at_once_is_booked_once(desk: Desk) -> None:
    message = desk.message("2102", purchase())
    with ThreadPoolExecutor(4) as tills:
        codes = sorted(answer["infcode"] for answer in tills.map(desk.send, [message] * 4))
    assert codes == [-1, -1, -1, 0]
    assert len(desk.ledger()) == 1


def test_a_bill_that_the_rules_hold_is_refused_with_the_reason(start_front_end: StartFrontEnd) -> None:
    desk = Desk(start_front_end(policy="rizhao").url)
    desk.sign_in()
    assert "按现行政策无法计算该费用(CATEGORY_NOT_IN_POLICY)" in desk.refusal("2102", purchase())


rows_of_a_bill = st.lists(
    st.tuples(
        st.sampled_from([code for code, *_ in THREE_ROWS] + ["XTEST0000000000000000D4", "XTEST0000000000000000E5"]),
        st.decimals(min_value=0, max_value=999, places=4),
        st.decimals(min_value=Decimal("0.01"), max_value=99, places=2),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=rows_of_a_bill, flag=st.sampled_from(["0", "1"]))
def test_whatever_is_bought_the_figures_add_up(
    edition_desks: dict[str, Desk], drawn: list[tuple[str, Decimal, Decimal]], flag: str
) -> None:
    rows = tuple(
        (code, str(price), str(count), str((price * count).quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")))
        for code, price, count in drawn
    )
    assert_identities(edition_desks["base"].output("2101", purchase(rows=rows, acct_used_flag=flag)))
