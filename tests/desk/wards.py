"""A patient on his way through the hospital as the admission desk sees him: forms, files of charges, leaving."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pos_client.config import Home
from pos_client.desk import admission, deposit, leave, stay_charges, stay_estimate, visit_desk
from pos_client.desk.admission import AdmissionForm
from pos_client.desk.care_lists import Disease
from pos_client.desk.cart import fill_cart
from pos_client.desk.custody import BOTH, Document
from pos_client.desk.identify import Identified
from pos_client.desk.leave import Leaving, Left
from pos_client.desk.policies import HomePolicies
from pos_client.desk.station import Office
from pos_client.desk.stay_estimate import StayEstimate
from pos_client.desk.stay_face import Face, face_of
from pos_client.offline.money_book import Means, Paid
from pos_client.offline.visits import Visit
from pos_client.sync.region import AccountUse
from tests.desk.patients import WARD, known
from tests.desk.world import orders

GASTRITIS = Disease("K29.500", "慢性胃炎", "1")
REFLUX = Disease("K21.900", "胃食管反流病", "1")


@dataclass
class Bed:
    """One stay on its way."""

    office: Office
    person: Identified
    id: str

    @property
    def visit(self) -> Visit:
        return visit_desk.find(self.office, self.id)

    @property
    def face(self) -> Face:
        visit = self.visit
        with self.office.store.read() as connection:
            face = face_of(connection, visit)
        assert face is not None
        return face

    @property
    def policies(self) -> HomePolicies:
        return HomePolicies(self.home)

    @property
    def home(self) -> Home:
        return self.office.books.home

    def charge(self, *typed: str) -> tuple[str, ...]:
        cart = fill_cart(self.office.store, orders(typed), consent_signed=True)
        return stay_charges.enter(self.office, self.id, cart)

    def pay_deposit(self, amount_fen: int, means: Means = Means.CASH, reference: str = "") -> deposit.DepositMoved:
        return deposit.receive(self.office, self.id, Paid(means, amount_fen, reference))

    def estimate(self, account: AccountUse = AccountUse.OWN) -> StayEstimate:
        return stay_estimate.estimate(self.office, self.policies, self.id, self.person, account=account)

    def leave(
        self, estimate: StayEstimate | None, tender: Sequence[Paid] = (), back: Means | None = Means.CASH
    ) -> Left:
        return leave.leave(self.office, Leaving(self.id, self.person, estimate, tuple(tender), back))

    def file(self, *lines: str, header: str = "编码,时间,数量,单价,流水号") -> Path:
        """A CSV of charges; ``{today}`` in a line is the day of the admission."""
        path = self.home.folder / "charges.csv"
        text = "\n".join([header, *lines]).replace("{today}", self.visit.opening.business_date)
        path.write_text(text + "\n", encoding="utf-8")
        return path


def admit(
    office: Office, persona: str = "zhang-jianguo", documents: tuple[Document, ...] = BOTH, number: str = ""
) -> Bed:
    """Somebody admitted to the ward of the tests with a main and another diagnosis."""
    person = known(office, "inpatient", persona)
    own_number = number or admission.propose_own_number(office)
    form = AdmissionForm(WARD, (GASTRITIS, REFLUX), own_number, documents)
    return Bed(office, person, admission.admit(office, person, form).id)
