"""A window without a desk: a page that says what it is told to, and the little that it needs of the program."""

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.phrase import Language
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit.fields import Field, Kind
from pos_client.ui.kit.headings import Heading
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.lane import Lane
from pos_client.ui.shell import Shell


class SmallShell:
    """A lane and a language."""

    def __init__(self) -> None:
        self.desk = Lane("desk")
        self.language: Language = "zh"

    def refresh_strip(self) -> None:
        """There is nothing to count."""


class SmallPage(Page):
    """Two fields; every key that it knows is noted."""

    def __init__(
        self, shell: SmallShell, title: str = "一页", known: Sequence[Key] = (Key.F5, Key.F8, Key.ESC)
    ) -> None:
        super().__init__(cast(Shell, shell))
        self.title, self.known = title, tuple(known)
        self.done: list[str] = []
        self.others: list[int] = []
        self.visits: list[str] = []
        self.scan, self.money = Field(Kind.SCAN, "扫码"), Field(Kind.MONEY, "实收")
        self.wanted: Field | None = self.scan
        self.below: QWidget | None = None
        self.scan.entered.connect(lambda: self.done.append(f"entered {self.scan.text}"))
        self.money.entered.connect(lambda: self.done.append(f"paid {self.money.text}"))
        self.centre = QWidget()
        layout = QVBoxLayout(self.centre)
        layout.addWidget(self.scan)
        layout.addWidget(self.money)

    def left(self) -> Sequence[Piece]:
        return (Heading(self.title),)

    def right(self) -> Sequence[Piece]:
        return (Heading(f"{self.title} 应收"),)

    def band(self) -> Sequence[BandPart]:
        return (BandPart(self.title, name=True),)

    def foot(self) -> QWidget | None:
        return self.below

    def action(self) -> Action | None:
        return Action(Key.F8, "收款") if Key.F8 in self.known else None

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        return {key: lambda key=key: self.done.append(key.cap) for key in self.known}  # type: ignore[misc]

    def hint(self) -> Message:
        return Message(Sign.NOTE, f"{self.title}：请扫码。")

    def focus(self) -> QWidget | None:
        return self.wanted

    def pressed(self, event: QKeyEvent) -> bool:
        self.others.append(event.key())
        return False

    def scanned(self, code: str) -> None:
        self.done.append(f"scanned {code}")

    def shown(self) -> None:
        self.visits.append("shown")

    def hidden(self) -> None:
        self.visits.append("hidden")
