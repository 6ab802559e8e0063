"""The paper's type: figures of one width, and no box in the place of a character."""

import pytest
from PySide6.QtWidgets import QApplication

from pos_client.ui.paper.faces import (
    BIG,
    TABLE,
    TABLE_BOLD,
    TEXT,
    Face,
    advance,
    font_of,
    missing_glyphs,
    with_code_points,
)

NOBODYS = "\U0003fffd"  # for ever without a character
PRIVATE = "\U000f0000"


@pytest.mark.parametrize("face", [TABLE, TABLE_BOLD, TEXT, BIG])
def test_ten_digits_have_one_width(qapp: QApplication, face: Face) -> None:
    assert len({advance(digit, face) for digit in "0123456789"}) == 1


def test_what_the_fonts_can_draw_is_not_missing(qapp: QApplication) -> None:
    assert missing_glyphs("张建国 ￥12.60 × 2（甲）", font_of(TEXT)) == ()


def test_a_character_that_no_font_has_is_told_once_and_in_order(qapp: QApplication) -> None:
    assert missing_glyphs(f"马{NOBODYS}骉{PRIVATE}{NOBODYS}", font_of(TEXT)) == (NOBODYS, PRIVATE)


def test_its_code_point_stands_in_its_place(qapp: QApplication) -> None:
    assert with_code_points(f"马{NOBODYS}骉", font_of(TEXT)) == "马(U+3FFFD)骉"


def test_controls_and_marks_without_a_picture_are_left_alone(qapp: QApplication) -> None:
    assert missing_glyphs("张\u200d\n建", font_of(TEXT)) == ()
