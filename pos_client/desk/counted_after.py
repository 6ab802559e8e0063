"""What the year has counted for a person once a stay is settled, by our own calculation."""

from dataclasses import replace

from pos_client.desk.identify import Identified
from pos_client.desk.station import Desk
from pos_client.desk.stay_estimate import StayEstimate
from pos_client.desk.year_counters import CounterRow, counter_rows
from pos_client.sync.person import YearlyCounters


def counted_after(desk: Desk, identified: Identified, found: StayEstimate) -> tuple[CounterRow, ...]:
    """The rows as they stand then; nothing where our calculation cannot say or differs from the bureau's."""
    split, day = found.assessment.settled, found.assessment.bill.event.last_day
    if split is None or day is None or found.differences:
        return ()
    counted, settings = split.counters_after, desk.office.settings
    then = replace(identified, counters=YearlyCounters(counted.year, counted.amounts_fen, counted.counts))
    policy = desk.policies.pick(settings.text("policy.id"), day)
    return tuple(counter_rows(then, policy, day, settings.number("institution.level"), settings.language))
