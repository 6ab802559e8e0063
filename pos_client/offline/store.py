"""Opens the encrypted store, proves that it is safe for money, and gives out commits.

One connection a process writes; one business act is one commit. A drain may gather several acts whose answers came
together into one commit (:meth:`Store.together`): each of them still is whole or not there at all. A
:class:`StoreReader` looks on beside it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, StaticPool, create_engine, exc, text
from sqlcipher3 import dbapi2

from pos_client.config import HOME_UNUSABLE, Home, Settings
from pos_client.errors import EnvironmentProblem, OurBug, Words
from pos_client.offline import made, notes, words
from pos_client.offline.disk import EncryptedFile, is_full
from pos_client.offline.key import read_or_create_key
from pos_client.offline.locks import opening_lock
from pos_client.offline.schema import HEAD_VERSION
from pos_client.runtime import Disk, Runtime

#: What an act writes on and a view reads from; the rooms above know it by this name, SQLAlchemy stays in here.
StoreConnection = Connection

SCHEMA_BROKEN = Words(
    "D-BUG",
    "程序和数据库说法不一致，这一步没有做。请叫信息科看 logs 文件夹。",
    "The program and its database disagree, so this step was not done. Call IT to look into the folder logs.",
)


class Store:
    """The open store of one home."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine = engine
        self._folder = folder
        self._connection = engine.connect()
        self._together: Connection | None = None

    @classmethod
    def open(cls, home: Home, settings: Settings, runtime: Runtime) -> "Store":
        """Opens the store of a prepared home, makes it on the first start and brings an older one up to date.

        Raises:
            EnvironmentProblem: D-KEY, D-KEY-WRONG, D-GONE, D-FULL, D-DISK, D-BUSY, D-NEWER, D-UNSAFE, D-OTHER,
                E-HOME.
        """
        try:
            made.refuse_when_gone(home)
            key = read_or_create_key(home, runtime)
            disk = runtime.disk or EncryptedFile()
            engine = _engine(disk, home.database, key)
            with opening_lock(home):
                store = cls._opened(engine, disk, home, settings)
        except OSError as error:
            raise EnvironmentProblem(HOME_UNUSABLE, folder=home.folder, why=error.strerror or error) from error
        return store

    @classmethod
    def _opened(cls, engine: Engine, disk: Disk, home: Home, settings: Settings) -> "Store":
        with told_plainly(home.folder):
            store = cls(engine, home.folder)
            try:
                disk.prove_durable(store._connection.connection.dbapi_connection)
                store._bring_up_to_date(home)
                store._claim(settings)
                made.remember(home)
            except BaseException:
                store.close()
                raise
        return store

    def close(self) -> None:
        """Lets the file go."""
        self._connection.close()
        self._engine.dispose()

    @contextmanager
    def commit(self) -> Iterator[Connection]:
        """One business act: everything that is written inside is durable together, or not at all.

        Raises:
            EnvironmentProblem: D-FULL, D-DISK or D-BUSY; then nothing of the act was written. Only after a D-DISK whose
                reason was a failed sync, nobody knows what did reach the disk: the act may turn up later, whole and
                never by half, and then is resolved as any other whose outcome is not known.
        """
        if self._together is not None:
            with told_plainly(self._folder), self._together.begin_nested():
                yield self._together
            return
        with self._transaction(_WRITING) as connection:
            yield connection

    @contextmanager
    def together(self) -> Iterator[None]:
        """Acts inside share one commit at the end; an act that fails is undone alone. Nothing may be sent inside.

        Raises:
            EnvironmentProblem: as :meth:`commit`; then none of the acts was written.
        """
        assert self._together is None, "acts are gathered once"
        with self._transaction(_WRITING) as connection:
            self._together = connection
            try:
                yield
            finally:
                self._together = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view for reading; what is written inside is thrown away."""
        if self._together is not None:  # what the gathered acts wrote so far is part of what is read
            with told_plainly(self._folder):
                yield self._together
            return
        with self._transaction(_READING) as connection:
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with told_plainly(self._folder), _begun(self._connection, begin):
            yield self._connection

    def _bring_up_to_date(self, home: Home) -> None:
        """Alembic is loaded only when there is something to do: a start must be fast."""
        with self._transaction(_WRITING) as connection:
            tables = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
            versioned = "alembic_version" in tables
            found = connection.scalar(text("SELECT version_num FROM alembic_version")) if versioned else None
            if found == HEAD_VERSION:
                return
            if found is None and made.was_made(home):
                raise made.gone(home)
            if found is not None and found > HEAD_VERSION:
                raise EnvironmentProblem(words.DATABASE_NEWER, found=found, known=HEAD_VERSION)
            from alembic import command
            from alembic.config import Config

            config = Config()
            config.set_main_option("script_location", "pos_client.offline:versions")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def _claim(self, settings: Settings) -> None:
        """A store belongs to one desk of one institution, training or real, for good."""
        asked = f"{settings.mode}/{settings.text('institution.code')}/{settings.number('desk.number')}"
        with self._transaction(_WRITING) as connection:
            found = notes.read(connection, "owner")
            if found is None:
                notes.write(connection, "owner", asked)
            elif found != asked:
                raise EnvironmentProblem(words.OTHER_HOME, found=found, asked=asked)


class StoreReader:
    """A second look at the open store of a home, for another thread than the one that writes; it cannot write."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine = engine
        self._folder = folder
        with told_plainly(folder):
            self._connection = engine.connect()
            self._connection.exec_driver_sql("PRAGMA query_only = ON")
            self._connection.rollback()

    @classmethod
    def open(cls, home: Home, runtime: Runtime) -> "StoreReader":
        """Opens a store that :meth:`Store.open` has opened before: it proves, migrates and claims nothing.

        Raises:
            EnvironmentProblem: D-KEY, D-KEY-WRONG, D-DISK.
        """
        key = read_or_create_key(home, runtime)
        return cls(_engine(runtime.disk or EncryptedFile(), home.database, key), home.folder)

    def close(self) -> None:
        """Lets the file go."""
        self._connection.close()
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view of what was committed before it began.

        Raises:
            EnvironmentProblem: D-DISK, D-BUSY.
        """
        with told_plainly(self._folder), _begun(self._connection, _READING):
            yield self._connection


@contextmanager
def _begun(connection: Connection, begin: str) -> Iterator[None]:
    try:
        with connection.begin():
            # The driver's own idea of transactions is off (isolation_level None).
            connection.exec_driver_sql(begin)
            yield
    finally:
        # After a commit that failed SQLite may keep the transaction: the next act must not carry it along.
        driven = connection.connection.dbapi_connection
        if driven is not None and driven.in_transaction:
            driven.rollback()


def _engine(disk: Disk, database: Path, key: bytes) -> Engine:
    # Parameters stay out of every exception's text: they are names and numbers of people.
    return create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: disk.connect(database, key),
        poolclass=StaticPool,
        hide_parameters=True,
    )


#: What writes takes the write lock at its start, so that two processes queue up instead of failing half-way.
_WRITING, _READING = "BEGIN IMMEDIATE", "BEGIN"


@contextmanager
def told_plainly(folder: Path | None = None) -> Iterator[None]:
    """Turns what the database driver raises into what the clerk and the IT staff can act on.

    Where the ``folder`` of the database is named, a disk that is full is told from one that fails by trying it.
    """
    try:
        yield
    except exc.IntegrityError as error:
        raise OurBug(SCHEMA_BROKEN, {"database": str(error.orig)}) from error
    except (exc.DBAPIError, dbapi2.Error) as error:
        original = error.orig if isinstance(error, exc.DBAPIError) else error
        name = str(getattr(original, "sqlite_errorname", ""))
        evidence = {"database": str(original), "sqlite": name}
        chosen = next((one for sign, one in _OUTSIDE.items() if name.startswith(sign)), None)
        if chosen is None:
            raise OurBug(SCHEMA_BROKEN, evidence) from error
        if chosen is words.DISK_FAILED and folder is not None and is_full(folder):
            chosen = words.DISK_FULL
        raise EnvironmentProblem(chosen, evidence) from error


#: SQLite's result codes (extended ones begin with the primary) that mean trouble outside the program.
_OUTSIDE = {
    "SQLITE_NOTADB": words.KEY_WRONG,
    "SQLITE_CORRUPT": words.KEY_WRONG,
    "SQLITE_FULL": words.DISK_FULL,
    "SQLITE_BUSY": words.DATABASE_BUSY,
    "SQLITE_LOCKED": words.DATABASE_BUSY,
    "SQLITE_IOERR": words.DISK_FAILED,
    "SQLITE_READONLY": words.DISK_FAILED,
    "SQLITE_CANTOPEN": words.DISK_FAILED,
    "SQLITE_PERM": words.DISK_FAILED,
    "SQLITE_NOMEM": words.DISK_FAILED,
}
