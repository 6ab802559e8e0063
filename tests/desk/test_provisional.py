"""A settlement while the bureau is out of reach: by a document, within limits, never as if it were settled."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos_client.cli.queue_words import attempt_lines, queue_lines
from pos_client.desk import queue
from pos_client.desk.afterwards import give_back
from pos_client.desk.books import open_books
from pos_client.desk.provisional import Estimate, SoldProvisionally, estimate, settle_provisionally
from pos_client.desk.settle import settle
from pos_client.desk.station import Desk, open_counter, open_desk
from pos_client.errors import EnvironmentProblem, Refused
from pos_client.offline import journal, settlements
from pos_client.offline.money_book import Means, Paid
from pos_client.offline.settlements import SettlementState
from pos_client.sync.abandonable import AbandonableHttp
from pos_client.sync.attempts import Result
from pos_client.sync.region import AccountUse
from tests.desk.world import World, orders, world_in

LIMITS = (
    'mode = "provisional"\ndocument = "模拟区离线暂结办法"\n'
    "per_settlement_fen = 3000\ncount = 2\ntotal_fen = 4000\nage_days = 7\n"
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as world:
        world.change_region('mode = "self_pay"', LIMITS)
        yield world


def _outage(world: World) -> None:
    world.faults({"name": "down"})
    world.http.close()


def _estimate(desk: Desk, *typed: str) -> Estimate:
    return estimate(desk, orders(typed or ("YD0001",)), account=AccountUse.OWN, consent_signed=True)


def _sell(world: World, *typed: str, tendered_fen: int | None = None) -> SoldProvisionally:
    with world.desk() as desk:
        estimated = _estimate(desk, *typed)
        return settle_provisionally(desk, estimated, estimated.due_fen if tendered_fen is None else tendered_fen)


def _sync(world: World) -> list[Result]:
    with world.back_office() as office:
        return [attempt.result for attempt in queue.sync_once(office)]


def _state(world: World, id_: str) -> SettlementState:
    with open_books(world.home, world.environment, world.runtime) as books, books.store.read() as connection:
        message = journal.find(connection, id_)
        assert message is not None
        return settlements.state_of(connection, message)


def test_what_is_sold_offline_is_sent_and_settled_when_the_bureau_is_back(world: World) -> None:
    world.sell("YD0001", use_account=True)  # the desk has asked about this person
    _outage(world)
    sold = _sell(world, "YD0001")
    assert _state(world, sold.id) is SettlementState.PROVISIONAL
    slip = sold.slip_file.read_text(encoding="utf-8")
    assert "医保中心尚未确认" in slip
    assert "模拟区离线暂结办法" in slip
    with open_books(world.home, world.environment, world.runtime) as books:
        assert "待上传" in "\n".join(queue_lines(queue.list_queue(books, everything=False), [], "zh"))
    assert _sync(world) == [Result.UNREACHABLE]
    assert _state(world, sold.id) is SettlementState.PROVISIONAL
    world.faults()
    world.clock.ahead += timedelta(days=1)  # the sign-in of yesterday does not hold any more
    assert _sync(world) == [Result.SENT]
    assert _state(world, sold.id) is SettlementState.SETTLED
    assert world.agreement().disagreements == ()


def test_what_the_bureau_then_refuses_is_a_loss_with_a_name(world: World) -> None:
    world.sell("YD0001", use_account=True)
    _outage(world)
    sold = _sell(world, "YD0001")
    world.faults({"name": "refuse", "infno": "2102"})
    assert _sync(world) == [Result.LOST]
    assert _state(world, sold.id) is SettlementState.REFUSED
    assert world.tasks() == [("loss", sold.id)]


def test_what_was_taken_too_much_is_given_back(world: World) -> None:
    world.sell("YD0001", use_account=True)
    _outage(world)
    sold = _sell(world, "YD0001", "WSSCPTP", tendered_fen=2000)
    world.faults({"name": "off_by_one_fen", "figure": "fund", "infno": "2102"})
    assert _sync(world) == [Result.SENT]
    assert world.tasks() == [("give_back", sold.id)]
    with open_counter(world.home, world.environment, world.runtime) as office:
        with pytest.raises(Refused):
            give_back(office, sold.id, Paid(Means.CASH, 2))
        give_back(office, sold.id, Paid(Means.CASH, 1))
    assert world.tasks() == []
    assert world.agreement().disagreements == ()


def test_a_lost_answer_to_what_was_queued_is_found(world: World) -> None:
    world.sell("YD0001", use_account=True)
    _outage(world)
    sold = _sell(world, "YD0001")
    world.faults({"name": "drop_answer", "infno": "2102", "times": 1})
    assert _sync(world) == [Result.FOUND]
    assert _state(world, sold.id) is SettlementState.SETTLED
    assert world.agreement().disagreements == ()


def test_what_never_arrived_waits_again_under_a_number_of_its_own(world: World) -> None:
    world.sell("YD0001", use_account=True)
    _outage(world)
    sold = _sell(world, "YD0001", "WSSCPTP", tendered_fen=2000)
    world.faults({"name": "drop_request", "infno": "2102", "times": 1})
    assert _sync(world) == [Result.ABSENT, Result.SENT]
    assert _state(world, sold.id) is SettlementState.REFUSED
    again = next(one for one in world.messages() if one.about == sold.id and one.kind == "settle")
    assert _state(world, again.id) is SettlementState.SETTLED
    assert again.message_id != sold.id
    assert world.tasks() == []
    assert world.agreement().disagreements == ()


@pytest.mark.parametrize("fault", [None, "drop_request"])
def test_nobody_is_told_to_move_money_that_was_moved_at_the_counter(world: World, fault: str | None) -> None:
    world.sell("YD0001", use_account=True)
    _outage(world)
    _sell(world, "YD0001", "WSSCPTP", tendered_fen=2000)
    if fault is None:
        world.faults()
    else:
        world.faults({"name": fault, "infno": "2102", "times": 1})
    with world.back_office() as office:
        told = queue.tell(office, queue.sync_once(office))
    assert {(one.receipt_fen, one.change_fen, one.hand_back_fen, one.refund_fen) for one in told} == {(0, 0, 0, 0)}
    words = "".join(line for one in told for line in attempt_lines(one, "zh"))
    assert "找零" not in words
    assert "退款" not in words
    assert ("已重新排队" in words) is (fault is not None)
    assert "需要时重新收费" not in words


def test_not_waiting_for_the_bureau_is_no_outage(world: World) -> None:
    with closing(AbandonableHttp()) as door:
        runtime = replace(world.runtime, http=door)
        with open_desk(world.home, world.environment, runtime) as desk, door.act():
            door.abandon()
            with pytest.raises(EnvironmentProblem) as told:
                _estimate(desk)
    assert told.value.code == "N-STOPPED"


@pytest.mark.parametrize(
    ("prepare", "typed", "code"),
    [
        ("nobody known", ("YD0001",), "S-PERSON-OLD"),
        ("known long ago", ("YD0001",), "S-PERSON-OLD"),
        ("online", ("YD0001",), "S-ONLINE"),
        ("no policy", ("YD0001",), "S-ESTIMATE"),
        ("too dear", ("YD0001*3",), "S-LIMIT"),
        ("too much waits", ("YD0001*2",), "S-LIMIT"),
        ("too many wait", ("YD0001",), "S-LIMIT"),
    ],
)
def test_it_is_refused_with_its_reason_and_nothing_is_charged(
    world: World, prepare: str, typed: tuple[str, ...], code: str
) -> None:
    if prepare != "nobody known":
        world.sell("YD0001", use_account=True)
    if prepare != "online":
        _outage(world)
    if prepare == "known long ago":
        world.clock.ahead += timedelta(days=8)
    if prepare == "no policy":
        config = world.home.config_file
        text = config.read_text(encoding="utf-8")
        config.write_text(text.replace('id = "yizheng"', 'id = "nowhere"'), encoding="utf-8")
    if prepare in ("too much waits", "too many wait"):
        _sell(world, "YD0001*2") if prepare == "too much waits" else [_sell(world), _sell(world)]
    before = len(world.messages())
    with pytest.raises(Refused) as caught:
        _sell(world, *typed)
    assert caught.value.code == code
    assert len(world.messages()) == before


def test_a_region_without_a_document_settles_nothing_offline(world: World) -> None:
    world.change_region(LIMITS, 'mode = "self_pay"')
    _outage(world)
    with pytest.raises(Refused) as caught:
        _sell(world)
    assert caught.value.code == "S-OFFLINE"


def test_while_it_waits_it_cannot_be_voided_and_others_are_served(world: World) -> None:
    world.sell("YD0001", use_account=True)
    _outage(world)
    sold = _sell(world, "YD0001")
    with pytest.raises(Refused) as caught:
        world.void(sold.id)
    assert caught.value.code == "S-VOID"
    world.faults()
    with world.desk() as desk:
        settle(desk, world.quote(desk, "YD0001"), 2000)
    assert _sync(world) == [Result.SENT]
    assert world.agreement().disagreements == ()


def test_a_quote_without_the_bureau_is_still_refused(world: World) -> None:
    _outage(world)
    with world.desk() as desk, pytest.raises(EnvironmentProblem):
        world.quote(desk)
