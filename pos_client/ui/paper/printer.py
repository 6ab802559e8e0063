"""The printer of the counter, by its name in the system; nobody is asked anything."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pos_client.desk.slip import Slip
from pos_client.errors import EnvironmentProblem
from pos_client.ui.paper.press import paint_pages, prepare_drawing
from pos_client.ui.paper.words import PRINTER_MISSING, PRINTER_REFUSED

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def printers() -> tuple[str, ...]:
    """The printers that the system knows; none where it has no printing at all."""
    prepare_drawing()
    try:
        from PySide6.QtPrintSupport import QPrinterInfo
    except ImportError:
        return ()
    return tuple(QPrinterInfo.availablePrinterNames())


def to_printer(slips: Sequence[Slip], name: str) -> None:
    """Prints the slips, the full names on them.

    Raises:
        EnvironmentProblem: P-NONE, P-REFUSED; what is booked stays booked.
    """
    prepare_drawing()
    try:
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
    except ImportError as error:
        raise EnvironmentProblem(PRINTER_MISSING, name=name, why=error) from error
    if name not in QPrinterInfo.availablePrinterNames():
        raise EnvironmentProblem(PRINTER_MISSING, name=name, why="系统里没有 / unknown to the system")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    send(slips, printer, name)


def send(slips: Sequence[Slip], printer: "QPrinter", name: str) -> None:
    """Prints on a printer that is set up.

    Raises:
        EnvironmentProblem: P-REFUSED.
    """
    taken = paint_pages(slips, printer)
    if not taken or printer.printerState() == type(printer).PrinterState.Error:
        raise EnvironmentProblem(PRINTER_REFUSED, name=name)
