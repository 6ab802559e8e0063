"""Trying the counter devices in the settings, on real lines to simulated devices."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread, Timer

import pytest

from hardware_sim.devices.announcer import Heard, PriceAnnouncer
from hardware_sim.devices.display import MODELS, CustomerDisplay, Lamp, Shown
from hardware_sim.devices.drawer import CashDrawer
from hardware_sim.devices.lines import PtyDeviceLine, TcpDeviceLine
from hardware_sim.devices.scanner import Scanner
from pos_client.config import Home
from pos_client.desk import device_checks
from pos_client.desk.draft import Draft
from pos_client.desk.findings import Finding, Mark
from pos_client.desk.setup import Setup
from pos_client.desk.setup_view import DEVICES, KEYS, Entered, Step
from pos_client.devices.model import LineSettings
from pos_client.devices.port import open_port
from pos_client.runtime import Runtime, system_runtime
from tests.virtual import ScriptedHttp

VOUCHER = "2812345678901234567890123456"


@pytest.fixture
def real() -> Runtime:
    return system_runtime(ScriptedHttp())


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Callable[[bytes], None]], TcpDeviceLine]]:
    monkeypatch.setattr(device_checks, "SHOWN_MS", 1_500)
    with ExitStack() as stack:
        yield lambda received: stack.enter_context(TcpDeviceLine(received))


def _tried(real: Runtime, step: Step, url: str) -> Finding:
    setup = Setup(Home(Path("untouched")), {}, real)
    return setup.test(step, Draft(), Entered({KEYS[step][0]: url}), "zh").finding


@pytest.mark.parametrize("step", sorted(DEVICES))
def test_no_device_is_as_good_as_one(real: Runtime, step: Step) -> None:
    finding = _tried(real, step, "")
    assert (finding.mark, finding.zh) == (Mark.OK, "没有这个设备。")


@pytest.mark.parametrize("step", sorted(DEVICES))
def test_an_address_that_cannot_be_meant_is_told(real: Runtime, step: Step) -> None:
    finding = _tried(real, step, "ledd8:/dev/ttyS1")
    assert (finding.mark, finding.code) == (Mark.STOP, "G-07")


@pytest.mark.parametrize(
    ("reader", "scanner", "said"),
    [
        ("pcsc:", "scanner:/dev/ttyS1", "扫码枪和顾客显示屏都设在 /dev/ttyS1，"),
        ("ccid-serial:/dev/ttyS2?pinpad#1", "scanner:/dev/ttyS2", "扫码枪和读卡器都设在 /dev/ttyS2，"),
    ],
)
def test_a_port_that_something_else_has_is_told_before_it_is_opened(
    real: Runtime, reader: str, scanner: str, said: str
) -> None:
    setup = Setup(Home(Path("untouched")), {}, real)
    draft = Draft({"reader.url": reader, "devices.display": "led8:/dev/ttyS1"})
    finding = setup.test(Step.SCANNER, draft, Entered({"devices.scanner": scanner}), "zh").finding
    assert (finding.mark, finding.code) == (Mark.STOP, "G-10")
    assert finding.zh.startswith(said)


@pytest.mark.parametrize(
    ("step", "model"),
    [(Step.DISPLAY, "led8"), (Step.ANNOUNCER, "tdkj"), (Step.DRAWER, "drawer"), (Step.SCANNER, "scanner")],
)
def test_a_line_that_is_not_there_is_told(real: Runtime, step: Step, model: str) -> None:
    finding = _tried(real, step, f"{model}:socket://127.0.0.1:9")
    assert finding.mark is Mark.STOP
    assert finding.code in ("G-01", "G-05")


def test_the_display_shows_its_figure(real: Runtime, plug: Callable[..., TcpDeviceLine]) -> None:
    shown: list[Shown] = []
    line = plug(CustomerDisplay(MODELS["led8-9600"], shown.append).receive)
    finding = _tried(real, Step.DISPLAY, f"led8-9600:{line.target}")
    assert finding.mark is Mark.OK
    assert "8888.88" in finding.zh
    assert Shown("8888.88", Lamp.TOTAL) in shown


def test_the_announcer_says_its_amount(real: Runtime, plug: Callable[..., TcpDeviceLine]) -> None:
    heard: list[Heard] = []
    line = plug(PriceAnnouncer(heard.append).receive)
    assert _tried(real, Step.ANNOUNCER, f"tdkj:{line.target}").mark is Mark.OK
    assert any("88.88" in one.said for one in heard)


def test_the_drawer_opens(real: Runtime, plug: Callable[..., TcpDeviceLine]) -> None:
    drawer = CashDrawer()
    line = plug(drawer.receive)
    assert _tried(real, Step.DRAWER, f"drawer:{line.target}").mark is Mark.OK
    assert drawer.times == 1


def test_a_scan_proves_the_scanner_and_is_not_said(real: Runtime, plug: Callable[..., TcpDeviceLine]) -> None:
    line = plug(lambda _: None)

    def hand() -> None:
        assert line.wait_opened(10)
        Scanner(line.send).scan(VOUCHER)

    scanning = Thread(target=hand)
    scanning.start()
    finding = _tried(real, Step.SCANNER, f"scanner:{line.target}")
    scanning.join()
    assert (finding.mark, finding.zh) == (Mark.OK, "扫到 28 位，扫码枪可以用。")
    assert VOUCHER not in repr(finding)


def test_a_scanner_that_stays_silent_is_told(
    real: Runtime, plug: Callable[..., TcpDeviceLine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device_checks, "SCAN_WAIT_MS", 1_000)
    line = plug(lambda _: None)
    finding = _tried(real, Step.SCANNER, f"scanner:{line.target}")
    assert finding.mark is Mark.STOP
    assert "1 秒里没有扫到" in finding.zh


@pytest.mark.parametrize(("held_s", "code"), [(0.5, ""), (60, "G-04")])
def test_a_port_that_the_desk_is_letting_go_is_waited_for_and_no_longer(
    real: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held_s: float, code: str
) -> None:
    monkeypatch.setattr(device_checks, "SHOWN_MS", 500)
    with PtyDeviceLine(lambda _: None, tmp_path / "ttyS1") as line:
        held = open_port(line.target, LineSettings(9600, 8, "none", 1))
        letting_go = Timer(held_s, held.close)
        letting_go.start()
        finding = _tried(real, Step.DRAWER, f"drawer:{line.target}")
        letting_go.cancel()
        letting_go.join()
        held.close()
    assert finding.code == code


def test_a_trial_can_be_given_up(real: Runtime, plug: Callable[..., TcpDeviceLine]) -> None:
    line = plug(lambda _: None)
    setup = Setup(Home(Path("untouched")), {}, real)
    began = Event()

    def give_up() -> None:
        assert line.wait_opened(10)
        began.set()
        setup.abandon()

    giving_up = Thread(target=give_up)
    giving_up.start()
    entered = Entered({"devices.scanner": f"scanner:{line.target}"})
    finding = setup.test(Step.SCANNER, Draft(), entered, "zh").finding
    giving_up.join()
    assert began.is_set()
    assert (finding.mark, finding.zh) == (Mark.STOP, "没有试完就停了。按回车再试。")
