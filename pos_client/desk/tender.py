"""What the customer lays down: enough, and no change for what leaves no cash; and what is said when it goes back."""

from collections.abc import Sequence

from pos_client.desk.booking import Booking
from pos_client.desk.words import (
    NO_CHANGE_FOR,
    NOT_SENT_HAND_BACK,
    STOPPED_HAND_BACK,
    TENDER_HANDED_BACK,
    TENDER_TOO_SMALL,
)
from pos_client.errors import EnvironmentProblem, Problem, Refused, Words
from pos_client.money import yuan_grouped
from pos_client.offline.journal import State
from pos_client.offline.money_book import Means, Paid
from pos_client.phrase import Language, Phrase
from pos_client.runtime import GIVEN_UP

_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_LAID_DOWN = Phrase("请退还收下的 {tendered} 元", "hand back the {tendered} yuan")
_BESIDES = Phrase(
    "请退还另收的 {tendered} 元，押金没有动",
    "hand back the {tendered} yuan laid down besides, the deposit is untouched",
)
_DEPOSIT = Phrase("押金没有动", "the deposit is untouched")


def total_fen(tender: Sequence[Paid]) -> int:
    """All that was laid down."""
    return sum(paid.amount_fen for paid in tender)


def check_tender(due_fen: int, tender: Sequence[Paid]) -> None:
    """Refuses what is too little, and what could only be changed into cash.

    Raises:
        Refused: S-TENDER, S-CHANGE; nothing was done.
    """
    laid_down_fen = total_fen(tender)
    if laid_down_fen < due_fen:
        raise Refused(
            TENDER_TOO_SMALL,
            due=yuan_grouped(due_fen),
            tendered=yuan_grouped(laid_down_fen),
            short=yuan_grouped(due_fen - laid_down_fen),
        )
    check_no_change(due_fen, [paid for paid in tender if paid.means is not Means.CASH])


def check_no_change(due_fen: int, elsewhere: Sequence[Paid]) -> None:
    """Refuses more than is due by other means than cash.

    Raises:
        Refused: S-CHANGE; nothing was done.
    """
    elsewhere_fen = total_fen(elsewhere)
    if elsewhere_fen > due_fen:
        raise Refused(NO_CHANGE_FOR, due=yuan_grouped(due_fen), paid=yuan_grouped(elsewhere_fen))


def not_settled(done: Booking, tender: Sequence[Paid]) -> Problem:
    """What the clerk is told of a settlement that is not booked for certain, the tender in mind."""
    assert done.problem is not None, "it was not booked"
    message, money = done.message, _what_goes_back(tender)
    if done.conclusion.state is State.REFUSED:
        words = Words(f"R-{message.transaction}", TENDER_HANDED_BACK.zh, TENDER_HANDED_BACK.en)
        return Refused(words, {"id": message.id}, said=done.conclusion.why.rstrip("。. "), **money)
    if done.conclusion.state is State.NOT_SENT:
        evidence = {"id": message.id, "why": done.conclusion.why}
        words = STOPPED_HAND_BACK if done.conclusion.why == GIVEN_UP else NOT_SENT_HAND_BACK
        return EnvironmentProblem(words, evidence, **money)
    return done.problem


def _what_goes_back(tender: Sequence[Paid]) -> dict[str, str]:
    """What is to be handed back: of a deposit that was laid down nothing, it stays what it is."""
    laid_down_fen = total_fen([paid for paid in tender if paid.means is not Means.DEPOSIT])
    with_deposit = any(paid.means is Means.DEPOSIT for paid in tender)
    phrase = (_BESIDES if laid_down_fen else _DEPOSIT) if with_deposit else _LAID_DOWN
    tendered = yuan_grouped(laid_down_fen)
    return {f"money_{language}": phrase.say(language, tendered=tendered) for language in _LANGUAGES}
