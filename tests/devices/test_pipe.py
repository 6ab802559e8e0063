"""What goes into the pipe comes out of it, and what is no message says nothing of what it held."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.devices import pipe, words
from pos_client.devices.announcer import Said, Sentence
from pos_client.devices.device_url import WrongDeviceUrl
from pos_client.devices.display import Amount, DisplayState, Figure
from pos_client.devices.scanner import Scan
from pos_client.errors import EnvironmentProblem

fen = st.integers(-(10**16), 10**16)
orders = st.one_of(
    st.builds(
        pipe.Show,
        st.builds(
            DisplayState, st.lists(st.builds(Amount, st.sampled_from(Figure), fen)).map(tuple), greeting=st.booleans()
        ),
    ),
    st.builds(pipe.Announce, st.lists(st.builds(Sentence, st.sampled_from(Said), fen)).map(tuple)),
    st.sampled_from([pipe.OpenDrawer(), pipe.AreYouThere(), pipe.End(), pipe.End(blank=False)]),
)


@given(st.integers(0), orders)
def test_orders(number: int, order: pipe.Order) -> None:
    line = pipe.order_line(number, order)
    assert b"\n" not in line
    assert pipe.order_of(line) == (number, order)


@given(st.one_of(st.builds(pipe.Done, st.integers(0)), st.builds(Scan, st.text(min_size=1))))
def test_events(event: pipe.Event) -> None:
    line = pipe.event_line(event)
    assert b"\n" not in line
    assert pipe.event_of(line) == event


@pytest.mark.parametrize(
    "problem",
    [
        EnvironmentProblem(words.NOT_REACHED, {"errno": 5}, device_zh="钱箱", device_en="the drawer", target="COM1"),
        WrongDeviceUrl(words.WRONG_URL, device_zh="钱箱", device_en="the drawer", url="x", example="y"),
    ],
)
def test_problems_are_what_they_were(problem: EnvironmentProblem) -> None:
    event = pipe.event_of(pipe.event_line(pipe.Troubled(problem)))
    assert isinstance(event, pipe.Troubled)
    assert type(event.problem) is type(problem)
    assert event.problem.sentence("zh") == problem.sentence("zh")
    assert event.problem.evidence == problem.evidence


@pytest.mark.parametrize("line", [b"", b"[", b"2812345678901234", b"[1]", b"{}", b'{"trouble":{"kind":"x"}}', b"\xff"])
def test_what_is_no_message_is_not_repeated(line: bytes) -> None:
    for read in (pipe.event_of, pipe.order_of):
        with pytest.raises(pipe.NotUnderstood) as told:
            read(line)
        assert str(told.value) == ""
        assert told.value.__cause__ is None
