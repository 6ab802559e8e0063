"""``backup``: copies of the store, the key for the safe, and the way back."""

import os
from pathlib import Path

import click

from pos_client.cli.secret import secret
from pos_client.cli.session import as_json, print_json, real_runtime
from pos_client.cli.who import acting, by_operator
from pos_client.config import Home, Settings, load_settings, prepare
from pos_client.desk import backups
from pos_client.desk.backups import Made
from pos_client.desk.books import open_books
from pos_client.errors import EXIT_REFUSED
from pos_client.offline.backup import list_backups
from pos_client.phrase import Language, Phrase
from pos_client.runtime import Runtime, shanghai

_a_file = click.Path(dir_okay=False, path_type=Path)
_escrow_option = click.option("--escrow", "escrow_file", type=_a_file, metavar="FILE", help="The copy from the safe.")
_PASSPHRASE = Phrase("密钥副本的口令", "Passphrase of the copy of the key")
_MADE = Phrase(
    "已备份 {file}，并重新打开核对：{messages} 条报文，审计链完整。",
    "Backed up to {file}, opened again and checked: {messages} messages, the audit chain holds.",
)
_NOT_ESCROWED = Phrase(
    "注意：密钥还没有副本，电脑坏了备份就打不开。请运行 backup escrow FILE 并放进保险柜。",
    "Note: the key has no copy; if this machine breaks, no backup opens. Run backup escrow FILE and put it into the "
    "safe.",
)
_OTHER_KEY = Phrase(
    "注意：登记的密钥副本不是这个数据库的密钥。请重新运行 backup escrow。",
    "Note: the copy that is known here is not the key of this database. Run backup escrow again.",
)
_HOLDS = Phrase(
    "{file} 完好：{at} 的备份，{messages} 条报文，审计链第 {rows} 行 {head}。",
    "{file} holds: made {at}, {messages} messages, audit chain at row {rows}: {head}.",
)
_NO_BACKUP = Phrase("还没有备份。", "There is no backup yet.")
_ESCROWED = Phrase(
    "密钥副本已写到 {file}，并用口令打开核对过。请放进保险柜，口令另行保管；指纹 {fingerprint}。",
    "The copy of the key is in {file} and was opened again with the passphrase. Put it into the safe and keep the "
    "passphrase elsewhere; fingerprint {fingerprint}.",
)
_RESTORED = Phrase(
    "已恢复 {at} 的备份（{messages} 条报文）；原来的数据库在 {aside}。"
    "之后的账可能缺失，先不能收费：请运行 sync --nightly。",
    "Restored the backup of {at} ({messages} messages); the former database is in {aside}. It may lack what came "
    "after, so no money is taken: run sync --nightly.",
)
_ACCEPTED = Phrase(
    "已确认从 {at} 的备份恢复的数据库，可以收费；原因已记入审计。",
    "The database restored from the backup of {at} is accepted and takes money; the reason stands in the audit.",
)


@click.group()
def backup() -> None:
    """Copies of the store, and the key for the safe: 备份。"""


@backup.command("now")
@as_json
@click.pass_obj
def make_backup(home: Home, as_json: bool) -> None:
    """Makes a backup and opens it again; a desk may go on working."""
    with real_runtime() as runtime, open_books(home, os.environ, runtime) as books:
        made = backups.make_now(books)
        language = books.settings.language
    assert made is not None, "a real store lies in a file"
    _tell_made(made, language, as_json=as_json)


def _tell_made(made: Made, language: Language, *, as_json: bool) -> None:
    file, messages = made.backup.file, made.proof.messages
    click.echo(_MADE.say(language, file=file, messages=messages), err=as_json)
    if made.escrow is None:
        click.echo(_NOT_ESCROWED.say(language), err=True)
    elif not made.escrow.fits:
        click.echo(_OTHER_KEY.say(language), err=True)
    if as_json:
        escrowed = made.escrow is not None and made.escrow.fits
        print_json({"file": str(file), "bytes": made.backup.bytes, "messages": messages, "escrowed": escrowed})
    if made.escrow is not None and not made.escrow.fits:
        raise click.exceptions.Exit(EXIT_REFUSED)


@backup.command("list")
@as_json
@click.pass_obj
def list_all(home: Home, as_json: bool) -> None:
    """Lists the backups in the data folder, newest first."""
    prepare(home)
    found = list_backups(home)
    for one in found:
        if as_json:
            print_json({"file": str(one.file), "at": one.at.isoformat(), "bytes": one.bytes})
        else:
            click.echo(f"{one.at:%Y-%m-%d %H:%M:%S}  {one.bytes:>14,}  {one.file}")
    if not found and not as_json:
        click.echo(_NO_BACKUP.say(_settings(home).language))


@backup.command("verify")
@click.argument("file", type=_a_file)
@_escrow_option
@click.pass_obj
def verify_backup(home: Home, file: Path, escrow_file: Path | None) -> None:
    """Opens a backup and checks all of it; with --escrow by the key from the safe, not by the one of this machine."""
    language = _settings(home).language
    with real_runtime() as runtime:
        proof = backups.verify(file, _key(home, runtime, escrow_file, language))
    at = "?" if proof.made_at is None else f"{shanghai(proof.made_at):%Y-%m-%d %H:%M}"
    rows, head = proof.audit_rows, proof.audit_head
    click.echo(_HOLDS.say(language, file=file, at=at, messages=proof.messages, rows=rows, head=head))


@backup.command("restore")
@click.argument("file", type=_a_file)
@_escrow_option
@click.pass_obj
def restore_backup(home: Home, file: Path, escrow_file: Path | None) -> None:
    """Puts a backup in the place of the database, which is moved aside; money waits until the bureau was asked."""
    settings = _settings(home)
    language = settings.language
    with real_runtime() as runtime:
        key = _key(home, runtime, escrow_file, language)
        restored = backups.restore_file(home, settings, runtime, file, key)
    made_at = restored.proof.made_at
    at = "?" if made_at is None else f"{shanghai(made_at):%Y-%m-%d %H:%M}"
    aside = restored.aside if restored.aside is not None else "-"
    click.echo(_RESTORED.say(language, at=at, messages=restored.proof.messages, aside=aside))


@backup.command("accept")
@click.option("--reason", required=True, metavar="TEXT", help="What was checked, and how.")
@by_operator
@click.pass_obj
def accept_restored(home: Home, reason: str, operator_name: str | None) -> None:
    """A supervisor lets a restored database take money although the bureau did not agree to every day."""
    with real_runtime() as runtime, open_books(home, os.environ, runtime) as books:
        made_at = backups.accept(books, reason, by=acting(books, operator_name))
        click.echo(_ACCEPTED.say(books.settings.language, at=f"{shanghai(made_at):%Y-%m-%d %H:%M}"))


@backup.command("escrow")
@click.argument("file", type=_a_file)
@by_operator
@click.pass_obj
def write_escrow(home: Home, file: Path, operator_name: str | None) -> None:
    """Writes the copy of the key for the safe, sealed by a passphrase."""
    with real_runtime() as runtime, open_books(home, os.environ, runtime) as books:
        language = books.settings.language
        by = acting(books, operator_name)
        sealed = backups.write_escrow(books, file, secret(_PASSPHRASE.say(language), twice=True), by=by)
    click.echo(_ESCROWED.say(language, file=file, fingerprint=sealed.fingerprint))


def _settings(home: Home) -> Settings:
    prepare(home)
    return load_settings(home, os.environ)


def _key(home: Home, runtime: Runtime, escrow_file: Path | None, language: Language) -> bytes:
    passphrase = None if escrow_file is None else secret(_PASSPHRASE.say(language))
    return backups.key_for(home, runtime, escrow_file, passphrase)
