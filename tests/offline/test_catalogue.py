"""The catalogue in the store: found by bar code, code, initials and name."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete

from pos_client.offline import catalogue, schema
from pos_client.offline.catalogue_file import Item, initials, sample_catalogue
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


def _item(code: str, name: str, barcode: str = "") -> Item:
    return replace(sample_catalogue()[0], code=code, name=name, barcode=barcode, initials=initials(name))


def _search(store: Store, typed: str, limit: int = 20) -> list[str]:
    with store.read() as connection:
        return [item.code for item in catalogue.search_items(connection, typed, limit)]


@pytest.fixture
def shelf(store: Store) -> Store:
    """A few items whose initials, codes and names begin alike."""
    items = [
        _item("B2", "阿莫西林克拉维酸钾片"),
        _item("A9", "阿莫西林"),
        _item("A1", "阿莫西林"),
        _item("AMXL", "头孢氨苄"),
        _item("AMXL2", "维生素C片", "6900000000007"),
        _item("C3", "注射用阿莫西林"),
        _item("6900000000007X", "氯化钠"),
    ]
    with store.commit() as connection:
        catalogue.replace_items(connection, items)
    return store


@pytest.mark.parametrize("typed", ["amxl", "AMXL", " ａｍｘｌ "])
def test_that_code_then_those_initials_then_longer_ones_then_codes_that_begin_so(shelf: Store, typed: str) -> None:
    assert _search(shelf, typed) == ["AMXL", "A1", "A9", "B2", "AMXL2"]


def test_no_more_are_found_than_asked_for(shelf: Store) -> None:
    assert _search(shelf, "AMXL", 2) == ["AMXL", "A1"]
    assert len(_search(shelf, "西林", 3)) == 3


@pytest.mark.parametrize("typed", ["6900000000007", "６900000000007"])
def test_a_scanned_bar_code_names_its_item_alone(shelf: Store, typed: str) -> None:
    assert _search(shelf, typed) == ["AMXL2"]


def test_chinese_is_a_part_of_the_name_and_names_that_begin_so_come_first(shelf: Store) -> None:
    assert _search(shelf, "阿莫") == ["A1", "A9", "B2", "C3"]
    assert _search(shelf, "氨苄") == ["AMXL"]
    assert _search(shelf, "阿莫", 2) == ["A1", "A9"]


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "Q", "不存在的药"])
def test_what_is_nowhere_is_not_found(shelf: Store, typed: str) -> None:
    assert _search(shelf, typed) == []


def test_the_empty_catalogue_is_searched_without_complaint(store: Store) -> None:
    with store.commit() as connection:
        connection.execute(delete(schema.item))
    assert _search(store, "A") == []


@pytest.mark.parametrize("typed", ["Y", "YD0001", "2000000000015"])
def test_what_is_typed_in_latin_never_makes_the_search_read_the_whole_table(store: Store, typed: str) -> None:
    with store.read() as connection:
        steps: list[str] = []
        driven = connection.connection.dbapi_connection
        assert driven is not None
        driven.set_trace_callback(steps.append)
        catalogue.search_items(connection, typed, 20)
        driven.set_trace_callback(None)
        plans = [row[3] for step in steps for row in driven.execute(f"EXPLAIN QUERY PLAN {step}")]
    assert plans
    assert [plan for plan in plans if plan.startswith("SCAN")] == []
