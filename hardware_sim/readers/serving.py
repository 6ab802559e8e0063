"""Serves a simulated reader, or cards for a real one's driver, until it is ended: what its commands have in common."""

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import click

from hardware_sim.card.faults import CardFault, Fault, LineFault, NotAFault, parse
from hardware_sim.card.slot import Slot
from hardware_sim.readers.models import MODELS, Model
from hardware_sim.readers.pin_pad import PinPadHands
from hardware_sim.readers.reader import SerialReader
from hardware_sim.readers.serial_lines import PtyLine, SerialLine, TcpLine
from hardware_sim.readers.vpcd import VpcdCard

_LOOK_INTERVAL_S: Final = 0.2
_EXIT_ENVIRONMENT: Final = 4
_HIGHEST_PORT: Final = 65535
_DRIVERS_SLOTS: Final = 2
"""The virtual PC/SC reader has two slots, on neighbouring ports."""


class CannotServe(click.ClickException):
    """The port is taken, or the link cannot be made."""

    exit_code = _EXIT_ENVIRONMENT


@dataclass(frozen=True, slots=True)
class Transport:
    """What a reader hangs on."""

    kind: Literal["vpcd", "pty", "tcp"]
    target: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.target}"

    def slots(self, model: Model) -> int:
        """How many cards it can hold."""
        return _DRIVERS_SLOTS if self.kind == "vpcd" else model.slots


class TransportParameter(click.ParamType[Transport]):
    """A transport written as vpcd:PORT, pty:PATH or tcp:PORT."""

    name = "transport"

    def convert(self, value: str | Transport, param: click.Parameter | None, ctx: click.Context | None) -> Transport:
        """The transport, or wrong use."""
        if isinstance(value, Transport):
            return value
        kind, _, target = value.partition(":")
        is_port = target.isdecimal() and int(target) <= _HIGHEST_PORT
        if kind == "pty" and target:
            return Transport("pty", target)
        if kind == "tcp" and is_port:
            return Transport("tcp", target)
        if kind == "vpcd" and is_port:
            return Transport("vpcd", target)
        return self.fail(f"{value!r} is none of vpcd:PORT, pty:PATH, tcp:PORT", param, ctx)


class FaultParameter(click.ParamType[Fault]):
    """A fault written as KIND@N or KIND@N=VALUE."""

    name = "fault"

    def convert(self, value: str | Fault, param: click.Parameter | None, ctx: click.Context | None) -> Fault:
        """The fault, or wrong use."""
        if isinstance(value, Fault):
            return value
        try:
            return parse(value)
        except NotAFault as trouble:
            self.fail(str(trouble), param, ctx)


TRANSPORT: Final = click.option(
    "--transport",
    required=True,
    type=TransportParameter(),
    metavar="vpcd:PORT|pty:PATH|tcp:PORT",
    help="vpcd: connect to the virtual PC/SC reader; pty: make PATH a link to a serial reader; tcp: listen (0 = any).",
)
MODEL: Final = click.option(
    "--model", type=click.Choice(list(MODELS)), default="gempc-twin", show_default=True, help="Make of serial reader."
)
BAUD: Final = click.option(
    "--baud", type=click.IntRange(min=1), metavar="N", help="The line's speed; without it bytes take no time."
)
FAULT: Final = click.option(
    "--fault",
    "faults",
    type=FaultParameter(),
    multiple=True,
    metavar="KIND@N[=VALUE]",
    help=f"At the N-th command of every session: {', '.join((*CardFault, *LineFault))}.",
)
EXIT_WITH_PARENT: Final = click.option(
    "--exit-with-parent", is_flag=True, help="End when the program that started this one ends."
)


@dataclass(frozen=True, slots=True)
class Desk:
    """A reader with its slots, on a transport; card and PSAM lie in the first and the second slot."""

    transport: Transport
    slots: Sequence[Slot]
    reader: SerialReader
    hands: PinPadHands
    baud: int | None

    def serve(self, parent: int | None, *, then: Callable[[], None] | None = None) -> None:
        """Serves until SIGTERM, Ctrl-C or the end of the parent; ``then`` runs once it serves.

        Raises:
            CannotServe: the port is taken, or the link cannot be made.
        """
        with _ended_by_signal() as ending, ExitStack() as stack:
            url = self._plugged_in(stack, ending)
            if not ending.is_set():
                click.echo(json.dumps({"ready": url}))
                if then is not None:
                    then()
            while not ending.wait(_LOOK_INTERVAL_S) and (parent is None or os.getppid() == parent):
                pass

    def _plugged_in(self, stack: ExitStack, ending: threading.Event) -> str:
        try:
            if self.transport.kind != "vpcd":
                return stack.enter_context(self._line()).url
        except OSError as trouble:
            raise CannotServe(f"{self.transport}: {trouble}") from None
        port = int(self.transport.target)
        cards = [stack.enter_context(VpcdCard(slot, port + number)) for number, slot in enumerate(self.slots)]
        for card, slot in zip(cards, self.slots, strict=True):
            _wait_until_in_reader(card, slot, ending)
        return VpcdCard.url

    def _line(self) -> SerialLine:
        if self.transport.kind == "pty":
            return PtyLine(self.reader, Path(self.transport.target), baud=self.baud)
        return TcpLine(self.reader, int(self.transport.target), baud=self.baud)


def desk(
    transport: Transport,
    model: Model,
    slots: Sequence[Slot],
    line_faults: Sequence[Fault] = (),
    *,
    echo: bool | None = None,
    baud: int | None = None,
) -> Desk:
    """A reader of a model with the given slots.

    Raises:
        BadParameter: it has not so many.
    """
    if len(slots) > transport.slots(model):
        raise click.BadParameter(f"{model.name} has one slot, so none for a PSAM", param_hint="--psam")
    hands = PinPadHands()
    reader = SerialReader(model, slots[: model.slots], line_faults, echo=echo, hands=hands)
    return Desk(transport, slots, reader, hands, baud)


def refuse_line_on_vpcd(transport: Transport, faults: Sequence[Fault], baud: int | None) -> None:
    """The virtual PC/SC reader has no line that could be slow or disturbed.

    Raises:
        BadParameter: that was asked for.
    """
    if transport.kind != "vpcd":
        return
    for fault in told_apart(faults)[1]:
        raise click.BadParameter(f"{fault.kind} needs a line, pty: or tcp:; vpcd: has none", param_hint="--fault")
    if baud is not None:
        raise click.BadParameter("a speed needs a line, pty: or tcp:; vpcd: has none", param_hint="--baud")


def told_apart(faults: Sequence[Fault]) -> tuple[list[Fault], list[Fault]]:
    """Those of the card, and those of the reader and its line."""
    of_card = [fault for fault in faults if isinstance(fault.kind, CardFault)]
    return of_card, [fault for fault in faults if isinstance(fault.kind, LineFault)]


def parent_to_end_with(exit_with_parent: bool) -> int | None:
    """Asked first of all: once the parent is told that this serves, it may end."""
    return os.getppid() if exit_with_parent else None


@contextmanager
def _ended_by_signal() -> Iterator[threading.Event]:
    """An event that SIGTERM and Ctrl-C set, so that ports and links are given back before the program ends."""
    ending = threading.Event()
    former = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    for number in former:
        signal.signal(number, lambda *_: ending.set())
    try:
        yield ending
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _wait_until_in_reader(card: VpcdCard, slot: Slot, ending: threading.Event) -> None:
    """A card for the virtual PC/SC reader is ready once the reader has taken it."""
    if not slot.present:
        return
    if not card.connected.wait(_LOOK_INTERVAL_S):
        click.echo("waiting for pcscd to open the virtual reader", err=True)
    while not ending.is_set() and not card.connected.wait(_LOOK_INTERVAL_S):
        pass
