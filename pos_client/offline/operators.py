"""Who may work at this desk. Rows only grow: the newest row of a name is in force, an empty role ends its work here."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select

from pos_client.offline.instants import text_of
from pos_client.offline.schema import operator

_GONE = ""


class Role(StrEnum):
    """What an operator may do: a supervisor also what cannot be taken back."""

    CASHIER = "cashier"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True)
class Operator:
    """One person: ``name`` is what the bureau is told as operator number, ``title`` how the person is called."""

    name: str
    title: str
    role: Role
    secret: str


def active(connection: Connection) -> list[Operator]:
    """Everyone who may work here, by name."""
    newest = select(func.max(operator.c.number)).group_by(operator.c.name)
    listed = select(operator).where(operator.c.number.in_(newest), operator.c.role != _GONE).order_by(operator.c.name)
    return [Operator(row.name, row.title, Role(row.role), row.secret) for row in connection.execute(listed)]


def find(connection: Connection, name: str) -> Operator | None:
    """The operator of that name, or None where nobody of that name may work here."""
    return next((one for one in active(connection) if one.name == name), None)


def record(connection: Connection, one: Operator, *, now: datetime) -> None:
    """Puts an operator in force as given, in place of what stood under that name."""
    _add(connection, one, one.role, now)


def end(connection: Connection, one: Operator, *, now: datetime) -> None:
    """Ends an operator's work here; what he did keeps his name."""
    _add(connection, one, _GONE, now)


def _add(connection: Connection, one: Operator, role: str, now: datetime) -> None:
    values = {"name": one.name, "title": one.title, "role": role, "secret": one.secret, "at": text_of(now)}
    connection.execute(insert(operator).values(**values))
