"""All devices of one counter, as their process drives them: step by step, without ever waiting for one of them."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from pos_client.devices import device_url, words
from pos_client.devices.announcer import Said, Sentence, sentence_bytes, silence_ms
from pos_client.devices.cash_drawer import CashDrawer
from pos_client.devices.device_url import DeviceUrls, WrongDeviceUrl
from pos_client.devices.display import BLANK, DisplayState, state_bytes, too_wide
from pos_client.devices.line import Line, Opening
from pos_client.devices.model import AnnouncerModel, DisplayModel, LineSettings, ScannerModel
from pos_client.devices.scanner import Scan, ScanCutter
from pos_client.devices.shared_port import shared_port
from pos_client.errors import EnvironmentProblem
from pos_client.money import yuan_grouped
from pos_client.phrase import Phrase

C = TypeVar("C")

#: Damaged scans are told about no more often than this: a loose cable makes many.
DAMAGED_AGAIN_MS = 5000


class Ears(Protocol):
    """Who hears of what comes from the devices."""

    def scanned(self, scan: Scan) -> None:
        """A code was scanned."""

    def troubled(self, problem: EnvironmentProblem) -> None:
        """A device is in trouble, or out of it again."""


class _Display:
    """The newest state wins: while an older one is under way, the ones between are never sent."""

    def __init__(self, model: DisplayModel, line: Line) -> None:
        self.model = model
        self.line = line
        self.wanted = BLANK
        self._shown: DisplayState | None = None
        self._opening = 0

    def step(self, now_ms: int) -> None:
        if not self.line.free(now_ms) or (self._shown == self.wanted and self._opening == self.line.openings):
            return
        start = b"" if self._opening == self.line.openings else self.model.start
        if self.line.send(start + state_bytes(self.model, self.wanted), now_ms):
            self._shown, self._opening = self.wanted, self.line.openings


class _Announcer:
    """Sentences are said one after the other; new ones take the place of those that were not begun.

    Clearing does not: whoever goes on to the next customer does not cut off what is said to this one.
    """

    def __init__(self, model: AnnouncerModel, line: Line) -> None:
        self._model = model
        self._line = line
        self._waiting: list[Sentence] = []
        self._quiet_until_ms = 0

    def say(self, sentences: Sequence[Sentence]) -> None:
        clearing = all(sentence.said is Said.CLEAR for sentence in sentences)
        self._waiting = [*self._waiting, *sentences] if clearing else list(sentences)

    def step(self, now_ms: int) -> None:
        if not self._line.is_open:
            self._waiting.clear()  # said when it is plugged in again, it would be another customer's
        if self._waiting and self._line.free(now_ms) and now_ms >= self._quiet_until_ms:
            sentence = self._waiting.pop(0)
            if self._line.send(sentence_bytes(self._model, sentence), now_ms):
                self._quiet_until_ms = now_ms + silence_ms(self._model, sentence)


class _Scanner:
    """Passes scans on, and seldom that one was damaged."""

    def __init__(self, model: ScannerModel, line: Line, ears: Ears) -> None:
        self.line = line
        self._cutter = ScanCutter(model)
        self._ears = ears
        self._told_ms = -DAMAGED_AGAIN_MS

    def step(self, now_ms: int) -> None:
        data = self.line.receive(now_ms)
        if not self.line.is_open:
            self._cutter.forget()
        cut = self._cutter.feed(data, now_ms)
        for scan in cut.scans:
            self._ears.scanned(scan)
        if cut.damaged and now_ms - self._told_ms >= DAMAGED_AGAIN_MS:
            self._told_ms = now_ms
            self._ears.troubled(EnvironmentProblem(words.SCAN_UNUSABLE))


class Counter:
    """The devices of a counter behind their lines."""

    def __init__(self, urls: DeviceUrls, opening: Opening, ears: Ears) -> None:
        """``opening`` opens ports. A wrong address is told to ``ears``, and that device is not there."""
        self._opening = opening
        self._ears = ears
        self._lines: dict[str, Line] = {}
        self._display: _Display | None = None
        self._announcer: _Announcer | None = None
        self._drawer: CashDrawer | None = None
        self._scanner: _Scanner | None = None
        if (shared := shared_port(urls)) is not None:
            ears.troubled(shared)
        if (display := self._checked(device_url.display, urls.display)) is not None:
            self._display = _Display(display.model, self._line(display.target, display.line, words.DISPLAY))
        if (announcer := self._checked(device_url.announcer, urls.announcer)) is not None:
            line = self._line(announcer.target, announcer.line, words.ANNOUNCER)
            self._announcer = _Announcer(announcer.model, line)
        if (drawer := self._checked(device_url.drawer, urls.drawer)) is not None:
            self._drawer = CashDrawer(drawer.model, self._line(drawer.target, drawer.line, words.DRAWER))
        if (scanner := self._checked(device_url.scanner, urls.scanner)) is not None:
            self._scanner = _Scanner(scanner.model, self._line(scanner.target, scanner.line, words.SCANNER), ears)

    @property
    def listens(self) -> bool:
        """Whether something may come at any moment: a scanner is connected."""
        return self._scanner is not None and self._scanner.line.is_open

    def show(self, state: DisplayState) -> None:
        """What the customer is to see from the next step on; what does not fit is told."""
        if self._display is None:
            return
        if state != self._display.wanted:
            for amount in too_wide(self._display.model, state):
                written = yuan_grouped(amount.amount_fen)
                self._ears.troubled(EnvironmentProblem(words.DOES_NOT_FIT, amount=written))
        self._display.wanted = state

    def announce(self, sentences: Sequence[Sentence]) -> None:
        """What is to be said from the next step on, instead of what was not begun."""
        if self._announcer is not None:
            self._announcer.say(sentences)

    def open_drawer(self, now_ms: int) -> None:
        """Opens the cash drawer now; told when it cannot be reached."""
        if self._drawer is None:
            return
        try:
            self._drawer.open(now_ms)
        except EnvironmentProblem as problem:
            self._ears.troubled(problem)

    def step(self, now_ms: int) -> None:
        """Does what is due now."""
        for line in self._lines.values():
            line.tend(now_ms)
        for line in self._lines.values():
            if self._scanner is None or line is not self._scanner.line:
                line.receive(now_ms)  # what a display says is of no interest, that it is still there is
        if self._scanner is not None:
            self._scanner.step(now_ms)
        if self._display is not None:
            self._display.step(now_ms)
        if self._announcer is not None:
            self._announcer.step(now_ms)

    def busy_ms(self, now_ms: int) -> int:
        """How much longer something is under way to a device."""
        return max((line.busy_ms(now_ms) for line in self._lines.values()), default=0)

    def close(self) -> None:
        """Lets all ports go; safe to call twice."""
        for line in self._lines.values():
            line.close()

    def _checked(self, parse: Callable[[str], C | None], url: str) -> C | None:
        try:
            return parse(url)
        except WrongDeviceUrl as problem:
            self._ears.troubled(problem)
            return None

    def _line(self, target: str, settings: LineSettings, name: Phrase) -> Line:
        """The line of a device; the first one that hangs on a port says how the port is set."""
        line = self._lines.get(target)
        if line is None:
            line = self._lines[target] = Line(target, settings, self._opening, self._ears.troubled)
        line.serve(name)
        return line
