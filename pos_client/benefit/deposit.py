"""The deposit asked at admission and what becomes of it at discharge (``[deposit]``; rules K6, K10, A-28)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from pos_client.benefit.facts import Event
from pos_client.benefit.layered import OPEN
from pos_client.benefit.result import DepositFigures
from pos_client.benefit.rounding import Percent, percent, share_fen


class Deposit(NamedTuple):
    """Marginal brackets over the estimated cost: so much of it up to a place, another share of the part above."""

    brackets: tuple[tuple[int, Percent], ...]

    def required_fen(self, estimate_fen: int) -> int:
        """The deposit for an estimated cost, each bracket's part half up to the fen (R7)."""
        required = start = 0
        for to_fen, part in self.brackets:
            if estimate_fen <= start:
                break
            required += share_fen(min(estimate_fen, to_fen) - start, part)
            start = to_fen
        return required

    def settle(self, event: Event, cash_pay_fen: int) -> DepositFigures | None:
        """The figures of one bill; None if nothing was estimated. A deposit not told is as high as was required."""
        if event.estimate_fen is None:
            return None
        required = self.required_fen(event.estimate_fen)
        paid = required if event.deposit_paid_fen is None else event.deposit_paid_fen
        return DepositFigures(required, max(paid - cash_pay_fen, 0), max(cash_pay_fen - paid, 0))


def compile_deposit(document: Mapping[str, Any]) -> Deposit | None:
    """The deposit written in a policy file that has passed its checks."""
    table = document.get("deposit")
    if table is None:
        return None
    return Deposit(
        tuple(
            (int(row["to"] * 100) if "to" in row else OPEN, percent(Decimal(row["percent"])))
            for row in table["bracket"]
        )
    )
