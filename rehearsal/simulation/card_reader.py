"""The card process of a simulated desk: speaks the product's lines and reads a simulated chip by the product's code."""

import json
from collections import Counter
from dataclasses import dataclass

from hardware_sim import personas
from hardware_sim.card.chip import Chip
from hardware_sim.card.faults import CardFault, Fault
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.slot import Slot
from pos_client.card import pipe, words
from pos_client.card.social_security.reading import read_identity
from pos_client.errors import EnvironmentProblem, Problem
from pos_client.runtime import ChildGone

from .program import Program
from .virtual_time import VirtualTime

READER = "ccid-serial:simulated"
#: What a card, a reader or the hand that holds the card can do while one card is read.
CARD_TROUBLES = (
    *("card_absent", "card_torn", "card_mute", "card_garbled", "card_of_nobody", "reader_gone", "reader_hangs"),
    "reader_dies",
)
_READING_MS = 400


@dataclass(frozen=True, slots=True)
class CardTrouble:
    """One planned trouble at the next reading; ``at`` is the command at which the card fails."""

    name: str
    at: int = 3


class CardSlot:
    """A reader with a slot; the clerk puts a customer's card in before he asks for it to be read."""

    def __init__(self, time: VirtualTime, counts: Counter[str]) -> None:
        self.time = time
        self._counts = counts
        self._chips: dict[str, Chip] = {}
        self._persona = ""
        self._trouble: CardTrouble | None = None

    def insert(self, persona: str, trouble: CardTrouble | None) -> None:
        """Puts a person's card in."""
        self._persona, self._trouble = persona, trouble

    def take_trouble(self) -> CardTrouble | None:
        """The trouble of this reading, which is then over."""
        trouble, self._trouble = self._trouble, None
        if trouble is not None:
            self._counts[trouble.name] += 1
        return trouble

    def reader(self, trouble: CardTrouble | None) -> "_Reader":
        """The reader with the card as it now is."""
        name = "" if trouble is None else trouble.name
        chip = None if name == "card_absent" else self._chip("bank-card" if name == "card_of_nobody" else self._persona)
        slot = Slot(chip)
        if trouble is not None and trouble.name in _CARD_FAULTS:
            slot.add_fault(Fault(_CARD_FAULTS[trouble.name], trouble.at))
        return _Reader(slot, gone=name == "reader_gone")

    def _chip(self, persona: str) -> Chip:
        if persona not in self._chips:
            self._chips[persona] = chip_of(personas.load(persona).card)
        return self._chips[persona]


_CARD_FAULTS = {
    "card_torn": CardFault.TEAR_BEFORE,
    "card_mute": CardFault.MUTE,
    "card_garbled": CardFault.GARBAGE,
}


class _Reader:
    """A reader on no wire at all (``pos_client.card.reader.CardReader``)."""

    def __init__(self, slot: Slot, *, gone: bool) -> None:
        self._slot = slot
        self._gone = gone

    def connect(self) -> str:
        if self._gone:
            raise EnvironmentProblem(words.READER_UNAVAILABLE, reader=READER)
        if self._slot.power_on() is None:
            raise EnvironmentProblem(words.NO_CARD)
        return READER

    def transmit(self, command: bytes) -> bytes:
        answer = self._slot.transmit(command).answer
        if answer is None:
            raise EnvironmentProblem(words.CARD_MUTE if self._slot.present else words.CARD_TORN)
        return answer

    def disconnect(self) -> None:
        self._slot.power_off()


class CardChild:
    """The card process (``pos_client.runtime.Child``)."""

    def __init__(self, program: Program, slot: CardSlot) -> None:
        self._program = program
        self._slot = slot
        self._answers: list[bytes] = []
        self._hangs = False
        self._gone = False

    def send(self, line: bytes) -> None:
        """Takes a request and has its answer ready, unless the reader is in trouble."""
        if self._gone:
            raise ChildGone("the card process has ended")
        message = json.loads(line)
        if message["do"] != "read":
            self._answers.append(pipe.answered(message["id"], None))
            return
        trouble = self._slot.take_trouble()
        self._hangs = trouble is not None and trouble.name == "reader_hangs"
        self._gone = trouble is not None and trouble.name == "reader_dies"
        if not self._hangs and not self._gone:
            self._answers.append(self._read(message["id"], trouble))

    def _read(self, number: int, trouble: CardTrouble | None) -> bytes:
        reader = self._slot.reader(trouble)
        try:
            return pipe.answered(number, pipe.identity_value(read_identity(reader, reader.connect())))
        except Problem as problem:
            return pipe.refused(number, problem)
        finally:
            reader.disconnect()

    def receive(self, timeout_ms: int) -> bytes | None:
        """The next answer, after the time that a reading takes."""
        self._program.step("card")
        if self._answers:
            self._slot.time.sleep_ms(min(_READING_MS, timeout_ms))
            return self._answers.pop(0)
        if self._gone:
            raise ChildGone("the card process has ended")
        self._slot.time.sleep_ms(timeout_ms)
        return None

    def kill(self) -> None:
        """Ends it."""
        self._gone = True
