"""Stays for a list: found and read without their requests, and the same in all else as read with them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from pos_client.offline import custody, journal, money_book, settlements, stays
from pos_client.offline.custody import Document, Moved
from pos_client.offline.journal import Draft, Kind, State
from pos_client.offline.money_book import Drawer, Entry, Means, Paid
from pos_client.offline.store import StoreConnection
from pos_client.offline.visits import find_visit, record_visit
from pos_client.runtime import business_date
from tests.in_memory import memory_store
from tests.virtual import NOON


@pytest.fixture
def connection() -> Iterator[StoreConnection]:
    with memory_store() as store, store.commit() as connection:
        yield connection


def write(
    connection: StoreConnection,
    kind: Kind,
    visit: str | None = None,
    *,
    state: State | None = State.OK,
    about: str | None = None,
) -> str:
    number = len(journal.all_messages(connection))
    draft = Draft(kind, "0000", f"M{number}", "P1", 100, "{}" * 1000, about=about, visit=visit, own_number="ZY1")
    written = journal.record_intent(connection, draft, now=NOON, desk=1, operator="01")
    if state is not None:
        journal.record_outcome(connection, written.id, state, now=NOON, answer=None, evidence={})
    return written.id


def admitted(connection: StoreConnection, state: State | None = State.OK) -> str:
    id_ = write(connection, Kind.ADMIT, state=state)
    if state is State.OK:
        record_visit(connection, id_, "B1")
    return id_


def unfinished(connection: StoreConnection) -> list[str]:
    return stays.stay_ids(connection, unfinished=True)


def test_a_light_stay_is_the_stay_without_its_requests(connection: StoreConnection) -> None:
    id_ = admitted(connection)
    upload = write(connection, Kind.CHARGE, id_)
    write(connection, Kind.WITHDRAW, id_, about=upload)
    write(connection, Kind.CHARGE, id_)
    write(connection, Kind.DISCHARGE, id_, state=State.REFUSED)
    write(connection, Kind.SETTLE, id_, state=None)
    whole = find_visit(connection, id_)
    assert whole is not None
    light = stays.light_stay(connection, id_)
    bare = [replace(one, request="", own_number="" if one.visit else one.own_number) for one in whole.messages]
    assert list(light.messages) == bare
    assert (light.visit_id, light.own_number, light.state) == (whole.visit_id, "ZY1", whole.state)
    assert [one.id for one in light.unsettled_charges] == [one.id for one in whole.unsettled_charges]
    assert light.blocked_by is not None


def test_the_newest_admission_comes_first(connection: StoreConnection) -> None:
    ids = [admitted(connection) for _ in range(3)]
    write(connection, Kind.REGISTER)
    assert stays.stay_ids(connection, unfinished=False) == ids[::-1]


def test_what_is_settled_or_taken_back_is_finished(connection: StoreConnection) -> None:
    settled, taken_back, open_one = (admitted(connection) for _ in range(3))
    settle = write(connection, Kind.SETTLE, settled)
    write(connection, Kind.UNADMIT, taken_back)
    write(connection, Kind.SETTLE, open_one, state=State.REFUSED)
    assert unfinished(connection) == [open_one]
    write(connection, Kind.VOID, settled, about=settle)
    assert unfinished(connection) == [open_one, settled]


def test_a_deposit_or_a_document_keeps_it_on_the_list(connection: StoreConnection) -> None:
    first, second, third = (admitted(connection) for _ in range(3))
    for id_ in (first, second, third):
        write(connection, Kind.SETTLE, id_)
    paid = Paid(Means.CASH, 100)
    money_book.book(connection, first, Entry.DEPOSIT, paid, now=NOON, drawer=Drawer(1, "01"))
    custody.record(connection, second, Document.IC_CARD, Moved.TAKEN, now=NOON, operator="01")
    assert unfinished(connection) == [second, first]


def test_admissions_of_a_day_are_counted_in_vain_ones_too(connection: StoreConnection) -> None:
    admitted(connection)
    admitted(connection, State.REFUSED)
    write(connection, Kind.REGISTER)
    today = business_date(NOON)
    assert stays.admissions_on(connection, today) == 2
    assert stays.admissions_on(connection, today + timedelta(days=1)) == 0


def test_only_an_admission_is_a_stay(connection: StoreConnection) -> None:
    assert stays.is_stay(connection, admitted(connection))
    assert not stays.is_stay(connection, write(connection, Kind.REGISTER))
    assert not stays.is_stay(connection, "01-000099")


def test_a_stay_is_found_by_the_end_of_a_number_and_the_beginning_of_the_name(connection: StoreConnection) -> None:
    first, second = admitted(connection), admitted(connection)
    settlements.record_sale(connection, first, 0, {"person": {"name": "张建国"}})
    settlements.record_sale(connection, second, 0, {"person": {"name": "李%兰"}})
    assert stays.find_stay_ids(connection, "张") == [first]
    assert stays.find_stay_ids(connection, "国") == []
    assert stays.find_stay_ids(connection, "%") == []
    assert stays.find_stay_ids(connection, "zy1") == [second, first]
    assert stays.find_stay_ids(connection, second[-3:]) == [second]
