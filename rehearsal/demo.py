"""One sale from swipe to synced at a simulated desk, shown step by step; fails unless all three books agree."""

import json
import shlex
from collections.abc import Sequence

import click

from pos_client.money import yuan_grouped
from rehearsal.agreement import compare
from rehearsal.simulated_desk import SimulatedDesk, simulated_desk

SALE = (
    "sale", "--item", "YD0001x2", "--item", "YD0004", "--item", "WSSCPTP", "--use-account", "--consent",
    "--tendered", "100.00",
)  # fmt: skip


def run_demo() -> int:
    """Runs the demo and returns the exit code."""
    with simulated_desk() as desk:
        click.echo(f"模拟柜台 / simulated desk\n  数据 / home       {desk.home}")
        click.echo(f"  读卡器 / reader   {desk.reader_url}\n  前置机 / bureau   {desk.front_end_url}\n")
        for arguments in (("card", "read"), SALE, ("sync", "--once")):
            code = _step(desk, arguments)
            if code:
                return code
        return _show_books(desk)


def _step(desk: SimulatedDesk, arguments: Sequence[str]) -> int:
    click.secho(f"$ pos-client {shlex.join(arguments)}", bold=True)
    done = desk.pos_client(*arguments)
    click.echo(done.stdout + done.stderr)
    return done.returncode


def _show_books(desk: SimulatedDesk) -> int:
    for slip in sorted((desk.home / "slips").glob("*.txt")):
        click.secho(f"小票 / slip  {slip}", bold=True)
        click.echo(slip.read_text(encoding="utf-8"))
    ledger = desk.ledger()
    click.secho("医保中心账本 / the bureau's ledger", bold=True)
    for row in ledger:
        click.echo(f"  {json.dumps(row, ensure_ascii=False)}")
    books = compare(desk.home, ledger)
    click.secho("\n对账 / the books", bold=True)
    click.echo(
        f"  医保中心 / ledger   {yuan_grouped(books.ledger_total_fen):>12}   现金 {yuan_grouped(books.ledger_cash_fen)}"
    )
    click.echo(
        f"  本机账 / journal    {yuan_grouped(books.journal_total_fen):>12}   钱箱 {yuan_grouped(books.drawer_fen)}"
    )
    for what in books.disagreements:
        click.echo(f"  ✗ {what}")
    agreed = not books.disagreements and books.standing == 1
    click.echo("  ✓ 一致，分文不差 / they agree to the fen" if agreed else "  ✗ 不一致 / they disagree")
    return 0 if agreed else 1
