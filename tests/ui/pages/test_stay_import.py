"""Charges from a file at the window: every row judged first, uploaded once, by Enter alone."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt

from pos_client.runtime import shanghai
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.stay import StayPage
from pos_client.ui.pages.stay_import import ImportPage
from tests.ui.conftest import Start
from tests.ui.keys import Keys
from tests.ui.ward import admitted

Row = tuple[str | int | None, ...]
HEAD: Row = ("编码", "时间", "数量", "单价", "金额")
CODES = ("YD0001", "YD0004", "YD0014", "YD0002")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The clerk's own folder, in which files are looked for."""
    own = tmp_path / "clerk"
    (own / "Downloads").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(own))
    return own


@pytest.fixture
def today(keys: Keys) -> str:
    return f"{shanghai(keys.world.clock.now_utc()):%Y-%m-%d}"


def _write(file: Path, rows: Sequence[Row]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, *rows):
        sheet.append(row)
    book.save(file)


def _many(today: str, count: int) -> list[Row]:
    return [(CODES[number % 4], today, 1 + number // 4, None, None) for number in range(count)]


def _opened(keys: Keys) -> ImportPage:
    admitted(keys)
    keys.write("I")
    return keys.on(ImportPage)


def test_214_rows_are_found_looked_at_and_uploaded(keys: Keys, folder: Path, today: str) -> None:
    _write(folder / "Downloads" / "护士站费用.xlsx", _many(today, 214))
    page = _opened(keys)
    assert [one.name for one in page.files] == ["护士站费用.xlsx"]
    keys.press("Enter")
    assert keys.button == "Enter 上传 214 行"
    assert not [row for row in keys.on(ImportPage).list.table.rows if row[1].sign]
    keys.press("Enter")
    stay = keys.on(StayPage)
    assert len(stay.view.charges) == 214
    assert len({one.upload for one in stay.view.charges}) == 3
    assert keys.message.text == "文件 护士站费用.xlsx 已上传 214 行费用。"
    assert keys.world.agreement().disagreements == ()


def test_wrong_rows_come_first_and_nothing_goes_until_enter_twice(keys: Keys, folder: Path, today: str) -> None:
    rows = _many(today, 6)
    rows[2] = ("NOSUCH", today, 1, None, None)
    rows[4] = ("YD0001", "昨天", 1, None, None)
    rows[5] = ("YD0001", today, 1, 13, None)
    _write(folder / "有错.xlsx", rows)
    _write(folder / "别的.xlsx", _many(today, 1))
    page = _opened(keys)
    keys.write("有错")
    keys.press("Enter")
    table = page.list.table
    assert [(row[0].text, row[1].sign) for row in table.rows[:3]] == [
        ("4", Sign.STOP),
        ("6", Sign.STOP),
        ("7", Sign.LOOK),
    ]
    assert "不对 2 行" in keys.right
    assert "第 4 行：编码：目录里没有这个编码" in page.list.below.text()
    keys.press("Down")
    assert "第 6 行" in page.list.below.text()
    keys.press("Enter")
    assert keys.message.text == "再按一次回车，只上传对的 4 行，不对的 2 行不传；按其他键不传。"
    keys.press("Down", "Enter")
    assert keys.on(ImportPage) is page, "another key in between means no"
    keys.press("Enter")
    assert len(keys.on(StayPage).view.charges) == 4


def test_own_expense_rows_want_f7_first(keys: Keys, folder: Path, today: str) -> None:
    _write(folder / "自费.xlsx", [("YD0106", today, 2, None, None), ("YD0001", today, 1, None, None)])
    page = _opened(keys)
    keys.press("Enter", "Enter")
    assert keys.on(ImportPage) is page
    assert (keys.message.sign, "自费未签 1 行" in keys.right) == (Sign.STOP, True)
    keys.press("F7", "Enter")
    assert len(keys.on(StayPage).view.charges) == 2


def test_the_same_file_again_uploads_nothing_and_a_longer_one_only_what_is_new(
    keys: Keys, folder: Path, today: str
) -> None:
    _write(folder / "费用.xlsx", _many(today, 3))
    _opened(keys)
    keys.press("Enter", "Enter")
    keys.on(StayPage)
    keys.write("I")
    keys.press("Enter")
    assert keys.button == ""
    assert keys.message.text == "没有要上传的行。请按 Esc 换文件。"
    _write(folder / "费用.xlsx", _many(today, 5))
    keys.press("Esc", "Enter")
    assert keys.button == "Enter 上传 2 行"
    keys.press("Enter")
    assert len(keys.on(StayPage).view.charges) == 5


def test_what_breaks_off_in_the_middle_goes_on_where_it_stood(keys: Keys, folder: Path, today: str) -> None:
    _write(folder / "费用.xlsx", _many(today, 150))
    page = _opened(keys)
    keys.press("Enter")
    refuse = {"name": "refuse", "infno": "2301", "times": 1}
    page.progressed.connect(lambda *_: keys.world.faults(refuse), Qt.ConnectionType.DirectConnection)
    keys.press("Enter")
    assert keys.on(ImportPage) is page
    assert keys.message.code == "R-2301"
    page.progressed.disconnect()
    keys.press("Enter")
    assert keys.button == "Enter 上传 50 行"
    keys.press("Enter")
    assert len(keys.on(StayPage).view.charges) == 150
    assert keys.world.agreement().disagreements == ()


def test_no_file_and_a_path_that_is_none_say_what_to_do(start: Start, folder: Path) -> None:
    keys = start()
    page = _opened(keys)
    assert "这里没有 XLSX 或 CSV 文件" in page.list.heading.text()
    keys.enter(str(folder / "nothing.xlsx"))
    assert (keys.message.sign, keys.message.code) == (Sign.STOP, "T-01")
    (folder / "bad.csv").write_text("not,a,table\n1,2,3\n", encoding="utf-8")
    keys.press("Esc")
    keys.write("bad")
    keys.press("Enter")
    assert keys.message.code == "T-03"
    keys.press("Esc", "Esc")
    keys.on(StayPage)


def test_dates_before_the_admission_are_wrong(keys: Keys, folder: Path, today: str) -> None:
    before = f"{shanghai(keys.world.clock.now_utc()) - timedelta(days=3):%Y-%m-%d}"
    _write(folder / "早.xlsx", [("YD0001", before, 1, None, None)])
    _opened(keys)
    keys.press("Enter")
    assert "不对 1 行" in keys.right
    assert keys.button == ""
