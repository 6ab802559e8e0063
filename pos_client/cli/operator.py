"""``operator``: who may work at this desk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from pos_client.cli.secret import secret
from pos_client.cli.session import as_json, print_json, real_runtime
from pos_client.cli.who import acting, by_operator
from pos_client.config import Home
from pos_client.desk import operators
from pos_client.desk.books import Books, open_books
from pos_client.desk.operators import SignedIn
from pos_client.offline.operators import Role
from pos_client.phrase import Phrase

_NEW_PASSWORD = Phrase("{name} 的新口令", "New password of {name}")
_ROLES = {Role.CASHIER: Phrase("收费员", "cashier"), Role.SUPERVISOR: Phrase("负责人", "supervisor")}
_NOBODY = Phrase("还没有登记操作员。", "No operator is registered yet.")
_ADDED = Phrase("已登记 {name}（{role}）。", "{name} is registered ({role}).")
_REMOVED = Phrase(
    "{name} 不再能在这个窗口操作；做过的账仍记在名下。", "{name} may no longer work here; what was done stays."
)
_CHANGED = Phrase("{name} 的口令已改。", "The password of {name} is changed.")


@click.group()
def operator() -> None:
    """Who may work at this desk: 操作员。"""


@operator.command("add")
@click.argument("name")
@click.option("--title", required=True, metavar="T", help="How the person is called; the bureau is told.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@by_operator
@click.pass_obj
def add_operator(home: Home, name: str, title: str, role: str, operator_name: str | None) -> None:
    """Registers somebody; the first must be a supervisor, later ones want --operator, a supervisor."""
    with _books(home) as books:
        by = acting(books, operator_name) if operators.listed(books) else None
        password = secret(_NEW_PASSWORD.say(books.settings.language, name=name), twice=True)
        operators.add(books, name, title, Role(role), password, by=by)
        language = books.settings.language
    click.echo(_ADDED.say(language, name=name, role=_ROLES[Role(role)].say(language)))


@operator.command("list")
@as_json
@click.pass_obj
def list_operators(home: Home, as_json: bool) -> None:
    """Lists who may work here."""
    with _books(home) as books:
        found = operators.listed(books)
        language = books.settings.language
    for one in found:
        if as_json:
            print_json({"name": one.name, "title": one.title, "role": one.role.value})
        else:
            click.echo(f"{one.name:20}  {_ROLES[one.role].say(language)}  {one.title}")
    if not found and not as_json:
        click.echo(_NOBODY.say(language))


@operator.command("remove")
@click.argument("name")
@by_operator
@click.pass_obj
def remove_operator(home: Home, name: str, operator_name: str | None) -> None:
    """Ends somebody's work here; a supervisor does it."""
    with _books(home) as books:
        operators.remove(books, name, by=acting(books, operator_name))
        click.echo(_REMOVED.say(books.settings.language, name=name))


@operator.command("password")
@click.argument("name")
@by_operator
@click.pass_obj
def change_password(home: Home, name: str, operator_name: str | None) -> None:
    """Sets a new password: one's own with the old one, or with --operator as a supervisor."""
    with _books(home) as books:
        by: SignedIn = acting(books, operator_name or name)
        password = secret(_NEW_PASSWORD.say(books.settings.language, name=name), twice=True)
        operators.change_password(books, name, password, by=by)
        click.echo(_CHANGED.say(books.settings.language, name=name))


@contextmanager
def _books(home: Home) -> Iterator[Books]:
    with real_runtime() as runtime, open_books(home, os.environ, runtime) as books:
        yield books
