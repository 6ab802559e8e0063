"""Open messages: listed, explained, resolved."""

from datetime import timedelta

import pytest

from pos_client.desk import queue
from pos_client.desk.settle import settle
from pos_client.desk.station import open_books
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Refused
from pos_client.offline.journal import State
from pos_client.offline.locks import drain_lock
from pos_client.runtime import shanghai
from pos_client.sync.reply import Reply
from pos_client.sync.resolve import Result
from tests.desk.world import GATEWAY_TIMEOUT, World


def _lose(world: World, fault: str) -> None:
    world.faults({"name": fault, "infno": "2102", "times": 1})
    with pytest.raises(OutcomeUnknown):
        world.sell("YD0001", tendered_fen=2000)


def _sync(world: World) -> list[Result]:
    with world.back_office() as office:
        return [attempt.result for attempt in queue.sync_once(office)]


def test_a_lost_settlement_that_was_booked_is_reversed_and_the_tender_goes_back(world: World) -> None:
    _lose(world, "drop_answer")
    assert _sync(world) == [Result.REVERSED]
    assert world.ledger()[0]["reversed"]
    books = world.agreement()
    assert (books.disagreements, books.standing, books.drawer_fen) == ((), 0, 0)


def test_not_found_counts_only_after_the_gateways_time_out(world: World) -> None:
    _lose(world, "drop_request")
    with world.back_office() as office:
        attempt = queue.resolve_one(office, "01-000001")
    assert attempt is not None
    assert attempt.result is Result.TOO_EARLY
    assert not attempt.is_final
    assert attempt.next_try_at is not None
    assert attempt.next_try_local() == shanghai(attempt.next_try_at).strftime("%H:%M:%S")
    assert world.messages()[0].state is State.UNKNOWN
    world.clock.ahead += GATEWAY_TIMEOUT + timedelta(seconds=5)
    with world.back_office() as office:
        attempt = queue.resolve_one(office, "01-000001")
    assert attempt is not None
    assert attempt.result is Result.ABSENT
    assert attempt.is_final
    assert attempt.next_try_local() == ""
    assert world.messages()[0].state is State.NOT_SENT
    assert world.agreement().disagreements == ()


def test_one_pass_waits_for_the_gateways_time_out_itself(world: World) -> None:
    _lose(world, "drop_request")
    assert _sync(world) == [Result.ABSENT]
    assert world.clock.ahead >= GATEWAY_TIMEOUT


def test_an_original_that_commits_late_is_still_caught(world: World) -> None:
    """The worst race: the reversal says "not found", then the original commits."""
    world.faults({"name": "late_commit", "infno": "2102", "ms": 700, "times": 1})
    world.change_region("booking_timeout_ms = 30000", "booking_timeout_ms = 100")
    with pytest.raises(OutcomeUnknown):
        world.sell("YD0001", tendered_fen=2000)
    with world.back_office() as office:
        first = queue.resolve_one(office, "01-000001")
    assert first is not None
    assert first.result is Result.TOO_EARLY
    while not world.ledger():  # the original is still being executed; wait for its commit
        pass
    assert _sync(world) == [Result.REVERSED]
    assert world.agreement().disagreements == ()


def test_a_bureau_that_cannot_be_asked_leaves_it_unknown(world: World) -> None:
    _lose(world, "drop_answer")
    with world.back_office() as office:
        office.bureau.sign_in()
        world.faults({"name": "drop_answer", "infno": "2601", "times": 1})
        attempt = queue.resolve_one(office, "01-000001")
    assert attempt is not None
    assert attempt.result is Result.UNREACHABLE
    assert attempt.next_try_at is not None
    assert _sync(world) == [Result.REVERSED]  # the lost reversal had worked; the second one finds it undone
    assert world.agreement().disagreements == ()


def test_a_bureau_that_will_not_reverse_needs_a_person(world: World) -> None:
    _lose(world, "drop_answer")
    world.faults({"name": "refuse", "infno": "2601"})
    assert _sync(world) == [Result.REFUSED]
    assert world.messages()[0].state is State.UNKNOWN


def test_a_bureau_that_is_down_cannot_be_asked_and_the_next_try_waits_longer(world: World) -> None:
    _lose(world, "drop_answer")
    waits = []
    with world.back_office() as office:
        office.bureau.sign_in()
        world.faults({"name": "down"})
        world.http.close()
        for _ in range(3):
            attempt = queue.resolve_one(office, "01-000001")
            assert attempt is not None
            assert attempt.result is Result.UNREACHABLE
            assert attempt.next_try_at is not None
            waits.append(round((attempt.next_try_at - world.clock.now_utc()).total_seconds()))
    assert waits == [5, 10, 20]


def test_what_a_region_does_not_let_reverse_waits_for_a_person(world: World) -> None:
    _lose(world, "drop_answer")
    world.change_region('transactions = ["2102", "2103"]', 'transactions = ["2103"]')
    assert _sync(world) == [Result.REFUSED]
    assert [message.kind for message in world.messages()] == ["settle"], "no reversal was sent"


def test_an_intent_of_a_program_that_died_is_unknown_at_the_next_start(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_body: str) -> Reply:
        raise KeyboardInterrupt

    with world.desk() as desk:
        quoted = world.quote(desk)
        monkeypatch.setattr(desk.office.bureau, "send_booking", die)
        with pytest.raises(KeyboardInterrupt):
            settle(desk, quoted, 2000)
    assert world.messages()[0].state is State.INTENT
    with world.desk():
        pass
    assert world.messages()[0].state is State.UNKNOWN
    assert _sync(world) == [Result.ABSENT]
    assert world.agreement().disagreements == ()


def test_a_drain_beside_an_open_desk_leaves_its_intents_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with world.desk() as desk:
        quoted = world.quote(desk)
        real = desk.office.bureau.send_booking
        seen: list[list[Result]] = []

        def send(body: str) -> Reply:
            seen.append(_sync(world))
            return real(body)

        monkeypatch.setattr(desk.office.bureau, "send_booking", send)
        settle(desk, quoted, 2000)
    assert seen == [[]]
    assert world.agreement().disagreements == ()


def test_only_one_process_drains(world: World) -> None:
    world.sell("YD0001")
    with drain_lock(world.home), pytest.raises(EnvironmentProblem) as caught:
        _sync(world)
    assert caught.value.code == "D-DRAIN"


def test_a_known_outcome_is_not_asked_again(world: World) -> None:
    sold = world.sell("YD0001")
    with world.back_office() as office:
        assert queue.resolve_one(office, sold.id) is None
        with pytest.raises(Refused) as caught:
            queue.resolve_one(office, "01-000077")
    assert caught.value.code == "S-NOSALE"


def test_the_list_shows_what_is_open_and_all_shows_everything(world: World) -> None:
    sold = world.sell("YD0001")
    _lose(world, "drop_answer")
    with open_books(world.home, world.environment, world.runtime) as books:
        still_open = queue.list_queue(books, everything=False)
        everything = queue.list_queue(books, everything=True)
        shown = queue.show(books, sold.id)
    assert [(row.kind, row.state) for row in still_open] == [("settle", "UNKNOWN")]
    assert next(row.record() for row in everything) == {
        "id": sold.id,
        "kind": "settle",
        "state": "OK",
        "message_id": sold.message_id,
        "amount_fen": 1260,
    }
    assert shown["settlement"] == "SETTLED"
    assert shown["money"] == {"tender": "12.60", "receipt": "12.60"}
    assert "张建国" not in str(shown)
