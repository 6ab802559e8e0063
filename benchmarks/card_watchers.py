"""``python -m benchmarks.card_watchers NAME``: one who waits for cards at PC/SC readers, in a process of its own.

It prints a line of JSON for each change that it notices: what is there now, and when, by the machine's monotonic clock.
It ends with its input.
"""

import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from time import monotonic_ns, sleep
from types import MappingProxyType
from typing import Any, Final

from smartcard import scard

from benchmarks.card_ways import MONITOR, POLL, PROCESS, WATCH
from pos_client.card.process import CardProcess
from pos_client.card.readers.pcsc_watch import PcscWatch
from pos_client.card.readers.reader import Presence
from pos_client.card.watch import SEEKING_INTERVAL_MS
from pos_client.cli.session import real_runtime
from pos_client.desk.counter import LOOK_WAIT_MS
from pos_client.errors import EnvironmentProblem

_ENDED: Final = threading.Event()
_ANY: Final = ""
_POLL_INTERVAL_S: Final = 0.25
_CARD, _EMPTY, _NO_READER = "card", "empty", "no_reader"


def say(seen: str) -> None:
    """Tells of a change."""
    print(json.dumps({"seen": seen, "at": monotonic_ns()}), flush=True)


def by_watch() -> None:
    """Ours, by itself."""
    watch, before = PcscWatch(_ANY), ""
    while not _ENDED.is_set():
        try:
            seen = str(watch.look(LOOK_WAIT_MS))
        except EnvironmentProblem:
            seen = _NO_READER
        if seen != before:
            say(seen)
        if seen == _NO_READER:
            sleep(SEEKING_INTERVAL_MS / 1000)
        before = seen


def by_process() -> None:
    """Ours as the desk has it: the card process looks."""
    with real_runtime() as runtime, CardProcess(runtime, "pcsc:") as process:
        before: Presence | None = None
        while not _ENDED.is_set():
            seen = process.look(before, LOOK_WAIT_MS)
            if seen != before:
                say(seen)
            before = seen


def by_monitor() -> None:
    """pyscard's own monitor; it says by itself why it ends, which is not for this table."""
    from smartcard.CardMonitoring import CardMonitor, CardObserver

    class Observer(CardObserver):  # type: ignore[misc]  # pyscard has no types
        def update(self, observable: object, handlers: tuple[list[object], list[object]]) -> None:
            del observable
            added, removed = handlers
            if added or removed:
                say(_CARD if added else _EMPTY)

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    say(_EMPTY)  # it tells of no reader without a card
    CardMonitor().addObserver(Observer())
    _ENDED.wait()


def by_poll() -> None:
    """Asks four times a second, with a new context wherever the old one fails."""
    context: Any = None
    before = ""
    while not _ENDED.is_set():
        if context is None:
            _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        seen = _polled(context)
        if seen == _NO_READER:
            context = None
        if seen != before:
            say(seen)
        before = seen
        sleep(_POLL_INTERVAL_S)


def _polled(context: Any) -> str:
    hresult, names = scard.SCardListReaders(context, [])
    if hresult != scard.SCARD_S_SUCCESS or not names:
        return _NO_READER
    hresult, states = scard.SCardGetStatusChange(context, 0, [(name, scard.SCARD_STATE_UNAWARE) for name in names])
    if hresult != scard.SCARD_S_SUCCESS:
        return _NO_READER
    return _CARD if any(bits & scard.SCARD_STATE_PRESENT for _, bits, _ in states) else _EMPTY


_WATCHERS: Final[Mapping[str, Callable[[], None]]] = MappingProxyType(
    {WATCH: by_watch, PROCESS: by_process, MONITOR: by_monitor, POLL: by_poll}
)


def main() -> None:
    """Watches until the input ends."""
    watching = threading.Thread(target=_WATCHERS[sys.argv[1]], daemon=True)
    watching.start()
    sys.stdin.read()
    _ENDED.set()
    watching.join(2 * LOOK_WAIT_MS / 1000)


if __name__ == "__main__":
    main()
