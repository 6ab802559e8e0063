"""How money follows an outcome: whatever happens, what was laid down is kept or goes back, each by its means."""

from collections.abc import Iterator, Sequence
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_client.offline import journal, money_book, money_moves, tasks
from pos_client.offline.journal import Draft, Kind, Message, State
from pos_client.offline.money_book import Drawer, Entry, Means, Paid
from pos_client.offline.store import Store
from pos_client.offline.tasks import TaskKind
from tests.in_memory import memory_store
from tests.virtual import NOON

DRAWER = Drawer(1, "01")
NUMBERS = count(1)
CASH, CARD, WECHAT = Means.CASH, Means.BANK_CARD, Means.WECHAT
Entries = dict[Entry, int]


@pytest.fixture
def store() -> Iterator[Store]:
    with memory_store() as opened:
        yield opened


def _intend(store: Store, kind: Kind = Kind.SETTLE, about: str | None = None, visit: str | None = None) -> Message:
    draft = Draft(kind, "2102", f"P{next(NUMBERS):029d}", "person", 100, "{}", about=about, visit=visit)
    with store.commit() as connection:
        return journal.record_intent(connection, draft, now=NOON, desk=1, operator="01")


def _sell(store: Store, *tender: Paid, visit: str | None = None) -> Message:
    sale = _intend(store, visit=visit)
    with store.commit() as connection:
        money_moves.lay_down(connection, sale.id, tender, now=NOON, drawer=DRAWER)
    return sale


def _move(store: Store, message: Message, cash_fen: int | None) -> None:
    with store.commit() as connection:
        money_moves.move_money(connection, message, cash_fen, now=NOON, drawer=DRAWER)


def _leave(store: Store, message: Message) -> None:
    with store.commit() as connection:
        money_moves.customer_left(connection, message, now=NOON, drawer=DRAWER)


def _entries(store: Store, id_: str) -> Entries:
    with store.read() as connection:
        return {entry: fen for entry, fen in money_book.totals_fen(connection, id_).items() if fen}


def _kept(store: Store, sale: Message, *voids: Message) -> list[Paid]:
    with store.read() as connection:
        return money_book.kept(connection, sale.id, [one.id for one in voids])


def _tasks(store: Store) -> list[tuple[TaskKind, str, object]]:
    with store.read() as connection:
        return [(one.kind, one.subject, one.evidence.get("short_fen")) for one in tasks.open_tasks(connection)]


def test_a_settled_tender_becomes_a_receipt_and_change(store: Store) -> None:
    sale = _sell(store, Paid(CASH, 2000))
    _move(store, sale, 1260)
    assert _entries(store, sale.id) == {Entry.TENDER: 2000, Entry.RECEIPT: 1260, Entry.CHANGE: 740}


def test_a_tender_goes_back_when_nothing_was_booked(store: Store) -> None:
    sale = _sell(store, Paid(CASH, 2000), Paid(CARD, 500, "V1"))
    _move(store, sale, None)
    assert _entries(store, sale.id) == {Entry.TENDER: 2500, Entry.HAND_BACK: 2500}
    assert _kept(store, sale) == []


def test_what_cannot_be_given_back_at_the_counter_is_used_up_first(store: Store) -> None:
    sale = _sell(store, Paid(CASH, 1000), Paid(WECHAT, 700, "W1"), Paid(CARD, 500, "V1"))
    _move(store, sale, 900)
    assert _kept(store, sale) == [Paid(CARD, 500, "V1"), Paid(WECHAT, 400, "W1")]
    assert _entries(store, sale.id)[Entry.CHANGE] == 1000
    assert _entries(store, sale.id)[Entry.HAND_BACK] == 300


def test_what_the_bureau_settled_above_the_tender_is_a_task_and_no_receipt(store: Store) -> None:
    sale = _sell(store, Paid(CASH, 1000))
    _move(store, sale, 1300)
    assert _entries(store, sale.id) == {Entry.TENDER: 1000, Entry.RECEIPT: 1000}
    assert _tasks(store) == [(TaskKind.COLLECT, sale.id, 300)]
    with store.commit() as connection:
        money_moves.collect(connection, sale.id, Paid(CASH, 300), now=NOON, drawer=DRAWER)
    assert _kept(store, sale) == [Paid(CASH, 1300)]


def test_a_void_refunds_what_was_kept_by_the_means_by_which_it_came(store: Store) -> None:
    sale = _sell(store, Paid(CARD, 500, "V1"), Paid(CASH, 1000))
    _move(store, sale, 1600)
    assert [kind for kind, _, _ in _tasks(store)] == [TaskKind.COLLECT]
    void = _intend(store, Kind.VOID, about=sale.id)
    _move(store, void, -1600)
    assert _entries(store, void.id) == {Entry.REFUND: 1500}
    assert _kept(store, sale, void) == []
    assert _tasks(store) == []


def test_a_void_that_was_not_booked_moves_nothing(store: Store) -> None:
    sale = _sell(store, Paid(CASH, 1000))
    _move(store, sale, 1000)
    void = _intend(store, Kind.VOID, about=sale.id)
    _move(store, void, None)
    assert _entries(store, void.id) == {}
    assert _kept(store, sale) == [Paid(CASH, 1000)]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.SETTLE, Kind.VOID)])
def test_only_settlements_and_voids_move_money(store: Store, kind: Kind) -> None:
    message = _intend(store, kind)
    _move(store, message, None)
    assert _entries(store, message.id) == {}


def test_who_has_left_has_the_money_and_owes_nothing_when_it_was_settled_all_the_same(store: Store) -> None:
    sale = _sell(store, Paid(CASH, 1000))
    _leave(store, sale)
    _move(store, sale, 1000)
    assert _entries(store, sale.id) == {Entry.TENDER: 1000, Entry.HAND_BACK: 1000}
    assert _tasks(store) == []
    void = _intend(store, Kind.VOID, about=sale.id)
    _move(store, void, -1000)
    assert _entries(store, void.id) == {}


def _sell_provisionally(store: Store, tender_fen: int, kept_fen: int) -> Message:
    """The goods are out and the cash is kept before the bureau has agreed."""
    sale = _sell(store, Paid(CASH, tender_fen))
    with store.commit() as connection:
        for entry, amount_fen in ((Entry.RECEIPT, kept_fen), (Entry.CHANGE, tender_fen - kept_fen)):
            money_book.book(connection, sale.id, entry, Paid(CASH, amount_fen), now=NOON, drawer=DRAWER)
    return sale


def test_a_provisional_settlement_that_the_bureau_leaves_as_it_was_moves_nothing(store: Store) -> None:
    sale = _sell_provisionally(store, 2000, 1500)
    _move(store, sale, 1500)
    assert _entries(store, sale.id) == {Entry.TENDER: 2000, Entry.RECEIPT: 1500, Entry.CHANGE: 500}
    assert _tasks(store) == []


def test_a_provisional_settlement_that_was_too_cheap_is_to_be_collected(store: Store) -> None:
    sale = _sell_provisionally(store, 2000, 1500)
    _move(store, sale, 1700)
    assert _tasks(store) == [(TaskKind.COLLECT, sale.id, 200)]
    assert _kept(store, sale) == [Paid(CASH, 1500)]


def test_a_provisional_settlement_that_was_too_dear_is_to_be_given_back(store: Store) -> None:
    sale = _sell_provisionally(store, 2000, 1500)
    _move(store, sale, 1000)
    with store.read() as connection:
        (task,) = tasks.open_tasks(connection)
    assert (task.kind, task.subject, task.evidence) == (TaskKind.GIVE_BACK, sale.id, {"over_fen": 500})
    with store.commit() as connection:
        money_moves.give_back(connection, sale.id, Paid(CASH, 500), now=NOON, drawer=DRAWER)
    assert _kept(store, sale) == [Paid(CASH, 1000)]


def test_a_void_gives_back_what_was_too_dear_with_the_rest_and_nobody_does_it_again(store: Store) -> None:
    sale = _sell_provisionally(store, 2000, 1500)
    _move(store, sale, 1000)
    void = _intend(store, Kind.VOID, about=sale.id)
    _move(store, void, -1000)
    assert _entries(store, void.id) == {Entry.REFUND: 1500}
    assert _kept(store, sale, void) == []
    assert _tasks(store) == []


def test_a_provisional_settlement_that_the_bureau_refuses_keeps_what_was_paid(store: Store) -> None:
    sale = _sell_provisionally(store, 2000, 1500)
    _move(store, sale, None)
    assert _kept(store, sale) == [Paid(CASH, 1500)]
    assert Entry.HAND_BACK not in _entries(store, sale.id)


def _stay(store: Store, deposit_fen: int) -> Message:
    stay = _intend(store, Kind.ADMIT)
    with store.commit() as connection:
        money_book.book(connection, stay.id, Entry.DEPOSIT, Paid(CASH, deposit_fen), now=NOON, drawer=DRAWER)
    return stay


def _deposit_left(store: Store, stay: Message) -> int:
    with store.read() as connection:
        return money_book.deposit_left_fen(money_book.totals_fen(connection, stay.id))


def test_a_deposit_pays_first_and_what_is_left_of_it_stays_one(store: Store) -> None:
    stay = _stay(store, 5000)
    sale = _sell(store, Paid(Means.DEPOSIT, 5000), Paid(CASH, 100), visit=stay.id)
    _move(store, sale, 3000)
    assert _kept(store, sale) == [Paid(Means.DEPOSIT, 3000)]
    assert _entries(store, stay.id) == {Entry.DEPOSIT: 5000, Entry.DEPOSIT_USED: 3000}
    assert _deposit_left(store, stay) == 2000


def test_a_refused_settlement_leaves_the_deposit_as_it_was(store: Store) -> None:
    stay = _stay(store, 5000)
    sale = _sell(store, Paid(Means.DEPOSIT, 5000), visit=stay.id)
    _move(store, sale, None)
    assert _deposit_left(store, stay) == 5000


def test_the_void_of_a_stay_gives_everything_back_to_its_deposit(store: Store) -> None:
    stay = _stay(store, 5000)
    sale = _sell(store, Paid(Means.DEPOSIT, 5000), Paid(CASH, 1000), visit=stay.id)
    _move(store, sale, 6000)
    assert _deposit_left(store, stay) == 0
    void = _intend(store, Kind.VOID, about=sale.id, visit=stay.id)
    _move(store, void, -6000)
    assert _entries(store, void.id) == {Entry.REFUND: 6000}
    assert _deposit_left(store, stay) == 6000
    with store.read() as connection:
        assert money_book.drawer_fen(connection) == 0
        assert money_book.deposits_fen(connection) == 6000


def test_the_void_of_an_outpatient_visit_gives_the_money_back_at_the_counter(store: Store) -> None:
    visit = _intend(store, Kind.REGISTER)
    sale = _sell(store, Paid(CASH, 1000), visit=visit.id)
    _move(store, sale, 1000)
    void = _intend(store, Kind.VOID, about=sale.id, visit=visit.id)
    _move(store, void, -1000)
    assert _kept(store, sale, void) == []
    assert _entries(store, visit.id) == {}


TENDERS = st.lists(
    st.builds(
        Paid,
        st.sampled_from([CASH, CARD, WECHAT, Means.ALIPAY]),
        st.integers(0, 10_000),
        st.sampled_from(["", "V1", "V2"]),
    ),
    max_size=5,
)


def _by_means(paid: Sequence[Paid]) -> dict[tuple[Means, str], int]:
    sums: dict[tuple[Means, str], int] = {}
    for one in paid:
        sums[one.means, one.reference] = sums.get((one.means, one.reference), 0) + one.amount_fen
    return {key: fen for key, fen in sums.items() if fen}


@pytest.fixture(scope="module")
def shared() -> Iterator[Store]:
    with memory_store() as opened:
        yield opened


@settings(deadline=None, max_examples=60)
@given(tender=TENDERS, due_fen=st.integers(0, 20_000), booked=st.booleans(), left=st.booleans(), voided=st.booleans())
def test_whatever_happens_every_means_is_kept_or_goes_back(
    shared: Store, tender: list[Paid], due_fen: int, booked: bool, left: bool, voided: bool
) -> None:
    sale = _sell(shared, *tender)
    if left:
        _leave(shared, sale)
    outcomes = [State.UNKNOWN, State.OK if booked else State.REVERSED]
    with shared.commit() as connection:
        for state in outcomes:
            journal.record_outcome(connection, sale.id, state, now=NOON, answer=None, evidence={})
    _move(shared, sale, due_fen if booked else None)

    total = dict.fromkeys(Entry, 0) | _entries(shared, sale.id)
    laid_down = sum(one.amount_fen for one in tender)
    assert total[Entry.TENDER] == laid_down == total[Entry.RECEIPT] + total[Entry.CHANGE] + total[Entry.HAND_BACK]
    assert total[Entry.RECEIPT] == (min(laid_down, due_fen) if booked and not left else 0)
    with shared.read() as connection:
        assert money_book.open_tender(connection, sale.id) == []
        owed = tasks.is_open(connection, TaskKind.COLLECT, sale.id)
    assert owed == (booked and not left and laid_down < due_fen)
    kept = _by_means(_kept(shared, sale))
    assert all(fen <= _by_means(tender)[means] for means, fen in kept.items())
    if booked and voided:
        void = _intend(shared, Kind.VOID, about=sale.id)
        _move(shared, void, -due_fen)
        assert _kept(shared, sale, void) == []
        with shared.read() as connection:
            assert _by_means(money_book.refunds(connection, void.id)) == kept
