"""The catalogue while somebody types: opened by whoever looks first, let go at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_client.desk.found_items import MOST_SHOWN, FoundItem, ItemSearch
from pos_client.desk.station import open_counter
from tests.virtual import fresh_home, virtual_runtime


@pytest.fixture
def search(tmp_path: Path) -> Iterator[ItemSearch]:
    home, _ = fresh_home(tmp_path)
    runtime = virtual_runtime()
    with open_counter(home, {}, runtime):
        made = ItemSearch(home, runtime, "zh")
        yield made
        made.close()


def test_a_code_finds_its_item_ready_to_be_shown(search: ItemSearch) -> None:
    (found,) = search.find("YD0001")
    assert found == FoundItem("YD0001", "阿莫西林胶囊", found.spec, "12.60", "甲", own_expense=False, maker=found.maker)
    assert found.spec


def test_letters_find_at_most_eight(search: ItemSearch) -> None:
    found = search.find("a")
    assert 1 < len(found) <= MOST_SHOWN
    assert len({one.code for one in found}) == len(found)


def test_what_the_fund_does_not_pay_is_marked(search: ItemSearch) -> None:
    (found,) = search.find("WSSCPTP")
    assert (found.own_expense, found.class_word) == (True, "自费")


@pytest.mark.parametrize("typed", ["", "nothing-like-this", "%", "_", "'", "\x00", "😀", "x" * 1_000])
def test_what_fits_nothing_finds_nothing(search: ItemSearch, typed: str) -> None:
    assert search.find(typed) == ()


def test_closed_twice_it_can_be_asked_again(search: ItemSearch) -> None:
    search.close()
    search.close()
    assert search.find("YD0001")
