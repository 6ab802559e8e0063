"""What comes back of a bill, while the clerk is still choosing: all of it, or so many of each line."""

from dataclasses import dataclass, replace
from decimal import Decimal

from pos_client.desk.bill_view import BillLine
from pos_client.money import NotAnAmount, line_amount_fen, quantity


def shown(count: Decimal) -> str:
    """A quantity without zeros at its end."""
    return f"{count.normalize():f}"


@dataclass(frozen=True, slots=True)
class RefundDraft:
    """How many of each line come back; at first all. The first number that is typed means: only these."""

    lines: tuple[BillLine, ...]
    back: tuple[Decimal, ...]
    touched: bool = False

    @classmethod
    def whole_of(cls, lines: tuple[BillLine, ...]) -> "RefundDraft":
        """All of it comes back."""
        return cls(lines, tuple(line.quantity for line in lines))

    @property
    def is_whole(self) -> bool:
        """Whether nothing is kept."""
        return all(back == line.quantity for line, back in zip(self.lines, self.back, strict=True))

    @property
    def is_nothing(self) -> bool:
        """Whether everything is kept."""
        return bool(self.lines) and not any(self.back)

    @property
    def keep(self) -> dict[int, Decimal]:
        """How many of each line are kept, by its number."""
        return {line.number: line.quantity - back for line, back in zip(self.lines, self.back, strict=True)}

    def back_fen(self, place: int) -> int:
        """What the pieces of a line that come back cost, in fen."""
        return line_amount_fen(self.lines[place].unit_price, self.back[place])

    @property
    def goods_fen(self) -> int:
        """What everything that comes back costs, in fen; who gets how much of it the bureau says."""
        if self.is_whole:
            return sum(line.amount_fen for line in self.lines)
        return sum(self.back_fen(place) for place in range(len(self.lines)))

    def with_line(self, place: int, typed: str) -> "RefundDraft | None":
        """So many of that line, as typed; None when that is no quantity or more than were sold."""
        try:
            wanted = quantity(typed or "0")
        except NotAnAmount:
            return None
        if not 0 <= wanted <= self.lines[place].quantity:
            return None
        others = self.back if self.touched else (Decimal(0),) * len(self.lines)
        return replace(self, back=(*others[:place], wanted, *others[place + 1 :]), touched=True)
