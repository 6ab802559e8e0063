"""What the customer wants, found in the catalogue, priced and checked before anything is asked of the bureau."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pos_client.desk.words import AMBIGUOUS_ITEM, CONSENT_MISSING, NOTHING_TO_SELL, QUANTITY_NOT_POSITIVE, UNKNOWN_ITEM
from pos_client.errors import Refused
from pos_client.money import line_amount_fen
from pos_client.offline.catalogue import find_items
from pos_client.offline.catalogue_file import Item
from pos_client.offline.store import Store

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Order:
    """What was typed or scanned, and how many."""

    typed: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class CartLine:
    """One priced line of the bill; ``number`` counts from 1 and is the bureau's feedetl_sn."""

    number: int
    item: Item
    quantity: Decimal
    amount_fen: int


def fill_cart(store: Store, orders: Sequence[Order], *, consent_signed: bool) -> tuple[CartLine, ...]:
    """Finds and prices every order.

    Raises:
        Refused: S-EMPTY, S-ITEM, S-ITEMS, S-QTY, or S-CONSENT for own-expense items without a signed consent.
    """
    if not orders:
        raise Refused(NOTHING_TO_SELL)
    lines = tuple(_line(store, number, order) for number, order in enumerate(orders, start=1))
    unsigned = [line.item.name for line in lines if line.item.consent]
    if unsigned and not consent_signed:
        raise Refused(CONSENT_MISSING, names="、".join(unsigned))
    return lines


def _line(store: Store, number: int, order: Order) -> CartLine:
    with store.read() as connection:
        found = find_items(connection, order.typed)
    if not found:
        raise Refused(UNKNOWN_ITEM, typed=order.typed)
    if len(found) > 1:
        named = "、".join(f"{item.code} {item.name}" for item in found[:MOST_NAMED])
        raise Refused(AMBIGUOUS_ITEM, typed=order.typed, found=named + ("…" if len(found) > MOST_NAMED else ""))
    item = found[0]
    if order.quantity <= 0:
        raise Refused(QUANTITY_NOT_POSITIVE, name=item.name, quantity=order.quantity)
    return CartLine(number, item, order.quantity, line_amount_fen(item.unit_price, order.quantity))
