"""The desk as the window has it: opened in one thread, asked there, closed there.

The window signs somebody in, and from then on a :class:`Counter` has a desk, the sale in work and all use cases.
"""

from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from pos_client.card.readers.reader import Presence
from pos_client.card.social_security.identity import CardIdentity
from pos_client.config import Home, load_settings, prepare
from pos_client.desk import operators
from pos_client.desk.books import Books, open_books
from pos_client.desk.card_reader import card_process
from pos_client.desk.contact import WatchedHttp
from pos_client.desk.counter_devices import CounterDevices
from pos_client.desk.device_process import desk_devices
from pos_client.desk.identify import identify_card, identify_id_number, identify_voucher
from pos_client.desk.known_people import recall
from pos_client.desk.open_bills import discard
from pos_client.desk.operators import SignedIn
from pos_client.desk.papers import Paper, paper
from pos_client.desk.parked_bills import parked_bills
from pos_client.desk.parked_view import ParkedBill
from pos_client.desk.past_bills import PastBills
from pos_client.desk.recent import last_sale
from pos_client.desk.sale_in_work import SaleInWork
from pos_client.desk.sale_view import SaleView
from pos_client.desk.settings import change_settings
from pos_client.desk.shift_view import Place, ShiftView
from pos_client.desk.shown_figures import last_view
from pos_client.desk.station import Desk, desk_of
from pos_client.desk.stay_desk import StayDesk
from pos_client.desk.strip import Contact, NearestLimit, strip_figures
from pos_client.desk.todo import Todo
from pos_client.errors import Problem
from pos_client.money import yuan_grouped
from pos_client.offline.locks import desk_lock
from pos_client.runtime import Runtime, shanghai
from pos_client.sync.person import papers_demanded

if TYPE_CHECKING:
    from pos_client.desk.card_desk import CardDesk

#: A look at the reader ends after this, so that the window can end it, too.
LOOK_WAIT_MS = 1_000
#: What a card said: the window only hands it on.
CardRead = CardIdentity


class Counter:
    """One desk's session. All of it is called in the thread that opened it, but for ``card(s)`` and ``devices``."""

    def __init__(self, home: Home, environment: Mapping[str, str], runtime: Runtime) -> None:
        """Prepares the home.

        Raises:
            EnvironmentProblem: E-HOME, E-CONFIG.
        """
        self._home, self._environment = home, environment
        self._contact = Contact()
        self._runtime = replace(runtime, http=WatchedHttp(runtime.http, self._contact, runtime.clock))
        self._signed_in_at = runtime.clock.now_utc()
        self._stack = ExitStack()
        self._books: Books | None = None
        self._desk: Desk | None = None
        self._sale: SaleInWork | None = None
        self._past_bills: PastBills | None = None
        self._stays: StayDesk | None = None
        self._todo: Todo | None = None
        prepare(home)
        settings = load_settings(home, environment)
        # The reader's process; it may be asked from another thread, one at a time.
        self.cards = card_process(runtime, settings, home=home)
        self._language = settings.language
        #: What the customer sees and hears, the drawer and the scanner; it may be asked from two threads.
        self.devices = desk_devices(runtime, settings)

    def open(self) -> bool:
        """Takes the home's lock and opens the store; whether somebody has to sign in.

        Raises:
            EnvironmentProblem: D-DESK when another desk works on this home, or what ``open_books`` raises.
        """
        with ExitStack() as stack:
            stack.enter_context(desk_lock(self._home))
            self._books = stack.enter_context(open_books(self._home, self._environment, self._runtime))
            self._stack = stack.pop_all()
        return bool(operators.listed(self._books)) or self._books.settings.mode == "real"

    @property
    def runtime(self) -> Runtime:
        """The outside world as this desk has it."""
        return self._runtime

    @property
    def books(self) -> Books:
        """The open store."""
        assert self._books is not None, "the counter is open"
        return self._books

    @property
    def desk(self) -> Desk:
        """The desk of whoever is signed in."""
        assert self._desk is not None, "somebody is signed in"
        return self._desk

    @property
    def sale(self) -> SaleInWork:
        """The sale in work."""
        assert self._sale is not None, "somebody is signed in"
        return self._sale

    @property
    def todo(self) -> Todo:
        """What is to be done, and the drain beside the window."""
        assert self._todo is not None, "somebody is signed in"
        return self._todo

    @property
    def past_bills(self) -> PastBills:
        """Bills of the past, to be found and taken back."""
        assert self._past_bills is not None, "somebody is signed in"
        return self._past_bills

    @property
    def stays(self) -> StayDesk:
        """Admissions, stays and discharges."""
        assert self._stays is not None, "somebody is signed in"
        return self._stays

    def paper(self, id_: str, *, again: bool) -> Paper:
        """The slip of a bill or a void for the printer of the settings as they are now.

        Raises:
            Refused: S-NOSLIP. EnvironmentProblem: D-…, E-CONFIG.
        """
        printer = load_settings(self._home, self._environment).text("printer.name")
        return paper(self.desk.office, id_, printer, again=again)

    def sign_in(self, name: str | None = None, password: str | None = None) -> SignedIn:
        """Somebody begins to work; what a crash left as unsent becomes unknown and is asked about.

        Raises:
            Refused: S-OPERATOR, S-SIGNIN, S-PASSWORD. EnvironmentProblem: D-….
        """
        by = operators.who_acts(self.books, name, password)
        self._desk = desk_of(self.books, self.cards, by, CounterDevices(self.devices))
        self._desk.devices.bill_left()
        self._desk.office.resolver.adopt_orphans(of_queue=False)
        self._sale = SaleInWork(self._desk)
        self._past_bills = PastBills(self._desk, self._sale)
        self._stays = StayDesk(self._desk)
        if self._todo is not None:
            self._todo.close()
        self._todo = Todo(self._desk.office, self._contact, self._desk.devices)
        self._signed_in_at = self._runtime.clock.now_utc()
        return by

    def parked(self) -> tuple[ParkedBill, ...]:
        """The sales that wait for their customer."""
        return parked_bills(self.desk.office)

    def give_up_parked(self, number: int) -> tuple[ParkedBill, ...]:
        """Gives a parked sale up, and what still waits.

        Raises:
            Refused: S-NOBILL. EnvironmentProblem: D-….
        """
        discard(self.desk.office, number)
        return self.parked()

    def require_operators(self) -> None:
        """Refuses a real home in which nobody could sign in.

        Raises:
            Refused: S-OPERATOR.
        """
        if not operators.listed(self.books):
            operators.who_acts(self.books)

    def own_word(self) -> SignedIn | None:
        """Whoever works here, if that person's own word allows what wants a supervisor; else None."""
        by = self.desk.office.by
        return by if operators.own_word_counts(self.books, by) else None

    def authorise(self, name: str, password: str, act: str) -> SignedIn:
        """A supervisor's word for an act of whoever works here.

        Raises:
            Refused: S-PASSWORD; S-SUPERVISOR; S-EYES.
        """
        return operators.authorise(self.books, name, password, act, acting=self.desk.office.by)

    def change_settings(self, values: Mapping[str, str | int], by: SignedIn | None = None) -> None:
        """Changes settings, audited; ``by``: who allowed it, else whoever works here. They hold when the desk is next
        opened.

        Raises:
            Refused: E-SETTING, S-OWNED, S-SUPERVISOR. EnvironmentProblem: as ``settings.change_settings``.
        """
        change_settings(self.books, values, by=by or self.desk.office.by)

    @property
    def place(self) -> Place:
        """Where this is and who works here."""
        office = self.desk.office
        settings = office.settings
        return Place(
            institution=settings.text("institution.name"),
            desk=settings.number("desk.number"),
            operator=office.by.name,
            operator_title=office.by.title,
            training=settings.mode == "training",
        )

    def identify_card(self, card: CardIdentity) -> SaleView:
        """The holder of a card comes to the sale in work, while the bureau is out of reach as it last told of him."""
        office = self.desk.office
        return self.sale.identify(lambda visit: identify_card(office, card, visit), lambda: recall(office, card))

    def identify_id_number(self, id_number: str, name: str) -> SaleView:
        """The holder of an identity number comes to the sale in work."""
        return self.sale.identify(lambda visit: identify_id_number(self.desk.office, id_number, name, visit))

    @property
    def name_demanded(self) -> bool:
        """Whether an identity number is asked for with its name, and a voucher alone says nothing."""
        return papers_demanded(self.desk.office.region)

    def identify_voucher(self, token: str) -> SaleView:
        """Whoever shows an electronic voucher comes to the sale in work."""
        return self.sale.identify(lambda visit: identify_voucher(self.desk.office, token, visit))

    def read_card(self) -> CardIdentity:
        """Reads the card in the reader; in the readers' thread.

        Raises:
            EnvironmentProblem, Refused: K-….
        """
        return self.cards.read()

    @property
    def card(self) -> "CardDesk":
        """The card in the reader for its holder's questions; all of it in the readers' thread."""
        from pos_client.desk.card_desk import CardDesk  # nobody asks on most days

        return CardDesk(self.cards, self._language)

    def look(self, seen: str) -> str:
        """``no_reader``, ``empty``, ``card`` or ``unknown``, once it is not what was seen before, or after a while.

        In a thread of its own; whoever reads a card comes first.

        Raises:
            EnvironmentProblem: K-….
        """
        return str(self.cards.look(Presence(seen) if seen else None, LOOK_WAIT_MS))

    def probe(self) -> None:
        """Looks whether the bureau is there; the strip says what it found."""
        with suppress(Problem):
            self.desk.office.bureau.sign_in(again=True)

    def shift(self) -> ShiftView:
        """The counts of the strip and of the empty page."""
        figures = strip_figures(self.desk.office, self._contact, since=self._signed_in_at)
        limit, since, last = figures.nearest_limit, figures.offline_since, last_sale(self.desk.office)
        now = self._runtime.clock.now_utc()
        return ShiftView(
            since=_hour(figures.shift_since),
            sold=figures.sold,
            voided=figures.voided,
            parked=figures.parked,
            unknown=figures.unknown,
            tasks=figures.tasks,
            todo=figures.todo,
            unsent=figures.unsent,
            unsent_fen=figures.unsent_fen,
            offline_since="" if since is None else _hour(since),
            offline_minutes=0 if since is None else int((now - since).total_seconds()) // 60,
            limit_what="" if limit is None else limit.what,
            limit_used="" if limit is None else _used(limit),
            last=None if last is None else last_view(last, self.books.settings.language),
        )

    def close(self) -> None:
        """Lets store, lock and counter devices go, and ends the drain beside the window."""
        if self._todo is not None:
            self._todo.close()
        self.devices.close()
        self._stack.close()
        self._books, self._desk, self._sale = None, None, None


def _hour(instant: datetime) -> str:
    return f"{shanghai(instant):%H:%M}"


def _used(limit: NearestLimit) -> str:
    if limit.is_money:
        return f"{yuan_grouped(limit.used)} / {yuan_grouped(limit.limit)}"
    return f"{limit.used} / {limit.limit}"
