"""What the panel looks like: nothing cut off in any language at any size, light and dark, every key told."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from hardware_sim.panel import theme
from hardware_sim.panel.key_button import KeyButton
from hardware_sim.panel.theme import DARK, LIGHT, Colours
from hardware_sim.panel.words import Language

from .conftest import Panel

KEYS = Qt.Key


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> Language:
    chosen: Language = request.param
    return chosen


@pytest.fixture(autouse=True)
def light_again() -> Iterator[None]:
    yield
    theme.use(dark=False)


def cut_off(window: QWidget) -> list[str]:
    """Labels, buttons and fields that show less than all of themselves."""
    whole = window.rect()
    found = []
    for part in window.findChildren(QWidget):
        if not part.isVisible() or not isinstance(part, QLabel | QAbstractButton | QLineEdit):
            continue
        where = QRect(part.mapTo(window, QPoint()), part.size())
        needed = part.sizeHint() if not isinstance(part, QLineEdit) else part.minimumSizeHint()
        text = QFontMetrics(part.font()).horizontalAdvance(part.text()) if isinstance(part, QLineEdit) else 0
        if not whole.contains(where) or part.width() < max(needed.width(), text) or part.height() < needed.height():
            found.append(part.text())
    return found


@pytest.mark.parametrize(("width", "height"), [(480, 640), (960, 540), (1366, 768)])
def test_nothing_is_cut_off(panel: Panel, width: int, height: int) -> None:
    window = panel.window
    window.setMinimumSize(width, height)
    panel.press(KEYS.Key_F7)
    panel.bot.waitUntil(lambda: bool(window.person_page.voucher), timeout=60_000)
    for page in (KEYS.Key_F1, KEYS.Key_F11):
        panel.press(page)
        window.resize(width, height)
        panel.bot.waitUntil(lambda: (window.width(), window.height()) == (width, height))
        assert cut_off(window) == []


def test_a_narrow_window_shows_one_page_and_a_wide_one_both(panel: Panel) -> None:
    persons, bureau = panel.window.person_page, panel.window.bureau_page
    panel.press(KEYS.Key_F11)
    assert (persons.isVisible(), bureau.isVisible()) == (False, True)
    assert bureau.rows.hasFocus()
    panel.press(KEYS.Key_Escape)
    assert (persons.isVisible(), bureau.isVisible()) == (True, False)
    assert persons.rows.hasFocus()
    panel.window.resize(1000, 700)
    panel.bot.waitUntil(lambda: persons.isVisible() and bureau.isVisible())


def test_every_action_has_a_key_of_its_own_that_is_shown(panel: Panel) -> None:
    keys = [button.key for button in panel.window.findChildren(KeyButton)]
    assert sorted(keys, key=lambda key: int(key[1:])) == [f"F{number}" for number in range(1, 12)]


def test_nothing_chinese_is_said_in_english_but_names(panel: Panel, language: Language) -> None:
    panel.press(KEYS.Key_F2, KEYS.Key_F4, KEYS.Key_F3, KEYS.Key_F11, KEYS.Key_Return)
    names = "".join(one.card.name for one in panel.window.person_page.persons.values())
    shown = [part.text() for part in panel.window.findChildren(QLabel)] + panel.window.log.lines
    shown += [button.text() for button in panel.window.findChildren(KeyButton)]
    chinese = [text for text in shown if set(re.findall(r"[\u4e00-\u9fff]", text)) - set(names)]
    assert bool(chinese) == (language == "zh")


def _luminance(colour: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("to", [LIGHT, DARK])
def test_text_can_be_read_on_every_ground_that_it_stands_on(to: Colours) -> None:
    for ink in (to.ink, to.soft, to.accent, to.dim, to.warn):
        for ground in (to.canvas, to.panel, to.tint):
            assert _contrast(ink, ground) >= 4.5 or (ink, ground) == (to.dim, to.tint)
    assert _contrast(to.on_accent, to.accent) >= 4.5
    assert _contrast(to.warn, to.warn_ground) >= 4.5
    assert _contrast(to.edge, to.canvas) >= 3


def test_dark_is_another_picture(panel: Panel) -> None:
    bright = panel.window.grab().toImage().pixelColor(4, 4)
    theme.use(dark=True)
    dusky = panel.window.grab().toImage().pixelColor(4, 4)
    assert (bright.name().upper(), dusky.name().upper()) == (LIGHT.canvas, DARK.canvas)
