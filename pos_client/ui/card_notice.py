"""Brings a card that was put in to the page that takes it; until one is in front, the card waits."""

from PySide6.QtCore import QObject

from pos_client.ui.card_watch import CardWatch
from pos_client.ui.frame.window import Window


class CardNotice(QObject):
    """The card in the reader, as the pages hear of it."""

    def __init__(self, watch: CardWatch, window: Window, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._waits = False
        watch.came.connect(self._came)
        watch.went.connect(self._went)

    def _came(self) -> None:
        self._waits = True
        self.serve()

    def serve(self) -> None:
        """Tells the page in front of a card that waits; one that came while no page took it is not asked for again."""
        if self._waits and self._window.page.takes_cards:
            self._waits = False
            self._window.page.card_came()

    def _went(self) -> None:
        self._waits = False
        self._window.page.card_went()
