"""How finding out about a lost answer stands, as the window shows it."""

from datetime import timedelta

import pytest

from pos_client.desk import queue
from pos_client.desk.afterwards import customer_left
from pos_client.desk.settle import settle
from pos_client.desk.station import Desk
from pos_client.desk.todo_view import Fate
from pos_client.desk.unknown_watch import watch
from pos_client.errors import OutcomeUnknown, Refused
from tests.desk.world import World


def _lose(world: World, desk: Desk, fault: str = "drop_answer") -> str:
    quoted = world.quote(desk)
    world.faults({"name": fault, "infno": "2102", "times": 1})
    with pytest.raises(OutcomeUnknown) as lost:
        settle(desk, quoted, 5000)
    return str(lost.value.fill["id"])


def test_while_it_is_open_it_says_what_was_sent_and_from_when_not_found_counts(world: World) -> None:
    with world.desk() as desk:
        view = watch(desk.office, _lose(world, desk))
    assert (view.fate, view.on_counter_fen, view.hand_back_fen, view.sentence) == (Fate.OPEN, 5000, 0, "")
    assert [step.text for step in view.steps][:2] == ["结算请求已发出，本机已存底", "没有得到明确的回答"]
    assert "之前查不到，不算没有入账" in view.steps[-1].text
    assert view.cases == (
        ("查到已入账", "补打单据，这一笔完成"),
        ("确认没有入账", "退还现金 50.00 元，账户没有动"),
    )


def test_after_the_gateways_time_out_an_answer_counts(world: World) -> None:
    with world.desk() as desk:
        id_ = _lose(world, desk)
        world.clock.ahead += timedelta(minutes=1)
        assert watch(desk.office, id_).steps[-1].text == "问：这一笔结算入账了没有？"


def test_it_counts_how_often_was_asked_and_when_again(world: World) -> None:
    with world.desk() as desk:
        id_ = _lose(world, desk, "drop_request")
        queue.resolve_one(desk.office, id_)
        view = watch(desk.office, id_)
    assert view.asked == 1
    assert view.next_try_s > 0
    assert "暂时查不到" in view.steps[-2].text


def test_booked_it_says_what_goes_back(world: World) -> None:
    with world.desk() as desk:
        id_ = _lose(world, desk)
        queue.resolve_one(desk.office, id_)
        view = watch(desk.office, id_)
    assert (view.fate, view.on_counter_fen, view.hand_back_fen) == (Fate.BOOKED, 0, 3740)
    assert [one.means for one in view.hand_back] == ["cash"]
    assert view.steps[-1].text == "查清了：已入账"
    assert "请找零现金 37.40 元" in view.sentence
    assert view.cases == ()


def test_who_has_left_has_his_money_and_it_is_taken_back(world: World) -> None:
    with world.desk() as desk:
        id_ = _lose(world, desk)
        customer_left(desk.office, id_)
        view = watch(desk.office, id_)
        assert (view.fate, view.customer_left, view.on_counter_fen, view.hand_back_fen) == (Fate.OPEN, True, 0, 5000)
        assert [case[1] for case in view.cases] == ["系统自动撤销，账户退回", "钱已退还，不用再做"]
        queue.resolve_one(desk.office, id_)
        view = watch(desk.office, id_)
        assert (view.fate, view.steps[-1].text) == (Fate.OPEN, "已入账，正在自动撤销")
        queue.sync_once(desk.office)
        assert watch(desk.office, id_).fate is Fate.TAKEN_BACK


def test_a_crash_in_between_is_said_so(world: World) -> None:
    with world.desk() as desk:
        quoted = world.quote(desk)

        def post(*arguments: object, **more: object) -> object:
            raise KeyboardInterrupt

        world.http.post, kept = post, world.http.post  # type: ignore[assignment]
        with pytest.raises(KeyboardInterrupt):
            settle(desk, quoted, 5000)
        world.http.post = kept  # type: ignore[method-assign]
    with world.desk() as desk:
        assert watch(desk.office, "01-000001").steps[1].text == "程序中断，没有等到回答"


def test_of_nothing_there_is_nothing_to_watch(world: World) -> None:
    with world.desk() as desk, pytest.raises(Refused, match="S-NOSALE"):
        watch(desk.office, "01-000009")
