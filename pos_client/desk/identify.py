"""Who stands at the counter: card, identity number or voucher asks, the bureau answers, and the two are compared.

Light on purpose: the window imports this before it opens the store.
"""

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pos_client.card.social_security.identity import CardIdentity
from pos_client.card.social_security.mismatch import mismatches
from pos_client.desk.card_notices import CardNotice, card_notices
from pos_client.desk.citizen_number import checked_number
from pos_client.desk.identify_words import NAME_DEMANDED, OTHER_NUMBER, VOUCHER_NOT_HERE, VOUCHER_UNREADABLE
from pos_client.desk.words import OTHER_PERSON
from pos_client.errors import Refused
from pos_client.sync.person import (
    LONGEST_VOUCHER,
    Credential,
    CredentialKind,
    Entitlement,
    InsuredPerson,
    Voucher,
    YearlyCounters,
    fetch_counters,
    fetch_entitlements,
    fetch_person,
    papers_demanded,
)
from pos_client.sync.region import Visit

if TYPE_CHECKING:
    from pos_client.desk.station import Desk, Office

_DOTS = str.maketrans("", "", "·•‧・． .")


@dataclass(frozen=True, slots=True)
class Identified:
    """A person as the bureau knows him today, with what he was identified by.

    ``name_differs`` from what the card says, or from what was typed; ``notices`` are about the card.
    """

    credential: Credential
    person: InsuredPerson
    entitlements: tuple[Entitlement, ...]
    counters: YearlyCounters
    name_differs: bool
    notices: tuple[CardNotice, ...] = ()

    @property
    def wants_word(self) -> bool:
        """Whether a supervisor has to look first: the card names the person otherwise than the bureau."""
        return self.name_differs and self.credential.kind is CredentialKind.CARD

    def entitlement(self, fund: str) -> Entitlement | None:
        """What the bureau said of one fund, or None when it said nothing."""
        return next((one for one in self.entitlements if one.fund == fund), None)


def identify(desk: "Desk", visit: Visit) -> Identified:
    """Reads the card and asks the bureau about its holder.

    Raises:
        EnvironmentProblem: K-… of the reader or card, N-… of the network.
        Refused: as :func:`identify_card`.
    """
    return identify_card(desk.office, desk.cards.read(), visit)


def identify_card(office: "Office", card: CardIdentity, visit: Visit) -> Identified:
    """Asks the bureau who holds a card, what he is entitled to and what the year has counted.

    Raises:
        EnvironmentProblem: N-….
        Refused: R-… by the bureau; S-PERSON when card and bureau name different documents.
    """
    credential = credential_of(card)
    person = fetch_person(office.bureau, credential, visit)
    if person.id_number.upper() != credential.id_number.upper():
        raise Refused(OTHER_PERSON)
    return with_card(office, _asked_about(office, person, credential, visit), card)


def with_card(office: "Office", identified: Identified, card: CardIdentity) -> Identified:
    """What is to be said of the card that somebody was identified by, and whether it gives him another name."""
    person = identified.person
    found = mismatches(card, id_number=person.id_number, name=person.name)
    names_differ = any(not one.stops for one in found)
    return replace(identified, name_differs=names_differ, notices=card_notices(office, card))


def identify_id_number(office: "Office", id_number: str, name: str, visit: Visit) -> Identified:
    """The same by a typed identity number; the name may be empty where the region does not demand it.

    Raises:
        EnvironmentProblem: N-….
        Refused: S-IDNO, no such number exists, or S-NAME, with nothing asked; R-… by the bureau; S-OTHERID.
    """
    number, name = checked_number(id_number), name.strip()
    if not name and papers_demanded(office.region):
        raise Refused(NAME_DEMANDED)
    credential = Credential("", "", number, name, CredentialKind.ID_NUMBER)
    person = fetch_person(office.bureau, credential, visit)
    if person.id_number.upper() != number:
        raise Refused(OTHER_NUMBER)
    return _asked_about(office, person, credential, visit)


def identify_voucher(office: "Office", token: str, visit: Visit) -> Identified:
    """The same by the code of an electronic voucher, which is asked once and then forgotten.

    Raises:
        EnvironmentProblem: N-….
        Refused: S-VOUCHER, that is no code, or S-VOUCHER-ID, the region wants more than the code, with nothing asked;
            R-… by the bureau, for a used or expired code too.
    """
    scanned = token.strip()
    if not scanned or len(scanned) > LONGEST_VOUCHER or not (scanned.isascii() and scanned.isprintable()):
        raise Refused(VOUCHER_UNREADABLE)
    if papers_demanded(office.region):
        raise Refused(VOUCHER_NOT_HERE)
    person = fetch_person(office.bureau, Voucher(scanned), visit)
    credential = Credential("", "", person.id_number, person.name, CredentialKind.VOUCHER)
    return _asked_about(office, person, credential, visit)


def _asked_about(office: "Office", person: InsuredPerson, credential: Credential, visit: Visit) -> Identified:
    return Identified(
        credential=credential,
        person=person,
        entitlements=fetch_entitlements(office.bureau, person, visit),
        counters=fetch_counters(office.bureau, person),
        name_differs=bool(credential.name) and _plain(person.name) != _plain(credential.name),
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
