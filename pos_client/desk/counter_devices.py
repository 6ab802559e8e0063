"""What a sale says to the customer's side of the counter: display, announcer, and a drawer that opens for cash alone.

Everything is told after it has happened: a drawer opens after the commit, and only when cash goes in or out. No call
waits for a device, and none of them can fail: what a device could not do is found among the troubles.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from pos_client.devices.announcer import Said, Sentence
from pos_client.devices.display import GREETING, Amount, DisplayState, Figure, showing
from pos_client.money import FEN_PER_YUAN
from pos_client.offline.money_book import Means, Paid


class Devices(Protocol):
    """The devices of the counter, as the device process has them."""

    def show(self, state: DisplayState) -> None:
        """What the customer is to see from now on."""

    def announce(self, *sentences: Sentence) -> None:
        """What is to be said now."""

    def open_drawer(self) -> None:
        """Opens the cash drawer now."""


class NoDevices:
    """A counter without devices."""

    def show(self, state: DisplayState) -> None:
        """Nobody sees it."""

    def announce(self, *sentences: Sentence) -> None:
        """Nobody hears it."""

    def open_drawer(self) -> None:
        """There is none."""


class CounterDevices:
    """Translates the figures of the desk into what the customer sees and hears."""

    def __init__(self, devices: Devices | None = None) -> None:
        """``devices``: those of the counter; None where there is none."""
        self._devices = devices or NoDevices()
        self._announced_fen: int | None = None

    def item_added(self, unit_price: Decimal) -> None:
        """An item was entered: its unit price in yuan; one with a fraction of a fen has no place on a display."""
        price_fen = unit_price * FEN_PER_YUAN
        if price_fen == price_fen.to_integral_value():
            self._devices.show(showing(Figure.UNIT_PRICE, int(price_fen)))

    def total_known(self, due_fen: int) -> None:
        """The trial came back: what is to be paid. The same amount is said only once for a customer."""
        self._devices.show(showing(Figure.TOTAL, due_fen))
        if due_fen and due_fen != self._announced_fen:
            self._say(Sentence(Said.DUE, due_fen))
        self._announced_fen = due_fen

    def money_taken(self, tender: Sequence[Paid], change_fen: int) -> None:
        """The sale is booked, settled or provisional: what was laid down now, and what goes back of it in cash."""
        received_fen = sum(paid.amount_fen for paid in tender if paid.means is not Means.DEPOSIT)
        received, change = Amount(Figure.RECEIVED, received_fen), Amount(Figure.CHANGE, change_fen)
        self._devices.show(DisplayState((received, change)))
        received_now = (Sentence(Said.RECEIVED, received_fen),) if received_fen else ()
        self._say(*received_now, *_handed_out(Said.CHANGE, change_fen))
        if change_fen or _cash_fen(tender):
            self._devices.open_drawer()

    def money_given_back(self, back: Sequence[Paid]) -> None:
        """A refund is booked: what goes back now, each part as it was paid."""
        back_fen = sum(paid.amount_fen for paid in back if paid.means is not Means.DEPOSIT)
        self._devices.show(showing(Figure.REFUND, back_fen))
        self._say(*_handed_out(Said.REFUND, back_fen))
        if _cash_fen(back):
            self._devices.open_drawer()

    def bill_left(self) -> None:
        """The bill is finished, parked or dropped: the next customer sees nothing of it."""
        self._announced_fen = None
        self._devices.show(GREETING)
        self._say(Sentence(Said.CLEAR))

    def _say(self, *sentences: Sentence) -> None:
        if sentences:
            self._devices.announce(*sentences)


def _handed_out(said: Said, amount_fen: int) -> tuple[Sentence, ...]:
    return (Sentence(said, amount_fen), Sentence(Said.COUNT)) if amount_fen else ()


def _cash_fen(moved: Sequence[Paid]) -> int:
    return sum(paid.amount_fen for paid in moved if paid.means is Means.CASH)
