"""Which day of a visit or stay decides what: ``[dates]`` of a policy."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pos_client.benefit.facts import Event
from pos_client.benefit.reasons import FACT_UNKNOWN, Held

DayName = Literal["admission", "discharge", "service"]


@dataclass(frozen=True, slots=True)
class Dates:
    """The day that picks the version, the insurance year and the entitlement; ``year_starts`` is (month, day)."""

    version_by: DayName
    year_by: DayName
    entitled_by: DayName
    year_starts: tuple[int, int]


def day_of(event: Event, name: DayName) -> date:
    """The named day of the event; a visit has one day for all names.

    Raises:
        Held: the event does not carry that day.
    """
    day = event.first_day if name == "admission" else event.last_day
    if day is None:
        raise Held(FACT_UNKNOWN, "date")
    return day
