"""Tables from files: what a spreadsheet program saves is read exactly, what cannot be read is told place by place."""

import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from pos_client.desk import table_file
from pos_client.desk.table_file import Table, read_table, shortest, table_of
from pos_client.errors import Refused

NAMES = {"code": ("编码", "code"), "count": ("数量",), "at": ("日期",)}
REQUIRED = ("code", "count")
CSV = "编码,数量,日期\nYD0001,2,2026-03-01\nYD0002,3.5,\n"


def read(path: Path) -> Table:
    return read_table(path, NAMES, REQUIRED)


def texts(table: Table) -> list[tuple[str, str, str]]:
    return [(row.text("code"), row.text("count"), row.text("at")) for row in table.rows]


def workbook(path: Path, *rows: Sequence[Any], then: Callable[[Any], None] = lambda sheet: None) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    then(sheet)
    book.save(path)
    return path


def refused(path: Path) -> Refused:
    with pytest.raises(Refused) as caught:
        read(path)
    return caught.value


def places(problem: Refused) -> list[tuple[int, str]]:
    found: Any = problem.evidence["places"]
    return [(one["row"], one["column"]) for one in found]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_of_any_chinese_spreadsheet_program(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "费用.csv"
    path.write_bytes(CSV.encode(encoding))
    assert texts(read(path)) == [("YD0001", "2", "2026-03-01"), ("YD0002", "3.5", "")]


def test_columns_in_any_order_and_others_beside_them() -> None:
    data = "备注,日期,code,数量,患者姓名\n,2026-03-01,YD0001,2,\n\n,,,,\n".encode()
    table = table_of(data, "x.csv", NAMES, REQUIRED)
    assert texts(table) == [("YD0001", "2", "2026-03-01")]
    assert table.ignored == ("备注", "患者姓名")


def test_a_workbook_gives_the_shortest_exact_texts(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "费用.xlsx",
        ["编码", "数量", "日期"],
        ["YD0001", 12.6, date(2026, 3, 1)],
        [20001, 0.00001, datetime.fromisoformat("2026-03-01 08:30")],
        ["  YD0003 ", 3.0, "2026-03-02"],
        ["YD0004", True, datetime.fromisoformat("2026-03-01")],
    )
    assert texts(read(path)) == [
        ("YD0001", "12.6", "2026-03-01"),
        ("20001", "0.00001", "2026-03-01 08:30:00"),
        ("YD0003", "3", "2026-03-02"),
        ("YD0004", "1", "2026-03-01"),
    ]


@given(st.decimals(-(10**9), 10**9, places=4))
def test_what_was_typed_with_four_decimals_comes_back_as_it_was_typed(typed: Decimal) -> None:
    assert Decimal(shortest(float(typed))) == typed
    assert "E" not in shortest(float(typed)).upper()


def test_formulas_and_errors_are_not_guessed_at(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", ["编码", "数量"], ["YD0001", "=1+1"], ["#N/A", 1], ["YD0002", 2])
    problem = refused(path)
    assert problem.code == "T-03"
    assert places(problem) == [(2, "B"), (3, "A")]
    assert "公式" in problem.sentence("zh")


def test_merged_cells_are_named(tmp_path: Path) -> None:
    rows = (["编码", "数量"], ["YD0001", 1], [None, 2])
    problem = refused(workbook(tmp_path / "x.xlsx", *rows, then=lambda sheet: sheet.merge_cells("A2:A3")))
    assert (problem.code, places(problem)) == ("T-03", [(2, "")])
    assert "A2:A3" in problem.sentence("zh")


def test_cells_that_hold_neither_text_nor_number_nor_day(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", ["编码", "数量"], ["YD0001", time(8, 30)])
    assert places(refused(path)) == [(2, "B")]


@pytest.mark.parametrize(
    ("header", "wrong"),
    [
        ("code", [(1, "数量")]),
        ("名称,数量", [(1, "编码")]),
        ("编码,code,数量", [(1, "code")]),
        ("", [(1, "编码"), (1, "数量")]),
    ],
)
def test_a_header_that_does_not_fit(tmp_path: Path, header: str, wrong: list[tuple[int, str]]) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"{header}\nYD0001,2\n", encoding="utf-8")
    assert places(refused(path)) == wrong


def test_a_comma_too_many_is_a_wrong_row_and_no_shifted_one() -> None:
    table = table_of("编码,数量\nYD0001,1,000\nYD0002,2\n".encode(), "x.csv", NAMES, REQUIRED)
    assert texts(table) == [("YD0002", "2", "")]
    assert [(place.row, place.column) for place in table.places] == [(2, "")]


@pytest.mark.parametrize("data", [b"", "编码,数量\n".encode(), "编码,数量\n,\n".encode()])
def test_nothing_in_it(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    assert refused(path).code == "T-03"


def test_an_empty_workbook(tmp_path: Path) -> None:
    assert refused(workbook(tmp_path / "x.xlsx")).code == "T-03"


def test_too_many_rows_are_refused_before_they_are_judged(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("编码,数量\n" + "YD0001,1\n" * 100_000, encoding="utf-8")
    problem = refused(path)
    assert (problem.code, places(problem)) == ("T-03", [(table_file.MOST_ROWS + 2, "")])
    assert "20000" in problem.sentence("zh")


def test_a_workbook_with_one_cell_far_down_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "x.xlsx", ["编码", "数量"], ["YD0001", 1], then=lambda sheet: sheet.cell(1_000_000, 1, "YD0002")
    )
    assert "20000" in refused(path).sentence("zh")


@pytest.mark.parametrize(
    "data",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),  # the old Excel format, also that of a locked workbook
        b"PK\x03\x04 no archive",
        b"\xff\xfe" + "编码,数量\n".encode("utf-16-le"),
        b"\x89PNG\r\n\x1a\n\0\0",
        '编码,数量\n"YD0001,2\n'.encode(),
        b"x" * (table_file.LARGEST_FILE_BYTES + 1),
    ],
    ids=["old-excel", "no-archive", "utf-16", "picture", "open-quote", "too-large"],
)
def test_what_is_no_table(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    assert refused(path).code == "T-02"


def test_an_archive_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("readme.txt", "no workbook")
    assert refused(path).code == "T-02"


def test_a_workbook_that_unfolds_to_more_than_memory_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "x.xlsx", ["编码", "数量"], ["YD0001", 1])
    monkeypatch.setattr(table_file, "LARGEST_UNFOLDED_BYTES", 100)
    assert refused(path).code == "T-02"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path, Path("a\0b")):
        assert refused(path).code == "T-01"


def test_a_wrong_cell_is_never_repeated(tmp_path: Path) -> None:
    """Somebody may have picked a list of persons."""
    path = tmp_path / "x.csv"
    path.write_text("姓名,证件号码\n张某某,110101199001011234\n", encoding="utf-8")
    problem = refused(path)
    told = problem.sentence("zh") + str(problem.evidence)
    assert "张某某" not in told
    assert "110101199001011234" not in told
