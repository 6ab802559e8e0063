"""Who works at this terminal: names as options, passwords as :mod:`pos_client.cli.secret` takes them."""

import click

from pos_client.cli.secret import secret
from pos_client.desk import operators
from pos_client.desk.books import Books
from pos_client.desk.operators import SignedIn
from pos_client.desk.station import Office
from pos_client.phrase import Phrase

by_operator = click.option(
    "--operator", "operator_name", metavar="NAME", help="Who does it, where operators are registered."
)
_PASSWORD_OF = Phrase("{name} 的口令", "Password of {name}")


def acting(books: Books, name: str | None) -> SignedIn:
    """Who does what follows; asks for the password where operators are set up.

    Raises:
        Refused: S-OPERATOR, S-SIGNIN or S-PASSWORD.
    """
    if name is None or not operators.listed(books):
        return operators.who_acts(books)
    return operators.who_acts(books, name, secret(_PASSWORD_OF.say(books.settings.language, name=name)))


def allowing(office: Office, name: str, act: str) -> SignedIn:
    """The supervisor who allows an act of somebody else; asks for the password.

    Raises:
        Refused: S-PASSWORD, S-SUPERVISOR or S-EYES.
    """
    password = secret(_PASSWORD_OF.say(office.settings.language, name=name))
    return operators.authorise(office.books, name, password, act, acting=office.by)
