"""The figures of one settlement in fen, under their national names, and the identities that bind them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """All amounts of a ``setlinfo`` in fen; a cancellation carries the same figures below zero."""

    medfee_sumamt: int
    fulamt_ownpay_amt: int
    overlmt_selfpay: int
    preselfpay_amt: int
    inscp_scp_amt: int
    act_pay_dedc: int
    hifp_pay: int
    cvlserv_pay: int
    hifes_pay: int
    hifmi_pay: int
    hifob_pay: int
    hifdm_pay: int
    maf_pay: int
    oth_pay: int
    fund_pay_sumamt: int
    psn_part_amt: int
    acct_pay: int
    acct_mulaid_pay: int
    psn_cash_pay: int
    hosp_part_amt: int

    @property
    def own_account_pay(self) -> int:
        """What the person's own account pays: the family's part is in ``acct_pay`` as well (identity M4)."""
        return self.acct_pay - self.acct_mulaid_pay

    def negative(self) -> "Amounts":
        """The figures of a cancellation (identity M9 of the reference: minus the settlement, figure by figure)."""
        return replace(self, **{name: -getattr(self, name) for name in AMOUNT_NAMES})

    def components(self) -> Iterator[tuple[str, int]]:
        """(fund_pay_type, fen) of every fund that paid, the personal account among them."""
        for name, fund_pay_type in FUND_PAY_TYPES.items():
            amount_fen: int = getattr(self, name)
            if amount_fen:
                yield fund_pay_type, amount_fen


AMOUNT_NAMES: Final = tuple(field.name for field in fields(Amounts))

#: Which fund component stands behind which figure (code table fund_pay_type).
FUND_PAY_TYPES: Final = {
    "hifp_pay": "310100",
    "hifob_pay": "330100",
    "cvlserv_pay": "320100",
    "oth_pay": "999997",
    "acct_pay": "310200",
}


def one_fen_off(amounts: Amounts, figure: str, *, alone: bool) -> Amounts:
    """The figures with one of them wrong by a fen.

    ``figure`` is ``account``, ``fund`` or ``cash``. With ``alone`` only that figure moves, so that the identities
    break; otherwise another payer bears the fen and the sums still hold, as with a wrongly rounded split (where
    the person bears nothing, nothing is changed).
    """
    if alone:
        name = {"account": "acct_pay", "fund": "hifp_pay", "cash": "psn_cash_pay"}[figure]
        return replace(amounts, **{name: getattr(amounts, name) + 1})
    if amounts.psn_part_amt == 0:
        return amounts
    if figure == "fund" or amounts.acct_pay == 0:
        payer = "psn_cash_pay" if amounts.psn_cash_pay else "acct_pay"
        return replace(
            amounts,
            hifp_pay=amounts.hifp_pay + 1,
            fund_pay_sumamt=amounts.fund_pay_sumamt + 1,
            psn_part_amt=amounts.psn_part_amt - 1,
            **{payer: getattr(amounts, payer) - 1},
        )
    return replace(amounts, acct_pay=amounts.acct_pay - 1, psn_cash_pay=amounts.psn_cash_pay + 1)
