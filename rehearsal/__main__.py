"""``python -m rehearsal …``: what ``./run demo`` does, on any operating system."""

import click

from rehearsal.demo import run_demo
from rehearsal.kill import run_kills


@click.group()
def rehearsal() -> None:
    """模拟柜台演练。 Rehearsals at a simulated desk."""


@rehearsal.command()
@click.option("--headless", is_flag=True, help="Without a window; until there is one, this is the only way.")
def demo(headless: bool) -> None:
    """One sale from swipe to synced."""
    del headless  # both are the same until there is a window
    raise SystemExit(run_demo())


@rehearsal.command()
@click.option("--times", default=100, show_default=True, help="How many sales are killed.")
@click.option("--seed", default=1, show_default=True, help="Seed of the moments.")
def kill(times: int, seed: int) -> None:
    """Sales killed with -9 at random moments, then one ``sync --once``: do the books agree?"""
    raise SystemExit(run_kills(times, seed))


if __name__ == "__main__":
    rehearsal(prog_name="python -m rehearsal")
