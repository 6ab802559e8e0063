"""The windows that are typed into, each with the same methods: ours on a simulated counter, and a bare one."""

import gc
import os
from collections.abc import Callable, Mapping
from itertools import cycle, islice
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

from PySide6.QtWidgets import QApplication

from benchmarks.window_bare import Bare
from benchmarks.window_frames import Frames, run_until
from benchmarks.window_hands import SIZE, Hands
from benchmarks.window_home import fill_home
from benchmarks.window_resident import resident_kib
from benchmarks.window_strokes import ARROWS, DIGITS, LETTERS, LINES, SOUGHT, bare_strokes, strokes
from pos_client.config import Home
from pos_client.ui.pages.sale import SalePage

#: Items of the sample catalogue that the training region's bureau knows.
_CODES: Final = tuple(f"YD{number:04d}" for number in range(1, LINES + 1))
_BASKET: Final = ("YD0001", "YD0004", "YD0012")
_ID_NUMBER: Final = "439999197003030012"


class Window(Protocol):
    """What every one of them is told."""

    def keys(self, kind: str, count: int) -> list[int]:
        """Times so many keys of a kind, in nanoseconds."""

    def close(self) -> None:
        """Closes it."""


class BareWindow:
    """A line of text in a window."""

    def __init__(self) -> None:
        self._bare = Bare(*SIZE)
        self._bare.show()
        run_until(self._bare.edit.hasFocus, "the line has the focus")
        self._frames = Frames(self._bare.window)

    def keys(self, kind: str, count: int) -> list[int]:
        """Times keys in the line."""
        edit = self._bare.edit
        edit.setText("1" * LINES if kind == ARROWS else "")
        QApplication.processEvents()
        return [self._frames.timed(key, edit) for key in islice(bare_strokes(kind), count)]

    def close(self) -> None:
        """Closes the window."""
        self._bare.window.close()


class OurWindow:
    """The product's window at a simulated counter."""

    def __init__(self) -> None:
        self._open: Hands | None = None

    def open(self, home: str, reader: str, front_end: str, desk: int, items: int = 0, backlog: int = 0) -> None:
        """Opens it on a home of its own, which is filled first. The card in the reader begins a sale."""
        os.environ.update(POS_CLIENT_READER=reader, POS_CLIENT_FRONT_END=front_end)  # for what the window starts, too
        fill_home(Home(Path(home)), os.environ, desk, items=items, backlog=backlog)
        self._open = Hands(Home(Path(home)))
        self._open.begin_with_card()

    @property
    def _hands(self) -> Hands:
        assert self._open is not None, "it is opened first"
        return self._open

    # --- keys ---

    def bill(self) -> None:
        """Scans a bill of twenty lines."""
        self._hands.add(_CODES)

    def keys(self, kind: str, count: int) -> list[int]:
        """Times so many keys on that bill."""
        hands = self._hands
        hands.settle()
        if kind == DIGITS:
            hands.try_out()
        bill, tender = hands.sale.bill, hands.sale.tender
        watched = {ARROWS: bill.table.viewport(), DIGITS: tender.field.edit}.get(kind, bill.scan.edit)
        taken = []
        for key in islice(strokes(kind), count):
            taken.append(hands.keys.timed(key, watched))
            if kind == LETTERS:
                hands.rest()
        hands.clear()
        return taken

    def found(self, count: int) -> dict[str, list[int]]:
        """Types so many words; times each letter until what it finds is painted, by how many letters stand there."""
        hands = self._hands
        hands.settle()
        taken: dict[str, list[int]] = {}
        for word in islice(cycle(SOUGHT), count):
            for length, letter in enumerate(word, start=1):
                ns = hands.keys.timed(letter, hands.sale.bill.found, lambda: not hands.program.search.busy)
                taken.setdefault(str(length), []).append(ns)
            hands.clear()
        return taken

    # --- a backlog ---

    def wait_until_sending(self, backlog: int) -> None:
        """Waits until the window has begun to send by itself."""
        self._hands.until(lambda: self.unsent() < backlog, "the window sends what is queued")

    def unsent(self) -> int:
        """How many messages wait to be sent, as the strip says."""
        hands = self._hands
        hands.program.refresh_strip()
        hands.settle()
        assert hands.program.shift is not None
        return hands.program.shift.unsent

    # --- a day ---

    def sell(self, sales: int) -> dict[str, int]:
        """So many sales from the first key to the slip; then what the process holds."""
        hands = self._hands
        for number in range(sales):
            if number or not isinstance(hands.program.window.page, SalePage):
                hands.identify("" if number % 2 else _ID_NUMBER)
            hands.add(_BASKET)
            hands.try_out()
            hands.take_money()
        return self.memory()

    def memory(self) -> dict[str, int]:
        """Resident memory in KiB, widgets, Python's objects."""
        gc.collect()
        return {"rss_kib": resident_kib(), "widgets": len(QApplication.allWidgets()), "objects": len(gc.get_objects())}

    def close(self) -> None:
        """Closes the window, which ends what it has started."""
        if self._open is not None:
            self._open.close()


#: By the name that a worker is started with.
CONTESTANTS: Final[Mapping[str, Callable[[], Window]]] = MappingProxyType({"ours": OurWindow, "bare": BareWindow})
