"""Kills real processes with -9 at random moments, then synchronises: was anything lost or doubled?

Mostly sales; now and then a void, a ``sync --once`` or a whole evening, each beside whatever earlier kills left open.
"""

import json
import random
import subprocess
import time
from collections import Counter

import click

from pos_client.offline.journal import State
from rehearsal.agreement import compare
from rehearsal.simulated_desk import SimulatedDesk, pos_client_command, simulated_desk

SALE = ("sale", "--item", "YD0001", "--tendered", "20.00")
SYNC = ("sync", "--once")
EVENING = ("sync", "--nightly")
#: What is killed, and how often in ten.
OTHERS = ((2, "void"), (1, "sync"), (1, "evening"))
#: A fast bureau leaves hardly a moment in which an outcome is open. One that answers late, or even commits late, makes
#: that moment as long as the rest of the sale.
LATE_MS = 500
SLOWNESS: tuple[tuple[dict[str, object], ...], ...] = (
    (),
    ({"name": "late", "infno": "2102", "ms": LATE_MS},),
    ({"name": "late_commit", "infno": "2102", "ms": LATE_MS},),
    ({"name": "late_commit", "infno": "2103", "ms": LATE_MS}, {"name": "late", "infno": "5203", "ms": LATE_MS}),
)


def run_kills(times: int, seed: int) -> int:
    """Kills so many processes, synchronises once, compares the books; returns the exit code."""
    dice = random.Random(seed)
    with simulated_desk() as desk:
        whole_s = _whole_sale_s(desk)
        killed: Counter[str] = Counter()
        for _ in range(times):
            desk.set_faults(*dice.choice(SLOWNESS))
            command = _choose(desk, dice)
            killed[command[0] if command != EVENING else "evening"] += 1
            _kill_one(desk, command, dice.uniform(0, whole_s))
        desk.set_faults()
        synced = desk.pos_client(*SYNC)
        books = compare(desk.home, desk.ledger())
        states = Counter(row["state"] for row in _messages(desk))
    click.echo(synced.stdout.rstrip() or synced.stderr.rstrip())
    counted = ", ".join(f"{count} {what}" for what, count in sorted(killed.items()))
    became = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    click.echo(f"{times} kills, each within {whole_s:.2f} s: {counted}; the messages: {became}")
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


def _choose(desk: SimulatedDesk, dice: random.Random) -> tuple[str, ...]:
    match dice.choices([what for _, what in OTHERS] + ["sale"], [weight for weight, _ in OTHERS] + [6])[0]:
        case "void":
            settled = [row["id"] for row in _messages(desk) if row["kind"] == "settle" and row["state"] == State.OK]
            return ("void", dice.choice(settled))
        case "sync":
            return SYNC
        case "evening":
            return EVENING
        case _:
            return SALE


def _kill_one(desk: SimulatedDesk, command: tuple[str, ...], after_s: float) -> None:
    with subprocess.Popen(
        pos_client_command(*command), env=desk.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(after_s)
        except subprocess.TimeoutExpired:
            process.kill()


def _messages(desk: SimulatedDesk) -> list[dict[str, str]]:
    listed = desk.pos_client("queue", "list", "--all", "--json").stdout
    return [json.loads(line) for line in listed.splitlines()]
