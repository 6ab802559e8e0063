"""``hardware-sim card`` and ``hardware-sim personas``: a persona's card in a simulated reader, until it is ended."""

import json
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final

import click

from hardware_sim import personas as people
from hardware_sim.card.faults import CardFault, Fault, LineFault, NotAFault, parse
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.slot import Slot
from hardware_sim.readers.gempc_twin import GemPcTwin
from hardware_sim.readers.serial_lines import PtyLine, TcpLine
from hardware_sim.readers.vpcd import VpcdCard

#: A torn card is put in again by its holder: time enough for every reader to have seen the empty slot.
_PUT_BACK_AFTER_MS: Final = 1500
_LOOK_INTERVAL_S: Final = 0.2
_EXIT_ENVIRONMENT: Final = 4
_HIGHEST_PORT: Final = 65535

Server = AbstractContextManager[TcpLine | PtyLine | VpcdCard]


class CannotServe(click.ClickException):
    """The port is taken, or the link cannot be made."""

    exit_code = _EXIT_ENVIRONMENT


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


@click.command("personas")
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
def personas(as_json: bool) -> None:
    """Lists the fictitious persons whose cards can be inserted."""
    for name in people.names():
        persona = people.load(name)
        if as_json:
            line = {"id": persona.id, "summary_zh": persona.summary_zh, "summary_en": persona.summary_en}
            click.echo(json.dumps(line, ensure_ascii=False))
        else:
            click.echo(f"{persona.id:<16}{persona.summary_en} · {persona.summary_zh}")


@click.command("card")
@click.option("--persona", default="zhang-jianguo", show_default=True, metavar="NAME", help="Whose card it is.")
@click.option(
    "--transport",
    required=True,
    metavar="vpcd:PORT|pty:PATH|tcp:PORT",
    help="vpcd: connect to the virtual PC/SC reader; pty: make PATH a link to a serial reader; tcp: listen (0 = any).",
)
@click.option("--no-card", is_flag=True, help="The reader is there, the card is not.")
@click.option("--no-echo", is_flag=True, help="A serial reader that does not send commands back.")
@click.option(
    "--tear-after", type=click.IntRange(min=0), metavar="N", help="Pull the card out after N commands, once; then back."
)
@click.option("--mute-after", type=click.IntRange(min=0), metavar="N", help="The card falls silent after N commands.")
@click.option(
    "--fault",
    "faults",
    type=FaultParameter(),
    multiple=True,
    metavar="KIND@N[=VALUE]",
    help=f"At the N-th command of every session: {', '.join((*CardFault, *LineFault))}.",
)
@click.option("--exit-with-parent", is_flag=True, help="End when the program that started this one ends.")
def card(
    persona: str,
    transport: str,
    no_card: bool,
    no_echo: bool,
    tear_after: int | None,
    mute_after: int | None,
    faults: tuple[Fault, ...],
    exit_with_parent: bool,
) -> None:
    """Puts a persona's card into a simulated reader and serves it until SIGTERM or Ctrl-C."""
    parent = os.getppid() if exit_with_parent else None  # now: once it is told that this serves, it may end
    try:
        chip = chip_of(people.load(persona).card)
    except people.UnknownPersona as unknown:
        raise click.BadParameter(str(unknown), param_hint="--persona") from None
    planned = (*faults, *_shorthands(tear_after, mute_after))
    slot = Slot(
        chip, [fault for fault in planned if isinstance(fault.kind, CardFault)], put_back_after_ms=_PUT_BACK_AFTER_MS
    )
    if no_card:
        slot.remove()
    reader = GemPcTwin(slot, [fault for fault in planned if isinstance(fault.kind, LineFault)], echo=not no_echo)
    with _ended_by_signal() as ending, _server(transport, slot, reader) as server:
        click.echo(f"{persona}: {transport}{', no card' if no_card else ''}", err=True)
        _wait_until_in_reader(server, slot, ending)
        if not ending.is_set():
            click.echo(json.dumps({"ready": server.url}))
        _wait_for_end(ending, parent)


def _shorthands(tear_after: int | None, mute_after: int | None) -> Iterator[Fault]:
    if tear_after is not None:
        kind, at = (CardFault.TEAR_AFTER, tear_after) if tear_after else (CardFault.TEAR_BEFORE, 1)
        yield Fault(kind, at)
    if mute_after is not None:
        yield Fault(CardFault.MUTE, mute_after + 1, times=None)


def _server(transport: str, slot: Slot, reader: GemPcTwin) -> Server:
    kind, _, target = transport.partition(":")
    try:
        if kind == "pty" and target:
            return PtyLine(reader, Path(target))
        if kind == "tcp" and _is_port(target):
            return TcpLine(reader, int(target))
        if kind == "vpcd" and _is_port(target):
            return VpcdCard(slot, int(target))
    except OSError as trouble:
        raise CannotServe(f"{transport}: {trouble}") from None
    raise click.BadParameter(f"{transport!r} is none of vpcd:PORT, pty:PATH, tcp:PORT", param_hint="--transport")


def _is_port(text: str) -> bool:
    return text.isdecimal() and int(text) <= _HIGHEST_PORT


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


def _wait_until_in_reader(server: TcpLine | PtyLine | VpcdCard, slot: Slot, ending: threading.Event) -> None:
    """A card for the virtual PC/SC reader is ready once the reader has taken it."""
    if not isinstance(server, VpcdCard) or not slot.present:
        return
    if not server.connected.wait(_LOOK_INTERVAL_S):
        click.echo("waiting for pcscd to open the virtual reader", err=True)
    while not ending.is_set() and not server.connected.wait(_LOOK_INTERVAL_S):
        pass


def _wait_for_end(ending: threading.Event, parent: int | None) -> None:
    while not ending.wait(_LOOK_INTERVAL_S):
        if parent is not None and os.getppid() != parent:
            return
