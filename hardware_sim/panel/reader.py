"""The simulated reader on its line, its PIN pad, and the hands that put cards into it."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from hardware_sim import personas
from hardware_sim.card.faults import CardFault, Fault
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.record import Recorder
from hardware_sim.card.replay import Mismatch, Replay
from hardware_sim.card.slot import Chip, Entry, Event, Exchange, Slot, SlotEvent
from hardware_sim.personas import Persona
from hardware_sim.readers.models import GEMPC_PINPAD, Model
from hardware_sim.readers.pin_pad import PinPadHands
from hardware_sim.readers.reader import SerialReader
from hardware_sim.readers.serial_lines import TcpLine

#: A reader with everything that the hands here can use: a slot for the card, one for the PSAM, and a PIN pad.
_MODEL: Final[Model] = replace(GEMPC_PINPAD, name="panel", slots=2)

#: Whose PSAM lies in the second slot: a persona like the others.
_PSAM: Final = "psam-in-card-slot"

#: An OSError is what ended the recording.
Told = Entry | Mismatch | OSError


class Reader:
    """A reader that programs reach at ``url``. The hands belong to one thread."""

    def __init__(self, port: int, told: Callable[[Told], None]) -> None:
        """``port``: 0 takes any free one; ``told`` hears in the line's thread what befalls the card.

        Raises:
            OSError: the port is taken.
        """
        self._told = told
        self._slot, self._psam_slot = Slot(log=self._listen), Slot()
        self._keys = PinPadHands()
        self._serial = SerialReader(_MODEL, (self._slot, self._psam_slot), hands=self._keys)
        self._line = TcpLine(self._serial, port)
        self.url: Final = f"{self._line.url}?pinpad"
        self._port = self._line.port
        self._plugged = True
        self._chips: dict[str, Chip] = {}
        self._holder: Persona | None = None
        self._ready: Persona | None = None
        self._planned: list[Fault] = []
        self._recorder: Recorder | None = None
        self._recording = threading.Lock()

    def __enter__(self) -> Self:
        self._line.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()
        self.stop_recording()

    # --- the card -----------------------------------------------------------------------------------------------

    @property
    def present(self) -> bool:
        """Whether a card is in the reader."""
        return self._slot.present

    @property
    def holder(self) -> Persona | None:
        """Whose card is in the reader; None without a card, or with a recorded one."""
        return self._holder if self._slot.present else None

    def insert(self, persona: Persona) -> None:
        """Puts this person's card in, instead of one that may be there. It remembers what was done to it before."""
        self._put_in(self._chip_of(persona), persona)

    def insert_record(self, text: str) -> None:
        """Puts a card in that answers as one did before.

        Raises:
            NotARecord: the text is no recorded session.
        """
        self._put_in(Replay(text, mismatch=self._told), None)

    def remove(self) -> None:
        """Pulls the card out; what was planned to strike in every reading is over with it."""
        self._slot.remove()
        self.plan(fault for fault in self._planned if fault.times is not None)

    def lay_ready(self, persona: Persona) -> None:
        """This person's card is the one that an exchange in mid-reading puts in."""
        self._ready = persona
        self._slot.lay_ready(self._chip_of(persona))

    def _put_in(self, chip: Chip, holder: Persona | None) -> None:
        self._holder = holder
        self._slot.insert(chip)

    def _chip_of(self, persona: Persona) -> Chip:
        return self._chips.setdefault(persona.id, chip_of(persona.card))

    # --- what will go wrong -------------------------------------------------------------------------------------

    @property
    def planned(self) -> tuple[Fault, ...]:
        """What will go wrong when the card is read."""
        return tuple(self._planned)

    def plans(self, kind: CardFault) -> bool:
        """Whether this will go wrong."""
        return any(fault.kind is kind for fault in self._planned)

    def plan(self, faults: Iterable[Fault]) -> None:
        """Lets readings go wrong in these ways, instead of those planned before."""
        wanted = list(faults)
        self._slot.clear_faults()
        self._planned = wanted
        for fault in wanted:
            self._slot.add_fault(fault)

    # --- the reader itself --------------------------------------------------------------------------------------

    @property
    def plugged(self) -> bool:
        """Whether the reader hangs on its line."""
        return self._plugged

    def unplug(self) -> None:
        """Pulls the reader's own plug: its line is gone."""
        self._plugged = False
        self._line.close()
        self._slot.power_off()

    def plug_in(self) -> None:
        """Puts the plug back where it was.

        Raises:
            OSError: something else has taken its place.
        """
        self._line = TcpLine(self._serial, self._port)
        self._line.start()
        self._plugged = True

    @property
    def psam(self) -> bool:
        """Whether a PSAM is in the second slot."""
        return self._psam_slot.present

    def put_psam_in(self) -> None:
        """Puts a PSAM into the second slot."""
        self._psam_slot.insert(self._chip_of(personas.load(_PSAM)))

    def take_psam_out(self) -> None:
        """Takes the PSAM out."""
        self._psam_slot.remove()

    # --- the PIN pad --------------------------------------------------------------------------------------------

    @property
    def asks_pin(self) -> bool:
        """Whether the pad waits for the holder."""
        return self._keys.asked

    def enter_pin(self, digits: str) -> None:
        """The holder types; the digits are kept nowhere."""
        self._keys.enter(digits)

    def cancel_pin(self) -> None:
        """The holder presses "cancel"."""
        self._keys.cancel()

    def let_pin_time_out(self) -> None:
        """The holder presses nothing until the pad gives up."""
        self._keys.let_it_time_out()

    # --- records ------------------------------------------------------------------------------------------------

    @property
    def recording(self) -> bool:
        """Whether the sessions are written to a file."""
        return self._recorder is not None

    def record(self, path: Path) -> None:
        """Writes everything from now on to a file.

        Raises:
            OSError: the file cannot be written.
        """
        self.stop_recording()
        recorder = Recorder(path, "" if self.holder is None else self.holder.id, failed=self._recording_failed)
        with self._recording:
            self._recorder = recorder

    def stop_recording(self) -> None:
        """Closes the file."""
        with self._recording:
            if self._recorder is not None:
                self._recorder.close()
            self._recorder = None

    def _recording_failed(self, trouble: OSError) -> None:
        self._recorder = None  # while it writes, so nobody else begins another
        self._told(trouble)

    def _listen(self, entry: Entry) -> None:
        if isinstance(entry, Exchange) and entry.fault in self._planned and entry.fault.times is not None:
            self._planned.remove(entry.fault)
        if isinstance(entry, Event) and entry.kind is SlotEvent.SWAPPED:
            self._holder = self._ready or self._holder
        with self._recording:
            if self._recorder is not None:
                self._recorder(entry)
        self._told(entry)
