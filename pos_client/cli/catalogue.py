"""``catalogue``: puts the institution's own items in force."""

import os
from collections.abc import Iterator
from pathlib import Path

import click

from pos_client.cli.session import real_runtime
from pos_client.config import Home
from pos_client.desk.books import open_books
from pos_client.desk.stock import import_file
from pos_client.errors import Refused
from pos_client.phrase import Language, Phrase

_IMPORTED = Phrase("目录已更新，共 {count} 项。", "The catalogue now holds {count} items.")
_WRONG_PLACE = Phrase("  第 {row} 行 {column}：{why}", "  row {row} {column}: {why}")


@click.group()
def catalogue() -> None:
    """The institution's catalogue: 目录。"""


@catalogue.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def import_catalogue(home: Home, file: Path) -> None:
    """Puts the items of a CSV file in place of the whole catalogue; a file with one wrong cell changes nothing."""
    with real_runtime() as runtime, open_books(home, os.environ, runtime) as books:
        language = books.settings.language
        try:
            count = import_file(books, file)
        except Refused as refused:
            for line in _wrong_places(refused, language):
                click.echo(line, err=True)
            raise
    click.echo(_IMPORTED.say(language, count=count))


def _wrong_places(refused: Refused, language: Language) -> Iterator[str]:
    places = refused.evidence.get("places", ())
    assert isinstance(places, tuple)
    for place in places:
        yield _WRONG_PLACE.say(language, row=place["row"], column=place["column"], why=place[language])
