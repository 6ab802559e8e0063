"""The figures of the strip and of the empty page: what is unsent, what waits, what this shift has done. No cash."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pos_client.desk import todo_list
from pos_client.desk.station import Office
from pos_client.offline import open_bills, shift_counts, tasks
from pos_client.offline.instants import instant_of
from pos_client.offline.journal import Kind, State
from pos_client.offline.open_counts import OpenCount, open_counts
from pos_client.offline.store import StoreConnection
from pos_client.phrase import Phrase
from pos_client.runtime import business_date

_TOTAL = Phrase("累计", "total")
_COUNT = Phrase("笔数", "count")


class Contact:
    """Since when the bureau cannot be reached: from the first failure after the last success, in memory only."""

    def __init__(self) -> None:
        self._offline_since: datetime | None = None

    @property
    def offline_since(self) -> datetime | None:
        """When the first attempt failed, or None while the last one succeeded or nothing was tried."""
        return self._offline_since

    def reached(self) -> None:
        """The bureau has answered, be it a refusal."""
        self._offline_since = None

    def failed(self, at: datetime) -> None:
        """An attempt got no answer."""
        self._offline_since = self._offline_since or at


@dataclass(frozen=True, slots=True)
class NearestLimit:
    """The limit of provisional settlements that is used up most: fen for money, else a number of bills."""

    what: str
    used: int
    limit: int
    is_money: bool


@dataclass(frozen=True, slots=True)
class StripFigures:
    """What stands in the strip and, where nobody is served, in the left column; amounts in fen, times in UTC.

    ``unsent`` are bills that the bureau has not confirmed, waiting or of unknown outcome, ``unsent_fen`` the fund's and
    the accounts' money in them; ``unknown`` counts everything of unknown outcome, ``todo`` the rows of the list of what
    is to be done. ``sold`` are bills settled in this shift, provisionally too, ``voided`` those taken back in it.
    """

    offline_since: datetime | None
    unsent: int
    unsent_fen: int
    unknown: int
    todo: int
    nearest_limit: NearestLimit | None
    tasks: int
    parked: int
    shift_since: datetime
    sold: int
    voided: int


def strip_figures(office: Office, contact: Contact, *, since: datetime) -> StripFigures:
    """Reads all figures at once; ``since`` is when the operator signed in.

    Raises:
        EnvironmentProblem: D-….
    """
    day, operator = business_date(office.bureau.now).isoformat(), office.drawer.operator
    with office.store.read() as connection:
        opened = open_counts(connection)
        unsent = [one for one in opened if one.kind is Kind.SETTLE]
        sold, voided = shift_counts.booked(connection, day, operator)
        waiting = [one for one in unsent if one.state is State.QUEUED]
        queued_now = _count(one for one in waiting if one.business_date == day and one.operator == operator)
        return StripFigures(
            offline_since=contact.offline_since,
            unsent=_count(unsent),
            unsent_fen=_at_risk_fen(unsent),
            unknown=_count(one for one in opened if one.state is State.UNKNOWN),
            todo=todo_list.count(connection, opened),
            nearest_limit=_nearest_limit(office, unsent),
            tasks=len(tasks.open_tasks(connection)),
            parked=sum(one.record["kind"] == "sale" for one in open_bills.parked(connection)),
            shift_since=_shift_since(office, connection, day, since),
            sold=sold + queued_now,
            voided=voided,
        )


def _shift_since(office: Office, connection: StoreConnection, day: str, since: datetime) -> datetime:
    """A shift is a business day of one operator; it began with its first entry, or when he signed in before that."""
    drawer = office.drawer
    first = shift_counts.first_entry(connection, day, drawer.operator, drawer.shift(office.bureau.now))
    return since if first is None else min(since, instant_of(first))


def _nearest_limit(office: Office, unsent: Sequence[OpenCount]) -> NearestLimit | None:
    limits = office.region.offline
    if limits.mode != "provisional":
        return None
    queued = [one for one in unsent if one.was_queued]  # on its way it still is at risk
    language = office.settings.language
    total = NearestLimit(_TOTAL.say(language), _at_risk_fen(queued), limits.total_fen, is_money=True)
    count = NearestLimit(_COUNT.say(language), _count(queued), limits.count, is_money=False)
    return total if total.used * count.limit >= count.used * total.limit else count


def _count(alike: Iterable[OpenCount]) -> int:
    return sum(one.count for one in alike)


def _at_risk_fen(settles: Iterable[OpenCount]) -> int:
    return sum(one.at_risk_fen for one in settles)
