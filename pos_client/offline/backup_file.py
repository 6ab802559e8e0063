"""A backup as a file: one encrypted database that stands alone, opened and proven without changing it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, StaticPool, create_engine, func, inspect, select, text
from sqlcipher3 import dbapi2

from pos_client.errors import EnvironmentProblem, Problem, Words
from pos_client.offline import audit, notes, schema
from pos_client.offline.disk import BUSY_TIMEOUT_MS
from pos_client.offline.instants import instant_of
from pos_client.offline.store import told_plainly

BACKUP_USELESS = Words(
    "D-BACKUP-BAD",
    "备份 {file} 不能用（{why}），什么也没有改变。请用另一份备份；每天都这样时请叫信息科检查磁盘和密钥。",
    "The backup {file} is of no use ({why}); nothing was changed. Take another one; if it is so every day, ask IT to "
    "check the disk and the key.",
)

#: In the copy only: when it was made. A store that carries it was restored and does not know what came after.
MADE_AT = "backup_made_at"


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found in a backup that holds: when it was made, rows of each table, the head of its audit chain."""

    made_at: datetime | None
    owner: str
    rows: dict[str, int]
    audit_rows: int
    audit_head: str
    bytes: int

    @property
    def messages(self) -> int:
        """How many messages to the bureau it holds."""
        return self.rows["message"]


@contextmanager
def opened(file: Path, key: bytes, *, read_only: bool) -> Iterator[Connection]:
    """A database file; every statement is its own transaction.

    Raises:
        EnvironmentProblem: D-KEY-WRONG, D-DISK …
    """
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: _connect(file, key, read_only=read_only),
        poolclass=StaticPool,
        hide_parameters=True,
    )
    try:
        with told_plainly(), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _connect(file: Path, key: bytes, *, read_only: bool) -> Any:
    uri = f"{file.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"
    connection = dbapi2.connect(uri, uri=True, isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")  # a wrong key is told, not printed
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def prove(file: Path, key: bytes) -> Proof:
    """Opens a backup with a key and checks pages, references and the audit chain.

    Raises:
        EnvironmentProblem: D-BACKUP-BAD.
    """
    try:
        size = file.stat().st_size
        with opened(file, key, read_only=True) as connection:
            _require(connection, file)
            return _proof(connection, size)
    except OSError as error:
        raise EnvironmentProblem(BACKUP_USELESS, file=file.name, why=error.strerror or error) from error
    except Problem as problem:
        if problem.words is BACKUP_USELESS:
            raise
        raise EnvironmentProblem(BACKUP_USELESS, dict(problem.evidence), file=file.name, why=problem.code) from problem


def _require(connection: Connection, file: Path) -> None:
    checks = ("cipher_integrity_check", "integrity_check", "foreign_key_check")
    for check in checks:
        said = [tuple(row) for row in connection.execute(text(f"PRAGMA {check}"))]
        if said not in ([], [("ok",)]):
            raise EnvironmentProblem(BACKUP_USELESS, {"said": said[:5]}, file=file.name, why=check)
    broken = audit.first_broken_row(connection)
    if broken is not None:
        raise EnvironmentProblem(BACKUP_USELESS, file=file.name, why=f"audit {broken}")


def _proof(connection: Connection, size: int) -> Proof:
    made_at = notes.read(connection, MADE_AT)
    rows, head = audit_head(connection)
    return Proof(
        made_at=None if made_at is None else instant_of(made_at),
        owner=notes.read(connection, "owner") or "",
        rows=row_counts(connection),
        audit_rows=rows,
        audit_head=head,
        bytes=size,
    )


def row_counts(connection: Connection) -> dict[str, int]:
    """How many rows each table that only grows has; an older database lacks some."""
    present = set(inspect(connection).get_table_names())
    tables = [table for table in schema.APPEND_ONLY if table.name in present]
    return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def audit_head(connection: Connection) -> tuple[int, str]:
    """How many rows the audit chain has, and its head, which seals them all."""
    rows = select(schema.audit.c.number, schema.audit.c.chain).order_by(schema.audit.c.number.desc()).limit(1)
    head = connection.execute(rows).first()
    return (0, audit.GENESIS) if head is None else (int(head.number), str(head.chain))


def sync_file(file: Path) -> None:
    """Makes a file durable with its name in its folder (a folder cannot be synced on Windows, nor need it)."""
    _sync(file, os.O_RDWR)
    if os.name == "posix":
        _sync(file.parent, os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
