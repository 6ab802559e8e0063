"""The counter's printer: by name, without a question; what goes wrong is told and F10 prints again."""

import builtins
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from pos_client.errors import EnvironmentProblem
from pos_client.ui.paper.printer import printers, send, to_printer
from tests.ui.paper.slips import ORDINARY, TOO_LONG


def into(file: Path) -> QPrinter:
    """A printer with the resolution of a real one that prints into a file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


def test_a_printer_gets_a_page_for_each_slip(qapp: QApplication, tmp_path: Path) -> None:
    send([ORDINARY, TOO_LONG], into(tmp_path / "paper.pdf"), "receipts")
    document = (tmp_path / "paper.pdf").read_bytes()
    widths = [float(wide) for wide in re.findall(rb"/MediaBox \[0 0 ([\d.]+)", document)]
    assert widths == pytest.approx([80 / 25.4 * 72] * 2, abs=1)


def test_a_printer_that_refuses_is_told(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        send([ORDINARY], into(tmp_path / "nowhere" / "paper.pdf"), "receipts")
    assert caught.value.code == "P-REFUSED"
    assert "receipts" in caught.value.sentence("zh")


def test_a_printer_that_the_system_does_not_know_is_told(qapp: QApplication) -> None:
    assert "no such printer" not in printers()
    with pytest.raises(EnvironmentProblem) as caught:
        to_printer([ORDINARY], "no such printer")
    assert caught.value.code == "P-NONE"


def test_a_machine_without_any_printing_is_told(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_printing(
        name: str,
        where: Mapping[str, object] | None = None,
        local: Mapping[str, object] | None = None,
        wanted: Sequence[str] | None = (),
        level: int = 0,
    ) -> object:
        if name == "PySide6.QtPrintSupport":
            raise ImportError("libcups.so.2: cannot open shared object file")
        return real(name, where, local, wanted or (), level)

    monkeypatch.setattr(builtins, "__import__", without_printing)
    assert printers() == ()
    with pytest.raises(EnvironmentProblem) as caught:
        to_printer([ORDINARY], "receipts")
    assert caught.value.code == "P-NONE"
    assert "libcups" in caught.value.sentence("en")
