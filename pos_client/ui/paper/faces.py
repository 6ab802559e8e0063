"""The type of the paper, in dots of the print head, and the characters that it has no picture for."""

import unicodedata
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QRawFont, QTextLayout

from pos_client.ui import tokens


class Face(NamedTuple):
    """A size in dots, 203 to the inch, and a weight."""

    dots: int
    bold: bool = False


#: Controls and marks of formatting have no picture. What this Python does not know yet is looked at like a character.
_NOT_DRAWN = ("Cc", "Cf")

TABLE = Face(20)
TABLE_BOLD = Face(20, bold=True)
TEXT = Face(24)
TEXT_BOLD = Face(24, bold=True)
INSTITUTION = Face(32, bold=True)
BIG = Face(48, bold=True)


@cache
def font_of(face: Face) -> QFont:
    """The font of a face: one dot is one pixel, whatever device it is drawn on."""
    font = QFont()
    present = set(QFontDatabase.families())
    own = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    font.setFamilies([*(family for family in tokens.FAMILIES if family in present), own])
    font.setPixelSize(face.dots)
    font.setBold(face.bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tag := QFont.Tag.fromString("tnum"):
        font.setFeature(tag, 1)
    return font


@cache
def metrics_of(face: Face) -> QFontMetricsF:
    """How wide and high the face is, in dots."""
    return QFontMetricsF(font_of(face))


def advance(text: str, face: Face) -> float:
    """The width of a text in dots."""
    return metrics_of(face).horizontalAdvance(text)


def missing_glyphs(text: str, font: QFont) -> tuple[str, ...]:
    """The characters of a text that neither the font nor the system's other fonts can draw, each once, in order."""
    raw = QRawFont.fromFont(font)
    drawn = [one for one in dict.fromkeys(text) if unicodedata.category(one) not in _NOT_DRAWN]
    lacking = [one for one in drawn if not raw.supportsCharacter(ord(one))]
    return tuple(one for one in lacking if _is_box(one, font))


def with_code_points(text: str, font: QFont) -> str:
    """The text with the code point in the place of what cannot be drawn: 马(U+30EDD), never a box."""
    for one in missing_glyphs(text, font):
        text = text.replace(one, f"(U+{ord(one):04X})")
    return text


def _is_box(character: str, font: QFont) -> bool:
    """Whether a character is drawn by the glyph that stands for a missing one, after all other fonts were tried."""
    layout = QTextLayout(character, font)
    layout.beginLayout()
    layout.createLine().setPosition(QPointF(0, 0))
    layout.endLayout()
    return any(index == 0 for run in layout.glyphRuns() for index in run.glyphIndexes())
