"""A sheet that is a whole centre: pieces from the top down in the measures of the window."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.ui.kit.sheet import Piece, Sheet
from pos_client.ui.tokens import measures


class PageSheet(QWidget):
    """May have the focus, so that keys come to the page."""

    def __init__(self, name: str, pieces: Callable[[], Sequence[Piece]]) -> None:
        super().__init__()
        self._pieces = pieces
        self._sheet = Sheet(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._sheet, 1)

    def text(self) -> str:
        """All that stands in it."""
        return self._sheet.text()

    def refresh(self) -> None:
        """Asks for the pieces again."""
        window = self.window()
        self._sheet.fill(self._pieces(), measures(window.width(), window.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other measures in another size."""
        super().resizeEvent(event)
        self.refresh()
