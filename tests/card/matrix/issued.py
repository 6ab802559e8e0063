"""Cards as their issuer made them, whose counters can be looked at from outside."""

from dataclasses import dataclass

from hardware_sim.card.chip import Chip
from hardware_sim.card.keys import KeyName
from hardware_sim.card.profiles import issued_keys, social_security_card
from hardware_sim.card.state import KeyRing
from hardware_sim.personas import CardData


@dataclass(frozen=True, slots=True)
class IssuedCard:
    """A card whose counters can be looked at from outside."""

    data: CardData
    chip: Chip
    keys: KeyRing

    @property
    def key_tries_used(self) -> dict[KeyName, int]:
        """The keys that a terminal failed to prove, and how often it may still try."""
        return dict(self.keys.left)

    @property
    def pin_tries_left(self) -> int:
        (environment, *_) = self.chip._root.directories
        assert environment.pin is not None
        return environment.pin.left


def issued(data: CardData) -> IssuedCard:
    """A new social-security card with this written on it."""
    keys = issued_keys(data)
    return IssuedCard(data, social_security_card(data, keys=keys), keys)
