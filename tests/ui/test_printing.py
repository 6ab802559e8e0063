"""Slips on their way to paper: to the printer of the settings, else into a file when they are asked for."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from pos_client.config import write_settings
from pos_client.desk.slip import Slip
from pos_client.errors import EnvironmentProblem
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.welcome import WelcomePage
from pos_client.ui.paper import printer
from pos_client.ui.paper.words import PRINTER_REFUSED
from tests.desk.world import World
from tests.ui.keys import Keys

PRINTER = "Receipts"


class Roll:
    """A printer that is there by name and prints each slip into a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.slips: list[Slip] = []
        self.broken = False

    def take(self, slips: Sequence[Slip], name: str) -> None:
        if self.broken:
            raise EnvironmentProblem(PRINTER_REFUSED, name=name)
        assert name == PRINTER
        file = QPrinter(QPrinter.PrinterMode.HighResolution)
        file.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        file.setOutputFileName(str(self.folder / f"{len(self.slips)}.pdf"))
        printer.send(slips, file, name)
        self.slips += slips


@pytest.fixture
def roll(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Roll:
    """The home's printer."""
    roll = Roll(tmp_path)
    monkeypatch.setattr(printer, "to_printer", roll.take)
    write_settings(world.home, {"printer.name": PRINTER})
    return roll


def _sell(keys: Keys) -> None:
    keys.insert("zhang-jianguo")
    keys.on(SalePage)
    keys.scan("YD0001")
    keys.press("Enter", "F8")
    keys.on(WelcomePage)
    _put_out(keys)


def _put_out(keys: Keys) -> None:
    keys.settle()
    keys.until(lambda: not keys.program.paper.busy)
    keys.settle()


def test_a_sale_is_printed_once_with_the_full_name(roll: Roll, keys: Keys) -> None:
    _sell(keys)
    (slip,) = roll.slips
    assert (slip.number, slip.who.name, slip.reprint) == ("01-000001", "张建国", "")
    assert (roll.folder / "0.pdf").read_bytes().startswith(b"%PDF")
    assert "已入账，单据已打印" in keys.right
    assert keys.message.sign is Sign.DONE
    assert "下一位请插卡" in keys.message.text


def test_f10_prints_it_again_marked_and_counted(roll: Roll, keys: Keys) -> None:
    _sell(keys)
    for _ in range(2):
        keys.press("F10")
        _put_out(keys)
    assert [slip.reprint[:8] for slip in roll.slips] == ["", "补打 第 1 次", "补打 第 2 次"]
    assert keys.program.printing.copies == {"01-000001": 3}
    assert keys.message.text == "01-000001 的单据已补打，请交给参保人。"


def test_a_printer_that_refuses_is_told_and_the_sale_stays_booked(roll: Roll, keys: Keys) -> None:
    roll.broken = True
    _sell(keys)
    assert (keys.message.code, keys.message.sign) == ("P-REFUSED", Sign.LOOK)
    assert "已入账，单据已存档" in keys.right
    roll.broken = False
    keys.press("F10")
    _put_out(keys)
    assert len(roll.slips) == 1
    assert "已入账，单据已打印" in keys.right


def test_a_printer_that_is_not_there_is_told(world: World, keys: Keys) -> None:
    write_settings(world.home, {"printer.name": "gone"})
    _sell(keys)
    assert keys.message.code == "P-NONE"
    assert "gone" in keys.message.text


def test_a_name_without_a_picture_is_told_by_its_code_point(
    roll: Roll, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos_client.ui.paper.faces.missing_glyphs", lambda text, font: ("\U00030edd",))
    _sell(keys)
    assert len(roll.slips) == 1
    assert "U+30EDD" in keys.message.text
    assert keys.message.sign is Sign.LOOK


def test_without_a_printer_the_file_is_the_slip_and_f10_makes_a_pdf(world: World, keys: Keys) -> None:
    _sell(keys)
    assert "已入账，单据已存档" in keys.right
    assert sorted(file.name for file in world.home.slips.iterdir()) == ["01-000001.txt"]
    keys.press("F10")
    _put_out(keys)
    assert (world.home.slips / "01-000001.pdf").read_bytes().startswith(b"%PDF")
    assert keys.message.text == (
        "没有设打印机，01-000001 的单据存在 slips/01-000001.pdf。要打印，请先在设置里选打印机（F1、S）。"
    )
