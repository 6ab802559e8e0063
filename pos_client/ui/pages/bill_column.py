"""A bill of the past in the side columns: whose and when at the left, how it was paid at the right."""

from collections.abc import Sequence

from pos_client.desk.bill_view import BillRow
from pos_client.money import yuan_grouped
from pos_client.ui.frame.band import BandPart
from pos_client.ui.kit.headings import Big, Heading, Name
from pos_client.ui.kit.rows import Pair, Rule, State, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.sale_amounts import sums
from pos_client.ui.words import frame, say
from pos_client.ui.words import lookup as words


def left(row: BillRow) -> list[Piece]:
    """Whose bill it is, masked: nobody stands there."""
    return [
        Heading(say(frame.PERSON), say(words.CHOSEN), remark_goes=True),
        Name(row.name_masked),
        *numbers(row),
        Rule(),
        Words(say(words.MASKED)),
    ]


def numbers(row: BillRow) -> list[Piece]:
    """Its number, its time, what it was for."""
    return [
        Pair(say(words.NUMBER), row.id, document=True),
        Pair(say(words.WHEN), row.at[:16], document=True),
        Pair(say(words.KIND), row.what, document=True),
    ]


def band(row: BillRow, name: str = "") -> Sequence[BandPart]:
    """The same in one line."""
    sign = Sign(row.sign)
    return (
        BandPart(name or row.name_masked, name=True),
        BandPart(row.id),
        BandPart(row.at[:16]),
        BandPart(row.what),
        BandPart(row.state, sign=sign),
    )


def right(row: BillRow) -> list[Piece]:
    """What it came to, who paid, what was laid down and given back."""
    paid: list[Piece] = [Pair(say(words.MEANS), row.means)] if row.means else []
    return [
        Big(say(words.TOTAL), yuan_grouped(row.total_fen), say(frame.YUAN), sign=Sign(row.sign)),
        *sums(row.sums),
        Rule(),
        *paid,
        Pair(say(words.TENDERED), yuan_grouped(row.tendered_fen)),
        Pair(say(words.CHANGE), yuan_grouped(row.change_fen)),
        Rule(),
        State(Sign(row.sign), row.state),
    ]
