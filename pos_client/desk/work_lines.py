"""The lines of a bill that is being made: found, counted, signed for, priced, kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pos_client.desk.cart import CartLine
from pos_client.desk.open_bills import OpenLine
from pos_client.desk.station import Office
from pos_client.desk.words import AMBIGUOUS_ITEM, QUANTITY_NOT_POSITIVE, UNKNOWN_ITEM
from pos_client.errors import Refused
from pos_client.money import line_amount_fen
from pos_client.money import quantity as checked_quantity
from pos_client.offline import catalogue
from pos_client.offline.catalogue_file import Item
from pos_client.phrase import Language

#: So many names stand in one sentence.
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One line: what, how many, and whether the person signed for it where that is wanted."""

    item: Item
    quantity: Decimal
    signed: bool = False


def found_item(office: Office, typed: str) -> Item:
    """The one item that was scanned or typed.

    Raises:
        Refused: S-ITEM, nothing fits; S-ITEMS, more than one does.
    """
    with office.store.read() as connection:
        found = catalogue.find_items(connection, typed)
    if not found:
        raise Refused(UNKNOWN_ITEM, typed=typed)
    if len(found) > 1:
        raise Refused(AMBIGUOUS_ITEM, typed=typed, found=named([f"{item.code} {item.name}" for item in found]))
    return found[0]


def counted(item: Item, count: str) -> Decimal:
    """How many of an item.

    Raises:
        Refused: S-QTY.
    """
    try:
        quantity = checked_quantity(count)
    except ValueError:
        raise Refused(QUANTITY_NOT_POSITIVE, name=item.name, quantity=count) from None
    if quantity <= 0:
        raise Refused(QUANTITY_NOT_POSITIVE, name=item.name, quantity=count)
    return quantity


def with_more(lines: Sequence[WorkLine], item: Item, quantity: Decimal) -> list[WorkLine]:
    """The lines with an item more; one that is there already becomes more."""
    if not any(line.item.code == item.code for line in lines):
        return [*lines, WorkLine(item, quantity)]
    return [replace(line, quantity=line.quantity + quantity) if line.item.code == item.code else line for line in lines]


def cart_of(lines: Iterable[WorkLine]) -> tuple[CartLine, ...]:
    """The lines, priced."""
    return tuple(
        CartLine(number, line.item, line.quantity, line_amount_fen(line.item.unit_price, line.quantity))
        for number, line in enumerate(lines, start=1)
    )


def unsigned_of(lines: Iterable[WorkLine]) -> list[str]:
    """Names of the items that still want a signature."""
    return [line.item.name for line in lines if line.item.consent and not line.signed]


def kept_of(lines: Iterable[WorkLine]) -> tuple[OpenLine, ...]:
    """The lines as they are kept while the bill is open."""
    return tuple(
        OpenLine(line.item.code, line.quantity, line.signed, line.item.name, line.item.unit_price) for line in lines
    )


def named(names: Sequence[str], language: Language = "zh") -> str:
    """Names in one sentence, the first few of them."""
    joined = ("、" if language == "zh" else ", ").join(names[:MOST_NAMED])
    return joined + ("…" if len(names) > MOST_NAMED else "")
