"""The catalogue in the store: imported whole, searched by bar code, code, pinyin initials or a part of the name."""

from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal

from sqlalchemy import Connection, RowMapping, Select, delete, func, insert, select

from pos_client.offline.catalogue_file import CLASSES, KINDS, Item
from pos_client.offline.schema import item

_FIELDS = tuple(field.name for field in fields(Item))
MOST_FOUND = 50


def replace_items(connection: Connection, items: Sequence[Item]) -> None:
    """Puts these items in place of all items before; prices are kept as the exact texts of their decimals."""
    connection.execute(delete(item))
    connection.execute(insert(item), [_row(one) for one in items])


def count_items(connection: Connection) -> int:
    """How many items the catalogue holds."""
    return connection.scalar(select(func.count()).select_from(item)) or 0


def find_items(connection: Connection, typed: str) -> list[Item]:
    """What the clerk may mean: the item with that bar code or code alone, else all whose initials begin so or whose
    name contains it, at most fifty, by code.
    """
    typed = typed.strip()
    exact = _found(connection, select(item).where((item.c.barcode == typed) & (item.c.barcode != "")))
    exact = exact or _found(connection, select(item).where(item.c.code == typed.upper()))
    if exact or not typed:
        return exact
    upper = typed.upper()
    by_initials = (item.c.initials >= upper) & (item.c.initials < upper + "\U0010ffff")
    matching = select(item).where(by_initials | item.c.name.contains(typed, autoescape=True))
    return _found(connection, matching.order_by(item.c.code).limit(MOST_FOUND))


def _found(connection: Connection, wanted: Select[tuple[object, ...]]) -> list[Item]:
    return [_item(row) for row in connection.execute(wanted).mappings()]


def _row(one: Item) -> dict[str, object]:
    values = {name: getattr(one, name) for name in _FIELDS}
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()}


def _item(row: RowMapping) -> Item:
    def decimal(name: str) -> Decimal | None:
        return None if row[name] is None else Decimal(row[name])

    texts = {name: str(row[name]) for name in _FIELDS if isinstance(row[name], str)}
    return Item(
        code=texts["code"],
        name=texts["name"],
        spec=texts["spec"],
        unit=texts["unit"],
        maker=texts["maker"],
        barcode=texts["barcode"],
        national_code=texts["national_code"],
        kind=KINDS[texts["kind"]],
        cls=CLASSES[texts["cls"]],
        pre_self_pay_percent=decimal("pre_self_pay_percent"),
        limit_price=decimal("limit_price"),
        unit_price=Decimal(texts["unit_price"]),
        consent=bool(row["consent"]),
        essential=bool(row["essential"]),
        rx=bool(row["rx"]),
        initials=texts["initials"],
    )
