"""A day as data, drawn from a seed before anything is played: who comes when, and everything that goes wrong.

Each trouble belongs to one act or stands as an event of its own, so that a failing day can be told with all but the
few that matter taken out.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hardware_sim.front_end.faults import Fault
from pos_client.offline.money_book import Means
from pos_client.sync.region import AccountUse

from .card_reader import CardTrouble
from .disk import DiskTrouble
from .door import LineFault
from .program import Crash


class ActKind(StrEnum):
    """What is done at a desk."""

    SALE = "sale"
    VOID = "void"
    VISIT = "visit"  # an outpatient visit begins
    STAY = "stay"  # somebody is admitted
    GO_ON = "go_on"  # with a visit or stay
    SYNC = "sync"
    REOPEN = "reopen"
    NIGHTLY = "nightly"


@dataclass(frozen=True, slots=True)
class Troubles:
    """What goes wrong while one act is under way."""

    wire: tuple[Fault, ...] = ()
    line: LineFault | None = None
    disk: DiskTrouble | None = None
    card: CardTrouble | None = None
    crash: Crash | None = None

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.wire) + sum(one is not None for one in (self.line, self.disk, self.card, self.crash))

    @property
    def is_race(self) -> bool:
        """Whether a message is executed late and nobody gets its answer."""
        late = any(one.name in ("late_commit", "commit_after_reversal") for one in self.wire)
        return late and self.line is not None and self.line.name == "line_lost"

    def __str__(self) -> str:
        """In brackets behind an act's line; empty when nothing goes wrong."""
        said = [f"{one.name}@{one.infno}" for one in self.wire]
        said += [f"{one.name}@message {one.message} {one.infno}".rstrip() for one in (self.line,) if one]
        said += [f"{one.name}@commit {one.commit}" for one in (self.disk,) if one]
        said += [one.name for one in (self.card,) if one]
        said += [str(self.crash)] if self.crash else []
        return f"  [{', '.join(said)}]" if said else ""


@dataclass(frozen=True, slots=True)
class Act:
    """One act at a desk.

    ``about`` is the number of the act that a void takes back, or of the visit that goes on. ``over_fen`` is what the
    customer lays down above what is due, ``tries`` how often he lets the clerk try when told that nothing was booked,
    ``leaves`` whether he goes without the goods when told that the outcome is unknown. ``other_percent`` of what is due
    he pays by ``other_means``, the rest in cash. ``asks_after_ms`` is when
    somebody asks what became of an unknown outcome, with the troubles of ``asking``; None: nobody does at once.
    ``thinks_again`` has charges of a visit withdrawn and uploaded once more, ``takes_all_back`` the whole visit.
    """

    number: int
    at_ms: int
    desk: int
    kind: ActKind
    person: str = ""
    basket: tuple[tuple[str, int], ...] = ()
    use_account: bool = False
    over_fen: int = 0
    other_means: Means = Means.CASH
    other_percent: int = 0
    tries: int = 1
    leaves: bool = False
    deposit_fen: int = 0
    thinks_again: bool = False
    takes_all_back: bool = False
    about: int = 0
    asks_after_ms: int | None = None
    asking: Troubles = Troubles()
    troubles: Troubles = Troubles()

    @property
    def account(self) -> AccountUse:
        """Which account pays."""
        return AccountUse.OWN if self.use_account else AccountUse.NO

    @property
    def goods(self) -> str:
        """What is bought, in a few words."""
        return " ".join(f"{code}×{count}" for code, count in self.basket)


class EventKind(StrEnum):
    """What happens to the world while the desks work."""

    OUTAGE = "outage"  # the bureau refuses connections
    CABLE = "cable"  # a desk's cable is pulled
    CLOCK_JUMP = "clock_jump"  # a desk's clock is off, until IT sets it
    BUREAU_SKEW = "bureau_skew"  # the bureau's clock is off


@dataclass(frozen=True, slots=True)
class Event:
    """Something that lasts a while; ``seconds`` is how far a clock is off."""

    kind: EventKind
    at_ms: int
    lasts_ms: int
    desk: int = 0
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class DeskPlan:
    """One desk: its number, its clock and its way to the bureau."""

    number: int
    offset_ms: int
    drift_ppm: int
    latency_ms: int


@dataclass(frozen=True, slots=True)
class Script:
    """A whole day, or two; ``provisional``: the region lets sales be settled without the bureau, within wide limits."""

    seed: int
    starts_at: datetime
    region: str
    provisional: bool
    gateway_timeout_s: int
    true_disk: bool
    desks: tuple[DeskPlan, ...]
    acts: tuple[Act, ...]
    events: tuple[Event, ...]

    @property
    def troubles(self) -> int:
        """How many things go wrong."""
        return len(self.events) + sum(act.troubles.count for act in self.acts)
