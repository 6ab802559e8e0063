"""Who stands at the window for a stay, and which stay that is; one person at a time."""

from collections.abc import Callable

from pos_client.card.social_security.identity import CardIdentity
from pos_client.desk import identify, stay, stay_book
from pos_client.desk import stay_desk_words as words
from pos_client.desk.at_counter import AtCounter
from pos_client.desk.customer import Customer
from pos_client.desk.identify import Identified
from pos_client.desk.operators import SignedIn
from pos_client.desk.station import Desk, Office
from pos_client.desk.stay_estimate import StayEstimate
from pos_client.desk.stay_view import Arrived
from pos_client.desk.stay_views import person_no_of
from pos_client.desk.stay_words import OTHER_PERSONS_STAY
from pos_client.errors import Refused
from pos_client.phrase import Language
from pos_client.sync.region import AccountUse, Visit


class StayPerson:
    """Whoever was identified last; what was tried for him counts as long as he stands there."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._visit: Visit = desk.office.region.visits[stay.VISIT]
        self._person = AtCounter(desk, self._visit)
        self._estimate: StayEstimate | None = None
        self.account = AccountUse.NO

    @property
    def identified(self) -> Identified | None:
        """Whoever was identified last."""
        return self._person.identified

    @property
    def customer(self) -> Customer | None:
        """The same as the window shows him."""
        return self._person.customer

    def identify_card(self, card: CardIdentity, stay_id: str = "") -> Arrived:
        """The holder of a card comes; with a stay another person is refused."""
        return self._identify(lambda visit: identify.identify_card(self._office, card, visit), stay_id)

    def identify_id_number(self, id_number: str, name: str, stay_id: str = "") -> Arrived:
        """The holder of an identity number comes."""
        return self._identify(lambda visit: identify.identify_id_number(self._office, id_number, name, visit), stay_id)

    def identify_voucher(self, token: str, stay_id: str = "") -> Arrived:
        """Whoever shows an electronic voucher comes."""
        return self._identify(lambda visit: identify.identify_voucher(self._office, token, visit), stay_id)

    def _identify(self, ask: Callable[[Visit], Identified], stay_id: str) -> Arrived:
        """Asks the bureau who that is, and finds the stay to go on with by the bureau's number of the person.

        Raises:
            EnvironmentProblem, Refused: as ``desk.identify``; S-STAYPERSON, the open stay is another person's. Whoever
                stood there before still does.
        """
        identified = ask(self._visit)
        if stay_id and identified.person.person_no != person_no_of(self._office, stay_id):
            raise Refused(OTHER_PERSONS_STAY, id=stay_id)
        customer = self._person.comes(identified)
        self.account, self._estimate = self._person.account, None
        return self._arrival(customer, identified)

    def allow_other_name(self, by: SignedIn) -> Arrived:
        """A supervisor has looked: this is the person, although the card names him otherwise than the bureau.

        Raises:
            Refused: S-STAYWHO, S-SUPERVISOR.
        """
        identified = self._who()
        return self._arrival(self._person.allow_other_name(by), identified)

    def arrived(self) -> Arrived | None:
        """Whoever stands there, with the stay as it is now."""
        if self.identified is None or self.customer is None:
            return None
        return self._arrival(self.customer, self.identified)

    def _arrival(self, customer: Customer, identified: Identified) -> Arrived:
        found = stay_book.stay_of_person(self._office, identified.person.person_no)
        return Arrived(customer, "" if found is None else found.id)

    def forget(self) -> None:
        """Nobody stands there any more."""
        self._person.leaves()
        self._estimate = None
        self._desk.devices.bill_left()

    @property
    def _office(self) -> Office:
        return self._desk.office

    @property
    def _language(self) -> Language:
        return self._desk.office.settings.language

    def _stands_there(self, id_: str) -> bool:
        return self.identified is not None and self.identified.person.person_no == person_no_of(self._office, id_)

    def _who(self) -> Identified:
        if self.identified is None:
            raise Refused(words.WHO_FIRST)
        return self.identified

    def _fresh(self) -> Identified:
        """Whoever stands there, read not too long ago, and allowed where the card gives another name."""
        self._who()
        return self._person.require_fresh()
