"""Stays for a list: found and read without their requests, of which one stay may have megabytes."""

from datetime import date

from sqlalchemy import Connection, Exists, RowMapping, exists, func, literal, literal_column, or_, select

from pos_client.offline import custody, deposits
from pos_client.offline.instants import instant_of
from pos_client.offline.journal import Kind, Message, State
from pos_client.offline.schema import message, outcome, sale
from pos_client.offline.visits import Visit, bureau_number

_NEWEST_FIRST = (func.length(message.c.id).desc(), message.c.id.desc())
_STATE = select(outcome.c.state).where(outcome.c.id == message.c.id).order_by(outcome.c.number.desc()).limit(1)
_COLUMNS = (
    *(message.c[name] for name in ("id", "message_id", "transaction", "kind", "about", "person_no", "amount_fen")),
    *(message.c[name] for name in ("business_date", "created_at", "operator")),
    func.coalesce(_STATE.scalar_subquery(), State.INTENT.value).label("state"),
)
_OPENING = select(*_COLUMNS, message.c.own_number).where(message.c.kind == Kind.ADMIT)


def stay_ids(connection: Connection, *, unfinished: bool) -> list[str]:
    """The stays of this store, newest admission first; ``unfinished``: only those with something left to do.

    Done is what is settled or taken back and holds neither deposit nor documents.
    """
    admitted = select(message.c.id).where(message.c.kind == Kind.ADMIT)
    if unfinished:
        kept = custody.stays_with_documents(connection) | deposits.stays_with_deposit(connection)
        concluded = _has_certain(Kind.SETTLE) | _has_certain(Kind.UNADMIT)
        admitted = admitted.where(or_(~concluded, _has_certain(Kind.VOID), message.c.id.in_(kept)))
    return list(connection.scalars(admitted.order_by(*_NEWEST_FIRST)))


def find_stay_ids(connection: Connection, typed: str) -> list[str]:
    """The stays whose number ends so or whose person's name begins so, done or not, newest admission first."""
    ends_so = message.c.own_number.endswith(typed.upper(), autoescape=True) | message.c.id.endswith(
        typed, autoescape=True
    )
    name = func.json_extract(sale.c.record, literal_column("'$.person.name'"))
    named = select(sale.c.id).where(name >= typed, name < typed + "\U0010ffff")
    wanted = select(message.c.id).where(message.c.kind == Kind.ADMIT, ends_so | message.c.id.in_(named))
    return list(connection.scalars(wanted.order_by(*_NEWEST_FIRST)))


def stay_ids_of(connection: Connection, person_no: str) -> list[str]:
    """The stays of a person, done or not, newest admission first."""
    whose = select(message.c.id).where(message.c.person_no == person_no, message.c.kind == Kind.ADMIT)
    return list(connection.scalars(whose.order_by(*_NEWEST_FIRST)))


def _has_certain(kind: Kind) -> Exists:
    of_stay, settled = message.alias(), outcome.alias()
    return exists(
        select(literal(1))
        .select_from(of_stay.join(settled, settled.c.id == of_stay.c.id))
        # As an expression the kind has no index: there are few messages of a stay and very many of a kind.
        .where(of_stay.c.visit == message.c.id, of_stay.c.kind + "" == kind, settled.c.state == State.OK)
    )


def is_stay(connection: Connection, id_: str) -> bool:
    """Whether that is the number of an admission."""
    return connection.scalar(select(message.c.kind).where(message.c.id == id_)) == Kind.ADMIT


def light_stay(connection: Connection, id_: str) -> Visit:
    """A stay whose messages have no requests: enough for its state and its sums."""
    opening = connection.execute(_OPENING.where(message.c.id == id_)).mappings().one()
    of_stay = select(*_COLUMNS).where(message.c.visit == id_).order_by(func.length(message.c.id), message.c.id)
    rows = connection.execute(of_stay).mappings()
    messages = (_light(opening, None, opening["own_number"]), *(_light(row, id_, "") for row in rows))
    return Visit(messages[0], bureau_number(connection, id_), messages)


def _light(row: RowMapping, visit: str | None, own_number: str) -> Message:
    values = {name: row[name] for name in ("id", "message_id", "transaction", "about", "person_no", "amount_fen")}
    return Message(
        **values,
        kind=Kind(str(row["kind"])),
        business_date=str(row["business_date"]),
        created_at=instant_of(str(row["created_at"])),
        operator=str(row["operator"]),
        request="",
        visit=visit,
        own_number=own_number,
        skew_ms=0,
        state=State(str(row["state"])),
    )


def admissions_on(connection: Connection, day: date) -> int:
    """How many admissions this desk has begun on a business day, in vain ones too."""
    begun = select(func.count()).where(message.c.business_date == day.isoformat(), message.c.kind == Kind.ADMIT)
    return connection.scalar(begun) or 0
