"""The desk as the window has it: opened once, asked in one thread, closed with all that belongs to it."""

from collections.abc import Iterator

import pytest

from hardware_sim import personas
from pos_client.desk import operators
from pos_client.desk.books import open_books
from pos_client.desk.counter import Counter
from pos_client.desk.operators import SignedIn
from pos_client.errors import EnvironmentProblem, Refused
from pos_client.offline.operators import Role
from tests.desk.world import World
from tests.opened_home import never_opened

PASSWORD = "open sesame"
BOSS = SignedIn("boss", "王主任", Role.SUPERVISOR)
CLERK = SignedIn("02", "李四", Role.CASHIER)


@pytest.fixture
def counter(world: World) -> Iterator[Counter]:
    """A training home without operators, open and signed in."""
    made = Counter(world.home, world.environment, world.runtime)
    assert not made.open()
    made.sign_in()
    yield made
    made.cards.close()
    made.close()


@pytest.fixture
def staffed(world: World) -> Iterator[Counter]:
    """A home with a supervisor and a cashier, open, nobody signed in."""
    with open_books(world.home, world.environment, world.runtime) as books:
        for one in (BOSS, CLERK):
            operators.add(books, one.name, one.title, one.role, PASSWORD, by=BOSS)
    made = Counter(world.home, world.environment, world.runtime)
    assert made.open()
    yield made
    made.cards.close()
    made.close()


def test_it_says_where_it_is_and_who_works_here(counter: Counter) -> None:
    place = counter.place
    assert (place.desk, place.operator, place.training) == (1, "01", True)
    assert place.institution


def test_a_second_one_on_the_same_home_is_turned_away_until_the_first_is_closed(counter: Counter, world: World) -> None:
    second = Counter(world.home, world.environment, world.runtime)
    with pytest.raises(EnvironmentProblem, match="D-DESK"):
        second.open()
    counter.close()
    assert not second.open()
    second.close()


def test_closed_twice_is_closed(counter: Counter) -> None:
    counter.close()
    counter.close()


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [(None, None, "S-SIGNIN"), ("02", "wrong", "S-PASSWORD"), ("nobody", PASSWORD, "S-PASSWORD"), ("02", "", "S-")],
)
def test_nobody_works_without_the_right_password(
    staffed: Counter, name: str | None, password: str | None, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        staffed.sign_in(name, password)
    with pytest.raises(AssertionError, match="signed in"):
        staffed.desk  # noqa: B018 (nobody may have it)


def test_whoever_signs_in_is_told_to_the_bureau(staffed: Counter) -> None:
    assert staffed.sign_in("02", PASSWORD) == CLERK
    assert staffed.place.operator == "02"
    assert staffed.place.operator_title == "李四"


def test_a_cashier_needs_a_supervisors_word_and_a_supervisor_alone_does_not(staffed: Counter) -> None:
    staffed.sign_in("02", PASSWORD)
    assert staffed.own_word() is None
    assert staffed.authorise("boss", PASSWORD, "退费") == BOSS
    with pytest.raises(Refused, match="S-SUPERVISOR"):
        staffed.authorise("02", PASSWORD, "退费")
    staffed.sign_in("boss", PASSWORD)
    assert staffed.own_word() == BOSS


def test_a_real_home_is_not_worked_in_before_somebody_is_registered(world: World) -> None:
    never_opened(world.home)
    world.home.config_file.write_text('mode = "real"\n', encoding="utf-8")
    real = Counter(world.home, world.environment, world.runtime)
    assert real.open()
    with pytest.raises(Refused, match="S-OPERATOR"):
        real.require_operators()
    real.cards.close()
    real.close()


def test_a_home_with_operators_may_be_worked_in(staffed: Counter) -> None:
    staffed.require_operators()


def test_a_card_a_number_and_a_voucher_bring_the_same_person(counter: Counter) -> None:
    card = counter.read_card()
    by_card = counter.identify_card(card)
    counter.sale.clear()
    by_number = counter.identify_id_number(personas.load("zhang-jianguo").card.id_number, "")
    for view in (by_card, by_number):
        assert view.customer is not None
        assert view.customer.name == "张建国"
    with pytest.raises(Refused):
        counter.identify_voucher("9" * 28)
    assert not counter.name_demanded


def test_the_reader_is_looked_at(counter: Counter, world: World) -> None:
    assert counter.look("") == "card"
    world.slot.remove()
    assert counter.look("") == "empty"
    with pytest.raises(EnvironmentProblem, match="K-11"):
        counter.read_card()


def test_the_shift_counts_what_this_desk_did_and_never_the_cash(counter: Counter) -> None:
    before = counter.shift()
    assert (before.sold, before.parked, before.unknown, before.last) == (0, 0, 0, None)
    counter.identify_card(counter.read_card())
    counter.sale.add("YD0001")
    counter.sale.try_out()
    sold = counter.sale.settle(0)
    counter.sale.add("YD0002")
    counter.sale.park()
    after = counter.shift()
    assert (after.sold, after.parked, after.offline_since) == (1, 1, "")
    assert after.last is not None
    assert (after.last.id, after.last.name_masked) == (sold.id, "张**")
    assert not [name for name in type(after).__slots__ if "cash" in name or "drawer" in name]


def test_an_outage_is_counted_from_the_first_failure_and_ends_with_the_first_answer(
    counter: Counter, world: World
) -> None:
    world.faults({"name": "down"})
    world.http.close()
    counter.probe()  # raises nothing: the strip says what it found
    assert counter.shift().offline_since
    world.faults()
    counter.probe()
    assert counter.shift().offline_since == ""


def test_parked_bills_are_given_up_one_by_one(counter: Counter) -> None:
    for code in ("YD0001", "YD0002"):
        counter.sale.add(code)
        counter.sale.park()
    first, second = counter.parked()
    assert counter.give_up_parked(first.number) == (second,)
    with pytest.raises(Refused, match="S-NOBILL"):
        counter.give_up_parked(first.number)


def test_a_slip_is_ready_for_paper_once_its_bill_is_booked(counter: Counter) -> None:
    with pytest.raises(Refused, match="S-NOSLIP"):
        counter.paper("01-000099", again=True)
    counter.identify_card(counter.read_card())
    counter.sale.add("YD0001")
    counter.sale.try_out()
    sold = counter.sale.settle(0)
    assert counter.paper(sold.id, again=False).slip.who.name
