"""The simulated reader on its line, and the hands that put cards into it."""

from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from hardware_sim.card.faults import CardFault, Fault
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.slot import Slot, SlotEvent
from hardware_sim.personas import Persona
from hardware_sim.readers.gempc_twin import GemPcTwin
from hardware_sim.readers.serial_lines import TcpLine

#: A whole card is read with a handful of commands; here everybody is in the midst of it.
_IN_MID_READING: Final = 3


class Reader:
    """A reader that programs reach at ``url``. The hands belong to one thread."""

    def __init__(self, port: int, told: Callable[[SlotEvent], None]) -> None:
        """``port``: 0 takes any free one; ``told`` hears in the line's thread what befalls the card.

        Raises:
            OSError: the port is taken.
        """
        self._told = told
        self._slot = Slot(watcher=self._watch)
        self._line = TcpLine(GemPcTwin(self._slot), port)
        self.url: Final = self._line.url
        self._holder: Persona | None = None
        self._planned: CardFault | None = None

    def __enter__(self) -> Self:
        self._line.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()

    @property
    def holder(self) -> Persona | None:
        """Whose card is in the reader; None without a card."""
        return self._holder if self._slot.present else None

    @property
    def planned(self) -> CardFault | None:
        """What will go wrong when the card is read."""
        return self._planned

    def insert(self, persona: Persona) -> None:
        """Puts this person's card in, instead of one that may be there."""
        self._slot.insert(chip_of(persona.card))
        self._holder = persona

    def remove(self) -> None:
        """Pulls the card out."""
        self._slot.remove()
        if self._planned is CardFault.MUTE:
            self.plan(None)

    def plan(self, fault: CardFault | None) -> None:
        """Lets a reading go wrong in this way; None: in no way.

        A card is torn out once. A mute one stays so, however often it is tried, until a hand pulls it out.
        """
        self._slot.clear_faults()
        self._planned = fault
        if fault is not None:
            self._slot.add_fault(Fault(fault, _IN_MID_READING, times=None if fault is CardFault.MUTE else 1))

    def _watch(self, event: SlotEvent) -> None:
        if event is SlotEvent.TORN:
            self._planned = None
        self._told(event)
