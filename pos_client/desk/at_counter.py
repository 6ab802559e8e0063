"""Whoever stands at the counter, for a sale or a stay: as the bureau knows him, as the window shows him.

What is done for him wants a reading that is not too old, and a supervisor's word where the card names him otherwise.
"""

from datetime import datetime, timedelta

from pos_client.desk.customer import Customer, customer_of
from pos_client.desk.identify import Identified
from pos_client.desk.operators import SignedIn
from pos_client.desk.other_name import NameWord
from pos_client.desk.sale_words import READING_TOO_OLD
from pos_client.desk.station import Desk
from pos_client.errors import Refused
from pos_client.sync.region import AccountUse, Visit


class AtCounter:
    """One person at a time; nobody at first."""

    def __init__(self, desk: Desk, visit: Visit) -> None:
        """``visit`` is what the person is there for."""
        self._desk, self._visit = desk, visit
        self.identified: Identified | None = None
        self.customer: Customer | None = None
        self._word = NameWord()

    @property
    def account(self) -> AccountUse:
        """What somebody chooses who does not say otherwise: his own account where there is something on it."""
        if self.identified is None or self.identified.person.account_balance_fen <= 0:
            return AccountUse.NO
        return AccountUse.OWN

    def comes(self, identified: Identified) -> Customer:
        """Somebody was identified just now and takes the place of whoever stood there."""
        office = self._desk.office
        customer = customer_of(office, self._desk.policies, identified, self._visit, at=office.bureau.now)
        self.identified, self.customer = identified, self._word.shown(customer, identified)
        return self.customer

    def leaves(self) -> None:
        """Nobody stands there any more; a word that was given holds for the same person with the same card."""
        self.identified, self.customer = None, None

    def allow_other_name(self, by: SignedIn) -> Customer:
        """A supervisor has looked: this is the person, although the card names him otherwise than the bureau.

        Raises:
            Refused: S-SUPERVISOR.
        """
        identified, customer = self._both
        self._word.give(self._desk.office, identified, by)
        self.customer = self._word.shown(customer, identified)
        return self.customer

    def reading_too_old(self, now: datetime) -> bool:
        """Whether the card, number or voucher was read so long ago that it is asked for again."""
        return self.customer is not None and now - self.customer.read_at > timedelta(minutes=self._limit_min)

    def require_fresh(self) -> Identified:
        """The person, read not too long ago, and allowed where the card gives another name.

        Raises:
            Refused: S-AGE, S-NAMES.
        """
        identified, _ = self._both
        if self.reading_too_old(self._desk.office.bureau.now):
            raise Refused(READING_TOO_OLD, minutes=self._limit_min)
        self._word.require(identified)
        return identified

    @property
    def _both(self) -> tuple[Identified, Customer]:
        assert self.identified is not None, "somebody was identified"
        assert self.customer is not None, "both come together"
        return self.identified, self.customer

    @property
    def _limit_min(self) -> int:
        return self._desk.office.settings.number("card.reading_age_min")
