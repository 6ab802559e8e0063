"""Looks whether a card is in the reader, several times a second, without touching the card.

A serial reader is asked for its slot's status over a line that stays open between two looks: opening it is slow, and
may reset a reader that draws its power from it. PC/SC is asked for what its service last saw.
"""

from typing import Final, Protocol

from pos_client.card.reader import Presence
from pos_client.card.reader_url import PCSC, ReaderUrl
from pos_client.errors import EnvironmentProblem

#: A reader tells its slot's status at once or, unplugged at its end of the line, never.
ANSWER_TIMEOUT_MS: Final = 500


class WatchedReader(Protocol):
    """A reader as far as it is looked at."""

    def card_present(self) -> bool:
        """Whether a card is in it.

        Raises:
            EnvironmentProblem: it cannot be asked.
        """

    def disconnect(self) -> None:
        """Lets it go; never fails, safe to call twice."""


class Watch:
    """One reader that is looked at again and again."""

    def __init__(self) -> None:
        self._url: ReaderUrl | None = None
        self._reader: WatchedReader | None = None

    def look(self, url: ReaderUrl) -> Presence:
        """What can be seen now; a reader that cannot be asked is none, the next reading says why."""
        if url != self._url:
            self.let_go()
        kept, self._url = self._reader, url
        seen = None if kept is None else self._seen(kept)
        return seen or self._seen(_open(url)) or Presence.NO_READER

    def let_go(self) -> None:
        """Leaves the reader to whoever wants to read a card."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.disconnect()

    def _seen(self, reader: WatchedReader) -> Presence | None:
        self._reader = reader
        try:
            return Presence.CARD if reader.card_present() else Presence.EMPTY
        except EnvironmentProblem:  # a line that was kept may have gone stale: it is opened anew
            self.let_go()
            return None


def _open(url: ReaderUrl) -> WatchedReader:
    """The libraries are imported here: a serial reader works without PC/SC installed."""
    if url.kind == PCSC:
        from pos_client.card.pcsc import PcscReader

        return PcscReader(url.target)
    from pos_client.card.ccid_serial import CcidSerialReader

    return CcidSerialReader(url.target, answer_timeout_ms=ANSWER_TIMEOUT_MS)
