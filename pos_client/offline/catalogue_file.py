"""Reads the institution's catalogue from a CSV file, whole or not at all, and says every place that is wrong.

The file is a spreadsheet's export: comma separated, one header row, UTF-8 (with or without a mark) or GB18030.
Prices are yuan, percentages 0 to 100. What is read here is what a bill line will be computed from, so nothing is
guessed: a cell that is not exactly what its column promises stops the import.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from pos_client import money
from pos_client.errors import Refused, Words
from pos_client.offline.csv_text import NotCsv, csv_cells

Kind = Literal["drug", "service", "exam", "treatment", "consult"]
InsuranceClass = Literal["A", "B", "C"]
_Choice = TypeVar("_Choice", bound=str)

KINDS: Mapping[str, Kind] = {
    "drug": "drug",
    "service": "service",
    "exam": "exam",
    "treatment": "treatment",
    "consult": "consult",
}
CLASSES: Mapping[str, InsuranceClass] = {"A": "A", "B": "B", "C": "C"}

NEVER_EMPTY = ("code", "name", "national_code", "kind", "cls", "unit_price", "consent", "essential", "rx")
#: Columns whose values name one item. The scan field takes a code and a barcode alike, so they share one space.
UNIQUE = {"code": "scan", "barcode": "scan"}

#: A national drug catalogue is about 40 MB; whatever is larger is another file.
LARGEST_FILE_BYTES = 64 * 1024 * 1024
#: GB 12904: retail codes of 13 (EAN-13), 12 (UPC-A) or 8 digits (EAN-8).
BARCODE_LENGTHS = (8, 12, 13)
#: The interface types a first share as N5,4 of one, which is a percentage with two decimals.
PERCENT_DECIMALS = 2

UNREADABLE = Words(
    "C-01",
    "目录文件 {file} 打不开，目录没有改动。请检查文件名、权限，并在表格软件里关闭它，再导入一次。",
    "The catalogue file {file} cannot be opened and the catalogue is unchanged. Check its name and permissions, close "
    "it in the spreadsheet program, and import again.",
)
NOT_CSV = Words(
    "C-02",
    "目录文件 {file} 不是逗号分隔的文本，目录没有改动。请在表格软件里另存为 CSV（UTF-8 或 GB18030），再导入一次。",
    "The catalogue file {file} is not comma-separated text and the catalogue is unchanged. Save it as CSV (UTF-8 or "
    "GB18030) in the spreadsheet program and import again.",
)
WRONG_CELLS = Words(
    "C-03",
    "目录文件 {file} 有 {count} 处不对（第一处在第 {row} 行），一行也没有导入，目录没有改动。"
    "请按清单改好，再导入一次。",
    "The catalogue file {file} has faults: {count} (the first in row {row}). No row was imported and the "
    "catalogue is unchanged. Correct what is listed and import again.",
)


@dataclass(frozen=True, slots=True)
class Item:
    """A drug, supply or service as the institution sells it.

    ``code`` is the institution's own (medins_list_codg), ``national_code`` the insurance's (med_list_codg);
    ``barcode`` is empty where there is none. Prices are exact yuan. ``limit_price`` is the most that the insurance
    recognises; what is above it is own expense. ``pre_self_pay_percent`` is the first share of class B, None for A
    and C. ``consent`` means that own expense needs the patient's signature, ``rx`` a prescription drug.
    ``initials`` are the upper-case pinyin initials by which the trade finds it.
    """

    code: str
    name: str
    spec: str
    unit: str
    maker: str
    barcode: str
    national_code: str
    kind: Kind
    cls: InsuranceClass
    pre_self_pay_percent: Decimal | None
    limit_price: Decimal | None
    unit_price: Decimal
    consent: bool
    essential: bool
    rx: bool
    initials: str


#: The file's columns are the item's fields, in any order; only the initials are worked out here.
COLUMNS = tuple(field.name for field in fields(Item) if field.name != "initials")


class _Reason(NamedTuple):
    """Why a place is wrong. A cell's content is never repeated: somebody may have picked a list of persons."""

    zh: str
    en: str


class _Place(NamedTuple):
    row: int  # as a spreadsheet numbers it: the header is row 1
    column: str  # empty where the whole row is meant
    reason: _Reason


MISSING_COLUMN = _Reason("缺少这一列", "this column is missing")
UNKNOWN_COLUMN = _Reason("不认识的列", "an unknown column")
REPEATED_COLUMN = _Reason("这一列重复出现", "this column stands twice")
NO_ITEM = _Reason("表头下面没有项目", "no item below the header")
TOO_FEW_CELLS = _Reason("单元格比表头少", "fewer cells than the header")
TOO_MANY_CELLS = _Reason("单元格比表头多（内容里有逗号时要加引号）", "more cells than the header (quote a comma)")
CONTROL_CHARACTER = _Reason("含有换行或控制字符", "a line break or control character inside")
EMPTY = _Reason("不能为空", "must not be empty")
UNKNOWN_KIND = _Reason("类别只能是 " + "、".join(KINDS), "the kind is one of " + ", ".join(KINDS))
UNKNOWN_CLASS = _Reason("医保等级只能是 A、B、C（甲、乙、丙）", "the class is A, B or C")
NOT_A_FLAG = _Reason("只能是 0 或 1", "must be 0 or 1")
NOT_A_BARCODE = _Reason("条码应为 8、12 或 13 位数字", "a barcode has 8, 12 or 13 digits")
WRONG_CHECK_DIGIT = _Reason("条码校验位不对", "the barcode's check digit is wrong")
NOT_EXACT = _Reason("不是准确的数，应写成 12.60 这样", "not an exact number written like 12.60")
NEGATIVE = _Reason("不能是负数", "must not be negative")
TOO_MANY_PRICE_DECIMALS = _Reason("价格最多六位小数", "a price has at most six decimals")
ZERO_LIMIT = _Reason("限价不能为 0，没有限价请留空", "a limit price of 0; leave it empty where there is none")
NO_PERCENT = _Reason("乙类必须有先行自付比例", "class B needs its first share")
NEEDLESS_PERCENT = _Reason("甲类和丙类不能有先行自付比例", "class A and C have no first share")
NOT_A_PERCENT = _Reason("比例应在 0 到 100 之间，最多两位小数", "a percentage from 0 to 100 with at most two decimals")

#: What N16,6 of the interface can carry before the point; more decimals are let through to be named as such.
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,10}(\.[0-9]{1,18})?")

#: Readings of the drug trade that a general dictionary of pinyin lacks or gives otherwise, and Greek letters.
_TRADE_INITIALS: Mapping[str, str] = {
    "参": "S",  # 参苓白术散: shēn in every drug name, never cān
    "芎": "X",  # 川芎: xiōng
    "炔": "Q",  # 左炔诺孕酮: quē
    "莪术": "EZ",  # é zhú
    "颠茄": "DQ",  # diān qié
    "茶调": "CT",  # 川芎茶调颗粒: chá tiáo
    "长效": "CX",  # cháng xiào
    "脯氨酸": "FAS",  # fǔ ān suān
    "α": "A",
    "β": "B",
    "γ": "G",
}
_TRADE_PARTS = re.compile("(" + "|".join(sorted(_TRADE_INITIALS, key=len, reverse=True)) + ")")


def read_catalogue(path: Path) -> tuple[Item, ...]:
    """All items of a catalogue file, in the file's order.

    Raises:
        Refused: C-01 when the file cannot be read, C-02 when it is no CSV text, C-03 when anything in it is wrong.
            The evidence of C-03 lists every wrong place under ``places``: row, column (empty for a whole row) and
            the reason in Chinese and English. With a wrong header the rows are not judged.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        why = getattr(error, "strerror", None) or type(error).__name__
        raise Refused(UNREADABLE, {"file": str(path), "why": why}, file=path.name) from error
    return _items(data, path.name)


def sample_catalogue() -> tuple[Item, ...]:
    """The fictitious catalogue that a training home starts with."""
    file = resources.files(__package__) / "sample_catalogue.csv"
    return _items(file.read_bytes(), file.name)


def initials(name: str) -> str:
    """The upper-case pinyin initials of an item's name, Latin letters and digits kept: 维生素B1片 is WSSB1P.

    Digits at the beginning are left out (75%乙醇消毒液 is YCXDY): in the scan field they would be taken for a code.
    """
    from pypinyin import Style, lazy_pinyin  # its dictionaries are large and a start must be fast

    parts = _TRADE_PARTS.split(unicodedata.normalize("NFKC", name))
    letters = "".join(
        _TRADE_INITIALS.get(part) or "".join(lazy_pinyin(part, style=Style.FIRST_LETTER)) for part in parts
    )
    return re.sub("[^A-Z0-9]", "", letters.upper()).lstrip("0123456789")


def _items(data: bytes, file: str) -> tuple[Item, ...]:
    table = _table(data, file)
    columns = _without_empty_end(table[0]) if table else []
    places = _header_places(columns)
    items: list[Item] = []
    if not places:
        items, places = _read_rows(table, columns)
    if places:
        listed = tuple({"row": p.row, "column": p.column, **p.reason._asdict()} for p in places)
        raise Refused(WRONG_CELLS, {"file": file, "places": listed}, file=file, count=len(places), row=places[0].row)
    return tuple(items)


def _table(data: bytes, file: str) -> list[list[str]]:
    if len(data) > LARGEST_FILE_BYTES:
        raise Refused(NOT_CSV, {"file": file, "why": f"more than {LARGEST_FILE_BYTES} bytes"}, file=file)
    try:
        return csv_cells(data)
    except NotCsv as error:
        evidence = {"file": file, "why": str(error)} | ({"line": error.line} if error.line else {})
        raise Refused(NOT_CSV, evidence, file=file) from error


def _without_empty_end(cells: Sequence[str]) -> list[str]:
    """Spreadsheets write empty cells after the last used column."""
    used = len(cells)
    while used and not cells[used - 1]:
        used -= 1
    return list(cells[:used])


def _header_places(columns: Sequence[str]) -> list[_Place]:
    places = [_Place(1, column, MISSING_COLUMN) for column in COLUMNS if column not in columns]
    for position, column in enumerate(columns):
        if column not in COLUMNS:
            places.append(_Place(1, _masked(column), UNKNOWN_COLUMN))
        elif column in columns[:position]:
            places.append(_Place(1, column, REPEATED_COLUMN))
    return places


def _masked(column: str) -> str:
    """A file without a header shows its first row here, and that may hold numbers of persons."""
    return re.sub(r"\d", "*", column)[:30]


def _read_rows(table: Sequence[list[str]], columns: Sequence[str]) -> tuple[list[Item], list[_Place]]:
    items: list[Item] = []
    places: list[_Place] = []
    first_rows: dict[tuple[str, str], int] = {}
    for number, line in enumerate(table[1:], start=2):
        if not any(line):
            continue
        misfit = _misfit(line, width=len(table[0]), used=len(columns))
        if misfit is not None:
            places.append(_Place(number, "", misfit))
            continue
        row = _Row(number, dict(zip(columns, line, strict=False)))
        row.judge_uniqueness(first_rows)
        item = row.item()
        if item is not None:
            items.append(item)
        places.extend(row.places)
    if not items and not places:
        places.append(_Place(2, "", NO_ITEM))
    return items, places


def _misfit(line: Sequence[str], width: int, used: int) -> _Reason | None:
    """A comma in the middle shifts all cells behind it, even when the one pushed out at the end is empty."""
    if len(line) > width or any(line[used:]):
        return TOO_MANY_CELLS
    return TOO_FEW_CELLS if len(line) < used else None


class _Row:
    """One row, judged cell by cell; what is wrong is collected, so that one import tells everything."""

    def __init__(self, number: int, cells: Mapping[str, str]) -> None:
        self.number = number
        self.places: list[_Place] = []
        self._cells = cells

    def judge_uniqueness(self, first_rows: dict[tuple[str, str], int]) -> None:
        """Compares with the rows before; ``first_rows`` remembers in which row a value stood first."""
        for column, space in UNIQUE.items():
            value = self._cells[column]
            first_row = first_rows.setdefault((space, value), self.number) if value else self.number
            if first_row != self.number:
                self._wrong(column, _Reason(f"与第 {first_row} 行重复", f"already used in row {first_row}"))

    def item(self) -> Item | None:
        """The item, or None when any cell is wrong."""
        self._judge_texts()
        kind = self._one_of("kind", KINDS, UNKNOWN_KIND)
        cls = self._one_of("cls", CLASSES, UNKNOWN_CLASS)
        percent = self._percent(cls)
        limit_price = self._price("limit_price")
        if limit_price == 0:
            self._wrong("limit_price", ZERO_LIMIT)
        unit_price = self._price("unit_price")
        consent, essential, rx = (self._flag(column) for column in ("consent", "essential", "rx"))
        if self.places or kind is None or cls is None or unit_price is None:
            return None
        return Item(
            code=self._cells["code"],
            name=self._cells["name"],
            spec=self._cells["spec"],
            unit=self._cells["unit"],
            maker=self._cells["maker"],
            barcode=self._cells["barcode"],
            national_code=self._cells["national_code"],
            kind=kind,
            cls=cls,
            pre_self_pay_percent=percent,
            limit_price=limit_price,
            unit_price=unit_price,
            consent=consent,
            essential=essential,
            rx=rx,
            initials=initials(self._cells["name"]),
        )

    def _wrong(self, column: str, reason: _Reason) -> None:
        self.places.append(_Place(self.number, column, reason))

    def _judge_texts(self) -> None:
        for column, cell in self._cells.items():
            if not cell and column in NEVER_EMPTY:
                self._wrong(column, EMPTY)
            if any(unicodedata.category(character) == "Cc" for character in cell):
                self._wrong(column, CONTROL_CHARACTER)
        barcode = self._cells["barcode"]
        if barcode and (len(barcode) not in BARCODE_LENGTHS or not re.fullmatch("[0-9]+", barcode)):
            self._wrong("barcode", NOT_A_BARCODE)
        elif barcode and not _check_digit_fits(barcode):
            self._wrong("barcode", WRONG_CHECK_DIGIT)

    def _one_of(self, column: str, choices: Mapping[str, _Choice], reason: _Reason) -> _Choice | None:
        cell = self._cells[column]
        if cell and cell not in choices:
            self._wrong(column, reason)
        return choices.get(cell)

    def _flag(self, column: str) -> bool:
        cell = self._cells[column]
        if cell not in ("", "0", "1"):
            self._wrong(column, NOT_A_FLAG)
        return cell == "1"

    def _number(self, column: str) -> Decimal | None:
        cell = self._cells[column]
        if not cell:
            return None
        if not _PLAIN_NUMBER.fullmatch(cell):
            self._wrong(column, NOT_EXACT)
            return None
        return money.decimal_of(cell)

    def _price(self, column: str) -> Decimal | None:
        number = self._number(column)
        if number is None:
            return None
        if number.is_signed():
            self._wrong(column, NEGATIVE)
            return None
        try:
            return money.unit_price(number)
        except money.NotAnAmount:
            self._wrong(column, TOO_MANY_PRICE_DECIMALS)
            return None

    def _percent(self, cls: InsuranceClass | None) -> Decimal | None:
        column = "pre_self_pay_percent"
        if cls == "B" and not self._cells[column]:
            self._wrong(column, NO_PERCENT)
        if cls in ("A", "C") and self._cells[column]:
            self._wrong(column, NEEDLESS_PERCENT)
        percent = self._number(column)
        if percent is not None and not _is_percentage(percent):
            self._wrong(column, NOT_A_PERCENT)
        return percent


def _is_percentage(number: Decimal) -> bool:
    return not number.is_signed() and number <= 100 and number == round(number, PERCENT_DECIMALS)


def _check_digit_fits(barcode: str) -> bool:
    """GB 12904 and GS1 General Specifications: weights 3 and 1 from the right, beside the check digit."""
    total = sum(int(digit) * (1 if place % 2 == 0 else 3) for place, digit in enumerate(reversed(barcode)))
    return total % 10 == 0
