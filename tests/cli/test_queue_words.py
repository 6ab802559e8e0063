"""The queue on a database with every state in it, read by a tired person."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos_client.cli.queue_words import queue_lines
from pos_client.desk import queue
from pos_client.desk.books import Books
from pos_client.offline import journal, money_moves, settlements, tasks
from pos_client.offline.journal import Draft, Kind, State
from pos_client.offline.money_book import Drawer, Means, Paid
from pos_client.offline.settlements import Settlement
from pos_client.offline.store import Store, StoreConnection
from pos_client.offline.tasks import TaskKind
from pos_client.sync.attempts import Result
from tests.virtual import NOON, fresh_home, virtual_runtime

DRAWER = Drawer(1, "01")
BOOKED = Settlement("S1", "V1", "2026-11-21 12:00:00", 1260, 0, 0, 1260, "310", "41", "439900")


class Writer:
    """Writes messages at one counter, a minute apart."""

    def __init__(self, connection: StoreConnection) -> None:
        self.connection = connection
        self.now = NOON
        self.count = 0

    def message(self, kind: Kind, transaction: str, *states: State, **more: object) -> str:
        self.count += 1
        self.now += timedelta(minutes=1)
        queued = bool(states) and states[0] is State.QUEUED
        draft = Draft(
            kind, transaction, f"P43999900001{self.now:%Y%m%d%H%M%S}0100", "person", 1260, "{}", queued=queued
        )
        draft = replace(draft, **more)  # type: ignore[arg-type]  # whatever a Draft has
        made = journal.record_intent(self.connection, draft, now=self.now, desk=1, operator="01")
        for state in states[1 if queued else 0 :]:
            self.outcome(made.id, state)
        return made.id

    def outcome(self, id_: str, state: State) -> None:
        journal.record_outcome(self.connection, id_, state, now=self.now, answer=None, evidence={"skew_ms": 0})

    def settle(self, *states: State) -> str:
        id_ = self.message(Kind.SETTLE, "2102", *states)
        if states[-1:] == (State.OK,):
            settlements.record_settlement(self.connection, id_, replace(BOOKED, settlement_id=id_))
        return id_


def every_state(connection: StoreConnection) -> None:
    """Everything that a queue may show."""
    write = Writer(connection)
    write.settle(State.OK)
    voided = write.settle(State.OK)
    write.message(Kind.VOID, "2103", State.OK, about=voided, amount_fen=-1260)
    voiding = write.settle(State.OK)
    write.message(Kind.VOID, "2103", State.UNKNOWN, about=voiding, amount_fen=-1260)
    write.settle(State.REFUSED)
    write.settle(State.NOT_SENT)
    reversed_one = write.settle(State.UNKNOWN, State.REVERSED)
    write.message(Kind.REVERSAL, "2601", State.OK, about=reversed_one, amount_fen=0)
    for asking, why in ((Result.TOO_EARLY, ""), (Result.UNREACHABLE, "N-DOWN"), (Result.REFUSED, "系统繁忙")):
        unknown = write.settle(State.UNKNOWN)
        tender = [Paid(Means.CASH, 2000)]
        money_moves.lay_down(connection, unknown, tender, now=write.now, drawer=DRAWER)
        journal.postpone(connection, unknown, write.now + timedelta(seconds=8), asking=asking, why=why)
    left = write.settle(State.UNKNOWN)
    message = journal.find(connection, left)
    assert message is not None
    money_moves.customer_left(connection, message, now=write.now, drawer=DRAWER)
    write.settle()
    write.settle(State.QUEUED)
    admitted = write.message(Kind.ADMIT, "2401", State.OK, own_number="ZY0001", amount_fen=0)
    write.message(Kind.CHARGE, "2301", State.UNKNOWN, visit=admitted, amount_fen=523_400)
    evidence = {
        "short_fen": 1,
        "amount_fen": 1260,
        "said": "系统繁忙，请稍后重试。",
        "message_id": "P4399990000120261121",
        "desks": [1],
        "wanted": 2,
        "count": 12,
        "total_fen": 250_000_00,
        "outcome": "not_settled",
    }
    for kind in TaskKind:
        tasks.add_task(connection, kind, voided, evidence, now=write.now)


@pytest.fixture
def books(tmp_path: Path) -> Books:
    home, settings = fresh_home(tmp_path)
    runtime = virtual_runtime()
    store = Store.open(home, settings, runtime)
    with store.commit() as connection:
        every_state(connection)
    return Books(home, settings, runtime, store)


def test_every_state_has_its_words_in_both_languages(books: Books) -> None:
    rows, todo = queue.list_queue(books, everything=True), queue.open_tasks(books)
    assert {row.state for row in rows} == {state.value for state in State}
    chinese = "\n".join(queue_lines(rows, todo, "zh"))
    english = "\n".join(queue_lines(rows, todo, "en"))
    for words in (
        "待办",
        "结果未知",
        "待上传",
        "已有结果",
        "已结算",
        "已撤销",
        "没有入账",
        "参保人已离开",
        "正在发送",
        "冲正",
    ):
        assert words in chinese
    for words in ("To do", "Being asked", "Waiting to be sent", "settled", "the customer has left", "reversal"):
        assert words in english
    assert "{" not in chinese + english, "every blank is filled in"


def test_what_a_person_must_do_comes_first_and_what_is_done_last(books: Books) -> None:
    lines = list(queue_lines(queue.list_queue(books, everything=True), queue.open_tasks(books), "zh"))
    heads = [line for line in lines if line and not line.startswith(" ")]
    assert [head.split("（")[0].split(":")[0] for head in heads] == ["待办", "结果未知", "待上传", "已有结果"]


def test_an_unknown_outcome_says_since_when_what_is_asked_and_where_the_money_is(books: Books) -> None:
    rows = queue.list_queue(books, everything=False)
    line = next(one for one in queue_lines(rows, [], "zh") if "可能还在处理" in one)
    assert "2026-11-21 12:10:00 起" in line
    assert "12:10:08 再查" in line
    assert "收下的 20.00 元先放着" in line


def test_only_what_is_open_is_listed_without_all(books: Books) -> None:
    assert all(row.is_open for row in queue.list_queue(books, everything=False))


def test_an_empty_queue_says_so() -> None:
    assert list(queue_lines([], [], "zh")) == ["没有待办，没有待查。"]
