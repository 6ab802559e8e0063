"""Open messages: listed, explained, resolved."""

from datetime import timedelta

import pytest

from pos_client.desk import queue
from pos_client.desk.afterwards import customer_left
from pos_client.desk.books import open_books
from pos_client.desk.settle import settle
from pos_client.desk.station import open_counter
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Refused
from pos_client.offline.journal import State
from pos_client.offline.locks import drain_lock
from pos_client.runtime import shanghai
from pos_client.sync.attempts import Result
from pos_client.sync.bureau import Outgoing
from pos_client.sync.reply import Reply
from tests.desk.world import GATEWAY_TIMEOUT, World


def _lose(world: World, fault: str) -> None:
    world.faults({"name": fault, "infno": "2102", "times": 1})
    with pytest.raises(OutcomeUnknown):
        world.sell("YD0001", tendered_fen=2000)


def _sync(world: World) -> list[Result]:
    with world.back_office() as office:
        return [attempt.result for attempt in queue.sync_once(office)]


def _without_queries(world: World) -> None:
    world.change_region("purchases = true", "purchases = false")


def test_a_lost_settlement_that_was_booked_is_found_and_stands(world: World) -> None:
    _lose(world, "drop_answer")
    assert _sync(world) == [Result.FOUND]
    books = world.agreement()
    assert (books.disagreements, books.standing, books.drawer_fen) == ((), 1, 1260)


@pytest.mark.parametrize("fault", ["http_500_after", "truncated", "twice", "answered_twice", "string_for_object"])
def test_whatever_becomes_of_the_answer_the_settlement_is_found(world: World, fault: str) -> None:
    _lose(world, fault)
    assert _sync(world) == [Result.FOUND]
    assert world.agreement().disagreements == ()


def test_where_it_cannot_be_found_it_is_reversed_and_the_tender_goes_back(world: World) -> None:
    _without_queries(world)
    _lose(world, "drop_answer")
    assert _sync(world) == [Result.REVERSED]
    assert world.ledger()[0]["reversed"]
    books = world.agreement()
    assert (books.disagreements, books.standing, books.drawer_fen) == ((), 0, 0)


def test_a_customer_who_has_left_gets_his_money_at_once_and_the_settlement_is_voided(world: World) -> None:
    _lose(world, "drop_answer")
    with open_counter(world.home, world.environment, world.runtime) as office:
        assert customer_left(office, "01-000001") == 2000
    assert _sync(world) == [Result.FOUND, Result.VOIDED]
    books = world.agreement()
    assert (books.disagreements, books.standing, books.drawer_fen) == ((), 0, 0)


def test_a_void_after_the_customer_left_whose_answer_is_lost_is_found_too(world: World) -> None:
    _lose(world, "drop_answer")
    with open_counter(world.home, world.environment, world.runtime) as office:
        customer_left(office, "01-000001")
    world.faults({"name": "drop_answer", "infno": "2103", "times": 1})
    assert _sync(world) == [Result.FOUND, Result.VOIDED]
    assert world.agreement().disagreements == ()


def test_only_of_an_unknown_outcome_can_it_be_said_that_the_customer_left(world: World) -> None:
    sold = world.sell("YD0001")
    with open_counter(world.home, world.environment, world.runtime) as office:
        for id_, code in ((sold.id, "S-KNOWN"), ("01-000099", "S-NOSALE")):
            with pytest.raises(Refused) as caught:
                customer_left(office, id_)
            assert caught.value.code == code


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
    """The worst race: the bureau says "not found", then the original commits."""
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
    assert _sync(world) == [Result.FOUND]
    assert world.agreement().disagreements == ()


def test_once_a_reversal_is_on_its_way_nothing_is_adopted_any_more(world: World) -> None:
    _without_queries(world)
    _lose(world, "drop_answer")
    world.faults({"name": "drop_answer", "infno": "2601", "times": 1})
    assert _sync(world) == [Result.UNREACHABLE]
    world.change_region("purchases = false", "purchases = true")
    assert _sync(world) == [Result.REVERSED]  # the lost reversal had worked; the second one finds it undone
    assert world.agreement().disagreements == ()


def test_a_question_that_gets_no_answer_leaves_it_unknown_and_says_when_it_is_asked_again(world: World) -> None:
    _lose(world, "drop_answer")
    for infno in ("5201", "5204", "5203"):
        world.faults({"name": "drop_answer", "infno": infno, "times": 1})
        with world.back_office() as office:
            attempt = queue.resolve_one(office, "01-000001")
        assert attempt is not None
        assert attempt.result is Result.UNREACHABLE
        assert infno in attempt.why
    assert _sync(world) == [Result.FOUND]


def test_a_bureau_that_neither_shows_nor_reverses_gives_a_person_a_task(world: World) -> None:
    _without_queries(world)
    _lose(world, "drop_answer")
    world.faults({"name": "refuse", "infno": "2601"})
    assert _sync(world) == [Result.REFUSED]
    assert world.messages()[0].state is State.UNKNOWN
    assert world.tasks() == [("cannot_resolve", "01-000001")]
    world.faults()
    assert _sync(world) == [Result.REVERSED]
    assert world.tasks() == []


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


def test_a_drain_that_cannot_even_sign_in_puts_everything_off(world: World) -> None:
    _lose(world, "drop_answer")
    world.faults({"name": "down"})
    world.http.close()
    assert _sync(world) == [Result.UNREACHABLE]
    assert world.messages()[0].state is State.UNKNOWN


def test_what_a_region_neither_shows_nor_reverses_waits_for_a_person(world: World) -> None:
    _without_queries(world)
    _lose(world, "drop_answer")
    world.change_region('transactions = ["2102", ', "transactions = [")
    assert _sync(world) == [Result.REFUSED]
    assert [message.kind for message in world.messages()] == ["settle"], "no reversal was sent"


def test_an_intent_of_a_program_that_died_is_unknown_at_the_next_start(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_outgoing: Outgoing) -> Reply:
        raise KeyboardInterrupt

    with world.desk() as desk:
        quoted = world.quote(desk)
        monkeypatch.setattr(desk.office.bureau, "carry", die)
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
        real = desk.office.bureau.carry
        seen: list[list[Result]] = []

        def send(outgoing: Outgoing) -> Reply:
            seen.append(_sync(world))
            return real(outgoing)

        monkeypatch.setattr(desk.office.bureau, "carry", send)
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
