"""How the window looks, as data: colours, sizes of type and space. Nothing else in the window names a colour.

Contrast of text is at least 4.5 : 1 on every ground that it stands on, of edges at least 3 : 1 (WCAG 2), light and
dark.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a colour is for."""

    CANVAS = "canvas"
    PANEL = "panel"
    SUNK = "sunk"
    LINE = "line"
    EDGE = "edge"
    INK = "ink"
    SOFT = "soft"
    DIM = "dim"
    ACCENT = "accent"
    ON_ACCENT = "on-accent"
    TINT = "tint"
    OK = "ok"
    WARN = "warn"
    WARN_GROUND = "warn-ground"
    AMBER = "amber"
    ON_AMBER = "on-amber"
    STOP = "stop"
    STOP_GROUND = "stop-ground"
    FUND_1 = "fund-1"
    FUND_2 = "fund-2"
    OWN_1 = "own-1"
    OWN_2 = "own-2"
    OWN_3 = "own-3"
    OWN_4 = "own-4"


LIGHT = {
    Role.CANVAS: "#F5F4F0",
    Role.PANEL: "#FFFFFF",
    Role.SUNK: "#ECEAE4",
    Role.LINE: "#DEDBD3",
    Role.EDGE: "#7E848A",
    Role.INK: "#1B2026",
    Role.SOFT: "#565D64",
    Role.DIM: "#62686E",
    Role.ACCENT: "#1D4F7C",
    Role.ON_ACCENT: "#FFFFFF",
    Role.TINT: "#E9F0F6",
    Role.OK: "#1D6E45",
    Role.WARN: "#8A5300",
    Role.WARN_GROUND: "#FCEFD2",
    Role.AMBER: "#F3B93F",
    Role.ON_AMBER: "#2A1C00",
    Role.STOP: "#B3261E",
    Role.STOP_GROUND: "#FBE9E7",
    Role.FUND_1: "#1D4F7C",
    Role.FUND_2: "#3C6E9C",
    Role.OWN_1: "#B98A52",
    Role.OWN_2: "#CFAE82",
    Role.OWN_3: "#E3D0B3",
    Role.OWN_4: "#B4AEA4",
}

DARK = {
    Role.CANVAS: "#14181C",
    Role.PANEL: "#1B2025",
    Role.SUNK: "#0F1215",
    Role.LINE: "#2E353C",
    Role.EDGE: "#7B858E",
    Role.INK: "#E9EBED",
    Role.SOFT: "#A9B2BA",
    Role.DIM: "#8B949C",
    Role.ACCENT: "#86B7E6",
    Role.ON_ACCENT: "#0E1B27",
    Role.TINT: "#1E2D3B",
    Role.OK: "#74C69A",
    Role.WARN: "#E8B75A",
    Role.WARN_GROUND: "#362A12",
    Role.AMBER: "#E0A93A",
    Role.ON_AMBER: "#1D1300",
    Role.STOP: "#F2938B",
    Role.STOP_GROUND: "#3A1E1C",
    Role.FUND_1: "#86B7E6",
    Role.FUND_2: "#5B8DBD",
    Role.OWN_1: "#D49456",
    Role.OWN_2: "#B97B42",
    Role.OWN_3: "#8F6236",
    Role.OWN_4: "#6F6A62",
}

#: Families in order; the first that is there is used.
FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)

TEXT_PX = 14
FIGURE_PX = 16
SUBTOTAL_PX = 24

RADIUS = 4
RADIUS_SMALL = 2
RADIUS_FRAME = 6
ROW = 32
DOCUMENT_ROW = 24
TABLE_HEAD = 32
TABLE_ROW = 40
TASK_ROW = 104
SENTENCE = 24
HEADING = 48
FIELD = 40
TENDER = 56
BUTTON = 56


@dataclass(frozen=True, slots=True)
class Measures:
    """What depends on the room that the window has, in logical pixels."""

    compact: bool
    left: int
    right: int
    padding: int
    strip: int
    message: int
    keys: int
    big_px: int
    big_long_px: int
    row: int
    roomy: bool
    """Whether words of place and remarks beside headings have room."""


WIDE = Measures(
    compact=False, left=288, right=328, padding=24, strip=40, message=48, keys=48, big_px=56, big_long_px=48, row=ROW,
    roomy=True,
)  # fmt: skip
MEDIUM = Measures(
    compact=False, left=216, right=264, padding=16, strip=40, message=48, keys=48, big_px=48, big_long_px=40, row=ROW,
    roomy=False,
)  # fmt: skip
COMPACT = Measures(
    compact=True, left=0, right=264, padding=16, strip=40, message=40, keys=40, big_px=48, big_long_px=40, row=24,
    roomy=False,
)  # fmt: skip
LEAST_WIDTH, LEAST_HEIGHT = 960, 540


def measures(width: int, height: int) -> Measures:
    """The measures of a window of that many logical pixels."""
    if height < 640 or width < 960:
        return COMPACT
    return WIDE if width >= 1280 else MEDIUM
