"""The catalogue in the store: found by bar code, code, initials and name."""

from pathlib import Path

import pytest

from pos_client.offline import catalogue
from pos_client.offline.catalogue_file import sample_catalogue
from pos_client.offline.store import Store
from tests.virtual import open_store


@pytest.fixture
def store(tmp_path: Path):  # type: ignore[no-untyped-def]
    opened = open_store(tmp_path)
    with opened.commit() as connection:
        catalogue.replace_items(connection, sample_catalogue())
    yield opened
    opened.close()


def _names(store: Store, typed: str) -> list[str]:
    with store.read() as connection:
        return [item.name for item in catalogue.find_items(connection, typed)]


@pytest.mark.parametrize("typed", ["YD0001", "yd0001", " YD0001 ", "2000000000015"])
def test_a_code_or_bar_code_names_one_item(store: Store, typed: str) -> None:
    assert _names(store, typed) == ["阿莫西林胶囊"]


def test_initials_find_all_items_that_begin_so(store: Store) -> None:
    assert "阿莫西林胶囊" in _names(store, "AMXL")
    assert _names(store, "amxl") == _names(store, "AMXL")
    assert len(_names(store, "AMXL")) > 1


def test_a_part_of_the_name_is_enough(store: Store) -> None:
    assert "阿莫西林胶囊" in _names(store, "西林")


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "ZZZZZZ", "不存在的药"])
def test_what_matches_nothing_finds_nothing(store: Store, typed: str) -> None:
    assert [name for name in _names(store, typed) if typed.strip() not in name] == []


def test_every_item_comes_back_as_it_went_in(store: Store) -> None:
    with store.read() as connection:
        assert catalogue.count_items(connection) == len(sample_catalogue())
        for item in sample_catalogue():
            assert catalogue.find_items(connection, item.code) == [item]


def test_a_new_catalogue_replaces_the_old_as_a_whole(store: Store) -> None:
    only = sample_catalogue()[3]
    with store.commit() as connection:
        catalogue.replace_items(connection, [only])
    assert _names(store, "YD0001") == []
    assert _names(store, only.code) == [only.name]
