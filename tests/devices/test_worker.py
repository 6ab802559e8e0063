"""The service in the device process: takes orders while the devices take their steps, and leaves no amount behind."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from subprocess import PIPE

import pytest

from hardware_sim.devices.display import MODELS, CustomerDisplay, Lamp, Shown
from hardware_sim.devices.drawer import CashDrawer
from hardware_sim.devices.lines import PtyDeviceLine
from pos_client.devices import pipe
from pos_client.devices.announcer import Said, Sentence
from pos_client.devices.device_url import DeviceUrls
from pos_client.devices.display import Figure, showing
from pos_client.devices.incoming import Ended
from pos_client.devices.scanner import Scan
from pos_client.devices.worker import LISTENING_MS, WATCHING_MS, Service
from tests.devices.simulated import Sockets
from tests.virtual import VirtualClock

VOUCHER = "2812345678901234567890123456"


class GivenOrders:
    """Orders that come one in each wait, until there are no more."""

    def __init__(self, clock: VirtualClock, *orders: pipe.Order | None) -> None:
        self._clock = clock
        self._orders = list(enumerate(orders))
        self.waited_ms: list[int] = []

    def receive(self, timeout_ms: int) -> bytes | None:
        if not timeout_ms:
            return None
        if not self._orders:
            raise Ended
        self.waited_ms.append(timeout_ms)
        self._clock.advance(milliseconds=timeout_ms)
        number, order = self._orders.pop(0)
        return None if order is None else pipe.order_line(number, order)


def serve(urls: DeviceUrls, sockets: Sockets, *orders: pipe.Order | None) -> tuple[list[pipe.Event], list[int]]:
    """What the service told, and how long it waited each time."""
    clock, told = VirtualClock(), list[bytes]()
    given = GivenOrders(clock, *orders)
    Service(urls, sockets.open, told.append, clock, lambda duration_ms: clock.advance(milliseconds=duration_ms)).run(
        given
    )
    return [pipe.event_of(line) for line in told], given.waited_ms


def test_every_order_is_carried_out_and_answered() -> None:
    sockets, drawer, shown = Sockets(), CashDrawer(), list[Shown]()
    display = CustomerDisplay(MODELS["led8-2400"], shown.append, drawer.receive)
    sockets.plug("d", display.receive)
    events, _ = serve(
        DeviceUrls("led8:d", "", "led8:d", ""),
        sockets,
        pipe.Show(showing(Figure.TOTAL, 8_640)),
        pipe.Announce((Sentence(Said.DUE, 8_640),)),
        pipe.OpenDrawer(),
        pipe.AreYouThere(),
    )
    assert events == [pipe.Done(0), pipe.Done(1), pipe.Done(2), pipe.Done(3)]
    assert Shown("86.40", Lamp.TOTAL) in shown
    assert drawer.times == 1
    assert display.shown == Shown(), "no amount stays when the desk is closed"


def test_after_a_single_act_the_amount_stays_in_sight() -> None:
    sockets = Sockets()
    display = CustomerDisplay(MODELS["led8-2400"])
    sockets.plug("d", display.receive)
    total, paid = showing(Figure.TOTAL, 8_640), showing(Figure.RECEIVED, 9_000)
    serve(DeviceUrls("led8:d"), sockets, pipe.Show(total), pipe.Show(paid), pipe.End(blank=False))
    assert display.shown == Shown("90.00", Lamp.RECEIVED)


def test_it_listens_often_while_there_is_a_scanner_and_seldom_otherwise() -> None:
    sockets = Sockets()
    sockets.plug("s").coming += VOUCHER.encode() + b"\r"
    sockets.plug("t")
    events, waited_ms = serve(DeviceUrls(scanner="scanner:s"), sockets, None, None, None)
    assert [event.text for event in events if isinstance(event, Scan)] == [VOUCHER]
    assert waited_ms == [LISTENING_MS] * 3
    assert serve(DeviceUrls(announcer="tdkj:t"), sockets, None, None)[1] == [WATCHING_MS] * 2


def test_it_ends_when_it_is_told_to() -> None:
    events, waited_ms = serve(DeviceUrls(), Sockets(), None, pipe.End(), None)
    assert events == [pipe.Done(1)]
    assert len(waited_ms) == 2


def test_what_is_no_order_is_a_bug_that_says_nothing() -> None:
    class Nonsense(GivenOrders):
        def receive(self, timeout_ms: int) -> bytes | None:
            return VOUCHER.encode()

    clock = VirtualClock()
    with pytest.raises(pipe.NotUnderstood):
        Service(DeviceUrls(), Sockets().open, lambda _: None, clock, lambda _: None).run(Nonsense(clock))


def test_the_real_process_ends_with_its_standard_input_and_blanks_the_display(tmp_path: Path) -> None:
    shown, lit = list[Shown](), threading.Event()

    def changed(now: Shown) -> None:
        shown.append(now)
        if now == Shown("86.40", Lamp.TOTAL):
            lit.set()

    with PtyDeviceLine(CustomerDisplay(MODELS["led8-2400"], changed).receive, tmp_path / "ttyS1") as line:
        argv = [sys.executable, "-m", "pos_client.devices.worker", f"led8:{line.target}", "", "", ""]
        with subprocess.Popen(argv, stdin=PIPE, stdout=PIPE, stderr=PIPE) as process:
            assert process.stdin is not None
            process.stdin.write(pipe.order_line(7, pipe.Show(showing(Figure.TOTAL, 8_640))) + b"\n")
            process.stdin.flush()
            assert lit.wait(60)
            said, failed = process.communicate(timeout=60)
    assert json.loads(said) == {"done": 7}
    assert (failed, process.returncode) == (b"", 0)
    assert shown[-1] == Shown()


def test_a_bug_in_the_real_process_says_where_and_never_what() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pos_client.devices.worker", "", "", "", ""],
        input=VOUCHER.encode() + b"\n",
        capture_output=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(b"device process: NotUnderstood at ")
    assert VOUCHER.encode() not in done.stdout + done.stderr
