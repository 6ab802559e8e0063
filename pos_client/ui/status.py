"""What the strip says: place, bureau, unsent, reader, tasks, the time."""

from typing import TYPE_CHECKING

from pos_client.money import yuan_grouped
from pos_client.ui.frame.strip import Part, StripState
from pos_client.ui.kit.sign import Sign
from pos_client.ui.words import frame as words
from pos_client.ui.words import say

if TYPE_CHECKING:
    from pos_client.desk.shift_view import Place, ShiftView

_READER = {"empty": words.READER_READY, "card": words.READER_CARD, "unknown": words.READER_UNKNOWN}


def strip_state(place: "Place | None", shift: "ShiftView | None", reader: str, clock: str) -> StripState:
    """The strip's content; ``reader`` is what the card watch saw last."""
    if place is None:
        return StripState(clock=clock)
    desk = say(words.DESK, number=place.desk)
    clerk = say(words.CLERK, name=place.operator)
    offline = shift is not None and bool(shift.offline_since)
    return StripState(
        institution=place.institution,
        places=(desk, clerk),
        short_places=(desk, place.operator),
        parts=tuple(_parts(shift, reader)),
        clock=clock,
        offline=offline,
        training=place.training,
    )


def _parts(shift: "ShiftView | None", reader: str) -> list[Part]:
    parts = []
    if shift is not None and shift.offline_since:
        word = words.OFFLINE_SINCE if shift.offline_minutes else words.OFFLINE_JUST_NOW
        since = say(word, since=shift.offline_since, minutes=shift.offline_minutes)
        unsent = say(words.UNSENT_SUM, count=shift.unsent, amount=yuan_grouped(shift.unsent_fen))
        parts += [Part(say(words.OFFLINE), since, Sign.LOOK), Part(say(words.UNSENT), unsent)]
        if shift.limit_used:
            parts.append(Part(say(words.NEAREST_LIMIT, what=shift.limit_what), shift.limit_used, goes=True))
    elif shift is not None:
        parts.append(Part(say(words.BUREAU), say(words.ONLINE), Sign.DONE))
        parts.append(Part(say(words.UNSENT), str(shift.unsent)))
    known = _READER.get(reader)
    sign = Sign.DONE if known else Sign.LOOK
    parts.append(Part(say(words.READER), say(known or words.READER_NONE), sign))
    if shift is not None:
        parts.append(Part(say(words.TASKS), str(shift.todo)))
    return parts
