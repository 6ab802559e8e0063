"""Walks through everything between the service and the PSAM and says in plain words what is wrong and what to do.

Each step rests on those before it: the first that fails is the one to mend, the others are left out. Nothing is
changed on the card, no PIN is asked for, and no finding names a person.
"""

from collections.abc import Callable, Iterator
from typing import Final

from pos_client.card import doctor_words as said
from pos_client.card import words
from pos_client.card.doctor_advice import advice_on, complete, filled
from pos_client.card.finding import Finding
from pos_client.card.iso7816 import atr
from pos_client.card.psam import is_psam
from pos_client.card.readers.reader import PCSC, CardReader, ReaderUrl, WholeCardReader
from pos_client.card.slots import PSAM_NONE, Opened, OpenPsam, Slots, open_reader
from pos_client.card.social_security import environment
from pos_client.card.social_security.identity import CardIdentity
from pos_client.card.social_security.reading import read_identity
from pos_client.errors import EnvironmentProblem, Problem
from pos_client.phrase import Phrase
from pos_client.runtime import Clock, SystemClock

STEPS: Final = ("service", "readers", "slots", "power", "application", "files", "psam", "times")
#: A card is read within three seconds (card reference 7.4).
_SLOW_MS: Final = 3_000

#: Another reader in the place of one that was opened, such as one whose commands are logged.
Watched = Callable[[Opened], Opened]


class _Timed:
    """A card whose commands are counted and timed."""

    def __init__(self, card: CardReader, clock: Clock) -> None:
        self._card, self._clock = card, clock
        self.commands = self.length = self.slowest_ms = 0

    def transmit(self, command: bytes) -> bytes:
        began_ms = self._clock.monotonic_ms()
        answer = self._card.transmit(command)
        self.commands += 1
        self.length += len(command) + len(answer)
        self.slowest_ms = max(self.slowest_ms, self._clock.monotonic_ms() - began_ms)
        return answer


class _Examination:
    """One walk; whatever was opened is let go at its end."""

    def __init__(self, slots: Slots, url: ReaderUrl, psam: str, watched: Watched, clock: Clock) -> None:
        self._all, self._url, self._psam_setting, self._clock = slots, url, psam, clock
        self._watched = watched
        self._reader: Opened | None = None
        self._psam: OpenPsam | None = None
        self._identity: CardIdentity | None = None
        self._card: _Timed | None = None
        self._read_ms = 0
        self._no_card = False
        self._strange_beside = False

    def walk(self) -> Iterator[Finding]:
        """One finding a step, in order."""
        whole = True
        try:
            for step in STEPS:
                if not whole:
                    yield Finding(step, "left_out", said.LEFT_OUT)
                    continue
                finding = self._taken(step)
                whole = finding.state != "bad" and not self._no_card
                yield finding
        finally:
            if self._psam is not None:
                self._psam.close()
            if self._reader is not None:
                self._reader.disconnect()

    def _taken(self, step: str) -> Finding:
        began_ms = self._clock.monotonic_ms()
        try:
            phrase, advice = self._takes()[step]()
        except Problem as problem:
            return Finding(
                step,
                "bad",
                complete(problem.sentence("zh"), problem.sentence("en")),
                advice_on(problem.words, self._url, self._psam_setting, strange_beside=self._strange_beside),
                self._clock.monotonic_ms() - began_ms,
                dict(problem.evidence),
            )
        return Finding(
            step, "good" if advice is None else "warn", phrase, advice, self._clock.monotonic_ms() - began_ms
        )

    def _takes(self) -> dict[str, Callable[[], tuple[Phrase, Phrase | None]]]:
        return {
            "service": self._service,
            "readers": self._readers,
            "slots": self._slot,
            "power": self._power,
            "application": self._application,
            "files": self._files,
            "psam": self._terminal,
            "times": self._times,
        }

    def _service(self) -> tuple[Phrase, Phrase | None]:
        if self._url.kind != PCSC:
            return said.SERVICE_NOT_USED, None
        from pos_client.card.readers.pcsc_service import Context

        with Context():
            return said.SERVICE_RUNS, None

    def _readers(self) -> tuple[Phrase, Phrase | None]:
        if self._url.kind == PCSC:
            from pos_client.card.readers import pcsc

            pcsc.PcscReader(self._url.target).card_present()
            return filled(said.READERS_FOUND, names="、".join(one.name for one in pcsc.reader_states())), None
        reader = open_reader(self._url)
        try:
            reader.card_present()
        finally:
            reader.disconnect()
        found = said.LIBRARY_SET if isinstance(reader, WholeCardReader) else said.PORT_OPENS
        name = self._url.target.partition("?")[0].replace("\\", "/").rpartition("/")[2]
        return filled(found, port=self._url.target, name=name), None

    def _slot(self) -> tuple[Phrase, Phrase | None]:
        self._reader = self._watched(self._all.person_reader(self._url))
        present = self._reader.card_present()
        if present is None:
            return said.LIBRARY_POWERS, None
        self._no_card = not present
        found = said.SLOT_PERSON if present else said.SLOT_EMPTY
        if psams := "、".join(self._all.psam_readers()):
            found = Phrase(
                said.SLOT_AND_PSAM.zh.format(slot=found.zh, psam=psams),
                said.SLOT_AND_PSAM.en.format(slot=found.en, psam=psams),
            )
        return found, None if present else said.INSERT_ADVICE

    def _power(self) -> tuple[Phrase, Phrase | None]:
        reader = self._reader
        if isinstance(reader, WholeCardReader) or reader is None:
            return said.LIBRARY_POWERS, None
        reader.connect()
        self._card = _Timed(reader, self._clock)
        try:
            reset = atr.parse(reader.atr)
        except atr.NoAtr as trouble:
            raise EnvironmentProblem(words.CARD_MUTE, {"atr": str(trouble)}) from None
        phrase = filled(
            said.POWERED, protocol=f"T={reset.first_protocol}", speed=f"TA1={reset.speed:02X}", length=len(reader.atr)
        )
        return phrase, None if reset.first_protocol == 0 else said.NOT_T0_ADVICE

    def _application(self) -> tuple[Phrase, Phrase | None]:
        if self._card is None:
            return said.LIBRARY_POWERS, None
        algorithm = environment.control(self._card).algorithm
        if algorithm not in said.ALGORITHMS and is_psam(self._card):
            raise EnvironmentProblem(words.PSAM_CARD)
        return filled(said.APPLICATION_FOUND, algorithm=said.ALGORITHMS.get(algorithm, "—")), None

    def _files(self) -> tuple[Phrase, Phrase | None]:
        reader = self._reader
        assert reader is not None
        began_ms = self._clock.monotonic_ms()
        if isinstance(reader, WholeCardReader):
            self._identity = reader.read()
        else:
            assert self._card is not None
            self._identity = read_identity(self._card, str(self._url), atr=reader.atr, psam=self._found_psam)
        self._read_ms = self._clock.monotonic_ms() - began_ms
        masked = self._identity.masked()
        return filled(said.FILES_READ, **masked), None

    def _found_psam(self) -> OpenPsam | None:
        if self._psam is None and self._reader is not None and not isinstance(self._reader, WholeCardReader):
            self._psam = self._all.psam(self._reader, self._url, self._psam_setting)
            self._strange_beside = self._psam is None and bool(self._reader.neighbours())
        return self._psam

    def _terminal(self) -> tuple[Phrase, Phrase | None]:
        if self._psam_setting == PSAM_NONE:
            return said.PSAM_OFF, None
        used = self._psam is not None
        psam = self._found_psam()
        if psam is None and self._strange_beside:
            return said.PSAM_STRANGE, said.PSAM_STRANGE_ADVICE
        if psam is None:
            return said.PSAM_NONE, None
        found = filled(said.PSAM_USED if used else said.PSAM_FOUND, terminal=psam.terminal_number())
        return found, None

    def _times(self) -> tuple[Phrase, Phrase | None]:
        card = self._card
        if card is None:
            return filled(said.LIBRARY_TIME, read_ms=self._read_ms), None
        fill = {"read_ms": self._read_ms, "commands": card.commands, "length": card.length}
        if self._read_ms > _SLOW_MS:
            return filled(said.SLOW, **fill, slowest_ms=card.slowest_ms), said.SLOW_ADVICE
        return filled(said.TIMES, **fill), None


def examine(slots: Slots, url: ReaderUrl, psam: str, watched: Watched = lambda reader: reader) -> Iterator[Finding]:
    """One finding a step, in order, each as soon as it is made.

    Args:
        slots: what is known of the slots of this machine.
        url: the reader that is set.
        psam: the setting of the PSAM.
        watched: what is made of the reader before its card has power.
    """
    yield from _Examination(slots, url, psam, watched, SystemClock()).walk()
