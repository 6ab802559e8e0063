"""What goes through the pipe between the program and the process of its counter devices: one JSON object a line.

Problems cross by code: the sentence is found again on the other side, with what fills it and its evidence.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pos_client.devices import words
from pos_client.devices.announcer import Said, Sentence
from pos_client.devices.device_url import WrongDeviceUrl
from pos_client.devices.display import Amount, DisplayState, Figure
from pos_client.devices.scanner import Scan
from pos_client.errors import EnvironmentProblem


@dataclass(frozen=True, slots=True)
class Show:
    """Show this from now on."""

    state: DisplayState


@dataclass(frozen=True, slots=True)
class Announce:
    """Say this now."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class OpenDrawer:
    """Open the drawer now."""


@dataclass(frozen=True, slots=True)
class AreYouThere:
    """Only answer."""


@dataclass(frozen=True, slots=True)
class End:
    """Blank the display, or leave it as it is, and end."""

    blank: bool = True


Order = Show | Announce | OpenDrawer | AreYouThere | End


@dataclass(frozen=True, slots=True)
class Done:
    """The order of that number was taken."""

    number: int


@dataclass(frozen=True, slots=True)
class Troubled:
    """A device is in trouble, or out of it again."""

    problem: EnvironmentProblem


Event = Done | Scan | Troubled


class NotUnderstood(Exception):
    """A line that this program does not speak; what it said is not repeated, for it may be a scan."""


def order_line(number: int, order: Order) -> bytes:
    """An order as it goes to the process."""
    return _line({"id": number, "do": type(order).__name__, **_order_value(order)})


def order_of(line: bytes) -> tuple[int, Order]:
    """The number and the order that came through.

    Raises:
        NotUnderstood: it is none.
    """
    try:
        message = json.loads(line)
        return message["id"], _order(message)
    except (ValueError, KeyError, TypeError):
        raise NotUnderstood from None


def event_line(event: Event) -> bytes:
    """An event as it goes to the program."""
    match event:
        case Done(number):
            return _line({"done": number})
        case Scan(text):
            return _line({"scan": text})
        case Troubled(problem):
            carried = {
                "kind": problem.kind,
                "code": problem.code,
                "fill": dict(problem.fill),
                "evidence": dict(problem.evidence),
            }
            return _line({"trouble": carried})


def event_of(line: bytes) -> Event:
    """The event that came through.

    Raises:
        NotUnderstood: it is none.
    """
    try:
        message = json.loads(line)
        if "done" in message:
            return Done(message["done"])
        if "scan" in message:
            return Scan(message["scan"])
        return Troubled(_problem(message["trouble"]))
    except (ValueError, KeyError, TypeError):
        raise NotUnderstood from None


def _line(message: Mapping[str, object]) -> bytes:
    return json.dumps(message, separators=(",", ":")).encode()


def _order_value(order: Order) -> dict[str, object]:
    match order:
        case Show(state):
            amounts = [[amount.figure, amount.amount_fen] for amount in state.amounts]
            return {"amounts": amounts, "greeting": state.greeting}
        case Announce(sentences):
            return {"sentences": [[sentence.said, sentence.amount_fen] for sentence in sentences]}
        case End(blank):
            return {"blank": blank}
        case _:
            return {}


def _order(message: Mapping[str, Any]) -> Order:
    name = message["do"]
    if name == Show.__name__:
        return Show(DisplayState(_amounts(message["amounts"]), bool(message["greeting"])))
    if name == Announce.__name__:
        return Announce(tuple(Sentence(Said(said), int(fen)) for said, fen in message["sentences"]))
    if name == End.__name__:
        return End(bool(message["blank"]))
    plain = {one.__name__: one for one in (OpenDrawer, AreYouThere)}
    return plain[name]()


def _amounts(pairs: Sequence[Sequence[Any]]) -> tuple[Amount, ...]:
    return tuple(Amount(Figure(figure), int(fen)) for figure, fen in pairs)


def _problem(carried: Mapping[str, Any]) -> EnvironmentProblem:
    kind = WrongDeviceUrl if carried["kind"] == WrongDeviceUrl.kind else EnvironmentProblem
    return kind(words.BY_CODE[carried["code"]], carried["evidence"], **carried["fill"])
