"""The bureau's figures: read exactly, held to the interface's identities, and only when they answer our message."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import simplejson

from pos_client.errors import Refused
from pos_client.runtime import HttpAnswer
from pos_client.sync.bureau import Bureau
from pos_client.sync.envelope import Answer, Sender, UnreadableError
from pos_client.sync.person import Credential, InsuredPerson
from pos_client.sync.pharmacy import Booked, Purchase, PurchaseLine, broken_identity, read_booked, trial
from pos_client.sync.region import load_region
from tests.virtual import NOON, ScriptedHttp, virtual_runtime

MESSAGE_ID, PERSON = "P43999900001202611210918120005", "43990000000000000000000001"
#: The worked example of the interface's implementers' reference, 6.2 (fictitious).
SETLINFO: dict[str, Any] = {
    "setl_id": "439900S0000000000901", "mdtrt_id": "439900S0000000000801", "psn_no": PERSON,
    "setl_time": "2026-11-21 09:18:12", "insutype": "310", "medfee_sumamt": "78.60", "fulamt_ownpay_amt": "15.00",
    "overlmt_selfpay": "0.00", "preselfpay_amt": "3.86", "inscp_scp_amt": "59.74", "act_pay_dedc": "0.00",
    "hifp_pay": "0.00", "hifob_pay": "0.00", "fund_pay_sumamt": "0.00", "psn_part_amt": "78.60", "acct_pay": "63.60",
    "psn_cash_pay": "15.00", "balc": "136.40", "medins_setl_id": MESSAGE_ID, "clr_optins": "439900", "clr_type": "41",
    "hosp_part_amt": "0.00",
}  # fmt: skip


def _read(**changes: object) -> Booked:
    region = load_region("training", Path("/nowhere"), "training")
    info = {name: value for name, value in (SETLINFO | changes).items() if value is not MISSING}
    answer = Answer(True, "", {"setlinfo": info}, None, "raw")
    return read_booked(region, answer, message_id=MESSAGE_ID, person_no=PERSON, total_fen=7860)


MISSING = object()


def test_the_worked_example_is_read_to_the_fen() -> None:
    booked = _read()
    figures = booked.figures
    assert (figures.total_fen, figures.account_pay_fen, figures.cash_pay_fen) == (7860, 6360, 1500)
    assert (figures.own_expense_fen, figures.pre_self_pay_fen, figures.eligible_fen) == (1500, 386, 5974)
    assert (booked.settlement_id, booked.clearing_type) == ("439900S0000000000901", "41")
    assert broken_identity(figures) is None


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
    ],
)
def test_what_does_not_answer_this_message_or_does_not_add_up_leaves_it_open(name: str, value: object) -> None:
    with pytest.raises(UnreadableError):
        _read(**{name: value})


def test_an_answer_without_an_echo_of_the_message_id_is_still_ours() -> None:
    assert _read(medins_setl_id="").figures.total_fen == 7860


@pytest.mark.parametrize("name", ["hosp_part_amt", "act_pay_dedc", "psn_part_amt"])
@pytest.mark.parametrize("value", [None, "", MISSING])
def test_figures_that_some_editions_leave_out_are_nothing(name: str, value: object) -> None:
    assert _read(**{name: value}).figures.patient_total_fen == 7860


def test_what_the_institution_bears_is_not_the_patients() -> None:
    booked = _read(hosp_part_amt="8.60", psn_part_amt="70.00", acct_pay="55.00")
    assert (booked.figures.fund_total_fen, booked.figures.patient_total_fen) == (860, 7000)


def test_the_identities_name_what_they_miss() -> None:
    figures = _read().figures
    assert "M1" in str(broken_identity(replace(figures, fund_total_fen=1)))
    assert "M2" in str(broken_identity(replace(figures, account_pay_fen=1)))


def test_a_trial_of_another_total_is_no_trial_of_this_purchase(tmp_path: Path) -> None:
    signed_in = {"signinoutb": {"sign_no": "S1", "sign_time": "2026-11-21 12:00:00"}}
    answers = [
        HttpAnswer(200, {}, simplejson.dumps({"infcode": 0, "output": output}).encode())
        for output in (signed_in, {"setlinfo": SETLINFO})
    ]
    region = load_region("training", tmp_path, "training")
    runtime = virtual_runtime(http=ScriptedHttp(answers))
    bureau = Bureau(region, Sender("P43999900001", "示例", "01", "01"), "http://x", runtime, lambda: "P" * 30)
    credential = Credential("A00000011", "439900D15600000500000001A1B2C301", "439999197003030012", "某")
    person = InsuredPerson(PERSON, "某", "439999197003030012", "01", "1", None, "11", "310", "439900", 0, {})
    line = PurchaseLine(1, "XTEST", "YD", Decimal("78.61"), Decimal(1), 7861)
    with pytest.raises(Refused) as caught:
        trial(bureau, Purchase(person, credential, region.visits["pharmacy"], (line,), NOON, use_account=True))
    assert caught.value.code == "R-SUM"
    assert "78.60 ≠ 78.61" in caught.value.sentence("zh")
