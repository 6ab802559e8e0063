"""The centre of the discharge: who pays in two figures and a bar, slice by slice in a table, and in sentences."""

from collections.abc import Iterator, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.desk.stay_view import EstimateView, SliceView
from pos_client.money import yuan_grouped
from pos_client.ui import tokens
from pos_client.ui.kit.bar import Part, SliceBar
from pos_client.ui.kit.headings import Heading
from pos_client.ui.kit.rows import Gap, Words
from pos_client.ui.kit.shares import Share, Shares
from pos_client.ui.kit.sheet import Piece, Sheet
from pos_client.ui.kit.table import AIR, Cell, Column, Row, Swatch, Table, aired
from pos_client.ui.tokens import Measures, Role, measures
from pos_client.ui.words import discharge as words
from pos_client.ui.words import say

#: Colours of what the person bears alone, by kind of part; what a fund pays a share of takes turns in two blues.
_ALONE = {
    "deductible": Role.OWN_1,
    "above_limits": Role.OWN_1,
    "first_share": Role.OWN_3,
    "own_expense": Role.OWN_4,
    "not_covered": Role.OWN_4,
}
_BLUES = (Role.FUND_1, Role.FUND_2)
_NOTE_AT = 100


class DischargeCentre(QWidget):
    """Where height is short the table scrolls and the sentences have what is left."""

    def __init__(self) -> None:
        super().__init__()
        self.heading, self.sentences = Sheet(say(words.PICTURE)), Sheet(say(words.PICTURE))
        self.bar = SliceBar(say(words.PICTURE), say(words.WIDTH_IS_MONEY))
        self.table = Table(
            say(words.PICTURE),
            [
                Column("", 36),
                Column(say(words.SLICE)),
                Column(say(words.SLICE_AMOUNT), 108, right=True, narrow=84),
                Column(say(words.PERCENT), 76, right=True, narrow=56),
                Column(say(words.FUND_PAYS), 104, right=True, narrow=84),
                Column(say(words.YOU_PAY), 112, right=True, narrow=92),
            ],
        )
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addLayout(aired(self.heading))
        self._layout.addLayout(aired(self.bar))
        self._layout.addWidget(self.table)
        self._layout.addSpacing(8)
        self._layout.addLayout(aired(self.sentences))
        self._layout.addStretch(1)
        for sheet in (self.heading, self.sentences):
            sheet.set_padding(0)
        self._title = ""
        self._view: EstimateView | None = None

    def show_view(self, title: str, view: EstimateView) -> None:
        """Shows a stay as it would be settled, or as it is."""
        self._title, self._view = title, view
        self._refresh()

    @property
    def measures(self) -> Measures:
        """What the window has room for."""
        return measures(self.window().width(), self.window().height())

    def scroll_rows(self, by: int) -> None:
        """Where not all rows fit: the next or the one before."""
        bar = self.table.verticalScrollBar()
        bar.setValue(bar.value() + by)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other measures in another size."""
        super().resizeEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        view = self._view
        if view is None:
            return
        m = self.measures
        self._layout.setContentsMargins(m.padding - AIR, 0, m.padding - AIR, 8)
        width = max(self.width() - 2 * m.padding, 120)
        self.heading.fill(_heading(self._title, view), m)
        self.heading.setFixedHeight(self.heading.needed_height(width))
        drawn = bool(view.slices)
        self.bar.setVisible(drawn)
        self.bar.fill(list(_parts(view.slices)))
        self.table.setVisible(drawn)
        self.table.fill([*_rows(view.slices), _total(view)] if drawn else [])
        room = self.height() - self.heading.height() - (self.bar.height() if drawn else 0) - 16
        self._tell(view, m, width, room)
        table = self._fitting(room - self.sentences.height()) if drawn else 0
        self.table.setFixedHeight(table)

    def _fitting(self, room: int) -> int:
        """As many whole rows as there is room for."""
        rows = max((room - tokens.TABLE_HEAD) // tokens.TABLE_ROW, 2)
        return min(self.table.needed_height(), tokens.TABLE_HEAD + tokens.TABLE_ROW * rows)

    def _tell(self, view: EstimateView, m: Measures, width: int, room: int) -> None:
        """The sentences that fit under the table; what the table says too, slice by slice, goes first."""
        wide = self.table.needed_height() if view.slices else 0
        room = max(room - wide, 0 if m.compact else min(room // 4, 4 * tokens.SENTENCE))
        told = list(view.sentences)
        self.sentences.fill(_said(told), m)
        while told and self.sentences.needed_height(width) > room:
            told.remove(max(told[:-1] or told, key=len))
            self.sentences.fill(_said(told), m)
        self.sentences.setFixedHeight(self.sentences.needed_height(width))


def _heading(title: str, view: EstimateView) -> Sequence[Piece]:
    remark = say(words.ROWS, count=view.rows) if view.rows else ""
    if not view.fund_share:
        return (Heading(title, remark),)
    fund = Share(Role.FUND_1, view.fund_label, yuan_grouped(view.fund_fen), view.fund_share)
    own = Share(Role.OWN_1, say(words.YOU_PAY), yuan_grouped(view.own_fen), view.own_share)
    return Heading(title, remark), Shares(fund, own), Gap(8)


def _said(sentences: Sequence[str]) -> Sequence[Piece]:
    """One paragraph, as one would tell it; what becomes of the deposit stands for itself."""
    if not sentences:
        return ()
    *how, last = sentences
    return [Words(text, Role.INK) for text in (_joined(how), last) if text]


def _joined(sentences: Sequence[str]) -> str:
    """Chinese sentences need no space between them."""
    told = ""
    for sentence in sentences:
        told += f" {sentence}" if told and told[-1].isascii() else sentence
    return told


def _colours(slices: Sequence[SliceView]) -> Iterator[Swatch]:
    shared = 0
    for one in slices:
        own = _ALONE.get(one.kind, Role.OWN_2)
        fund = _BLUES[shared % len(_BLUES)]
        shared += one.kind not in _ALONE
        yield Swatch(own, fund, one.fund_per_mille)


def _parts(slices: Sequence[SliceView]) -> Iterator[Part]:
    for one, colours in zip(slices, _colours(slices), strict=True):
        inside = yuan_grouped(one.fund_fen) if one.fund_fen else ""
        if one.amount_fen > 0:
            yield Part(one.amount_fen, one.fund_per_mille, colours.own, colours.fund, inside, one.short)


def _rows(slices: Sequence[SliceView]) -> Iterator[Row]:
    for one, colours in zip(slices, _colours(slices), strict=True):
        yield (
            Cell("", swatch=colours),
            Cell(one.label, one.note, soft_at=_NOTE_AT),
            Cell(yuan_grouped(one.amount_fen)),
            Cell(one.percent),
            Cell(yuan_grouped(one.fund_fen)),
            Cell(yuan_grouped(one.own_fen)),
        )


def _total(view: EstimateView) -> Row:
    return (
        Cell(""),
        Cell(say(words.TOTAL), bold=True),
        Cell(yuan_grouped(view.total_fen), bold=True),
        Cell(""),
        Cell(yuan_grouped(view.fund_fen), bold=True),
        Cell(yuan_grouped(view.own_fen), bold=True),
    )
