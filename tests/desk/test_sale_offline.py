"""A sale in work while the bureau is out of reach: by a document, within limits, never as if it were settled."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from pos_client.desk import queue
from pos_client.desk.identify import identify_card, identify_id_number
from pos_client.desk.known_people import recall
from pos_client.desk.sale_in_work import SaleInWork
from pos_client.desk.sale_view import SaleView, Stage
from pos_client.desk.station import Desk
from pos_client.errors import EnvironmentProblem, Refused
from pos_client.offline import journal, open_bills
from pos_client.offline.journal import State
from pos_client.sync.attempts import Result
from tests.desk.test_provisional import LIMITS
from tests.desk.world import World, world_in


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as world:
        world.change_region('mode = "self_pay"', LIMITS)
        yield world


@contextmanager
def _sale(world: World) -> Iterator[tuple[Desk, SaleInWork]]:
    with world.desk() as desk:
        yield desk, SaleInWork(desk)


def _identify(desk: Desk, sale: SaleInWork) -> SaleView:
    card = desk.cards.read()
    return sale.identify(lambda visit: identify_card(desk.office, card, visit), lambda: recall(desk.office, card))


def _outage(world: World) -> None:
    world.faults({"name": "down"})
    world.http.close()


def test_a_trial_that_fails_offers_to_settle_offline_by_its_document(world: World) -> None:
    with _sale(world) as (desk, sale):
        _identify(desk, sale)
        sale.add("YD0001")
        _outage(world)
        view = sale.try_out()
        assert view.stage is Stage.GATHERING
        assert "模拟区离线暂结办法" in view.offer
        assert "30.00" in view.offer
        view = sale.try_offline()
        assert (view.stage, view.to_collect_fen, view.offer) == (Stage.TRIED, 0, "")
        assert view.offline is not None
        assert [(one.used, one.limit) for one in view.offline.limits] == [
            ("12.60", "30.00"),
            ("1", "2"),
        ]
        sold = sale.settle(0)
        assert (sold.provisional, sold.change_fen, sold.state_word) == (True, 0, "离线暂结，待上传")
        assert "离线暂结单" in (world.home.slips / f"{sold.id}.txt").read_text(encoding="utf-8")
        with desk.office.store.read() as connection:
            message = journal.find(connection, sold.id)
            assert open_bills.in_work(connection) is None
        assert message is not None
        assert message.state is State.QUEUED
        assert sale.view().stage is Stage.EMPTY


def test_money_of_other_means_is_kept_as_it_came(world: World) -> None:
    with _sale(world) as (desk, sale):
        _identify(desk, sale)
        sale.add("WSSCPTP")
        sale.sign(1)
        _outage(world)
        sale.try_out()
        assert sale.try_offline().to_collect_fen == 1800
        assert sale.lay_down("wechat", 1000, "42001").to_collect_fen == 800
        with pytest.raises(Refused, match="S-CHANGE"):
            sale.lay_down("alipay", 900)
        sold = sale.settle(1000)
        assert (sold.tendered_fen, sold.change_fen) == (2000, 200)
    world.faults()
    with world.back_office() as office:
        assert [attempt.result for attempt in queue.sync_once(office)] == [Result.SENT]
    assert world.agreement().disagreements == ()


def test_whoever_the_bureau_cannot_be_asked_about_is_taken_as_last_told(world: World) -> None:
    world.sell("YD0001", use_account=True)
    _outage(world)
    with _sale(world) as (desk, sale):
        view = _identify(desk, sale)
        assert view.customer is not None
        assert view.known_since
        sale.add("YD0001")
        assert sale.try_out().offer
        assert sale.try_offline().offline is not None


def test_back_in_contact_he_is_asked_about_again_before_the_trial(world: World) -> None:
    world.sell("YD0001", use_account=True)
    _outage(world)
    with _sale(world) as (desk, sale):
        _identify(desk, sale)
        sale.add("YD0001")
        assert sale.try_out().offer
        world.faults()
        view = sale.try_out()
        assert (view.stage, view.known_since, view.offline) == (Stage.TRIED, "", None)
        with pytest.raises(Refused, match="S-ONLINE"):
            sale.try_offline()


def test_nobody_is_taken_as_told_long_ago_or_where_the_region_allows_nothing(world: World) -> None:
    world.sell("YD0001", use_account=True)
    _outage(world)
    world.clock.ahead += timedelta(days=8)
    with _sale(world) as (desk, sale), pytest.raises(Refused, match="S-PERSON-OLD"):
        _identify(desk, sale)
    world.change_region(LIMITS, 'mode = "self_pay"')
    with _sale(world) as (desk, sale), pytest.raises(EnvironmentProblem, match="N-DOWN"):
        _identify(desk, sale)


def test_a_region_without_a_document_says_so_after_the_trial(world: World) -> None:
    world.change_region(LIMITS, 'mode = "self_pay"')
    with _sale(world) as (desk, sale):
        _identify(desk, sale)
        sale.add("YD0001")
        _outage(world)
        with pytest.raises(Refused, match="S-OFFLINE"):
            sale.try_out()


def test_without_a_card_nothing_is_settled_offline(world: World) -> None:
    with _sale(world) as (desk, sale):
        card = desk.cards.read()
        sale.identify(lambda visit: identify_id_number(desk.office, card.id_number, card.name, visit))
        sale.add("YD0001")
        _outage(world)
        assert sale.try_out().offer
        with pytest.raises(Refused, match="S-OFFLINE-CARD"):
            sale.try_offline()


def test_beyond_a_limit_it_is_refused_before_any_money_is_taken(world: World) -> None:
    with _sale(world) as (desk, sale):
        _identify(desk, sale)
        sale.add("YD0001", "3")
        _outage(world)
        sale.try_out()
        with pytest.raises(Refused, match="S-LIMIT"):
            sale.try_offline()


def test_another_line_wants_another_trial(world: World) -> None:
    with _sale(world) as (desk, sale):
        _identify(desk, sale)
        sale.add("YD0001")
        _outage(world)
        sale.try_out()
        sale.try_offline()
        view = sale.add("YD0002")
        assert (view.stage, view.offline, view.offer) == (Stage.GATHERING, None, "")
