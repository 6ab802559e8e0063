"""The search while the clerk types: beside the writer, and honest about traceability codes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from pos_client.desk.books import Books, open_books
from pos_client.desk.catalogue_search import CatalogueSearch, is_trace_code
from pos_client.errors import Refused
from pos_client.offline import catalogue
from pos_client.offline.catalogue_file import sample_catalogue
from tests.virtual import fresh_home, virtual_runtime

TRACE = "81234567890123456789"


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    home, _ = fresh_home(tmp_path)
    with open_books(home, {}, virtual_runtime()) as opened:
        yield opened


@pytest.fixture
def search(books: Books) -> Iterator[CatalogueSearch]:
    opened = CatalogueSearch(books.home, books.runtime)
    yield opened
    opened.close()


def test_it_finds_what_is_scanned_and_typed(search: CatalogueSearch) -> None:
    assert [item.code for item in search.find("2000000000015")] == ["YD0001"]
    assert search.find("amxljn")[0].name == "阿莫西林胶囊"
    assert len(search.find("YD", limit=5)) == 5
    assert search.find("没有这个药") == []


def test_another_thread_may_search_while_the_writer_is_at_work(books: Books, search: CatalogueSearch) -> None:
    with ThreadPoolExecutor(1) as other, books.store.commit() as connection:
        catalogue.replace_items(connection, sample_catalogue()[1:])
        assert other.submit(search.find, "YD0001").result()[0].name == "阿莫西林胶囊"


def test_a_new_catalogue_is_seen_at_once(books: Books, search: CatalogueSearch) -> None:
    new = replace(sample_catalogue()[0], code="NEW1", barcode="")
    assert search.find("NEW1") == []
    with books.store.commit() as connection:
        catalogue.replace_items(connection, [new])
    assert search.find("NEW1") == [new]
    assert search.find("YD0001") == []


@pytest.mark.parametrize("typed", [TRACE, f" {TRACE} ", "８" + TRACE[1:]])
def test_a_traceability_code_is_not_called_an_unknown_item(search: CatalogueSearch, typed: str) -> None:
    with pytest.raises(Refused) as caught:
        search.find(typed)
    assert caught.value.code == "S-TRACE"


def test_an_item_whose_own_code_looks_like_one_is_found(books: Books, search: CatalogueSearch) -> None:
    with books.store.commit() as connection:
        catalogue.replace_items(connection, [replace(sample_catalogue()[0], code=TRACE)])
    assert [item.code for item in search.find(TRACE)] == [TRACE]


@pytest.mark.parametrize("typed", [TRACE[:-1], TRACE + "0", "A" + TRACE[1:], ""])
def test_anything_else_is_no_traceability_code(typed: str) -> None:
    assert not is_trace_code(typed)
