"""``card`` and ``readers``: what is in the reader, and which readers there are."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from pos_client.card.identity import CardIdentity
from pos_client.card.process import CardProcess
from pos_client.cli.session import as_json, print_json, real_runtime
from pos_client.config import Home, load_settings, prepare
from pos_client.errors import EXIT_ENVIRONMENT


@contextmanager
def _cards(home: Home, reader: str | None) -> Iterator[CardProcess]:
    prepare(home)
    settings = load_settings(home, os.environ)
    url, timeout_ms = reader or settings.text("reader.url"), settings.number("reader.timeout_ms")
    with real_runtime() as runtime, CardProcess(runtime, url, read_timeout_ms=timeout_ms) as cards:
        yield cards


@click.command()
@as_json
@click.pass_obj
def readers(home: Home, as_json: bool) -> None:
    """Lists the readers of this machine: 读卡器。"""
    with _cards(home, None) as cards:
        found = cards.readers()
    for reader in found:
        if as_json:
            print_json({"name": reader.name, "url": reader.url, "card_present": reader.card_present})
        else:
            present = {True: "●", False: "○", None: "?"}[reader.card_present]
            click.echo(f"{present} {reader.name}  {reader.url}")
    if not found:
        raise click.exceptions.Exit(EXIT_ENVIRONMENT)


@click.group()
def card() -> None:
    """The card in the reader: 卡。"""


@card.command("read")
@click.option("--reader", metavar="URL", help="pcsc:, pcsc:NAME, ccid-serial:/dev/ttyUSB0, ccid-serial:socket://…")
@as_json
@click.pass_obj
def read_card(home: Home, reader: str | None, as_json: bool) -> None:
    """Reads the card once; words are masked, ``--json`` is what an IT person asked for and is not."""
    with _cards(home, reader) as cards:
        identity = cards.read()
    if as_json:
        print_json(identity.as_record())
    else:
        for line in _card_lines(identity):
            click.echo(line)


def _card_lines(identity: CardIdentity) -> Iterator[str]:
    for name, value in identity.masked().items():
        yield f"{name:20} {value}"
