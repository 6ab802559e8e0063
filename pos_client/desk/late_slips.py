"""The slip of a settlement whose outcome was learned later; it takes the place of the 待确认 slip."""

from collections.abc import Sequence

from pos_client.desk.slip_file import write_slip
from pos_client.desk.station import Office
from pos_client.desk.stay_papers import settlement_slip
from pos_client.offline import journal
from pos_client.offline.journal import Kind, Remark
from pos_client.sync.attempts import Attempt, Result


def write_late_slips(office: Office, attempts: Sequence[Attempt]) -> None:
    """Writes a slip for every settlement that was found booked, after its commit.

    Raises:
        EnvironmentProblem: S-SLIP; the settlements stay booked.
    """
    for attempt in attempts:
        message = attempt.message
        if attempt.result not in (Result.FOUND, Result.SENT) or message.kind is not Kind.SETTLE:
            continue
        with office.store.read() as connection:
            left = journal.has_remark(connection, message.id, Remark.CUSTOMER_LEFT)
        if not left:
            write_slip(office.books.home, message.id, settlement_slip(office, message, found_later=True))
