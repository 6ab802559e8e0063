"""The right column of taking back: what goes back, by which means, and what is kept."""

from typing import TYPE_CHECKING

from pos_client.money import yuan_grouped
from pos_client.ui.kit.headings import Big, Heading
from pos_client.ui.kit.notices import Box
from pos_client.ui.kit.rows import Gap, Pair, State, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.sale_amounts import sums
from pos_client.ui.tokens import Role
from pos_client.ui.words import frame, say
from pos_client.ui.words import refund as words

if TYPE_CHECKING:
    from pos_client.desk.bill_view import PartTried, Refunded, ToRefund


def hand_back(amount_fen: int) -> Piece:
    """The amount to hand back, in the colour of money going out."""
    role = Role.ACCENT if amount_fen else Role.DIM
    mark = say(frame.GIVE_BACK_MARK)
    return Big(say(words.TO_HAND_BACK), yuan_grouped(amount_fen), say(frame.YUAN), mark, role=role)


def whole(found: "ToRefund") -> list[Piece]:
    """All of a bill goes back."""
    return [hand_back(found.cash_back_fen), Words(say(words.BACK_WAYS), bold=True), *sums(found.back)]


def part(goods_fen: int) -> list[Piece]:
    """A part goes back, and nobody has said yet how much that is."""
    goods = Big(
        say(words.GOODS_BACK), yuan_grouped(goods_fen), say(frame.YUAN), say(frame.GIVE_BACK_MARK), role=Role.DIM
    )
    return [goods, Gap(), Box(Sign.NOTE, say(words.CARD_WANTED), (say(words.CARD_WHY),))]


def part_tried(tried: "PartTried") -> list[Piece]:
    """A part goes back, as the bureau's trial has it."""
    more: list[Piece] = []
    if tried.more_fen:
        more = [Pair(say(words.MORE), yuan_grouped(tried.more_fen), bold=True, role=Role.WARN)]
    return [
        hand_back(tried.cash_back_fen),
        Words(say(words.BACK_WAYS), bold=True),
        *sums(tried.back),
        *more,
        Gap(),
        Words(say(words.KEPT), bold=True),
        *sums(tried.kept),
    ]


def nothing_yet(amount_fen: int) -> list[Piece]:
    """The outcome of the void is unknown: the amount stands there, but not to be handed out."""
    amount = Big(say(words.NOT_YET), yuan_grouped(amount_fen), say(frame.YUAN), sign=Sign.UNKNOWN, role=Role.WARN)
    return [amount, Words(say(words.STEP_ASKING))]


def handed_out(done: "Refunded") -> list[Piece]:
    """What was taken back: what to hand out now."""
    booked: list[Piece] = [State(Sign.DONE, say(words.BOOKED))] if done.problem is None else []
    return [
        hand_back(done.cash_back_fen),
        Heading(say(words.GIVEN_BACK, id=done.about)),
        Words(done.name_masked),
        *sums(done.back),
        Pair(say(words.PAPER), done.paper, document=True),
        *booked,
    ]
