"""The connection to the bureau: signs in once a day, learns the bureau's clock, and knows answers that are not its."""

from datetime import timedelta

import pytest

from pos_client.errors import EnvironmentProblem, OurBug, Refused
from pos_client.offline.journal import State
from pos_client.runtime import GIVEN_UP, HttpAnswer
from pos_client.sync.bureau import outcome_unknown
from pos_client.sync.envelope import Request, UnreadableError
from pos_client.sync.reply import Accepted, NotExecuted, Rejected, Unclear
from pos_client.sync.visit_queries import visits_request

from .counter import Counter
from .messages import PERSON_NO
from .tiny_bureau import DROPPED, LOST, NOT_SENT, Json, Refusal

SIGN_IN_LOST = Refusal("未签到，请先签到")


def _question(desk: Counter) -> Request:
    return visits_request(PERSON_NO, "439900", "11", desk.ours.now, desk.ours.now)


def _transactions(desk: Counter) -> list[str]:
    return [one["infno"] for one in desk.bureau_side.posted]


# --- signing in ------------------------------------------------------------------------------------------------------


def test_the_first_message_of_a_day_signs_in(desk: Counter) -> None:
    for _ in range(2):
        desk.bureau.query(_question(desk))
    assert _transactions(desk) == ["9001", "5201", "5201"]
    assert {one["sign_no"] for one in desk.bureau_side.posted[1:]} == {"S1"}
    desk.pass_time(hours=12)
    desk.bureau.query(_question(desk))
    assert _transactions(desk)[3:] == ["9001", "5201"]


def test_signing_in_again_is_done_when_it_is_asked_for(desk: Counter) -> None:
    desk.bureau.sign_in()
    desk.bureau.sign_in()
    desk.bureau.sign_in(again=True)
    assert _transactions(desk) == ["9001", "9001"]


def test_signing_out_is_only_for_those_who_are_in(desk: Counter) -> None:
    desk.bureau.sign_out()
    assert _transactions(desk) == []
    desk.bureau.sign_in()
    desk.bureau.sign_out()
    desk.bureau.sign_out()
    desk.bureau.query(_question(desk))
    assert _transactions(desk) == ["9001", "9002", "9001", "5201"]
    assert desk.bureau_side.posted[1]["input"]["signOut"]["sign_no"] == "S1"


def test_a_question_is_asked_again_when_the_bureau_has_forgotten_the_sign_in(desk: Counter) -> None:
    desk.bureau_side.fault("5201", SIGN_IN_LOST)
    assert desk.bureau.query(_question(desk)).accepted
    assert _transactions(desk) == ["9001", "5201", "9001", "5201"]


def test_a_question_is_not_asked_for_ever(desk: Counter) -> None:
    desk.bureau_side.fault("5201", SIGN_IN_LOST, SIGN_IN_LOST)
    with pytest.raises(EnvironmentProblem):
        desk.bureau.query(_question(desk))
    assert _transactions(desk) == ["9001", "5201", "9001", "5201"]


def test_a_booking_without_a_sign_in_was_not_executed_and_is_not_sent_again_by_itself(desk: Counter) -> None:
    sale = desk.book("2102", SIGN_IN_LOST)
    assert sale.state is State.NOT_SENT
    assert _transactions(desk) == ["9001", "2102"]
    assert desk.book("2102").state is State.OK
    assert _transactions(desk)[2:] == ["9001", "2102"]


def test_what_has_waited_leaves_with_the_sign_in_of_today(desk: Counter) -> None:
    waiting = desk.intend("2102", queued=True)
    desk.pass_time(days=1)
    desk.drain()
    sent = desk.bureau_side.posted[-1]
    assert (sent["msgid"], sent["sign_no"]) == (waiting.message_id, "S3")


@pytest.mark.parametrize("output", [{}, {"signinoutb": []}, {"signinoutb": {}}, {"signinoutb": {"sign_no": None}}])
def test_a_sign_in_without_a_number_is_none(desk: Counter, output: Json) -> None:
    desk.bureau_side.fault("9001", desk.bureau_side.answer(output))
    with pytest.raises(EnvironmentProblem) as caught:
        desk.bureau.sign_in()
    assert caught.value.code == "N-ANSWER"
    desk.bureau.sign_in()
    assert _transactions(desk) == ["9001", "9001"]


# --- asking ----------------------------------------------------------------------------------------------------------


def test_a_refused_question_says_why_in_the_bureaus_words(desk: Counter) -> None:
    desk.bureau_side.fault("5201", Refusal("无此人。"))
    with pytest.raises(Refused) as caught:
        desk.bureau.query(_question(desk))
    assert caught.value.code == "R-5201"
    assert "拒绝：无此人。没有收费" in caught.value.sentence("zh")


@pytest.mark.parametrize(
    ("fault", "code"),
    [(NOT_SENT, "N-DOWN"), (DROPPED, "N-ANSWER"), (LOST, "N-ANSWER"), (HttpAnswer(502, {}, b""), "N-ANSWER")],
)
def test_a_question_without_an_answer_is_a_matter_of_the_network(desk: Counter, fault: object, code: str) -> None:
    desk.bureau_side.fault("5201", fault)  # type: ignore[arg-type]
    with pytest.raises(EnvironmentProblem) as caught:
        desk.bureau.query(_question(desk))
    assert caught.value.code == code


@pytest.mark.parametrize("kind", [NotExecuted, Unclear])
def test_a_question_that_was_given_up_is_no_matter_of_the_network(
    desk: Counter, kind: type[NotExecuted] | type[Unclear]
) -> None:
    told = desk.bureau.problem("5201", kind(GIVEN_UP))
    assert isinstance(told, EnvironmentProblem)
    assert told.code == "N-STOPPED"


def test_an_accepted_answer_that_cannot_be_used_is_as_good_as_none(desk: Counter) -> None:
    answer = desk.bureau.query(_question(desk))
    for error in (UnreadableError("x"), KeyError("x"), ValueError("x")):

        def read(output: object, error: Exception = error) -> None:
            raise error

        with pytest.raises(EnvironmentProblem) as caught:
            desk.bureau.readable(answer, "5201", read)
        assert caught.value.code == "N-ANSWER"
    assert desk.bureau.readable(answer, "5201", dict) == {"mdtrtinfo": []}
    assert desk.bureau.problem("5201", Accepted(answer)).code == "N-ANSWER"


def test_a_message_that_breaks_the_interface_does_not_leave(desk: Counter) -> None:
    with pytest.raises(OurBug) as caught:
        desk.bureau.query(Request("5201", {"data": {"psn_no": PERSON_NO}}))
    assert caught.value.code == "S-BUG"
    assert _transactions(desk) == ["9001"]


def test_bookings_are_waited_for_longer_than_questions(desk: Counter) -> None:
    desk.bureau.sign_in()
    question = desk.bureau.question(_question(desk))
    transport = desk.region.transport
    assert question.read_timeout_ms == transport.query_timeout_ms
    assert desk.bureau.booking("5201", question.body).read_timeout_ms == transport.booking_timeout_ms
    assert desk.bureau.institution_code == "P43999900001"


def test_an_open_outcome_says_which_message_and_not_to_charge_again() -> None:
    problem = outcome_unknown("2102", "01-000007", "HTTP 502")
    assert (problem.code, problem.evidence) == ("U-2102", {"why": "HTTP 502"})
    assert "01-000007 是否入账还不知道。系统正在查询，不要重复收费" in problem.sentence("zh")


# --- the two clocks --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ahead_ms", [0, 120_000, -120_000])
def test_the_difference_of_the_clocks_is_known_from_every_answer(desk: Counter, ahead_ms: int) -> None:
    desk.ours.advance(milliseconds=ahead_ms)
    assert desk.bureau.clock_skew_ms == desk.bureau.lowest_skew_ms == 0
    desk.bureau.sign_in()
    assert desk.bureau.clock_skew_ms == desk.bureau.lowest_skew_ms == ahead_ms


def test_a_slow_way_back_is_not_taken_for_a_wrong_clock(desk: Counter) -> None:
    def slow(document: Json) -> HttpAnswer:
        answer = desk.bureau_side.answer({})
        desk.pass_time(minutes=10)
        return answer

    desk.bureau.sign_in()
    desk.bureau_side.fault("5201", slow)
    desk.bureau.query(_question(desk))
    assert desk.bureau.clock_skew_ms == 0
    desk.bureau.refuse_when_clock_is_off()


@pytest.mark.parametrize(("minutes", "refused"), [(5, False), (-5, False), (6, True), (-6, True)])
def test_no_money_is_taken_by_a_clock_that_is_off(desk: Counter, minutes: int, refused: bool) -> None:
    desk.ours.advance(minutes=minutes)
    desk.bureau.sign_in()
    if not refused:
        desk.bureau.refuse_when_clock_is_off()
        return
    with pytest.raises(EnvironmentProblem) as caught:
        desk.bureau.refuse_when_clock_is_off()
    assert caught.value.code == "N-CLOCK"
    assert " 6 分钟" in caught.value.sentence("zh")


def test_an_answer_without_times_teaches_nothing(desk: Counter) -> None:
    desk.ours.advance(minutes=10)
    desk.bureau_side.says_when = False
    desk.bureau.query(_question(desk))
    assert desk.bureau.clock_skew_ms == 0


# --- answers to other messages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("accepted", [True, False])
def test_an_answer_that_came_before_is_another_messages(desk: Counter, accepted: bool) -> None:
    twice = desk.bureau_side.answer({"mdtrtinfo": []}, error="" if accepted else "无此人")
    desk.bureau_side.fault("5201", twice, twice)
    first, second = (desk.bureau.exchange(desk.bureau.question(_question(desk))) for _ in range(2))
    assert isinstance(first, Accepted if accepted else Rejected)
    assert isinstance(second, Unclear)
    assert second.why == "the answer to an earlier message"
    assert second.raw is not None


def test_answers_without_a_number_are_not_each_others(desk: Counter) -> None:
    desk.bureau_side.says_when = False
    for _ in range(3):
        assert desk.bureau.query(_question(desk)).reference == ""


def test_the_numbers_of_the_last_thousand_answers_are_remembered(
    desk: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos_client.sync.bureau._REFERENCES_REMEMBERED", 3)
    first = desk.bureau_side.answer({})
    desk.bureau_side.fault("5201", first, None, None, None, first)
    replies = [desk.bureau.exchange(desk.bureau.question(_question(desk))) for _ in range(5)]
    assert all(isinstance(reply, Accepted) for reply in replies)
    assert len(desk.bureau._seen) == 3


def test_an_answer_to_what_was_sent_before_ours_is_another_messages(desk: Counter) -> None:
    desk.bureau.sign_in()
    got_at = desk.bureau_side.clock.now
    desk.pass_time(seconds=3)
    desk.bureau_side.fault("5201", lambda document: desk.bureau_side.answer({}, received_at=got_at))
    reply = desk.bureau.exchange(desk.bureau.question(_question(desk)))
    assert isinstance(reply, Unclear)
    assert reply.why == "the answer to a message that was sent before"


def test_clocks_are_known_to_two_seconds(desk: Counter) -> None:
    desk.bureau.sign_in()
    desk.bureau_side.clock.advance(seconds=-2)
    assert desk.bureau.query(_question(desk)).accepted


def test_a_bureau_that_sets_its_clock_back_costs_one_answer(desk: Counter) -> None:
    desk.bureau.sign_in()
    desk.bureau_side.clock.advance(minutes=-2)
    with pytest.raises(EnvironmentProblem):
        desk.bureau.query(_question(desk))
    assert desk.bureau.query(_question(desk)).accepted
    assert desk.bureau.clock_skew_ms == timedelta(minutes=2) / timedelta(milliseconds=1)


def test_a_message_that_was_not_sent_teaches_nothing(desk: Counter) -> None:
    desk.bureau_side.fault("5201", NOT_SENT)
    assert isinstance(desk.bureau.exchange(desk.bureau.question(_question(desk))), NotExecuted)
    assert desk.bureau.clock_skew_ms == 0
