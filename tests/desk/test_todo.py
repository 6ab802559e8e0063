"""The list of what is to be done: what stands in it, and what Enter does."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import get_args

import pytest

from pos_client.desk import queue
from pos_client.desk.provisional import estimate, settle_provisionally
from pos_client.desk.settle import settle
from pos_client.desk.station import Desk
from pos_client.desk.strip import Contact, strip_figures
from pos_client.desk.todo import Todo
from pos_client.desk.todo_view import Act, TodoRow
from pos_client.errors import OutcomeUnknown, Refused
from pos_client.offline import audit, tasks
from pos_client.offline.locks import drain_lock
from pos_client.offline.tasks import TaskKind
from pos_client.phrase import Language
from pos_client.sync.region import AccountUse
from tests.desk.test_provisional import LIMITS
from tests.desk.world import World, orders


@contextmanager
def _todo(desk: Desk) -> Iterator[Todo]:
    with closing(Todo(desk.office, Contact())) as todo:
        yield todo


def _lose(world: World, desk: Desk, fault: str = "drop_answer") -> str:
    quoted = world.quote(desk)
    world.faults({"name": fault, "infno": "2102", "times": 1})
    with pytest.raises(OutcomeUnknown) as lost:
        settle(desk, quoted, 5000)
    return str(lost.value.fill["id"])


def _only(todo: Todo, act: Act) -> TodoRow:
    (row,) = (one for one in todo.rows() if one.act is act)
    return row


def _counted(world: World, desk: Desk) -> int:
    return strip_figures(desk.office, Contact(), since=world.clock.now_utc()).todo


def test_where_nothing_is_to_be_done_the_list_is_empty(world: World) -> None:
    world.sell()
    with world.desk() as desk, _todo(desk) as todo:
        assert todo.rows() == ()
        assert _counted(world, desk) == 0


def test_an_unknown_outcome_is_asked_about_now_and_then_told(world: World) -> None:
    with world.desk() as desk, _todo(desk) as todo:
        id_ = _lose(world, desk)
        row = _only(todo, Act.ASK)
        assert (row.title, row.id, row.amount_fen) == ("结果未知，参保人等答复", id_, 1260)
        assert "现金 50.00 元，已问 0 次" in row.first
        assert row.whose is not None
        assert row.whose.name == "张**"
        assert "张建国" not in repr(row)
        assert "请找零现金 37.40 元" in todo.ask(id_)
        told = _only(todo, Act.TOLD)
        assert (told.id, told.prints, told.authority) == (id_, True, "")
        assert _counted(world, desk) == 1
        assert todo.told(id_) == "已登记告知参保人。"
        assert todo.rows() == ()


def test_asked_too_early_it_says_from_when_an_answer_counts(world: World) -> None:
    with world.desk() as desk, _todo(desk) as todo:
        id_ = _lose(world, desk, "drop_request")
        assert "以后再查才算数" in todo.ask(id_)
        assert _only(todo, Act.ASK).first.endswith("已问 1 次")


def test_while_another_process_asks_nobody_asks_twice(world: World) -> None:
    with world.desk() as desk, _todo(desk) as todo, drain_lock(world.home):
        assert todo.ask(_lose(world, desk)) == "系统正在查询这一笔，结果出来会自动显示。"


def test_a_bureau_that_is_away_is_said(world: World) -> None:
    with world.desk() as desk, _todo(desk) as todo:
        id_ = _lose(world, desk)
        world.faults({"name": "drop_answer", "infno": "5201"}, {"name": "drop_answer", "infno": "5203"})
        assert "没有答复，结果仍然不知道" in todo.ask(id_)


def test_what_is_missing_is_collected_by_any_means(world: World) -> None:
    with world.desk() as desk, _todo(desk) as todo:
        quoted = world.quote(desk, "YD0001", "WSSCPTP", use_account=True)
        world.faults({"name": "off_by_one_fen", "figure": "cash", "infno": "2102"})
        sold = settle(desk, quoted, quoted.due_fen)
        row = _only(todo, Act.COLLECT)
        assert (row.money_fen, row.id, row.act_words) == (1, sold.id, "补收 0.01")
        assert "补收 0.01 元后" not in row.sentence
        assert "少收 0.01 元" in row.sentence
        assert todo.collect(row, "wechat", "42001") == "已登记补收 0.01 元（微信）。"
        assert [one.act for one in todo.rows()] == [Act.SEEN], "the figures differ all the same"


def test_figures_that_differ_are_looked_at_once_a_day(world: World) -> None:
    with world.desk() as desk, _todo(desk) as todo:
        world.faults({"name": "off_by_one_fen", "figure": "account", "infno": "2101"})
        for _ in range(2):
            quoted = world.quote(desk, "YD0001", use_account=True)
            settle(desk, quoted, quoted.due_fen)
        row = _only(todo, Act.SEEN)
        assert "有 2 笔与医保中心相差" in row.title
        assert row.authority
        assert any(one.bureau != one.ours for one in row.evidence)
        assert _counted(world, desk) == len(todo.rows()) == 1
        todo.finish(row, "已报医保中心", desk.office.by)
        assert todo.rows() == ()
        with desk.office.store.read() as connection:
            assert audit.count(connection, "difference.seen", row.id) == 1


def test_what_waits_offline_is_one_row_and_is_sent_in_the_background(world: World) -> None:
    world.change_region('mode = "self_pay"', LIMITS)
    world.sell("YD0001", use_account=True)
    world.faults({"name": "down"})
    world.http.close()
    with world.desk() as desk, _todo(desk) as todo:
        for _ in range(2):
            estimated = estimate(desk, orders(("YD0001",)), account=AccountUse.OWN, consent_signed=True)
            settle_provisionally(desk, estimated, estimated.due_fen)
        row = _only(todo, Act.SEND)
        assert (row.amount_fen, len(row.evidence)) == (2520, 2)
        assert row.first.startswith("2 笔")
        assert _counted(world, desk) == 1
        assert "正在上传" in todo.send_now()
        assert "系统正在上传" in todo.send_now()


@pytest.mark.parametrize("language", get_args(Language))
def test_every_task_has_its_words_its_act_and_its_authority(
    world: World, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POS_CLIENT_LANGUAGE", language)
    sold = world.sell()
    evidence = {
        "short_fen": 1,
        "amount_fen": 1260,
        "said": "系统繁忙，请稍后重试。",
        "message_id": sold.message_id,
        "desks": [1],
        "wanted": 2,
        "count": 12,
        "total_fen": 250_000_00,
        "outcome": "settled",
    }
    with world.desk() as desk, _todo(desk) as todo:
        with desk.office.store.commit() as connection:
            for kind in TaskKind:
                about_day = kind in (TaskKind.TOTALS_DIFFER, TaskKind.TOTALS_MISSING, TaskKind.RESTORED)
                subject = "2026-11-20" if about_day else sold.id
                tasks.add_task(connection, kind, subject, evidence, now=desk.office.bureau.now)
        rows = todo.rows()
        assert len(rows) == len(TaskKind) == _counted(world, desk)
        said = repr(rows)
        assert "{" not in said
        assert "张建国" not in said
        assert sold.message_id in said.replace(" ", "")
        assert [one.act for one in rows][:2] == [Act.ACCEPT, Act.TOLD]
        for row in rows:
            assert bool(row.authority) is (row.act in (Act.FINISH, Act.ACCEPT))


def test_who_finished_a_task_and_who_allowed_it_is_kept(world: World) -> None:
    with world.desk() as desk, _todo(desk) as todo:
        with desk.office.store.commit() as connection:
            tasks.add_task(connection, TaskKind.TOTALS_MISSING, "2026-11-20", {}, now=desk.office.bureau.now)
        row = _only(todo, Act.FINISH)
        assert "已办结" in todo.finish(row, "2 号窗停用", desk.office.by)
        assert queue.open_tasks(desk.office.books) == []
        with pytest.raises(Refused, match="S-NOTASK"):
            todo.finish(row, "again", None)


def test_only_a_restored_store_is_accepted(world: World) -> None:
    with world.desk() as desk, _todo(desk) as todo:
        with desk.office.store.commit() as connection:
            tasks.add_task(connection, TaskKind.RESTORED, "2026-11-20", {}, now=desk.office.bureau.now)
        with pytest.raises(Refused, match="S-NOTRESTORED"):
            todo.finish(_only(todo, Act.ACCEPT), "checked", desk.office.by)


def test_who_leaves_is_told_what_to_take_back(world: World) -> None:
    with world.desk() as desk, _todo(desk) as todo:
        id_ = _lose(world, desk)
        assert "请退还现金 50.00 元" in todo.customer_left(id_)
        assert _only(todo, Act.ASK).title == "结果未知，参保人已离开"
        assert todo.unknown(id_).customer_left
