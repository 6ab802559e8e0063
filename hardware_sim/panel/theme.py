"""How the panel looks: colours for light and dark, two sizes of type, a grid of 8 px."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

TEXT_PX: Final = 14
FIGURE_PX: Final = 16
GRID_PX: Final = 8
PADDING_PX: Final = 16
KEY_PX: Final = 40
RADIUS_PX: Final = 4
_FAMILIES: Final = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei UI", "PingFang SC", "WenQuanYi Micro Hei", "sans-serif",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours by what they are for. Text keeps 4.5 : 1 on every ground that it stands on, edges 3 : 1."""

    canvas: str
    panel: str
    line: str
    edge: str
    ink: str
    soft: str
    dim: str
    accent: str
    on_accent: str
    tint: str
    ok: str
    warn: str
    warn_ground: str
    stop: str


LIGHT: Final = Colours(
    canvas="#F5F4F0", panel="#FFFFFF", line="#DEDBD3", edge="#7E848A", ink="#1B2026", soft="#565D64", dim="#62686E",
    accent="#1D4F7C", on_accent="#FFFFFF", tint="#E9F0F6", ok="#1D6E45", warn="#8A5300", warn_ground="#FCEFD2",
    stop="#B3261E",
)  # fmt: skip
DARK: Final = Colours(
    canvas="#14181C", panel="#1B2025", line="#2E353C", edge="#7B858E", ink="#E9EBED", soft="#A9B2BA", dim="#8B949C",
    accent="#86B7E6", on_accent="#0E1B27", tint="#1E2D3B", ok="#74C69A", warn="#E8B75A", warn_ground="#362A12",
    stop="#F2938B",
)  # fmt: skip


def colours() -> Colours:
    """The colours in use."""
    return DARK if _app().property("dark") else LIGHT


def use(*, dark: bool) -> None:
    """Puts the colours to use in everything that is shown."""
    app = _app()
    app.setProperty("dark", dark)
    app.setFont(font())
    app.setPalette(_palette(colours()))
    app.setStyleSheet(_sheet(colours()))


def font(size_px: int = TEXT_PX, *, bold: bool = False) -> QFont:
    """The panel's font."""
    made = QFont(list(_FAMILIES))
    made.setPixelSize(size_px)
    made.setBold(bold)
    return made


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication), "the application comes before its look"
    return app


def _palette(to: Colours) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, to.canvas),
        (roles.WindowText, to.ink),
        (roles.Base, to.panel),
        (roles.Text, to.ink),
        (roles.Button, to.panel),
        (roles.ButtonText, to.ink),
        (roles.PlaceholderText, to.soft),
        (roles.Highlight, to.accent),
        (roles.HighlightedText, to.on_accent),
    ):
        palette.setColor(role, colour)
    return palette


def _sheet(to: Colours) -> str:
    return f"""
        #strip, #log {{ background: {to.canvas}; }}
        #page {{ background: {to.panel}; }}
        #heading {{ font-size: {FIGURE_PX}px; font-weight: bold; }}
        #soft {{ color: {to.soft}; }}
        #cap {{
            font-weight: bold; border: 1px solid {to.edge}; border-bottom-width: 2px; border-radius: {RADIUS_PX}px;
            padding: 1px 6px;
        }}
        #figure {{ font-size: {FIGURE_PX}px; font-weight: bold; }}
        QListWidget {{ background: {to.panel}; border: 1px solid {to.line}; outline: none; }}
        #log QListWidget {{ background: {to.canvas}; border: none; }}
        #log QListWidget::item:selected {{ background: {to.tint}; color: {to.ink}; }}
        QLineEdit, QComboBox {{
            background: {to.panel}; color: {to.ink}; border: 1px solid {to.edge}; border-radius: {RADIUS_PX}px;
            min-height: 30px; padding: 0 8px; font-size: {FIGURE_PX}px;
        }}
        QLineEdit:focus, QComboBox:focus, QListWidget:focus {{ border: 2px solid {to.accent}; }}
        QLineEdit:focus, QComboBox:focus {{ background: {to.tint}; padding: 0 7px; }}
        QLineEdit:read-only {{ background: {to.canvas}; padding: 0 4px; }}
        QComboBox::drop-down {{ border: none; width: 24px; }}
        QComboBox QAbstractItemView {{
            background: {to.panel}; color: {to.ink}; border: 1px solid {to.edge};
            selection-background-color: {to.tint}; selection-color: {to.ink};
        }}
        QScrollBar:vertical {{ background: transparent; width: 8px; margin: 0; }}
        QScrollBar::handle:vertical {{ background: {to.edge}; border-radius: 4px; min-height: 24px; }}
        QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
            background: none; height: 0;
        }}
    """
