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
from hardware_sim.saying import Language

from .conftest import LONGEST_WAIT_MS, Panel

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
    panel.bot.waitUntil(lambda: bool(window.person_page.voucher), timeout=LONGEST_WAIT_MS)
    for turn in (KEYS.Key_F1, KEYS.Key_F11, None):
        if turn is None:
            panel.press_with_control(KEYS.Key_1)
        else:
            panel.press(turn)
        window.resize(width, height)
        panel.bot.waitUntil(lambda: (window.width(), window.height()) == (width, height))
        panel.bot.waitUntil(lambda: cut_off(window) == [], timeout=LONGEST_WAIT_MS)


def test_a_narrow_window_shows_one_page_and_wider_ones_more(panel: Panel) -> None:
    window = panel.window
    persons, reader, bureau = window.person_page, window.reader_page, window.bureau_page

    def shown() -> tuple[bool, bool, bool]:
        return persons.isVisible(), reader.isVisible(), bureau.isVisible()

    panel.press(KEYS.Key_F11)
    assert shown() == (False, False, True)
    assert bureau.rows.hasFocus()
    panel.press_with_control(KEYS.Key_1)
    assert shown() == (False, True, False)
    assert reader.rows.hasFocus()
    panel.press(KEYS.Key_Escape)
    assert shown() == (True, False, False)
    assert persons.rows.hasFocus()
    window.resize(1000, 700)
    panel.bot.waitUntil(lambda: shown() == (True, True, False))
    panel.press(KEYS.Key_F11)
    assert shown() == (True, False, True)
    window.resize(1500, 800)
    panel.bot.waitUntil(lambda: shown() == (True, True, True))


def test_every_action_has_a_key_of_its_own_that_is_shown(panel: Panel) -> None:
    buttons = sorted(button.key for button in panel.window.findChildren(KeyButton))
    assert buttons == sorted(
        [*(f"F{number}" for number in range(1, 12)), *(f"Ctrl+{n}" for n in (*range(4), *range(5, 10)))]
    )
    caps = {part.text() for part in panel.window.findChildren(QLabel) if part.objectName() == "cap"}
    assert caps == {"F1", "F11", "F12", "Ctrl+1", "Ctrl+4"}


def test_nothing_chinese_is_said_in_english_but_names(panel: Panel, language: Language) -> None:
    panel.press(KEYS.Key_F2, KEYS.Key_F4, KEYS.Key_F3, KEYS.Key_F6, KEYS.Key_F11, KEYS.Key_Return)
    panel.press_with_control(KEYS.Key_2, KEYS.Key_2, KEYS.Key_3, KEYS.Key_5, KEYS.Key_6, KEYS.Key_1)
    for _ in range(panel.window.reader_page.rows.count()):
        panel.press(KEYS.Key_Return, KEYS.Key_Down)
    panel.read_by_hand()
    names = "".join(one.card.name for one in panel.window.person_page.persons.values())
    shown = [part.text() for part in panel.window.findChildren(QLabel)] + panel.window.log.lines
    shown += panel.window.foot.talk.lines
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
