"""Puts one desk together: home, lock, store, region, bureau, policies and the card's child process."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from pos_client.benefit import PolicyLibrary
from pos_client.card.process import CardProcess
from pos_client.config import Home, Settings, load_settings, prepare
from pos_client.desk.books import Books, open_books
from pos_client.desk.card_reader import card_process
from pos_client.desk.counter_devices import CounterDevices
from pos_client.desk.device_process import desk_devices
from pos_client.desk.operators import SignedIn, configured, who_acts
from pos_client.desk.policies import HomePolicies
from pos_client.errors import EnvironmentProblem
from pos_client.offline.ids import MessageIds
from pos_client.offline.locks import desk_lock, drain_lock
from pos_client.offline.money_book import Drawer
from pos_client.offline.store import Store
from pos_client.runtime import Runtime
from pos_client.sync.bureau import Bureau
from pos_client.sync.envelope import Sender
from pos_client.sync.region import Region, load_region
from pos_client.sync.resolve import Resolver

#: Tells who works, when the store is open: the one of the settings in a training home, else whoever signs in.
Who = Callable[[Books], SignedIn]


@dataclass(frozen=True, slots=True)
class Office:
    """What speaks with the bureau for a home, without card and counter."""

    books: Books
    region: Region
    bureau: Bureau
    ids: MessageIds
    drawer: Drawer
    by: SignedIn

    @property
    def store(self) -> Store:
        """The open store."""
        return self.books.store

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.books.settings

    @property
    def resolver(self) -> Resolver:
        """What finds out about lost messages."""
        return Resolver(self.store, self.bureau, self.ids, self.drawer, self.drawer.desk)


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk ready to serve."""

    office: Office
    cards: CardProcess
    policies: PolicyLibrary
    devices: CounterDevices = field(default_factory=CounterDevices)


def office_of(books: Books, by: SignedIn) -> Office:
    """What speaks with the bureau in somebody's name."""
    settings = books.settings
    region = load_region(settings.text("region.id"), books.home.regions, settings.mode)
    desk_number = settings.number("desk.number")
    ids = MessageIds(books.store, books.runtime.clock, settings.text("institution.code"), desk_number)
    sender = Sender(
        institution_code=settings.text("institution.code"),
        institution_name=settings.text("institution.name"),
        operator=by.name,
        operator_name=by.title,
    )
    bureau = Bureau(region, sender, settings.text("front_end.url"), books.runtime, ids.for_query)
    return Office(books, region, bureau, ids, Drawer(desk_number, by.name), by)


def desk_of(books: Books, cards: CardProcess, by: SignedIn, devices: CounterDevices | None = None) -> Desk:
    """A desk on an open store; without ``devices`` the customer sees and hears nothing."""
    return Desk(office_of(books, by), cards, HomePolicies(books.home), devices or CounterDevices())


@contextmanager
def open_desk(home: Home, environment: Mapping[str, str], runtime: Runtime, who: Who = who_acts) -> Iterator[Desk]:
    """Opens a desk: takes the home's lock, starts the card's process early, and makes lost intents UNKNOWN.

    Raises:
        EnvironmentProblem: D-DESK when another desk works on this home, or what :func:`open_books` raises.
    """
    prepare(home)
    settings = load_settings(home, environment)
    with ExitStack() as stack:
        stack.enter_context(desk_lock(home))
        cards = card_process(runtime, settings, home=home)
        stack.callback(cards.close)
        cards.start()
        devices = stack.enter_context(counter_devices(runtime, settings))
        books = stack.enter_context(open_books(home, environment, runtime))
        desk = desk_of(books, cards, who(books), devices)
        desk.office.resolver.adopt_orphans(of_queue=False)
        yield desk


@contextmanager
def counter_devices(runtime: Runtime, settings: Settings) -> Iterator[CounterDevices]:
    """The customer's side of the counter for one act; what was paid stays in sight when it is over."""
    devices = desk_devices(runtime, settings)
    devices.start()
    try:
        yield CounterDevices(devices)
    finally:
        devices.close(blank=False)


@contextmanager
def open_counter(home: Home, environment: Mapping[str, str], runtime: Runtime, who: Who = who_acts) -> Iterator[Office]:
    """Opens a desk that needs no card: a void, for example.

    Raises:
        EnvironmentProblem: as :func:`open_desk`.
    """
    prepare(home)
    with desk_lock(home), open_books(home, environment, runtime) as books:
        office = office_of(books, who(books))
        office.resolver.adopt_orphans(of_queue=False)
        yield office


@contextmanager
def open_back_office(home: Home, environment: Mapping[str, str], runtime: Runtime) -> Iterator[Office]:
    """Opens what drains and resolves; it may work beside an open desk and then leaves that desk's intents alone.

    Raises:
        EnvironmentProblem: D-DRAIN when another process drains, or what :func:`open_books` raises.
    """
    prepare(home)
    with drain_lock(home), open_books(home, environment, runtime) as books:
        office = office_of(books, configured(books))
        try:
            with desk_lock(home):
                office.resolver.adopt_orphans(of_queue=False)
        except EnvironmentProblem as error:
            if error.code != "D-DESK":
                raise
        yield office
