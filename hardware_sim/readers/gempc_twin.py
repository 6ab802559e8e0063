"""The serial reader GemPC Twin, the plainest of the family: one slot, every command sent back."""

from collections.abc import Iterable

from hardware_sim.card.faults import Fault
from hardware_sim.card.slot import Slot
from hardware_sim.readers.framing import framed
from hardware_sim.readers.models import GEMPC_TWIN
from hardware_sim.readers.reader import SerialReader

__all__ = ["GemPcTwin", "framed"]


class GemPcTwin(SerialReader):
    """A GemPC Twin with one slot."""

    def __init__(self, slot: Slot, faults: Iterable[Fault] = (), *, echo: bool = True) -> None:
        super().__init__(GEMPC_TWIN, (slot,), faults, echo=echo)
