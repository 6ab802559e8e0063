"""A line is opened again by itself; its trouble is told once, and once that it is over."""

import errno

import pytest

from pos_client.devices import words
from pos_client.devices.line import HELD_MS, RETRY_MS, Line
from pos_client.devices.model import LineSettings
from pos_client.errors import Words
from tests.devices.simulated import Ears, Sockets

AT = "/dev/ttyS1"
SETTINGS = LineSettings(2400, 8, "none", 1)


def line_to(sockets: Sockets, ears: Ears) -> Line:
    line = Line(AT, SETTINGS, sockets.open, ears.troubled)
    line.serve(words.DISPLAY)
    return line


def test_a_line_that_is_there_is_opened_without_a_word() -> None:
    sockets, ears = Sockets(), Ears()
    port = sockets.plug(AT)
    line = line_to(sockets, ears)
    line.tend(0)
    assert line.send(b"86.40", 0)
    assert port.written == [b"86.40"]
    assert sockets.opened == [(AT, SETTINGS)]
    assert ears.codes() == []


def test_a_line_that_is_not_there_is_tried_again_and_told_once() -> None:
    sockets, ears = Sockets(), Ears()
    line = line_to(sockets, ears)
    for now_ms in range(0, 10 * RETRY_MS, 100):
        line.tend(now_ms)
    assert len(sockets.opened) == 10
    assert [problem.words for problem in ears.problems] == [words.NOT_REACHED]
    assert ears.problems[0].sentence("zh").startswith(f"顾客显示屏连不上（{AT}）")


def test_a_pulled_plug_is_noticed_told_and_its_return_too() -> None:
    sockets, ears = Sockets(), Ears()
    sockets.plug(AT)
    line = line_to(sockets, ears)
    line.tend(0)
    sockets.unplug(AT)
    assert line.receive(50) == b""
    assert not line.send(b"lost", 60)
    line.tend(50 + RETRY_MS - 1)
    sockets.plug(AT)
    line.tend(50 + RETRY_MS)
    assert line.is_open
    assert line.openings == 2
    assert line.receive(60 + RETRY_MS) == b""
    line.tend(50 + RETRY_MS + HELD_MS - 1)
    assert ears.codes() == ["G-01"]
    for now_ms in (50 + RETRY_MS + HELD_MS, 50 + 2 * RETRY_MS):
        line.tend(now_ms)
    assert ears.codes() == ["G-02"]


def test_a_line_that_opens_and_breaks_at_once_again_and_again_is_told_once() -> None:
    sockets, ears = Sockets(), Ears()
    line = line_to(sockets, ears)
    for now_ms in range(0, 20 * RETRY_MS, 20):
        sockets.plug(AT)
        line.tend(now_ms)
        sockets.unplug(AT)
        line.receive(now_ms)
    assert line.openings == 20
    assert ears.codes() == ["G-01"]


def test_a_line_that_the_other_side_closes_when_idle_is_opened_again_without_a_word() -> None:
    sockets, ears = Sockets(), Ears()
    port = sockets.plug(AT)
    line = line_to(sockets, ears)
    for minute in range(3):
        line.tend(minute * 60_000)
        port.coming_end = True
        line.receive(minute * 60_000 + 59_000)
        port = sockets.plug(AT)
    line.tend(180_000)
    assert (line.openings, line.is_open, ears.codes()) == (4, True, [])


def test_a_line_that_was_closed_and_cannot_be_opened_again_is_told() -> None:
    sockets, ears = Sockets(), Ears()
    sockets.plug(AT).coming_end = True
    line = line_to(sockets, ears)
    line.tend(0)
    line.receive(59_000)
    del sockets.plugged[AT]
    line.tend(59_000)
    assert ears.codes() == ["G-01"]


def test_a_line_that_breaks_in_writing_is_closed() -> None:
    sockets, ears = Sockets(), Ears()
    port = sockets.plug(AT)
    line = line_to(sockets, ears)
    line.tend(0)
    sockets.unplug(AT)
    assert not line.send(b"86.40", 0)
    assert port.closed
    assert ears.codes() == ["G-01"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EACCES, words.ACCESS_DENIED),
        (errno.EPERM, words.ACCESS_DENIED),
        (errno.EAGAIN, words.BUSY),
        (errno.EBUSY, words.BUSY),
        (errno.ECONNREFUSED, words.NOT_REACHED),
        (None, words.NOT_REACHED),
    ],
)
def test_each_cause_has_its_words(number: int | None, said: Words) -> None:
    sockets, ears = Sockets(), Ears()
    sockets.why = OSError("why") if number is None else OSError(number, "why")
    line_to(sockets, ears).tend(0)
    assert [problem.words for problem in ears.problems] == [said]


def test_devices_on_one_line_are_told_about_together() -> None:
    sockets, ears = Sockets(), Ears()
    line = line_to(sockets, ears)
    line.serve(words.DRAWER)
    line.tend(0)
    assert "顾客显示屏、钱箱" in ears.problems[0].sentence("zh")
    assert "the customer display and the cash drawer" in ears.problems[0].sentence("en")


def test_bytes_take_their_time_on_the_line() -> None:
    sockets = Sockets()
    sockets.plug(AT)
    line = line_to(sockets, Ears())
    assert not line.free(0)
    line.tend(0)
    line.send(b"x" * 12, 0)
    line.send(b"x" * 12, 10)
    assert not line.free(99)
    assert line.busy_ms(40) == 60
    assert line.free(100)
    line.close()
    line.close()
    assert line.busy_ms(0) == 0
