"""``card`` and ``readers``: what is in the reader, which readers there are, and what is wrong with them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click

from pos_client.card.doctor_words import STEPS
from pos_client.card.finding import Finding
from pos_client.card.process import CardProcess
from pos_client.card.readers.reader import ReaderState
from pos_client.card.social_security.identity import CardIdentity
from pos_client.cli.session import as_json, print_json, real_runtime
from pos_client.config import Home, load_settings, prepare
from pos_client.desk.card_reader import card_process
from pos_client.errors import EXIT_ENVIRONMENT
from pos_client.phrase import Language

_SIGNS: Final = {"good": "✓", "warn": "!", "bad": "✗", "left_out": "·"}
_PRESENT: Final = {True: "●", False: "○", None: "?"}
_READER_FORMS: Final = "pcsc:, pcsc:NAME, ccid-serial:/dev/ttyUSB0, ccid-serial:socket://…, library:FILE"


@contextmanager
def cards(home: Home, reader: str | None) -> Iterator[tuple[CardProcess, Language]]:
    """The reader that is set, or another one, and the language of the desk."""
    prepare(home)
    settings = load_settings(home, os.environ)
    with real_runtime() as runtime, card_process(runtime, settings, reader, home=home) as process:
        yield process, settings.language


@click.command()
@as_json
@click.pass_obj
def readers(home: Home, as_json: bool) -> None:
    """Lists the readers of this machine: 读卡器。"""
    with cards(home, None) as (process, _):
        found = process.readers()
    for reader in found:
        if as_json:
            print_json(_state_value(reader))
        else:
            click.echo(f"{_sign_of(reader)} {reader.name}  {reader.url}")
    for reader in found:
        if reader.trouble is not None:
            raise reader.trouble  # the one that is set: told as a command's problem is


def _state_value(reader: ReaderState) -> dict[str, object]:
    trouble = "" if reader.trouble is None else reader.trouble.code
    return {"name": reader.name, "url": reader.url, "card_present": reader.card_present, "trouble": trouble}


def _sign_of(reader: ReaderState) -> str:
    return _SIGNS["bad"] if reader.trouble is not None else _PRESENT[reader.card_present]


@click.group()
def card() -> None:
    """The card in the reader: 卡。"""


reader_option = click.option("--reader", metavar="URL", help=_READER_FORMS)


@card.command("read")
@reader_option
@as_json
@click.pass_obj
def read_card(home: Home, reader: str | None, as_json: bool) -> None:
    """Reads the card once; words are masked, ``--json`` is what an IT person asked for and is not."""
    with cards(home, reader) as (process, _):
        identity = process.read()
    if as_json:
        print_json(identity.as_record())
    else:
        for line in _card_lines(identity):
            click.echo(line)


def _card_lines(identity: CardIdentity) -> Iterator[str]:
    for name, value in identity.masked().items():
        yield f"{name:20} {value}"


@card.command("doctor")
@reader_option
@as_json
@click.pass_obj
def examine(home: Home, reader: str | None, as_json: bool) -> None:
    """Walks from the service to the PSAM and says what is wrong and what to do: 检查读卡器。"""
    whole = True
    with cards(home, reader) as (process, language):
        for finding in process.examine():
            whole = whole and finding.state != "bad"
            if as_json:
                print_json(finding.as_value())
            else:
                _tell(finding, language)
    if not whole:
        raise click.exceptions.Exit(EXIT_ENVIRONMENT)


def _tell(finding: Finding, language: Language) -> None:
    colon = "：" if language == "zh" else ": "
    took = f"  {finding.duration_ms} ms" if finding.state in ("good", "warn") else ""
    click.echo(f"{_SIGNS[finding.state]} {STEPS[finding.step].say(language)}{colon}{finding.said.say(language)}{took}")
    if finding.advice is not None:
        click.echo(f"    → {finding.advice.say(language)}")
    if finding.state == "bad" and finding.evidence:
        click.echo(f"    {dict(finding.evidence)}")
