"""Reports what a command failed of, to the log of the home that it was meant for; a log that fails stops nothing."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from pos_client.config import find_home
from pos_client.desk import fault_log
from pos_client.runtime import SystemClock


def write_report(error: Exception, arguments: Sequence[str], environment: Mapping[str, str]) -> Path:
    """Adds one line to the home's report and says where it lies."""
    home = find_home(_option(arguments, "--home"), environment)
    try:
        return fault_log.write_report(error, home, SystemClock())
    except OSError as unwritable:
        file = fault_log.report_file(home)
        click.echo(f"({file}: {unwritable.strerror})", err=True)
        return file


def _option(arguments: Sequence[str], name: str) -> str | None:
    for number, argument in enumerate(arguments):
        if argument == name and number + 1 < len(arguments):
            return arguments[number + 1]
        if argument.startswith(name + "="):
            return argument.partition("=")[2]
    return None
