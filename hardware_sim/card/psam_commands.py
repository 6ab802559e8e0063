"""``hardware-sim psam``: a PSAM alone in a simulated reader, until it is ended."""

import click

from hardware_sim.card.faults import Fault
from hardware_sim.card.psams import PSAMS
from hardware_sim.card.slot import Slot
from hardware_sim.readers import serving
from hardware_sim.readers.models import MODELS
from hardware_sim.readers.serving import Transport


@click.command("psam")
@click.option("--name", type=click.Choice(list(PSAMS)), default="nation", show_default=True, help="Which PSAM.")
@serving.TRANSPORT
@serving.MODEL
@serving.BAUD
@serving.FAULT
@serving.EXIT_WITH_PARENT
def psam(
    *,
    name: str,
    transport: Transport,
    model: str,
    baud: int | None,
    faults: tuple[Fault, ...],
    exit_with_parent: bool,
) -> None:
    """Puts a PSAM into a simulated reader and serves it until SIGTERM or Ctrl-C."""
    parent = serving.parent_to_end_with(exit_with_parent)
    serving.refuse_line_on_vpcd(transport, faults, baud)
    card_faults, line_faults = serving.told_apart(faults)
    desk = serving.desk(transport, MODELS[model], [Slot(PSAMS[name](), card_faults)], line_faults, baud=baud)
    click.echo(f"PSAM {name}: {transport}", err=True)
    desk.serve(parent)
