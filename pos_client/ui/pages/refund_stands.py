"""Where taking back stands when it did not go as planned: what is done, what is not known, what follows either way."""

from typing import TYPE_CHECKING

from pos_client.errors import OutcomeUnknown
from pos_client.ui.kit.headings import Heading
from pos_client.ui.kit.notices import Outcome, Step
from pos_client.ui.kit.rows import Rule
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.refund_centre import steps
from pos_client.ui.words import refund as words
from pos_client.ui.words import say

if TYPE_CHECKING:
    from pos_client.desk.bill_view import Refunded

_EXECUTE = 2


def _head(id_: str, sign: Sign) -> list[Piece]:
    return [Heading(say(words.STANDS), id_, sign), steps(_EXECUTE, sign)]


def void_unknown(id_: str, at: str) -> list[Piece]:
    """Nobody knows whether the bureau has voided it."""
    return [
        *_head(id_, Sign.UNKNOWN),
        Step(Sign.UNKNOWN, at, say(words.STEP_VOID_UNKNOWN)),
        Step(Sign.NOTE, at, say(words.STEP_ASKING)),
        Rule(),
        Outcome(say(words.CASE_DONE), say(words.CASE_DONE_TEXT)),
        Outcome(say(words.CASE_NOT), say(words.CASE_NOT_TEXT)),
    ]


def rest_open(done: "Refunded", at: str) -> list[Piece]:
    """It is void, but what is kept is not settled, or not for certain."""
    voided = Step(Sign.DONE, at, say(words.STEP_VOIDED, id=done.about))
    if not isinstance(done.problem, OutcomeUnknown):
        return [*_head(done.about, Sign.LOOK), voided, Step(Sign.LOOK, at, say(words.STEP_REST_PARKED))]
    return [
        *_head(done.about, Sign.UNKNOWN),
        voided,
        Step(Sign.UNKNOWN, at, say(words.STEP_REST_UNKNOWN)),
        Rule(),
        Outcome(say(words.CASE_BOOKED), say(words.CASE_BOOKED_TEXT)),
        Outcome(say(words.CASE_NOT_BOOKED), say(words.CASE_NOT_BOOKED_TEXT)),
    ]
