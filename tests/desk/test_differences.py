"""Two calculators, held against each other figure by figure."""

from dataclasses import replace

import pytest

from pos_client.desk.differences import FIGURES, compare_settled, sentence
from pos_client.offline.settlements import Difference
from pos_client.sync.setlinfo import BureauFigures

TRIAL = BureauFigures(
    total_fen=10000,
    own_expense_fen=1000,
    over_limit_fen=0,
    pre_self_pay_fen=500,
    eligible_fen=8500,
    deductible_fen=0,
    fund_pay_fen={"pool": 0, "relief": 0},
    fund_total_fen=0,
    patient_total_fen=10000,
    account_pay_fen=9000,
    cash_pay_fen=1000,
    account_balance_fen=0,
)


def test_equal_figures_make_no_difference() -> None:
    assert compare_settled(TRIAL, TRIAL) == ()


@pytest.mark.parametrize("name", [name for name in FIGURES if not name.startswith("fund.")])
def test_one_fen_on_any_figure_is_seen(name: str) -> None:
    field = {"account": "account_pay_fen", "cash": "cash_pay_fen"}.get(name, f"{name}_fen")
    changed = replace(TRIAL, **{field: getattr(TRIAL, field) + 1})
    assert [one.figure for one in compare_settled(TRIAL, changed)] == [name]


@pytest.mark.parametrize("fund", ["pool", "relief"])
def test_one_fen_on_any_fund_is_seen(fund: str) -> None:
    changed = replace(TRIAL, fund_pay_fen={**TRIAL.fund_pay_fen, fund: 1})
    assert compare_settled(TRIAL, changed) == (Difference("settlement", f"fund.{fund}", 0, 1),)


def test_a_difference_is_said_with_both_amounts() -> None:
    assert sentence(Difference("trial", "cash", 100, 101), "zh").startswith(
        "现金支付：本机计算 1.00 元，医保中心试算 1.01 元"
    )
    assert "settled 1.01" in sentence(Difference("settlement", "cash", 100, 101), "en")
