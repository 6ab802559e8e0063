"""The mark that a home's store was made once: a database that is gone afterwards is missed and not made anew, empty.

It is written when the first store is complete, so that a first start which was cut short simply begins again. A
simulated store that lies in no file leaves none.
"""

import os
from pathlib import Path

from pos_client.config import Home
from pos_client.errors import EnvironmentProblem
from pos_client.offline.words import DATABASE_GONE

_SAYS = "这个数据文件夹已有账本 books.db，请勿删除本文件。 / The books of this folder were made; keep this file.\n"


def was_made(home: Home) -> bool:
    """Whether this home ever had a complete store."""
    return _mark(home).exists()


def refuse_when_gone(home: Home) -> None:
    """Stops before anything is made in the place of a database that was there.

    Raises:
        EnvironmentProblem: D-GONE, the store was made once and its file is missing or empty.
    """
    if was_made(home) and not (home.database.exists() and home.database.stat().st_size):
        raise gone(home)


def gone(home: Home) -> EnvironmentProblem:
    """What to say when nothing is left of a store that was made."""
    return EnvironmentProblem(DATABASE_GONE, file=home.database, folder=home.backups)


def remember(home: Home) -> None:
    """Writes the mark beside a complete store, durably, once.

    Raises:
        OSError: it cannot be written; the next start tries again.
    """
    if was_made(home) or not home.database.exists():
        return
    with _mark(home).open("w", encoding="utf-8") as stream:
        stream.write(_SAYS)
        stream.flush()
        os.fsync(stream.fileno())
    if os.name == "posix":  # a folder cannot be synced on Windows, nor need it
        folder = os.open(home.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _mark(home: Home) -> Path:
    return home.folder / "store.made"
