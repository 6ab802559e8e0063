"""The program around the pages: lanes, the desk in its lane, the window's beginning and end, its second's tick."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication

from pos_client.config import chosen_language
from pos_client.errors import Problem
from pos_client.ui import theme
from pos_client.ui.background import Background
from pos_client.ui.card_notice import CardNotice
from pos_client.ui.card_watch import CardWatch
from pos_client.ui.device_watch import DeviceWatch
from pos_client.ui.errands import Errands
from pos_client.ui.failures import Failures
from pos_client.ui.frame.window import Window
from pos_client.ui.ground import Ground
from pos_client.ui.lane import Lane
from pos_client.ui.news import NewsTeller
from pos_client.ui.opening import Opener
from pos_client.ui.printing import Printing
from pos_client.ui.pulse import Pulse
from pos_client.ui.rubbish import Rubbish
from pos_client.ui.speech import speak
from pos_client.ui.standing import Standing
from pos_client.ui.words import frame as words
from pos_client.ui.words import say

if TYPE_CHECKING:
    from pos_client.desk.counter import Counter
    from pos_client.desk.found_items import ItemSearch
    from pos_client.desk.setup import Setup
    from pos_client.desk.shift_view import Place, ShiftView
    from pos_client.desk.todo_view import Tended
    from pos_client.ui.pages.welcome import WelcomePage

CLOSE_TIMEOUT_MS = 35_000


class Program(Errands):
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
        self._counter: Counter | None = None
        self._items: ItemSearch | None = None
        self._closing = False
        self._welcome: WelcomePage | None = None
        self.window = Window(say(words.WINDOW_TITLE))
        self._failures = Failures(ground.report, self.window)
        self.opener = Opener(self, ground)
        self._take_up_what_comes()
        self._rubbish = Rubbish(self)
        self.window.escaped_wait.connect(self.opener.stop_waiting)
        self.window.closing.connect(self.close)

    def _take_up_what_comes(self) -> None:
        """Cards, devices, paper, work in the background, waits: each has its own way to the window."""
        lanes = (self.desk, self.search, self.cards, self.paper)
        for lane in (*lanes, self._reader):
            lane.report = self.failed
        self.watch = CardWatch(self._reader, self._look, self)
        self.watch.changed.connect(self._reader_changed)
        self.card_notice = CardNotice(self.watch, self.window, self)
        self.printing = Printing(self.desk, self.paper, lambda: self.counter, self)
        self.printing.printed.connect(self.refresh_strip)
        self.devices = DeviceWatch(self)
        self.devices.scanned.connect(self.window.scan)
        self.background = Background(self.desk, self._tend, self)
        self.background.changed.connect(self.refresh_strip)
        self.standing = Standing(self)
        self.standing.counted.connect(self._counted)
        self._news = NewsTeller(self)
        self._pulse = Pulse(lanes, self.standing, self.window, self)

    # --- starting and ending ---

    def start(self) -> None:
        """Opens the desk behind the window."""
        self.standing.show()
        self._pulse.start()
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

    @property
    def welcome(self) -> "WelcomePage":
        """The first page of the desk that is open; it is loaded when somebody can be served."""
        if self._welcome is None:
            from pos_client.ui.pages.welcome import WelcomePage

            self._welcome = WelcomePage(self)
        return self._welcome

    @welcome.setter
    def welcome(self, page: "WelcomePage") -> None:
        self._welcome = page

    def serve(self, place: "Place") -> None:
        """The first page is there and the reader is watched."""
        self._welcome = None  # every desk that is opened gets one of its own
        title = say(words.WINDOW_TITLE)
        self.window.setWindowTitle(f"{title} - {say(words.TRAINING_TITLE)}" if place.training else title)
        self.window.show_only(self.welcome)
        self.watch.start()
        self.background.start()
        self.standing.begin(self.counter, place)
        self._rubbish.desk_is_open()
        self.ready.emit()

    def reopen(self) -> None:
        """Closes the desk and opens it again as its settings are now; what is in work comes back."""
        counter = self.counter
        self._rest()
        self._counter = None
        self.search.do(self._close_search, lambda _: None, lambda _: None)
        self.cards.do(counter.cards.close, lambda _: self.open_desk(), lambda _: self.open_desk())
        self.standing.end()

    def _rest(self) -> None:
        self.watch.stop()
        self.devices.stop()
        self.background.stop()

    def close(self) -> None:
        """Ends: what is being sent is waited for, a bill under way is kept."""
        if self._closing:
            return
        self._closing = True
        self._rest()
        self._pulse.stop()
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

    # --- what comes by itself ---

    def _tend(self) -> "Tended":
        return self.counter.todo.tend()

    def _look(self, seen: str) -> str:
        counter = self._counter  # a look that was asked for before the desk was opened anew finds none
        return seen if counter is None else counter.look(seen)

    def _reader_changed(self) -> None:
        self.standing.show()
        self.welcome.show_reader()

    def _counted(self, shift: "ShiftView") -> None:
        self.welcome.show_figures(shift)
        self.window.page.recounted()
        self._news.of_the_past()

    def failed(self, error: BaseException) -> Problem:
        """Reports a failure of our own and tells it on the page in front; the window lives on."""
        return self._failures.note(error)
