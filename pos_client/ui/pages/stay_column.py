"""The patient of a stay as every page of it shows him: left column, and the band where there is no room for one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pos_client.desk.used_up import per_mille
from pos_client.money import yuan_grouped
from pos_client.ui.frame.band import BandPart
from pos_client.ui.kit.headings import Heading, Name
from pos_client.ui.kit.rows import Meter, Pair, Rule, State, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.person_column import of_card, sign_of, who
from pos_client.ui.words import discharge, frame, sale, say
from pos_client.ui.words import stays as words

if TYPE_CHECKING:
    from pos_client.desk.customer import Customer
    from pos_client.desk.stay_view import EstimateView, StayView
    from pos_client.desk.year_counters import CounterRow


def left(view: "StayView", estimate: "EstimateView | None" = None) -> Sequence[Piece]:
    """Who it is, where he lies since when, what account and year hold."""
    customer = view.customer
    pieces = _who(view)
    pieces += [Rule(), *_stay(view, estimate)]
    if customer is None:
        return pieces
    pieces += [Rule(), Pair(say(sale.ACCOUNT), yuan_grouped(customer.account_fen))]
    if estimate is not None and estimate.account_after_fen is not None:
        pieces.append(Pair(say(discharge.AFTER), yuan_grouped(estimate.account_after_fen)))
    counted = [row for row in customer.counters if row.amount_fen is not None]
    if counted:
        pieces.append(Rule())
    after = {row.label: row for row in estimate.after} if estimate is not None else {}
    for row in counted:
        pieces += _counter(row, after.get(row.label))
    return pieces


def _who(view: "StayView") -> list[Piece]:
    customer = view.customer
    name, note = view.name or "—", view.described
    credential = "" if customer is None else customer.credential
    if customer is not None:
        name, note = customer.name, who(customer)
    pieces: list[Piece] = [Heading(say(frame.PERSON), credential), Name(name, note)]
    card = view.card_masked if customer is None else customer.card_masked
    document = view.id_masked if customer is None else customer.id_masked
    if card:
        pieces.append(Pair(say(sale.CARD), card, document=True))
    if document:
        pieces.append(Pair(say(sale.ID), document, document=True))
    if customer is None:
        return [*pieces, Rule(), State(Sign.NOTE, say(words.NOT_SEEN), say(words.NOT_SEEN_HOW))]
    pieces += of_card(customer)
    return [*pieces, Rule(), _entitlement(view, customer)]


def _entitlement(view: "StayView", customer: "Customer") -> Piece:
    valid = customer.entitled and customer.since is not None and customer.since <= view.line.since
    note = say(discharge.ENTITLED_AT, day=view.line.since) if valid else ""
    return State(sign_of(customer), customer.state_words, note)


def _stay(view: "StayView", estimate: "EstimateView | None") -> list[Piece]:
    line = view.line
    pieces: list[Piece] = [
        Pair(view.place or say(words.NUMBER), say(words.BED_DAYS, days=line.days)),
        Pair(say(words.NUMBER), line.own_number, document=True),
        Pair(say(words.SINCE), f"{line.since:%Y-%m-%d}"),
    ]
    if view.left_on is not None:
        pieces.append(Pair(say(words.LEFT_ON), f"{view.left_on:%Y-%m-%d}"))
    if estimate is not None and estimate.stay_number is not None:
        pieces.append(Pair(say(words.STAY_OF_YEAR), say(words.STAY_NUMBER, number=estimate.stay_number)))
    if estimate is not None:
        return pieces
    if view.doctor:
        pieces.append(Pair(say(words.DOCTOR), view.doctor))
    if view.diagnoses:
        pieces.append(Pair(say(words.DIAGNOSIS), view.diagnoses))
    if line.documents:
        pieces += [Rule(), Words(say(words.IN_CUSTODY, documents=line.documents))]
    return pieces


def _counter(row: "CounterRow", after: "CounterRow | None") -> list[Piece]:
    amount_fen = row.amount_fen or 0
    if after is None or after.amount_fen is None or after.amount_fen == amount_fen:
        if row.limit_fen is None:
            return [Pair(row.label, yuan_grouped(amount_fen))]
        return [_meter(row.label, amount_fen, row.limit_fen)]
    before = Pair(say(discharge.BEFORE, label=row.label), yuan_grouped(amount_fen))
    if after.limit_fen is None:
        return [before, Pair(say(discharge.AFTER), yuan_grouped(after.amount_fen))]
    return [before, _meter(say(discharge.AFTER), after.amount_fen, after.limit_fen)]


def _meter(label: str, used_fen: int, limit_fen: int) -> Piece:
    filled = per_mille(used_fen, limit_fen)
    return Meter(label, yuan_grouped(used_fen), yuan_grouped(limit_fen), say(frame.LIMIT), filled)


def band(view: "StayView", estimate: "EstimateView | None" = None) -> Sequence[BandPart]:
    """The patient in one line."""
    customer, line = view.customer, view.line
    parts = [
        BandPart(customer.name if customer is not None else view.name or "—", name=True),
        BandPart(who(customer) if customer is not None else view.described),
        BandPart(view.place),
        BandPart(say(words.BED_DAYS, days=line.days)),
    ]
    if customer is None:
        return [*parts, BandPart(say(words.NOT_SEEN), sign=Sign.NOTE)]
    parts.append(BandPart(customer.state_words, sign=sign_of(customer)))
    parts.append(BandPart(yuan_grouped(customer.account_fen), label=say(sale.ACCOUNT)))
    if estimate is not None and estimate.account_after_fen is not None:
        parts.append(BandPart(yuan_grouped(estimate.account_after_fen), label=say(discharge.AFTER)))
    return parts
