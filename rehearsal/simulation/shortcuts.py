"""What the days of one process share, because making it for each start of a program would cost more than the day.

Nothing here changes what the product does; the days on the true disk go without, and must come to the same.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from filelock import FileLock
from sqlalchemy import Engine, StaticPool, create_engine
from sqlcipher3 import dbapi2

from pos_client.config import Home
from pos_client.desk.policies import HomePolicies
from pos_client.runtime import Disk


@contextmanager
def virtual_locks() -> Iterator[None]:
    """Locks that are taken now or not at all: under virtual time nobody lets one go while we wait for real."""
    with patch("pos_client.offline.locks.FileLock", _ImpatientLock):
        yield


@contextmanager
def shortcuts() -> Iterator[None]:
    """Statements compiled once, shipped policies read once."""
    with ExitStack() as stack:
        stack.enter_context(patch("pos_client.offline.store._engine", _engine))
        stack.enter_context(patch("pos_client.desk.station.HomePolicies", lambda _: _policies()))
        yield


class _ImpatientLock(FileLock):
    def acquire(self, *arguments: Any, **named: Any) -> Any:
        """Takes the lock now or not at all."""
        return super().acquire(*arguments, **(named | {"timeout": 0}))


@cache
def _policies() -> HomePolicies:
    """The shipped policies; no simulated home has any of its own."""
    return HomePolicies(Home(Path("no-such-home")))


@cache
def _first_engine() -> Engine:
    """An engine that has met SQLCipher once: its dialect is ready, and keeps the compiled statements of all others."""
    engine = create_engine("sqlite://", module=dbapi2, poolclass=StaticPool)
    engine.connect().close()
    return engine


def _engine(disk: Disk, database: Path, key: bytes) -> Engine:
    first = _first_engine()
    pool = StaticPool(lambda: disk.connect(database, key), dialect=first.dialect)
    engine = Engine(pool, first.dialect, first.url, hide_parameters=True)
    return engine.execution_options(compiled_cache=_compiled())


@cache
def _compiled() -> dict[Any, Any]:
    return {}
