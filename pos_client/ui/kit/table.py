"""Tables: bills, charges, people. Rows of one height, figures at the right, one row selected at most."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from pos_client.ui import theme, tokens
from pos_client.ui.kit import drawing
from pos_client.ui.kit.drawing import LEFT, RIGHT
from pos_client.ui.kit.sign import ROLES, Sign, paint_sign
from pos_client.ui.tokens import Role

AIR = 8
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in pixels (0: all that is left), whether figures stand in it.

    ``narrow`` is its width where room is short; below that the second line of a cell goes first.
    """

    title: str
    width: int = 0
    right: bool = False
    narrow: int | None = None


@dataclass(frozen=True, slots=True)
class Swatch:
    """A square in the colours of a part of a bill: its lower part, in 1/1000 of it, is the fund's."""

    own: Role
    fund: Role
    fund_per_mille: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: a text, more in a softer colour after it, a sign before it."""

    text: str
    soft: str = ""
    sign: Sign | None = None
    role: Role = Role.INK
    bold: bool = False
    small: bool = False
    soft_goes: bool = False
    """Whether the soft part goes where room is short."""
    swatch: Swatch | None = None
    soft_at: int = 0
    """From which pixel on the soft part stands at the earliest, so that it is a column of its own."""

    def spoken(self) -> str:
        """What a screen reader says."""
        return f"{self.text} {self.soft}".strip()


Row = tuple[Cell, ...]


class _Model(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: tuple[Row, ...] = ()

    def fill(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's default)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's default)
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.rows[index.row()][index.column()].spoken()
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None


class _Head(QHeaderView):
    """Titles in the soft colour over a rule."""

    def __init__(self, table: "Table") -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setFixedHeight(tokens.TABLE_HEAD)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(8)

    def paintSection(self, painter: QPainter, rect: QRect, index: int) -> None:
        """One title."""
        column = self._table.columns[index]
        painter.fillRect(rect, theme.colour(self._table.ground))
        box = self._table.inside(rect, index)
        drawing.text(painter, box, column.title, role=Role.SOFT, align=RIGHT if column.right else LEFT)
        air, last = AIR, len(self._table.columns) - 1
        left, right = rect.left() + (air if index == 0 else 0), rect.right() - (air if index == last else 0)
        drawing.hairline(painter, left, right, rect.bottom(), Role.EDGE)


class _Delegate(QStyledItemDelegate):
    """Paints one cell."""

    def __init__(self, table: "Table") -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every row is as high as the others."""
        del option, index
        return QSize(8, tokens.TABLE_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, text, hairline; the border of the selected row."""
        table = self._table
        cell: Cell = table.row_at(index.row())[index.column()]
        rect = option.rect
        chosen = index.row() == table.selected
        if chosen:
            painter.fillRect(rect, theme.colour(Role.TINT))
        self._cell(painter, table.inside(rect, index.column()), cell, table.columns[index.column()])
        if chosen:
            self._frame(painter, rect, index.column())
        else:
            drawing.hairline(painter, *self._line(rect, index.column()), rect.bottom())

    def _line(self, rect: QRect, column: int) -> tuple[int, int]:
        """From where to where a hairline goes: it keeps to the words, not to their air."""
        air, last = AIR, column == len(self._table.columns) - 1
        return rect.left() + (air if column == 0 else 0), rect.right() - (air if last else 0)

    def _frame(self, painter: QPainter, rect: QRect, column: int) -> None:
        """The border of the selected row: focus is never shown by a ground alone."""
        colour, last = theme.colour(Role.ACCENT), column == len(self._table.columns) - 1
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), colour)
        painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), colour)
        if column == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), colour)
        if last:
            painter.fillRect(QRect(rect.right() - 1, rect.top(), 2, rect.height()), colour)

    def _cell(self, painter: QPainter, box: QRect, cell: Cell, column: Column) -> None:
        size = tokens.TEXT_PX if cell.small else tokens.FIGURE_PX
        role = ROLES[cell.sign] if cell.sign is not None and cell.role is Role.INK else cell.role
        if cell.sign is not None:
            paint_sign(painter, cell.sign, QRectF(box.left(), box.center().y() - 7, 16, 16))
            box = box.adjusted(22, 0, 0, 0)
        if cell.swatch is not None:
            _paint_swatch(painter, cell.swatch, QRect(box.left(), box.center().y() - 5, 12, 12))
            box = box.adjusted(28, 0, 0, 0)
        if column.right:
            if drawing.width_of(cell.text, size, cell.bold) > box.width():
                size = tokens.TEXT_PX
            drawing.text(painter, box, cell.text, role=role, size_px=size, bold=cell.bold, align=RIGHT, whole=True)
            return
        soft = "" if cell.soft_goes and not self._table.roomy else cell.soft
        taken = drawing.text(painter, box, cell.text, role=role, size_px=size, bold=cell.bold)
        gap = 8 if cell.small or cell.sign is not None or len(cell.text) <= 2 else 12
        rest = box.adjusted(max(taken + gap, cell.soft_at if self._table.roomy else 0), 0, 0, 0)
        if soft and rest.width() > 24:
            drawing.text(painter, rest, soft, role=Role.SOFT)


def _paint_swatch(painter: QPainter, swatch: Swatch, box: QRect) -> None:
    blue = box.height() * swatch.fund_per_mille // 1000
    drawing.box(painter, QRectF(box), swatch.own, None, 0, tokens.RADIUS_SMALL)
    if blue:
        drawing.box(painter, QRectF(box.adjusted(0, box.height() - blue, 0, 0)), swatch.fund, None, 0, 0)


class Table(QTableView):
    """Rows under a head; the page moves the selection, the keyboard focus stays in its field."""

    clicked_row = Signal(int)

    def __init__(self, name: str, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.selected: int | None = None
        self.roomy = True
        self.ground = Role.PANEL
        self._in_sight = QTimer(self)
        self._in_sight.setSingleShot(True)
        self._in_sight.setInterval(0)
        self._in_sight.timeout.connect(self._bring_in_sight)
        self._model = _Model(columns, self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalHeader(_Head(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(tokens.TABLE_ROW)
        self.verticalHeader().setMinimumSectionSize(tokens.TABLE_ROW)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName(name)
        self.clicked.connect(lambda index: self.clicked_row.emit(index.row()))

    @property
    def rows(self) -> tuple[Row, ...]:
        """What stands in it."""
        return self._model.rows

    def row_at(self, number: int) -> Row:
        """One row."""
        return self._model.rows[number]

    def fill(self, rows: Sequence[Row], selected: int | None = None) -> None:
        """Shows these rows; the selected one, else the last, is in sight."""
        before, same = self.selected, tuple(rows) == self._model.rows
        if not same:
            self._model.fill(rows)
            self._set_widths()
        self.selected = selected if selected is not None and 0 <= selected < len(self._model.rows) else None
        if not same or before != self.selected:
            self._bring_in_sight()
        if same:
            for row in {before, self.selected} - {None}:
                self._paint_again(row or 0)
        else:
            self.viewport().update()

    def _paint_again(self, row: int) -> None:
        """One row alone: an arrow key changes two of them."""
        self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), tokens.TABLE_ROW)

    def _bring_in_sight(self) -> None:
        shown = self.selected if self.selected is not None else len(self._model.rows) - 1
        if shown >= 0:
            self.scrollTo(self._model.index(shown, 0))

    def inside(self, rect: QRect, column: int) -> QRect:
        """The part of a cell in which text stands: words keep clear of figures before them."""
        after_figures = column > 0 and self.columns[column - 1].right and not self.columns[column].right
        left = AIR if column == 0 else 28 if after_figures and self.roomy else 12 if after_figures else 4
        last = column == len(self.columns) - 1
        beside_bar = -12 if self.verticalScrollBar().isVisible() else -AIR
        return rect.adjusted(left, 0, beside_bar if last else -4, 0)

    def needed_height(self) -> int:
        """Head and all rows."""
        return tokens.TABLE_HEAD + tokens.TABLE_ROW * len(self._model.rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns of figures keep their width, the one without a width takes the rest."""
        super().resizeEvent(event)
        self._set_widths()
        self._in_sight.start()  # once the rest of the page has its place

    def updateGeometries(self) -> None:
        """No row is cut: what is left below the last whole row stays empty."""
        super().updateGeometries()
        margins = self.viewportMargins()
        whole = self.height() - margins.top()
        cut = whole % tokens.TABLE_ROW if whole > tokens.TABLE_ROW else 0
        if cut != margins.bottom():
            self.setViewportMargins(margins.left(), margins.top(), margins.right(), cut)

    def _set_widths(self) -> None:
        room = self.viewport().width()
        self.roomy = room >= 600
        widths = [self._width_of(number) for number in range(len(self.columns))]
        rest = max(room - sum(widths), 40)
        for number, width in enumerate(widths):
            self.setColumnWidth(number, width or rest)

    def _width_of(self, number: int) -> int:
        """What a column wants; one of figures grows with them, for a figure is never cut."""
        column = self.columns[number]
        wanted = column.narrow if column.narrow is not None and not self.roomy else column.width
        if not column.right or not wanted:
            return wanted
        longest = max((row[number] for row in self._model.rows), key=lambda cell: len(cell.text), default=Cell(""))
        around = 20 if number == len(self.columns) - 1 else 12
        return max(wanted, drawing.width_of(longest.text, tokens.TEXT_PX, longest.bold) + around)


def aired(widget: QWidget) -> QHBoxLayout:
    """Lays a widget out beside a table's words: the table has air around them, so that a selected row stands out."""
    layout = QHBoxLayout()
    layout.setContentsMargins(AIR, 0, AIR, 0)
    layout.addWidget(widget)
    return layout
