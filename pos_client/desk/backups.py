"""Backups as the desk's people know them: made and proven, listed, restored; and the copy of the key for the safe."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pos_client.config import Home, Settings, write_whole
from pos_client.desk.books import Books
from pos_client.desk.operators import SignedIn, require_supervisor
from pos_client.errors import EnvironmentProblem, Refused, Words
from pos_client.offline import audit, backup, escrow, restore, tasks
from pos_client.offline.backup import Backup
from pos_client.offline.backup_file import Proof, prove
from pos_client.offline.escrow import Escrow
from pos_client.offline.instants import text_of
from pos_client.offline.key import read_or_create_key
from pos_client.offline.locks import drain_lock
from pos_client.offline.tasks import TaskKind
from pos_client.runtime import Runtime

NOT_RESTORED = Words(
    "S-NOTRESTORED",
    "这个窗口的数据库不是从备份恢复的，没有什么要确认，什么也没有改变。不用处理。",
    "The database of this desk was not restored from a backup, so there is nothing to accept and nothing was changed. "
    "Nothing to do.",
)
REASON_MISSING = Words(
    "S-REASON",
    "没有写明核对了什么，没有确认，仍然不能收费。请写明（命令行 --reason）。",
    "It was not said what was checked, so nothing was accepted and no money is taken still. Say it (on the "
    "command line: --reason).",
)
KEY_NEEDED = Words(
    "D-KEY-NONE",
    "这台机器上没有数据库的密钥，什么也没有改变。请用 --escrow 指定保险柜里的密钥副本。",
    "The key of the database is not on this machine, and nothing was changed. Name the copy from the safe with "
    "--escrow.",
)


@dataclass(frozen=True, slots=True)
class EscrowStanding:
    """What is known at home of the copy in the safe; ``fits``: it seals the very key that opens this store."""

    made_at: datetime
    fits: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made and opened again, how many old ones were removed, and what is known of the escrow."""

    backup: Backup
    proof: Proof
    removed: int
    escrow: EscrowStanding | None


def make(books: Books) -> Made | None:
    """Makes a backup, proves it and removes the oldest; None for a simulated store that lies in no file.

    Raises:
        EnvironmentProblem: D-BACKUP, D-BACKUP-BAD; D-ESC-FILE, what is known of the escrow cannot be read.
    """
    home, now = books.home, books.runtime.clock.now_utc()
    if not home.database.exists():
        return None
    key = read_or_create_key(home, books.runtime)
    operator = books.settings.text("desk.operator")
    made, proof = backup.make(home, books.store, key, now=now, operator=operator)
    removed = backup.remove_old(home, books.settings.number("backup.keep"))
    return Made(made, proof, len(removed), escrow_standing(home, key))


def make_now(books: Books) -> Made | None:
    """As :func:`make`, beside an open desk but not beside an evening.

    Raises:
        EnvironmentProblem: D-DRAIN, or as :func:`make`.
    """
    with drain_lock(books.home):
        return make(books)


def escrow_standing(home: Home, key: bytes) -> EscrowStanding | None:
    """What is known of the copy in the safe, or None when none was ever made.

    Raises:
        EnvironmentProblem: D-ESC-FILE.
    """
    if not home.escrow.exists():
        return None
    kept = escrow.read(home.escrow)
    return EscrowStanding(kept.made_at, kept.fingerprint == escrow.fingerprint(key))


def write_escrow(books: Books, file: Path, passphrase: str, *, by: SignedIn) -> Escrow:
    """Writes the copy of the key for the safe, opens it again with the passphrase, and remembers it at home.

    Raises:
        Refused: S-SUPERVISOR, D-PHRASE, D-ESC-THERE.
        EnvironmentProblem: D-ESC-FILE.
    """
    require_supervisor(by, "backup escrow")
    home, now = books.home, books.runtime.clock.now_utc()
    key = read_or_create_key(home, books.runtime)
    dice = books.runtime.random.randbytes
    sealed = escrow.seal(key, passphrase, owner=_owner(books.settings), now=now, random_bytes=dice)
    escrow.write(sealed, file)
    if escrow.unseal(escrow.read(file), passphrase, file) != key:
        raise EnvironmentProblem(escrow.ESCROW_UNUSABLE, file=file, why="read back")
    try:
        write_whole(home.escrow, sealed.text())
    except OSError as error:
        raise EnvironmentProblem(escrow.ESCROW_UNUSABLE, file=home.escrow, why=error.strerror or error) from error
    with books.store.commit() as connection:
        detail = {"fingerprint": sealed.fingerprint}
        audit.append(connection, "backup.escrow", file.name, detail, now=now, operator=by.name)
    return sealed


def key_for(home: Home, runtime: Runtime, escrow_file: Path | None, passphrase: str | None) -> bytes:
    """The key that opens a backup: out of a copy of the safe, else the one at home.

    Raises:
        Refused: D-ESC-PHRASE.
        EnvironmentProblem: D-ESC-FILE; D-KEY-NONE, there is neither.
    """
    if escrow_file is not None:
        return escrow.unseal(escrow.read(escrow_file), passphrase or "", escrow_file)
    if not home.key_file.exists():
        raise EnvironmentProblem(KEY_NEEDED)
    return read_or_create_key(home, runtime)


def verify(file: Path, key: bytes) -> Proof:
    """Opens a backup and checks all of it.

    Raises:
        EnvironmentProblem: D-BACKUP-BAD.
    """
    return prove(file, key)


def restore_file(home: Home, settings: Settings, runtime: Runtime, file: Path, key: bytes) -> restore.Restored:
    """Puts a backup in the place of the store; the present one is moved aside.

    Raises:
        EnvironmentProblem: D-DESK, D-DRAIN, D-BACKUP-BAD, D-RESTORE.
        Refused: D-RESTORE-OTHER, D-ESC-OTHER.
    """
    return restore.restore(home, file, key, owner=_owner(settings), runtime=runtime)


def accept(books: Books, reason: str, *, by: SignedIn) -> datetime:
    """A supervisor lets a restored store take money although the bureau did not agree to every day since.

    Raises:
        Refused: S-SUPERVISOR, S-REASON, S-NOTRESTORED.
    """
    require_supervisor(by, "backup accept")
    if not reason.strip():
        raise Refused(REASON_MISSING)
    now = books.runtime.clock.now_utc()
    with books.store.commit() as connection:
        made_at = backup.restored_at(connection)
        if made_at is None:
            raise Refused(NOT_RESTORED)
        backup.clear_mark(connection, reason.strip(), now=now, operator=by.name)
        for one in tasks.open_tasks(connection):
            if one.kind is TaskKind.RESTORED and one.subject == text_of(made_at):
                tasks.close_task(connection, one.number, reason.strip(), now=now, operator=by.name)
    return made_at


def _owner(settings: Settings) -> str:
    """As ``offline/store.py`` writes it into a store."""
    return f"{settings.mode}/{settings.text('institution.code')}/{settings.number('desk.number')}"
