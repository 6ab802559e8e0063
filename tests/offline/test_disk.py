"""The real disk: an encrypted file that is proven durable before money is taken on it."""

import errno
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from pos_client.errors import EnvironmentProblem
from pos_client.offline import disk
from pos_client.offline.disk import EncryptedFile, is_full

KEY = bytes(range(32))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Any]:
    with closing(EncryptedFile().connect(tmp_path / "books.db", KEY)) as opened:
        yield opened


def _refused(connection: Any) -> str:
    with pytest.raises(EnvironmentProblem) as caught:
        EncryptedFile().prove_durable(connection)
    assert caught.value.code == "D-UNSAFE"
    return caught.value.sentence("en")


def test_what_it_opens_is_durable(connection: Any) -> None:
    EncryptedFile().prove_durable(connection)


def test_another_key_does_not_open_the_file(tmp_path: Path, connection: Any) -> None:
    connection.execute("CREATE TABLE kept (a)")
    with pytest.raises(dbapi2.DatabaseError):
        EncryptedFile().connect(tmp_path / "books.db", bytes(32))
    with closing(EncryptedFile().connect(tmp_path / "books.db", KEY)) as again:
        assert again.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_a_wrong_key_says_nothing_on_the_screen(
    tmp_path: Path, connection: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    connection.execute("CREATE TABLE kept (a)")
    with pytest.raises(dbapi2.DatabaseError):
        EncryptedFile().connect(tmp_path / "books.db", bytes(32))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("pragma", ["synchronous = NORMAL", "synchronous = OFF", "foreign_keys = OFF"])
def test_what_is_set_otherwise_is_not_durable(connection: Any, pragma: str) -> None:
    connection.execute(f"PRAGMA {pragma}")
    assert "WAL, FULL" in _refused(connection)


def test_a_database_that_does_not_write_ahead_is_not_durable(connection: Any) -> None:
    connection.execute("PRAGMA journal_mode = DELETE")
    assert "WAL, FULL" in _refused(connection)


def test_a_library_that_encrypts_nothing_is_not_durable() -> None:
    class Plain:
        def execute(self, statement: str) -> "Plain":
            assert statement == "PRAGMA cipher_version"
            return self

        def fetchone(self) -> None:
            return None

    assert "no SQLCipher" in _refused(Plain())


def test_a_library_that_may_corrupt_a_log_is_not_durable(connection: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "FIRST_SAFE_SQLITE", (99, 0, 0))
    assert "SQLite 3." in _refused(connection)


def test_a_folder_with_room_is_not_full_and_stays_as_it_was(tmp_path: Path) -> None:
    assert not is_full(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "full"), [(errno.ENOSPC, True), (errno.EDQUOT, True), (errno.EIO, False), (errno.EROFS, False)]
)
def test_only_a_folder_without_room_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, full: bool
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(code, "no")

    monkeypatch.setattr("os.fsync", fail)
    assert is_full(tmp_path) is full
    assert list(tmp_path.iterdir()) == []
