"""A session with a card as a text: one line an event, to be read, compared and replayed.

Lines begin with ``>`` (a command), ``<`` (its answer; ``-`` when none came), ``!`` (what befell the card) or ``#``
(a remark). What stands behind two blanks is for people. No PIN is written: ``***`` stands for it.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TextIO

from hardware_sim.card.explain import Explainer
from hardware_sim.card.faults import written
from hardware_sim.card.slot import Entry, Event, Exchange
from hardware_sim.saying import Language

#: The first line of a record; the number rises when older programs could not read it any more.
HEAD: Final = "# hardware-sim card session 1"
NO_ANSWER: Final = "-"


def _nobody_listens(_trouble: OSError) -> None:
    """A record whose end nobody asks for."""


class Recorder:
    """Writes a slot's log; it is the log itself. Every line is written out at once."""

    def __init__(
        self,
        target: Path | TextIO,
        card: str = "",
        *,
        language: Language = "zh",
        failed: Callable[[OSError], None] = _nobody_listens,
    ) -> None:
        """Begins a record.

        Args:
            target: a file, replaced if it exists, or an open stream.
            card: whose or what kind, in a word.
            language: of the remarks.
            failed: hears once that the disk is full or gone; nothing more is written, the card goes on.

        Raises:
            OSError: the file cannot be written.
        """
        self._failed = failed
        self._is_broken = False
        self._is_own = isinstance(target, Path)
        self._stream = target.open("w", encoding="utf-8", newline="\n") if isinstance(target, Path) else target
        self._explainer = Explainer(language)
        self._write(HEAD)
        if card:
            self._write(f"# card: {card}")
        self._write("# PIN: ***")

    def __call__(self, entry: Entry) -> None:
        """Writes the next entry."""
        if self._is_broken:
            return
        try:
            for line in self._lines(entry):
                self._write(line)
        except OSError as trouble:
            self._is_broken = True
            self.close()
            self._failed(trouble)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file; a stream that was open before stays open."""
        if self._is_own:
            with suppress(OSError):  # what could not be written was told already
                self._stream.close()

    def _lines(self, entry: Entry) -> Iterator[str]:
        explained = self._explainer.explain(entry)
        if isinstance(entry, Event):
            yield _line("!", f"{entry.kind} {entry.atr.hex().upper()}".rstrip(), explained.said)
        else:
            yield _line(">", str(entry.command), explained.said)
            yield _line("<", _hexadecimal(entry.answer), explained.answer, *_asides(entry))

    def _write(self, line: str) -> None:
        self._stream.write(f"{line}\n")
        self._stream.flush()


def _line(sign: str, content: str, *remarks: str) -> str:
    return "  ".join((f"{sign} {content}".rstrip(), *remarks))


def _hexadecimal(answer: bytes | None) -> str:
    return NO_ANSWER if answer is None else answer.hex().upper()


def _asides(exchange: Exchange) -> Iterator[str]:
    if exchange.delay_ms:
        yield f"[{exchange.delay_ms} ms]"
    if exchange.fault is not None:
        yield f"[{written(exchange.fault)}]"
