"""The desk's window and, beside it, the panel of everything simulated; both end when either is closed."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import click

from hardware_sim.panel.screen import has_screen
from rehearsal.simulated_desk import (
    STOP_TIMEOUT_S,
    NotReady,
    Process,
    SimulatedDesk,
    desk_at_the_panel,
    pos_client_command,
)

_GLANCE_INTERVAL_S = 0.1
_EXIT_ENVIRONMENT = 4
_NO_SCREEN = (
    "这台机器没有屏幕，打不开窗口。请用 ./run demo --headless。\n"
    "This machine has no screen to show a window on. Use ./run demo --headless."
)
_NOT_SHOWN = (
    "{zh}没有打开，或意外结束（退出码 {code}），它自己的话在上面。不用窗口请用 ./run demo --headless。\n"
    "{en} did not open, or ended unexpectedly (exit code {code}); its own words stand above. "
    "Without a window: ./run demo --headless."
)


def run_windows() -> int:
    """Shows both windows until one is closed, and returns the exit code."""
    if not has_screen(os.environ, sys.platform):
        click.echo(_NO_SCREEN, err=True)
        return _EXIT_ENVIRONMENT
    with _ended_by_signal() as ending:
        try:
            with desk_at_the_panel() as (desk, panel):
                return _show(desk, panel, ending)
        except NotReady as trouble:
            if ending.is_set():  # Ctrl-C ends the parts as well
                return 0
            click.echo(str(trouble), err=True)
            return _EXIT_ENVIRONMENT


def _show(desk: SimulatedDesk, panel: Process, ending: threading.Event) -> int:
    click.echo(f"模拟柜台 / simulated desk\n  数据 / home       {desk.home}")
    click.echo(f"  读卡器 / reader   {desk.reader_url}\n  前置机 / bureau   {desk.front_end_url}")
    with _window(pos_client_command(), desk.environment) as window:
        while panel.poll() is None and window.poll() is None and not ending.wait(_GLANCE_INTERVAL_S):
            pass
        ends = ((window.poll(), "收费窗口", "The desk's window"), (panel.poll(), "模拟设备窗口", "The panel"))
    for code, zh, en in ends:
        if code and not ending.is_set():
            click.echo(_NOT_SHOWN.format(code=code, zh=zh, en=en), err=True)
            return _EXIT_ENVIRONMENT
    return 0


@contextmanager
def _window(command: Sequence[str], environment: Mapping[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    window = subprocess.Popen(command, env=environment)
    try:
        yield window
    finally:
        window.terminate()
        try:
            window.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            window.kill()
            window.wait()


@contextmanager
def _ended_by_signal() -> Iterator[threading.Event]:
    """An event that SIGTERM and Ctrl-C set: an exception could strike while a process is being started."""
    ending = threading.Event()
    former = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    for number in former:
        signal.signal(number, lambda *_: ending.set())
    try:
        yield ending
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
