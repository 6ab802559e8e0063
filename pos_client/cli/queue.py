"""``queue`` and ``sync``: messages to the bureau, what became of them, asking again, and what a person must do."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from pos_client.cli.evening import run_nightly
from pos_client.cli.queue_words import NOTHING_OPEN, attempt_lines, queue_lines, task_line
from pos_client.cli.sale import yuan_option
from pos_client.cli.session import as_json, print_json, real_runtime
from pos_client.cli.who import acting, by_operator
from pos_client.config import Home, system_language
from pos_client.desk import queue as desk_queue
from pos_client.desk.afterwards import collect, customer_left, give_back
from pos_client.desk.books import open_books
from pos_client.desk.station import open_back_office, open_counter
from pos_client.errors import EXIT_UNKNOWN, Problem
from pos_client.money import yuan_grouped
from pos_client.offline.money_book import Means, Paid
from pos_client.phrase import Phrase
from pos_client.runtime import work_aside
from pos_client.sync.attempts import Result

_LEFT = Phrase(
    "{id} 已登记参保人离开。请把收下的 {amount} 元退还；查到已入账时程序会自动撤销。",
    "{id}: the customer has left. Hand back the {amount} yuan that lie here; found booked, it will be voided.",
)
_COLLECTED = Phrase("{id} 已补收 {amount} 元。", "{amount} yuan were collected for {id}.")
_GIVEN_BACK = Phrase("{id} 已退还多收的 {amount} 元。", "{amount} yuan were given back for {id}.")
_DONE = Phrase("已办结：", "Done: ")


@click.group()
def queue() -> None:
    """Messages to the bureau and what became of them: 待办和待查。"""


@queue.command("list")
@click.option("--all", "everything", is_flag=True, help="Every message, not only the open ones.")
@as_json
@click.pass_obj
def list_queue(home: Home, everything: bool, as_json: bool) -> None:
    """Lists what a person must do, what is being asked, and what waits to be sent."""
    with real_runtime() as runtime, open_books(home, os.environ, runtime) as books:
        rows = desk_queue.list_queue(books, everything=everything)
        tasks = desk_queue.open_tasks(books)
        language = books.settings.language
    if as_json:
        for row in rows:
            print_json(row.record())
    for line in queue_lines(rows, tasks, language):
        click.echo(line, err=as_json)


@queue.command("show")
@click.argument("id_", metavar="ID")
@click.pass_obj
def show_message(home: Home, id_: str) -> None:
    """Shows everything that is known of one message, as JSON and without personal data."""
    with real_runtime() as runtime, open_books(home, os.environ, runtime) as books:
        click.echo(json.dumps(desk_queue.show(books, id_), ensure_ascii=False, indent=2, default=str))


@queue.command("resolve")
@click.argument("id_", metavar="ID")
@click.pass_obj
def resolve_message(home: Home, id_: str) -> None:
    """Asks the bureau about one message of unknown outcome now."""
    with real_runtime() as runtime, open_back_office(home, os.environ, runtime) as office:
        attempt = desk_queue.resolve_one(office, id_)
        told = desk_queue.tell(office, [] if attempt is None else [attempt])
        language = office.settings.language
    for line in [line for one in told for line in attempt_lines(one, language)] or [NOTHING_OPEN.say(language)]:
        click.echo(line)
    if attempt is not None and not attempt.is_final:
        raise click.exceptions.Exit(EXIT_UNKNOWN)


@queue.command("left")
@click.argument("id_", metavar="ID")
@by_operator
@click.pass_obj
def note_customer_left(home: Home, id_: str, operator_name: str | None) -> None:
    """The customer takes the money back and leaves while the outcome is unknown: 客户已离开。"""
    with (
        real_runtime() as runtime,
        open_counter(home, os.environ, runtime, who=lambda books: acting(books, operator_name)) as office,
    ):
        back_fen = customer_left(office, id_)
        click.echo(_LEFT.say(office.settings.language, id=id_, amount=yuan_grouped(back_fen)))


@queue.command("collect")
@click.argument("id_", metavar="ID")
@click.argument("amount_fen", metavar="YUAN", callback=yuan_option)
@click.option("--means", type=click.Choice([one.value for one in Means if one is not Means.DEPOSIT]), default="cash")
@click.option("--reference", default="", metavar="TEXT", help="What the payment is found by, such as a voucher number.")
@by_operator
@click.pass_obj
def collect_rest(home: Home, id_: str, amount_fen: int, means: str, reference: str, operator_name: str | None) -> None:
    """Books what was collected because the bureau had settled for more than its trial: 补收。"""
    with (
        real_runtime() as runtime,
        open_counter(home, os.environ, runtime, who=lambda books: acting(books, operator_name)) as office,
    ):
        collect(office, id_, Paid(Means(means), amount_fen, reference))
        click.echo(_COLLECTED.say(office.settings.language, id=id_, amount=yuan_grouped(amount_fen)))


@queue.command("give-back")
@click.argument("id_", metavar="ID")
@click.argument("amount_fen", metavar="YUAN", callback=yuan_option)
@by_operator
@click.pass_obj
def give_rest_back(home: Home, id_: str, amount_fen: int, operator_name: str | None) -> None:
    """Books what was given back because a provisional settlement had taken too much: 退还多收。"""
    with (
        real_runtime() as runtime,
        open_counter(home, os.environ, runtime, who=lambda books: acting(books, operator_name)) as office,
    ):
        give_back(office, id_, Paid(Means.CASH, amount_fen))
        click.echo(_GIVEN_BACK.say(office.settings.language, id=id_, amount=yuan_grouped(amount_fen)))


@queue.command("done")
@click.argument("number", type=int, metavar="TASK")
@click.option("--how", required=True, metavar="TEXT", help="What was done; it is kept.")
@by_operator
@click.pass_obj
def finish_task(home: Home, number: int, how: str, operator_name: str | None) -> None:
    """Notes that a task is done, and how: 办结待办。"""
    with (
        real_runtime() as runtime,
        open_counter(home, os.environ, runtime, who=lambda books: acting(books, operator_name)) as office,
    ):
        finished = desk_queue.finish_task(office, number, how)
        language = office.settings.language
    click.echo(_DONE.say(language) + task_line(finished, language))


@click.command()
@click.option("--once", is_flag=True, help="One pass over everything that is open.")
@click.option("--nightly", is_flag=True, help="The evening: everything open, totals, backup, report.")
@click.option("--probe", is_flag=True, help="With --once and nothing open: says whether the bureau answers at all.")
@click.option("--aside", is_flag=True, help="Leaves the processor to whoever else wants it, such as a window.")
@as_json
@click.pass_obj
def sync(home: Home, once: bool, nightly: bool, probe: bool, aside: bool, as_json: bool) -> None:
    """Sends what waits and finds out what became of every message of unknown outcome: 上传、查清、日结对账。"""
    if once == nightly:
        raise click.UsageError("sync wants --once or --nightly")
    if aside:
        work_aside()
    if nightly:
        run_nightly(home, as_json=as_json)
        return
    with _problem_as_json(as_json), real_runtime() as runtime, open_back_office(home, os.environ, runtime) as office:
        attempts = desk_queue.sync_once(office)
        told = desk_queue.tell(office, attempts)
        reached = desk_queue.is_there(office) if probe and not attempts else None
        language = office.settings.language
    for line in [line for one in told for line in attempt_lines(one, language)]:
        click.echo(line, err=as_json)
    still_open = sum(not attempt.is_final for attempt in attempts)
    if as_json:
        unreachable = sum(attempt.result is Result.UNREACHABLE for attempt in attempts)
        counts: dict[str, object] = {"resolved": len(attempts) - still_open, "open": still_open}
        print_json(counts | {"unreachable": unreachable} | ({} if reached is None else {"reached": reached}))
    elif not attempts:
        click.echo(NOTHING_OPEN.say(language))
    if still_open:
        raise click.exceptions.Exit(EXIT_UNKNOWN)


@contextmanager
def _problem_as_json(as_json: bool) -> Iterator[None]:
    """Tells a problem on standard output too: a window that started this reads nothing else."""
    try:
        yield
    except Problem as problem:
        if as_json:
            print_json({"problem": problem.code, "sentence": problem.sentence(system_language(os.environ))})
        raise
