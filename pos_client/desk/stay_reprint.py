"""Papers of a stay that are no settlement, made from the store again: the admission's, and those of its deposit."""

from pos_client.desk.slip import Slip
from pos_client.desk.station import Office
from pos_client.desk.stay_papers import admission_slip, deposit_slip
from pos_client.desk.visit_desk import find
from pos_client.offline import deposits, journal
from pos_client.offline.journal import Kind, State


def stay_paper(office: Office, id_: str) -> Slip | None:
    """The paper of an admission by its number, or of a deposit by its receipt's; None where it is neither."""
    with office.store.read() as connection:
        message = journal.find(connection, id_)
        moved = deposits.find_move(connection, id_)
    if message is not None and message.kind is Kind.ADMIT and message.state is State.OK:
        return admission_slip(office, id_)
    if moved is None:
        return None
    stay_id, move, held_fen = moved
    return deposit_slip(office, find(office, stay_id), move, held_fen)
