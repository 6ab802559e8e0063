"""Cutting what comes over a line into messages."""

from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.readers.framing import DAMAGED, HEADER_LENGTH, Frames, framed

STATUS = bytes.fromhex("65000000000002000000")


def message(data: bytes) -> bytes:
    return b"\x6f" + len(data).to_bytes(4, "little") + bytes(5) + data


def cut(frames: Frames) -> list[bytes]:
    found = []
    while (part := frames.next()) is not None:
        found.append(part)
    return found


def test_a_frame_is_known_by_its_check_byte() -> None:
    assert framed(STATUS).hex() == "0306" + STATUS.hex() + "62"


@given(st.lists(st.binary(max_size=261), max_size=5), st.integers(1, 50))
def test_messages_come_out_as_they_went_in_however_the_line_cuts_them(data: list[bytes], size: int) -> None:
    messages = [message(part) for part in data]
    line = b"".join(framed(part) for part in messages)
    frames, found = Frames(), []
    for at in range(0, len(line), size):
        frames.feed(line[at : at + size])
        found += cut(frames)
    assert found == messages


@given(st.binary(max_size=600))
def test_noise_is_never_a_message_unless_it_is_one(noise: bytes) -> None:
    frames = Frames()
    frames.feed(noise)
    for part in cut(frames):
        assert part == DAMAGED or framed(part) in noise


def test_a_length_that_no_reader_takes_is_damage() -> None:
    frames = Frames()
    frames.feed(framed(STATUS[:1] + b"\xff" * 4 + bytes(HEADER_LENGTH - 5)))
    assert frames.next() == DAMAGED
    frames.feed(framed(STATUS))
    assert cut(frames) == [STATUS]


def test_a_wrong_check_byte_is_damage_and_the_next_frame_is_heard() -> None:
    frames = Frames()
    frames.feed(framed(STATUS)[:-1] + b"\0" + framed(STATUS))
    assert cut(frames) == [DAMAGED, STATUS]


def test_half_a_frame_can_be_forgotten() -> None:
    frames = Frames()
    frames.feed(framed(message(b"half"))[:-2])
    frames.forget()
    frames.feed(framed(STATUS))
    assert cut(frames) == [STATUS]
