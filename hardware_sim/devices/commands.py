"""``hardware-sim display``, ``announcer``, ``drawer`` and ``scanner``: one counter device each, until it is ended."""

import sys
from collections.abc import Callable
from typing import Final

import click

from hardware_sim.devices import announcer as announcers
from hardware_sim.devices import display as displays
from hardware_sim.devices.drawer import CashDrawer, Opened
from hardware_sim.devices.faults import DeviceFault, Fault, NotAFault, parse
from hardware_sim.devices.scanner import ENDS, Scanner
from hardware_sim.devices.serving import ServedDevice

_WAITING_FOR_PROGRAM_S: Final = 60

Command = Callable[..., None]


class _FaultParameter(click.ParamType[Fault]):
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


_ON_A_LINE: Final = click.option(
    "--transport",
    required=True,
    metavar="pty:PATH|tcp:PORT",
    help="pty: make PATH a link to a serial line; tcp: listen (0 = any).",
)
_WITH_FAULTS: Final = click.option(
    "--fault",
    "faults",
    type=_FaultParameter(),
    multiple=True,
    metavar="KIND@N[=VALUE]",
    help=f"At the N-th change, scan or opening: {', '.join(DeviceFault)}. unplugged=MS, slow=BYTES A SECOND.",
)
_WITH_PARENT: Final = click.option(
    "--exit-with-parent", is_flag=True, help="End when the program that started this one ends."
)


@click.command("display")
@_ON_A_LINE
@click.option("--model", type=click.Choice(list(displays.MODELS)), default="led8-2400", show_default=True)
@_WITH_FAULTS
@_WITH_PARENT
def display(transport: str, model: str, faults: tuple[Fault, ...], exit_with_parent: bool) -> None:
    """A customer display: prints one JSON line for each change of what the customer would see."""
    made = displays.MODELS[model]
    served = ServedDevice(transport, faults, baud=made.baud)

    def changed(shown: displays.Shown) -> None:
        served.tell({"digits": shown.digits, "lamp": shown.lamp, "second_line": shown.second_line})

    behind = CashDrawer(_opening(served))
    shows = displays.CustomerDisplay(made, changed, behind.receive)
    served.serve(model, shows.receive, exit_with_parent=exit_with_parent)


@click.command("announcer")
@_ON_A_LINE
@click.option("--model", type=click.Choice(list(announcers.MODELS)), default="tdkj", show_default=True)
@_WITH_FAULTS
@_WITH_PARENT
def announcer(transport: str, model: str, faults: tuple[Fault, ...], exit_with_parent: bool) -> None:
    """A price announcer: prints one JSON line for each sentence that it says and each row that it writes."""
    served = ServedDevice(transport, faults, baud=announcers.MODELS[model])

    def changed(heard: announcers.Heard) -> None:
        served.tell({"said": heard.said, "rows": dict(heard.rows)})

    served.serve(model, announcers.PriceAnnouncer(changed).receive, exit_with_parent=exit_with_parent)


@click.command("drawer")
@_ON_A_LINE
@_WITH_FAULTS
@_WITH_PARENT
def drawer(transport: str, faults: tuple[Fault, ...], exit_with_parent: bool) -> None:
    """A cash drawer: prints one JSON line each time it springs open."""
    served = ServedDevice(transport, faults)
    served.serve("drawer", CashDrawer(_opening(served)).receive, exit_with_parent=exit_with_parent)


@click.command("scanner")
@_ON_A_LINE
@click.option("--end", type=click.Choice(list(ENDS)), default="cr", show_default=True, help="What ends each scan.")
@_WITH_FAULTS
@_WITH_PARENT
def scanner(transport: str, end: str, faults: tuple[Fault, ...], exit_with_parent: bool) -> None:
    """A scanner: scans each line of standard input; prints only how long it was, for it may be a voucher."""
    served = ServedDevice(transport, faults)
    hand = Scanner(served.line.send, end)

    def scan_lines() -> None:
        for line in sys.stdin:
            served.line.wait_opened(_WAITING_FOR_PROGRAM_S)
            served.tell({"scanned": hand.scan(line.rstrip("\r\n"))})

    served.serve("scanner", lambda _: None, exit_with_parent=exit_with_parent, hands=scan_lines)


def _opening(served: ServedDevice) -> Callable[[Opened], None]:
    return lambda opened: served.tell({"drawer": "open", "pin": opened.pin, "pulse_ms": opened.pulse_ms})
