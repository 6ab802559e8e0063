"""What was scanned may be a patient's voucher: no repr, problem, log, error or process holds it for anybody to read."""

import logging
import traceback
from dataclasses import replace

import pytest

from hardware_sim.devices.lines import TcpDeviceLine
from hardware_sim.devices.scanner import Scanner
from pos_client.devices import pipe
from pos_client.devices.counter import Counter
from pos_client.devices.device_url import DeviceUrls
from pos_client.devices.process import DeviceProcess
from pos_client.devices.scanner import Scan
from pos_client.runtime import SystemChild, SystemClock
from tests.devices.simulated import Ears, Sockets
from tests.devices.test_process import Heard
from tests.virtual import virtual_runtime

VOUCHER = "2812345678901234567890123456"


def assert_silent(told: str) -> None:
    for part in (VOUCHER, VOUCHER[:12], VOUCHER[-12:], VOUCHER.encode().hex(), VOUCHER.encode().hex(" ")):
        assert part not in told


def test_a_damaged_voucher_is_told_without_a_digit_of_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.NOTSET)
    sockets, ears = Sockets(), Ears()
    counter = Counter(DeviceUrls(scanner="scanner:s"), sockets.open, ears)
    port = sockets.plug("s")
    damaged = (VOUCHER + "\x00", VOUCHER * 5, VOUCHER + "\udcff")
    for number, text in enumerate(damaged):
        port.coming += text.encode("utf-8", "surrogateescape") + b"\r"
        counter.step(number * 10_000)
    assert [problem.code for problem in ears.problems] == ["G-08"] * 3
    for problem in ears.problems:
        told = (
            problem.sentence("zh"),
            problem.sentence("en"),
            str(problem),
            repr(problem),
            str(dict(problem.evidence)),
        )
        assert_silent(" ".join(told))
    assert_silent(caplog.text)


def test_an_error_on_the_pipe_does_not_quote_it() -> None:
    for line in (f'{{"scan":"{VOUCHER}"', f'{{"skan":"{VOUCHER}"}}', VOUCHER, f'["{VOUCHER}"]'):
        try:
            pipe.event_of(line.encode())
        except pipe.NotUnderstood:
            assert_silent(traceback.format_exc())
        else:
            raise AssertionError("that is no event")


def test_no_repr_shows_it() -> None:
    assert_silent(repr([Scan(VOUCHER), pipe.event_of(pipe.event_line(Scan(VOUCHER)))]))


def test_a_real_process_passes_it_on_and_says_nothing_of_it(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.NOTSET)
    runtime = replace(virtual_runtime(), clock=SystemClock(), spawn=SystemChild)
    with TcpDeviceLine(lambda _: None) as line:
        with DeviceProcess(runtime, DeviceUrls(scanner=f"scanner:{line.target}")) as process:
            process.start()
            assert line.wait_opened(60)
            heard = Heard(process)
            Scanner(line.send).scan(VOUCHER)
            heard.until(lambda: heard.scans)
            assert heard.scans == [Scan(VOUCHER)]
            child = process._child
            assert isinstance(child, SystemChild)
        child._process.wait(60)
    said = capfd.readouterr()
    assert_silent(said.out + said.err + caplog.text)


def test_the_check_itself_sees_a_voucher() -> None:
    with pytest.raises(AssertionError):
        assert_silent(f"… {VOUCHER} …")
