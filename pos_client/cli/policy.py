"""``policy``: what the rules are, what changed, what bills would have been, and putting a new version in force."""

import os
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import click

from pos_client.benefit.policy_diff import changes
from pos_client.benefit.policy_history import history
from pos_client.cli import policy_words, replay_words
from pos_client.cli.session import as_json, print_json, real_runtime
from pos_client.config import Home, load_settings, system_language
from pos_client.desk import policies, policy_keys
from pos_client.desk.books import open_books
from pos_client.desk.policies import HomePolicies, Used
from pos_client.desk.replay_report import Report, replay_file, replay_sales
from pos_client.errors import EXIT_REFUSED, Problem
from pos_client.phrase import Language
from pos_client.runtime import business_date

_a_file = click.Path(dir_okay=False, path_type=Path)


@click.group()
def policy() -> None:
    """The benefit policies, which are data files with a date: 政策。"""


@policy.command("list")
@as_json
@click.pass_obj
def list_all(home: Home, as_json: bool) -> None:
    """Lists every version at hand, drafts and broken files too; exit 1 when something is wrong with one."""
    language = _language(home)
    entries = policies.list_policies(home, _used(home))
    _tell(
        (policy_words.entry_record(entry, language) for entry in entries),
        (line for entry in entries for line in policy_words.entry_lines(entry, language)),
        as_json=as_json,
    )
    if any(policy_words.is_wrong(entry) for entry in entries):
        raise click.exceptions.Exit(EXIT_REFUSED)


@policy.command()
@click.argument("id_", metavar="ID")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Another day than today.")
@as_json
@click.pass_obj
def show(home: Home, id_: str, on: datetime | None, as_json: bool) -> None:
    """Shows the version in force on a day: where it comes from, its figures, what it assumes and leaves open."""
    language = _language(home)
    subject = policies.find(home, id_, _today() if on is None else on.date())
    _tell([policy_words.subject_record(subject)], policy_words.subject_lines(subject, language), as_json=as_json)


@policy.command()
@click.argument("file", type=_a_file)
@as_json
@click.pass_obj
def check(home: Home, file: Path, as_json: bool) -> None:
    """Checks a file as it would be checked when it is loaded, and that no settled version was edited."""
    language = _language(home)
    try:
        subject = policies.check(home, file, _used(home))
    except Problem as problem:
        if as_json:
            print_json(policy_words.fault_record(file, problem, language))
        click.echo(problem.sentence(language), err=True)
        raise click.exceptions.Exit(EXIT_REFUSED) from None
    record = {"file": str(file), "ok": True} | policy_words.ref_record(subject.policy.ref)
    _tell([record], policy_words.passed_lines(subject, language), as_json=as_json)


@policy.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@as_json
@click.pass_obj
def diff(home: Home, a: str, b: str, as_json: bool) -> None:
    """Every key that changed from A to B; each a FILE.toml or ID@DATE."""
    language, today = _language(home), _today()
    old, new = policies.find_any(home, a, today), policies.find_any(home, b, today)
    found = changes(old.says, new.says)
    _tell((change._asdict() for change in found), policy_words.diff_lines(old, new, found, language), as_json=as_json)


@policy.command("history")
@click.argument("id_", metavar="ID")
@click.argument("key")
@as_json
@click.pass_obj
def show_history(home: Home, id_: str, key: str, as_json: bool) -> None:
    """One key, such as benefit.inpatient.layer.pool.cap, over all versions, with dates and sources."""
    stands = history(id_, HomePolicies(home).versions(id_), key)
    language = _language(home)
    _tell((stand._asdict() for stand in stands), policy_words.history_lines(stands, key, language), as_json=as_json)


@policy.command()
@click.option("--policy", "policy_file", type=_a_file, required=True, metavar="FILE", help="The other version.")
@click.option("--bills", type=_a_file, metavar="FILE", help="Bills, one JSON object a line, as split reads them.")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
    help="Settled sales of this home; without it, since the first day of last month.",
)  # fmt: skip
@as_json
@click.pass_obj
def replay(home: Home, policy_file: Path, bills: Path | None, since: datetime | None, as_json: bool) -> None:
    """Computes bills again under another version: who would have paid what. Books nothing."""
    if bills is not None and since is not None:
        raise click.UsageError("--bills and --since exclude each other")
    language = _language(home)
    report = replay_file(home, policy_file, bills) if bills else _replayed_sales(home, policy_file, since)
    _tell(replay_words.records(report), replay_words.lines(report, language), as_json=as_json)
    if any(bill.kind == "refused" for bill in report.replayed):
        raise click.exceptions.Exit(EXIT_REFUSED)


@policy.command()
@click.argument("file", type=_a_file)
@click.option("--key", "key_file", type=_a_file, required=True, metavar="KEY.pem", help="The signer's private key.")
@click.pass_obj
def sign(home: Home, file: Path, key_file: Path) -> None:
    """Checks a file and signs it; it is in force where it and its .sig lie in the policies of a home."""
    signature = policies.sign(home, file, key_file, _used(home))
    click.echo(policy_words.SIGNED.say(_language(home), file=signature))


@policy.command("key")
@click.argument("file", type=_a_file)
@click.pass_obj
def make_key(home: Home, file: Path) -> None:
    """Makes a signer's key pair: FILE for the signer alone, and beside it the public key for the desks."""
    with real_runtime() as runtime:
        public_file = policy_keys.make_pair(home, file, runtime)
    click.echo(policy_words.KEY_MADE.say(_language(home), file=file, public=public_file))


@policy.command("trust")
@click.argument("file", metavar="FILE.pem", type=_a_file)
@click.pass_obj
def trust_key(home: Home, file: Path) -> None:
    """Trusts a public key: what it signs is in force at this desk from now on."""
    with real_runtime() as runtime, open_books(home, os.environ, runtime) as books:
        fingerprint = policy_keys.trust(books, file)
        language = books.settings.language
    click.echo(policy_words.TRUSTED.say(language, file=file, fingerprint=fingerprint))


def _replayed_sales(home: Home, policy_file: Path, since: datetime | None) -> Report:
    with real_runtime() as runtime, open_books(home, os.environ, runtime) as books:
        return replay_sales(books, policy_file, _first_of_last_month() if since is None else since.date())


def _used(home: Home) -> list[Used]:
    """What this home has settled by; a home without books has settled nothing, and none are made to look."""
    if not home.database.exists():
        return []
    with real_runtime() as runtime, open_books(home, os.environ, runtime) as books:
        return policies.used_versions(books.store)


def _today() -> date:
    with real_runtime() as runtime:
        return business_date(runtime.clock.now_utc())


def _first_of_last_month() -> date:
    return (_today().replace(day=1) - timedelta(days=1)).replace(day=1)


def _language(home: Home) -> Language:
    return load_settings(home, os.environ).language if home.config_file.exists() else system_language(os.environ)


def _tell(records: Iterable[object], lines: Iterable[str], *, as_json: bool) -> None:
    if as_json:
        for record in records:
            print_json(record)
    else:
        for line in lines:
            click.echo(line)
