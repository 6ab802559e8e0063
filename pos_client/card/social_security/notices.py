"""What is worth a word about a card that was read well: nothing here stops anybody from being treated.

Whether an expired card, or one of another place, is served is for the bureau to say; the clerk should only not be
surprised. Source of the check character: 人社信息函〔2012〕37号, appendix A (the method of GB 11714).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from pos_client.card.social_security.identity import CardIdentity
from pos_client.phrase import Phrase

_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "0123456789X"
#: Provinces that are one city: their regions differ only by district.
_MUNICIPALITIES: Final = ("11", "12", "31", "50")

_EXPIRED: Final = Phrase(
    "卡面有效期到 {day:%Y-%m-%d}，已过期。能不能用以医保中心为准，请照常办理，并提醒持卡人换卡。",
    "The card expired on {day:%Y-%m-%d}. The bureau decides whether it is served: go on as usual, and tell the holder "
    "to have it renewed.",
)
_NOT_YET_ISSUED: Final = Phrase(
    "卡上的发卡日期是 {day:%Y-%m-%d}，比今天还晚。请核对电脑的日期；日期没错就照常办理，并告诉信息科。",
    "The card says that it was issued on {day:%Y-%m-%d}, which is still to come. Check the date of this computer; if "
    "it is right, go on as usual and tell IT.",
)
_OTHER_REGION: Final = Phrase(
    "这是外地卡（发卡地 {region}），待遇可能按异地就医计算。请照常办理，以医保中心的结果为准。",
    "This card was issued elsewhere (region {region}); treatment away from home may apply. Go on as usual: the "
    "bureau's result is what counts.",
)
_CARD_NUMBER: Final = Phrase(
    "卡号的校验码对不上，有些地方的卡本来就这样。请核对本人，照常办理。",
    "The check character of the card's number is not right, as on the cards of some cities. Make sure that it is the "
    "person's own, and go on as usual.",
)
_NOT_CHECKED: Final = Phrase(
    "这张卡没有做真伪验证，因为本机没有可用的 PSAM 卡。请核对本人和卡面照片，照常办理。",
    "This card was not tested for being genuine, because no PSAM is in use here. Compare the person with the photo on "
    "the card, and go on as usual.",
)


class NoticeKind(StrEnum):
    """What a notice is about."""

    EXPIRED = "expired"
    NOT_YET_ISSUED = "not_yet_issued"
    OTHER_REGION = "other_region"
    CARD_NUMBER = "card_number"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Notice:
    """One word about a card; the phrase is complete."""

    kind: NoticeKind
    phrase: Phrase


def notices(identity: CardIdentity, today: date, region: str, *, check_genuine: bool = False) -> tuple[Notice, ...]:
    """What the clerk should know about a card.

    Args:
        identity: the card.
        today: the business day.
        region: the hospital's, six digits; nothing where it is not set.
        check_genuine: whether this desk wants every card tested for being genuine.
    """
    return tuple(_notices(identity, today, region, check_genuine=check_genuine))


def _notices(identity: CardIdentity, today: date, region: str, *, check_genuine: bool) -> Iterator[Notice]:
    if identity.expires_on is not None and identity.expires_on < today:
        yield _about(NoticeKind.EXPIRED, _EXPIRED, day=identity.expires_on)
    if identity.issued_on is not None and identity.issued_on > today:
        yield _about(NoticeKind.NOT_YET_ISSUED, _NOT_YET_ISSUED, day=identity.issued_on)
    if region and _city(identity.region) != _city(region):
        yield _about(NoticeKind.OTHER_REGION, _OTHER_REGION, region=identity.region)
    if not card_number_agrees(identity.card_number):
        yield _about(NoticeKind.CARD_NUMBER, _CARD_NUMBER)
    if check_genuine and identity.genuine is None:
        yield _about(NoticeKind.NOT_CHECKED, _NOT_CHECKED)


def card_number_agrees(card_number: str) -> bool:
    """Whether the ninth character of a card's number is the check character of the eight before."""
    if len(card_number) != len(_WEIGHTS) + 1 or not (card_number.isascii() and card_number.isalnum()):
        return False
    weighted = sum(int(char, 36) * weight for char, weight in zip(card_number, _WEIGHTS, strict=False))
    return _CHECKS[-weighted % 11] == card_number[-1]


def _city(region: str) -> str:
    return region[:2] if region.startswith(_MUNICIPALITIES) else region[:4]


def _about(kind: NoticeKind, phrase: Phrase, **fill: object) -> Notice:
    return Notice(kind, Phrase(phrase.say("zh", **fill), phrase.say("en", **fill)))
