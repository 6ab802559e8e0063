"""The product's window in this process, on a home and a simulated counter, and hands that work at it by keys alone."""

import os
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import QApplication

from benchmarks.window_frames import Frames, pause, run_until
from pos_client.cli.window import WindowGround
from pos_client.config import Home
from pos_client.desk.fault_log import unexpected
from pos_client.desk.sale_view import Stage
from pos_client.errors import Problem
from pos_client.phrase import Language
from pos_client.ui.app import make_application
from pos_client.ui.frame.scan_catcher import MOST_GAP_MS
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.welcome import WelcomePage
from pos_client.ui.program import Program

SIZE: Final = (1366, 768)


class Ground:
    """What the program stands on: the product's own ground, but an error of our own ends the run of the benchmark."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.environment: Mapping[str, str] = os.environ
        self.language: Language = "zh"
        self.open_runtime = WindowGround(home, os.environ, "zh").open_runtime
        self.broke: BaseException | None = None

    def report(self, error: BaseException) -> Problem:
        """Notes what broke and prints where."""
        self.broke = error
        traceback.print_exception(error)
        return unexpected(error, self.home.logs)


class Hands:
    """A clerk at the window."""

    def __init__(self, home: Home) -> None:
        """Opens the window and waits until its desk is open."""
        app = QApplication.instance() or make_application("zh", "light")
        assert isinstance(app, QApplication)
        self._ground = Ground(home)
        self.program = Program(self._ground)
        self._closed = False
        self.program.closed.connect(self._note_closed)
        self.program.window.resize(*SIZE)
        self.program.window.show()
        self.program.window.activateWindow()
        self.program.start()
        self.until(lambda: self.program.shift is not None and self.program.watch.state != "", "the desk opens")
        self.keys = Frames(self.program.window)

    def close(self) -> None:
        """Closes the window as its button does."""
        self.program.close()
        self.until(lambda: self._closed, "the window closes")

    def _note_closed(self) -> None:
        self._closed = True

    # --- patience ---

    def until(self, there: Callable[[], bool], what: str) -> None:
        """Lets the window work until a condition holds.

        Raises:
            RuntimeError: the window broke, or it did not come to that in a minute.
        """
        try:
            run_until(lambda: there() or self._ground.broke is not None, what)
        except TimeoutError as error:
            page, said = type(self.program.window.page).__name__, self.program.window.message_line.message
            raise RuntimeError(f"waited in vain that {what}; {page} says: {said.text}") from error
        if self._ground.broke is not None:
            raise RuntimeError(what) from self._ground.broke

    def settle(self) -> None:
        """Waits until nothing is under way any more."""
        program = self.program
        lanes = (program.desk, program.search, program.cards)
        self.until(lambda: not program.window.page.busy and not any(lane.busy for lane in lanes), "it settles")
        QApplication.processEvents()

    def rest(self) -> None:
        """Waits until what was typed has been looked up, and shown."""
        self.until(lambda: not self.program.search.busy, "it is found")
        QApplication.processEvents()

    # --- a sale ---

    @property
    def sale(self) -> SalePage:
        """The sale in front."""
        page = self.program.window.page
        assert isinstance(page, SalePage), f"a sale is in front, not {type(page).__name__}"
        return page

    def begin_with_card(self) -> None:
        """Waits until the card in the reader has begun a sale."""
        self.until(lambda: isinstance(self.program.window.page, SalePage), "the card is read")
        self.until(lambda: self.sale.view.customer is not None, "its holder is known")
        self.settle()

    def type(self, text: str) -> None:
        """Types."""
        self.keys.press(*text)

    def add(self, codes: Sequence[str]) -> None:
        """Types codes, each with Enter."""
        for code in codes:
            count = len(self.sale.view.lines)
            self.type(code)
            self.rest()
            self.keys.press("Enter")
            self.until(lambda count=count: len(self.sale.view.lines) > count, f"{code} is added")  # type: ignore[misc]
            self.settle()

    def clear(self) -> None:
        """Takes what is typed away; from the money it goes back to the bill."""
        if self.sale.view.stage is Stage.TRIED:
            self.keys.press(*["Back"] * len(self.sale.tender.text), "Esc")
            self.until(lambda: self.sale.view.stage is not Stage.TRIED, "the bill can be changed again")
        self.keys.press(*["Back"] * len(self.sale.bill.scan.text))
        self.settle()

    def identify(self, id_number: str) -> None:
        """F2, then the identity number, or with none the card that is in the reader."""
        self.keys.press("F2")
        self.settle()
        if id_number:
            self.type(id_number)
            pause(2 * MOST_GAP_MS)  # a hand is slower than a scanner
        self.keys.press("Enter" if id_number else "F2")
        self.begin_with_card()

    def try_out(self) -> None:
        """F5, and waits for what the bureau says."""
        self.keys.press("F5")
        self.until(lambda: self.sale.view.stage is Stage.TRIED, "the bureau has said what it comes to")
        self.settle()

    def take_money(self) -> None:
        """F8, exactly what is due, and waits for the first page."""
        self.keys.press("F8")
        self.until(lambda: isinstance(self.program.window.page, WelcomePage), "it is settled")
        self.settle()
