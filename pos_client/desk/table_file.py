"""A table from a file, CSV or XLSX, as rows of exact texts; what cannot be one is refused with every wrong place.

CSV is comma separated, UTF-8 or GB18030. Of a workbook the first sheet is read. The first row is the header; columns
stand in any order and those that nobody asks for are left aside. Numbers of a workbook become the shortest text that is
exactly that number, days become 2026-03-01 or 2026-03-01 08:30:00; formulas and merged cells are not guessed at.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from pos_client.desk import table_reasons as reasons
from pos_client.errors import Refused, Words
from pos_client.offline.csv_text import NotCsv, csv_cells
from pos_client.phrase import Phrase

MOST_ROWS = 20_000
LARGEST_FILE_BYTES = 32 * 1024 * 1024
#: A workbook is compressed; what it unfolds to must fit into memory.
LARGEST_UNFOLDED_BYTES = 512 * 1024 * 1024
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')

UNREADABLE = Words(
    "T-01",
    "文件 {file} 打不开，什么也没有导入。请检查文件名和权限，在表格软件里关闭它，再试一次。",
    "The file {file} cannot be opened; nothing was imported. Check name and permissions, close it in the "
    "spreadsheet program, try again.",
)
NOT_A_TABLE = Words(
    "T-02",
    "文件 {file} 不是 XLSX，也不是 CSV，什么也没有导入。请在表格软件里另存为 XLSX 或 CSV，再试一次。",
    "The file {file} is neither XLSX nor CSV; nothing was imported. Save it as one of them in the spreadsheet "
    "program and try again.",
)
WRONG_TABLE = Words(
    "T-03",
    "文件 {file} 有 {count} 处不对（第一处在第 {row} 行 {column}：{why_zh}），什么也没有导入。请改好再试。",
    "Faults in {file}: {count} (the first in row {row} {column}: {why_en}); nothing was imported. Correct them "
    "and try again.",
)

#: What openpyxl raises on a workbook that is none, or is broken: it does not wrap its readers' errors.
_BROKEN = (zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError, EOFError, OSError, AttributeError)


@dataclass(frozen=True, slots=True)
class Place:
    """One wrong place; ``row`` as a spreadsheet numbers it, ``column`` empty where the whole row is meant."""

    row: int
    column: str
    reason: Phrase

    def listed(self) -> dict[str, Any]:
        """The place as evidence for IT and for the list on the screen."""
        return {"row": self.row, "column": self.column, "zh": self.reason.zh, "en": self.reason.en}


@dataclass(slots=True)
class Row:
    """One row below the header by the columns' keys; what is wrong with it is collected."""

    number: int
    cells: Mapping[str, str]
    headers: Mapping[str, str]
    places: list[Place] = field(default_factory=list)

    def text(self, column: str) -> str:
        """What stands in a column; empty where the file has no such column."""
        return self.cells.get(column, "")

    def wrong(self, column: str, reason: Phrase) -> None:
        """Names a place of this row as wrong, by the header that the file itself has."""
        self.places.append(Place(self.number, self.headers.get(column, column), reason))


@dataclass(frozen=True, slots=True)
class Table:
    """A table that has the columns it must have; ``ignored`` are headers that mean nothing here."""

    rows: tuple[Row, ...]
    places: tuple[Place, ...]
    ignored: tuple[str, ...]


def read_table(
    path: Path, names: Mapping[str, Sequence[str]], required: Sequence[str], most_rows: int = MOST_ROWS
) -> Table:
    """Reads a table; ``names`` says by which headers each column may go.

    Raises:
        Refused: T-01, T-02, or T-03 whose evidence lists every wrong place.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        why = getattr(error, "strerror", None) or type(error).__name__
        raise Refused(UNREADABLE, {"why": why}, file=path.name) from error
    return table_of(data, path.name, names, required, most_rows)


def table_of(
    data: bytes, file: str, names: Mapping[str, Sequence[str]], required: Sequence[str], most_rows: int = MOST_ROWS
) -> Table:
    """As :func:`read_table`, of bytes."""
    if len(data) > LARGEST_FILE_BYTES:
        raise Refused(NOT_A_TABLE, {"why": f"more than {LARGEST_FILE_BYTES} bytes"}, file=file)
    places: list[Place] = []
    cells = _workbook_cells(data, file, places, most_rows) if data.startswith(_ZIP) else _csv_cells(data, file)
    if len(cells) > most_rows + 1:
        places.append(Place(most_rows + 2, "", _filled(reasons.TOO_MANY_ROWS, most=most_rows)))
        _refuse(file, places)
    header = cells[0] if cells else []
    columns = _columns(header, names, required, places)
    _refuse(file, places)
    rows = tuple(_rows(cells, header, columns, places))
    if not rows and not places:
        places.append(Place(2, "", reasons.NO_ROW))
        _refuse(file, places)
    known = set(columns.values())
    ignored = tuple(name for position, name in enumerate(header) if name and position not in known)
    return Table(rows, tuple(places), ignored)


def _filled(phrase: Phrase, **fill: object) -> Phrase:
    return Phrase(phrase.say("zh", **fill), phrase.say("en", **fill))


def _refuse(file: str, places: Sequence[Place]) -> None:
    if places:
        first = places[0]
        fill = {"count": len(places), "row": first.row, "column": first.column}
        why = {"why_zh": first.reason.zh, "why_en": first.reason.en}
        raise Refused(WRONG_TABLE, {"places": tuple(place.listed() for place in places)}, file=file, **fill, **why)


def _columns(
    header: Sequence[str], names: Mapping[str, Sequence[str]], required: Sequence[str], places: list[Place]
) -> dict[str, int]:
    """Where each column stands."""
    columns: dict[str, int] = {}
    for key, accepted in names.items():
        found = [position for position, name in enumerate(header) if name in accepted]
        if found:
            columns[key] = found[0]
        elif key in required:
            places.append(Place(1, accepted[0], reasons.MISSING_COLUMN))
        if len(found) > 1:
            places.append(Place(1, header[found[1]], reasons.REPEATED_COLUMN))
    return columns


def _rows(
    cells: Sequence[Sequence[str]], header: Sequence[str], columns: Mapping[str, int], places: list[Place]
) -> Iterator[Row]:
    headers = {key: header[position] for key, position in columns.items()}
    for number, line in enumerate(cells[1:], start=2):
        if not any(line):
            continue
        if any(line[len(header) :]):  # a comma in the middle shifts all cells behind it
            places.append(Place(number, "", reasons.TOO_MANY_CELLS))
            continue
        padded = [*line, *[""] * (len(header) - len(line))]
        yield Row(number, {key: padded[position] for key, position in columns.items()}, headers)


def _csv_cells(data: bytes, file: str) -> list[list[str]]:
    if data.startswith(_OLE):
        raise Refused(NOT_A_TABLE, {"why": "an old or encrypted Excel file"}, file=file)
    try:
        return csv_cells(data)
    except NotCsv as error:
        raise Refused(NOT_A_TABLE, {"why": str(error), "line": error.line}, file=file) from error


def _workbook_cells(data: bytes, file: str, places: list[Place], most_rows: int) -> list[list[str]]:
    """The first sheet as texts; formulas, errors and merged cells go into ``places``."""
    from openpyxl import load_workbook  # a tenth of a second that the desk's opening need not wait for

    try:
        _look_into(data, places)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks about styles and extensions
            workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
            sheet = workbook.worksheets[0]
            sheet.reset_dimensions()
            lines = islice(sheet.iter_rows(), most_rows + 2)
            return [
                _texts(number, [(cell.data_type, cell.value) for cell in line], places)
                for number, line in enumerate(lines, 1)
            ]
    except (*_BROKEN, IndexError) as error:
        raise Refused(NOT_A_TABLE, {"why": f"{type(error).__name__} in the workbook"}, file=file) from error


def _look_into(data: bytes, places: list[Place]) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNFOLDED_BYTES:
            raise ValueError("unfolds to more than fits into memory")
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                for found in _MERGED.finditer(archive.read(name)):
                    cells = found.group(1).decode("ascii")
                    row = int(re.findall("[0-9]+", cells)[0])
                    places.append(Place(row, "", _filled(reasons.MERGED, cells=cells)))


def _texts(number: int, cells: Sequence[tuple[str, object]], places: list[Place]) -> list[str]:
    texts = []
    for position, (kind, value) in enumerate(cells, start=1):
        text = _text(kind, value)
        if isinstance(text, Phrase):
            places.append(Place(number, _letters(position), text))
            text = ""
        texts.append(text)
    return texts


def _text(kind: str, value: object) -> str | Phrase:
    """One cell as its exact text, or why it has none."""
    if kind == "f":
        return reasons.FORMULA
    if kind == "e":
        return reasons.CELL_ERROR
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int):  # bool too: 1 and 0
        return str(int(value))
    if isinstance(value, float):
        return shortest(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds").removesuffix(" 00:00:00")
    return value.isoformat() if isinstance(value, date) else reasons.CELL_KIND


def shortest(value: float) -> str:
    """The shortest decimal that is exactly this number of the workbook: 12.6, never 12.5999999999999996."""
    text = f"{Decimal(repr(value)):f}"
    return text.removesuffix(".0")


def _letters(position: int) -> str:
    """A column as a spreadsheet names it: 1 is A, 27 is AA."""
    letters = ""
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
