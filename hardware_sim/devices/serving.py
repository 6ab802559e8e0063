"""Serves one counter device on a line: tells what happens to it, and lets it suffer what was planned."""

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from hardware_sim.devices.faults import NOISE, DeviceFault, Fault, FaultPlan
from hardware_sim.devices.lines import DeviceLine, PtyDeviceLine, Received, TcpDeviceLine

_LOOK_INTERVAL_S: Final = 0.2
_EXIT_ENVIRONMENT: Final = 4
_HIGHEST_PORT: Final = 65535


class CannotServe(click.ClickException):
    """The port is taken, or the link cannot be made."""

    exit_code = _EXIT_ENVIRONMENT


class ServedDevice:
    """A device whose events are told on standard output, one JSON line each."""

    def __init__(self, transport: str, faults: Sequence[Fault], *, baud: int | None = None) -> None:
        """``transport``: ``pty:PATH`` or ``tcp:PORT``; ``baud``: the only speed that the device understands.

        Raises:
            BadParameter: no such transport.
        """
        self._plan = FaultPlan(faults)
        self._baud = baud
        self._received: Received = lambda _: None
        self._ending = threading.Event()
        self._plugging = threading.Lock()
        self.line = _line(transport, self._receive, self._plan.bytes_per_s)

    def tell(self, event: Mapping[str, object]) -> None:
        """Prints what happened, then what was planned for this event strikes."""
        click.echo(json.dumps(event, ensure_ascii=False))
        for fault in self._plan.event():
            if fault.kind is DeviceFault.UNPLUGGED:
                threading.Thread(target=self._stay_unplugged, args=(fault.value,), daemon=True).start()
            else:
                self._received(NOISE)
                self.line.send(NOISE)

    def serve(
        self, scheme: str, received: Received, *, exit_with_parent: bool, hands: Callable[[], None] | None = None
    ) -> None:
        """Serves until SIGTERM or Ctrl-C, or the end of the parent; ``hands`` act in a thread of their own.

        Raises:
            CannotServe: the port is taken, or the link cannot be made.
        """
        parent = os.getppid() if exit_with_parent else None
        self._received = received
        with self._ended_by_signal():
            try:
                self.line.plug()
            except OSError as trouble:
                raise CannotServe(str(trouble)) from None
            try:
                click.echo(json.dumps({"ready": f"{scheme}:{self.line.target}"}))
                if hands is not None:
                    threading.Thread(target=hands, daemon=True).start()
                while not self._ending.wait(_LOOK_INTERVAL_S) and (parent is None or os.getppid() == parent):
                    pass
            finally:
                self._ending.set()
                with self._plugging:
                    self.line.unplug()

    def _receive(self, data: bytes) -> None:
        """What comes at another speed than the device listens at is noise to it."""
        speed = self.line.baud()
        wrong = self._baud is not None and speed is not None and speed != self._baud
        self._received(bytes(value | 0x80 for value in data) if wrong else data)

    def _stay_unplugged(self, duration_ms: int) -> None:
        self.line.unplug()
        self._ending.wait(duration_ms / 1000)
        with self._plugging:
            if not self._ending.is_set():
                self.line.plug()

    @contextmanager
    def _ended_by_signal(self) -> Iterator[None]:
        """SIGTERM and Ctrl-C end the serving, so that ports and links are given back before the program ends."""
        former = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
        for number in former:
            signal.signal(number, lambda *_: self._ending.set())
        try:
            yield
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)


def _line(transport: str, received: Received, bytes_per_s: int | None) -> DeviceLine:
    kind, _, target = transport.partition(":")
    if kind == "pty" and target:
        return PtyDeviceLine(received, Path(target), bytes_per_s=bytes_per_s)
    if kind == "tcp" and target.isdecimal() and int(target) <= _HIGHEST_PORT:
        return TcpDeviceLine(received, int(target), bytes_per_s=bytes_per_s)
    raise click.BadParameter(f"{transport!r} is none of pty:PATH, tcp:PORT", param_hint="--transport")
