"""Signing in, signing out, and what goes without a sign-in: nothing."""

import pytest

from .desk import ZHANG, Desk, credential, entitlement, purchase


def test_a_sign_in_gives_a_number_that_opens_the_other_transactions(desk: Desk) -> None:
    assert desk.sign_no.startswith("439900S")
    assert desk.call("1101", {"data": credential()})["infcode"] == 0


def test_one_operator_on_two_terminals_shares_the_number(desk: Desk) -> None:
    assert desk.sign_in() == desk.sign_in()
    assert desk.sign_in("TEST009") != desk.sign_in()


def test_another_institution_gets_a_number_of_its_own_and_cannot_use_ours(desk: Desk) -> None:
    other = Desk(desk.url, institution="H43999900001")
    assert other.sign_in() != desk.sign_no
    other.sign_no = desk.sign_no
    assert "请重新签到" in other.refusal("1101", {"data": credential()})


@pytest.mark.parametrize(
    ("infno", "content"),
    [
        ("1101", {"data": credential()}),
        ("2001", entitlement()),
        ("2102", purchase()),
        ("5206", {"data": {"psn_no": ZHANG}}),
    ],
)
def test_a_business_transaction_needs_a_known_sign_in(desk: Desk, infno: str, content: dict[str, object]) -> None:
    assert "sign_no(交易签到流水号)为必填项,不能为空,请先签到" in desk.refusal(infno, content, sign_no="")
    assert "无效或已签退" in desk.refusal(infno, content, sign_no="439900S0000000009999")


def test_a_sign_out_ends_the_number_on_all_terminals(desk: Desk) -> None:
    signed = {"signOut": {"sign_no": desk.sign_no, "opter_no": "TEST001"}}
    assert desk.output("9002", signed)["sign_time"]["sign_time"] == "2026-11-21 09:18:12"
    assert "无效或已签退" in desk.refusal("1101", {"data": credential()})
    assert "不存在或已签退" in desk.refusal("9002", signed)
    number = desk.sign_no
    assert desk.sign_in() != number


def test_nobody_signs_out_another_operator(desk: Desk) -> None:
    signed = {"signOut": {"sign_no": desk.sign_no, "opter_no": "TEST002"}}
    assert "不存在或已签退" in desk.refusal("9002", signed)
