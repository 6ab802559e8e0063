"""Backups of the store, and the mark of a store that was restored from one.

A backup is one encrypted file with the key of the store, consistent while a desk writes (``VACUUM INTO`` reads in one
transaction), marked inside as a backup, and proven by opening it again before it gets its name. A store that carries
the mark takes no money until the bureau has said what came after, or a supervisor has looked into it.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete, insert, text

from pos_client.config import Home
from pos_client.errors import EnvironmentProblem, Words
from pos_client.offline import audit, notes, schema
from pos_client.offline.backup_file import BACKUP_USELESS, MADE_AT, Proof, opened, prove, row_counts, sync_file
from pos_client.offline.instants import instant_of, text_of
from pos_client.offline.store import Store
from pos_client.offline.words import DISK_FAILED, DISK_FULL
from pos_client.runtime import SHANGHAI, shanghai

RESTORED = Words(
    "D-RESTORED",
    "数据库是从 {made_at} 的备份恢复的，之后的账可能缺失，先不能收费。请信息科与医保中心核对（sync --nightly）；"
    "核对不平，负责人按 F11 写明。",
    "The database comes from the backup of {made_at} and may lack what came after, so no money is taken. IT "
    "compares with the bureau (sync --nightly); if it differs, a supervisor decides in F11.",
)
BACKUP_FAILED = Words(
    "D-BACKUP",
    "备份没有做成（{why}），数据库没有动过，收费不受影响。请叫信息科检查 {folder}，今天再做一次。",
    "The backup failed ({why}); the database is untouched and money can be taken. Ask IT to check {folder} and "
    "make one today.",
)

_NAME = re.compile(r"books-(\d{8}-\d{6})\.db")
_STAMP = "%Y%m%d-%H%M%S"
#: In a restored store: what was given out after the backup is not given out again.
_MOVED_ON = "backup_moved_on"
_SLOT, _SLOT_FORM, _NUMBER = "message_slot", "%Y%m%d%H%M%S", "message_number"  # as offline/ids.py keeps them
#: Beyond a clock that was set back, and beyond what a burst of messages gave out ahead of the clock.
SLOT_AHEAD = timedelta(hours=1)
NUMBERS_AHEAD = 1_000


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in the folder; ``bytes`` is its size."""

    file: Path
    at: datetime
    bytes: int


def list_backups(home: Home) -> list[Backup]:
    """The backups in the home's folder, newest first."""
    found = [(file, _NAME.fullmatch(file.name)) for file in home.backups.glob("books-*.db")]
    listed = [Backup(file, _instant(match[1]), file.stat().st_size) for file, match in found if match]
    return sorted(listed, key=lambda one: one.file.name, reverse=True)


def make(home: Home, store: Store, key: bytes, *, now: datetime, operator: str) -> tuple[Backup, Proof]:
    """Makes and proves a backup and writes it down in the store. Killed half-way, it leaves only a draft.

    Raises:
        EnvironmentProblem: D-BACKUP, it could not be written; D-BACKUP-BAD, it does not hold.
    """
    try:
        home.backups.mkdir(exist_ok=True, mode=0o700)
        for left_over in home.backups.glob("books-*.new*"):
            left_over.unlink()
        file = _free_name(home.backups, now)
        draft = file.with_suffix(".new")
        draft.touch(mode=0o600)
        before, after = _copy(home.database, draft, key, now)
        sync_file(draft)
        proof = prove(draft, key)
        _compare(file, before, proof, after)
        draft.replace(file)
        sync_file(file)
    except (OSError, EnvironmentProblem) as error:
        if isinstance(error, EnvironmentProblem) and error.words not in (DISK_FULL, DISK_FAILED):
            raise
        why = error.code if isinstance(error, EnvironmentProblem) else error.strerror or error
        raise EnvironmentProblem(BACKUP_FAILED, why=why, folder=home.backups) from error
    with store.commit() as connection:
        values = {"at": text_of(now), "file": file.name, "bytes": proof.bytes, "messages": proof.messages}
        connection.execute(insert(schema.backup).values(**values))
        detail = {"messages": proof.messages, "audit_head": proof.audit_head}
        audit.append(connection, "backup", file.name, detail, now=now, operator=operator)
    return Backup(file, now, proof.bytes), proof


def remove_old(home: Home, keep: int) -> list[Path]:
    """Removes all but the newest ``keep`` backups, and never the newest one; returns what was removed."""
    removed = [one.file for one in list_backups(home)[max(keep, 1) :]]
    for file in removed:
        file.unlink(missing_ok=True)
    return removed


def _copy(database: Path, draft: Path, key: bytes, now: datetime) -> tuple[dict[str, int], dict[str, int]]:
    """Copies the live database and marks the copy; returns the live row counts before and after."""
    with opened(database, key, read_only=False) as connection:
        before = row_counts(connection)
        connection.execute(text("VACUUM INTO :file"), {"file": str(draft)})
        after = row_counts(connection)
    with opened(draft, key, read_only=False) as connection:
        mark(connection, now)
    return before, after


def _compare(file: Path, before: dict[str, int], proof: Proof, after: dict[str, int]) -> None:
    """A desk may write meanwhile: the copy holds at least what was there before, at most what was there after."""
    wrong = [name for name, rows in proof.rows.items() if not before[name] <= rows <= after[name]]
    if wrong:
        raise EnvironmentProblem(BACKUP_USELESS, file=file.name, why=", ".join(wrong))


def mark(connection: Connection, made_at: datetime) -> None:
    """Marks a copy; one that is a copy of an unchecked restored store keeps the older mark."""
    if restored_at(connection) is None:
        notes.write(connection, MADE_AT, text_of(made_at))


def restored_at(connection: Connection) -> datetime | None:
    """When the backup was made that this store was restored from and not yet compared; None for any other store."""
    found = notes.read(connection, MADE_AT)
    return None if found is None else instant_of(found)


def refuse_when_restored(connection: Connection) -> None:
    """Money wants to know everything that the bureau has booked.

    Raises:
        EnvironmentProblem: D-RESTORED.
    """
    made_at = restored_at(connection)
    if made_at is not None:
        raise EnvironmentProblem(RESTORED, made_at=f"{shanghai(made_at):%Y-%m-%d %H:%M}")


def move_counters_on(connection: Connection, now: datetime) -> None:
    """In a restored store, once: message ids and numbers of slips that came after the backup are never given again."""
    if notes.read(connection, _MOVED_ON) is not None:
        return
    slot = (shanghai(now) + SLOT_AHEAD).strftime(_SLOT_FORM)
    notes.write(connection, _SLOT, max(slot, notes.read(connection, _SLOT) or ""))
    notes.write(connection, _NUMBER, str(int(notes.read(connection, _NUMBER) or 0) + NUMBERS_AHEAD))
    notes.write(connection, _MOVED_ON, text_of(now))


def clear_mark(connection: Connection, how: str, *, now: datetime, operator: str) -> None:
    """Lets a restored store take money again, in a commit that says why."""
    made_at = restored_at(connection)
    assert made_at is not None, "only a restored store is cleared"
    move_counters_on(connection, now)
    connection.execute(delete(schema.meta).where(schema.meta.c.name.in_((MADE_AT, _MOVED_ON))))
    detail = {"backup_made_at": text_of(made_at), "how": how}
    audit.append(connection, "backup.accepted", "", detail, now=now, operator=operator)


def _free_name(folder: Path, now: datetime) -> Path:
    while (file := folder / f"books-{shanghai(now).strftime(_STAMP)}.db").exists():
        now += timedelta(seconds=1)
    return file


def _instant(stamp: str) -> datetime:
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=SHANGHAI)
