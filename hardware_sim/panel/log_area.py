"""The foot of the window: what has happened, or instead of it what reader and card say to each other."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hardware_sim.panel import theme, words
from hardware_sim.panel.key_button import KeyButton
from hardware_sim.panel.labels import label
from hardware_sim.panel.log_view import LogView
from hardware_sim.panel.talk_view import TalkView
from hardware_sim.saying import Language


class LogArea(QWidget):
    """The log and the card's talk, one of them at a time."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.setObjectName("log")
        self._language: Language = language
        self.log = LogView(language)
        self.talk = TalkView(language)
        self.show_talk = KeyButton("Ctrl+9", words.TALK.said(language), small=True)
        self.show_raw = KeyButton("Ctrl+0", words.RAW.said(language), small=True)
        for key in (self.show_talk, self.show_raw):
            key.setCheckable(True)
        self._title = label(words.LOG.said(language))
        self._views = QStackedWidget()
        self._views.addWidget(self.log)
        self._views.addWidget(self.talk)
        self._arrange()
        self.show_talk.toggled.connect(self._turn)
        self.show_raw.toggled.connect(self._show_bytes)
        self._turn(talk=False)

    def _turn(self, talk: bool) -> None:
        self._views.setCurrentWidget(self.talk if talk else self.log)
        self._title.setText((words.TALK if talk else words.LOG).said(self._language))

    def _show_bytes(self, raw: bool) -> None:
        self.talk.show_raw(raw=raw)
        self.show_talk.setChecked(self.show_talk.isChecked() or raw)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.GRID_PX)
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self.show_talk)
        head.addWidget(self.show_raw)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PADDING_PX, theme.GRID_PX, theme.PADDING_PX, 0)
        column.setSpacing(theme.GRID_PX // 2)
        column.addLayout(head)
        column.addWidget(self._views)
