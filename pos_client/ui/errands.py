"""What pages ask of the program around them or hand on to it: a card, a supervisor's word, the end of a sale."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QDateTime

from pos_client.errors import OutcomeUnknown, Problem
from pos_client.ui.background import Background
from pos_client.ui.card_notice import CardNotice
from pos_client.ui.kit.sign import Sign
from pos_client.ui.lane import Lane
from pos_client.ui.printing import Printing
from pos_client.ui.routes import Routes
from pos_client.ui.standing import Standing
from pos_client.ui.words import say

if TYPE_CHECKING:
    from pos_client.desk.bill_view import Refunded
    from pos_client.desk.counter import CardRead, Counter
    from pos_client.desk.customer import Customer
    from pos_client.desk.operators import SignedIn
    from pos_client.desk.sale_view import SaleView, SoldView
    from pos_client.desk.shift_view import Place, ShiftView

T = TypeVar("T")
#: The clock of the business is Asia/Shanghai, whatever the machine's is.
BUSINESS_OFFSET_S = 8 * 3_600


class Errands(Routes):
    """What of the program serves pages beyond opening and closing them."""

    desk: Lane
    cards: Lane
    printing: Printing
    card_notice: CardNotice
    standing: Standing
    background: Background

    @property
    def counter(self) -> "Counter":
        """The desk's session."""
        raise NotImplementedError

    @property
    def place(self) -> "Place | None":
        """Where this desk is and who works here, once somebody does."""
        return self.standing.place

    @property
    def shift(self) -> "ShiftView | None":
        """What was counted last."""
        return self.standing.shift

    def refresh_strip(self) -> None:
        """Counts again."""
        self.standing.count()

    def back(self) -> None:
        """Closes the page in front; a card that waited for that is served."""
        super().back()
        self.card_notice.serve()

    # --- whose card it is ---

    def read_card(self, then: "Callable[[SaleView], None]", failed: Callable[[Problem], None]) -> None:
        """Reads the card, then asks the bureau whose it is."""
        self.read_card_for(self.counter.identify_card, then, failed)

    def read_card_for(
        self, work: "Callable[[CardRead], T]", then: Callable[[T], None], failed: Callable[[Problem], None]
    ) -> None:
        """Reads the card, then asks the desk something about whoever holds it."""
        from pos_client.ui.words import sale as sale_words

        def ask(card: "CardRead") -> None:
            asking = say(sale_words.ASKING)
            self.desk.do(lambda: work(card), then, self._noting(failed), asking)

        self.cards.do(self.counter.read_card, ask, failed, say(sale_words.READING))

    def _noting(self, failed: Callable[[Problem], None]) -> Callable[[Problem], None]:
        def noted(problem: Problem) -> None:
            self.refresh_strip()
            failed(problem)

        return noted

    # --- who allows it ---

    def with_supervisor(self, act: str, then: "Callable[[SignedIn], None]") -> None:
        """Asks for a supervisor's word, unless whoever works here may allow the act alone."""
        asking = self.window.page

        def decided(own: "SignedIn | None") -> None:
            if own is not None:
                then(own)
                return
            from pos_client.ui.pages.supervisor import SupervisorPage

            self.open(SupervisorPage(self._shell, asking, act, then))

        asking.ask(self.counter.own_word, decided)

    def with_right_name(
        self, customer: "Customer | None", allow: "Callable[[SignedIn], T]", then: "Callable[[T | None], None]"
    ) -> None:
        """Asks for a supervisor's word where the card gives another name."""
        if customer is None or not customer.wants_word:
            then(None)
            return
        from pos_client.ui.words import sale as sale_words

        asking = self.window.page
        act = say(sale_words.ACT_OTHER_NAME, on_card=customer.name_on_card, at_bureau=customer.name)
        self.with_supervisor(act, lambda by: asking.ask(lambda: allow(by), then))

    # --- what becomes of a sale ---

    def identified(self, view: "SaleView") -> None:
        """Back from the page for it to the sale."""
        from pos_client.ui.pages.sale import SalePage
        from pos_client.ui.pages.welcome import WelcomePage

        self.window.close_page()
        page = self.window.page
        if isinstance(page, SalePage | WelcomePage):
            page.identified(view)

    def sold(self, sold: "SoldView") -> None:
        """Back to the first page, which shows the change; the slip is printed."""
        self.go_home()
        self.welcome.sold(sold)
        self.window.refresh()
        self.print_slip(sold.id)

    def unknown(self, problem: OutcomeUnknown, sale: "SaleView") -> None:
        """The page of a settlement of unknown outcome."""
        from pos_client.ui.pages.unknown import UnknownPage

        self.go_home()
        page = UnknownPage(self._shell, problem, sale)
        self.open(page)
        self.print_slip(page.id)

    def taken_up(self, view: "SaleView") -> None:
        """The sale, which goes on with what was parked."""
        from pos_client.ui.words import parked as parked_words

        self.go_home()
        self.welcome.brought_back(view)
        self.window.page.say(Sign.NOTE, say(parked_words.TAKEN_UP, count=len(view.lines)))
        self.card_notice.serve()

    def next_person(self, *, card_waits: bool = False) -> None:
        """Back to the first page; a card that is in the reader already is read."""
        self.go_home()
        if card_waits:
            self.welcome.card_came()

    def parked(self) -> None:
        """Back to the first page."""
        self.go_home()
        self.welcome.parked()

    def seen(self, id_: str) -> None:
        """Somebody has seen what became of a bill of unknown outcome."""
        self.background.forget(id_)

    def given_back(self, done: "Refunded") -> None:
        """Back to the first page, which says what to hand back; the slip is printed."""
        self.go_home()
        self.welcome.given_back(done)
        self.window.refresh()
        self.print_slip(done.paper)

    # --- the time ---

    def minutes_since(self, instant: datetime) -> int:
        """Whole minutes since then."""
        return max(QDateTime.currentSecsSinceEpoch() - int(instant.timestamp()), 0) // 60

    def clock_face(self) -> str:
        """The time of the business, as the strip shows it."""
        return QDateTime.currentDateTimeUtc().toOffsetFromUtc(BUSINESS_OFFSET_S).toString("HH:mm")

    # --- paper ---

    def print_last(self) -> None:
        """Prints the last slip again."""
        if self.shift is not None and self.shift.last is not None:
            self.print_slip(self.shift.last.id, again=True)

    def print_slip(self, id_: str, *, again: bool = False) -> None:
        """Prints a slip, where a printer is set."""
        self.printing.print_slip(id_, again=again)
