"""What a slip says, as data: who, what, why, how much, what is left, by which rules, and what it is not.

A slip is a paper for the patient and therefore Chinese. It carries the full name, which the person in front of the
counter compares; numbers are masked from the start. What is written to a file goes through :func:`masked` first.

Light on purpose: the window imports this before it opens the store.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from pos_client.desk.masking import masked_name

if TYPE_CHECKING:
    from pos_client.desk.station import Office
    from pos_client.offline.journal import Message

CLASS = {"A": "甲", "B": "乙", "C": "自费"}
NOT_A_FISCAL_BILL = "本单不是医疗收费电子票据。"
TRAINING_BAND = "模拟・演练单据，不作凭证"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts of one row, at the left and at the right margin."""

    left: str
    right: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """Whose slip it is. ``name`` is the full name and the only text of a slip that :func:`masked` has to change.

    ``description`` stands behind the name (男 56 岁), ``right`` at the other margin; ``rows`` follow, with numbers
    masked by whoever fills them in.
    """

    name: str = ""
    description: str = ""
    right: str = ""
    rows: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One line of the bill: what, how many at which price, class and first share, amount in fen."""

    name: str
    price_and_quantity: str
    mark: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class SliceRow:
    """A part of the bill: how much, which percentage of it a fund pays (None: none is applied), and who pays it."""

    label: str
    amount_fen: int
    percent: Decimal | None
    fund_fen: int
    own_fen: int


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount with its word, in fen."""

    label: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Slip:
    """The content of one slip; ``big`` is the one amount that must be read across the counter.

    ``slices`` add up to the bill; ``reprint`` says that it is printed again, ``about`` names the bill that it changes.
    """

    training: bool
    institution: str
    title: str
    number: str
    at: str
    operator: str
    reprint: str = ""
    about: str = ""
    who: Who = Who()
    lines: tuple[SlipLine, ...] = ()
    sentences: tuple[str, ...] = ()
    slices: tuple[SliceRow, ...] = ()
    sums: tuple[Sum, ...] = ()
    big: Sum | None = None
    after: tuple[Pair, ...] = ()
    policy: str = ""
    notices: tuple[str, ...] = (NOT_A_FISCAL_BILL,)

    @property
    def total(self) -> SliceRow:
        """What the slices add up to."""
        return SliceRow(
            "合计",
            sum(row.amount_fen for row in self.slices),
            None,
            sum(row.fund_fen for row in self.slices),
            sum(row.own_fen for row in self.slices),
        )


def headed(office: "Office", title: str, message: "Message", at: str) -> Slip:
    """A slip that has nothing but its head; ``at`` is the time that it shows."""
    return Slip(
        training=office.settings.mode == "training",
        institution=office.settings.text("institution.name"),
        title=title,
        number=message.id,
        at=at,
        operator=message.operator,
    )


def masked(slip: Slip) -> Slip:
    """The slip as it may stand in a file: the name without its given name."""
    return replace(slip, who=replace(slip.who, name=masked_name(slip.who.name)))


def slip_line(name: str, price_and_quantity: str, cls: str, first_share: object, amount_fen: int) -> SlipLine:
    """One line of the bill; ``first_share`` is a percentage, None where the class has none."""
    share = "" if first_share is None else f" {first_share}%"
    return SlipLine(name.rstrip(), price_and_quantity.rstrip(), CLASS.get(cls, "") + share, amount_fen)
