"""The figures of a settlement, right and wrong by a fen."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.front_end.amounts import AMOUNT_NAMES, Amounts, one_fen_off

NOTHING = dict.fromkeys(AMOUNT_NAMES, 0)


def payers(fund: int, account: int, cash: int) -> Amounts:
    total = fund + account + cash
    figures = {
        "medfee_sumamt": total,
        "inscp_scp_amt": total,
        "hifp_pay": fund,
        "fund_pay_sumamt": fund,
        "psn_part_amt": account + cash,
        "acct_pay": account,
        "psn_cash_pay": cash,
    }
    return Amounts(**{**NOTHING, **figures})


fens = st.integers(min_value=0, max_value=10**9)


@given(fund=fens, account=fens, cash=fens, figure=st.sampled_from(["account", "fund", "cash"]))
def test_a_figure_off_by_a_fen_is_borne_by_another_payer(fund: int, account: int, cash: int, figure: str) -> None:
    right = payers(fund, account, cash)
    wrong = one_fen_off(right, figure, alone=False)
    assert (wrong == right) == (right.psn_part_amt == 0)
    assert wrong.medfee_sumamt == wrong.fund_pay_sumamt + wrong.psn_part_amt
    assert wrong.psn_part_amt == wrong.acct_pay + wrong.psn_cash_pay
    assert wrong.fund_pay_sumamt == wrong.hifp_pay
    assert min(wrong.hifp_pay, wrong.acct_pay, wrong.psn_cash_pay) >= 0
    moved = [field.name for field in fields(Amounts) if getattr(wrong, field.name) != getattr(right, field.name)]
    assert all(abs(getattr(wrong, name) - getattr(right, name)) == 1 for name in moved)


@pytest.mark.parametrize(("figure", "name"), [("account", "acct_pay"), ("fund", "hifp_pay"), ("cash", "psn_cash_pay")])
def test_alone_only_that_figure_moves(figure: str, name: str) -> None:
    right = payers(10, 20, 30)
    wrong = one_fen_off(right, figure, alone=True)
    moved = [other for other in AMOUNT_NAMES if getattr(wrong, other) != getattr(right, other)]
    assert moved == [name]


@given(fens, fens, fens)
def test_a_cancellation_is_the_settlement_below_zero(fund: int, account: int, cash: int) -> None:
    right = payers(fund, account, cash)
    assert right.negative().negative() == right
    assert right.negative().medfee_sumamt == -right.medfee_sumamt


def test_only_funds_that_paid_are_components() -> None:
    assert dict(payers(10, 20, 30).components()) == {"310100": 10, "310200": 20}
    assert list(payers(0, 0, 30).components()) == []
