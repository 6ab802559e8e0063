"""The person at the counter as every page shows him: left column, and the band where there is no room for one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pos_client.desk.used_up import per_mille
from pos_client.money import yuan_grouped
from pos_client.phrase import Language
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.message_line import Message
from pos_client.ui.kit.headings import Heading, Name
from pos_client.ui.kit.rows import Meter, Pair, Rule, State, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.words import frame, say
from pos_client.ui.words import sale as words

if TYPE_CHECKING:
    from pos_client.desk.customer import Customer
    from pos_client.desk.year_counters import CounterRow


def nobody() -> Sequence[Piece]:
    """The column while nobody is identified."""
    return (Heading(say(frame.PERSON)), Name(say(words.NOBODY), waiting=True))


def person(customer: "Customer", account_after_fen: int | None = None) -> list[Piece]:
    """Who it is, whether the pool pays, what the account holds, what the year counted."""
    pieces: list[Piece] = [
        Heading(say(frame.PERSON), customer.credential),
        Name(customer.name, who(customer)),
    ]
    if customer.card_masked:
        pieces.append(Pair(say(words.CARD), customer.card_masked, document=True))
    pieces.append(Pair(say(words.ID), customer.id_masked, document=True))
    pieces += of_card(customer)
    known = customer.since is not None and bool(customer.entitled)  # the bureau's own words name a day that lies ahead
    since = say(words.SINCE, day=customer.since) if known else ""
    pieces += [Rule(), State(sign_of(customer), customer.state_words, since), Rule()]
    pieces.append(Pair(say(words.ACCOUNT), yuan_grouped(customer.account_fen)))
    if account_after_fen is not None:
        pieces.append(Pair(say(words.AFTER), yuan_grouped(account_after_fen)))
    if customer.counters:
        pieces.append(Rule())
    pieces += [_counter(row) for row in customer.counters]
    return pieces


def of_card(customer: "Customer") -> list[Piece]:
    """What is to be looked at: another name on the card, and quietly what else the card is worth a word for."""
    pieces: list[Piece] = []
    if customer.name_on_card:
        allowed = say(words.NAME_ALLOWED) if customer.name_allowed else ""
        pieces.append(State(Sign.LOOK, say(words.NAME_ON_CARD, name=customer.name_on_card), allowed))
    elif customer.name_differs:
        pieces.append(State(Sign.LOOK, say(words.NAME_DIFFERS)))
    if customer.notices:
        pieces.append(Words("・".join(customer.notices)))
    return pieces


def noticed(customer: "Customer | None", language: Language) -> Message | None:
    """What is said once of a person who was just identified by a card, None where there is nothing."""
    if customer is None:
        return None
    if customer.wants_word:
        said = say(words.OTHER_NAME, on_card=customer.name_on_card, at_bureau=customer.name)
        return Message(Sign.LOOK, said)
    if not customer.notice_sentences:
        return None
    return Message(Sign.NOTE, ("" if language == "zh" else " ").join(customer.notice_sentences))


def who(customer: "Customer") -> str:
    """Sex, age and category, as far as they are known."""
    return "・".join(filter(None, (f"{customer.sex} {_age(customer)}".strip(), customer.category)))


def _age(customer: "Customer") -> str:
    return say(words.AGE, age=customer.age) if customer.age else ""


def sign_of(customer: "Customer") -> Sign:
    """The sign of the entitlement."""
    return Sign.DONE if customer.entitled else Sign.LOOK


def band_of(customer: "Customer", account_after_fen: int | None = None) -> list[BandPart]:
    """The person in one line."""
    parts = [
        BandPart(customer.name, name=True),
        BandPart(who(customer)),
        BandPart(customer.id_masked),
        *(
            [BandPart(say(words.NAME_ON_CARD, name=customer.name_on_card), sign=Sign.LOOK)]
            if customer.wants_word
            else []
        ),
        BandPart(customer.state_words, sign=sign_of(customer)),
        BandPart(yuan_grouped(customer.account_fen), label=say(words.ACCOUNT)),
    ]
    if account_after_fen is not None:
        parts.append(BandPart(yuan_grouped(account_after_fen), label=say(words.AFTER)))
    counted = [row for row in customer.counters if row.amount_fen is not None]
    parts += [BandPart(yuan_grouped(row.amount_fen or 0), label=row.label) for row in counted]
    return parts


def _counter(row: "CounterRow") -> Piece:
    if row.amount_fen is None:
        return Pair(row.label, say(words.TIMES, count=row.count))
    if row.limit_fen is None:
        return Pair(row.label, yuan_grouped(row.amount_fen))
    filled = per_mille(row.amount_fen, row.limit_fen)
    return Meter(row.label, yuan_grouped(row.amount_fen), yuan_grouped(row.limit_fen), say(frame.LIMIT), filled)
