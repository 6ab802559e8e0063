"""The key of the store: 256 random bits in a file that only its user may read, created once, never replaced.

A lost key is lost unsent settlements, so a missing key beside an existing database stops the program instead of
making a new one (design, "sealing").
"""

import os
import stat
from pathlib import Path

from pos_client.config import HOME_UNUSABLE, Home
from pos_client.errors import EnvironmentProblem
from pos_client.offline.words import KEY_MISSING, KEY_WRONG
from pos_client.runtime import Runtime

KEY_BYTES = 32


def read_or_create_key(home: Home, runtime: Runtime) -> bytes:
    """The key of a home's store; made on the first start, before there is a database.

    Raises:
        EnvironmentProblem: D-KEY when a database is there and its key is not; D-KEY-WRONG when the file holds no
            key or others may read it; E-HOME when it cannot be read or written.
    """
    try:
        if home.key_file.exists():
            return _read(home.key_file)
        if home.database.exists():
            raise EnvironmentProblem(KEY_MISSING, file=home.key_file)
        return _create(home.key_file, runtime.random.randbytes(KEY_BYTES))
    except OSError as error:
        raise EnvironmentProblem(HOME_UNUSABLE, folder=home.folder, why=error.strerror or error) from error


def _read(file: Path) -> bytes:
    text = file.read_text(encoding="ascii", errors="replace").strip()
    open_to_others = os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES or open_to_others:
        raise EnvironmentProblem(KEY_WRONG, {"readable_by_others": bool(open_to_others), "bytes": len(key)})
    return key


def _create(file: Path, key: bytes) -> bytes:
    """Two programs that start at once on a fresh home must end with one key: the first link wins."""
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(key.hex() + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        return _read(file)
    finally:
        draft.unlink()
    return key
