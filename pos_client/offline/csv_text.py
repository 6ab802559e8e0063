"""A spreadsheet's CSV export as rows of cells: UTF-8 with or without a mark, or GB18030."""

import csv
import io


class NotCsv(ValueError):
    """Bytes that are no such export; ``line`` is where it went wrong, 0 where the whole is meant."""

    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(why)
        self.line = line


def csv_cells(data: bytes) -> list[list[str]]:
    """All rows with their cells, without the blanks around them.

    Raises:
        NotCsv: it is no text, or a quote is open at its end.
    """
    text = _text(data)
    if text is None or "\0" in text:
        raise NotCsv("neither UTF-8 nor GB18030 text")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return [[cell.strip() for cell in row] for row in reader]
    except csv.Error as error:
        raise NotCsv(str(error), reader.line_num) from error


def _text(data: bytes) -> str | None:
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
        except UnicodeDecodeError:
            continue
    return None
