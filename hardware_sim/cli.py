"""The commands of ``hardware-sim``; each serving one prints one JSON line ``{"ready": URL}`` when it serves."""

import click

from hardware_sim.card.commands import card, personas
from hardware_sim.front_end.commands import front_end


@click.group()
def cli() -> None:
    """柜台周围的模拟设备。 What stands around the desk, simulated: card with reader, and the front-end server."""


cli.add_command(card)
cli.add_command(personas)
cli.add_command(front_end)
