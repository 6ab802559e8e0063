"""The command ``front-end``: serves until it is told to end."""

import os
import signal
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

import click
import simplejson
from sqlalchemy.exc import SQLAlchemyError

from .assessment import NoSuchPolicy
from .chaos import random_faults
from .faults import FAULTS, Fault, MalformedFault, fault_of_option
from .region import Edition
from .server import FrontEnd

_EXIT_ENVIRONMENT = 4
_PARENT_CHECK_S = 0.25


class _FaultOption(click.ParamType[Fault]):
    """``NAME[=infno][*times]``."""

    name = "fault"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Fault:
        """The fault that the text names; wrong use otherwise."""
        try:
            return fault_of_option(value)
        except MalformedFault as error:
            self.fail(str(error), param, ctx)


_FAULT_HELP = "A fault as NAME[=infno][*times]; may be repeated. Names: " + ", ".join(FAULTS)


@click.command("front-end")
@click.option("--port", type=click.IntRange(0, 65535), required=True, help="Business port; 0 takes any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address of the business port.")
@click.option("--database", help="SQLAlchemy URL of the ledger; without it a SQLite file in a fresh folder.")
@click.option("--policy", default="yizheng", show_default=True, help="Id of the policy that this bureau computes by.")
@click.option("--edition", type=click.Choice(["base", "hunan"]), default="base", show_default=True)
@click.option("--fault", "faults", type=_FaultOption(), multiple=True, help=_FAULT_HELP)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the chances of faults.")
@click.option(
    "--chaos",
    type=click.IntRange(0, 100),
    default=0,
    show_default=True,
    help="How bad a day it is: so many faults are drawn from the seed, besides those of --fault.",
)
@click.option("--exit-with-parent", is_flag=True, help="End when the process that started this one has ended.")
def front_end(
    port: int,
    host: str,
    database: str | None,
    policy: str,
    edition: Edition,
    faults: Sequence[Fault],
    seed: int,
    chaos: int,
    exit_with_parent: bool,
) -> None:
    """The bureau's front-end server (前置机): the national interface over direct HTTP, with a ledger and faults."""
    parent = os.getppid() if exit_with_parent else None
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: ended.set())
    try:
        with FrontEnd(
            database or _fresh_database(),
            host=host,
            port=port,
            policy=policy,
            edition=edition,
            faults=[*faults, *random_faults(seed, chaos)],
            seed=seed,
        ) as server:
            click.echo(simplejson.dumps({"ready": server.url, "control": server.control_url}))
            _wait(ended, parent)
    except NoSuchPolicy as error:
        raise click.UsageError(str(error)) from None
    except (OSError, SQLAlchemyError) as error:
        click.echo(f"the front-end server cannot serve: {error}", err=True)
        raise SystemExit(_EXIT_ENVIRONMENT) from None


def _fresh_database() -> str:
    file = Path(tempfile.mkdtemp(prefix="front-end-")) / "ledger.db"
    click.echo(f"ledger: {file}", err=True)
    return f"sqlite:///{file}"


def _wait(ended: threading.Event, parent: int | None) -> None:
    """Until a signal asks for the end, or the parent process is gone."""
    while not ended.wait(_PARENT_CHECK_S):
        if parent is not None and os.getppid() != parent:
            return
