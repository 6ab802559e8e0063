"""The colours can be read: WCAG 2 contrast against every ground that they stand on."""

import pytest
from PySide6.QtGui import QColor

from pos_client.ui.tokens import COMPACT, DARK, LIGHT, MEDIUM, WIDE, Role, measures

GROUNDS = (Role.CANVAS, Role.PANEL, Role.SUNK, Role.TINT)
TEXTS = [
    *((role, ground) for role in (Role.INK, Role.SOFT, Role.DIM, Role.ACCENT) for ground in GROUNDS[:3]),
    *((role, Role.TINT) for role in (Role.INK, Role.SOFT, Role.ACCENT)),
    *((role, ground) for role in (Role.OK, Role.WARN, Role.STOP) for ground in (Role.CANVAS, Role.PANEL)),
    (Role.INK, Role.WARN_GROUND),
    (Role.INK, Role.STOP_GROUND),
    (Role.WARN, Role.WARN_GROUND),
    (Role.STOP, Role.STOP_GROUND),
    (Role.SOFT, Role.WARN_GROUND),
    (Role.SOFT, Role.STOP_GROUND),
    (Role.ON_ACCENT, Role.ACCENT),
    (Role.ON_ACCENT, Role.FUND_1),
    (Role.ON_ACCENT, Role.FUND_2),
    (Role.ON_AMBER, Role.AMBER),
]


def _luminance(colour: str) -> float:
    def part(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4

    made = QColor(colour)
    return 0.2126 * part(made.red()) + 0.7152 * part(made.green()) + 0.0722 * part(made.blue())


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read_on_its_ground(colours: dict[Role, str], text: Role, ground: Role) -> None:
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", [Role.CANVAS, Role.PANEL, Role.SUNK])
def test_edges_can_be_seen(colours: dict[Role, str], ground: Role) -> None:
    assert contrast(colours[Role.EDGE], colours[ground]) >= 3


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_role_has_its_colour(colours: dict[Role, str]) -> None:
    assert set(colours) == set(Role)


@pytest.mark.parametrize(
    ("width", "height", "wanted"),
    [
        (1366, 768, WIDE),
        (1920, 1080, WIDE),
        (1280, 640, WIDE),
        (1279, 768, MEDIUM),
        (1024, 768, MEDIUM),
        (960, 640, MEDIUM),
        (960, 540, COMPACT),
        (1920, 639, COMPACT),
        (959, 900, COMPACT),
    ],
)
def test_the_measures_follow_the_room(width: int, height: int, wanted: object) -> None:
    assert measures(width, height) is wanted
