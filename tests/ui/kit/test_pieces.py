"""Pieces of the columns: each as high as it says, in every measure, and it speaks what it shows."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos_client.ui.kit import drawing
from pos_client.ui.kit.compared import Compared
from pos_client.ui.kit.headings import Big, Heading, Name
from pos_client.ui.kit.notices import Box, KeyRow, Outcome, Step, Way
from pos_client.ui.kit.progress import Progress
from pos_client.ui.kit.rows import Gap, Meter, Pair, Payer, Rule, State, Words
from pos_client.ui.kit.sheet import Piece, Sheet
from pos_client.ui.kit.sign import Sign
from pos_client.ui.tokens import COMPACT, MEDIUM, SENTENCE, WIDE, Measures

LONG = "第 3 行：目录外自费，不能用账户，已签知情同意；其余 1,234.56 元按 83% 由统筹基金支付。"
WIDTHS = [(WIDE, 280), (MEDIUM, 216), (COMPACT, 232), (WIDE, 696)]
PIECES: list[Piece] = [
    Heading("应收", "元", Sign.LOOK),
    Name("司马相如阿卜杜热合曼", "男 56 岁 在职"),
    Big("现金", "12,345.67", "元", "收"),
    Big("现金", "−1,234,567.89", "元", sign=Sign.UNKNOWN),
    Pair("账户余额", "1,203.55", bold=True),
    Pair("医疗救助", "0.00", folds=True),
    Meter("本年起付", "600.00", "600.00", "限额", 1000),
    Rule(),
    State(Sign.DONE, "待遇正常", LONG),
    Words(LONG),
    Gap(16),
    Payer("目录内", "140.70", LONG),
    Box(Sign.STOP, "不要重复收费", (LONG, "现金 100.00")),
    Step(Sign.LOOK, "11:02:03", LONG),
    Outcome("如果已入账", LONG),
    Way("F2", "没有卡", "身份证号、医保电子凭证"),
    KeyRow("W Z Y", LONG),
    Compared("统筹支付", "12.60", "12.61"),
    Progress(("申请", "审核", "执行"), 1),
]


def _drawn_rows(piece: Piece, width: int, measures: Measures) -> list[int]:
    """The rows of pixels that a piece changes, counted from its top; it may overshoot on either side."""
    above = 40
    height = piece.height(width, measures)
    image = QImage(width + 80, height + 2 * above, QImage.Format.Format_RGB32)
    image.fill(QColor("#ff00ff"))
    painter = QPainter(image)
    piece.paint(painter, QRect(40, above, width, height), measures)
    painter.end()
    blank = image.copy(0, 0, image.width(), 1)
    rows = [y for y in range(image.height()) if image.copy(0, y, image.width(), 1) != blank]
    return [y - above for y in rows]


@pytest.mark.parametrize(("measures", "width"), WIDTHS)
@pytest.mark.parametrize("piece", PIECES, ids=[type(one).__name__ for one in PIECES])
def test_a_piece_draws_nothing_above_or_below_its_place(
    qapp: QApplication, piece: Piece, measures: Measures, width: int
) -> None:
    rows = _drawn_rows(piece, width, measures)
    height = piece.height(width, measures)
    assert not rows or (min(rows) >= 0 and max(rows) < height)


@pytest.mark.parametrize(
    "piece", [one for one in PIECES if not isinstance(one, Rule | Gap)], ids=lambda one: type(one).__name__
)
def test_a_piece_says_what_it_shows(piece: Piece) -> None:
    assert piece.spoken()
    assert "None" not in piece.spoken()


def test_a_row_of_nothing_folds_away_where_room_is_short(qapp: QApplication) -> None:
    row = Pair("医疗救助", "0.00", folds=True)
    assert row.height(264, COMPACT) == 0
    assert row.height(264, WIDE) > 0
    assert _drawn_rows(row, 264, COMPACT) == []


def test_a_sheet_is_as_high_as_its_pieces_and_speaks_them_in_order(qtbot: QtBot) -> None:
    sheet = Sheet("参保人")
    qtbot.addWidget(sheet)
    sheet.resize(288, 700)
    sheet.fill(PIECES, WIDE)
    inner = 288 - 2 * WIDE.padding
    assert sheet.needed_height(288) == sum(piece.height(inner, WIDE) for piece in PIECES)
    assert sheet.text().splitlines()[0] == "应收 元"
    assert sheet.accessibleDescription() == sheet.text()
    sheet.grab()


# --- text ---


@pytest.mark.parametrize("width", [60, 120, 200, 333])
def test_no_line_is_wider_than_its_place_and_none_begins_with_a_mark(qapp: QApplication, width: int) -> None:
    lines = drawing._lines(LONG, width, 14, False)
    assert "".join(lines).replace(" ", "") == LONG.replace(" ", "")
    assert [line for line in lines if line[:1] and line[0] in "，。、；：！？）"] == []
    too_wide = [line for line in lines if drawing.width_of(line.rstrip("，。、；：%")) > width]
    assert [line for line in too_wide if len(line.split()) > 1 or len(line) > 9] == []


def test_a_sentence_is_as_high_as_its_lines(qapp: QApplication) -> None:
    one, many = drawing.wrapped_height("请插卡。", 600), drawing.wrapped_height(LONG, 120)
    assert one == SENTENCE
    assert many == SENTENCE * len(drawing._lines(LONG, 120, 14, False))


def test_figures_all_have_one_width(qapp: QApplication) -> None:
    for size in (14, 16, 24, 48, 56):
        for bold in (False, True):
            assert len({drawing.width_of(figure, size, bold) for figure in "0123456789"}) == 1


def test_what_does_not_fit_is_shortened_unless_it_must_stand_whole(qapp: QApplication) -> None:
    image = QImage(400, 40, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    try:
        place = QRect(0, 0, 60, 40)
        assert drawing.text(painter, place, "示例市人民医院第三门诊部") <= 60
        whole = drawing.text(painter, place, "12,345.67", size_px=56, bold=True, whole=True)
        assert whole == drawing.width_of("12,345.67", 56, bold=True)
    finally:
        painter.end()
