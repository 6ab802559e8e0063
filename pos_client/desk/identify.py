"""Who stands at the counter: the card asks, the bureau answers, and the two are compared."""

import unicodedata
from dataclasses import dataclass

from pos_client.card.identity import CardIdentity
from pos_client.desk.station import Desk
from pos_client.desk.words import OTHER_PERSON
from pos_client.errors import Refused
from pos_client.sync.person import (
    Credential,
    Entitlement,
    InsuredPerson,
    YearlyCounters,
    fetch_counters,
    fetch_entitlements,
    fetch_person,
)
from pos_client.sync.region import Visit

_DOTS = str.maketrans("", "", "·•‧・． .")


@dataclass(frozen=True, slots=True)
class Identified:
    """A person as the bureau knows him today, with the card that was shown."""

    credential: Credential
    person: InsuredPerson
    entitlements: tuple[Entitlement, ...]
    counters: YearlyCounters
    name_differs: bool

    def entitlement(self, fund: str) -> Entitlement | None:
        """What the bureau said of one fund, or None when it said nothing."""
        return next((one for one in self.entitlements if one.fund == fund), None)


def identify(desk: Desk, visit: Visit) -> Identified:
    """Reads the card and asks the bureau who that is, what he is entitled to and what the year has counted.

    Raises:
        EnvironmentProblem: K-… of the reader or card, N-… of the network.
        Refused: R-… by the bureau; S-PERSON when card and bureau name different documents.
    """
    bureau = desk.office.bureau
    card = desk.cards.read()
    credential = credential_of(card)
    person = fetch_person(bureau, credential, visit)
    if person.id_number.upper() != credential.id_number.upper():
        raise Refused(OTHER_PERSON)
    return Identified(
        credential=credential,
        person=person,
        entitlements=fetch_entitlements(bureau, person, visit),
        counters=fetch_counters(bureau, person),
        name_differs=_plain(person.name) != _plain(credential.name),
    )


def credential_of(card: CardIdentity) -> Credential:
    """The credential that a card is."""
    return Credential(
        card_number=card.card_number,
        identification_code=card.identification_code,
        id_number=card.id_number,
        name=card.name,
    )


def _plain(name: str) -> str:
    """A name without what systems write differently: width of letters, spaces, dots between parts."""
    return unicodedata.normalize("NFKC", name).translate(_DOTS)
