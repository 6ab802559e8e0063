"""A card that names its holder otherwise than the bureau does: a supervisor looks first, and it is kept who that was.

Numbers that differ are two persons: ``desk.identify`` refuses them.
"""

from dataclasses import replace
from typing import Final

from pos_client.desk.customer import Customer
from pos_client.desk.identify import Identified
from pos_client.desk.identify_words import OTHER_NAME
from pos_client.desk.operators import SignedIn, own_word_counts, require_supervisor
from pos_client.desk.station import Office
from pos_client.errors import Refused
from pos_client.offline import audit
from pos_client.phrase import Phrase
from pos_client.sync.person import Credential

_ACT: Final = Phrase("姓名不同，仍按本人办理", "go on although the name differs")


class NameWord:
    """A supervisor's word for somebody of another name; it holds for the same person with the same card."""

    def __init__(self) -> None:
        self._given_for: tuple[str, Credential] | None = None

    def give(self, office: Office, identified: Identified, by: SignedIn) -> None:
        """The supervisor has compared person and documents.

        Raises:
            Refused: S-SUPERVISOR.
        """
        _keep(office, identified, by)
        self._given_for = identified.person.person_no, identified.credential

    def shown(self, customer: Customer, identified: Identified) -> Customer:
        """The person as the window shows him, with the word or without."""
        return replace(customer, name_allowed=True) if self._holds(identified) else customer

    def require(self, identified: Identified) -> None:
        """Refuses somebody for whom a word is wanted and was not given.

        Raises:
            Refused: S-NAMES.
        """
        if identified.wants_word and not self._holds(identified):
            raise _refusal(identified)

    def _holds(self, identified: Identified) -> bool:
        return self._given_for == (identified.person.person_no, identified.credential)


def require_own_word(office: Office, identified: Identified) -> None:
    """Where no supervisor can be asked: only whoever may allow it himself goes on, and that is kept.

    Raises:
        Refused: S-NAMES.
    """
    if not identified.wants_word:
        return
    if not own_word_counts(office.books, office.by):
        raise _refusal(identified)
    _keep(office, identified, office.by)


def _refusal(identified: Identified) -> Refused:
    return Refused(OTHER_NAME, on_card=identified.credential.name, at_bureau=identified.person.name)


def _keep(office: Office, identified: Identified, by: SignedIn) -> None:
    """In the audit chain; the names themselves stand nowhere."""
    require_supervisor(by, _ACT.say(office.settings.language))
    with office.store.commit() as connection:
        subject, operator = identified.person.person_no, office.drawer.operator
        detail = {"authorised_by": by.name}
        audit.append(connection, "identify.other_name", subject, detail, now=office.bureau.now, operator=operator)
