"""The bureau's figures: read exactly, held to the interface's identities, and only when they answer our message."""

from dataclasses import replace
from typing import Any

import pytest

from pos_client.errors import Refused
from pos_client.sync.envelope import UnreadableError
from pos_client.sync.setlinfo import (
    Booked,
    BureauFigures,
    Found,
    broken_identity,
    read_booked,
    read_found,
    read_trial,
)

from .messages import answer_of, region_of

REGION = region_of("base")
MESSAGE_ID, PERSON = "P43999900001202611210918120005", "43990000000000000000000001"
VISIT_ID, SETTLEMENT_ID = "439900S0000000000801", "439900S0000000000901"
#: The worked example of the interface's implementers' reference, 6.2 (fictitious).
SETLINFO: dict[str, Any] = {
    "setl_id": SETTLEMENT_ID, "mdtrt_id": VISIT_ID, "psn_no": PERSON,
    "setl_time": "2026-11-21 09:18:12", "insutype": "310", "medfee_sumamt": "78.60", "fulamt_ownpay_amt": "15.00",
    "overlmt_selfpay": "0.00", "preselfpay_amt": "3.86", "inscp_scp_amt": "59.74", "act_pay_dedc": "0.00",
    "hifp_pay": "0.00", "hifob_pay": "0.00", "fund_pay_sumamt": "0.00", "psn_part_amt": "78.60", "acct_pay": "63.60",
    "psn_cash_pay": "15.00", "balc": "136.40", "medins_setl_id": MESSAGE_ID, "clr_optins": "439900", "clr_type": "41",
    "hosp_part_amt": "0.00",
}  # fmt: skip
MISSING = object()


def _output(changes: dict[str, object]) -> dict[str, object]:
    return {"setlinfo": {name: value for name, value in (SETLINFO | changes).items() if value is not MISSING}}


def _read(visit_id: str | None = None, /, **changes: object) -> Booked:
    answer = answer_of(_output(changes))
    return read_booked(REGION, answer, message_id=MESSAGE_ID, person_no=PERSON, total_fen=7860, visit_id=visit_id)


def _trial(visit_id: str | None = None, /, **changes: object) -> BureauFigures:
    answer = answer_of(_output({"setl_id": None} | changes))
    return read_trial(REGION, answer, person_no=PERSON, total_fen=7860, visit_id=visit_id)


def _found(**changes: object) -> Found | None:
    """5203 writes the person's part and the cash in its own way (protocol, 5.6)."""
    own = {"psn_part_amt": MISSING, "psn_pay": "78.60", "psn_cash_pay": MISSING, "cash_payamt": "15.00"}
    answer = answer_of(_output(own | changes))
    return read_found(REGION, answer, person_no=PERSON, visit_id=VISIT_ID, settlement_id=SETTLEMENT_ID)


def test_the_worked_example_is_read_to_the_fen() -> None:
    booked = _read()
    figures = booked.figures
    assert (figures.total_fen, figures.account_pay_fen, figures.cash_pay_fen) == (7860, 6360, 1500)
    assert (figures.own_expense_fen, figures.pre_self_pay_fen, figures.eligible_fen) == (1500, 386, 5974)
    assert (booked.settlement_id, booked.clearing_type) == (SETTLEMENT_ID, "41")
    assert broken_identity(figures) is None


def test_what_lies_above_a_price_ceiling_is_own_expense_and_known_apart() -> None:
    figures = _read(fulamt_ownpay_amt="12.00", overlmt_selfpay="3.00").figures
    assert (figures.own_expense_fen, figures.over_limit_fen) == (1500, 300)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("medins_setl_id", "P" * 30),
        ("psn_no", "somebody else"),
        ("medfee_sumamt", "78.61"),
        ("setl_id", ""),
        ("mdtrt_id", None),
        ("setl_id", MISSING),
        ("psn_cash_pay", MISSING),
        ("psn_cash_pay", "15.001"),
        ("psn_cash_pay", "plenty"),
        ("psn_cash_pay", "15.01"),
        ("fund_pay_sumamt", "0.01"),
        ("balc", None),
        ("hifp_pay", MISSING),
    ],
)
def test_what_does_not_answer_this_message_or_does_not_add_up_leaves_it_open(name: str, value: object) -> None:
    with pytest.raises(UnreadableError):
        _read(**{name: value})


@pytest.mark.parametrize("output", [{}, {"setlinfo": None}, {"setlinfo": "结算成功"}, {"setlinfo": [SETLINFO] * 2}])
def test_an_answer_without_one_settlement_leaves_it_open(output: object) -> None:
    with pytest.raises(UnreadableError):
        read_booked(REGION, answer_of(output), message_id=MESSAGE_ID, person_no=PERSON, total_fen=7860)


def test_a_settlement_of_another_total_leaves_it_open() -> None:
    with pytest.raises(UnreadableError, match="medfee_sumamt"):
        _read(medfee_sumamt="78.50", psn_part_amt="78.50", acct_pay="63.50")


def test_a_settlement_of_another_visit_leaves_it_open_where_the_visit_is_known() -> None:
    assert _read(VISIT_ID).visit_id == VISIT_ID
    with pytest.raises(UnreadableError, match="mdtrt_id"):
        _read("439900S0000000000999")


@pytest.mark.parametrize("name", ["medins_setl_id", "psn_no", "setl_time", "insutype", "clr_type", "clr_optins"])
@pytest.mark.parametrize("value", [None, "", MISSING])
def test_what_an_answer_may_leave_out_does_not_make_it_anothers(name: str, value: object) -> None:
    assert _read(**{name: value}).figures.total_fen == 7860


@pytest.mark.parametrize("name", ["hosp_part_amt", "act_pay_dedc", "psn_part_amt"])
@pytest.mark.parametrize("value", [None, "", MISSING])
def test_figures_that_some_editions_leave_out_are_nothing(name: str, value: object) -> None:
    assert _read(**{name: value}).figures.patient_total_fen == 7860


@pytest.mark.parametrize("cash", ["psn_cash_pay", "pdn_cash_pay", "cash_payamt"])
@pytest.mark.parametrize("part", ["psn_part_amt", "psn_pay"])
def test_the_names_of_all_transactions_are_known(cash: str, part: str) -> None:
    renamed = {"psn_cash_pay": MISSING, "psn_part_amt": MISSING} | {cash: "15.00", part: "78.60"}
    figures = _read(**renamed).figures
    assert (figures.patient_total_fen, figures.cash_pay_fen) == (7860, 1500)
    with pytest.raises(UnreadableError, match="M2"):
        _read(**renamed | {part: "78.59"})


def test_a_cancellation_is_below_zero() -> None:
    negative = {name: f"-{SETLINFO[name]}" for name in ("medfee_sumamt", "acct_pay", "inscp_scp_amt", "preselfpay_amt")}
    cash = {"psn_cash_pay": MISSING, "pdn_cash_pay": "-15.00", "psn_part_amt": None}
    answer = answer_of(_output(negative | cash))
    booked = read_booked(REGION, answer, message_id=MESSAGE_ID, person_no=PERSON, total_fen=-7860)
    assert (booked.figures.account_pay_fen, booked.figures.cash_pay_fen) == (-6360, -1500)


def test_what_the_institution_bears_is_not_the_patients() -> None:
    booked = _read(hosp_part_amt="8.60", psn_part_amt="70.00", acct_pay="55.00")
    assert (booked.figures.fund_total_fen, booked.figures.patient_total_fen) == (860, 7000)


def test_the_identities_name_what_they_miss() -> None:
    figures = _read().figures
    assert "M1" in str(broken_identity(replace(figures, fund_total_fen=1)))
    assert "M2" in str(broken_identity(replace(figures, account_pay_fen=1)))


def test_a_trial_has_no_settlement_id() -> None:
    assert _trial(VISIT_ID).total_fen == 7860


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"psn_part_amt": "78.61"}, "M2"), ({"fund_pay_sumamt": "0.01"}, "M1"), ({"medfee_sumamt": "78.61"}, "M1")],
)
def test_a_trial_that_does_not_add_up_is_refused(changes: dict[str, object], why: str) -> None:
    with pytest.raises(Refused) as caught:
        _trial(**changes)
    assert caught.value.code == "R-SUM"
    assert why in caught.value.sentence("zh")


def test_a_trial_of_another_total_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        _trial(medfee_sumamt="78.50", psn_part_amt="78.50", acct_pay="63.50")
    assert "78.50 ≠ 78.60" in caught.value.sentence("zh")


@pytest.mark.parametrize("changes", [{"psn_no": "somebody else"}, {"mdtrt_id": "another"}, {"acct_pay": None}])
def test_a_trial_of_somebody_else_or_without_a_figure_is_no_answer(changes: dict[str, object]) -> None:
    with pytest.raises(UnreadableError):
        _trial(VISIT_ID, **changes)


def test_a_settlement_is_found_with_the_message_that_booked_it() -> None:
    found = _found()
    assert found is not None
    assert (found.message_id, found.booked) == (MESSAGE_ID, _read())


@pytest.mark.parametrize("output", [{}, {"setlinfo": None}, {"setlinfo": []}, {"setlinfo": "", "setldetail": None}])
def test_a_settlement_that_the_bureau_does_not_have_is_none(output: object) -> None:
    answer = answer_of(output)
    assert read_found(REGION, answer, person_no=PERSON, visit_id=VISIT_ID, settlement_id=SETTLEMENT_ID) is None


@pytest.mark.parametrize("name", ["psn_no", "mdtrt_id", "setl_id"])
def test_what_was_found_is_what_was_asked_for(name: str) -> None:
    with pytest.raises(UnreadableError, match=name):
        _found(**{name: "another"})


@pytest.mark.parametrize("changes", [{"medins_setl_id": ""}, {"cash_payamt": "15.01"}, {"setl_id": None}])
def test_what_was_found_must_be_whole(changes: dict[str, object]) -> None:
    with pytest.raises(UnreadableError):
        _found(**changes)


@pytest.mark.parametrize(("said", "family_fen"), [({}, 0), ({"acct_mulaid_pay": "60.00"}, 6000)])
def test_what_a_familys_account_pays_is_part_of_the_account(said: dict[str, object], family_fen: int) -> None:
    figures = read_trial(REGION, answer_of(_output(said)), person_no=PERSON, total_fen=7860)
    assert (figures.account_pay_fen, figures.family_pay_fen) == (6360, family_fen)
