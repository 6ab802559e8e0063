"""A day on which things go wrong: faults drawn from a seed."""

from collections.abc import Mapping
from random import Random
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from .faults import Fault

#: Everything that books or takes back money.
_MONEY: Final = ("2102", "2103", "2207", "2208", "2304", "2305")
#: What tells the bureau about a visit before money moves.
_RECORDS: Final = ("2201", "2203", "2204", "2301", "2401", "2402")
_TRIALS: Final = ("2101", "2206", "2303")
_REVERSALS: Final = ("2601",)
_TOTALS: Final = ("3201",)
_EVERYTHING: Final = (None,)


class _Draw(NamedTuple):
    """A fault of a bad day: for which transactions, and its chance per message at full intensity."""

    name: str
    transactions: tuple[str | None, ...]
    chance: float
    options: Mapping[str, tuple[Any, ...]] = MappingProxyType({})


_ANSWER_DELAYS_MS: Final = (500, 8_000, 40_000, 130_000)
#: ``down`` is not among them: a port is closed and opened by whoever directs the day. A foreign answer is drawn only
#: where the answer says whose it is; elsewhere no client could tell.
_BAD_DAY: Final = (
    _Draw("drop_request", _EVERYTHING, 0.02),
    _Draw("drop_request", (*_MONEY, *_REVERSALS), 0.15),
    _Draw("gateway_refusal", _EVERYTHING, 0.02),
    _Draw("http_500", _EVERYTHING, 0.03),
    _Draw("refuse", (*_MONEY, *_TRIALS, *_REVERSALS), 0.1),
    _Draw("drop_answer", (*_MONEY, *_REVERSALS), 0.3),
    _Draw("http_500_after", (*_MONEY, *_REVERSALS), 0.15),
    _Draw("truncated", (*_MONEY, *_TRIALS), 0.15),
    _Draw("answered_twice", (*_MONEY, *_TRIALS), 0.1),
    _Draw("twice", _MONEY, 0.2),
    _Draw("drop_answer", _RECORDS, 0.3),
    _Draw("truncated", _RECORDS, 0.15),
    _Draw("twice", _RECORDS, 0.2),
    _Draw("late_commit", _RECORDS, 0.2),
    _Draw("foreign", _MONEY, 0.15),
    _Draw("string_typed", _EVERYTHING, 0.2),
    _Draw("string_for_object", _MONEY, 0.1),
    _Draw(
        "off_by_one_fen", (*_MONEY[::2], *_TRIALS), 0.1, {"figure": ("account", "fund", "cash"), "alone": (False, True)}
    ),
    _Draw("late", (*_MONEY, *_TRIALS, *_REVERSALS), 0.1, {"ms": _ANSWER_DELAYS_MS}),
    _Draw("late_commit", _MONEY, 0.2),
    _Draw("commit_after_reversal", _MONEY, 0.2),
    _Draw("clock_skew", _EVERYTHING, 0.002, {"seconds": (-120, -45, 45, 120, 400)}),
    _Draw("recon_missing", _TOTALS, 0.3),
    _Draw("recon_extra", _TOTALS, 0.3),
    _Draw("recon_shifted", _TOTALS, 0.3),
)


def random_faults(seed: int | Random, intensity: int, *, gateway_timeout_ms: int = 5_000) -> list[Fault]:
    """The faults of one bad day, each for some transaction, with a chance per message and a limit of times.

    ``intensity`` runs from 0 (nothing at all) to 100 (every kind of fault is there, and about every third message
    that moves money is disturbed). No message is executed later than ``gateway_timeout_ms`` after it came: a client
    may rely on the time-out of its region. The same seed draws the same day.
    """
    dice = seed if isinstance(seed, Random) else Random(seed)  # noqa: S311 - a simulation, no secret
    return [_drawn(draw, dice, gateway_timeout_ms) for draw in _BAD_DAY if dice.random() * 100 < intensity]


def _drawn(draw: _Draw, dice: Random, gateway_timeout_ms: int) -> Fault:
    options = {option: dice.choice(values) for option, values in draw.options.items()}
    if draw.name in {"late_commit", "commit_after_reversal"}:
        options["ms"] = dice.randint(gateway_timeout_ms // 10, gateway_timeout_ms * 9 // 10)
    return Fault(
        name=draw.name,
        infno=dice.choice(draw.transactions),
        times=dice.randint(1, 10),
        probability=round(draw.chance * dice.uniform(0.5, 1.5), 4),
        **options,
    )
