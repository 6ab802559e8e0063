"""Who may work on a home: one desk, and one process that drains. The operating system's locks die with their owner."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pos_client.config import HOME_UNUSABLE, Home
from pos_client.errors import EnvironmentProblem, Words
from pos_client.offline.words import DATABASE_BUSY, DESK_TAKEN, DRAIN_TAKEN


@contextmanager
def desk_lock(home: Home) -> Iterator[None]:
    """Held while a desk works on this home.

    Raises:
        EnvironmentProblem: D-DESK when another desk holds it.
    """
    # A drain holds it for the moment in which it looks for orphans; a desk that starts just then waits for that.
    with _held(home.desk_lock, DESK_TAKEN, home, patience_s=1):
        yield


@contextmanager
def drain_lock(home: Home) -> Iterator[None]:
    """Held by the one process that sends the queue and resolves unknown outcomes.

    Raises:
        EnvironmentProblem: D-DRAIN when another process holds it.
    """
    with _held(home.drain_lock, DRAIN_TAKEN, home):
        yield


@contextmanager
def opening_lock(home: Home) -> Iterator[None]:
    """Held while a program opens the store: switching a fresh file to WAL and migrating want to be alone.

    Raises:
        EnvironmentProblem: D-BUSY when another program does not finish opening.
    """
    with _held(home.folder / "opening.lock", DATABASE_BUSY, home, patience_s=30):
        yield


@contextmanager
def _held(file: Path, taken: Words, home: Home, patience_s: int = 0) -> Iterator[None]:
    lock = FileLock(file)
    try:
        lock.acquire(timeout=patience_s)
    except Timeout:
        raise EnvironmentProblem(taken, {"lock": file.name}) from None
    except OSError as error:
        raise EnvironmentProblem(HOME_UNUSABLE, folder=home.folder, why=error.strerror or error) from error
    try:
        yield
    finally:
        lock.release()
