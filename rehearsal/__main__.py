"""``python -m rehearsal …``: what ``./run demo`` does, on any operating system."""

from pathlib import Path

import click

from rehearsal import screenshots as pictures
from rehearsal import windows
from rehearsal.demo import run_demo
from rehearsal.kill import run_kills
from rehearsal.simulation import run


@click.group()
def rehearsal() -> None:
    """模拟柜台演练。 Rehearsals at a simulated desk."""


@rehearsal.command()
@click.option("--headless", is_flag=True, help="Without a window: one sale from swipe to synced.")
def demo(headless: bool) -> None:
    """A simulated desk: the window, and a panel for cards, front-end server and faults beside it."""
    raise SystemExit(run_demo() if headless else windows.run_windows())


@rehearsal.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--only", multiple=True, metavar="NAME", help="Only these scenes; may be given again.")
@click.option("--size", "sizes", multiple=True, type=click.Choice(list(pictures.SIZES)), help="Only this size.")
@click.option("--language", "languages", multiple=True, type=click.Choice(pictures.LANGUAGES), help="Only this one.")
@click.option("--dark", is_flag=True, help="On dark ground instead of light.")
@click.option("--guide", is_flag=True, help="The pictures of docs/guide, made small.")
def screenshots(
    folder: Path, only: tuple[str, ...], sizes: tuple[str, ...], languages: tuple[str, ...], dark: bool, guide: bool
) -> None:
    """Every page of the window as PNG, in every size and language."""
    sizes, languages = sizes or tuple(pictures.SIZES), languages or pictures.LANGUAGES
    raise SystemExit(pictures.take(folder, only=only, sizes=sizes, languages=languages, dark=dark, guide=guide))


@rehearsal.command()
@click.option("--times", default=100, show_default=True, help="How many sales are killed.")
@click.option("--seed", default=1, show_default=True, help="Seed of the moments.")
def kill(times: int, seed: int) -> None:
    """Processes killed with -9 at random moments, then one ``sync --once``: do the books agree?"""
    raise SystemExit(run_kills(times, seed))


@rehearsal.command()
@click.option("--seeds", default=100, show_default=True, help="How many days.")
@click.option("--first", default=1, show_default=True, help="The seed of the first day.")
@click.option("--seed-story", type=int, help="Plays the day of this one seed and tells its whole story.")
def simulate(seeds: int, first: int, seed_story: int | None) -> None:
    """Whole days of several desks under virtual time, each from a seed, with everything going wrong that can."""
    raise SystemExit(run.simulate(first, seeds) if seed_story is None else run.tell_story(seed_story))


@rehearsal.command()
def translations() -> None:
    """After a word of the window was added or changed: brings it into the English file, and compiles that."""
    from rehearsal.translations import run as update_translations

    raise SystemExit(update_translations())


if __name__ == "__main__":
    rehearsal(prog_name="python -m rehearsal")
