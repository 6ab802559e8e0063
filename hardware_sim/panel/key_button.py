"""A button that shows the key which presses it."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from hardware_sim.panel import theme

_CAP_HEIGHT_PX = 24
_SMALL_PX = 26
_SMALL_CAP_HEIGHT_PX = 18
_CAP_LEAST_WIDTH_PX = 28
_CAP_PADDING_PX = 6
_MARGIN_PX = 10


class KeyButton(QAbstractButton):
    """A key-cap and a word; ``main`` is the one next action of its page. Amber while it is checked.

    A ``small`` one turns how something is shown: it is only tinted while it is checked.
    """

    def __init__(self, key: str, text: str, *, main: bool = False, small: bool = False) -> None:
        super().__init__()
        self.key = key
        self._main = main
        self._small = small
        self._height_px = _SMALL_PX if small else theme.KEY_PX
        self._cap_height_px = _SMALL_CAP_HEIGHT_PX if small else _CAP_HEIGHT_PX
        self._current = False
        self.setText(text)
        self.setFont(theme.font(bold=True))
        self.setFixedHeight(self._height_px)
        wide = QSizePolicy.Policy.Fixed if small else QSizePolicy.Policy.MinimumExpanding
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setAccessibleDescription(key)

    def set_current(self, current: bool) -> None:
        """Marks the button of the page that is shown."""
        self._current = current
        self.update()

    def setText(self, text: str) -> None:
        """Another word beside the same key."""
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as cap and word."""
        word = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(_MARGIN_PX + self._cap_width() + _CAP_PADDING_PX + word + _MARGIN_PX, self._height_px)

    def minimumSizeHint(self) -> QSize:
        """A word is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws ground, cap and word, and a ring around them with the focus."""
        del event
        to = theme.colours()
        ground, ink, edge = self._colours()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _box(painter, QRectF(self.rect()), edge, ground, 2 if self.hasFocus() else 1)
            if self.hasFocus() and self._main:
                _box(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), to.on_accent, ground, 1)
            top = (self.height() - self._cap_height_px) // 2
            cap = QRect(_MARGIN_PX, top, self._cap_width(), self._cap_height_px)
            _box(painter, QRectF(cap), ink if self.isEnabled() else edge, ground, 1)
            painter.setPen(QColor(ink))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.key)
            word = self.rect().adjusted(cap.right() + 1 + _CAP_PADDING_PX, 0, 0, 0)
            painter.drawText(word, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _colours(self) -> tuple[str, str, str]:
        """Ground, ink and edge."""
        to = theme.colours()
        if not self.isEnabled():
            return to.panel, to.dim, to.line
        if self.isChecked() and not self._small:
            return to.warn_ground, to.warn, to.accent if self.hasFocus() else to.warn
        if self._main:
            return to.accent, to.on_accent, to.accent
        marked = self._current or self.hasFocus() or self.isChecked()
        return (to.tint if marked or self.isDown() else to.panel), to.accent, to.accent if marked else to.edge

    def _cap_width(self) -> int:
        return max(_CAP_LEAST_WIDTH_PX, QFontMetrics(self.font()).horizontalAdvance(self.key) + 2 * _CAP_PADDING_PX)


def _box(painter: QPainter, where: QRectF, edge: str, ground: str, width: int) -> None:
    half = width / 2
    painter.setPen(QPen(QColor(edge), width))
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(where.adjusted(half, half, -half, -half), theme.RADIUS_PX, theme.RADIUS_PX)
