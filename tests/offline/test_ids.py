"""Message ids: unique in the institution, never going back."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_client.offline.ids import IDS_IN_A_SLOT, MessageIds, next_number
from pos_client.offline.store import Store
from tests.virtual import VirtualClock, open_store

INSTITUTION = "P43999900001"


def _ids(store: Store, clock: VirtualClock, desk: int = 1) -> MessageIds:
    return MessageIds(store, clock, INSTITUTION, desk)


def test_an_id_is_institution_time_desk_and_counter(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    assert _ids(store, VirtualClock(), desk=7).for_query() == INSTITUTION + "20261121120000" + "0700"
    store.close()


def test_ids_stay_unique_and_rise_whatever_the_clock_does(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    clock = VirtualClock()
    given_out = []

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(st.integers(-100_000, 100_000), st.sampled_from(["query", "booking", "restart"]))))
    def a_day(steps: list[tuple[int, str]]) -> None:
        ids = _ids(store, clock)
        for seconds, step in steps:
            clock.advance(seconds=seconds)
            if step == "restart":
                ids = _ids(store, clock)
            elif step == "query":
                given_out.append(ids.for_query())
            else:
                with store.commit() as connection:
                    given_out.append(ids.for_booking(connection))

    a_day()
    assert len(set(given_out)) == len(given_out) > 100
    assert all(len(one) == 30 and one.startswith(INSTITUTION) and one.isalnum() for one in given_out)
    store.close()


def test_a_hundred_queries_cost_one_commit(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    ids = _ids(store, VirtualClock())
    commits = 0
    counted = store.commit

    def commit():  # type: ignore[no-untyped-def]
        nonlocal commits
        commits += 1
        return counted()

    store.commit = commit  # type: ignore[method-assign]
    assert len({ids.for_query() for _ in range(IDS_IN_A_SLOT)}) == IDS_IN_A_SLOT
    assert commits == 1
    ids.for_query()
    assert commits == 2
    store.close()


def test_an_id_for_booking_that_was_not_committed_may_be_given_again(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    ids = _ids(store, VirtualClock())
    with store.read() as connection:
        thrown_away = ids.for_booking(connection)
    with store.commit() as connection:
        assert ids.for_booking(connection) == thrown_away
    store.close()


def test_running_numbers_have_no_gap(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    numbers = []
    for _ in range(3):
        with store.commit() as connection:
            numbers.append(next_number(connection))
    assert numbers == [1, 2, 3]
    store.close()
