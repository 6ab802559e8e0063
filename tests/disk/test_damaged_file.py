"""A database file that is not what it was, or that somebody else holds: the told sentence, and nothing touched."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pos_client.config import Home
from pos_client.errors import EnvironmentProblem, Problem
from pos_client.offline.disk import EncryptedFile
from tests.disk.acts import begin_sale, done_in, end_sale
from tests.virtual import open_store, virtual_runtime

PAGE = 4096


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with twenty sales, closed."""
    store = open_store(tmp_path)
    for number in range(20):
        end_sale(store, begin_sale(store, number).id)
    store.close()
    return Home(tmp_path / "home")


def _another_key(home: Home) -> None:
    home.key_file.write_text("5a" * 32)


def _cut_in_the_middle(home: Home) -> None:
    content = home.database.read_bytes()
    home.database.write_bytes(content[: len(content) // PAGE // 2 * PAGE])


def _cut_within_a_page(home: Home) -> None:
    home.database.write_bytes(home.database.read_bytes()[: PAGE + 1000])


def _cut_within_the_first_page(home: Home) -> None:
    home.database.write_bytes(home.database.read_bytes()[:1000])


def _first_page_garbled(home: Home) -> None:
    content = bytearray(home.database.read_bytes())
    content[100] ^= 1
    home.database.write_bytes(content)


def _plain_text(home: Home) -> None:
    home.database.write_text("not a database\n" * 1000)


@pytest.mark.parametrize(
    "damage",
    [
        _another_key,
        _cut_in_the_middle,
        _cut_within_a_page,
        _cut_within_the_first_page,
        _first_page_garbled,
        _plain_text,
    ],
)
def test_what_cannot_be_opened_is_told_and_left_as_it_is(
    home: Home, damage: Callable[[Home], None], capfd: pytest.CaptureFixture[str]
) -> None:
    damage(home)
    before = home.database.read_bytes()
    with pytest.raises(EnvironmentProblem) as caught:
        open_store(home.folder.parent)
    assert caught.value.code == "D-KEY-WRONG"
    assert home.database.read_bytes() == before
    assert capfd.readouterr() == ("", ""), "the library tells nothing beside the clerk's sentence"


def test_a_page_that_was_changed_is_noticed_where_it_is_read_and_never_believed(home: Home) -> None:
    """Each page carries a seal; the start reads only a few, the rest is noticed by whoever reads it."""
    content = home.database.read_bytes()
    refused, noticed_later = [], 0
    for page in range(1, len(content) // PAGE):
        changed = bytearray(content)
        changed[page * PAGE + 2000] ^= 1
        home.database.write_bytes(changed)
        try:
            store = open_store(home.folder.parent)
        except Problem as problem:
            refused.append(problem.code)
            continue
        with pytest.raises((Problem, AssertionError)):
            done_in(store)
        store.close()
        noticed_later += 1
    assert set(refused) <= {"D-KEY-WRONG"}
    assert len(refused) + noticed_later == len(content) // PAGE - 1 > 20


def test_a_locked_database_is_busy_and_then_not_any_more(home: Home) -> None:
    key = bytes.fromhex(home.key_file.read_text())
    impatient = replace(virtual_runtime(), disk=EncryptedFile(busy_timeout_ms=50))
    store = open_store(home.folder.parent, impatient)
    before = done_in(store)
    with closing(EncryptedFile().connect(home.database, key)) as somebody_else:
        somebody_else.execute("BEGIN IMMEDIATE")
        with pytest.raises(EnvironmentProblem) as caught:
            begin_sale(store, 100)
        assert caught.value.code == "D-BUSY"
        assert done_in(store) == before, "reading goes on beside a writer"
        somebody_else.execute("ROLLBACK")
    done = begin_sale(store, 100)
    assert done_in(store) == before | {done}
    store.close()


def test_a_start_beside_a_writer_waits_for_its_time_and_is_then_told(home: Home) -> None:
    key = bytes.fromhex(home.key_file.read_text())
    impatient = replace(virtual_runtime(), disk=EncryptedFile(busy_timeout_ms=50))
    with closing(EncryptedFile().connect(home.database, key)) as somebody_else:
        somebody_else.execute("BEGIN IMMEDIATE")
        with pytest.raises(EnvironmentProblem) as caught:
            open_store(home.folder.parent, impatient)
        assert caught.value.code == "D-BUSY"
        somebody_else.execute("ROLLBACK")
    open_store(home.folder.parent, impatient).close()
