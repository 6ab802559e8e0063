"""A person as the bureau last told about him, kept and found again by the card; only where the region allows it."""

from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

from pos_client.card.social_security.identity import CardIdentity
from pos_client.desk.identify import Identified, credential_of, with_card
from pos_client.desk.station import Office
from pos_client.desk.words import PERSON_NOT_KNOWN
from pos_client.errors import Refused
from pos_client.offline import known_people
from pos_client.sync.person import CredentialKind, Entitlement, InsuredPerson, YearlyCounters

_DATE = "date:"


def remember(office: Office, identified: Identified) -> None:
    """Keeps what the bureau just said of a card's holder, where it may be needed while nobody can be reached."""
    if office.region.offline.mode != "provisional" or identified.credential.kind is not CredentialKind.CARD:
        return
    record = {
        "person": _record(identified.person),
        "entitlements": [_record(one) for one in identified.entitlements],
        "counters": _record(identified.counters),
    }
    card_number, person_no = identified.credential.card_number, identified.person.person_no
    with office.store.commit() as connection:
        known_people.remember(connection, card_number, person_no, record, now=office.bureau.now)


def recall(office: Office, card: CardIdentity) -> tuple[Identified, datetime]:
    """The holder of a card as last told, and when.

    Raises:
        Refused: S-PERSON-OLD, nothing is known of him or it is too old.
    """
    with office.store.read() as connection:
        known = known_people.find(connection, card.card_number)
    oldest = office.bureau.now - timedelta(days=office.region.offline.age_days)
    if known is None or known.seen_at < oldest:
        raise Refused(PERSON_NOT_KNOWN, days=office.region.offline.age_days)
    record = known.record
    person = {name: _value(value) for name, value in record["person"].items()}
    person["facts"] = {name: _value(value) for name, value in person["facts"].items()}
    identified = Identified(
        credential=credential_of(card),
        person=InsuredPerson(**person),
        entitlements=tuple(Entitlement(**one) for one in record["entitlements"]),
        counters=YearlyCounters(**record["counters"]),
        name_differs=False,
    )
    return with_card(office, identified, card), known.seen_at


def _record(of: Any) -> dict[str, Any]:
    return {one.name: _plain(getattr(of, one.name)) for one in fields(of)}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return _DATE + value.isoformat()
    return {name: _plain(one) for name, one in value.items()} if hasattr(value, "items") else value


def _value(value: Any) -> Any:
    is_date = isinstance(value, str) and value.startswith(_DATE)
    return date.fromisoformat(value.removeprefix(_DATE)) if is_date else value
