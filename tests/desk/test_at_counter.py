"""Who stands at the counter: one person at a time, read not too long ago, by a supervisor's word where names differ."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from pos_client.desk.at_counter import AtCounter
from pos_client.desk.identify import identify
from pos_client.desk.quote import VISIT
from pos_client.desk.station import Desk
from pos_client.errors import Refused
from pos_client.sync.region import AccountUse
from tests.desk.world import World


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    with world.desk() as opened:
        yield opened


@pytest.fixture
def person(desk: Desk) -> AtCounter:
    return AtCounter(desk, desk.office.region.visits[VISIT])


def _comes(desk: Desk, person: AtCounter) -> None:
    person.comes(identify(desk, desk.office.region.visits[VISIT]))


def test_nobody_has_no_account_and_no_reading_that_gets_old(desk: Desk, person: AtCounter) -> None:
    assert (person.identified, person.customer, person.account) == (None, None, AccountUse.NO)
    assert not person.reading_too_old(desk.office.bureau.now + timedelta(days=1))


def test_whoever_comes_is_as_fresh_as_the_reading(world: World, desk: Desk, person: AtCounter) -> None:
    _comes(desk, person)
    assert person.account is AccountUse.OWN
    assert person.require_fresh() is person.identified
    world.clock.ahead += timedelta(minutes=11)
    with pytest.raises(Refused, match="S-AGE"):
        person.require_fresh()
    person.leaves()
    assert not person.reading_too_old(desk.office.bureau.now)


def test_a_word_for_another_name_holds_for_the_same_card_when_it_comes_again(desk: Desk, person: AtCounter) -> None:
    otherwise = replace(identify(desk, desk.office.region.visits[VISIT]), name_differs=True)
    person.comes(otherwise)
    with pytest.raises(Refused, match="S-NAMES"):
        person.require_fresh()
    assert person.allow_other_name(desk.office.by).name_allowed
    person.leaves()
    assert person.comes(otherwise).name_allowed
    assert person.require_fresh() is otherwise
