"""The program's end of the device process: it never waits, and replaces a process that ended or hangs."""

import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from hardware_sim.devices.announcer import PriceAnnouncer
from hardware_sim.devices.display import MODELS, CustomerDisplay, Lamp, Shown
from hardware_sim.devices.drawer import CashDrawer
from hardware_sim.devices.lines import DeviceLine, PtyDeviceLine, TcpDeviceLine
from hardware_sim.devices.scanner import Scanner
from pos_client.devices import pipe, words
from pos_client.devices.announcer import Said, Sentence
from pos_client.devices.device_url import DeviceUrls
from pos_client.devices.display import GREETING, Figure, showing
from pos_client.devices.process import ANSWER_TIMEOUT_MS, ASK_AGAIN_MS, RESTART_MS, DeviceProcess
from pos_client.devices.scanner import Scan
from pos_client.errors import EnvironmentProblem
from pos_client.runtime import Child, ChildGone, Runtime, SystemChild, SystemClock
from tests.virtual import VirtualClock, virtual_runtime

URLS = DeviceUrls("led8:/dev/ttyS1", "", "led8:/dev/ttyS1", "scanner:/dev/ttyACM0")
VOUCHER = "2812345678901234567890123456"
TOTAL = showing(Figure.TOTAL, 8_640)


class PlayedChild:
    """A device process that a test plays."""

    def __init__(self, *, answers: bool = True) -> None:
        self.answers = answers
        self.orders: list[pipe.Order] = []
        self.lines: list[bytes] = []
        self.gone = False
        self.killed = Event()
        self.longest_wait_ms = 0

    def send(self, line: bytes) -> None:
        if self.gone:
            raise ChildGone
        number, order = pipe.order_of(line)
        self.orders.append(order)
        if self.answers:
            self.lines.append(pipe.event_line(pipe.Done(number)))

    def receive(self, timeout_ms: int) -> bytes | None:
        self.longest_wait_ms = max(self.longest_wait_ms, timeout_ms)
        if self.lines:
            return self.lines.pop(0)
        if self.gone:
            raise ChildGone
        return None

    def tell(self, event: pipe.Event) -> None:
        self.lines.append(pipe.event_line(event))

    def kill(self) -> None:
        self.killed.set()


class Stage:
    """Spawns one played child after another."""

    def __init__(self, *waiting: PlayedChild, urls: DeviceUrls = URLS) -> None:
        self.clock = VirtualClock()
        self.waiting = list(waiting)
        self.children: list[PlayedChild] = []
        self.argv: Sequence[str] = ()
        self.process = DeviceProcess(replace(virtual_runtime(self.clock), spawn=self._spawn), urls)

    @property
    def child(self) -> PlayedChild:
        return self.children[-1]

    def pass_ms(self, duration_ms: int) -> list[EnvironmentProblem]:
        """Time goes by, and the program asks four times a second; what it hears."""
        heard: list[EnvironmentProblem] = []
        for _ in range(0, duration_ms, 250):
            self.clock.advance(milliseconds=250)
            heard += self.process.troubles()
        return heard

    def _spawn(self, argv: Sequence[str]) -> Child:
        self.argv = argv
        self.children.append(self.waiting.pop(0) if self.waiting else PlayedChild())
        return self.child


def test_starting_hands_the_addresses_over_and_does_not_wait() -> None:
    stage = Stage()
    stage.process.start()
    stage.process.start()
    assert list(stage.argv)[1:] == ["-m", "pos_client.devices.worker", *(URLS.display, "", URLS.drawer, URLS.scanner)]
    assert len(stage.children) == 1
    assert stage.clock.monotonic_ms() == 0


def test_a_counter_without_devices_starts_no_process() -> None:
    stage = Stage(urls=DeviceUrls())
    stage.process.start()
    stage.process.show(TOTAL)
    stage.process.announce(Sentence(Said.DUE, 8_640))
    stage.process.open_drawer()
    assert (stage.process.scans(), stage.process.troubles()) == ([], [])
    stage.process.close()
    assert stage.children == []


def test_orders_go_to_the_process_in_their_order() -> None:
    stage = Stage()
    stage.process.start()
    stage.process.show(TOTAL)
    stage.process.show(TOTAL)
    stage.process.announce(Sentence(Said.DUE, 8_640))
    stage.process.open_drawer()
    assert stage.child.orders[1:] == [
        pipe.Show(TOTAL),
        pipe.Announce((Sentence(Said.DUE, 8_640),)),
        pipe.OpenDrawer(),
    ]
    assert stage.process.troubles() == []


def test_scans_and_troubles_come_once() -> None:
    stage = Stage()
    stage.process.start()
    stage.child.tell(Scan("6901234567892"))
    stage.child.tell(pipe.Troubled(EnvironmentProblem(words.SCAN_UNUSABLE)))
    stage.child.tell(Scan(VOUCHER))
    assert stage.process.scans() == [Scan("6901234567892"), Scan(VOUCHER)]
    assert stage.process.scans() == []
    assert [problem.code for problem in stage.process.troubles()] == ["G-08"]
    assert stage.process.troubles() == []
    assert stage.child.longest_wait_ms == 0


def test_whoever_tries_a_device_waits_for_what_comes_first() -> None:
    stage = Stage()
    stage.process.wait(5_000)
    assert stage.children == []
    stage.process.start()
    stage.child.lines.clear()
    stage.child.tell(Scan("6901234567892"))
    stage.process.wait(5_000)
    assert stage.child.longest_wait_ms == 0, "it was there already"
    assert stage.process.scans() == [Scan("6901234567892")]
    stage.process.wait(5_000)
    assert stage.child.longest_wait_ms == 5_000
    stage.child.gone = True
    stage.process.wait(5_000)
    assert [problem.code for problem in stage.process.troubles()] == ["G-09"]


def test_waiting_for_a_process_that_ends_meanwhile_ends() -> None:
    class EndsWhileWaited(PlayedChild):
        def receive(self, timeout_ms: int) -> bytes | None:
            if timeout_ms:
                raise ChildGone
            return super().receive(timeout_ms)

    stage = Stage(EndsWhileWaited())
    stage.process.start()
    stage.process.wait(5_000)
    assert [problem.code for problem in stage.process.troubles()] == ["G-09"]


def test_a_process_that_ended_is_told_once_replaced_and_shown_the_same() -> None:
    stage = Stage()
    stage.process.show(TOTAL)
    stage.pass_ms(RESTART_MS)
    stage.child.gone = True
    assert [problem.code for problem in stage.pass_ms(1_000)] == ["G-09"]
    assert len(stage.children) == 2
    assert stage.child.orders == [pipe.Show(TOTAL)]
    assert stage.children[0].killed.wait(10)


def test_a_process_that_cannot_live_is_not_started_for_ever() -> None:
    dead = [PlayedChild() for _ in range(20)]
    for child in dead:
        child.gone = True
    stage = Stage(*dead)
    stage.process.start()
    assert [problem.code for problem in stage.pass_ms(6 * RESTART_MS)] == ["G-09"]
    assert 5 <= len(stage.children) <= 7


def test_a_process_that_hangs_is_replaced() -> None:
    stage = Stage(PlayedChild(answers=False))
    stage.process.start()
    assert stage.pass_ms(ANSWER_TIMEOUT_MS - 250) == []
    assert [problem.code for problem in stage.pass_ms(1_000)] == ["G-09"]
    assert stage.children[0].killed.wait(10)
    assert len(stage.children) == 2


def test_a_process_that_hangs_while_nobody_orders_anything_is_noticed() -> None:
    stage = Stage()
    stage.process.start()
    stage.pass_ms(ASK_AGAIN_MS + 500)
    assert stage.child.orders[-1] == pipe.AreYouThere()
    stage.child.answers = False
    assert [problem.code for problem in stage.pass_ms(ASK_AGAIN_MS + ANSWER_TIMEOUT_MS + 500)] == ["G-09"]


def test_a_program_that_did_not_look_for_a_minute_does_not_blame_the_process() -> None:
    stage = Stage()
    stage.process.show(TOTAL)
    stage.clock.advance(milliseconds=60_000)
    stage.process.show(GREETING)
    assert stage.process.troubles() == []
    assert len(stage.children) == 1


def test_a_process_that_is_slow_gets_the_newest_state_and_no_full_pipe() -> None:
    slow = PlayedChild(answers=False)
    stage = Stage(slow)
    stage.process.start()
    for amount_fen in range(1, 100):
        stage.process.show(showing(Figure.TOTAL, amount_fen))
    for _ in range(100):
        stage.process.announce(Sentence(Said.DUE, 8_640))
    stage.process.open_drawer()
    assert len(slow.orders) == 24
    assert [problem.code for problem in stage.process.troubles()] == ["G-05"]
    for number in range(1, 25):
        slow.tell(pipe.Done(number))
    assert stage.process.troubles() == []
    assert slow.orders[-1] == pipe.Show(showing(Figure.TOTAL, 99))


def test_a_machine_that_starts_no_process_is_told() -> None:
    def no_more(_: Sequence[str]) -> Child:
        raise OSError("no more processes")

    process = DeviceProcess(replace(virtual_runtime(), spawn=no_more), URLS)
    process.start()
    process.show(TOTAL)
    assert [problem.code for problem in process.troubles()] == ["G-09"]


def test_a_process_that_talks_nonsense_is_replaced() -> None:
    stage = Stage()
    stage.process.start()
    stage.child.lines.append(VOUCHER.encode())
    assert [problem.code for problem in stage.process.troubles()] == ["G-09"]
    assert stage.child.killed.wait(10)


def test_a_drawer_is_not_opened_later_by_a_new_process() -> None:
    stage = Stage()
    stage.process.start()
    stage.child.gone = True
    stage.process.open_drawer()
    assert [problem.code for problem in stage.process.troubles()] == ["G-09", "G-05"]
    stage.pass_ms(RESTART_MS + 250)
    assert pipe.OpenDrawer() not in stage.child.orders


def test_closing_tells_the_process_to_end_and_does_not_wait() -> None:
    stage = Stage()
    stage.process.start()
    stage.child.gone = True
    stage.process.close()
    stage.process.close()
    assert stage.child.killed.wait(10)
    stage = Stage()
    with stage.process:
        stage.process.start()
    assert stage.child.orders[-1] == pipe.End()


def test_the_program_side_does_not_load_the_serial_library() -> None:
    code = "import sys, pos_client.devices.process; sys.exit('serial' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


# --- real processes, real lines --------------------------------------------------------------------------------------


@pytest.fixture
def real() -> Runtime:
    return replace(virtual_runtime(), clock=SystemClock(), spawn=SystemChild)


class Desk:
    """A real counter: every device on a line of its own."""

    def __init__(self, made: Callable[[Callable[[bytes], None], str], DeviceLine]) -> None:
        self.drawer = CashDrawer()
        self.shown: list[Shown] = []
        self.said: list[str] = []
        display = CustomerDisplay(MODELS["led8-2400"], self.shown.append, self.drawer.receive)
        announcer = PriceAnnouncer(lambda heard: self.said.append(heard.said))
        self.display = made(display.receive, "display")
        self.announcer = made(announcer.receive, "announcer")
        self.scanner = made(lambda _: None, "scanner")
        self.lines = (self.display, self.announcer, self.scanner)

    def __enter__(self) -> "Desk":
        for line in self.lines:
            line.plug()
        return self

    def __exit__(self, *_: object) -> None:
        for line in self.lines:
            line.unplug()

    def urls(self) -> DeviceUrls:
        display = f"led8:{self.display.target}"
        return DeviceUrls(display, f"tdkj:{self.announcer.target}", display, f"scanner:{self.scanner.target}")


class Heard:
    """All that a process told since this listens."""

    def __init__(self, process: DeviceProcess) -> None:
        self._process = process
        self.scans: list[Scan] = []
        self.codes: list[str] = []

    def until(self, seen: Callable[[], object]) -> None:
        """Waits until something is to be seen or heard."""
        for _ in range(3_000):
            self.scans += self._process.scans()
            self.codes += [problem.code for problem in self._process.troubles()]
            if seen():
                return
            Event().wait(0.01)
        raise AssertionError("it never came")


@pytest.fixture(params=["pty", "tcp"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    if request.param == "tcp":
        return Desk(lambda received, _: TcpDeviceLine(received))
    return Desk(lambda received, name: PtyDeviceLine(received, tmp_path / name))


def test_a_real_process_shows_says_opens_and_scans(real: Runtime, desk: Desk) -> None:
    with desk, DeviceProcess(real, desk.urls()) as process:
        heard = Heard(process)
        process.show(TOTAL)
        process.announce(Sentence(Said.DUE, 8_640))
        heard.until(lambda: Shown("86.40", Lamp.TOTAL) in desk.shown)
        heard.until(lambda: "请您付款86.40元" in desk.said)
        process.open_drawer()
        heard.until(lambda: desk.drawer.times == 1)
        Scanner(desk.scanner.send).scan(VOUCHER)
        heard.until(lambda: heard.scans)
        assert heard.scans == [Scan(VOUCHER)]
        process.show(GREETING)
        heard.until(lambda: desk.shown[-1] == Shown())
        assert heard.codes == []


def test_a_real_device_that_is_unplugged_is_told_and_comes_back(real: Runtime, desk: Desk) -> None:
    with desk, DeviceProcess(real, desk.urls()) as process:
        heard = Heard(process)
        process.show(TOTAL)
        heard.until(lambda: Shown("86.40", Lamp.TOTAL) in desk.shown)
        desk.display.unplug()
        heard.until(lambda: heard.codes)
        desk.shown.clear()
        desk.display.plug()
        heard.until(lambda: len(heard.codes) == 2)
        assert heard.codes == ["G-01", "G-02"]
        heard.until(lambda: Shown("86.40", Lamp.TOTAL) in desk.shown)


def test_a_real_process_that_is_killed_is_replaced_and_shows_the_newest(real: Runtime, desk: Desk) -> None:
    with desk, DeviceProcess(real, desk.urls()) as process:
        heard = Heard(process)
        process.show(TOTAL)
        heard.until(lambda: Shown("86.40", Lamp.TOTAL) in desk.shown)
        child = process._child
        assert isinstance(child, SystemChild)
        child._process.kill()
        child._process.wait()
        process._spawned_ms = 0  # long ago
        heard.until(lambda: heard.codes)
        assert heard.codes == ["G-09"]
        process.show(showing(Figure.TOTAL, 100))
        heard.until(lambda: Shown("1.00", Lamp.TOTAL) in desk.shown)


def test_a_real_process_that_is_frozen_holds_up_nobody_and_is_replaced(
    real: Runtime, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk, DeviceProcess(real, desk.urls()) as process:
        heard = Heard(process)
        process.show(TOTAL)
        heard.until(lambda: Shown("86.40", Lamp.TOTAL) in desk.shown)
        child = process._child
        assert isinstance(child, SystemChild)
        child._process.send_signal(signal.SIGSTOP)
        process._spawned_ms = 0  # long ago
        monkeypatch.setattr("pos_client.devices.process.ANSWER_TIMEOUT_MS", 500)
        for amount_fen in range(1, 5_000):
            process.show(showing(Figure.TOTAL, amount_fen))
        heard.until(lambda: heard.codes)
        assert heard.codes[0] == "G-09"
        monkeypatch.undo()
        heard.until(lambda: Shown("49.99", Lamp.TOTAL) in desk.shown)


def test_a_scanner_that_sends_noise_harms_nobody(real: Runtime, desk: Desk) -> None:
    with desk, DeviceProcess(real, desk.urls()) as process:
        heard = Heard(process)
        process.show(TOTAL)
        heard.until(lambda: desk.shown)
        desk.scanner.send(bytes(range(128, 256)) * 64 + b"\r")
        heard.until(lambda: heard.codes)
        assert heard.codes == ["G-08"]
        Scanner(desk.scanner.send).scan(VOUCHER)
        heard.until(lambda: heard.scans)
        assert heard.scans == [Scan(VOUCHER)]


def test_a_real_process_is_told_where_a_line_is_not(real: Runtime) -> None:
    with DeviceProcess(real, DeviceUrls(display="led8:socket://127.0.0.1:9", scanner="scaner:COM1")) as process:
        process.start()
        heard = Heard(process)
        heard.until(lambda: len(heard.codes) == 2)
        assert sorted(heard.codes) == ["G-01", "G-07"]
