"""What the next start finds after the disk has failed: every promised act, nothing by half, a store that works."""

import os
from collections.abc import Set
from pathlib import Path

from pos_client.offline.store import Store
from tests.disk.acts import Done, begin_sale, done_in, end_sale
from tests.virtual import open_store

#: A quick look by default; POS_CLIENT_DISK_SEEDS=20 looks at every single write, twenty times with other dice.
SEEDS = int(os.environ.get("POS_CLIENT_DISK_SEEDS", "0"))


def points(count: int, stride: int) -> list[tuple[int, int]]:
    """Where a sweep over ``count`` writes or syncs fails, each with the seed of its dice."""
    if SEEDS:
        return [(at, seed) for at in range(1, count + 1) for seed in range(SEEDS)]
    return [(at, at) for at in range(1, count + 1, stride)]


def found_again(folder: Path) -> set[Done]:
    """Opens the store on a sound disk, looks at every act (see ``done_in``), does one more sale, and closes it."""
    store = open_store(folder)
    try:
        found = done_in(store)
        begun = begin_sale(store, 999_000)
        one_more = {begun, end_sale(store, begun.id)}
        assert done_in(store) == found | one_more
        _prove_every_page_whole(store)
    finally:
        store.close()
    return found


def _prove_every_page_whole(store: Store) -> None:
    """Holds every page against its seal; that looks at the database file alone, so all goes into it first."""
    connection = store._engine.raw_connection()
    cursor = connection.cursor()
    assert cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall() == [(0, 0, 0)]
    assert cursor.execute("PRAGMA cipher_integrity_check").fetchall() == []
    connection.close()


def lost(promised: Set[Done], folder: Path) -> set[Done]:
    """The promised acts that are not there again. Asserts that at most one other is: the one that was under way."""
    found = found_again(folder)
    assert len(found - promised) <= 1
    return set(promised - found)
