"""``python -m rehearsal …``: what ``./run demo`` does, on any operating system."""

import click

from rehearsal.demo import run_demo
from rehearsal.kill import run_kills
from rehearsal.simulation import run


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
    """Processes killed with -9 at random moments, then one ``sync --once``: do the books agree?"""
    raise SystemExit(run_kills(times, seed))


@rehearsal.command()
@click.option("--seeds", default=100, show_default=True, help="How many days.")
@click.option("--first", default=1, show_default=True, help="The seed of the first day.")
@click.option("--seed-story", type=int, help="Plays the day of this one seed and tells its whole story.")
def simulate(seeds: int, first: int, seed_story: int | None) -> None:
    """Whole days of several desks under virtual time, each from a seed, with everything going wrong that can."""
    raise SystemExit(run.simulate(first, seeds) if seed_story is None else run.tell_story(seed_story))


if __name__ == "__main__":
    rehearsal(prog_name="python -m rehearsal")
