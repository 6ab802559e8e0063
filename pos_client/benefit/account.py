"""The personal account: which parts of the patient's share it may pay (``account_pays``; rules A-22, A-44)."""

from typing import NamedTuple

from pos_client.benefit.result import Payment


class AccountUse(NamedTuple):
    """The parts that the account may pay. Own expense is never among them."""

    deductible: bool
    copay: bool
    pre_self_pay: bool
    above_limits: bool

    def payable_fen(self, payment: Payment, pre_self_pay_fen: int) -> int:
        """The most that the account may pay of this bill."""
        return (
            (payment.own_deductible_fen if self.deductible else 0)
            + (payment.copay_fen if self.copay else 0)
            + (pre_self_pay_fen if self.pre_self_pay else 0)
            + (payment.above_limits_fen if self.above_limits else 0)
        )


def account_use(words: list[str]) -> AccountUse:
    """The parts that ``account_pays`` of a benefit names."""
    return AccountUse(*(part in words for part in AccountUse._fields))
