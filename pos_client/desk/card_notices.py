"""What a card is worth a word for at the counter, and a name on it that the bureau writes otherwise.

A notice stops nobody. Another name does until a supervisor has looked at person and documents; it is kept who that was.
Numbers that differ are two persons: ``desk.identify`` refuses them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_client.card.social_security.identity import CardIdentity
from pos_client.card.social_security.notices import NoticeKind, notices
from pos_client.desk.identify_words import OTHER_NAME
from pos_client.desk.operators import SignedIn, own_word_counts, require_supervisor
from pos_client.errors import Refused
from pos_client.offline import audit
from pos_client.phrase import Phrase
from pos_client.runtime import business_date

if TYPE_CHECKING:
    from pos_client.desk.identify import Identified
    from pos_client.desk.station import Office

_ACT: Final = Phrase("姓名不同，仍按本人办理", "go on although the name differs")
_SHORT: Final[Mapping[NoticeKind, Phrase]] = {
    NoticeKind.EXPIRED: Phrase("卡已过期 {expired:%Y-%m-%d}", "card expired {expired:%Y-%m-%d}"),
    NoticeKind.NOT_YET_ISSUED: Phrase("发卡日期未到 {issued:%Y-%m-%d}", "issued on {issued:%Y-%m-%d}"),
    NoticeKind.OTHER_REGION: Phrase("外地卡 {region}", "card of {region}"),
    NoticeKind.CARD_NUMBER: Phrase("卡号校验码不符", "card number unusual"),
    NoticeKind.NOT_CHECKED: Phrase("卡没有验真伪", "card not tested"),
}


@dataclass(frozen=True, slots=True)
class CardNotice:
    """One word about a card: for the person's column, and as a whole sentence."""

    short: Phrase
    sentence: Phrase


def card_notices(office: "Office", card: CardIdentity) -> tuple[CardNotice, ...]:
    """What the clerk should know about a card that was just read."""
    region = office.region.envelope.get("mdtrtarea_admvs", "")
    check_genuine = office.settings.text("reader.check_genuine") == "yes"
    found = notices(card, business_date(office.bureau.now), region, check_genuine=check_genuine)
    fill = {"expired": card.expires_on, "issued": card.issued_on, "region": card.region}
    return tuple(CardNotice(_filled(_SHORT[one.kind], fill), one.phrase) for one in found)


def _filled(phrase: Phrase, fill: Mapping[str, object]) -> Phrase:
    return Phrase(phrase.say("zh", **fill), phrase.say("en", **fill))


def wants_word(identified: "Identified") -> bool:
    """Whether nothing goes on before a supervisor has looked: the card names the person otherwise than the bureau."""
    return identified.name_differs and bool(identified.credential.card_number)


def refuse_other_name(identified: "Identified") -> None:
    """Refuses somebody whose name on the card is not the bureau's.

    Raises:
        Refused: S-NAMES.
    """
    if wants_word(identified):
        raise Refused(OTHER_NAME, on_card=identified.credential.name, at_bureau=identified.person.name)


def allow_other_name(office: "Office", identified: "Identified", by: SignedIn) -> None:
    """Keeps that a supervisor has compared person and documents; the names themselves stand nowhere.

    Raises:
        Refused: S-SUPERVISOR.
    """
    require_supervisor(by, _ACT.say(office.settings.language))
    with office.store.commit() as connection:
        subject, operator = identified.person.person_no, office.drawer.operator
        detail = {"authorised_by": by.name}
        audit.append(connection, "identify.other_name", subject, detail, now=office.bureau.now, operator=operator)


def require_own_word(office: "Office", identified: "Identified") -> None:
    """Where no supervisor can be asked: only whoever may allow it himself goes on, and that is kept.

    Raises:
        Refused: S-NAMES.
    """
    if not wants_word(identified):
        return
    if not own_word_counts(office.books, office.by):
        refuse_other_name(identified)
    allow_other_name(office, identified, office.by)
