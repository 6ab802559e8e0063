"""``queue`` and ``sync``: messages to the bureau, what became of them, and asking again."""

import json
import os
from collections.abc import Iterator, Sequence

import click

from pos_client.cli.session import as_json, print_json, real_runtime
from pos_client.config import Home
from pos_client.desk import queue as desk_queue
from pos_client.desk.queue import QueueRow
from pos_client.desk.station import open_back_office, open_books
from pos_client.errors import EXIT_UNKNOWN
from pos_client.money import yuan
from pos_client.phrase import Language, Phrase
from pos_client.sync.resolve import Attempt, Result

_NOTHING_TO_DO = Phrase("没有待办。", "Nothing is open.")
_NOTHING_UNKNOWN = Phrase("没有结果不明的账。", "No outcome is unknown.")
_ATTEMPTS = {
    Result.REVERSED: Phrase(
        "{id} 医保中心已入账，现已冲正，等于没有发生。收下的现金请退还；需要时重新收费。",
        "{id} was booked at the bureau and is now reversed, as if it had not happened. Hand back what was taken; "
        "charge again if need be.",
    ),
    Result.ABSENT: Phrase(
        "{id} 医保中心没有入账。收下的现金请退还；需要时重新收费。",
        "{id} was never booked at the bureau. Hand back what was taken; charge again if need be.",
    ),
    Result.TOO_EARLY: Phrase(
        "{id} 医保中心暂时查不到，但可能还在处理；{next} 以后再查才算数，不要重复收费。",
        "{id} is not found at the bureau yet but may still be executing; only after {next} does that count. Do not "
        "charge again.",
    ),
    Result.UNREACHABLE: Phrase(
        "{id} 问不到医保中心（{why}），结果仍然不知道，不要重复收费；{next} 以后再问。",
        "{id}: the bureau could not be asked ({why}); the outcome is still unknown, do not charge again. Next try "
        "after {next}.",
    ),
    Result.REFUSED: Phrase(
        "{id} 医保中心不肯冲正（{why}），结果仍然不知道，不要重复收费；请叫信息科联系医保中心。",
        "{id}: the bureau will not reverse it ({why}); the outcome is still unknown, do not charge again. Let IT ask "
        "the bureau.",
    ),
}


@click.group()
def queue() -> None:
    """Messages to the bureau and what became of them: 待办和未决。"""


@queue.command("list")
@click.option("--all", "everything", is_flag=True, help="Every message, not only the open ones.")
@as_json
@click.pass_obj
def list_queue(home: Home, everything: bool, as_json: bool) -> None:
    """Lists what is open."""
    with real_runtime() as runtime, open_books(home, os.environ, runtime) as books:
        rows = desk_queue.list_queue(books, everything=everything)
    if as_json:
        for row in rows:
            print_json(row.record())
    else:
        for line in _queue_lines(rows, books.settings.language):
            click.echo(line)


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
        language = office.settings.language
    click.echo(_attempt_line(attempt, language) if attempt else _NOTHING_UNKNOWN.say(language))
    if attempt is not None and not attempt.is_final:
        raise click.exceptions.Exit(EXIT_UNKNOWN)


@click.command()
@click.option("--once", is_flag=True, required=True, help="One pass over everything that is open.")
@as_json
@click.pass_obj
def sync(home: Home, once: bool, as_json: bool) -> None:
    """Finds out what became of every message of unknown outcome: 查清未决。"""
    assert once, "click demands it"
    with real_runtime() as runtime, open_back_office(home, os.environ, runtime) as office:
        attempts = desk_queue.sync_once(office)
        language = office.settings.language
    for attempt in attempts:
        click.echo(_attempt_line(attempt, language), err=as_json)
    still_open = sum(not attempt.is_final for attempt in attempts)
    if as_json:
        print_json({"resolved": len(attempts) - still_open, "open": still_open})
    elif not attempts:
        click.echo(_NOTHING_UNKNOWN.say(language))
    if still_open:
        raise click.exceptions.Exit(EXIT_UNKNOWN)


def _queue_lines(rows: Sequence[QueueRow], language: Language) -> Iterator[str]:
    if not rows:
        yield _NOTHING_TO_DO.say(language)
    for row in rows:
        yield f"{row.id}  {row.kind:8}  {row.state:8}  {yuan(row.amount_fen):>12}  {row.at}  {row.message_id}"


def _attempt_line(attempt: Attempt, language: Language) -> str:
    """What one attempt to resolve came to, and what to do."""
    phrase = _ATTEMPTS[attempt.result]
    return phrase.say(language, id=attempt.message.id, why=attempt.why, next=attempt.next_try_local())
