"""Takes the last step of a stay back, by a supervisor's word: its discharge, its charges or its admission."""

from pos_client.desk import stay, stay_charges
from pos_client.desk.operators import SignedIn
from pos_client.desk.station import Office
from pos_client.desk.stay_view import Undo


def undo(office: Office, id_: str, what: Undo, by: SignedIn) -> None:
    """Takes it back; a settlement goes back as every bill does, so nothing is done for it here.

    Raises:
        Refused: S-SUPERVISOR, S-BLOCKED, S-VISIT, R-2405, R-2404, R-2302. EnvironmentProblem. OutcomeUnknown.
    """
    if what is Undo.DISCHARGE:
        stay.undischarge(office, id_, by)
    elif what is Undo.ADMISSION:
        stay.unadmit(office, id_, by)
    elif what is Undo.CHARGES:
        uploads = [one.upload for one in stay_charges.charges_of(office, id_) if not one.settled]
        for upload in dict.fromkeys(uploads):
            stay_charges.withdraw_upload(office, id_, upload)
