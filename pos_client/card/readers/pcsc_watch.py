"""Looks after PC/SC readers: blocks in the service until something changes, and outlives the service itself.

pyscard's own monitor ends for ever when the service stops. This one asks for changes of its readers and of the list of
readers, with a limit, takes a new context when the old one died, and sees a card that was exchanged between two looks
by the service's count of events.
"""

from collections.abc import Callable
from typing import Final

from smartcard import scard

from pos_client.card.readers.pcsc import fitting
from pos_client.card.readers.pcsc_service import ANY_READER_CHANGED, Context
from pos_client.card.readers.reader import Presence
from pos_client.errors import EnvironmentProblem
from pos_client.runtime import sleep_ms

#: The high half of a reader's state counts the cards that came and left.
_EVENTS_AT: Final = 16
#: The service forgets a cancellation that comes a moment before the wait that it was meant for.
_CANCEL_AGAIN_MS: Final = 5
_MOST_CANCELLATIONS: Final = 20
PassOver = Callable[[str, bytes], bool]
Hurried = Callable[[], bool]


def _every_card_counts(_name: str, _atr: bytes) -> bool:
    return False


def _nobody_hurries() -> bool:
    return False


class PcscWatch:
    """The readers that a name means, looked at again and again by one thread."""

    def __init__(
        self, wanted: str, pass_over: PassOver = _every_card_counts, hurried: Hurried = _nobody_hurries
    ) -> None:
        """The readers that a name means.

        Args:
            wanted: the name, as the settings have it.
            pass_over: tells by reader and answer to reset of a card that is no person's: the PSAM in its slot.
            hurried: whether somebody wants something else already; it turns true before :meth:`hurry` is called.
        """
        self._wanted = wanted
        self._pass_over = pass_over
        self._hurried = hurried
        self._waits = False
        self._context: Context | None = None
        self._known: dict[str, int] = {}
        self._readers = 0
        self._seen: Presence | None = None

    def look(self, wait_ms: int) -> Presence:
        """What is there, once something changed or after the time; at once when nothing was seen before.

        Raises:
            EnvironmentProblem: the service cannot be asked; the next look begins anew.
        """
        try:
            return self._looked(wait_ms)
        except EnvironmentProblem:
            self.let_go()
            raise

    def hurry(self) -> None:
        """Ends a look that waits; from any thread."""
        for _ in range(_MOST_CANCELLATIONS):
            context = self._context
            if context is None or not self._waits:
                return
            context.cancel()
            sleep_ms(_CANCEL_AGAIN_MS)

    def let_go(self) -> None:
        """Lets the service go."""
        context, self._context = self._context, None
        self._known, self._seen = {}, None
        if context is not None:
            context.release()

    def _looked(self, wait_ms: int) -> Presence:
        context = self._context or self._opened()
        before = self._known
        if self._seen is not None and wait_ms > 0:
            self._known = self._states(context, self._changed(context, wait_ms))
        else:
            self._known = self._states(context, {})
        now = self._presence(context)
        if now is Presence.CARD and self._seen is Presence.CARD and self._exchanged(before):
            self._seen = None  # between two looks there was no card: the next look tells of the new one, at once
            return Presence.EMPTY
        self._seen = now
        return now

    def _changed(self, context: Context, wait_ms: int) -> dict[str, int]:
        """Whoever is in a hurry either sees that this waits, or is seen before it does."""
        self._waits = True
        try:
            return {} if self._hurried() else context.wait(self._asked(), wait_ms)
        finally:
            self._waits = False

    def _opened(self) -> Context:
        self._context = Context()
        return self._context

    def _asked(self) -> dict[str, int]:
        """Told another number than that of all readers, Windows answers at once, and would for ever."""
        return {**self._known, ANY_READER_CHANGED: self._readers << _EVENTS_AT}

    def _states(self, context: Context, changed: dict[str, int]) -> dict[str, int]:
        """The state of every reader that is meant; those that came or went since are noticed."""
        names = context.reader_names()
        self._readers = len(names)
        meant = fitting(names, self._wanted)
        fresh = context.states(meant)
        return {name: fresh.get(name, changed.get(name, 0)) & ~scard.SCARD_STATE_CHANGED for name in meant}

    def _presence(self, context: Context) -> Presence:
        if not self._known:
            return Presence.NO_READER
        with_card = [name for name, bits in self._known.items() if bits & scard.SCARD_STATE_PRESENT]
        if len(self._known) > 1 and with_card:
            atrs = context.atrs(with_card)
            with_card = [name for name in with_card if not self._pass_over(name, atrs.get(name, b""))]
        return Presence.CARD if with_card else Presence.EMPTY

    def _exchanged(self, before: dict[str, int]) -> bool:
        return any(
            name in before and before[name] >> _EVENTS_AT != bits >> _EVENTS_AT for name, bits in self._known.items()
        )
