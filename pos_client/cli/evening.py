"""``sync --nightly``: does the evening, prints and keeps its report, and says by the exit code how it went."""

import os

import click

from pos_client.cli.session import print_json, real_runtime
from pos_client.config import Home
from pos_client.desk.evening import Evening, nightly
from pos_client.desk.evening_report import report_text, write_report
from pos_client.desk.station import open_back_office


def run_nightly(home: Home, *, as_json: bool) -> None:
    """The evening of one desk.

    Raises:
        click.exceptions.Exit: 1 a difference or a task, 3 an outcome is not known, 4 a step could not be done.
        Problem: what kept the evening from being done at all, or its report from being kept.
    """
    with real_runtime() as runtime, open_back_office(home, os.environ, runtime) as office:
        evening = nightly(office)
        language = office.settings.language
    click.echo(report_text(evening, language), err=as_json, nl=False)
    if as_json:
        print_json(_record(evening))
    write_report(home, evening, language)
    if evening.exit_code:
        raise click.exceptions.Exit(evening.exit_code)


def _record(evening: Evening) -> dict[str, object]:
    """An evening as ``sync --nightly --json`` prints it."""
    made = evening.made
    return {
        "day": evening.day.isoformat(),
        "resolved": len(evening.resolved),
        "open": len(evening.still_open),
        "days": {one.day.isoformat(): one.standing.value for one in evening.days},
        "tasks": [{"number": one.number, "kind": one.kind.value, "subject": one.subject} for one in evening.tasks],
        "backup": None if made is None else str(made.backup.file),
        "escrowed": made is not None and made.escrow is not None and made.escrow.fits,
        "audit_head": evening.audit_head,
        "problems": [one.code for one in evening.problems],
    }
