"""What lasts in a medical purse, and what loads and purchases make of it (《社会保障（个人）卡规范》 part 7)."""

from dataclasses import dataclass, replace

_HIGHEST_SUM_FEN = 0xFFFFFFFF
_ONE_YEAR = 10000


@dataclass(frozen=True, slots=True)
class Price:
    """What one purchase costs whom, in fen."""

    account_fen: int = 0
    self_paid_fen: int = 0
    pooled_fen: int = 0


@dataclass(frozen=True, slots=True)
class Contents:
    """What lasts in the purse: the amount file, which no command reads as a file."""

    balance_fen: int = 0
    """Of the personal account."""
    self_paid_fen: int = 0
    """Paid by the holder in the settlement year."""
    pooled_fen: int = 0
    """Paid by the pool in the settlement year."""
    settlement_year: int = 0
    """0: none yet, the first purchase begins one."""
    starting_day: str = "0101"
    """Month and day on which a settlement year begins."""
    load_sequence: int = 0
    purchase_sequence: int = 0

    def holds(self, price: Price = Price(), *, load_fen: int = 0) -> bool:
        """Whether four bytes are enough for every sum afterwards."""
        sums = (
            self.balance_fen + load_fen,
            self.self_paid_fen + price.self_paid_fen,
            self.pooled_fen + price.pooled_fen,
        )
        return max(sums) <= _HIGHEST_SUM_FEN

    def after_load(self, amount_fen: int) -> "Contents":
        """The same with more in the account."""
        return replace(self, balance_fen=self.balance_fen + amount_fen, load_sequence=self.load_sequence + 1)

    def after_purchase(self, price: Price, day: int) -> "Contents":
        """Within the settlement year the sums grow; a purchase of a later one begins them anew.

        Args:
            price: what the account pays must be in it.
            day: of the purchase, as the number YYYYMMDD.
        """
        starting_day = int(self.starting_day)
        same_year = day - (self.settlement_year * _ONE_YEAR + starting_day) < _ONE_YEAR
        return replace(
            self,
            balance_fen=self.balance_fen - price.account_fen,
            self_paid_fen=price.self_paid_fen + (self.self_paid_fen if same_year else 0),
            pooled_fen=price.pooled_fen + (self.pooled_fen if same_year else 0),
            settlement_year=self.settlement_year if same_year else (day - starting_day) // _ONE_YEAR,
            purchase_sequence=self.purchase_sequence + 1,
        )
