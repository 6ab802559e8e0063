"""The centre of taking back: how far it is, what comes back of each line, why; afterwards, where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.desk.refund_draft import RefundDraft, shown
from pos_client.money import yuan_grouped
from pos_client.ui import tokens
from pos_client.ui.kit.framed import Framed
from pos_client.ui.kit.headings import Heading
from pos_client.ui.kit.options import Options
from pos_client.ui.kit.progress import Progress
from pos_client.ui.kit.rows import Gap, Words
from pos_client.ui.kit.sheet import Piece, Sheet
from pos_client.ui.kit.sign import Sign
from pos_client.ui.kit.table import AIR, Cell, Column, Row, Table, aired
from pos_client.ui.tokens import Role, measures
from pos_client.ui.words import refund as words
from pos_client.ui.words import sale as sale_words
from pos_client.ui.words import say


@dataclass(frozen=True, slots=True)
class Shown:
    """What the centre shows: the step of the act, the lines, the reasons, and which of both the keys go to."""

    id: str
    step: int
    sign: Sign
    draft: RefundDraft
    line: int | None
    reasons: tuple[str, ...]
    reason: int | None
    asks_reason: bool


def steps(step: int, sign: Sign) -> Progress:
    """The one line of the act."""
    return Progress((say(words.APPLY), say(words.CHECK), say(words.EXECUTE)), step, sign)


def _row(draft: RefundDraft, place: int) -> Row:
    line, back = draft.lines[place], draft.back[place]
    goes = bool(back)
    role = Role.ACCENT if goes else Role.DIM
    return (
        Cell(str(line.number), role=Role.SOFT, small=True),
        Cell(line.name, line.spec),
        Cell(line.price),
        Cell(f"× {shown(line.quantity)}"),
        Cell(f"× {shown(back)}" if goes else "—", role=role, bold=goes),
        Cell(yuan_grouped(draft.back_fen(place)) if goes else "—", role=role),
    )


class RefundCentre(QWidget):
    """Heading, steps, lines, reasons."""

    def __init__(self, reasons: str) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._stands: Sequence[Piece] = ()
        self.heading, self.why = Sheet(say(words.WHOLE)), Sheet(reasons)
        self.table = Table(
            say(words.BACK),
            [
                Column("#", 28),
                Column(say(sale_words.NAME)),
                Column(say(sale_words.PRICE), 88, right=True, narrow=64),
                Column(say(words.SOLD), 72, right=True, narrow=52),
                Column(say(words.BACK), 72, right=True, narrow=52),
                Column(say(words.BACK_AMOUNT), 104, right=True, narrow=80),
            ],
        )
        self.options = Options(reasons)
        self.framed, self.stands = Framed(), Sheet(say(words.STANDS))
        for sheet in (self.heading, self.why, self.stands):
            sheet.set_padding(0)
        self.framed.inside.addWidget(self.stands)
        self.framed.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._inside = QVBoxLayout()
        self._inside.setSpacing(0)
        self._layout.addLayout(self._inside)
        self._inside.addLayout(aired(self.heading))
        self._inside.addWidget(self.table)
        for part in (self.why, self.options):
            self._inside.addLayout(aired(part))
        self._layout.addWidget(self.framed)
        self._layout.addStretch()

    def show_state(self, state: Shown) -> None:
        """Shows how far it is."""
        self._shown = state
        self._refresh()

    def show_stands(self, pieces: Sequence[Piece]) -> None:
        """It went otherwise than planned: where it stands, framed."""
        self._stands = pieces
        for part in (self.heading, self.table, self.why, self.options):
            part.hide()
        self.framed.show()
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other measures in another size."""
        super().resizeEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        state = self._shown
        if state is None:
            return
        m = measures(self.window().width(), self.window().height())
        inner = self.width() - 2 * m.padding
        self.framed.set_padding(m.padding)
        self.stands.fill(self._stands, m)
        if self._stands:
            self.stands.setFixedHeight(self.stands.needed_height(inner))
            return
        side = m.padding - AIR
        self._inside.setContentsMargins(side, 0, side, 8 if m.compact else 24 if m.roomy else 16)
        how = words.WHOLE if state.draft.is_whole else words.PART
        pieces: list[Piece] = [Heading(say(words.TITLE, id=state.id), say(how)), steps(state.step, state.sign)]
        if not state.draft.lines:
            only = Words(say(words.ONLY_WHOLE), Role.INK, bold=True, size_px=tokens.FIGURE_PX)
            pieces += [Gap(16), only, Words(say(words.ONLY_WHOLE_HOW)), Gap(16)]
        self._fill(self.heading, pieces, inner)
        title = say(words.REASON_ASKED if state.asks_reason else words.REASON)
        self._fill(
            self.why, [Gap(), Words(title, Role.INK if state.asks_reason else Role.SOFT, bold=True), Gap(4)], inner
        )
        self.options.fill(state.reasons, state.reason, asked=state.asks_reason)
        self.table.setVisible(bool(state.draft.lines))
        rows = [_row(state.draft, place) for place in range(len(state.draft.lines))]
        self.table.fill(rows, None if state.asks_reason else state.line)
        taken = self.heading.height() + self.why.height() + self.options.height()
        room = self.height() - taken - self._inside.contentsMargins().bottom()
        self.table.setFixedHeight(max(min(self.table.needed_height() + 2, room), 72))

    def _fill(self, sheet: Sheet, pieces: Sequence[Piece], width: int) -> None:
        sheet.fill(pieces, measures(self.window().width(), self.window().height()))
        sheet.setFixedHeight(sheet.needed_height(width))
