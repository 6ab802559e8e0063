"""What the window shows of unknown outcomes and of what a person has to do: values, every word and amount ready.

Nothing heavy is imported here: the window names these types before the store is loaded.
"""

from dataclasses import dataclass
from enum import StrEnum

from pos_client.desk.sale_view import Amount, PaidView


class Fate(StrEnum):
    """What became of a settlement whose answer was lost."""

    OPEN = "open"  # it is being asked about
    BOOKED = "booked"
    NOT_BOOKED = "not_booked"
    TAKEN_BACK = "taken_back"  # it was booked and the customer had left


@dataclass(frozen=True, slots=True)
class StepView:
    """Something that happened on the way to an outcome: ``sign`` is done, look, unknown or stop."""

    sign: str
    when: str
    text: str


@dataclass(frozen=True, slots=True)
class UnknownView:
    """A settlement whose answer was lost, from its first moment to its end; amounts in fen.

    ``on_counter`` is the customer's money that lies here, by means; ``hand_back`` what goes out of the drawer now that
    the outcome is known or the customer left; ``asked`` how often the bureau was asked, ``next_try_s`` in how many
    seconds again (0: now). ``cases`` say what follows in either case.
    """

    id: str
    fate: Fate
    total_fen: int
    on_counter_fen: int
    on_counter: tuple[PaidView, ...]
    hand_back_fen: int
    hand_back: tuple[PaidView, ...]
    sums: tuple[Amount, ...]
    steps: tuple[StepView, ...]
    cases: tuple[tuple[str, str], ...]
    asked: int
    next_try_s: int
    customer_left: bool
    sentence: str = ""
    """What became of it and what to do now; empty while it is open."""


class Act(StrEnum):
    """What Enter does with something that is to be done."""

    ASK = "ask"  # the bureau, now
    TOLD = "told"  # the customer was told, and got what is his
    COLLECT = "collect"
    GIVE_BACK = "give_back"
    SEND = "send"  # what waits
    FINISH = "finish"  # a person says how it was settled
    ACCEPT = "accept"  # a restored store takes money again
    SEEN = "seen"  # the figures that differ were looked at


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row of the right column; with ``bureau`` and ``ours`` the two are compared, else ``value`` stands alone."""

    label: str
    value: str = ""
    bureau: str = ""
    ours: str = ""
    minor: bool = False
    """Whether it goes where room is short."""


@dataclass(frozen=True, slots=True)
class WhoseView:
    """Whose it is, as far as may be shown while nobody stands there: the name masked."""

    name: str
    what: str
    at: str


@dataclass(frozen=True, slots=True)
class TodoRow:
    """One thing that is to be done; ``sign`` is stop, look, unknown or note.

    ``id`` is the message that it is about, or empty; ``task`` the number of the task, if it is one. ``money_fen`` is
    what is to be collected or given back. ``authority`` names the act that wants a supervisor's word, or is empty.
    """

    key: str
    sign: str
    title: str
    first: str
    second: str
    amount_fen: int | None
    act: Act
    act_words: str
    sentence: str
    code: str = ""
    id: str = ""
    task: int | None = None
    money_fen: int = 0
    authority: str = ""
    whose: WhoseView | None = None
    evidence: tuple[Evidence, ...] = ()
    prints: bool = False
    """Whether there is a slip of it."""


@dataclass(frozen=True, slots=True)
class News:
    """An outcome that was unknown is known: ``good`` where it is booked and nothing is to be handed back."""

    id: str
    good: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Tended:
    """What the work beside the window came to since it was last asked."""

    news: tuple[News, ...] = ()
    passed: bool = False
    """A pass over what is open has ended."""
    problem: str = ""
    """The sentence of what kept a pass from working."""
