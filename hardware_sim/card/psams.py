"""The PSAMs that may lie in a reader's second slot, by name."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from hardware_sim.card.keys import KeyName
from hardware_sim.card.psam import CITY, PROVINCE, Psam

PSAMS: Final[Mapping[str, Callable[[], Psam]]] = {
    "nation": Psam,
    "province": partial(Psam, level=PROVINCE),
    "city": partial(Psam, level=CITY),
    "without-read-key": partial(Psam, absent=frozenset((KeyName.RKSSSE,))),
    "blocked": partial(Psam, blocked=True),
}
"""Whose root keys it holds, or what is wrong with it."""
