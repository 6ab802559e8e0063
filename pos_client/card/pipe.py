"""What goes through the pipe between the program and its card process: one JSON object a line, both ways.

Problems cross by code: the sentence is found again on the other side, with what fills it and its evidence.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal

from pos_client.card import words
from pos_client.card.finding import Finding
from pos_client.card.readers.reader import ReaderState
from pos_client.card.readers.reader_url import WrongReaderUrl
from pos_client.card.social_security.identity import CardIdentity
from pos_client.errors import EnvironmentProblem, Problem, Refused

Act = Literal["ping", "read", "readers", "look", "pin", "account", "examine"]

_DATES: Final = ("issued_on", "expires_on", "born_on")
_FIELDS: Final = tuple(CardIdentity.__slots__)
_PROBLEMS: Final[Mapping[str, type[Problem]]] = {
    kind.kind: kind for kind in (EnvironmentProblem, Refused, WrongReaderUrl)
}


def request(number: int, act: Act, reader_url: str, options: Mapping[str, object] | None = None) -> bytes:
    """What the program asks of the card process. Among the options may be a PIN: the line is sent, and kept nowhere."""
    message: dict[str, object] = {"id": number, "do": act, "reader": reader_url}
    if options:
        message["with"] = dict(options)
    return _line(message)


def found(number: int, finding: Finding) -> bytes:
    """One finding of an examination that goes on."""
    return _line({"id": number, "finding": finding.as_value()})


def answered(number: int, value: object) -> bytes:
    """The card process has done it."""
    return _line({"id": number, "value": value})


def refused(number: int, problem: Problem) -> bytes:
    """The card process could not do it."""
    return _line({"id": number, "problem": _carried(problem)})


def _carried(problem: Problem) -> dict[str, object]:
    return {
        "kind": problem.kind,
        "code": problem.code,
        "fill": dict(problem.fill),
        "evidence": dict(problem.evidence),
    }


def _line(message: Mapping[str, object]) -> bytes:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def problem_of(carried: Mapping[str, Any]) -> Problem:
    """The problem that crossed the pipe, of its own kind again."""
    kind = _PROBLEMS[carried["kind"]]
    return kind(words.BY_CODE[carried["code"]], carried["evidence"], **carried["fill"])


def identity_value(identity: CardIdentity) -> dict[str, object]:
    """An identity as JSON carries it, dates as text."""
    value: dict[str, object] = {name: getattr(identity, name) for name in _FIELDS}
    for name in _DATES:
        day = value[name]
        value[name] = day.isoformat() if isinstance(day, date) else None
    return value


def identity_of(value: Mapping[str, Any]) -> CardIdentity:
    """The identity that crossed the pipe."""
    days = {name: None if value[name] is None else date.fromisoformat(value[name]) for name in _DATES}
    return CardIdentity(**{**value, **days})


def state_value(state: ReaderState) -> dict[str, object]:
    """A reader's state as JSON carries it."""
    value: dict[str, object] = {"name": state.name, "url": state.url, "card_present": state.card_present}
    return value if state.trouble is None else {**value, "trouble": _carried(state.trouble)}


def state_of(value: Mapping[str, Any]) -> ReaderState:
    """The reader's state that crossed the pipe."""
    trouble = problem_of(value["trouble"]) if "trouble" in value else None
    if not isinstance(trouble, EnvironmentProblem | None):
        raise TypeError
    return ReaderState(value["name"], value["url"], value["card_present"], trouble)
