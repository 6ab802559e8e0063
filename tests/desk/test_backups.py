"""Backups and the key's copy, as the desk's people use them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_client.config import Home
from pos_client.desk import backups, operators
from pos_client.desk.books import Books, open_books
from pos_client.desk.operators import SignedIn, who_acts
from pos_client.errors import EnvironmentProblem, Problem, Refused
from pos_client.offline.backup import list_backups
from pos_client.offline.locks import drain_lock
from pos_client.offline.operators import Role
from tests.virtual import fresh_home, virtual_runtime

PASSPHRASE = "correct horse battery staple"


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    home, _ = fresh_home(tmp_path)
    with open_books(home, {}, virtual_runtime()) as opened:
        yield opened


def _code(problem: pytest.ExceptionInfo[Problem]) -> str:
    return problem.value.code


def test_a_backup_is_made_beside_an_open_store_and_old_ones_go(books: Books) -> None:
    books.home.config_file.write_text(
        books.home.config_file.read_text(encoding="utf-8").replace("keep = 30 ", "keep = 2 "), encoding="utf-8"
    )
    with open_books(books.home, {}, virtual_runtime()) as beside:
        made = [backups.make_now(beside) for _ in range(3)]
    assert [one.removed for one in made if one is not None] == [0, 0, 1]
    assert len(list_backups(books.home)) == 2


def test_no_backup_is_made_beside_an_evening(books: Books) -> None:
    with drain_lock(books.home), pytest.raises(EnvironmentProblem) as caught:
        backups.make_now(books)
    assert _code(caught) == "D-DRAIN"


def test_a_store_that_lies_in_no_file_has_no_backup(books: Books, tmp_path: Path) -> None:
    elsewhere = Books(Home(tmp_path / "memory"), books.settings, books.runtime, books.store)
    assert backups.make(elsewhere) is None


def test_the_copy_of_the_key_opens_a_backup_on_another_machine(books: Books, tmp_path: Path) -> None:
    made = backups.make(books)
    assert made is not None
    sealed = backups.write_escrow(books, tmp_path / "safe.toml", PASSPHRASE, by=who_acts(books))
    assert sealed.owner == "training/P43999900001/1"
    other = Home(tmp_path / "other")
    key = backups.key_for(other, books.runtime, tmp_path / "safe.toml", PASSPHRASE)
    assert backups.verify(made.backup.file, key).messages == 0
    with pytest.raises(Refused) as caught:
        backups.key_for(other, books.runtime, tmp_path / "safe.toml", "something else entirely")
    assert _code(caught) == "D-ESC-PHRASE"
    with pytest.raises(EnvironmentProblem) as missing:
        backups.key_for(other, books.runtime, None, None)
    assert _code(missing) == "D-KEY-NONE"


def test_what_is_known_of_the_copy_is_kept_at_home(books: Books, tmp_path: Path) -> None:
    key = backups.key_for(books.home, books.runtime, None, None)
    assert backups.escrow_standing(books.home, key) is None
    backups.write_escrow(books, tmp_path / "safe.toml", PASSPHRASE, by=who_acts(books))
    standing = backups.escrow_standing(books.home, key)
    assert standing is not None
    assert standing.fits
    other = backups.escrow_standing(books.home, key[::-1])
    assert other is not None
    assert not other.fits


def test_a_copy_of_the_key_wants_a_supervisor(books: Books, tmp_path: Path) -> None:
    cashier = SignedIn("02", "李四", Role.CASHIER)
    for act in (
        lambda: backups.write_escrow(books, tmp_path / "safe.toml", PASSPHRASE, by=cashier),
        lambda: backups.accept(books, "because", by=cashier),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert _code(caught) == "S-SUPERVISOR"
    assert not (tmp_path / "safe.toml").exists()
    assert operators.listed(books) == []


def test_a_home_that_cannot_keep_what_it_knows_of_the_copy_is_said_so(books: Books, tmp_path: Path) -> None:
    books.home.escrow.mkdir()
    with pytest.raises(EnvironmentProblem) as caught:
        backups.write_escrow(books, tmp_path / "safe.toml", PASSPHRASE, by=who_acts(books))
    assert _code(caught) == "D-ESC-FILE"
