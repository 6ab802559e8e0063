"""Who waits for an outcome is told: whoever finds it out, and however long the window was closed."""

import pytest

from pos_client.desk import queue
from pos_client.desk.afterwards import customer_left
from pos_client.desk.known_later import look, told
from pos_client.desk.provisional import estimate, settle_provisionally
from pos_client.desk.settle import settle
from pos_client.desk.station import Desk
from pos_client.desk.void import void
from pos_client.errors import OutcomeUnknown, Refused
from pos_client.offline.money_book import Means, Paid
from pos_client.sync.attempts import Result
from pos_client.sync.region import AccountUse
from tests.desk.world import World, orders

_PROVISIONAL = (
    'mode = "provisional"\ndocument = "模拟区离线暂结办法"\n'
    "per_settlement_fen = 3000\ncount = 3\ntotal_fen = 4000\nage_days = 7\n"
)
WECHAT = Paid(Means.WECHAT, 500, "4200000001")


def _lose(world: World, desk: Desk, fault: str, *other: Paid, tendered_fen: int = 5000) -> str:
    quoted = world.quote(desk)
    world.faults({"name": fault, "infno": "2102", "times": 1})
    with pytest.raises(OutcomeUnknown) as lost:
        settle(desk, quoted, tendered_fen, other)
    return str(lost.value.fill["id"])


def _sync(world: World) -> list[Result]:
    with world.back_office() as office:
        return [attempt.result for attempt in queue.sync_once(office)]


def test_what_is_found_booked_is_told_with_its_change_until_somebody_says_it_was(world: World) -> None:
    with world.desk() as desk:
        id_ = _lose(world, desk, "drop_answer")
        assert look(desk.office) == ()
        _sync(world)
        (news,) = look(desk.office)
        assert (news.id, news.good) == (id_, True)
        assert "已入账。请找零现金 37.40 元" in news.sentence
        assert "张建国" not in news.sentence
        assert look(desk.office) == ()
        assert world_tasks(desk) == [("tell", id_)]
        told(desk.office, id_)
        assert world_tasks(desk) == []
        with pytest.raises(Refused, match="S-TOLD"):
            told(desk.office, id_)


def test_what_is_not_booked_is_handed_back_as_it_came(world: World) -> None:
    with world.desk() as desk:
        _lose(world, desk, "drop_request", WECHAT, tendered_fen=1000)
        look(desk.office)
        _sync(world)
        (news,) = look(desk.office)
        assert not news.good
        assert "没有入账。请退还微信 5.00 元、现金 10.00 元" in news.sentence


def test_an_outcome_that_was_learned_while_the_window_was_closed_is_told_at_the_next_start(world: World) -> None:
    with world.desk() as desk:
        look(desk.office)
        id_ = _lose(world, desk, "drop_answer")
    _sync(world)
    with world.desk() as desk:
        (news,) = look(desk.office)
        assert news.id == id_
        assert world_tasks(desk) == [("tell", id_)]


def test_before_the_first_look_only_what_is_open_counts(world: World) -> None:
    with world.desk() as desk:
        _lose(world, desk, "drop_answer")
        _sync(world)
        _lose(world, desk, "drop_answer")
        assert look(desk.office) == ()
        _sync(world)
        (news,) = look(desk.office)
        assert news.id == "01-000002"


def test_whoever_left_has_his_money_and_nobody_is_to_be_told(world: World) -> None:
    with world.desk() as desk:
        id_ = _lose(world, desk, "drop_answer")
        look(desk.office)
        customer_left(desk.office, id_)
        _sync(world)
        (news,) = look(desk.office)
        assert news.good
        assert "已自动撤销" in news.sentence
        assert world_tasks(desk) == []


@pytest.mark.parametrize(
    ("fault", "said"), [("drop_answer", "已撤销。请退款现金 12.60 元"), ("drop_request", "没有办成，原单仍然有效")]
)
def test_a_void_whose_answer_was_lost_is_told_too(world: World, fault: str, said: str) -> None:
    sold = world.sell()
    with world.desk() as desk:
        look(desk.office)
        world.faults({"name": fault, "infno": "2103", "times": 1})
        with pytest.raises(OutcomeUnknown):
            void(desk.office, sold.id)
        _sync(world)
        (news,) = look(desk.office)
        assert said in news.sentence
        assert news.sentence.startswith("张** 12.60 元的退费")


def test_english_says_the_same(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POS_CLIENT_LANGUAGE", "en")
    with world.desk() as desk:
        _lose(world, desk, "drop_answer")
        look(desk.office)
        _sync(world)
        (news,) = look(desk.office)
        assert news.sentence == "张**, 12.60 yuan: it is booked. Give 37.40 yuan (cash) change, and the slip."


def world_tasks(desk: Desk) -> list[tuple[str, str]]:
    return [(one.kind.value, one.subject) for one in queue.open_tasks(desk.office.books)]


def test_what_waits_in_the_queue_at_the_first_look_is_nobodys_lost_answer(world: World) -> None:
    world.change_region('mode = "self_pay"', _PROVISIONAL)
    world.sell("YD0001")  # so that the desk knows the person
    with world.desk() as desk:
        world.faults({"name": "down"})
        world.http.close()
        estimated = estimate(desk, orders(("YD0001",)), account=AccountUse.OWN, consent_signed=True)
        settle_provisionally(desk, estimated, 5000)
        assert look(desk.office) == ()
        world.faults()
        assert _sync(world) == [Result.SENT]
        assert look(desk.office) == (), "its customer has had his slip all the time"
        assert world_tasks(desk) == []
