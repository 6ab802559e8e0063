"""The page that waits for the next person: one sentence, the other ways in, and the last sale for "my change?"."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from pos_client.desk.sale_view import SaleView, SoldView
from pos_client.desk.shift_view import ShiftView
from pos_client.desk.shown_credential import is_voucher_scan
from pos_client.errors import Problem
from pos_client.money import yuan_grouped
from pos_client.ui import theme, tokens
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message, of_problem
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit import drawing
from pos_client.ui.kit.drawing import CENTRE
from pos_client.ui.kit.headings import Big, Heading, Name
from pos_client.ui.kit.notices import Way
from pos_client.ui.kit.rows import Pair, Rule, State, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages import person_column, refund_column
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.sale_amounts import sums
from pos_client.ui.shell import Shell
from pos_client.ui.tokens import Role, measures
from pos_client.ui.words import card, frame, say
from pos_client.ui.words import welcome as words

if TYPE_CHECKING:
    from pos_client.desk.bill_view import Refunded

_WAYS_WIDTH = 352
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class WelcomeCentre(QWidget):
    """The card over its slot, what to do, the other ways in."""

    def __init__(self) -> None:
        super().__init__()
        self._parked = ""
        self._tells = True
        self.setAccessibleName(say(words.INSERT))

    def show_parked(self, parked: str) -> None:
        """What the way to parked bills says."""
        if parked != self._parked:
            self._parked = parked
            self.update()

    def show_reader(self, tells: bool) -> None:
        """Whether the reader says by itself that a card was put in."""
        if tells != self._tells:
            self._tells = tells
            self.setAccessibleName(say(words.INSERT if tells else words.INSERT_ENTER))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """From the top: heading, card, sentence, ways."""
        del event
        with QPainter(self) as painter:
            window = self.window()
            m = measures(window.width(), window.height())
            heading = QRect(m.padding, 0, self.width() - 2 * m.padding, 40 if m.compact else tokens.HEADING)
            Heading(say(words.BILL)).paint(painter, heading, m)
            top = heading.bottom() + (0 if m.compact else max((self.height() - 560) // 3, 8))
            if not m.compact:
                self._card(painter, top)
                top += 128
            title = QRect(0, top, self.width(), 80)
            drawing.text(
                painter,
                title,
                say(words.INSERT if self._tells else words.INSERT_ENTER),
                size_px=56 if m.big_px == 56 else 48,
                bold=True,
                align=CENTRE,
                whole=True,
            )
            how = QRect(0, title.bottom(), self.width(), 32)
            drawing.text(
                painter,
                how,
                say(words.HOW if self._tells else words.HOW_ENTER),
                role=Role.SOFT,
                size_px=tokens.FIGURE_PX,
                align=CENTRE,
                whole=True,
            )
            left = (self.width() - _WAYS_WIDTH - 64) // 2
            self._ways(painter, QRect(left, how.bottom() + (16 if m.compact else 40), _WAYS_WIDTH + 64, 0))

    def _card(self, painter: QPainter, top: int) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.width() / 2
        painter.setPen(QPen(theme.colour(Role.INK), 2))
        painter.setBrush(theme.colour(Role.PANEL))
        card = QRectF(middle - 44, top, 88, 112)
        painter.drawRoundedRect(card, 6, 6)
        painter.drawLine(QPointF(middle - 28, top + 21), QPointF(middle + 28, top + 21))
        painter.drawLine(QPointF(middle - 28, top + 33), QPointF(middle + 4, top + 33))
        painter.drawRoundedRect(QRectF(middle - 15, top + 64, 30, 32), 4, 4)
        painter.drawRect(QRectF(middle - 6, top + 72, 12, 16))
        painter.fillRect(QRectF(middle - 60, top + 108, 120, 6), theme.colour(Role.PANEL))
        painter.setPen(QPen(theme.colour(Role.ACCENT), 6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(middle - 84, top + 111), QPointF(middle + 84, top + 111))
        painter.restore()

    def _ways(self, painter: QPainter, place: QRect) -> None:
        m = measures(self.window().width(), self.window().height())
        ways = (
            Way("F2", say(words.NO_CARD), say(words.NO_CARD_WAYS)),
            Way("Tab", say(words.STAYS), say(words.STAYS_WAYS)),
            Way("F12", say(words.TAKE_UP), self._parked),
        )
        for way in ways:
            high = way.height(place.width(), m)
            way.paint(painter, QRect(place.left(), place.top(), place.width(), high), m)
            place.translate(0, high)
        drawing.hairline(painter, place.left(), place.left() + place.width(), place.top())


class WelcomePage(Page):
    """Nobody is at the counter, or whoever was is just leaving."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.bill = WelcomeCentre()
        self.centre = self.bill
        self._figures: ShiftView | None = None
        self._last: SoldView | None = None
        self._just_sold = False
        self._reading = False
        self._given_back: Refunded | None = None

    # --- what it shows ---

    def show_figures(self, figures: ShiftView) -> None:
        """What this shift has done, and the last sale."""
        self._figures = figures
        last = figures.last
        if last is not None and self._last is not None and self._last.id == last.id:
            # What was said of the sale when it was settled says more; whether it is printed was learned since.
            last = replace(self._last, printed=last.printed, state_word=last.state_word)
        self._last = last or self._last
        parked = say(words.PARKED, count=figures.parked) if figures.parked else say(words.NONE_PARKED)
        self.bill.show_parked(parked)
        self.changed.emit()

    def sold(self, sold: SoldView) -> None:
        """A sale was settled: its change stands large until the next person comes."""
        self._last, self._just_sold, self._given_back = sold, True, None
        word = words.SETTLED_HINT if sold.change_fen else words.SETTLED_EXACT
        given, change = yuan_grouped(sold.tendered_fen), yuan_grouped(sold.change_fen)
        if sold.provisional and not sold.slip_problem:
            self.say(Sign.LOOK, say(words.PROVISIONAL_HINT, tendered=given, change=change))
        elif sold.differences:
            count = len(sold.differences)
            self.say(Sign.LOOK, say(words.SETTLED_DIFFERS, tendered=given, change=change, count=count))
        elif sold.slip_problem:
            self.say(Sign.LOOK, sold.slip_problem)
        else:
            self.say(Sign.DONE, say(word, tendered=given, change=change))

    def given_back(self, done: "Refunded") -> None:
        """Something was taken back: what to hand out stands large until the next person comes."""
        self._given_back, self._just_sold = done, False
        if done.slip_problem is not None:
            problem = of_problem(done.slip_problem, self.shell.language)
            self.say(problem.sign, f"{done.sentence} {problem.text}", problem.code)
        else:
            self.say(Sign.DONE, done.sentence)

    def left(self) -> Sequence[Piece]:
        pieces: list[Piece] = [Heading(say(frame.PERSON)), Name(say(words.WAITING), waiting=True), Rule()]
        figures = self._figures
        if figures is None:
            return pieces
        pieces.append(Words(say(words.SHIFT, since=figures.since), bold=True))
        for word, count in (
            (words.SOLD, figures.sold),
            (words.VOIDED, figures.voided),
            (words.PARKED_ROW, figures.parked),
            (words.UNKNOWN, figures.unknown),
        ):
            pieces.append(Pair(say(word), say(words.PIECES, count=count)))
        return [*pieces, Rule(), Words(say(words.BLIND))]

    def band(self) -> Sequence[BandPart]:
        return (BandPart(say(words.WAITING), name=True),)

    def right(self) -> Sequence[Piece]:
        unit, last = say(frame.YUAN), self._last
        if self._given_back is not None:
            return refund_column.handed_out(self._given_back)
        if last is not None and self._just_sold and last.change_fen:
            mark, role = say(frame.GIVE_BACK_MARK), Role.ACCENT
            big = Big(say(words.CHANGE), yuan_grouped(last.change_fen), unit, mark, role=role)
        else:
            big = Big(say(words.COLLECT), yuan_grouped(0), unit, say(frame.RECEIVE_MARK), role=Role.DIM)
        return [big] if last is None else [big, *self._of_last(last)]

    def _of_last(self, last: SoldView) -> list[Piece]:
        done = words.BOOKED_NO_SLIP if last.slip_problem else words.BOOKED if last.printed else words.BOOKED_FILE
        return [
            Heading(say(words.LAST), last.at[11:16]),
            Words(last.name_masked),
            *sums(last.sums),
            Pair(say(words.TENDERED), yuan_grouped(last.tendered_fen)),
            Pair(say(words.CHANGE), yuan_grouped(last.change_fen)),
            State(Sign.LOOK if last.slip_problem or last.state_word else Sign.DONE, last.state_word or say(done)),
        ]

    def hint(self) -> Message:
        if self._card_at_hand:
            return Message(Sign.NOTE, say(card.FIRST_PAGE_HINT))
        return Message(Sign.NOTE, say(words.HINT if self.shell.reader_tells else words.HINT_ENTER))

    def action(self) -> Action | None:
        return None if self.shell.reader_tells else Action(None, say(words.READ))

    def shown(self) -> None:
        self.show_reader()

    def show_reader(self) -> None:
        """How a card gets read here."""
        self.bill.show_reader(self.shell.reader_tells)
        self.changed.emit()

    @property
    def _card_at_hand(self) -> bool:
        """Whether a card is in the reader that nobody is being served with."""
        return self.shell.card_is_in and not self._reading

    # --- what happens ---

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        keys: dict[Key, Callable[[], None]] = {
            Key.F1: self.shell.open_help,
            Key.F2: self.shell.open_identify,
            Key.F4: self.shell.open_lookup,
            Key.F9: self.shell.open_refund,
            Key.F11: self.shell.open_tasks,
        }
        if self._card_at_hand:
            keys[Key.F6] = self.shell.open_card
        given_back = self._given_back
        if given_back is not None:
            keys[Key.F10] = lambda: self.shell.print_slip(given_back.paper, again=True)
        elif self._last is not None:
            keys[Key.F10] = self.shell.print_last
        if self._figures is not None and self._figures.parked:
            keys[Key.F12] = self.shell.open_parked
        return keys

    def letters(self) -> Sequence[tuple[str, str]]:
        about_card = (("F6", say(card.KEY)),) if self._card_at_hand else ()
        return (*about_card, ("Tab", say(words.STAYS)))

    def pressed(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Tab:
            self.shell.open_stays()
            return True
        if event.key() in _ENTER and not self.shell.reader_tells:
            self.card_came()
            return True
        if event.text().strip() and (len(event.text()) > 1 or event.text().isprintable()):
            page = self._begin(None)
            page.bill.scan.type_in(event.text())
            return True
        return False

    def _begin(self, view: SaleView | None) -> SalePage:
        self._just_sold, self._given_back = False, None
        self.quiet()
        page = SalePage(self.shell, view)
        self.shell.open(page)
        return page

    def scanned(self, code: str) -> None:
        if is_voucher_scan(code):
            self._just_sold, self._given_back = False, None
            self.ask(lambda: self.shell.counter.identify_voucher(code), self.identified, label=say(words.ASKING))
        else:
            self._begin(None).scanned(code)

    def card_came(self) -> None:
        self._just_sold, self._given_back = False, None
        self._reading = True
        self.shell.read_card(self._read, self._not_read)
        self.changed.emit()

    def _read(self, view: SaleView) -> None:
        self._reading = False
        self.identified(view)

    def _not_read(self, problem: Problem) -> None:
        self._reading = False
        self.tell(problem)

    def identified(self, view: SaleView) -> None:
        """Somebody was identified: the sale begins."""
        self._begin(view).say_message(person_column.noticed(view.customer, self.shell.language))

    def brought_back(self, view: SaleView) -> None:
        """What was being made when the program last ended: nothing of it is lost."""
        page = self._begin(view)
        page.say(Sign.LOOK, say(words.BROUGHT_BACK, count=len(view.lines)))

    def parked(self) -> None:
        """A bill was laid aside."""
        self.say(Sign.DONE, say(words.PARKED_DONE))

    def tell(self, problem: Problem) -> None:
        self._just_sold, self._given_back = False, None
        super().tell(problem)
