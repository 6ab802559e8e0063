"""Since when the bureau is out of reach, seen on what is sent anyway."""

from datetime import timedelta

import pytest

from pos_client.desk.contact import WatchedHttp
from pos_client.desk.strip import Contact
from pos_client.runtime import GIVEN_UP, HttpAnswer, NoAnswer, NotSent
from tests.virtual import NOON, ScriptedHttp, VirtualClock


def _post(door: WatchedHttp) -> HttpAnswer:
    return door.post("http://bureau", body=b"{}", headers={}, connect_timeout_ms=1, read_timeout_ms=1)


def _door(*answers: HttpAnswer | Exception) -> tuple[WatchedHttp, Contact, VirtualClock]:
    contact, clock = Contact(), VirtualClock()
    return WatchedHttp(ScriptedHttp(answers), contact, clock), contact, clock


def test_nothing_tried_is_nothing_known() -> None:
    assert Contact().offline_since is None


@pytest.mark.parametrize("failure", [NotSent("refused"), NoAnswer("timed out")])
def test_the_first_failure_counts_and_is_raised_as_it_was(failure: Exception) -> None:
    door, contact, clock = _door(failure, failure)
    for _ in range(2):
        with pytest.raises(type(failure)) as raised:
            _post(door)
        assert raised.value is failure
        clock.advance(minutes=5)
    assert contact.offline_since == NOON


@pytest.mark.parametrize("status", [200, 500])
def test_any_answer_is_a_contact(status: int) -> None:
    door, contact, clock = _door(NotSent("refused"), HttpAnswer(status, {}, b"{}"), NoAnswer("timed out"))
    with pytest.raises(NotSent):
        _post(door)
    clock.advance(minutes=5)
    assert _post(door).status == status
    assert contact.offline_since is None
    with pytest.raises(NoAnswer):
        _post(door)
    assert contact.offline_since == NOON + timedelta(minutes=5)


def test_who_gave_up_waiting_learned_nothing_about_the_bureau() -> None:
    door, contact, _ = _door(NoAnswer(GIVEN_UP))
    with pytest.raises(NoAnswer):
        _post(door)
    assert contact.offline_since is None
