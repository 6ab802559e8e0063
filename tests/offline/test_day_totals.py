"""A day's totals as 3201 wants them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from pos_client.offline import day_totals, journal, settlements
from pos_client.offline.day_totals import Group, Sums, summed, totals_of_days
from pos_client.offline.journal import Draft, Kind, State
from pos_client.offline.settlements import Settlement
from pos_client.offline.store import Store, StoreConnection
from tests.virtual import NOON, open_store

TODAY = date(2026, 11, 21)
PHARMACY = Group("310", "41", "439900")
OUTPATIENT = Group("310", "11", "439900")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    yield opened
    opened.close()


def _book(
    connection: StoreConnection,
    total_fen: int,
    *,
    settled_at: str = "2026-11-21 12:00:00",
    group: tuple[str, str, str] = PHARMACY,
    state: State = State.OK,
    about: str | None = None,
    now: datetime = NOON,
    skew_ms: int = 0,
) -> str:
    number = len(journal.all_messages(connection))
    draft = Draft(
        kind=Kind.SETTLE if about is None else Kind.VOID,
        transaction="2102",
        message_id=f"m{number}",
        person_no="p",
        amount_fen=total_fen,
        request="{}",
        about=about,
        skew_ms=skew_ms,
    )
    id_ = journal.record_intent(connection, draft, now=now, desk=1, operator="01").id
    if state is not State.INTENT:
        journal.record_outcome(connection, id_, state, now=now, answer=None, evidence={})
    if state is State.OK:
        fund, account = total_fen // 2, total_fen // 4
        cash = total_fen - fund - account
        booked = Settlement(f"s{number}", f"v{number}", settled_at, total_fen, fund, account, cash, *group)
        settlements.record_settlement(connection, id_, booked)
    return id_


def test_an_unused_store_has_nothing_to_compare(store: Store) -> None:
    with store.read() as connection:
        assert totals_of_days(connection, TODAY, TODAY) == {TODAY: {}}
        assert day_totals.known_groups(connection) == set()
        assert day_totals.days_with_books(connection) is None
        assert day_totals.open_on(connection, TODAY) == []


def test_settlements_are_summed_by_group(store: Store) -> None:
    with store.commit() as connection:
        _book(connection, 1000)
        _book(connection, 400)
        _book(connection, 800, group=OUTPATIENT)
        assert totals_of_days(connection, TODAY, TODAY)[TODAY] == {
            PHARMACY: Sums(1400, 700, 350, 350, 2),
            OUTPATIENT: Sums(800, 400, 200, 200, 1),
        }
        assert day_totals.known_groups(connection) == {PHARMACY, OUTPATIENT}


def test_only_what_is_certain_counts(store: Store) -> None:
    with store.commit() as connection:
        for state in (State.REFUSED, State.UNKNOWN, State.INTENT, State.NOT_SENT):
            _book(connection, 1000, state=state)
        assert totals_of_days(connection, TODAY, TODAY) == {TODAY: {}}
        assert day_totals.open_on(connection, TODAY) == ["01-000002", "01-000003"]
        assert day_totals.open_on(connection, TODAY - timedelta(days=1)) == []


def test_a_cancelled_pair_nets_to_zero_and_counts_two(store: Store) -> None:
    with store.commit() as connection:
        _book(connection, -1000, about=_book(connection, 1000))
        assert totals_of_days(connection, TODAY, TODAY)[TODAY] == {PHARMACY: Sums(0, 0, 0, 0, 2)}


def test_a_cancellation_counts_on_its_own_day_in_the_group_of_what_it_cancels(store: Store) -> None:
    yesterday = TODAY - timedelta(days=1)
    with store.commit() as connection:
        settled = _book(connection, 1000, settled_at="2026-11-20 18:00:00", now=NOON - timedelta(days=1))
        _book(connection, -1000, about=settled, group=("", "", ""))
        found = totals_of_days(connection, yesterday, TODAY)
        assert found[yesterday] == {PHARMACY: Sums(1000, 500, 250, 250, 1)}
        assert found[TODAY] == {PHARMACY: Sums(-1000, -500, -250, -250, 1)}
        assert day_totals.days_with_books(connection) == (yesterday, TODAY)


def test_the_bureaus_clock_decides_the_day(store: Store) -> None:
    before_midnight = datetime.fromisoformat("2026-11-21T15:59:59.000Z")
    with store.commit() as connection:
        _book(connection, 1000, settled_at="2026-11-22 00:00:01", now=before_midnight)
        found = totals_of_days(connection, TODAY, TODAY + timedelta(days=1))
        assert [list(one.values()) for one in found.values()] == [[], [Sums(1000, 500, 250, 250, 1)]]


@pytest.mark.parametrize("told", ["", "yesterday", "20261122"])
def test_where_it_does_not_tell_the_time_our_message_does_by_its_clock(store: Store, told: str) -> None:
    before_midnight = datetime.fromisoformat("2026-11-21T15:59:59.000Z")
    with store.commit() as connection:
        # Our clock was two minutes behind: there it was already the next day.
        _book(connection, 1000, settled_at=told, now=before_midnight, skew_ms=-120_000)
        found = totals_of_days(connection, TODAY, TODAY + timedelta(days=1))
        assert (len(found[TODAY]), len(found[TODAY + timedelta(days=1)])) == (0, 1)


def test_days_outside_of_what_is_asked_stay_outside(store: Store) -> None:
    with store.commit() as connection:
        for day in ("2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"):
            _book(connection, 1000, settled_at=f"{day} 12:00:00")
        found = totals_of_days(connection, date(2026, 11, 20), TODAY)
        assert {day.day: one[PHARMACY].count for day, one in found.items()} == {20: 1, 21: 1}


def test_a_group_without_its_agency_is_no_known_one(store: Store) -> None:
    with store.commit() as connection:
        _book(connection, 1000, group=("310", "41", ""))
        assert day_totals.known_groups(connection) == set()
        assert list(totals_of_days(connection, TODAY, TODAY)[TODAY]) == [Group("310", "41", "")]


def test_desks_are_added_group_by_group() -> None:
    one = {PHARMACY: Sums(10, 5, 3, 2, 1)}
    other = {PHARMACY: Sums(-10, -5, -3, -2, 1), OUTPATIENT: Sums(1, 1, 0, 0, 1)}
    assert summed([one, other, {}]) == {PHARMACY: Sums(0, 0, 0, 0, 2), OUTPATIENT: Sums(1, 1, 0, 0, 1)}


@pytest.mark.parametrize(
    "record", [{"total_fen": 1}, Sums().record() | {"count": "1"}, Sums().record() | {"count": 1.0}]
)
def test_totals_that_are_none_are_refused(record: dict[str, int]) -> None:
    with pytest.raises((KeyError, TypeError)):
        Sums.of(record)
    assert Sums.of(Sums(1, 2, 3, 4, 5).record() | {"more": 6}) == Sums(1, 2, 3, 4, 5)
