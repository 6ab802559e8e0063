"""A lost outcome is found, undone, proven absent, or asked about for ever; nothing is ever booked twice by asking."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from pos_client.offline.journal import Kind, Message, State
from pos_client.offline.money_book import Entry
from pos_client.runtime import HttpAnswer
from pos_client.sync.attempts import Attempt, Result
from pos_client.sync.transactions import TRANSACTIONS, Search
from pos_client.sync.visit_queries import visits_request

from .counter import PATIENCE, PURCHASE_FEN, Counter
from .tiny_bureau import DROPPED, LATE, LOST, NO_ORIGINAL, NO_ROWS, NOT_SENT, Fault, Json, Refusal

#: What must have been booked before a message of each transaction makes sense.
BEFORE = {
    "2103": ["2102"],
    "2202": ["2201"],
    "2203": ["2201"],
    "2204": ["2201"],
    "2205": ["2201", "2204"],
    "2207": ["2201", "2204"],
    "2208": ["2201", "2204", "2207"],
    "2301": ["2401"],
    "2302": ["2401", "2301"],
    "2304": ["2401", "2301"],
    "2305": ["2401", "2301", "2304"],
    "2402": ["2401"],
    "2403": ["2401"],
    "2404": ["2401"],
    "2405": ["2401", "2402"],
}
OPENS = {"2201", "2401"}
UNDOES = {Kind.VOID, Kind.WITHDRAW}
SEARCHED = [one for one, meant in TRANSACTIONS.items() if meant.search is not Search.REPEAT]
REPEATED = [one for one, meant in TRANSACTIONS.items() if meant.search is Search.REPEAT]
#: Of the searched ones, what 2601 may undo in the training region, and what not.
REVERSIBLE = [one for one in SEARCHED if one not in ("2201", "2204", "2301", "2402")]
KEPT = [one for one in SEARCHED if one not in REVERSIBLE]
SILENCES = [NOT_SENT, LOST, DROPPED, HttpAnswer(502, {}, b"<html>"), Refusal("系统繁忙，请稍后再试")]


def _prepare(desk: Counter, transaction: str) -> dict[str, Message]:
    """Books what comes before, and says what the message itself is about."""
    about: dict[str, Message] = {}
    for earlier in BEFORE.get(transaction, []):
        booked = desk.book(earlier, visit=about.get("visit"))
        assert booked.state is State.OK
        if earlier in OPENS:
            about["visit"] = booked
        elif TRANSACTIONS[transaction].kind in UNDOES:
            about["about"] = booked
    return about


def _lose(desk: Counter, transaction: str, fault: Fault = LOST) -> Message:
    about = _prepare(desk, transaction)
    return desk.lose(transaction, fault, visit=about.get("visit"), about=about.get("about"))


def _undo_in_secret(desk: Counter, lost: Message) -> None:
    """The bureau loses what it had of a message."""
    side = desk.bureau_side
    side.settled = [one for one in side.settled if one.message_id != lost.message_id]
    side.visits = [one for one in side.visits if one.by != lost.message_id]
    side.rows = [one for one in side.rows if one["by"] != lost.message_id]


def _reversals(desk: Counter, lost: Message) -> list[tuple[str, State]]:
    return [(one.transaction, one.state) for one in desk.messages() if one.about == lost.id]


# --- found --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("transaction", SEARCHED)
def test_what_the_bureau_has_is_adopted_without_a_word_that_books(desk: Counter, transaction: str) -> None:
    lost = _lose(desk, transaction)
    attempt = desk.resolve(lost)
    assert attempt.result in (Result.FOUND, Result.DONE)
    assert (attempt.is_final, desk.state(lost)) == (True, State.OK)
    assert all(asked.startswith("5") for asked in desk.bureau_side.asked())


def test_a_found_settlement_gets_its_figures_and_its_money(desk: Counter) -> None:
    lost = desk.lose("2102", tender_fen=10_000)
    desk.resolve(lost)
    assert desk.entries(lost) == {Entry.TENDER: 10_000, Entry.RECEIPT: PURCHASE_FEN, Entry.CHANGE: 2_139}
    assert desk.bureau_side.asked() == ["5201", "5204", "5203"]


def test_a_found_visit_gets_its_number(desk: Counter) -> None:
    lost = desk.lose("2201")
    desk.resolve(lost)
    charge = desk.book("2204", visit=lost)
    assert charge.state is State.OK
    assert desk.bureau_side.rows[0]["mdtrt_id"] == desk.visit_id(lost)


def test_a_purchase_is_told_from_the_ones_that_are_known_already(desk: Counter) -> None:
    known = desk.book("2102")
    lost = desk.lose("2102")
    assert desk.resolve(lost).result is Result.FOUND
    assert known.message_id != lost.message_id
    assert desk.bureau_side.asked() == ["5201", "5204", "5203"]


def test_a_purchase_of_another_desk_is_looked_at_and_left_alone(desk: Counter) -> None:
    lost = desk.lose("2102", DROPPED)
    theirs = desk.intend("2102")
    desk.bureau.exchange(desk.bureau.booking("2102", theirs.request))  # booked, and unknown to this store
    desk.bureau_side.posted.clear()
    assert desk.resolve(lost).result is Result.TOO_EARLY
    assert desk.bureau_side.asked() == ["5201", "5204", "5203"]


# --- not found ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("transaction", SEARCHED)
def test_not_found_counts_for_nothing_while_the_gateway_may_still_deliver(desk: Counter, transaction: str) -> None:
    lost = _lose(desk, transaction, DROPPED)
    attempt = desk.resolve(lost)
    assert (attempt.result, desk.state(lost)) == (Result.TOO_EARLY, State.UNKNOWN)
    assert attempt.next_try_at is not None
    assert attempt.next_try_at >= desk.found(lost).created_at + PATIENCE
    assert all(asked.startswith("5") for asked in desk.bureau_side.asked())


@pytest.mark.parametrize("transaction", REVERSIBLE)
def test_what_is_not_found_later_is_reversed_so_that_it_surely_is_gone(desk: Counter, transaction: str) -> None:
    lost = _lose(desk, transaction, DROPPED)
    desk.pass_time(seconds=9)
    attempt = desk.resolve(lost)
    assert (attempt.result, attempt.why, desk.state(lost)) == (Result.ABSENT, NO_ORIGINAL, State.NOT_SENT)
    assert _reversals(desk, lost) == [("2601", State.REFUSED)]


@pytest.mark.parametrize("transaction", KEPT)
def test_what_is_not_found_later_and_cannot_be_reversed_never_was_there(desk: Counter, transaction: str) -> None:
    lost = _lose(desk, transaction, DROPPED)
    desk.pass_time(seconds=9)
    attempt = desk.resolve(lost)
    assert (attempt.result, desk.state(lost)) == (Result.ABSENT, State.NOT_SENT)
    assert _reversals(desk, lost) == []


@pytest.mark.parametrize("transaction", REVERSIBLE)
def test_a_region_that_reverses_nothing_takes_absence_for_what_it_is(desk: Counter, transaction: str) -> None:
    desk.speaks(reversible=frozenset())
    lost = _lose(desk, transaction, DROPPED)
    desk.pass_time(seconds=9)
    assert (desk.resolve(lost).result, desk.state(lost)) == (Result.ABSENT, State.NOT_SENT)
    assert "2601" not in desk.bureau_side.asked()


@pytest.mark.parametrize("transaction", SEARCHED)
def test_what_arrives_late_is_found_when_it_is_asked_for_again(desk: Counter, transaction: str) -> None:
    lost = _lose(desk, transaction, LATE)
    assert desk.resolve(lost).result is Result.TOO_EARLY
    desk.pass_time(seconds=9)
    assert desk.resolve(lost).result in (Result.FOUND, Result.DONE)
    assert desk.state(lost) is State.OK


def test_a_lost_tender_goes_back_when_nothing_was_booked(desk: Counter) -> None:
    lost = desk.lose("2102", DROPPED, tender_fen=10_000)
    desk.resolve(lost)
    assert desk.entries(lost) == {Entry.TENDER: 10_000}
    desk.pass_time(seconds=9)
    desk.resolve(lost)
    assert desk.entries(lost) == {Entry.TENDER: 10_000, Entry.HAND_BACK: 10_000}


def test_a_void_that_never_arrived_leaves_the_sale_in_force(desk: Counter) -> None:
    sale = desk.book("2102")
    void = desk.lose("2103", DROPPED, about=sale)
    desk.pass_time(seconds=9)
    assert desk.resolve(void).result is Result.ABSENT
    assert desk.entries(void) == {}
    assert desk.bureau_side.in_force() == [sale.message_id]


# --- "not found" that was asked or answered too early ----------------------------------------------------------------


def test_an_answer_that_was_long_on_its_way_does_not_count_by_the_time_of_its_arrival(desk: Counter) -> None:
    desk.speaks(reversible=frozenset())
    lost = desk.lose("2102", LATE)

    def slow(document: Json) -> HttpAnswer:
        got_at = desk.bureau_side.clock.now
        desk.pass_time(seconds=9)
        return desk.bureau_side.answer({"mdtrtinfo": []}, received_at=got_at)

    desk.bureau_side.fault("5201", slow)
    assert desk.resolve(lost).result is Result.TOO_EARLY
    assert desk.resolve(lost).result is Result.FOUND


def test_the_first_answer_of_a_search_decides_from_when_it_counts(desk: Counter) -> None:
    """5201 lists another visit too early, the late purchase comes, 5204 and 5203 of the other visit answer late."""
    desk.speaks(reversible=frozenset())
    other = desk.intend("2102")
    desk.bureau.exchange(desk.bureau.booking("2102", other.request))
    lost = desk.lose("2102", LATE)

    def slow(document: Json) -> HttpAnswer:
        desk.pass_time(seconds=9)
        return desk.bureau_side.answer([])

    desk.bureau_side.fault("5204", slow)
    assert desk.resolve(lost).result is Result.TOO_EARLY
    assert desk.resolve(lost).result is Result.FOUND


def test_a_slow_not_found_of_the_reversal_does_not_count_by_the_time_of_its_arrival(desk: Counter) -> None:
    desk.speaks(purchases=False)
    lost = desk.lose("2102", LATE)

    def slow(document: Json) -> HttpAnswer:
        got_at = desk.bureau_side.clock.now
        desk.pass_time(seconds=9)
        return desk.bureau_side.answer(error=NO_ORIGINAL, received_at=got_at)

    desk.bureau_side.fault("2601", slow)
    assert desk.resolve(lost).result is Result.TOO_EARLY
    assert desk.resolve(lost).result is Result.REVERSED
    assert desk.bureau_side.in_force() == []


# --- clocks that jump ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("transaction", ["2102", "2201", "2204", "2402"])
def test_a_clock_that_jumped_forward_makes_nothing_count_sooner(desk: Counter, transaction: str) -> None:
    lost = _lose(desk, transaction, LATE)
    desk.ours.advance(hours=1)
    assert desk.resolve(lost).result is Result.UNREACHABLE  # the first answer seems to be an old one's
    assert desk.resolve(lost).result is Result.TOO_EARLY
    desk.pass_time(seconds=9)
    assert desk.resolve(lost).result in (Result.FOUND, Result.DONE)


@pytest.mark.parametrize("transaction", ["2102", "2201", "2204", "2402"])
def test_a_clock_that_was_set_back_leaves_it_to_the_bureaus(desk: Counter, transaction: str) -> None:
    lost = _lose(desk, transaction, DROPPED)
    desk.ours.advance(hours=-1)
    assert desk.resolve(lost).result is Result.TOO_EARLY
    desk.pass_time(seconds=9)
    assert desk.resolve(lost).result is Result.ABSENT


@pytest.mark.parametrize("transaction", ["2102", "2201", "2204", "2402"])
def test_a_bureau_that_set_its_clock_back_is_waited_for(desk: Counter, transaction: str) -> None:
    lost = _lose(desk, transaction, DROPPED)
    desk.bureau_side.clock.advance(hours=-1)
    desk.pass_time(seconds=9)
    attempt = desk.resolve(lost)
    assert not attempt.is_final
    desk.pass_time(hours=1, seconds=9)
    assert desk.resolve(lost).result is Result.ABSENT


@pytest.mark.parametrize("transaction", ["2102", "2201", "2204", "2402"])
def test_a_bureau_whose_clock_jumped_forward_does_not_count_sooner(desk: Counter, transaction: str) -> None:
    lost = _lose(desk, transaction, LATE)
    desk.bureau_side.clock.advance(seconds=3)
    assert desk.resolve(lost).result is Result.TOO_EARLY


def test_clocks_that_differ_from_the_start_are_known_to_differ(desk: Counter) -> None:
    desk.ours.advance(minutes=4)
    desk.bureau.sign_in()
    lost = desk.lose("2102", DROPPED)
    desk.pass_time(seconds=7)
    assert desk.resolve(lost).result is Result.TOO_EARLY
    desk.pass_time(seconds=2)
    assert desk.resolve(lost).result is Result.ABSENT


@pytest.mark.parametrize(("hours", "seconds", "result"), [(0, 9, Result.ABSENT), (-1, 9, Result.TOO_EARLY)])
def test_without_a_time_of_the_bureau_our_clock_decides_unless_it_was_set_back(
    desk: Counter, hours: int, seconds: int, result: Result
) -> None:
    desk.bureau_side.says_when = False
    lost = desk.lose("2201", DROPPED)
    desk.ours.advance(hours=hours, seconds=seconds)
    assert desk.resolve(lost).result is result


# --- silence ---------------------------------------------------------------------------------------------------------


QUESTIONS = [
    *(("2102", question) for question in ("5201", "5204", "5203")),
    *((one, question) for one in ("2103", "2207", "2208", "2304", "2305") for question in ("5204", "5203")),
    *((one, "5201") for one in ("2201", "2401", "2402")),
    *((one, "5204") for one in ("2204", "2301")),
]


@pytest.mark.parametrize("silence", SILENCES, ids=["not sent", "lost", "dropped", "502", "refused"])
@pytest.mark.parametrize(("transaction", "question"), QUESTIONS)
def test_silence_at_a_question_decides_nothing(desk: Counter, transaction: str, question: str, silence: Fault) -> None:
    lost = _lose(desk, transaction)
    desk.pass_time(seconds=9)
    desk.bureau_side.fault(question, silence)
    attempt = desk.resolve(lost)
    assert (attempt.result, desk.state(lost)) == (Result.UNREACHABLE, State.UNKNOWN)
    assert attempt.why.startswith(f"{question}: ")
    assert desk.bureau_side.asked()[-1] == question
    assert desk.resolve(lost).is_final


@pytest.mark.parametrize("output", ["{}x", {"other": []}, {"mdtrtinfo": [{"psn_no": "1"}]}, {"mdtrtinfo": "none"}])
def test_an_answer_that_cannot_be_read_is_silence(desk: Counter, output: object) -> None:
    lost = desk.lose("2201")
    desk.pass_time(seconds=9)
    desk.bureau_side.fault("5201", desk.bureau_side.answer(output))
    assert desk.resolve(lost).result is Result.UNREACHABLE


def test_visits_of_another_person_are_silence(desk: Counter) -> None:
    lost = desk.lose("2201", DROPPED)
    desk.pass_time(seconds=9)
    foreign = {"mdtrt_id": "V9", "psn_no": "somebody else", "ipt_otp_no": "MZ0001"}
    desk.bureau_side.fault("5201", desk.bureau_side.answer({"mdtrtinfo": [foreign]}))
    attempt = desk.resolve(lost)
    assert (attempt.result, attempt.why) == (Result.UNREACHABLE, "visits of another person")


def test_silence_is_asked_about_ever_more_rarely_and_for_ever(desk: Counter) -> None:
    lost = desk.lose("2201")
    waits = []
    for _ in range(9):
        desk.bureau_side.fault("5201", DROPPED)
        attempt = desk.resolve(lost)
        assert attempt.next_try_at is not None
        waits.append((attempt.next_try_at - desk.ours.now).total_seconds())
    assert waits == [5, 10, 20, 40, 80, 160, 300, 300, 300]


# --- the reversal ----------------------------------------------------------------------------------------------------


def _blind(desk: Counter) -> None:
    """A region that answers no question."""
    desk.speaks(purchases=False, rows_without_settlement=False, open_stays=False)


PURCHASE_OR_ADMISSION = ["2102", "2103", "2207", "2208", "2304", "2305"]


@pytest.mark.parametrize("transaction", PURCHASE_OR_ADMISSION)
def test_where_nothing_can_be_asked_it_is_reversed_and_said_to_be_gone(desk: Counter, transaction: str) -> None:
    _blind(desk)
    lost = _lose(desk, transaction)
    attempt = desk.resolve(lost)
    assert (attempt.result, desk.state(lost)) == (Result.REVERSED, State.REVERSED)
    assert desk.bureau_side.asked() == ["2601"]
    assert lost.message_id not in desk.bureau_side.in_force()


@pytest.mark.parametrize("transaction", PURCHASE_OR_ADMISSION)
def test_a_reversal_that_finds_nothing_counts_only_when_nothing_can_come_any_more(
    desk: Counter, transaction: str
) -> None:
    _blind(desk)
    lost = _lose(desk, transaction, DROPPED)
    assert desk.resolve(lost).result is Result.TOO_EARLY
    desk.pass_time(seconds=9)
    assert (desk.resolve(lost).result, desk.state(lost)) == (Result.ABSENT, State.NOT_SENT)


def test_what_commits_after_the_reversal_found_nothing_is_reversed_by_the_next(desk: Counter) -> None:
    _blind(desk)
    lost = desk.lose("2102", LATE)
    assert desk.resolve(lost).result is Result.TOO_EARLY
    desk.pass_time(seconds=9)
    assert desk.resolve(lost).result is Result.REVERSED
    assert desk.bureau_side.in_force() == []


@pytest.mark.parametrize("silence", [NOT_SENT, LOST, DROPPED, HttpAnswer(502, {}, b"")])
def test_a_reversal_without_an_answer_is_sent_again_under_an_id_of_its_own(desk: Counter, silence: Fault) -> None:
    _blind(desk)
    lost = desk.lose("2102")
    desk.bureau_side.fault("2601", silence)
    assert (desk.resolve(lost).result, desk.state(lost)) == (Result.UNREACHABLE, State.UNKNOWN)
    assert desk.resolve(lost).result is Result.REVERSED
    sent = [one["msgid"] for one in desk.bureau_side.posted if one["infno"] == "2601"]
    assert len(set(sent)) == len(sent) == 2


def test_what_a_reversal_on_its_way_may_undo_is_not_adopted(desk: Counter) -> None:
    lost = desk.lose("2102")
    desk.speaks(purchases=False)
    desk.bureau_side.fault("2601", DROPPED)
    desk.resolve(lost)
    desk.speaks(purchases=True)
    desk.bureau_side.posted.clear()
    assert desk.resolve(lost).result is Result.REVERSED
    assert desk.bureau_side.asked() == ["2601"]


def test_after_a_reversal_that_found_nothing_too_early_the_late_original_is_adopted(desk: Counter) -> None:
    lost = desk.lose("2102", LATE)
    desk.speaks(purchases=False)
    assert desk.resolve(lost).result is Result.TOO_EARLY
    desk.pass_time(seconds=9)
    desk.speaks(purchases=True)
    assert desk.resolve(lost).result is Result.FOUND


def test_a_reversal_that_is_refused_is_a_task_and_is_asked_all_the_same(desk: Counter) -> None:
    _blind(desk)
    lost = desk.lose("2102")
    desk.bureau_side.fault("2601", Refusal("已清算，不能冲正"), Refusal("已清算，不能冲正"))
    for _ in range(2):
        attempt = desk.resolve(lost)
        assert (attempt.result, attempt.why, desk.state(lost)) == (Result.REFUSED, "已清算，不能冲正", State.UNKNOWN)
        assert desk.tasks() == [("cannot_resolve", lost.id)]
    assert desk.resolve(lost).result is Result.REVERSED
    assert desk.tasks() == []


def test_an_answer_that_says_more_than_a_reversal_does_is_none(desk: Counter) -> None:
    _blind(desk)
    lost = desk.lose("2102")
    desk.bureau_side.fault("2601", desk.bureau_side.answer({"setlinfo": {}}))
    attempt = desk.resolve(lost)
    assert (attempt.result, attempt.why) == (Result.UNREACHABLE, "not the answer to a reversal")


@pytest.mark.parametrize("transaction", PURCHASE_OR_ADMISSION)
def test_where_nothing_can_be_asked_or_reversed_a_person_must_look(desk: Counter, transaction: str) -> None:
    desk.speaks(reversible=frozenset(), purchases=False, rows_without_settlement=False)
    lost = _lose(desk, transaction)
    attempt = desk.resolve(lost)
    assert (attempt.result, desk.state(lost)) == (Result.REFUSED, State.UNKNOWN)
    assert desk.tasks() == [("cannot_resolve", lost.id)]


def test_a_settlement_of_ours_whose_figures_do_not_add_up_is_undone(desk: Counter) -> None:
    lost = desk.lose("2102")
    broken = desk.bureau_side.setlinfo(desk.bureau_side.settled[0]) | {"psn_cash_pay": "0.01"}
    desk.bureau_side.fault("5203", desk.bureau_side.answer({"setlinfo": broken}))
    assert desk.resolve(lost).result is Result.REVERSED
    assert desk.entries(lost)[Entry.HAND_BACK] == PURCHASE_FEN


def test_a_settlement_of_another_whose_figures_do_not_add_up_is_silence(desk: Counter) -> None:
    lost = desk.lose("2102")
    broken = desk.bureau_side.setlinfo(desk.bureau_side.settled[0]) | {"psn_cash_pay": "0.01", "medins_setl_id": "X"}
    desk.bureau_side.fault("5203", desk.bureau_side.answer({"setlinfo": broken}))
    assert desk.resolve(lost).result is Result.UNREACHABLE
    assert desk.resolve(lost).result is Result.FOUND


# --- rows ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("transaction", ["2204", "2301"])
def test_rows_that_cannot_be_asked_for_are_withdrawn(desk: Counter, transaction: str) -> None:
    _blind(desk)
    lost = _lose(desk, transaction)
    assert desk.resolve(lost).result is Result.TOO_EARLY
    assert desk.bureau_side.asked() == []
    desk.pass_time(seconds=9)
    assert (desk.resolve(lost).result, desk.state(lost)) == (Result.REVERSED, State.REVERSED)
    assert desk.bureau_side.rows == []


@pytest.mark.parametrize("transaction", ["2204", "2301"])
def test_rows_that_were_never_there_need_no_withdrawal(desk: Counter, transaction: str) -> None:
    _blind(desk)
    lost = _lose(desk, transaction, DROPPED)
    desk.pass_time(seconds=9)
    attempt = desk.resolve(lost)
    assert (attempt.result, attempt.why, desk.state(lost)) == (Result.ABSENT, NO_ROWS, State.NOT_SENT)


@pytest.mark.parametrize("transaction", ["2204", "2301"])
@pytest.mark.parametrize("silence", [NOT_SENT, LOST, DROPPED])
def test_a_withdrawal_without_an_answer_is_sent_again(desk: Counter, transaction: str, silence: Fault) -> None:
    _blind(desk)
    lost = _lose(desk, transaction)
    desk.pass_time(seconds=9)
    desk.bureau_side.fault({"2204": "2205", "2301": "2302"}[transaction], silence)
    assert desk.resolve(lost).result is Result.UNREACHABLE
    assert desk.resolve(lost).is_final
    assert desk.bureau_side.rows == []


def test_rows_of_which_only_some_are_there_are_withdrawn(desk: Counter) -> None:
    lost = _lose(desk, "2301")
    desk.bureau_side.rows.pop()
    desk.pass_time(seconds=9)
    assert desk.resolve(lost).result is Result.REVERSED
    assert desk.bureau_side.rows == []


def test_a_refused_withdrawal_is_a_task(desk: Counter) -> None:
    _blind(desk)
    lost = _lose(desk, "2204")
    desk.pass_time(seconds=9)
    desk.bureau_side.fault("2205", Refusal("费用已结算"))
    assert desk.resolve(lost).result is Result.REFUSED
    assert desk.tasks() == [("cannot_resolve", lost.id)]


# --- discharges ------------------------------------------------------------------------------------------------------


def _says_nothing_of(desk: Counter, stays: object) -> Callable[[Json], HttpAnswer]:
    return lambda document: desk.bureau_side.answer({"mdtrtinfo": stays})


def test_the_list_of_open_stays_decides_of_a_stay_of_which_5201_does_not_say_it(desk: Counter) -> None:
    lost = _lose(desk, "2402")
    opening = next(one for one in desk.messages() if one.id == lost.visit)
    shown = {"mdtrt_id": desk.visit_id(opening), "psn_no": lost.person_no}
    desk.bureau_side.fault("5201", _says_nothing_of(desk, [shown]))
    assert desk.resolve(lost).result is Result.DONE
    assert desk.bureau_side.asked() == ["5201", "5303"]


def test_a_stay_that_the_bureau_shows_nowhere_is_not_taken_for_discharged(desk: Counter) -> None:
    lost = _lose(desk, "2402")
    desk.bureau_side.fault("5201", _says_nothing_of(desk, []))
    assert desk.resolve(lost).result is Result.REFUSED
    assert desk.tasks() == [("cannot_resolve", lost.id)]


def test_a_stay_that_is_still_open_was_not_discharged(desk: Counter) -> None:
    lost = _lose(desk, "2402", DROPPED)
    desk.pass_time(seconds=9)
    desk.bureau_side.fault("5201", _says_nothing_of(desk, []))
    assert desk.resolve(lost).result is Result.ABSENT
    assert desk.bureau_side.asked() == ["5201", "5303"]


@pytest.mark.parametrize("silence", [NOT_SENT, DROPPED])
def test_silence_about_open_stays_decides_nothing(desk: Counter, silence: Fault) -> None:
    lost = _lose(desk, "2402")
    desk.bureau_side.fault("5201", _says_nothing_of(desk, []))
    desk.bureau_side.fault("5303", silence)
    assert desk.resolve(lost).result is Result.UNREACHABLE


def test_a_region_that_does_not_say_who_is_in_hospital_leaves_it_to_a_person(desk: Counter) -> None:
    desk.speaks(open_stays=False)
    lost = _lose(desk, "2402")
    desk.bureau_side.fault("5201", _says_nothing_of(desk, []))
    attempt = desk.resolve(lost)
    assert (attempt.result, attempt.why) == (Result.REFUSED, "the bureau does not say who is in hospital")


# --- what may be done twice ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [LOST, DROPPED])
@pytest.mark.parametrize("transaction", REPEATED)
def test_what_may_be_done_twice_is_sent_again_once_nothing_older_can_be_executing(
    desk: Counter, transaction: str, fault: Fault
) -> None:
    lost = _lose(desk, transaction, fault)
    assert desk.resolve(lost).result is Result.TOO_EARLY
    assert desk.bureau_side.asked() == []
    desk.pass_time(seconds=9)
    assert (desk.resolve(lost).result, desk.state(lost)) == (Result.DONE, State.OK)
    again = next(one for one in desk.messages() if one.kind is Kind.REPEAT)
    assert (again.transaction, again.about) == (transaction, lost.id)
    assert again.message_id != lost.message_id


@pytest.mark.parametrize("silence", [NOT_SENT, LOST, DROPPED])
@pytest.mark.parametrize("transaction", REPEATED)
def test_a_repetition_without_an_answer_is_repeated(desk: Counter, transaction: str, silence: Fault) -> None:
    lost = _lose(desk, transaction)
    desk.pass_time(seconds=9)
    desk.bureau_side.fault(transaction, silence)
    assert desk.resolve(lost).result is Result.UNREACHABLE
    assert desk.resolve(lost).result is Result.DONE


@pytest.mark.parametrize("transaction", REPEATED)
def test_only_a_refusal_that_stays_is_believed(desk: Counter, transaction: str) -> None:
    lost = _lose(desk, transaction)
    desk.pass_time(seconds=9)
    refusal = Refusal("系统繁忙，请稍后再试")
    desk.bureau_side.fault(transaction, refusal, refusal, refusal)
    assert [desk.resolve(lost).result for _ in range(3)] == [Result.UNREACHABLE] * 2 + [Result.ABSENT]
    assert desk.state(lost) is State.NOT_SENT


def test_an_outage_does_not_make_one_refusal_credible(desk: Counter) -> None:
    lost = _lose(desk, "2202")
    desk.pass_time(seconds=9)
    desk.bureau_side.fault("2202", *[DROPPED] * 5, Refusal("系统繁忙，请稍后再试"))
    for _ in range(6):
        assert desk.resolve(lost).result is Result.UNREACHABLE
    assert desk.resolve(lost).result is Result.DONE


def test_a_repetition_at_a_set_back_clock_counts_by_the_bureaus(desk: Counter) -> None:
    lost = _lose(desk, "2203", LATE)
    desk.ours.advance(hours=-1)
    assert desk.resolve(lost).result is Result.TOO_EARLY
    assert desk.bureau_side.asked() == ["2203"]
    desk.pass_time(seconds=9)
    assert desk.resolve(lost).result is Result.DONE


# --- foreign answers -------------------------------------------------------------------------------------------------


def test_the_answer_to_an_earlier_message_decides_nothing(desk: Counter) -> None:
    lost = desk.lose("2201", DROPPED)
    desk.pass_time(seconds=9)
    earlier = desk.bureau_side.answer({"mdtrtinfo": []})
    desk.bureau_side.fault("5201", earlier, earlier)
    desk.bureau.query(visits_request(lost.person_no, "439900", "11", lost.created_at, lost.created_at))
    attempt = desk.resolve(lost)
    assert (attempt.result, attempt.why) == (Result.UNREACHABLE, "5201: the answer to an earlier message")


def test_the_answer_to_a_message_that_left_before_decides_nothing(desk: Counter) -> None:
    lost = desk.lose("2201", DROPPED)
    long_ago = desk.bureau_side.clock.now
    desk.pass_time(seconds=9)
    desk.bureau_side.fault("5201", lambda document: desk.bureau_side.answer({"mdtrtinfo": []}, received_at=long_ago))
    attempt = desk.resolve(lost)
    assert (attempt.result, attempt.why) == (Result.UNREACHABLE, "5201: the answer to a message that was sent before")
    assert desk.resolve(lost).result is Result.ABSENT


def test_a_booking_that_the_bureau_got_before_stays_open_and_is_asked_about(desk: Counter) -> None:
    intended = desk.intend("2102")

    def twice(document: Json) -> HttpAnswer:
        desk.bureau_side._executed(document)
        return desk.bureau_side.answer(error="报文ID(msgid)重复")

    desk.bureau_side.fault("2102", twice)
    assert desk.send(intended).state is State.UNKNOWN
    assert desk.resolve(intended).result is Result.FOUND
    assert desk.entries(intended)[Entry.RECEIPT] == PURCHASE_FEN


# --- the end of a program --------------------------------------------------------------------------------------------


def test_lost_intents_of_the_desk_and_of_the_queue_are_told_apart(desk: Counter) -> None:
    of_desk = desk.intend("2102")
    of_queue = desk.intend("2102", queued=True)
    waiting = desk.intend("2102", queued=True)
    desk.bureau_side.fault("2102", None)
    conversation = desk.resolver.send(of_queue)
    next(conversation)
    conversation.close()
    desk.resolver.adopt_orphans(of_queue=False)
    assert [desk.state(one) for one in (of_desk, of_queue, waiting)] == [State.UNKNOWN, State.INTENT, State.QUEUED]
    desk.resolver.adopt_orphans(of_queue=True)
    assert [desk.state(one) for one in (of_desk, of_queue, waiting)] == [State.UNKNOWN, State.UNKNOWN, State.QUEUED]
    assert desk.outcomes(of_desk)[-1].evidence == {"why": "the program ended before the outcome was known"}


# --- what waited in the queue ----------------------------------------------------------------------------------------


def _send(desk: Counter, waiting: Message) -> Attempt:
    return desk.bureau.hold(desk.resolver.send(waiting))


@pytest.mark.parametrize(
    ("fault", "result", "state"),
    [
        (None, Result.SENT, State.OK),
        (Refusal("待遇已暂停"), Result.LOST, State.REFUSED),
        (NOT_SENT, Result.UNREACHABLE, State.QUEUED),
        (LOST, Result.FOUND, State.OK),
        (DROPPED, Result.TOO_EARLY, State.UNKNOWN),
    ],
    ids=["accepted", "refused", "not sent", "lost", "dropped"],
)
def test_what_waited_is_sent_and_found_out_about_at_once(
    desk: Counter, fault: Fault | None, result: Result, state: State
) -> None:
    waiting = desk.intend("2102", queued=True)
    desk.bureau_side.faults["2102"].append(fault)
    assert (_send(desk, waiting).result, desk.state(waiting)) == (result, state)
    assert desk.tasks() == ([("loss", waiting.id)] if result is Result.LOST else [])


def test_what_waited_long_counts_from_when_it_left(desk: Counter) -> None:
    waiting = desk.intend("2102", queued=True)
    desk.pass_time(hours=1)
    desk.bureau_side.fault("2102", LATE)
    assert _send(desk, waiting).result is Result.TOO_EARLY
    desk.pass_time(seconds=9)
    assert desk.resolve(waiting).result is Result.FOUND


# --- the customer has left -------------------------------------------------------------------------------------------


def _left_but_settled(desk: Counter, transaction: str = "2102") -> Message:
    lost = _lose(desk, transaction)
    desk.leave(lost)
    desk.resolve(lost)
    assert desk.state(lost) is State.OK
    return desk.found(lost)


def _void(desk: Counter, settle: Message) -> Attempt:
    return desk.bureau.hold(desk.resolver.void_what_was_left(settle))


@pytest.mark.parametrize("transaction", ["2102", "2207", "2304"])
def test_what_was_settled_for_a_customer_who_has_left_is_voided(desk: Counter, transaction: str) -> None:
    settle = _left_but_settled(desk, transaction)
    attempt = _void(desk, settle)
    assert (attempt.result, attempt.message) == (Result.VOIDED, settle)
    assert desk.bureau_side.in_force() == []
    void = desk.messages()[-1]
    assert (void.kind, void.about, void.amount_fen, void.state) == (
        Kind.VOID, settle.id, -settle.amount_fen, State.OK
    )  # fmt: skip


def test_a_void_whose_answer_was_lost_is_found(desk: Counter) -> None:
    settle = _left_but_settled(desk)
    desk.bureau_side.fault("2103", LOST)
    assert _void(desk, settle).result is Result.VOIDED


def test_a_refused_void_is_a_task(desk: Counter) -> None:
    settle = _left_but_settled(desk)
    desk.bureau_side.fault("2103", Refusal("已清算，不能撤销"))
    attempt = _void(desk, settle)
    assert (attempt.result, attempt.why) == (Result.UNREACHABLE, "已清算，不能撤销")
    assert desk.tasks() == [("left_but_settled", settle.id)]


def test_a_void_that_may_still_be_executing_is_open_itself(desk: Counter) -> None:
    settle = _left_but_settled(desk)
    desk.bureau_side.fault("2103", DROPPED)
    attempt = _void(desk, settle)
    assert attempt.result is Result.UNREACHABLE
    assert attempt.next_try_at is not None
    assert desk.messages()[-1].state is State.UNKNOWN
    assert desk.tasks() == []


def test_a_question_that_cannot_be_put_now_is_put_off(desk: Counter) -> None:
    lost = desk.lose("2102")
    attempt = desk.resolver.put_off(lost, "N-DOWN")
    assert (attempt.result, attempt.next_try_at) == (Result.UNREACHABLE, desk.ours.now + timedelta(seconds=5))
