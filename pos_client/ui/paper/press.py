"""Puts laid-out slips on something: a picture, a PDF, a printer.

One dot of the sheet is one dot of the print head; a device with another resolution is scaled. A slip is printed with
the full name; what stays in the home's folder is masked here.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRect, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from pos_client.desk.slip import Slip, masked
from pos_client.errors import EnvironmentProblem
from pos_client.ui.paper.faces import font_of
from pos_client.ui.paper.sheet import DOTS_PER_INCH, PRINT_WIDTH, Bar, Sheet, Written
from pos_client.ui.paper.slip_sheet import sheet_of
from pos_client.ui.paper.words import PAPER_NOT_WRITTEN

PAPER_MM = 80
PAPER_WIDTH = 640
_MARGIN = (PAPER_WIDTH - PRINT_WIDTH) // 2
_MM_PER_INCH = 25.4
_DASH, _DASH_AND_GAP = 5, 8
#: Darker than this becomes a black dot: above the middle, so that thin strokes do not break.
_BLACK_BELOW = 160

_own_application: list[QGuiApplication] = []


def prepare_drawing() -> None:
    """Makes sure that something can be drawn, also in a command without a window and without a screen."""
    if QGuiApplication.instance() is None:
        platform = ["-platform", "offscreen"] if sys.platform == "linux" else []
        _own_application.append(QGuiApplication(["pos-client", *platform]))


def to_image(slip: Slip) -> QImage:
    """A slip as black and white dots, the paper's margins included."""
    prepare_drawing()
    sheet = sheet_of(slip)
    grey = QImage(PAPER_WIDTH, sheet.height, QImage.Format.Format_Grayscale8)
    grey.fill(QColor(Qt.GlobalColor.white))
    with QPainter(grey) as painter:
        painter.translate(_MARGIN, 0)
        paint(sheet, painter)
        return _black_and_white(grey)


def to_pdf(slips: Sequence[Slip], file: Path) -> None:
    """The slips as a PDF for 80 mm paper, one page each, as long as its content; whole or not at all.

    Raises:
        EnvironmentProblem: P-FILE.
    """
    prepare_drawing()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS_PER_INCH)
    writer.setCreator("pos-client")
    paint_pages(slips, writer)
    draft = file.with_name(f"{file.name}.new")
    try:
        draft.write_bytes(buffer.data().data())
        draft.replace(file)
    except OSError as error:
        why = error.strerror or error
        raise EnvironmentProblem(PAPER_NOT_WRITTEN, {"errno": error.errno}, file=file.name, why=why) from error


def keep_pdf(slip: Slip, folder: Path) -> Path:
    """The slip in the home's folder of slips: masked, as everything that stays there.

    Raises:
        EnvironmentProblem: P-FILE.
    """
    file = folder / f"{slip.number}.pdf"
    to_pdf([masked(slip)], file)
    return file


def paint_pages(slips: Sequence[Slip], device: QPagedPaintDevice) -> bool:
    """Each slip on a page of its own length; whether the device took them all."""
    sheets = [sheet_of(slip) for slip in slips]
    painter = QPainter()
    for number, sheet in enumerate(sheets):
        device.setPageLayout(_page(sheet))
        if not (device.newPage() if number else painter.begin(device)):
            return False
        scale = device.logicalDpiX() / DOTS_PER_INCH
        painter.resetTransform()
        painter.scale(scale, scale)
        painter.translate(_MARGIN, 0)
        paint(sheet, painter)
    return painter.end()


def _page(sheet: Sheet) -> QPageLayout:
    height_mm = sheet.height / DOTS_PER_INCH * _MM_PER_INCH
    size = QPageSize(
        QSizeF(PAPER_MM, height_mm), QPageSize.Unit.Millimeter, "slip", QPageSize.SizeMatchPolicy.ExactMatch
    )
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def paint(sheet: Sheet, painter: QPainter) -> None:
    """Paints what was laid out."""
    black, white = QColor(Qt.GlobalColor.black), QColor(Qt.GlobalColor.white)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    for mark in sheet.marks:
        if isinstance(mark, Written):
            painter.setFont(font_of(mark.face))
            painter.setPen(white if mark.reverse else black)
            painter.drawText(QPointF(mark.left, mark.baseline), mark.text)
        else:
            for rectangle in _rectangles(mark):
                painter.fillRect(rectangle, black)


def _rectangles(bar: Bar) -> list[QRect]:
    if not bar.dashed:
        return [QRect(bar.left, bar.top, bar.width, bar.height)]
    starts = range(bar.left, bar.left + bar.width, _DASH_AND_GAP)
    return [QRect(start, bar.top, _DASH, bar.height) for start in starts]


def _black_and_white(grey: QImage) -> QImage:
    """Each dot black or white, as the print head knows no other."""
    grey.reinterpretAsFormat(QImage.Format.Format_Indexed8)
    grey.setColorTable([0xFF000000 if level < _BLACK_BELOW else 0xFFFFFFFF for level in range(256)])
    return grey.convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither)
