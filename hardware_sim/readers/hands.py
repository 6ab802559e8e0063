"""What hands do around a reader, one line each: put cards in, pull them out, press keys on its PIN pad."""

from collections.abc import Callable, Mapping
from typing import Final

from hardware_sim import personas
from hardware_sim.card.faults import CardFault, Fault, LineFault, NotAFault, parse
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.psams import PSAMS
from hardware_sim.card.slot import Slot
from hardware_sim.readers.pin_pad import PinPadHands
from hardware_sim.readers.reader import SerialReader

#: A reading takes a handful of commands; this one is in its middle.
_IN_MID_READING: Final = 3

Answer = Mapping[str, object]


class Hands:
    """Does what a line says. Lines and answers hold no PIN back: an answer never repeats what was pressed."""

    def __init__(self, card: Slot, psam: Slot | None, reader: SerialReader, keys: PinPadHands) -> None:
        self._card = card
        self._psam = psam
        self._reader = reader
        self._keys = keys
        self._deeds: Mapping[str, Callable[[str], None]] = {
            "insert": self._insert,
            "remove": lambda _: card.remove(),
            "tear": lambda _: card.add_fault(Fault(CardFault.TEAR_BEFORE, _IN_MID_READING)),
            "psam": self._insert_psam,
            "psam-out": lambda _: self._second().remove(),
            "pin": self._enter,
            "cancel": lambda _: keys.cancel(),
            "timeout": lambda _: keys.let_it_time_out(),
            "fault": self._plan,
            "look": lambda _: None,
        }

    def do(self, line: str) -> Answer:
        """Does one thing and tells how it looks afterwards, or why it could not be done."""
        name, _, rest = line.strip().partition(" ")
        deed = self._deeds.get(name)
        if deed is None:
            return {"ok": False, "why": f"there are {', '.join(self._deeds)}"}
        try:
            deed(rest.strip())
        except (personas.UnknownPersona, NotAFault, ValueError) as trouble:
            return {"ok": False, "why": str(trouble)}
        psam = self._psam is not None and self._psam.present
        return {"ok": True, "did": name, "card": self._card.present, "psam": psam, "asks_pin": self._keys.asked}

    def _insert(self, name: str) -> None:
        self._card.insert(chip_of(personas.load(name).card))

    def _insert_psam(self, name: str) -> None:
        if name not in PSAMS:
            raise ValueError(f"PSAMs: {', '.join(PSAMS)}")
        self._second().insert(PSAMS[name]())

    def _second(self) -> Slot:
        if self._psam is None:
            raise ValueError("this reader has one slot")
        return self._psam

    def _enter(self, digits: str) -> None:
        if not (digits.isascii() and digits.isdecimal()):
            raise ValueError("a PIN is digits")
        self._keys.enter(digits)

    def _plan(self, written: str) -> None:
        fault = parse(written)
        if isinstance(fault.kind, LineFault):
            self._reader.add_fault(fault)
        else:
            self._card.add_fault(fault)
