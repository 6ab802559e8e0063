"""Simulated cards for these tests, from right under the APDU layer up to a reader on a line without wires."""

from collections.abc import Callable

from hardware_sim import personas
from hardware_sim.card.faults import Fault
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.slot import Slot
from hardware_sim.personas import CardData
from hardware_sim.readers.reader import SerialReader
from pos_client.card import words
from pos_client.card.social_security.identity import CardIdentity
from pos_client.errors import EnvironmentProblem, Problem

SOCIAL_SECURITY_PERSONAS = [name for name in personas.names() if personas.load(name).card.kind == "social_security"]


def inserted(persona: str = "zhang-jianguo", *faults: Fault) -> Slot:
    """A slot with a persona's card in it."""
    return Slot(chip_of(personas.load(persona).card), faults)


def written_on(card: CardData, reader: str) -> CardIdentity:
    """What a reading of that card must give."""
    return CardIdentity(
        card_number=card.card_number,
        identification_code=card.identification_code,
        region=card.identification_code[:6],
        version=card.version,
        issued_on=card.issued_on,
        expires_on=card.expires_on,
        name=card.name,
        id_number=card.id_number,
        sex=card.sex,
        nation=card.nation,
        born_on=card.born_on,
        reader=reader,
        card_class=card.card_class,
    )


def outcome(reading: Callable[[], CardIdentity]) -> CardIdentity | Problem:
    """What a reading comes to: a person, or the one problem that was told instead."""
    try:
        return reading()
    except Problem as problem:
        return problem


class DirectCard:
    """A powered card with no reader between it and the APDU layer."""

    def __init__(self, slot: Slot) -> None:
        self.slot = slot
        self.commands: list[bytes] = []
        slot.power_on()

    def transmit(self, command: bytes) -> bytes:
        self.commands.append(command)
        reaction = self.slot.transmit(command)
        if reaction.answer is None:
            raise EnvironmentProblem(words.CARD_MUTE if self.slot.present else words.CARD_TORN)
        return reaction.answer


class ScriptedCard:
    """Answers every command with the next of its answers."""

    def __init__(self, *answers: str) -> None:
        self.answers = [bytes.fromhex(answer) for answer in answers]
        self.commands: list[str] = []

    def transmit(self, command: bytes) -> bytes:
        self.commands.append(command.hex().upper())
        return self.answers.pop(0)


class WirelessPort:
    """A serial port whose other end is the reader itself; time does not pass on it."""

    def __init__(self, reader: SerialReader) -> None:
        self.reader = reader
        self.timeout: float | None = None
        self.to_computer = bytearray()
        self.written: list[bytes] = []
        self.paused_ms = 0
        reader.line_opened()

    def write(self, data: bytes, /) -> int:
        self.written.append(data)
        self.reader.receive(data, self.to_computer.extend, self._pause)
        return len(data)

    def read(self, size: int = 1, /) -> bytes:
        data = bytes(self.to_computer[:size])
        del self.to_computer[:size]
        return data

    def close(self) -> None:
        self.to_computer.clear()

    def _pause(self, duration_ms: int) -> None:
        self.paused_ms += duration_ms
