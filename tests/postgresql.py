"""A private, real PostgreSQL server for the tests alone: any installed version, its socket in a folder, no port.

Nothing of a test outlives the test, so the server does not wait for the disk unless it is asked to.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.logs import log_file

LOG = log_file("postgresql")
_DEBIAN = Path("/usr/lib/postgresql")
_START_S = 60


class PostgresqlMissing(Exception):
    """No server program is installed; says which package brings it."""


class PrivatePostgresql:
    """A running server with any number of empty databases."""

    def __init__(self, programs: Path, folder: Path, as_user: list[str], *, durable: bool) -> None:
        self._programs = programs
        self._durable = durable
        self._folder = folder
        self._as_user = as_user
        self._databases = 0

    def fresh_database(self) -> str:
        """The SQLAlchemy URL of a new, empty database."""
        self._databases += 1
        name = f"ledger{self._databases}"
        self.run("createdb", "--host", str(self._folder), "--username", "bureau", name)
        return f"postgresql+psycopg://bureau@/{name}?host={self._folder}"

    def run(self, program: str, *arguments: str) -> None:
        """Runs a program of the installation to its end."""
        command = [*self._as_user, str(self._programs / program), *arguments]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True)
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"

    def serve(self) -> "subprocess.Popen[bytes]":
        """Starts the server and waits until it takes connections; it ends with this process, however that ends."""
        data = self._folder / "data"
        forms = ["--no-locale", "--encoding", "UTF8"]
        self.run("initdb", "--pgdata", str(data), "--username", "bureau", "--auth", "trust", *forms)
        fsync = "on" if self._durable else "off"
        settings = [f"--unix_socket_directories={self._folder}", "--listen_addresses=", f"--fsync={fsync}"]
        with LOG.open("wb") as log:
            server = subprocess.Popen(
                # setpriv changes the user first: a change of user would clear the signal of the parent's end.
                [*self._as_user, "--pdeathsig=QUIT", str(self._programs / "postgres"), "-D", str(data), *settings],
                cwd="/",
                stdout=log,
                stderr=log,
            )
        ends = time.monotonic() + _START_S
        ready = [str(self._programs / "pg_isready"), "--quiet", "--host", str(self._folder)]
        while subprocess.run(ready).returncode != 0:
            assert server.poll() is None, f"postgres ended at once; see {LOG}"
            assert time.monotonic() < ends, f"postgres does not serve; see {LOG}"
            time.sleep(0.02)
        return server


@contextmanager
def running_postgresql(*, durable: bool = False) -> Iterator[PrivatePostgresql]:
    """A server for the length of a ``with`` block; a durable one has every commit on the disk before it answers.

    Raises:
        PostgresqlMissing: no version of PostgreSQL is installed.
    """
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    try:
        as_user = ["setpriv"]
        if os.geteuid() == 0:  # the server refuses to run as root
            owner = _unprivileged()
            os.chown(folder, owner.pw_uid, owner.pw_gid)
            as_user += [f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
        postgresql = PrivatePostgresql(programs, folder, as_user, durable=durable)
        server = postgresql.serve()
        try:
            yield postgresql
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait()
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    """The folder of the newest version, Debian's first."""
    versions = sorted(_DEBIAN.glob("*/bin/postgres"), key=lambda program: float(program.parts[-3]))
    if versions:
        return versions[-1].parent
    elsewhere = shutil.which("postgres")
    if elsewhere is None:
        raise PostgresqlMissing("install the Debian package postgresql")
    return Path(elsewhere).resolve().parent


def _unprivileged() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PrivatePostgresql]:
    """A server of this test run; without one the tests fail, they are not skipped."""
    with running_postgresql() as server:
        yield server
