"""The commands of ``hardware-sim``; each serving one prints one JSON line ``{"ready": URL}`` when it serves."""

import click

from hardware_sim.card.commands import card, personas
from hardware_sim.front_end.commands import front_end
from hardware_sim.panel.commands import panel


@click.group()
def cli() -> None:
    """柜台周围的模拟设备。 What stands around the desk, simulated: card, reader, front-end server; a panel for them."""


cli.add_command(card)
cli.add_command(personas)
cli.add_command(front_end)
cli.add_command(panel)
