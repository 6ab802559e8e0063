"""What a card is worth a word for at the counter. A notice stops nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_client.card.social_security.identity import CardIdentity
from pos_client.card.social_security.notices import NoticeKind, notices
from pos_client.phrase import Phrase
from pos_client.runtime import business_date

if TYPE_CHECKING:
    from pos_client.desk.station import Office

_SHORT: Final[Mapping[NoticeKind, Phrase]] = {
    NoticeKind.EXPIRED: Phrase("卡已过期 {expired:%Y-%m-%d}", "card expired {expired:%Y-%m-%d}"),
    NoticeKind.NOT_YET_ISSUED: Phrase("发卡日期未到 {issued:%Y-%m-%d}", "card issued on {issued:%Y-%m-%d}"),
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
