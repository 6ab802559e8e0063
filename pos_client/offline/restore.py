"""Puts a backup in the place of the store: proven first, the present database moved aside and never deleted.

Killed at any point there is a whole database in place, the old or the new one, and restoring again goes on.
"""

import contextlib
import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlcipher3 import dbapi2

from pos_client.config import Home
from pos_client.errors import EnvironmentProblem, Refused, Words
from pos_client.offline import backup, escrow
from pos_client.offline.backup_file import Proof, opened, prove, sync_file
from pos_client.offline.disk import EncryptedFile
from pos_client.offline.key import read_or_create_key
from pos_client.offline.locks import desk_lock, drain_lock, opening_lock
from pos_client.runtime import Runtime, shanghai

RESTORE_FAILED = Words(
    "D-RESTORE",
    "备份没有恢复成（{why}），{file} 还在。请叫信息科检查 {folder} 的空间和权限后再做一次。",
    "The backup was not restored ({why}); {file} is still there. Ask IT to check space and permissions of {folder} "
    "and do it again.",
)
OTHER_DESK = Words(
    "D-RESTORE-OTHER",
    "备份 {file} 是另一个窗口（{found}）的，设置里写的是 {asked}；没有恢复，什么也没有改变。请找出本窗口的备份。",
    "The backup {file} is another desk's ({found}), the settings say {asked}; it was not restored and nothing was "
    "changed. Find the backup of this desk.",
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place, and where the database that stood there lies now (None: there was none)."""

    proof: Proof
    aside: Path | None


def restore(home: Home, file: Path, key: bytes, *, owner: str, runtime: Runtime) -> Restored:
    """Restores a backup; ``owner`` is the desk that the settings name. A key file is made where there is none.

    Raises:
        EnvironmentProblem: D-DESK, D-DRAIN or D-BUSY while a program works here; D-BACKUP-BAD, D-RESTORE.
        Refused: D-RESTORE-OTHER; D-ESC-OTHER, the home has another key.
    """
    now = runtime.clock.now_utc()
    with desk_lock(home), drain_lock(home), opening_lock(home):
        proof = prove(file, key)
        if proof.owner != owner:
            raise Refused(OTHER_DESK, file=file.name, found=proof.owner, asked=owner)
        try:
            _keep_key(home, key, runtime)
            fresh = _prepared_copy(home, file, key, now)
            aside = _move_aside(home, key, now)
            fresh.replace(home.database)
            sync_file(home.database)
        except OSError as error:
            raise EnvironmentProblem(
                RESTORE_FAILED, {"errno": error.errno}, file=file, why=error.strerror or error, folder=home.folder
            ) from error
    return Restored(proof, aside)


def _keep_key(home: Home, key: bytes, runtime: Runtime) -> None:
    """A key is never replaced: another one in the home may be the only one that opens something."""
    if home.key_file.exists():
        if read_or_create_key(home, runtime) != key:
            raise Refused(escrow.OTHER_KEY, file=home.key_file)
        return
    draft = home.key_file.with_name("key.restoring")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as stream:
        stream.write(key.hex() + "\n")
    sync_file(draft)
    draft.rename(home.key_file)


def _prepared_copy(home: Home, file: Path, key: bytes, now: datetime) -> Path:
    fresh = home.database.with_suffix(".restoring")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    shutil.copyfile(file, fresh)
    with opened(fresh, key, read_only=False) as connection:
        backup.mark(connection, now)  # a plain copy that somebody made has none yet
        backup.move_counters_on(connection, now)
    sync_file(fresh)
    return fresh


def _move_aside(home: Home, key: bytes, now: datetime) -> Path | None:
    """Gives the present database a second name; it keeps its own until the fresh one takes it in one step."""
    there = home.database.exists()
    if there and home.database.stat().st_size:  # opening an empty one would throw away its log
        present = EncryptedFile()
        with contextlib.suppress(dbapi2.Error), contextlib.closing(present.connect(home.database, key)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    aside = _free_aside(home.folder, now)
    if there:
        os.link(home.database, aside)
    # Only a database that is gone or does not open has them still; beside a fresh one SQLite would believe them.
    for suffix in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            home.database.with_name(f"{home.database.name}{suffix}").rename(f"{aside}{suffix}")
    return aside if there else None


def _free_aside(folder: Path, now: datetime) -> Path:
    def taken(file: Path) -> bool:
        return any(Path(f"{file}{suffix}").exists() for suffix in ("", "-wal", "-shm"))

    while taken(aside := folder / f"books-aside-{shanghai(now):%Y%m%d-%H%M%S}.db"):
        now += timedelta(seconds=1)
    return aside
