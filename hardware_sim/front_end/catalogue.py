"""The bureau's own catalogue (三大目录), keyed by national code."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Final, Literal

ItemClass = Literal["A", "B", "C"]
_COLUMNS = ("national_code", "name", "kind", "cls", "pre_self_pay_percent", "limit_price", "essential")

#: chrgitm_lv of a class: 甲, 乙, 丙.
LEVEL_CODES: Final[Mapping[ItemClass, str]] = {"A": "01", "B": "02", "C": "03"}

#: med_chrgitm_type of a kind: 西药, 检查, 治疗, 诊察, 其他.
CHARGE_TYPES: Final[Mapping[str, str]] = {
    "drug": "09",
    "exam": "03",
    "treatment": "05",
    "consult": "02",
    "service": "14",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One catalogue row; the first share in per cent, the ceiling in yuan for one unit, None when there is none."""

    national_code: str
    name: str
    kind: str
    cls: ItemClass
    pre_self_pay_percent: Decimal | None
    limit_price: Decimal | None
    essential: bool


class MalformedCatalogue(ValueError):
    """The catalogue file is not what it should be; says which row."""


def shipped_catalogue() -> dict[str, Item]:
    """The catalogue of the simulated region."""
    with resources.as_file(resources.files(__package__) / "catalogue.csv") as path:
        return read_catalogue(path)


def read_catalogue(path: Path) -> dict[str, Item]:
    """Reads a catalogue: UTF-8 CSV with a header.

    Raises:
        MalformedCatalogue: wrong columns, a wrong class, kind or number, or a code that stands twice.
    """
    items: dict[str, Item] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != _COLUMNS:
            raise MalformedCatalogue(f"{path.name}: the columns must be {', '.join(_COLUMNS)}")
        for row in rows:
            item = _item(row, f"{path.name} line {rows.line_num}")
            if item.national_code in items:
                raise MalformedCatalogue(f"{path.name} line {rows.line_num}: {item.national_code} stands twice")
            items[item.national_code] = item
    return items


def _item(row: Mapping[str, str], place: str) -> Item:
    if row["kind"] not in CHARGE_TYPES:
        raise MalformedCatalogue(f"{place}: unknown kind {row['kind']!r}")
    return Item(
        national_code=row["national_code"],
        name=row["name"],
        kind=row["kind"],
        cls=_class(row["cls"], place),
        pre_self_pay_percent=_number(row["pre_self_pay_percent"], place),
        limit_price=_number(row["limit_price"], place),
        essential=row["essential"] == "1",
    )


def _class(text: str, place: str) -> ItemClass:
    match text:
        case "A" | "B" | "C":
            return text
        case _:
            raise MalformedCatalogue(f"{place}: unknown class {text!r}")


def _number(text: str, place: str) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text)
    except ArithmeticError:
        raise MalformedCatalogue(f"{place}: not a number: {text!r}") from None
