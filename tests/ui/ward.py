"""A patient of the ward at the window, for tests: admitted, charged, by keys alone."""

from pos_client.ui.pages.admission import AdmissionPage
from pos_client.ui.pages.discharge import DischargePage
from pos_client.ui.pages.stay import StayPage
from pos_client.ui.pages.stay_charges import ChargesPage
from pos_client.ui.pages.stay_deposit import DepositPage
from pos_client.ui.pages.stays import StaysPage
from tests.ui.keys import Keys

PATIENT = "zhang-jianguo"


def to_stays(keys: Keys) -> StaysPage:
    """The list of stays, from the first page."""
    keys.press("Tab")
    return keys.on(StaysPage)


def begin_admission(keys: Keys, persona: str = PATIENT) -> AdmissionPage:
    """The card of somebody who is not in hospital, on the list of stays."""
    keys.insert(persona)
    return keys.on(AdmissionPage)


def fill_in(keys: Keys, *, department: str = "XHNK", bed: str = "12", diagnosis: str = "K29") -> None:
    """Everything up to the last Enter: the department's first doctor, both documents."""
    keys.enter(department)
    keys.press("Enter")
    keys.enter(bed)
    keys.enter(diagnosis)
    keys.press("Enter", "Enter")


def admitted(keys: Keys, *, deposit: str = "", persona: str = PATIENT) -> StayPage:
    """Somebody in hospital, his stay in front; a deposit in cash where one is given."""
    to_stays(keys)
    begin_admission(keys, persona)
    fill_in(keys)
    keys.press("Enter")
    keys.on(DepositPage)
    if deposit:
        keys.write(deposit)
        keys.press("F8")
    keys.press("Esc")
    return keys.on(StayPage)


def charge(keys: Keys, *typed: str) -> StayPage:
    """Charges entered one after the other and uploaded; ``3*CODE`` is three of it."""
    keys.press("Enter")
    keys.on(ChargesPage)
    for one in typed:
        keys.enter(one)
    keys.press("Enter")
    return keys.on(StayPage)


def tried(keys: Keys) -> DischargePage:
    """The trial of the stay in front."""
    keys.press("F8")
    return keys.on(DischargePage)
