"""``split``: bills in, splits out, one JSON object a line; the form of the settlement vectors."""

import io
import sys
from pathlib import Path

import click

from pos_client.benefit import PolicyLibrary, split_records
from pos_client.cli.session import print_json
from pos_client.errors import EXIT_REFUSED


@click.command()
@click.option(
    "--policies",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Policies that go before the shipped ones: ID/VALID_FROM.toml.",
)
def split(policies: Path | None) -> None:
    """Splits bills, one JSON object a line on stdin, one line out per line in, in the same order."""
    library = PolicyLibrary.shipped() if policies is None else PolicyLibrary.before_shipped(policies)
    refused = False
    with io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace") as lines:
        for record, accepted in split_records(lines, library):
            refused |= not accepted
            print_json(record)
    if refused:
        raise click.exceptions.Exit(EXIT_REFUSED)
