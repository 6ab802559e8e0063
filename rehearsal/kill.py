"""Kills ``pos-client sale`` with -9 at random moments, then synchronises: was anything lost or doubled?"""

import random
import subprocess
import time
from collections import Counter

import click

from pos_client.offline.journal import State
from rehearsal.agreement import compare
from rehearsal.simulated_desk import SimulatedDesk, pos_client_command, simulated_desk

SALE = ("sale", "--item", "YD0001", "--tendered", "20.00")
#: A fast bureau leaves hardly a moment in which an outcome is open. One that answers late, or even commits late, makes
#: that moment as long as the rest of the sale.
LATE_MS = 500
SLOWNESS: tuple[tuple[dict[str, object], ...], ...] = (
    (),
    ({"name": "late", "infno": "2102", "ms": LATE_MS},),
    ({"name": "late_commit", "infno": "2102", "ms": LATE_MS},),
)


def run_kills(times: int, seed: int) -> int:
    """Kills a sale so many times, synchronises once, compares the books; returns the exit code."""
    dice = random.Random(seed)
    with simulated_desk() as desk:
        whole_s = _whole_sale_s(desk)
        for _ in range(times):
            desk.set_faults(*dice.choice(SLOWNESS))
            _kill_one(desk, dice.uniform(0, whole_s))
        desk.set_faults()
        synced = desk.pos_client("sync", "--once")
        books = compare(desk.home, desk.ledger())
        states = Counter(_states(desk))
    click.echo(synced.stdout.rstrip() or synced.stderr.rstrip())
    counted = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    never = times + 2 - sum(states.values())
    click.echo(f"{times} kills, each within {whole_s:.2f} s: {counted}, {never} before the intent")
    for what in books.disagreements:
        click.echo(f"✗ {what}")
    if synced.returncode or books.disagreements:
        return 1
    click.echo(f"{times} kills, books and ledger agree to the fen")
    return 0


def _whole_sale_s(desk: SimulatedDesk) -> float:
    """How long a sale takes that nobody kills: kills must fall anywhere in it, and shortly after it."""
    desk.pos_client(*SALE)  # the first one also makes the home
    begun = time.monotonic()
    done = desk.pos_client(*SALE)
    if done.returncode:
        raise click.ClickException(done.stderr)
    return (time.monotonic() - begun) * 1.1 + LATE_MS / 1000


def _kill_one(desk: SimulatedDesk, after_s: float) -> None:
    with subprocess.Popen(
        pos_client_command(*SALE), env=desk.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as sale:
        try:
            sale.wait(after_s)
        except subprocess.TimeoutExpired:
            sale.kill()


def _states(desk: SimulatedDesk) -> list[State]:
    listed = desk.pos_client("queue", "list", "--all").stdout
    return [State(line.split()[2]) for line in listed.splitlines() if line.split()[1] == "settle"]
