"""The commands of ``hardware-sim``; each serving one prints one JSON line ``{"ready": URL}`` when it serves."""

import click

from hardware_sim.card.commands import card, personas
from hardware_sim.card.psam_commands import psam
from hardware_sim.devices.commands import announcer, display, drawer, scanner
from hardware_sim.front_end.commands import front_end
from hardware_sim.panel.commands import panel
from hardware_sim.readers.commands import reader


@click.group()
def cli() -> None:
    """柜台周围的模拟设备。 What stands around the desk, simulated: card, reader, front-end server; a panel for them."""


for _command in (card, reader, psam, display, announcer, drawer, scanner, front_end, personas, panel):
    cli.add_command(_command)
