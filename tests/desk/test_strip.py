"""The figures of the strip: what is unsent, what waits, what the shift has done."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from datetime import timedelta

from pos_client.desk import open_bills, stay
from pos_client.desk.open_bills import Draft
from pos_client.desk.provisional import estimate, settle_provisionally
from pos_client.desk.strip import Contact, StripFigures, strip_figures
from pos_client.errors import Problem
from pos_client.sync.region import AccountUse
from tests.desk.patients import Inpatient, cash
from tests.desk.world import World, orders
from tests.virtual import NOON

LIMITS = (
    'mode = "provisional"\ndocument = "模拟区离线暂结办法"\n'
    "per_settlement_fen = 3000\ncount = 3\ntotal_fen = 4000\nage_days = 7\n"
)


def _figures(world: World) -> StripFigures:
    with world.desk() as desk:
        return strip_figures(desk.office, Contact(), since=world.clock.now_utc())


def _sell_offline(world: World, *typed: str) -> str:
    with world.desk() as desk:
        estimated = estimate(desk, orders(typed), account=AccountUse.OWN, consent_signed=True)
        return settle_provisionally(desk, estimated, estimated.due_fen).id


@contextmanager
def _outage(world: World) -> Iterator[None]:
    world.faults({"name": "down"})
    world.http.close()
    yield
    world.faults()


def test_a_fresh_counter_has_nothing_to_tell(world: World) -> None:
    found = _figures(world)
    assert (found.unsent, found.unsent_fen, found.unknown, found.tasks, found.parked) == (0, 0, 0, 0, 0)
    assert (found.sold, found.voided, found.nearest_limit, found.offline_since) == (0, 0, None, None)
    assert abs(found.shift_since - world.clock.now_utc()) < timedelta(minutes=1)


def test_the_shift_counts_what_was_sold_and_voided_and_no_more(world: World) -> None:
    world.void(world.sell("YD0001").id)
    world.sell("YD0002")
    world.faults({"name": "refuse", "infno": "2102", "times": 1})
    with suppress(Problem):
        world.sell("YD0002")
    found = _figures(world)
    assert (found.sold, found.voided) == (2, 1)


def test_yesterdays_sales_belong_to_another_shift(world: World) -> None:
    world.sell("YD0001")
    world.clock.ahead += timedelta(days=1)
    found = _figures(world)
    assert found.sold == 0
    assert abs(found.shift_since - world.clock.now_utc()) < timedelta(minutes=1)


def test_the_shift_began_with_its_first_entry(world: World) -> None:
    began = world.clock.now_utc()
    with world.desk() as desk:
        stays = Inpatient.of(desk.office)
        stays.admit()
        stay.take_deposit(desk.office, stays.id, cash(100))
    first = _figures(world).shift_since
    assert began <= first + timedelta(milliseconds=1)
    assert _figures(world).shift_since == first


def test_what_is_unknown_is_unsent_with_the_money_of_fund_and_account(world: World) -> None:
    world.faults({"name": "drop_answer", "infno": "2102", "times": 1})
    with suppress(Problem):
        world.sell("YD0001", use_account=True)
    found = _figures(world)
    assert (found.unknown, found.unsent, found.unsent_fen, found.sold) == (1, 1, 1260, 0)


def test_offline_the_limit_that_is_used_up_most_is_named(world: World) -> None:
    world.change_region('mode = "self_pay"', LIMITS)
    world.sell("YD0001", use_account=True)
    assert _figures(world).nearest_limit is not None
    with _outage(world):
        _sell_offline(world, "YD0001")
        found = _figures(world)
        assert (found.unsent, found.unsent_fen, found.unknown, found.sold) == (1, 1260, 0, 2)
        assert found.nearest_limit is not None
        assert (found.nearest_limit.what, found.nearest_limit.used, found.nearest_limit.limit) == ("笔数", 1, 3)
        assert not found.nearest_limit.is_money
        _sell_offline(world, "YD0001*2")
        nearest = _figures(world).nearest_limit
        assert nearest is not None
        assert (nearest.what, nearest.used, nearest.limit, nearest.is_money) == ("累计", 3780, 4000, True)


def test_open_tasks_and_parked_bills_are_counted(world: World) -> None:
    world.faults({"name": "off_by_one_fen", "figure": "cash", "infno": "2102"})
    world.sell("YD0001", use_account=True)
    with world.desk() as desk:
        open_bills.park(desk.office, Draft(()))
        open_bills.save(desk.office, Draft(()))
    found = _figures(world)
    assert (found.tasks, found.parked) == (1, 1)


def test_no_sum_of_cash_is_told_before_the_count() -> None:
    assert {one.name for one in fields(StripFigures) if one.name.endswith("_fen")} == {"unsent_fen"}


def test_offline_since_is_the_first_failure_after_the_last_success() -> None:
    contact = Contact()
    assert contact.offline_since is None
    contact.failed(NOON)
    contact.failed(NOON + timedelta(minutes=1))
    assert contact.offline_since == NOON
    contact.reached()
    assert contact.offline_since is None
    contact.failed(NOON + timedelta(minutes=2))
    assert contact.offline_since == NOON + timedelta(minutes=2)


def test_the_strip_says_since_when_the_bureau_is_silent(world: World) -> None:
    contact = Contact()
    contact.failed(NOON)
    with world.desk() as desk:
        assert strip_figures(desk.office, contact, since=NOON).offline_since == NOON
