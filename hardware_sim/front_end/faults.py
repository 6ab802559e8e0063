"""The faults that can be switched on: which, for which transaction, how often, with what chance."""

import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any, Final

#: Every fault and what it does; the words stand in the README and in the refusal of an unknown name.
FAULTS: Final[Mapping[str, str]] = {
    "down": "the business port refuses connections (seconds: for how long)",
    "drop_request": "the connection is closed before anything is done",
    "drop_answer": "executed and committed, then the connection is closed without an answer",
    "refuse": "infcode -1, nothing booked",
    "http_500": "HTTP 500 with an HTML page, nothing booked",
    "http_500_after": "executed and committed, then HTTP 500",
    "string_typed": "numbers as texts, infcode as a text, output as a JSON text",
    "string_for_object": "executed and committed, then output.setlinfo is a plain text",
    "off_by_one_fen": "one figure of the split is wrong by a fen (figure: account, fund, cash; alone)",
    "late": "executed and committed at once, answered after ms",
    "late_commit": "executed only after ms, whether the client still waits or not",
}

_DEFAULT_DELAY_MS = 5000
_LONGEST_DELAY_MS = 3_600_000
_OPTION = re.compile(r"(?P<name>[a-z0-9_]+)(?:=(?P<infno>[0-9A-Z]+))?(?:\*(?P<times>[0-9]+))?")
_TRANSACTION = re.compile(r"[0-9]{4}[A-Z]?")
_SWITCHES = {"down": {"seconds"}, "late": {"ms"}, "late_commit": {"ms"}, "off_by_one_fen": {"figure", "alone"}}
_COMMON = {"name", "infno", "times", "probability"}


class MalformedFault(ValueError):
    """A fault that cannot be switched on as written; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault. ``infno`` None: every transaction. ``times`` None: until it is taken away."""

    name: str
    infno: str | None = None
    times: int | None = None
    probability: float = 1.0
    ms: int = _DEFAULT_DELAY_MS
    seconds: float | None = None
    figure: str = "account"
    alone: bool = False


def fault_of_option(text: str) -> Fault:
    """The fault of a command-line option ``NAME[=infno][*times]``.

    Raises:
        MalformedFault: not of that form, or an unknown name.
    """
    match = _OPTION.fullmatch(text)
    if match is None:
        raise MalformedFault(f"{text!r} is not NAME[=infno][*times]")
    times = None if match["times"] is None else int(match["times"])
    return fault_of_json({"name": match["name"], "infno": match["infno"], "times": times})


def fault_of_json(document: object) -> Fault:
    """The fault of a control document such as ``{"name": "drop_answer", "infno": "2102", "times": 1}``.

    Raises:
        MalformedFault: unknown name or key, or a value that makes no sense.
    """
    if not isinstance(document, dict):
        raise MalformedFault("a fault is an object with a name")
    given: dict[str, Any] = {
        key: _plain(value) for key, value in document.items() if value is not None and key != "fired"
    }
    name = given.get("name")
    if not isinstance(name, str) or name not in FAULTS:
        raise MalformedFault(f"unknown fault {name!r}; there are {', '.join(FAULTS)}")
    unknown = set(given) - _COMMON - _SWITCHES.get(name, set())
    if unknown:
        raise MalformedFault(f"fault {name} does not take {', '.join(sorted(unknown))}")
    for key, value in given.items():
        _CHECKS[key](key, value)
    if name == "down" and (given.keys() & {"infno", "probability"} or given.get("times", 1) != 1):
        raise MalformedFault("fault down closes the port as a whole: it takes seconds, no infno and no chance")
    return Fault(**given)


def _plain(value: Any) -> Any:
    """Chances and seconds are no money: they need no exact decimals."""
    return float(value) if isinstance(value, Decimal) else value


def _check_text(key: str, value: object) -> None:
    if not isinstance(value, str):
        raise MalformedFault(f"{key} is a text")


def _check_transaction(key: str, value: object) -> None:
    if not isinstance(value, str) or not _TRANSACTION.fullmatch(value):
        raise MalformedFault(f"{key} is a transaction number such as 2102")


def _check_count(key: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _LONGEST_DELAY_MS:
        raise MalformedFault(f"{key} is a whole number from 1 to {_LONGEST_DELAY_MS}")


def _check_number(key: str, value: object) -> None:
    limit = 1 if key == "probability" else _LONGEST_DELAY_MS
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= limit:
        raise MalformedFault(f"{key} is a number from 0 to {limit}")


def _check_figure(key: str, value: object) -> None:
    if value not in {"account", "fund", "cash"}:
        raise MalformedFault(f"{key} is account, fund or cash")


def _check_flag(key: str, value: object) -> None:
    if not isinstance(value, bool):
        raise MalformedFault(f"{key} is true or false")


_CHECKS: Final = {
    "name": _check_text,
    "infno": _check_transaction,
    "times": _check_count,
    "probability": _check_number,
    "ms": _check_count,
    "seconds": _check_number,
    "figure": _check_figure,
    "alone": _check_flag,
}


@dataclass(slots=True)
class _Switched:
    """A fault that is on, and how often it has fired."""

    fault: Fault
    fired: int = 0

    def matches(self, name: str, infno: str) -> bool:
        fault = self.fault
        return fault.name == name and fault.infno in {None, infno} and (fault.times is None or self.fired < fault.times)


class FaultPlan:
    """The faults that are on. Replaced as a whole; chances come from the seed, so that a run can be repeated."""

    def __init__(self, faults: Iterable[Fault] = (), seed: int = 0) -> None:
        self._lock = threading.Lock()
        self._dice = Random(seed)  # noqa: S311 - a simulation, no secret
        self._switched = [_Switched(fault) for fault in faults]

    def replace(self, faults: Iterable[Fault]) -> None:
        """Switches on exactly these faults; their counts start at zero."""
        switched = [_Switched(fault) for fault in faults]
        with self._lock:
            self._switched = switched

    def take(self, name: str, infno: str) -> Fault | None:
        """The fault of that name if it fires now for this transaction; counts it."""
        with self._lock:
            for switched in self._switched:
                if switched.matches(name, infno) and self._dice.random() < switched.fault.probability:
                    switched.fired += 1
                    return switched.fault
        return None

    def listing(self) -> list[dict[str, Any]]:
        """What is on, as the control endpoint shows it: what matters for the fault, and how often it fired."""
        with self._lock:
            return [_shown(switched) for switched in self._switched]


def _shown(switched: _Switched) -> dict[str, Any]:
    fault = switched.fault
    shown: dict[str, Any] = {"name": fault.name, "infno": fault.infno, "times": fault.times}
    if fault.probability < 1:
        shown["probability"] = fault.probability
    for key in sorted(_SWITCHES.get(fault.name, set())):
        shown[key] = getattr(fault, key)
    return {**shown, "fired": switched.fired}
