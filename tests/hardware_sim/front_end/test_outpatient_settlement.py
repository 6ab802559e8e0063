"""2206, 2207, 2208: one batch of a visit is tried, settled, cancelled."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from hardware_sim.front_end import register
from hardware_sim.front_end.faults import Fault

from .counter import Counter, counter
from .desk import LI, PAPERS, ZHANG
from .figures import AMOUNTS, assert_identities, with_common_names
from .hospital import (
    batch_settlement,
    batch_trial,
    begin_visit,
    named,
    registration,
    settle_batch,
    visit_rows,
)


@pytest.fixture
def desk() -> Iterator[Counter]:
    with counter() as desk:
        yield desk


@pytest.fixture
def visit(desk: Counter) -> str:
    """A visit with the three rows uploaded as one batch."""
    mdtrt_id = begin_visit(desk)
    desk.output("2204", visit_rows(mdtrt_id))
    return mdtrt_id


def tried(desk: Counter, visit: str, **changes: Any) -> dict[str, Any]:
    setlinfo: dict[str, Any] = desk.output("2206", batch_trial(visit, "78.60", **changes))["setlinfo"]
    return setlinfo


def test_a_trial_books_nothing_and_agrees_with_the_settlement(desk: Counter, visit: str) -> None:
    trial = tried(desk, visit)
    assert "setl_id" not in trial
    assert desk.booked() == []
    settled = desk.output("2207", batch_settlement(visit, trial))
    assert_identities(settled)
    info = settled["setlinfo"]
    assert {name: info[name] for name in (*AMOUNTS, "balc")} == {name: trial[name] for name in (*AMOUNTS, "balc")}
    assert (info["mdtrt_id"], info["med_type"], info["clr_type"]) == (visit, "11", "11")
    assert (info["acct_pay"], info["psn_cash_pay"], info["balc"]) == (
        Decimal("63.60"),
        Decimal("15.00"),
        Decimal("1139.95"),
    )
    assert desk.balance_fen() == 113995


def test_the_message_id_comes_back_as_the_institution_s_settlement_id(desk: Counter, visit: str) -> None:
    message = desk.message("2207", batch_settlement(visit, tried(desk, visit)))
    assert desk.send(message)["output"]["setlinfo"]["medins_setl_id"] == message["msgid"]


@pytest.mark.parametrize("name", ["fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt"])
def test_the_four_sums_of_the_trial_are_repeated_to_the_fen(desk: Counter, visit: str, name: str) -> None:
    trial = tried(desk, visit)
    wrong = {**trial, name: trial[name] + Decimal("0.01")}
    assert f"字段{name}(" in desk.refusal("2207", batch_settlement(visit, wrong))
    assert desk.booked() == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"medfee_sumamt": Decimal("78.59")}, "medfee_sumamt(医疗费总额)与费用明细之和不一致"),
        ({"chrg_bchno": "PC0002"}, "费用批次号未上传或已结算"),
        ({"med_type": "13"}, "med_type(医疗类别)与就诊信息不一致"),
        ({"med_type": "14"}, "该医疗类别不支持门诊结算"),
        ({"mdtrt_id": "439900S0000000009999"}, "未找到门诊挂号记录"),
        ({"insutype": "390"}, "未参加"),
        ({"certno": PAPERS[LI]["certno"]}, "certno(证件号码)与参保登记不一致"),
    ],
)
def test_a_settlement_that_does_not_fit_is_refused(
    desk: Counter, visit: str, changes: dict[str, Any], words: str
) -> None:
    trial = tried(desk, visit)
    for infno, content in (("2206", batch_trial(visit, "78.60")), ("2207", batch_settlement(visit, trial))):
        content["data"].update(changes)
        assert words in desk.refusal(infno, content)
    assert desk.balance_fen() == 120355


def test_a_settled_batch_is_not_settled_again(desk: Counter, visit: str) -> None:
    trial = tried(desk, visit)
    settle_batch(desk, visit)
    assert "费用批次号未上传或已结算" in desk.refusal("2207", batch_settlement(visit, trial))
    assert "费用批次号未上传或已结算" in desk.refusal("2206", batch_trial(visit, "78.60"))
    assert len(desk.booked()) == 1


def test_without_a_description_only_the_registration_fee_is_settled(desk: Counter) -> None:
    mdtrt_id = desk.output("2201", registration())["data"]["mdtrt_id"]
    desk.output("2204", visit_rows(mdtrt_id))
    assert "就诊信息尚未上传" in desk.refusal("2206", batch_trial(mdtrt_id, "78.60"))
    assert desk.output("2206", batch_trial(mdtrt_id, "78.60", med_type="12"))["setlinfo"]["med_type"] == "12"


def test_a_trial_without_the_credential_s_number_goes_by_the_papers(desk: Counter, visit: str) -> None:
    assert tried(desk, visit, mdtrt_cert_no="", card_sn="")["medfee_sumamt"] == Decimal("78.60")


def test_whoever_is_paused_meanwhile_is_refused(desk: Counter, visit: str) -> None:
    with desk.books.begin() as connection:
        person = register.by_psn_no(connection, ZHANG)
        register.save(connection, replace(person, insured_status="2", paused_since=date(2026, 3, 1)))
    assert "停止享受" in desk.refusal("2206", batch_trial(visit, "78.60"))


def test_a_cancellation_gives_everything_back_and_frees_the_rows(desk: Counter, visit: str) -> None:
    settled = settle_batch(desk, visit)
    message = desk.message("2208", named(visit, setl_id=settled["setl_id"]))
    output = desk.send(message)["output"]
    info = with_common_names(output["setlinfo"])
    assert_identities(output)
    for name in AMOUNTS:
        assert info[name] == -settled[name]
    assert info["setl_id"] != settled["setl_id"]
    assert info["medins_setl_id"] == message["msgid"]
    assert desk.balance_fen() == 120355
    assert settle_batch(desk, visit)["acct_pay"] == Decimal("63.60")


def test_rows_of_a_cancelled_settlement_can_be_withdrawn_and_the_registration_cancelled(
    desk: Counter, visit: str
) -> None:
    settled = settle_batch(desk, visit)
    desk.output("2208", named(visit, setl_id=settled["setl_id"]))
    assert desk.call("2205", named(visit, chrg_bchno="PC0001"))["infcode"] == 0
    assert desk.call("2202", named(visit, ipt_otp_no="MZ0001"))["infcode"] == 0


def test_a_settlement_is_cancelled_once_by_its_owner_with_its_own_transaction(desk: Counter, visit: str) -> None:
    settled = settle_batch(desk, visit)
    names = named(visit, setl_id=settled["setl_id"])
    for infno in ("2103", "2305"):
        assert "未找到要撤销的结算" in desk.refusal(infno, names)
    assert "未找到要撤销的结算" in desk.neighbour("H43999900002").refusal("2208", names)
    assert "未找到要撤销的结算" in desk.refusal("2208", named(visit, LI, setl_id=settled["setl_id"]))
    desk.output("2208", names)
    assert "不能再撤销" in desk.refusal("2208", names)


def test_a_wrong_fen_is_wrong_in_trial_settlement_and_ledger_alike(desk: Counter, visit: str) -> None:
    desk.switch_on(Fault(name="off_by_one_fen", figure="account"))
    settled = settle_batch(desk, visit)
    assert (settled["acct_pay"], settled["psn_cash_pay"]) == (Decimal("63.59"), Decimal("15.01"))
    assert desk.booked()[0].amounts.acct_pay == 6359
