"""What every command starts from: the real runtime, and how JSON is printed."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager

import click

from pos_client.runtime import Runtime, system_runtime
from pos_client.sync.http import RequestsHttp

as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object a line on stdout.")


@contextmanager
def real_runtime() -> Iterator[Runtime]:
    """The real world, its door to the network closed at the end."""
    with closing(RequestsHttp()) as http:
        yield system_runtime(http)


def print_json(record: object) -> None:
    """One object on a line of its own."""
    click.echo(json.dumps(record, ensure_ascii=False, default=str))
