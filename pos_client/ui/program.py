"""The program around the pages: lanes, the desk in its lane, cards and time, the way from page to page."""

import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QDateTime, QTimer, Signal
from PySide6.QtWidgets import QApplication

from pos_client.config import chosen_language
from pos_client.desk.sale_view import SaleView, SoldView
from pos_client.desk.shift_view import Place, ShiftView
from pos_client.errors import OutcomeUnknown, Problem
from pos_client.ui import theme
from pos_client.ui.background import Background
from pos_client.ui.card_watch import CardWatch
from pos_client.ui.device_watch import DeviceWatch
from pos_client.ui.frame.message_line import Message, of_problem
from pos_client.ui.frame.window import Window
from pos_client.ui.ground import Ground
from pos_client.ui.kit.sign import Sign
from pos_client.ui.lane import Lane
from pos_client.ui.opening import Opener
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.welcome import WelcomePage
from pos_client.ui.printing import Printing
from pos_client.ui.routes import Routes
from pos_client.ui.rubbish import Rubbish
from pos_client.ui.speech import speak
from pos_client.ui.status import strip_state
from pos_client.ui.words import frame as words
from pos_client.ui.words import say

if TYPE_CHECKING:
    from pos_client.desk.bill_view import Refunded
    from pos_client.desk.counter import CardRead, Counter
    from pos_client.desk.customer import Customer
    from pos_client.desk.found_items import ItemSearch
    from pos_client.desk.operators import SignedIn
    from pos_client.desk.setup import Setup
    from pos_client.desk.todo_view import Tended

T = TypeVar("T")
STRIP_INTERVAL_MS = 5_000
#: The clock of the business is Asia/Shanghai, whatever the machine's is.
BUSINESS_OFFSET_S = 8 * 3_600
CLOSE_TIMEOUT_MS = 35_000


class Program(Routes):
    """The window with everything that it needs; what pages know as their shell."""

    ready = Signal()
    """Somebody is signed in and the first page is there."""
    closed = Signal()

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self._ground = ground
        self.language = ground.language
        self.desk, self.search, self.cards = Lane("desk", self), Lane("search", self), Lane("cards", self)
        self.paper, self._reader = Lane("paper", self), Lane("reader", self)
        self.printing = Printing(self.desk, self.paper, lambda: self.counter, self)
        self._counter: Counter | None = None
        self._items: ItemSearch | None = None
        self._failures: dict[str, Problem] = {}
        self._closing = False
        self._card_waits = False
        self.place: Place | None = None
        self.shift: ShiftView | None = None
        self.watch = CardWatch(self._reader, self._look, self)
        self.window = Window(say(words.WINDOW_TITLE))
        self.welcome = WelcomePage(self)
        self.window.open(self.welcome)
        self.opener = Opener(self, ground)
        self.devices = DeviceWatch(self)
        self.background = Background(self.desk, self._tend, self)
        self._wait_label, self._waited_s = "", 0
        self._rubbish = Rubbish(self)
        self._second = QTimer(self)
        self._second.setInterval(1_000)
        self._second.timeout.connect(self._every_second)
        self._ticks = 0
        self._connect()

    def _connect(self) -> None:
        self._reader.report = self.failed
        for lane in (self.desk, self.search, self.cards, self.paper):
            lane.waiting.connect(self._waiting)
            lane.report = self.failed
        self.watch.came.connect(self._card_came)
        self.watch.went.connect(self._card_went)
        self.watch.changed.connect(self._reader_changed)
        self.devices.scanned.connect(self.window.scan)
        self.devices.waiting.connect(self._tell_of_devices)
        self.printing.printed.connect(self.refresh_strip)
        self.printing.told.connect(self._told_of_paper)
        self.printing.failed.connect(lambda problem: self._told_of_paper(of_problem(problem, self.language)))
        self.window.escaped_wait.connect(self.stop_waiting)
        self.window.closing.connect(self.close)
        self.background.changed.connect(self.refresh_strip)

    # --- starting and ending ---

    def start(self) -> None:
        """Shows the window and opens the desk behind it."""
        self._show_strip()
        self._second.start()
        self._rubbish.begin()
        self.open_desk()

    def open_desk(self) -> None:
        """Opens the desk behind the window, or tries it again."""
        self.opener.begin()

    def desk_opened(self, counter: "Counter") -> None:
        """The books are open."""
        from pos_client.desk.found_items import ItemSearch

        self._counter = counter
        self._items = ItemSearch(self._ground.home, counter.runtime, self.language)
        self.devices.start(counter.devices)

    def signed_in(self) -> None:
        """Somebody works now: the desk is open."""
        self.opener.signed_in()

    def serve(self, place: Place) -> None:
        """The first page is there and the reader is watched."""
        self.place = place
        title = say(words.WINDOW_TITLE)
        self.window.setWindowTitle(f"{title} - {say(words.TRAINING_TITLE)}" if place.training else title)
        self.welcome = WelcomePage(self)
        self.window.show_only(self.welcome)
        self.watch.start()
        self.background.start()
        self.refresh_strip()
        self._show_strip()
        self._rubbish.desk_is_open()
        self.ready.emit()

    def reopen(self) -> None:
        """Closes the desk and opens it again as its settings are now; what is in work comes back."""
        counter, self.place, self.shift = self.counter, None, None
        self._rest()
        self._counter = None
        self.search.do(self._close_search, lambda _: None, lambda _: None)
        self.cards.do(counter.cards.close, lambda _: self.open_desk(), lambda _: self.open_desk())
        self._show_strip()

    def _rest(self) -> None:
        self.watch.stop()
        self.devices.stop()
        self.background.stop()

    def use_theme(self, name: str) -> None:
        """Other colours, at once."""
        theme.use(name)
        self.window.restyle()

    def use_language(self, setting: str) -> None:
        """Another language, at once; what is open is opened again by whoever asked."""
        self.language = chosen_language(setting)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        speak(app, self.language)
        self.window.restyle()

    def look_at_reader(self, looks: bool) -> None:
        """Looks after the reader, or lets it be."""
        if looks:
            self.watch.start()
        else:
            self.watch.stop()

    def listen_to_devices(self, listens: bool) -> None:
        """Listens to the counter devices, or lets them go."""
        self.devices.rest(not listens)

    @property
    def reader_tells(self) -> bool:
        """Whether the reader says by itself that a card was put in."""
        return self.watch.state != "unknown"

    def close(self) -> None:
        """Ends: what is being sent is waited for, a bill under way is kept."""
        if self._closing:
            return
        self._closing = True
        self._rest()
        self._second.stop()
        self.search.do(self._close_search, lambda _: None, lambda _: None)
        self.opener.end(self._ended)

    def _close_search(self) -> None:
        if self._items is not None:
            self._items.close()

    def _ended(self) -> None:
        if self._counter is not None:
            self._counter.cards.close()
        for lane in (self.search, self.cards, self._reader, self.paper, self.desk):
            lane.close(CLOSE_TIMEOUT_MS)
        if self._counter is not None:
            self._counter.cards.close()  # a look that was under way may have begun a process anew
        self.window.close_for_good()
        self._rubbish.end()
        self.closed.emit()

    # --- what pages use ---

    @property
    def setup(self) -> "Setup":
        """What the settings are made with."""
        return self.opener.setup

    @property
    def counter(self) -> "Counter":
        """The desk's session."""
        assert self._counter is not None, "the desk is open"
        return self._counter

    @property
    def items(self) -> "ItemSearch":
        """The catalogue."""
        assert self._items is not None, "the desk is open"
        return self._items

    def read_card(self, then: Callable[[SaleView], None], failed: Callable[[Problem], None]) -> None:
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

    def with_supervisor(self, act: str, then: "Callable[[SignedIn], None]") -> None:
        """Asks for a supervisor's word, unless whoever works here may allow the act alone."""
        asking = self.window.page

        def decided(own: "SignedIn | None") -> None:
            if own is not None:
                then(own)
                return
            from pos_client.ui.pages.supervisor import SupervisorPage

            self.open(SupervisorPage(self, asking, act, then))

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

    def identified(self, view: SaleView) -> None:
        """Back from the page for it to the sale."""
        self.window.close_page()
        page = self.window.page
        if isinstance(page, SalePage | WelcomePage):
            page.identified(view)

    def sold(self, sold: SoldView) -> None:
        """Back to the first page, which shows the change; the slip is printed."""
        self.go_home()
        self.welcome.sold(sold)
        self.window.refresh()
        self.print_slip(sold.id)

    def unknown(self, problem: OutcomeUnknown, sale: SaleView) -> None:
        """The page of a settlement of unknown outcome."""
        from pos_client.ui.pages.unknown import UnknownPage

        self.go_home()
        page = UnknownPage(self, problem, sale)
        self.open(page)
        self.print_slip(page.id)

    def taken_up(self, view: SaleView) -> None:
        """The sale, which goes on with what was parked."""
        from pos_client.ui.words import parked as parked_words

        self.go_home()
        self.welcome.brought_back(view)
        self.window.page.say(Sign.NOTE, say(parked_words.TAKEN_UP, count=len(view.lines)))
        self._serve_card()

    def next_person(self, *, card_waits: bool = False) -> None:
        """Back to the first page; a card that is in the reader already is read."""
        self.go_home()
        if card_waits:
            self.welcome.card_came()

    def parked(self) -> None:
        """Back to the first page."""
        self.go_home()
        self.welcome.parked()

    def print_last(self) -> None:
        """Prints the last slip again."""
        if self.shift is not None and self.shift.last is not None:
            self.print_slip(self.shift.last.id, again=True)

    def print_slip(self, id_: str, *, again: bool = False) -> None:
        """Prints a slip, where a printer is set."""
        self.printing.print_slip(id_, again=again)

    def _told_of_paper(self, message: Message) -> None:
        self.window.page.say(message.sign, message.text, message.code)

    def given_back(self, done: "Refunded") -> None:
        """Back to the first page, which says what to hand back; the slip is printed."""
        self.go_home()
        self.welcome.given_back(done)
        self.window.refresh()
        self.print_slip(done.paper)

    def minutes_since(self, instant: datetime) -> int:
        """Whole minutes since then."""
        return max(QDateTime.currentSecsSinceEpoch() - int(instant.timestamp()), 0) // 60

    def clock_face(self) -> str:
        """The time of the business, as the strip shows it."""
        return QDateTime.currentDateTimeUtc().toOffsetFromUtc(BUSINESS_OFFSET_S).toString("HH:mm")

    # --- what comes by itself ---

    def _tend(self) -> "Tended":
        return self.counter.todo.tend()

    def _look(self, seen: str) -> str:
        counter = self._counter  # a look that was asked for before the desk was opened anew finds none
        return seen if counter is None else counter.look(seen)

    def _reader_changed(self) -> None:
        self._show_strip()
        self.welcome.show_reader()

    def _card_came(self) -> None:
        self._card_waits = True
        self._serve_card()

    def _serve_card(self) -> None:
        """A card that came while a page was in front that takes none is not asked for again."""
        if self._card_waits and self.window.page.takes_cards:
            self._card_waits = False
            self.window.page.card_came()

    def _card_went(self) -> None:
        self._card_waits = False
        self.window.page.card_went()

    def back(self) -> None:
        """Closes the page in front."""
        super().back()
        self._serve_card()

    def stop_waiting(self) -> None:
        """Esc on a wait: what was asked is given up."""
        self.opener.stop_waiting()

    def refresh_strip(self) -> None:
        """Counts again."""
        if self._counter is not None and self.place is not None:
            self.desk.do(self.counter.shift, self._counted, lambda _: None)

    def _counted(self, shift: ShiftView) -> None:
        if shift.last is not None and shift.last.id in self.printing.copies:
            shift = replace(shift, last=replace(shift.last, printed=True))
        self.shift = shift
        self.welcome.show_figures(shift)
        self._show_strip()
        self.window.page.recounted()
        self._tell_news()

    def _tell_news(self) -> None:
        """Quietly: on the first page, when it has nothing else to say."""
        if self.window.page is self.welcome and not self.welcome.speaks and (news := self.background.next_news()):
            self.welcome.say(Sign.DONE if news.good else Sign.LOOK, news.sentence)

    def _tell_of_devices(self) -> None:
        """Quietly, when nothing else is said; what wants a hand now stands after what is said."""
        page = self.window.page
        if page.busy or (news := self.devices.next_news(quiet=not page.speaks)) is None:
            return
        told, before = of_problem(news.problem, self.language), page.message()
        if page.speaks:
            said = before.text + ("" if self.language == "zh" else " ") + told.text
            page.say(Sign.LOOK if before.sign is Sign.DONE else before.sign, said, told.code)
        else:
            page.say(Sign.DONE if news.good else told.sign, told.text, told.code)

    def seen(self, id_: str) -> None:
        """Somebody has seen what became of a bill of unknown outcome."""
        self.background.forget(id_)

    def _show_strip(self) -> None:
        self.window.show_strip(strip_state(self.place, self.shift, self.watch.state, self.clock_face()))

    def _every_second(self) -> None:
        self._ticks += 1
        if self._wait_label:
            self._waited_s += 1
            self._show_wait()
        if self._ticks * 1_000 % STRIP_INTERVAL_MS == 0:
            self._show_strip()
            self.window.refresh()  # what says how long ago something was
            if not self.desk.busy:
                self.refresh_strip()
        if not any(lane.busy for lane in (self.desk, self.search, self.cards, self.paper)):
            self.window.sweep()

    def _waiting(self, label: str) -> None:
        self._wait_label, self._waited_s = label, 1
        if label:
            self._show_wait()
        else:
            self.window.show_wait("")

    def _show_wait(self) -> None:
        said = say(words.STILL_WAITING, what=self._wait_label, seconds=self._waited_s)
        self.window.show_wait(said)

    def failed(self, error: BaseException) -> Problem:
        """Reports a failure of our own, each place once, and tells it on the page in front; the window lives on."""
        frames = traceback.extract_tb(error.__traceback__)
        place = f"{type(error).__name__} {frames[-1].filename}:{frames[-1].lineno}" if frames else repr(type(error))
        if place not in self._failures:
            self._failures[place] = self._ground.report(error)
            self.window.page.tell(self._failures[place])
        return self._failures[place]
