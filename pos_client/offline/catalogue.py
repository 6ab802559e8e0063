"""The catalogue in the store: imported whole, searched by bar code, code, pinyin initials or a part of the name."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from itertools import islice

from sqlalchemy import BindParameter, Connection, RowMapping, Select, bindparam, delete, func, insert, select

from pos_client.offline.catalogue_file import CLASSES, KINDS, Item
from pos_client.offline.schema import item

_FIELDS = tuple(field.name for field in fields(Item))
MOST_FOUND = 50

_LAST_CHARACTER = "\U0010ffff"
_LENGTH = func.length(item.c.initials)
_MOST: BindParameter[int] = bindparam("most")
_LONGEST = select(func.max(_LENGTH))
#: Each of these is read from an index alone, in the order of that index.
_BARCODE = select(item.c.code).where(item.c.barcode == bindparam("typed"), item.c.barcode != "")
_CODE = select(item.c.code).where(item.c.code == bindparam("typed"))
_INITIALS_OF_LENGTH = (
    select(item.c.code)
    .where(bindparam("length") == _LENGTH)
    .where(item.c.initials >= bindparam("typed"), item.c.initials < bindparam("end"))
    .order_by(item.c.initials, item.c.code)
    .limit(_MOST)
)
_CODE_BEGINS = (
    select(item.c.code)
    .where(item.c.code >= bindparam("typed"), item.c.code < bindparam("end"))
    .order_by(item.c.code)
    .limit(_MOST)
)
_NAME_BEGINS = (
    select(item.c.code)
    .where(item.c.name >= bindparam("typed"), item.c.name < bindparam("end"))
    .order_by(item.c.name, item.c.code)
    .limit(_MOST)
)
_NAME_HAS = select(item.c.code).where(func.instr(item.c.name, bindparam("typed")) > 1).limit(_MOST)
_ITEMS = select(item).where(item.c.code.in_(bindparam("codes", expanding=True)))
_ITEMS_OF_NATIONAL = select(item).where(item.c.national_code.in_(bindparam("codes", expanding=True)))
#: How many codes one statement asks for.
_AT_ONCE = 500


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


def search_items(connection: Connection, typed: str, limit: int) -> list[Item]:
    """What the clerk may mean while typing, best first: the item with that bar code alone; else that code, initials
    that are just so, longer initials that begin so, codes that begin so. Other writing than Latin is a part of the
    name, names that begin so first.

    What is typed in Latin letters and digits is found by an index, however large the catalogue is; a part of a name
    that is nowhere costs one pass over all names.
    """
    latin = unicodedata.normalize("NFKC", typed).strip().upper()
    if not latin:
        return []
    scanned = connection.scalars(_BARCODE, {"typed": latin}).all()
    if scanned:
        return _in_order(connection, scanned)
    found = _by_latin(connection, latin, limit) if latin.isascii() else _by_name(connection, typed.strip(), limit)
    return _in_order(connection, list(islice(dict.fromkeys(found), limit)))


def items_of_codes(connection: Connection, codes: Iterable[str]) -> dict[str, Item]:
    """The items of these own codes, by code; a code that the catalogue does not have is left out."""
    return {one.code: one for one in _all_of(connection, _ITEMS, codes)}


def items_of_national_codes(connection: Connection, codes: Iterable[str]) -> dict[str, list[Item]]:
    """The items of these national codes, by it: one insured item may be sold in several forms."""
    found: dict[str, list[Item]] = {}
    for one in _all_of(connection, _ITEMS_OF_NATIONAL, codes):
        found.setdefault(one.national_code, []).append(one)
    return found


def _all_of(connection: Connection, wanted: Select[tuple[object, ...]], codes: Iterable[str]) -> Iterator[Item]:
    left = iter(sorted(set(codes)))
    while portion := list(islice(left, _AT_ONCE)):
        yield from _found(connection, wanted, {"codes": portion})


def _by_latin(connection: Connection, typed: str, limit: int) -> Iterator[str]:
    """Asks only as far as somebody takes what is found."""
    begins = {"typed": typed, "end": typed + _LAST_CHARACTER, "most": limit}
    yield from connection.scalars(_CODE, {"typed": typed})
    for length in range(len(typed), (connection.scalar(_LONGEST) or 0) + 1):
        yield from connection.scalars(_INITIALS_OF_LENGTH, begins | {"length": length}).all()
    yield from connection.scalars(_CODE_BEGINS, begins).all()


def _by_name(connection: Connection, typed: str, limit: int) -> Iterator[str]:
    begins = connection.scalars(_NAME_BEGINS, {"typed": typed, "end": typed + _LAST_CHARACTER, "most": limit}).all()
    yield from begins
    if len(begins) < limit:
        yield from connection.scalars(_NAME_HAS, {"typed": typed, "most": limit})


def _in_order(connection: Connection, codes: Sequence[str]) -> list[Item]:
    rows = {one.code: one for one in _found(connection, _ITEMS, {"codes": codes})}
    return [rows[code] for code in codes]


def _found(
    connection: Connection, wanted: Select[tuple[object, ...]], values: Mapping[str, object] | None = None
) -> list[Item]:
    return [_item(row) for row in connection.execute(wanted, values).mappings()]


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
