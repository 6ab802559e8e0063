"""The faults that can be switched on: which, for which transaction, how often, with what chance."""

import re
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any, Final

#: Every fault and what it does; the words stand in the README and in the refusal of an unknown name. "Booked" means
#: that the bureau has executed and committed the message, whatever the sender is told.
FAULTS: Final[Mapping[str, str]] = {
    "down": "the business port refuses connections (seconds: for how long); not booked",
    "drop_request": "the connection is closed before anything is done; not booked",
    "gateway_refusal": "the gateway answers code 401 and passes nothing on; not booked",
    "http_500": "HTTP 500 with an HTML page; not booked",
    "refuse": "infcode -1; not booked",
    "drop_answer": "booked, then the connection is closed without an answer",
    "http_500_after": "booked, then HTTP 500",
    "truncated": "booked, then only the first half of the answer's body",
    "answered_twice": "booked, the answer's body holds the envelope twice",
    "twice": "booked, then delivered once more: the answer is the refusal of the repeated message id",
    "foreign": "booked, the answer is that of another message (with none yet: a made-up one)",
    "string_typed": "booked, numbers as texts, infcode as a text, output as a JSON text",
    "string_for_object": "booked, then output.setlinfo is a plain text",
    "off_by_one_fen": "booked with one figure wrong by a fen (figure: account, fund, cash; alone)",
    "late": "booked at once, answered after ms",
    "late_commit": "booked only after ms, whether the client still waits or not",
    "commit_after_reversal": "booked once a reversal of it was told that it does not exist, at latest after ms",
    "clock_skew": "the bureau's clock is off by seconds from this message on, until the faults are replaced; booked",
    "recon_missing": "the totals of 3201 leave out a settlement",
    "recon_extra": "the totals of 3201 count a settlement twice",
    "recon_shifted": "the totals of 3201 count the last settlement on the next day",
}

_DEFAULT_DELAY_MS = 5000
_LONGEST_DELAY_MS = 3_600_000
_DEFAULT_SKEW_S = 400
_LARGEST_SKEW_S = 86_400
_OPTION = re.compile(r"(?P<name>[a-z0-9_]+)(?:=(?P<infno>[0-9A-Z]+))?(?:\*(?P<times>[0-9]+))?")
_TRANSACTION = re.compile(r"[0-9]{4}[A-Z]?")
_SWITCHES = {
    "down": {"seconds"},
    "late": {"ms"},
    "late_commit": {"ms"},
    "commit_after_reversal": {"ms"},
    "clock_skew": {"seconds"},
    "off_by_one_fen": {"figure", "alone"},
}
_COMMON = {"name", "infno", "times", "probability"}


class MalformedFault(ValueError):
    """A fault that cannot be switched on as written; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault. ``infno`` None: every transaction. ``times`` None: until it is taken away.

    ``seconds`` of ``down`` is how long it lasts (None: until the faults are replaced), of ``clock_skew`` how far the
    clock runs ahead (below zero: behind; None: 400).
    """

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
        (_check_skew if (name, key) == ("clock_skew", "seconds") else _CHECKS[key])(key, value)
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


def _check_skew(key: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _LARGEST_SKEW_S:
        raise MalformedFault(f"{key} is a number from -{_LARGEST_SKEW_S} to {_LARGEST_SKEW_S}")


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

    def matches(self, infno: str) -> bool:
        fault = self.fault
        return fault.infno in {None, infno} and (fault.times is None or self.fired < fault.times)


class FaultPlan:
    """The faults that are on. Replaced as a whole; chances come from the seed, so that a run can be repeated."""

    def __init__(self, faults: Iterable[Fault] = (), seed: int = 0) -> None:
        self._lock = threading.Lock()
        self._dice = Random(seed)  # noqa: S311 - a simulation, no secret
        self._fired: Counter[str] = Counter()
        self.replace(faults)

    def replace(self, faults: Iterable[Fault]) -> None:
        """Switches on exactly these faults; their counts start at zero, and the clock is right again."""
        switched = [_Switched(fault) for fault in faults]
        with self._lock:
            self._switched = switched
            self._skew_s = 0.0

    def take(self, name: str, infno: str) -> Fault | None:
        """The fault of that name if it fires now for this transaction; counts it."""
        with self._lock:
            for switched in self._switched:
                if switched.fault.name == name and switched.matches(infno) and self._falls(switched.fault):
                    switched.fired += 1
                    self._fired[name] += 1
                    if name == "clock_skew":
                        seconds = switched.fault.seconds
                        self._skew_s = _DEFAULT_SKEW_S if seconds is None else seconds
                    return switched.fault
        return None

    def _falls(self, fault: Fault) -> bool:
        return self._dice.random() < fault.probability

    def clock_skew_s(self) -> float:
        """How many seconds the bureau's clock runs ahead by the last ``clock_skew`` that fired."""
        return self._skew_s

    def fired(self) -> Mapping[str, int]:
        """How often each fault has fired since the start, replaced ones too; only those that did."""
        with self._lock:
            return dict(self._fired)

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
