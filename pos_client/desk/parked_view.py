"""What the window shows of the sales that wait for their customer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ParkedBill:
    """One of them: ``who`` is a masked name, empty where nobody was identified; ``since`` and ``parked_at`` stand on
    the wall clock of the business, with the day where it is not today.
    """

    number: int
    who: str
    first_item: str
    lines: int
    since: str
    parked_at: str
    operator: str
