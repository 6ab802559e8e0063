"""What is put on paper at the window: which slip, on which printer, and where it is kept when there is none."""

from dataclasses import dataclass, field
from pathlib import Path

from pos_client.desk.reprint import reprint, slip_of
from pos_client.desk.slip import Slip
from pos_client.desk.station import Office


@dataclass(frozen=True, slots=True)
class Paper:
    """A slip with the full name; without a printer it is kept in the folder, masked, when it is asked for again."""

    slip: Slip = field(repr=False)
    printer: str
    folder: Path
    again: bool


def paper(office: Office, id_: str, printer: str, *, again: bool) -> Paper:
    """The slip of a bill or a void; ``again`` marks and counts it as a reprint.

    Raises:
        Refused: S-NOSLIP. EnvironmentProblem: D-….
    """
    slip = reprint(office, id_) if again else slip_of(office, id_)
    return Paper(slip, printer, office.books.home.slips, again)
