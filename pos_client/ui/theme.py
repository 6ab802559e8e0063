"""The tokens as Qt wants them: colours, fonts and the few rules of style for Qt's own widgets."""

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from pos_client.ui import tokens
from pos_client.ui.tokens import Role


class _Ground:
    """Which of the two sets of colours is in use; one for the whole program."""

    dark = False
    as_system = False


def use(name: str) -> None:
    """Takes the colours ``light``, ``dark``, or with ``auto`` those of the system."""
    hints = QGuiApplication.styleHints()
    _Ground.as_system = name == "auto"
    _Ground.dark = name == "dark" or (name == "auto" and hints.colorScheme() is Qt.ColorScheme.Dark)
    colour.cache_clear()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setPalette(_palette())
    app.setStyleSheet(_sheet())
    app.setFont(font(tokens.TEXT_PX))


def as_system() -> bool:
    """Whether the colours are those of the system."""
    return _Ground.as_system


@cache
def colour(role: Role) -> QColor:
    """The colour of a role on today's ground."""
    return QColor((tokens.DARK if _Ground.dark else tokens.LIGHT)[role])


@cache
def family() -> str:
    """The first of the wanted families that is installed, else the system's own."""
    present = set(QFontDatabase.families())
    own = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return next((one for one in tokens.FAMILIES if one in present), own)


@cache
def font(size_px: int, bold: bool = False) -> QFont:
    """The window's font, its figures of one width."""
    made = QFont(family())
    made.setPixelSize(size_px)
    made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    made.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    if tag := QFont.Tag.fromString("tnum"):
        made.setFeature(tag, 1)
    return made


@cache
def metrics(size_px: int, bold: bool = False) -> QFontMetrics:
    """How wide and high text of that size is."""
    return QFontMetrics(font(size_px, bold))


def _palette() -> QPalette:
    made = QPalette()
    for place, role in (
        (QPalette.ColorRole.Window, Role.CANVAS),
        (QPalette.ColorRole.WindowText, Role.INK),
        (QPalette.ColorRole.Base, Role.PANEL),
        (QPalette.ColorRole.AlternateBase, Role.PANEL),
        (QPalette.ColorRole.Text, Role.INK),
        (QPalette.ColorRole.Button, Role.PANEL),
        (QPalette.ColorRole.ButtonText, Role.INK),
        (QPalette.ColorRole.Highlight, Role.ACCENT),
        (QPalette.ColorRole.HighlightedText, Role.ON_ACCENT),
        (QPalette.ColorRole.PlaceholderText, Role.DIM),
    ):
        made.setColor(place, colour(role))
    return made


def _sheet() -> str:
    """Rules for Qt's own widgets; everything else is painted by the kit."""
    said = {role.name.lower(): colour(role).name() for role in Role}
    return """
QScrollBar:vertical {{ background: transparent; width: 8px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {edge}; border-radius: 4px; min-height: 24px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ background: none; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; height: 0; }}
QToolTip {{ background: {panel}; color: {ink}; border: 1px solid {edge}; padding: 4px; }}
""".format(**said)
