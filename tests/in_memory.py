"""A store that lies in memory and opens at once: the tables of the real migrations, without their file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import event
from sqlcipher3 import dbapi2

from pos_client.offline.store import Store
from pos_client.runtime import Runtime
from tests.virtual import fresh_home, virtual_runtime


class MemoryDisk:
    """Each connection is a database of its own, a copy of ``template`` where there is one."""

    def __init__(self, template: Any = None) -> None:
        self.template = template
        self.connection: Any = None

    def connect(self, file: Path, key: bytes) -> Any:
        del file, key
        self.connection = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
        if self.template is not None:
            self.template.backup(self.connection)
        self.connection.execute("PRAGMA foreign_keys = ON")
        return self.connection

    def prove_durable(self, connection: Any) -> None:
        """Nothing in memory is; what is tested here does not depend on it."""


@contextmanager
def memory_store(runtime: Runtime | None = None) -> Iterator[Store]:
    """A fresh store of a training home."""
    with TemporaryDirectory() as folder:
        home, settings = fresh_home(Path(folder))
        disk = MemoryDisk(_template())
        store = Store.open(home, settings, replace(runtime or virtual_runtime(), disk=disk))
    try:
        yield store
    finally:
        store.close()


@cache
def _template() -> Any:
    with TemporaryDirectory() as folder:
        home, settings = fresh_home(Path(folder))
        disk, kept = MemoryDisk(), MemoryDisk()
        store = Store.open(home, settings, replace(virtual_runtime(), disk=disk))
        disk.connection.backup(kept.connect(Path(folder), b""))
        store.close()
    return kept.connection


def count_commits(store: Store) -> Callable[[], int]:
    """Counts what the database commits from now on; acts that share a commit count once."""
    commits: list[None] = []
    event.listen(store._engine, "commit", lambda connection: commits.append(None))
    return lambda: len(commits)
