"""``hardware-sim panel``: the panel with everything that it turns, until it is closed."""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Final

import click

from hardware_sim import personas
from hardware_sim.panel.screen import has_screen
from hardware_sim.saying import Language

_EXIT_ENVIRONMENT: Final = 4
_NO_SCREEN: Final = (
    "没有屏幕，打不开窗口；不用窗口时请用 hardware-sim card 和 hardware-sim front-end。"
    " There is no screen for a window; without one use hardware-sim card and hardware-sim front-end."
)


class CannotShow(click.ClickException):
    """There is nothing to show a window on, or a part cannot be started."""

    exit_code = _EXIT_ENVIRONMENT


@click.command("panel")
@click.option("--persona", default="zhang-jianguo", show_default=True, metavar="NAME", help="Who is chosen at first.")
@click.option("--reader-port", type=click.IntRange(0, 65535), default=0, help="Port of the reader; 0 takes any.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the front-end server; 0 takes any.")
@click.option("--database", help="SQLAlchemy URL of the bureau's ledger; without it a SQLite file in a fresh folder.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("--exit-with-parent", is_flag=True, help="End when the program that started this one ends.")
def panel(
    persona: str, reader_port: int, port: int, database: str | None, language: Language, exit_with_parent: bool
) -> None:
    """A window that is the hands at the reader and the staff of the bureau: cards, front-end server, faults."""
    if persona not in personas.names() or personas.load(persona).register is None:
        raise click.BadParameter(f"{persona!r} is nobody in the register", param_hint="--persona")
    if not has_screen(os.environ, sys.platform):
        raise CannotShow(_NO_SCREEN)
    parent = os.getppid() if exit_with_parent else None
    folder = Path(tempfile.mkdtemp(prefix="panel-"))
    try:
        from hardware_sim.panel import program
    except ImportError as trouble:  # Qt's system libraries are not there
        raise CannotShow(str(trouble)) from None
    try:
        program.run(
            program.Wishes(persona, reader_port, port, database or f"sqlite:///{folder}/bureau.db", folder, language),
            ready=lambda urls: click.echo(json.dumps(urls)),
            parent=parent,
        )
    except program.CannotServe as trouble:
        raise CannotShow(str(trouble)) from None
