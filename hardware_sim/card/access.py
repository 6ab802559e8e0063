"""Access rules: what must have been shown to a card before a file of it is read or written."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Final

#: The holder's number among the credentials; the others are the names of keys.
PIN: Final = "PIN"


@dataclass(frozen=True, slots=True)
class Rule:
    """One or several ways in; each way is a set of credentials that must all be there."""

    ways: tuple[frozenset[str], ...]

    def allows(self, held: Set[str]) -> bool:
        """Whether somebody who has shown these credentials may."""
        return any(way <= held for way in self.ways)

    @property
    def credentials(self) -> frozenset[str]:
        """All credentials that are named."""
        return frozenset().union(*self.ways)


FREE: Final = Rule((frozenset(),))
NEVER: Final = Rule(())


def rule(text: str) -> Rule:
    """A rule as it is written: ``free``, ``never``, or credentials joined by ``|`` and, binding closer, ``&``."""
    if text in ("free", "never"):
        return FREE if text == "free" else NEVER
    return Rule(tuple(frozenset(one.strip() for one in way.split("&")) for way in text.split("|")))
