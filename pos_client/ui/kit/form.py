"""A short form in the centre: what it is for, a few fields one under the other, what there is to know."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.ui.kit.fields import Field
from pos_client.ui.kit.sheet import Piece, Sheet
from pos_client.ui.tokens import measures

#: Wide enough for the longest label with eighteen places beside it.
FORM_WIDTH = 560
_FORWARD = (Qt.Key.Key_Tab, Qt.Key.Key_Down)
_BACK = (Qt.Key.Key_Backtab, Qt.Key.Key_Up)


class Form(QWidget):
    """Enter goes to the next field; from the last field it means that all is entered."""

    done = Signal()
    """Enter on the last field."""

    def __init__(self, name: str, fields: Sequence[Field]) -> None:
        super().__init__()
        self._fields = tuple(fields)
        self._above_pieces: Sequence[Piece] = ()
        self._below_pieces: Sequence[Piece] = ()
        self.current = self._fields[0]
        self.setAccessibleName(name)
        self._above, self._below = Sheet(name), Sheet(name)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._above)
        for field in self._fields:
            self._layout.addWidget(field)
            field.entered.connect(self._entered)
        self._layout.addWidget(self._below)
        self._layout.addStretch(1)
        for sheet in (self._above, self._below):
            sheet.set_padding(0)

    def show_words(self, above: Sequence[Piece], below: Sequence[Piece]) -> None:
        """What stands over the fields and under them."""
        self._above_pieces, self._below_pieces = above, below
        self._refresh()

    def words(self) -> str:
        """All that stands over the fields and under them, as a screen reader would say it."""
        return "\n".join((self._above.text(), self._below.text()))

    def go_to(self, field: Field) -> None:
        """The cursor goes to a field; what stands in it is chosen, so that typing takes its place."""
        self.current = field
        field.setFocus()
        field.edit.selectAll()

    def pressed(self, event: QKeyEvent) -> bool:
        """Tab and the arrows go from field to field; whether the key was one of them."""
        if event.key() not in (*_FORWARD, *_BACK):
            return False
        self._step(1 if event.key() in _FORWARD else -1)
        return True

    def _shown(self) -> list[Field]:
        return [field for field in self._fields if not field.isHidden()]

    def _step(self, by: int) -> None:
        shown = self._shown()
        at = shown.index(self.current) if self.current in shown else 0
        self.go_to(shown[min(max(at + by, 0), len(shown) - 1)])

    def _entered(self) -> None:
        if self.current is self._shown()[-1]:
            self.done.emit()
        else:
            self._step(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other measures in another size; the fields stay as wide as what is typed into them."""
        super().resizeEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        window = self.window()
        m = measures(window.width(), window.height())
        right = max(self.width() - m.padding - FORM_WIDTH, m.padding)
        self._layout.setContentsMargins(m.padding, 0, right, 8)
        width = max(self.width() - m.padding - right, 120)
        for sheet, pieces in ((self._above, self._above_pieces), (self._below, self._below_pieces)):
            sheet.fill(pieces, m)
            sheet.setFixedHeight(sheet.needed_height(width))
