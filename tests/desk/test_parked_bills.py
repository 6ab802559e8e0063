"""The list of parked bills: masked names, what is on them, since when."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pos_client.desk import open_bills
from pos_client.desk.open_bills import Draft, OpenLine
from pos_client.desk.parked_bills import parked_bills
from pos_client.desk.parked_view import ParkedBill
from pos_client.desk.station import Office, open_counter
from tests.virtual import VirtualClock, fresh_home, virtual_runtime

ONE = Draft((OpenLine("YD0001", Decimal(2)), OpenLine("YD0004", Decimal(1))), label="张**")


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def office(tmp_path: Path, clock: VirtualClock) -> Iterator[Office]:
    home, _ = fresh_home(tmp_path)
    with open_counter(home, {}, virtual_runtime(clock)) as opened:
        yield opened


def test_a_parked_bill_says_whose_it_is_and_what_is_on_it(office: Office) -> None:
    number = open_bills.park(office, ONE)
    at = parked_bills(office)[0].parked_at
    assert parked_bills(office) == (ParkedBill(number, "张**", "阿莫西林胶囊", 2, at, at, "01"),)
    assert len(at) == len("11:02")


def test_a_bill_of_another_day_names_the_day(office: Office, clock: VirtualClock) -> None:
    open_bills.park(office, ONE)
    clock.advance(days=1)
    assert len(parked_bills(office)[0].since) == len("11-20 11:02")


def test_the_bill_in_work_and_charges_of_a_stay_are_not_listed(office: Office) -> None:
    open_bills.park(office, replace(ONE, kind="stay"))
    open_bills.save(office, ONE)
    assert parked_bills(office) == ()


def test_an_item_that_left_the_catalogue_is_named_by_its_code(office: Office) -> None:
    open_bills.park(office, Draft((OpenLine("GONE99", Decimal(1)),)))
    open_bills.park(office, Draft(()))
    assert [(one.first_item, one.lines) for one in parked_bills(office)] == [("GONE99", 1), ("", 0)]
