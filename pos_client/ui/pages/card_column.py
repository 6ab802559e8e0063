"""The side columns of the page for the card in the reader: who holds it, what is on it, how its PIN stands."""

from collections.abc import Sequence

from pos_client.desk.card_view import CardPin, CardPurse, CardView, PinStand
from pos_client.money import yuan_grouped
from pos_client.ui.frame.band import BandPart
from pos_client.ui.kit.headings import Heading, Name
from pos_client.ui.kit.rows import Pair, Rule, State, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.words import card as words
from pos_client.ui.words import frame, sale, say


def left(view: CardView | None) -> Sequence[Piece]:
    """The holder, as the card says."""
    heading = Heading(say(frame.PERSON), say(words.BY_CARD), remark_goes=True)
    holder = None if view is None else view.holder
    if holder is None:
        name = say(words.READING if view is None else words.NO_NAME)
        return (heading, Name(name, waiting=True))
    pieces: list[Piece] = [heading, Name(holder.name, holder.sex)]
    pieces.append(Pair(say(sale.CARD), holder.card_masked, document=True))
    pieces.append(Pair(say(sale.ID), holder.id_masked, document=True))
    pieces += [Rule(), Pair(say(words.ISSUED_IN), holder.region)]
    if holder.expires:
        pieces.append(Pair(say(words.EXPIRES), holder.expires))
    return (*pieces, Rule(), Words(say(words.NOT_ASKED)))


def band(view: CardView | None) -> Sequence[BandPart]:
    """The same in one line."""
    holder = None if view is None else view.holder
    if holder is None:
        return (BandPart(say(words.READING if view is None else words.NO_NAME), name=True),)
    return (
        BandPart(holder.name, name=True),
        BandPart(holder.sex),
        BandPart(holder.card_masked, label=say(sale.CARD)),
        BandPart(holder.id_masked),
        BandPart(holder.expires, label=say(words.EXPIRES)),
    )


def right(view: CardView | None) -> list[Piece]:
    """The account on the card, and how often the PIN may be tried."""
    if view is None:
        return []
    pieces = [] if view.purse is None else _of_purse(view.purse)
    return [*pieces, Heading(say(words.PIN)), _of_pin(view.pin)]


def _of_purse(purse: CardPurse) -> list[Piece]:
    year = say(words.YEAR, year=purse.year) if purse.year else ""
    return [
        Heading(say(words.PURSE), year),
        Pair(say(words.BALANCE), yuan_grouped(purse.balance_fen), bold=True),
        Pair(say(words.OWN_PAID), yuan_grouped(purse.own_paid_fen)),
        Pair(say(words.POOL_PAID), yuan_grouped(purse.pool_paid_fen)),
        Rule(),
    ]


def _of_pin(pin: CardPin) -> Piece:
    if pin.is_last_try:
        return State(Sign.LOOK, say(words.LAST_TRY), say(words.LAST_TRY_NOTE))
    match pin.stand:
        case PinStand.OPEN:
            return State(Sign.DONE, say(words.TRIES, count=pin.tries_left))
        case PinStand.LOCKED:
            return State(Sign.STOP, say(words.LOCKED), say(words.LOCKED_NOTE))
        case PinStand.NONE:
            return State(Sign.NOTE, say(words.NO_PIN), say(words.NO_PIN_NOTE))
        case PinStand.UNKNOWN:
            return State(Sign.LOOK, say(words.UNCERTAIN))
