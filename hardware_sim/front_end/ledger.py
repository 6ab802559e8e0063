"""The durable ledger: tables, transactions and serial numbers; SQLite by default, any SQLAlchemy URL otherwise.

SQL is kept to what SQLite and PostgreSQL share. Every transaction that moves money first locks the person's row
(``FOR UPDATE``; SQLite takes the whole database with ``BEGIN IMMEDIATE``), so no balance is ever spent twice.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    create_engine,
    event,
    select,
    update,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import QueuePool

from .amounts import AMOUNT_NAMES

metadata = MetaData()

#: The register: one row a person. Amounts in fen, counters as JSON of fen and counts.
persons = Table(
    "persons",
    metadata,
    Column("psn_no", String(30), primary_key=True),
    Column("name", String(50), nullable=False),
    Column("id_number", String(50), nullable=False, unique=True),
    Column("sex", String(6), nullable=False),
    Column("nation", String(3), nullable=False),
    Column("born_on", String(10), nullable=False),
    Column("card_number", String(50), nullable=False, unique=True),
    Column("card_sn", String(32), nullable=False),
    Column("area", String(6), nullable=False),
    Column("insutype", String(6), nullable=False),
    Column("psn_type", String(6), nullable=False),
    Column("insured_status", String(6), nullable=False),
    Column("insured_since", String(10), nullable=False),
    Column("paused_since", String(10)),
    Column("civil_servant", Boolean, nullable=False),
    Column("employer", String(200), nullable=False),
    Column("balance_fen", BigInteger, nullable=False),
    Column("counters_year", Integer, nullable=False),
    Column("counters", Text, nullable=False),
)

#: Who may pay from an account of the family (家庭共济), and what that account holds.
family_accounts = Table(
    "family_accounts",
    metadata,
    Column("psn_no", String(30), primary_key=True),
    Column("balance_fen", BigInteger, nullable=False),
)

#: Electronic vouchers as they were issued: each is good once, until it expires.
vouchers = Table(
    "vouchers",
    metadata,
    Column("token", String(50), primary_key=True),
    Column("psn_no", String(30), nullable=False),
    Column("expires_at", String(19), nullable=False),
    Column("used", Boolean, nullable=False),
)

#: Every message id ever seen, with what was asked and answered.
messages = Table(
    "messages",
    metadata,
    Column("msgid", String(30), primary_key=True),
    Column("infno", String(10), nullable=False),
    Column("received_at", String(40), nullable=False),
    Column("request", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("outcome", String(10), nullable=False),
)

#: Registrations at a clinic and stays; a purchase at a pharmacy is its settlement. ``ended`` is empty while the visit
#: goes on, ``removed`` says how it was taken back (cancelled, reversed). ``open_number`` is the institution's own
#: number while the bureau watches that no other visit has it. Facts are JSON texts under their national names.
visits = Table(
    "visits",
    metadata,
    Column("mdtrt_id", String(30), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("msgid", String(30), nullable=False, unique=True),
    Column("institution_code", String(12), nullable=False),
    Column("psn_no", String(30), nullable=False),
    Column("number", String(30), nullable=False),
    Column("open_number", String(30)),
    Column("insutype", String(6), nullable=False),
    Column("med_type", String(6), nullable=False),
    Column("begun", String(19), nullable=False),
    Column("ended", String(19), nullable=False),
    Column("removed", String(10), nullable=False),
    Column("facts", Text, nullable=False),
    Column("diagnoses", Text, nullable=False),
    UniqueConstraint("institution_code", "open_number"),
    Index("visits_of_person", "psn_no", "begun"),
    Index("visits_of_institution", "institution_code", "kind", "begun"),
)

#: Rows uploaded for a visit and not withdrawn; ``setl_id`` is the settlement in force that they belong to.
fee_rows = Table(
    "fee_rows",
    metadata,
    Column("mdtrt_id", String(30), primary_key=True),
    Column("feedetl_sn", String(30), primary_key=True),
    Column("chrg_bchno", String(30), nullable=False),
    Column("setl_id", String(30)),
    Column("row", Text, nullable=False),
)

#: Settlements and their cancellations (``kind`` settle or cancel), append-only but for the two marks and the day of
#: reconciliation. ``rows`` is what was settled, row by row, as JSON; a cancellation repeats those of its original.
settlements = Table(
    "settlements",
    metadata,
    Column("setl_id", String(30), primary_key=True),
    Column("mdtrt_id", String(30), nullable=False, index=True),
    Column("msgid", String(30), nullable=False, unique=True),
    Column("infno", String(10), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("cancels", String(30)),
    Column("institution_code", String(12), nullable=False),
    Column("institution_name", String(200), nullable=False),
    Column("psn_no", String(30), nullable=False),
    Column("insutype", String(6), nullable=False),
    Column("med_type", String(6), nullable=False),
    Column("clr_type", String(6), nullable=False),
    Column("mdtrt_cert_type", String(3), nullable=False),
    Column("chrg_bchno", String(30), nullable=False),
    Column("begun", String(19), nullable=False),
    Column("ended", String(19), nullable=False),
    Column("setl_time", String(19), nullable=False),
    Column("reconciled_on", String(10), nullable=False),
    Column("pool_prop_selfpay", String(12), nullable=False),
    Column("process", Text, nullable=False),
    Column("balance_fen", BigInteger, nullable=False),
    Column("counters_year", Integer, nullable=False),
    Column("counter_changes", Text, nullable=False),
    Column("in_the_middle", Boolean, nullable=False),
    Column("rows", Text, nullable=False),
    Column("voided", Boolean, nullable=False),
    Column("reversed", Boolean, nullable=False),
    *(Column(f"{name}_fen", BigInteger, nullable=False) for name in AMOUNT_NAMES),
    Index("settlements_of_person", "psn_no", "begun"),
    Index("settlements_of_day", "institution_code", "reconciled_on"),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("sign_no", String(30), primary_key=True),
    Column("institution_code", String(12), nullable=False),
    Column("opter_no", String(20), nullable=False),
    Column("sign_date", String(10), nullable=False),
    Column("signed_out", Boolean, nullable=False),
)

serials = Table(
    "serials",
    metadata,
    Column("kind", String(10), primary_key=True),
    Column("last", BigInteger, nullable=False),
)

SERIAL_KINDS = ("sign", "visit", "settlement")

#: Enough for the workers of one front end; whoever finds none free waits.
_POOL_SIZE = 40
_POOL_TIMEOUT_S = 60


class Ledger:
    """An open ledger."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str, *, durable: bool = True) -> "Ledger":
        """Opens the database of an SQLAlchemy URL and creates the tables that are missing.

        ``durable`` False lets SQLite answer before the disk has what was committed: for simulations that live and end
        with their process. ``sqlite://`` keeps everything in memory.
        """
        parts = make_url(url)
        if parts.get_backend_name() == "sqlite":
            engine = _sqlite_engine(parts, durable=durable)
        else:
            engine = create_engine(parts, pool_size=_POOL_SIZE, max_overflow=0, pool_timeout=_POOL_TIMEOUT_S)
        metadata.create_all(engine)
        ledger = cls(engine)
        with ledger.begin() as connection:
            known = set(connection.scalars(select(serials.c.kind)))
            for kind in SERIAL_KINDS:
                if kind not in known:
                    connection.execute(serials.insert().values(kind=kind, last=0))
        return ledger

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One transaction: committed at the end, undone by an exception."""
        with self._engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Closes all connections."""
        self._engine.dispose()


_NEXT_SERIAL = (
    update(serials)
    .where(serials.c.kind == bindparam("wanted"))
    .values(last=serials.c.last + 1)
    .returning(serials.c.last)
)


def next_serial(connection: Connection, kind: str) -> int:
    """The next number of a kind; given out once, in order, gaps after an undone transaction aside."""
    return int(connection.execute(_NEXT_SERIAL, {"wanted": kind}).scalar_one())


def _sqlite_engine(url: URL, *, durable: bool) -> Engine:
    """SQLite with one connection for all threads: transactions queue for it, and WAL has a single user.

    (SQLite releases before 3.51.3 can damage a WAL database that several connections write to;
    sqlite.org/wal.html#walresetbug.)
    """
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=_POOL_TIMEOUT_S,
        connect_args={"check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _prepare(dbapi_connection: Any, _record: object) -> None:
        dbapi_connection.isolation_level = None  # the driver must not start transactions by itself
        cursor = dbapi_connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
