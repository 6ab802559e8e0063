"""A terminal for these tests: a simulated card and, beside it, a simulated PSAM."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from hardware_sim import personas
from hardware_sim.card.keys import KeyName
from hardware_sim.card.profiles import issued_keys, social_security_card
from hardware_sim.card.psam import Psam as SimulatedPsam
from hardware_sim.card.slot import Slot
from hardware_sim.card.state import KeyRing
from hardware_sim.personas import CardData
from pos_client.card.psam import Psam
from pos_client.card.social_security.identity import CardIdentity
from pos_client.card.social_security.reading import read_identity
from pos_client.errors import EnvironmentProblem, Problem, Refused
from tests.card.simulated import DirectCard, written_on

ZHANG = personas.load("zhang-jianguo").card
V1, V2, V3 = (replace(ZHANG, version=version) for version in ("1.00", "2.00", "3.00"))
READER = "pcsc:Reader 00"


class Terminal:
    """Holds one card, and a PSAM unless it is said that there is none; counts how often the PSAM was looked for."""

    def __init__(
        self, card: CardData, *, level: int = 3, absent: Iterable[KeyName] = (), psam: bool = True, tries: int = 3
    ) -> None:
        self.keys: KeyRing = issued_keys(card)
        self.keys.tries = tries
        self.chip = social_security_card(card, keys=self.keys)
        self.card = DirectCard(Slot(self.chip))
        self.psam_card = DirectCard(Slot(SimulatedPsam(level=level, absent=frozenset(absent)))) if psam else None
        self.asked_for_psam = 0
        self.turned_away: set[bytes] = set()

    def psam(self) -> Psam | None:
        self.asked_for_psam += 1
        return None if self.psam_card is None else Psam(self.psam_card, self.turned_away)

    def power(self) -> None:
        """As every new session begins."""
        self.card.slot.power_on()
        self.card.commands.clear()
        if self.psam_card is not None:
            self.psam_card.slot.power_on()
            self.psam_card.commands.clear()

    def read(self, *, check_genuine: bool = False) -> CardIdentity:
        self.power()
        return read_identity(self.card, READER, atr=self.chip.atr, psam=self.psam, check_genuine=check_genuine)

    def to_card(self) -> list[str]:
        return [command.hex().upper() for command in self.card.commands]

    def to_psam(self) -> list[str]:
        return [] if self.psam_card is None else [command.hex().upper() for command in self.psam_card.commands]


def meddled(card: DirectCard, changed: Callable[[bytes, bytes], bytes | None]) -> None:
    """From now on the card's answers are what ``changed`` makes of command and answer; None leaves one as it is."""
    transmit = card.slot.transmit

    def other(command: bytes) -> object:
        reaction = transmit(command)
        answer = None if reaction.answer is None else changed(command, reaction.answer)
        return reaction if answer is None else replace(reaction, answer=answer)

    object.__setattr__(card.slot, "transmit", other)


def genuine(card: CardData) -> CardIdentity:
    return replace(written_on(card, READER), genuine=True)


def refusal(terminal: Terminal, *, check_genuine: bool = False) -> Problem:
    with pytest.raises((Refused, EnvironmentProblem)) as told:
        terminal.read(check_genuine=check_genuine)
    return told.value


def attempts(terminal: Terminal) -> int:
    return sum(command.startswith("0082") for command in terminal.to_card())


def proofs(terminal: Terminal) -> int:
    return sum(command.startswith("0088") for command in terminal.to_card())
