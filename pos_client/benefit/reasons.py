"""The reason codes of a split, and the exception by which a rule holds a bill."""

from collections.abc import Callable
from typing import Final, TypeVar

Found = TypeVar("Found")

# The bill is held: nothing was computed, no counter moves.
NO_POLICY_VERSION: Final = "NO_POLICY_VERSION"
NO_RULE_BENEFIT: Final = "NO_RULE_BENEFIT"
NO_RULE_CLASS_B: Final = "NO_RULE_CLASS_B"
NO_RULE_DEDUCTIBLE: Final = "NO_RULE_DEDUCTIBLE"
NO_RULE_SEGMENTS: Final = "NO_RULE_SEGMENTS"
NO_RULE_CAP: Final = "NO_RULE_CAP"
NO_RULE_SUPPLEMENT: Final = "NO_RULE_SUPPLEMENT"
NO_RULE_SHARE: Final = "NO_RULE_SHARE"
NO_RULE_AMOUNT: Final = "NO_RULE_AMOUNT"
NO_RULE_PLACE_OF_SETTLEMENT: Final = "NO_RULE_PLACE_OF_SETTLEMENT"
SITE_PARAM_MISSING: Final = "SITE_PARAM_MISSING"
SITE_PARAM_OUT_OF_BOUNDS: Final = "SITE_PARAM_OUT_OF_BOUNDS"
CATEGORY_NOT_IN_POLICY: Final = "CATEGORY_NOT_IN_POLICY"
FACT_UNKNOWN: Final = "FACT_UNKNOWN"
COUNTER_UNKNOWN: Final = "COUNTER_UNKNOWN"

# The bill is settled, and this is why it came out so.
EXCLUDED_CAUSE: Final = "EXCLUDED_CAUSE"

# Why a line, or a part of it, is not eligible.
LINE_CLASS_C: Final = "CLASS_C"
LINE_OUT_OF_SCOPE: Final = "OUT_OF_SCOPE"
LINE_OVER_LIMIT: Final = "OVER_LIMIT_PRICE"
LINE_FIRST_SHARE: Final = "FIRST_SHARE"
LINE_OUTSIDE_BILL: Final = "PAID_OUTSIDE_THE_BILL"

ENTITLED: Final = "ok"
EXCLUDED: Final = "excluded"
NOT_ASSESSED: Final = "unknown"


class Held(Exception):
    """A rule looked at something that is not known, or has no figure: the bill cannot be split here."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


def or_held(find: Callable[[], Found]) -> Found | Held:
    """What was found, or the hold that came up on the way, kept until somebody needs it."""
    try:
        return find()
    except Held as held:
        return held


def needed(found: Found | Held) -> Found:
    """What was found.

    Raises:
        Held: a hold was found in its place.
    """
    if isinstance(found, Held):
        raise Held(found.reason, found.detail)
    return found
