"""A card in a simulated serial reader whose line has a speed, and what a reading carries: commands and bytes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.psams import PSAMS
from hardware_sim.card.slot import Chip, Slot
from hardware_sim.personas import CardData
from hardware_sim.readers.models import MODELS
from hardware_sim.readers.reader import SerialReader
from hardware_sim.readers.serial_lines import PtyLine

_BITS_PER_BYTE: Final = 11  # a start bit, eight of data, two stop bits
_MS: Final = 1_000
#: How a frame begins that takes the power off a card: it comes when the identity is already known.
_POWER_OFF: Final = bytes((0x03, 0x06, 0x63))


class Carried(NamedTuple):
    """What one reading needed, the PSAM's part included."""

    commands: int
    command_bytes: int
    """Of commands and their answers."""
    line_bytes: int
    """Of everything on the line, both ways, from the first to the last byte before the power is taken off."""

    def wire_ms(self, baud: int | None) -> float:
        """How long the line alone is busy with it, when nobody ever keeps it waiting."""
        return 0.0 if baud is None else self.line_bytes * _BITS_PER_BYTE * _MS / baud


@dataclass
class _Counts:
    commands: int = 0
    command_bytes: int = 0
    line_bytes: int = 0


class _CountedChip:
    """A chip whose commands are counted."""

    def __init__(self, chip: Chip, counts: _Counts) -> None:
        self._chip, self._counts = chip, counts

    @property
    def atr(self) -> bytes:
        return self._chip.atr

    def power_on(self) -> bytes:
        return self._chip.power_on()

    def command(self, command: bytes, /) -> bytes:
        answer = self._chip.command(command)
        self._counts.commands += 1
        self._counts.command_bytes += len(command) + len(answer)
        return answer


class _CountedReader(SerialReader):
    """A reader whose line is counted; the computer sends one frame at a time."""

    counts: _Counts
    _counting = True

    def receive(self, data: bytes, send: Callable[[bytes], None], pause: Callable[[int], None]) -> None:
        if data.startswith(_POWER_OFF[:2]):
            self._counting = not data.startswith(_POWER_OFF)
        self._count(data)

        def send_counted(answer: bytes) -> None:
            self._count(answer)
            send(answer)

        super().receive(data, send_counted, pause)

    def _count(self, data: bytes) -> None:
        if self._counting:
            self.counts.line_bytes += len(data)


class CardLine:
    """An open line with its card."""

    def __init__(self, url: str, card: CardData, counts: _Counts) -> None:
        self.url = url
        self.card = card
        self._counts = counts

    def begin(self) -> None:
        """Counts from zero."""
        self._counts.commands = self._counts.command_bytes = self._counts.line_bytes = 0

    def carried(self) -> Carried:
        """What went over it since then."""
        return Carried(self._counts.commands, self._counts.command_bytes, self._counts.line_bytes)


@contextmanager
def card_line(folder: Path, persona: str, *, model: str, psam: str = "", baud: int | None = None) -> Iterator[CardLine]:
    """A reader on a pseudo-terminal with a persona's card in its first slot, a PSAM in its second if one is named."""
    counts = _Counts()
    card = personas.load(persona).card
    chips = [chip_of(card), *([PSAMS[psam]()] if psam else [])]
    reader = _CountedReader(MODELS[model], [Slot(_CountedChip(chip, counts)) for chip in chips])
    reader.counts = counts
    with PtyLine(reader, folder / f"{persona}-{baud}", baud=baud) as line:
        yield CardLine(line.url, card, counts)
