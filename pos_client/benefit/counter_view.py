"""The counters as a bill sees them: those of its insurance year, zero in a new one, unknown when missing."""

from collections.abc import Mapping

from pos_client.benefit.facts import Counters
from pos_client.benefit.reasons import COUNTER_UNKNOWN, Held

ACCOUNT_BALANCE = "account_balance"


class CounterView:
    """Reads counters for one bill and writes them down afterwards; the mappings handed in are never changed.

    The first bill of a new insurance year starts from zero; the account's balance is kept. A bill of a year that is
    already over finds its counters unknown.
    """

    __slots__ = ("_before", "_new_year", "_year", "_year_over")

    def __init__(self, before: Counters, year: int) -> None:
        self._before = before
        self._year = year
        self._new_year = before.year < year
        self._year_over = before.year > year

    def amount_fen(self, name: str) -> int:
        """An amount counted so far this year.

        Raises:
            Held: it is unknown.
        """
        return 0 if self._new_year else self._known(name, self._before.amounts_fen.get(name))

    def count(self, name: str) -> int:
        """How often something was counted this year.

        Raises:
            Held: it is unknown.
        """
        return 0 if self._new_year else self._known(name, self._before.counts.get(name))

    def account_balance_fen(self) -> int:
        """What the account holds; an overdrawn one holds nothing.

        Raises:
            Held: it is unknown.
        """
        balance = self._before.account_balance_fen
        if balance is None:
            raise Held(COUNTER_UNKNOWN, ACCOUNT_BALANCE)
        return max(balance, 0)

    def _known(self, name: str, value: int | None) -> int:
        if value is None or self._year_over:
            raise Held(COUNTER_UNKNOWN, name)
        return value

    def after(self, amounts_fen: Mapping[str, int], raised: tuple[str, ...], account_pay_fen: int) -> Counters:
        """The counters after a bill that adds these amounts and raises these counts by one.

        A counter that was unknown and that no rule looked at stays unknown.

        Raises:
            Held: the bill belongs to a year that is over, whose counters are not at hand.
        """
        before = self._before
        if not (self._new_year or amounts_fen or raised or account_pay_fen):
            return before
        if self._year_over and (amounts_fen or raised):
            raise Held(COUNTER_UNKNOWN, "year")
        amounts: Mapping[str, int]
        counts: Mapping[str, int]
        if self._new_year:
            amounts = {**dict.fromkeys(before.amounts_fen, 0), **amounts_fen}
            counts = {**dict.fromkeys(before.counts, 0), **dict.fromkeys(raised, 1)}
        else:
            amounts = _added(before.amounts_fen, amounts_fen) if amounts_fen else before.amounts_fen
            counts = _raised(before.counts, raised) if raised else before.counts
        balance = before.account_balance_fen
        if balance is not None:
            balance -= account_pay_fen
        return Counters(before.year if self._year_over else self._year, amounts, counts, balance)


def _added(before: Mapping[str, int], more: Mapping[str, int]) -> Mapping[str, int]:
    after = dict(before)
    for name, added in more.items():
        if name in after:
            after[name] += added
    return after


def _raised(before: Mapping[str, int], names: tuple[str, ...]) -> Mapping[str, int]:
    after = dict(before)
    for name in names:
        if name in after:
            after[name] += 1
    return after
