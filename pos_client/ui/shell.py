"""What pages use of the program around them: lanes for work, the desk, the way from page to page."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from pos_client.errors import OutcomeUnknown, Problem
from pos_client.phrase import Language
from pos_client.ui.lane import Lane

if TYPE_CHECKING:
    from pos_client.desk.bill_view import Refunded
    from pos_client.desk.counter import CardRead, Counter
    from pos_client.desk.customer import Customer
    from pos_client.desk.found_items import ItemSearch
    from pos_client.desk.operators import SignedIn
    from pos_client.desk.sale_view import SaleView, SoldView
    from pos_client.desk.setup import Setup
    from pos_client.ui.frame.page import Page


T = TypeVar("T")


class Shell(Protocol):
    """The program around the pages. The counter may be called in the desk's lane only."""

    language: Language
    desk: Lane
    """Everything that uses the store or the bureau."""
    search: Lane
    """The catalogue while somebody types."""
    cards: Lane
    """The reader."""

    @property
    def setup(self) -> "Setup":
        """What the settings are made with; to be called inside of a lane."""

    @property
    def counter(self) -> "Counter":
        """The desk's session; to be called inside of the desk's lane."""

    @property
    def items(self) -> "ItemSearch":
        """The catalogue; to be called inside of the search lane."""

    # --- from page to page ---

    def open(self, page: "Page") -> None:
        """Puts a page in front; Esc comes back to this one."""

    def back(self) -> None:
        """Closes the page in front."""

    def go_home(self) -> None:
        """Closes all pages: the next person."""

    def open_help(self) -> None:
        """What the keys do here."""

    def open_settings(self) -> None:
        """The settings of this desk, while nobody is served."""

    def open_identify(self) -> None:
        """The other ways to say who it is."""

    @property
    def card_is_in(self) -> bool:
        """Whether a card was seen in the reader last."""

    def open_card(self) -> None:
        """What the card in the reader says to its holder, and its PIN; nobody is identified by it."""

    def open_lookup(self) -> None:
        """Bills of the past."""

    def open_refund(self) -> None:
        """A bill of the past, to take it or a part of it back."""

    def open_tasks(self) -> None:
        """What is to be done, and what waits for an outcome."""

    def open_parked(self) -> None:
        """Bills that wait for their customer."""

    def open_stays(self) -> None:
        """Admissions, stays and discharges."""

    def open_desk(self) -> None:
        """Tries again to open the desk, or opens it when it has been set up."""

    def reopen(self) -> None:
        """Closes the desk and opens it again as its settings are now."""

    def use_theme(self, name: str) -> None:
        """Shows the window ``light``, ``dark`` or with ``auto`` as the system is."""

    def use_language(self, setting: str) -> None:
        """Shows the window in the language of a setting: ``zh``, ``en`` or ``auto``."""

    def look_at_reader(self, looks: bool) -> None:
        """Whether the desk looks after the reader; while it is tested it does not."""

    def listen_to_devices(self, listens: bool) -> None:
        """Whether the counter devices are in use; while one of them is tried they are not."""

    @property
    def reader_tells(self) -> bool:
        """Whether the reader says by itself that a card was put in; else it is read when a key asks for it."""

    def close(self) -> None:
        """Ends the program; what is in work is kept."""

    def signed_in(self) -> None:
        """Somebody works here now: the first page comes."""

    def with_supervisor(self, act: str, then: "Callable[[SignedIn], None]") -> None:
        """Asks for a supervisor's word for an act that a clerk would name so; nothing is asked where whoever works here
        may allow it alone. ``then`` gets who allowed it, the page that asked being in front again; Esc asks nothing
        more and does nothing.
        """

    def with_right_name(
        self, customer: "Customer | None", allow: "Callable[[SignedIn], T]", then: "Callable[[T | None], None]"
    ) -> None:
        """Goes on at once, unless the card names the person otherwise than the bureau: then a supervisor is asked first
        and ``allow`` is done in the desk's lane; ``then`` gets what it gave.
        """

    # --- what pages hand on ---

    def read_card(self, then: "Callable[[SaleView], None]", failed: Callable[[Problem], None]) -> None:
        """Reads the card that is in the reader and asks the bureau whose it is."""

    def read_card_for(
        self, work: "Callable[[CardRead], T]", then: Callable[[T], None], failed: Callable[[Problem], None]
    ) -> None:
        """Reads the card that is in the reader, then asks the desk something about whoever holds it."""

    def identified(self, view: "SaleView") -> None:
        """Somebody was identified on the page for it: the page behind it goes on with him."""

    def sold(self, sold: "SoldView") -> None:
        """A sale is settled: its slip is printed, the next person may come."""

    def unknown(self, problem: OutcomeUnknown, sale: "SaleView") -> None:
        """Nobody knows whether a settlement is booked: the page that says so."""

    def taken_up(self, view: "SaleView") -> None:
        """A parked bill is in work again: the sale goes on with it."""

    def seen(self, id_: str) -> None:
        """The clerk has seen what became of a bill of unknown outcome: he is not told again."""

    def next_person(self, *, card_waits: bool = False) -> None:
        """Closes all pages; with ``card_waits`` the card that is in the reader already is read."""

    def parked(self) -> None:
        """A bill was laid aside: the next person may come."""

    def print_last(self) -> None:
        """Prints the last slip again."""

    def print_slip(self, id_: str, *, again: bool = False) -> None:
        """Prints the slip of a bill or a void; ``again`` marks and counts it as a reprint."""

    def given_back(self, done: "Refunded") -> None:
        """A bill or a part of it was taken back: its slip is printed, the first page says what to hand back."""

    def refresh_strip(self) -> None:
        """Something changed that the strip counts."""

    def clock_face(self) -> str:
        """The time of the business, as the strip shows it."""

    def minutes_since(self, instant: datetime) -> int:
        """Whole minutes since an instant."""
