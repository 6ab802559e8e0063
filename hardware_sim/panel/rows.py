"""A list whose rows have a title, a sentence under it and a state at the right."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from hardware_sim.panel import theme

_REMARK: Final = Qt.ItemDataRole.UserRole
_STATE: Final = Qt.ItemDataRole.UserRole + 1
_MARGIN_PX: Final = 8
_LEAST_HEIGHT_PX: Final = 84
_WRAPPED: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop

Index = QModelIndex | QPersistentModelIndex


class Rows(QListWidget):
    """Rows that are known by a name each."""

    def __init__(self, name: str, least_height_px: int = _LEAST_HEIGHT_PX) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(_Painter(self))
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(least_height_px)
        self._rows: dict[str, QListWidgetItem] = {}

    def add_heading(self, text: str) -> None:
        """The name of the rows that follow; the keys pass over it."""
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)

    def add_row(self, name: str, title: str, remark: str) -> None:
        """One more row at the end; the first one is chosen."""
        item = QListWidgetItem(title)
        item.setData(_REMARK, remark)
        item.setData(_STATE, "")
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, remark)
        self.addItem(item)
        self._rows[name] = item
        if len(self._rows) == 1:
            self.setCurrentItem(item)

    @property
    def chosen(self) -> str:
        """The name of the row that the keys act on."""
        return next(name for name, item in self._rows.items() if item is self.currentItem())

    def choose(self, name: str) -> None:
        """Lets the keys act on this row."""
        self.setCurrentItem(self._rows[name])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home goes to the first row, though a heading stands above it."""
        if event.key() == Qt.Key.Key_Home:
            self.choose(next(iter(self._rows)))
            self.scrollToTop()
        else:
            super().keyPressEvent(event)

    def state_of(self, name: str) -> str:
        """What stands at the right of a row."""
        return str(self._rows[name].data(_STATE))

    def show_state(self, name: str, state: str) -> None:
        """Shows a state at the right of a row; empty: none."""
        self._rows[name].setData(_STATE, state)


class _Painter(QStyledItemDelegate):
    """Draws a row: the sentence wraps, the chosen row has a border."""

    def __init__(self, rows: Rows) -> None:
        super().__init__(rows)
        self._rows = rows

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the title and the sentence in the list's width."""
        del option
        width = self._rows.viewport().width()
        if _is_heading(index):
            return QSize(width, _title_height() + _MARGIN_PX)
        room = QRect(0, 0, width - 2 * _MARGIN_PX, 1000)
        remark = QFontMetrics(theme.font()).boundingRect(room, int(_WRAPPED), str(index.data(_REMARK)))
        return QSize(width, _title_height() + remark.height() + 2 * _MARGIN_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one row."""
        to = theme.colours()
        where: QRect = option.rect
        if _is_heading(index):
            self._paint_heading(painter, where, index)
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(where, QColor(to.tint if chosen else to.panel))
        painter.setPen(QPen(QColor(to.line), 1))
        painter.drawLine(where.bottomLeft(), where.bottomRight())
        if chosen:
            painter.setPen(QPen(QColor(to.accent if self._rows.hasFocus() else to.edge), 2))
            painter.drawRect(where.adjusted(1, 1, -1, -1))
        inner = where.adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
        painter.setFont(theme.font(bold=True))
        painter.setPen(QColor(to.ink))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft, index.data(Qt.ItemDataRole.DisplayRole))
        painter.setPen(QColor(to.warn))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight, index.data(_STATE))
        painter.setFont(theme.font())
        painter.setPen(QColor(to.soft))
        painter.drawText(inner.adjusted(0, _title_height(), 0, 0), int(_WRAPPED), index.data(_REMARK))
        painter.restore()

    def _paint_heading(self, painter: QPainter, where: QRect, index: Index) -> None:
        to = theme.colours()
        painter.save()
        painter.fillRect(where, QColor(to.canvas))
        painter.setFont(theme.font(bold=True))
        painter.setPen(QColor(to.soft))
        inner = where.adjusted(_MARGIN_PX, 0, -_MARGIN_PX, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, index.data(Qt.ItemDataRole.DisplayRole))
        painter.restore()


def _is_heading(index: Index) -> bool:
    return index.data(_REMARK) is None


def _title_height() -> int:
    return QFontMetrics(theme.font(bold=True)).height()
