"""Looks whether a card is in the reader, again and again, without touching the card.

PC/SC tells of a change by itself. A serial reader is asked for its slot's status several times a second, over a line
that stays open between two looks: opening it is slow, and may reset a reader that draws its power from it. A maker's
library cannot be looked at.
"""

from collections.abc import Callable
from typing import Final, Protocol

from pos_client.card import words
from pos_client.card.readers import drivers
from pos_client.card.readers.reader import PCSC, CardReader, Presence, ReaderUrl, WholeCardReader
from pos_client.errors import EnvironmentProblem

PassOver = Callable[[str, bytes], bool]
#: How often a reader is asked that has to be asked.
ASKING_INTERVAL_MS: Final = 200
#: Between two looks that wait by themselves, should a service not wait for a change as it is asked to.
LEAST_INTERVAL_MS: Final = 20
#: How often a service is looked for that does not run.
SEEKING_INTERVAL_MS: Final = 1_000


class Looking(Protocol):
    """One reader that is looked at by one thread."""

    def look(self, wait_ms: int) -> Presence:
        """What is there; a reader that tells of changes waits for one, any other answers at once.

        Raises:
            EnvironmentProblem: it cannot be asked.
        """

    def hurry(self) -> None:
        """Ends a look that waits; from any thread."""

    def let_go(self) -> None:
        """Leaves the reader to whoever wants to read a card; never fails."""


class AskedReader:
    """A reader that has to be asked."""

    def __init__(self, url: ReaderUrl) -> None:
        self._url = url
        self._reader: CardReader | WholeCardReader | None = None

    def look(self, wait_ms: int) -> Presence:
        """What is there now. A line that was kept may have gone stale: it is opened anew, once.

        Not behind a reader that was silent: that took its time already, and somebody may be waiting to read.
        """
        if self._reader is not None:
            try:
                return self._presence(self._reader)
            except EnvironmentProblem as trouble:
                self.let_go()
                if trouble.words is words.READER_SILENT:
                    raise
        self._reader = drivers.driver(self._url.kind).open(self._url.target)
        try:
            return self._presence(self._reader)
        except EnvironmentProblem:
            self.let_go()
            raise

    def _presence(self, reader: CardReader | WholeCardReader) -> Presence:
        present = reader.card_present()
        return Presence.UNKNOWN if present is None else Presence.CARD if present else Presence.EMPTY

    def hurry(self) -> None:
        """It never waits."""

    def let_go(self) -> None:
        """Closes the line."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.disconnect()


class Watch:
    """Whatever reader is asked for, looked at; what it was before is let go."""

    def __init__(
        self, pass_over: PassOver = lambda _name, _atr: False, hurried: Callable[[], bool] = lambda: False
    ) -> None:
        """Nothing is looked at yet.

        Args:
            pass_over: tells by reader and answer to reset of a card that is no person's: the PSAM in its slot.
            hurried: whether somebody wants something else already; it turns true before :meth:`hurry` is called.
        """
        self._pass_over = pass_over
        self._hurried = hurried
        self._url: ReaderUrl | None = None
        self._looking: Looking | None = None

    @property
    def _waits(self) -> bool:
        return self._url is not None and self._url.kind == PCSC

    def interval_ms(self, seen: Presence) -> int:
        """How long to pause before the next look; hardly at all where a look itself waits for a change."""
        if not self._waits:
            return SEEKING_INTERVAL_MS if seen is Presence.UNKNOWN else ASKING_INTERVAL_MS
        return SEEKING_INTERVAL_MS if seen is Presence.NO_READER else LEAST_INTERVAL_MS

    def look(self, url: ReaderUrl, wait_ms: int = 0) -> Presence:
        """What can be seen; a reader that cannot be asked is none, the next reading says why."""
        if url != self._url or self._looking is None:
            if self._looking is not None:
                self._looking.let_go()
            self._url, self._looking = url, self._opened(url)
        try:
            return self._looking.look(wait_ms)
        except EnvironmentProblem:
            return Presence.NO_READER

    def hurry(self) -> None:
        """Ends a look that waits; from any thread."""
        looking = self._looking
        if looking is not None:
            looking.hurry()

    def let_go(self) -> None:
        """Leaves the reader to whoever wants to read a card."""
        if self._looking is not None and not self._waits:  # the service lets others in while it is watched
            self._looking.let_go()

    def _opened(self, url: ReaderUrl) -> Looking:
        if url.kind == PCSC:
            from pos_client.card.readers.pcsc_watch import PcscWatch

            return PcscWatch(url.target, self._pass_over, self._hurried)
        return AskedReader(url)
