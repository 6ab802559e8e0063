"""Whether a person is entitled on the day that decides, from which day on if not yet, and by which rule."""

from datetime import date
from typing import NamedTuple

from pos_client.benefit.event_days import day_of
from pos_client.benefit.facts import Bill
from pos_client.benefit.policy import Policy
from pos_client.benefit.reasons import ENTITLED


class Standing(NamedTuple):
    """The answer: ``ok`` or the state that stands in the way.

    ``first_covered_day`` is the day on which that state is over, None where nothing stands in the way or no day can be
    told (insurance not renewed). ``part`` is where in the policy's document the rule stands.
    """

    state: str
    first_covered_day: date | None
    part: str


def standing(policy: Policy, bill: Bill) -> Standing:
    """The person's standing on the bill's day of entitlement (admission or visit, as the policy says).

    Raises:
        Held: a fact that a rule looks at is unknown.
    """
    day = day_of(bill.event, policy.dates.entitled_by)
    for rule in policy.plan(bill).entitlement:
        state = rule.state_on(bill, day)
        if state is not None:
            return Standing(state, rule.ends_on(bill, day), rule.part)
    return Standing(ENTITLED, None, "")
