"""The customer display: what is to be seen on it, and the bytes that show it. Amounts only, never a name."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos_client.devices.model import DisplayModel
from pos_client.money import yuan

_DASH: Final = "-"


class Figure(StrEnum):
    """What an amount on the display is."""

    UNIT_PRICE = "unit_price"
    TOTAL = "total"
    RECEIVED = "received"
    CHANGE = "change"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount in fen and what it is."""

    figure: Figure
    amount_fen: int


@dataclass(frozen=True, slots=True)
class DisplayState:
    """Everything that is to be seen: a greeting, or amounts from the top; a display with fewer rows shows the last."""

    amounts: tuple[Amount, ...] = ()
    greeting: bool = False


BLANK: Final = DisplayState()
GREETING: Final = DisplayState(greeting=True)


def showing(figure: Figure, amount_fen: int) -> DisplayState:
    """One amount alone."""
    return DisplayState((Amount(figure, amount_fen),))


def state_bytes(model: DisplayModel, state: DisplayState) -> bytes:
    """The bytes after which a display of this model shows exactly that, whatever it showed before.

    An amount that has more digits than there are places is shown as dashes: a part of it would be another amount.
    """
    if state.greeting:
        return _rows_bytes(model, model.greeting)
    if not state.amounts:
        return _rows_bytes(model, ())
    shown = state.amounts[-len(model.rows) :]
    return _rows_bytes(model, tuple(_row_text(model, amount) for amount in shown)) + _lamp(model, shown[-1].figure)


def too_wide(model: DisplayModel, state: DisplayState) -> list[Amount]:
    """The amounts of a state that a display of this model can only show as dashes."""
    return [amount for amount in state.amounts[-len(model.rows) :] if not _fits(model, yuan(amount.amount_fen))]


def _rows_bytes(model: DisplayModel, texts: tuple[str, ...]) -> bytes:
    written = b"".join(row.carrying(text) for row, text in zip(model.rows, texts, strict=False))
    # A display of one row is overwritten: cleared first, it would flicker with every figure.
    return written if len(model.rows) == 1 and texts else model.clear + written


def _row_text(model: DisplayModel, amount: Amount) -> str:
    text = yuan(amount.amount_fen)
    if not _fits(model, text):
        return _DASH * model.places
    label = model.labels.get(amount.figure, "")
    padded = f"{label}{text:>{model.places - len(label)}}"
    return padded if label and len(padded) <= model.places and len(label) + len(text) < model.places else text


def _fits(model: DisplayModel, text: str) -> bool:
    digits = text.replace(".", "") if model.point_is_free else text
    return len(digits) <= model.places


def _lamp(model: DisplayModel, figure: Figure) -> bytes:
    return b"" if model.lamp is None else model.lamp.carrying(model.lamps[figure])
