"""``python -m rehearsal.scenes``: one process of ``rehearsal.screenshots``, for one language, scale and ground."""

from pathlib import Path
from typing import cast

import click

from pos_client.phrase import Language
from rehearsal.scenes.player import Shooting, shoot
from rehearsal.scenes.repertoire import REPERTOIRE


@click.command()
@click.option("--language", type=click.Choice(["zh", "en"]), required=True)
@click.option("--theme", type=click.Choice(["light", "dark"]), required=True)
@click.option("--size", "sizes", type=(str, click.Path(path_type=Path)), multiple=True, required=True)
@click.option("--stills", default="", help="Where pictures besides the window lie; empty: they are not taken.")
@click.argument("scenes", nargs=-1)
def play(language: str, theme: str, sizes: tuple[tuple[str, Path], ...], stills: str, scenes: tuple[str, ...]) -> None:
    """Plays the stories with these scenes, or all, and takes their pictures."""
    folders = {_pair(size): folder for size, folder in sizes}
    shooting = Shooting(cast(Language, language), theme, folders, Path(stills) if stills else None)
    raise SystemExit(1 if shoot(REPERTOIRE, scenes, shooting) else 0)


def _pair(size: str) -> tuple[int, int]:
    width, _, height = size.partition("x")
    return int(width), int(height)


if __name__ == "__main__":
    play()
