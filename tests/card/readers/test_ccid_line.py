"""The serial line of the GemPC Twin: echoes, check bytes, requests for time, announcements."""

import contextlib
from collections.abc import Iterable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.card.faults import Fault, LineFault
from hardware_sim.readers.gempc_twin import GemPcTwin
from pos_client.card.readers.ccid_line import CcidLine, Disturbed, Reply, Silent, framed
from tests.card.simulated import WirelessPort, inserted

SLOT_STATUS, POWER_ON, TRANSFER = 0x65, 0x62, 0x6F
STATUS_DATA = b"status"
STATUS_ANSWER = bytes.fromhex("81060000000000000000") + STATUS_DATA


def numbered(sequence: int) -> bytes:
    return STATUS_ANSWER[:6] + bytes((sequence,)) + STATUS_ANSWER[7:]


class Wire:
    """What the reader will have said, and what was written to it."""

    timeout: float | None = None

    def __init__(self, *said: bytes) -> None:
        self.said = bytearray(b"".join(said))
        self.written: list[bytes] = []

    def read(self, size: int = 1, /) -> bytes:
        data = bytes(self.said[:size])
        del self.said[:size]
        return data

    def write(self, data: bytes, /) -> int:
        self.written.append(data)
        return len(data)


def test_a_command_goes_out_as_the_driver_would_send_it() -> None:
    wire = Wire(framed(bytes.fromhex("800A0000000000000000") + bytes.fromhex("01020304050607089000")))
    reply = CcidLine(wire).ask(TRANSFER, data=bytes.fromhex("0084000008"))
    assert wire.written == [bytes.fromhex("03066F050000000000000000") + bytes.fromhex("0084000008") + b"\xe3"]
    assert reply == Reply(0x80, 0, 0, 0, 0, bytes.fromhex("01020304050607089000"))


def test_the_known_frame_has_the_known_check_byte() -> None:
    message = bytes.fromhex("6F05000000000A0000000084000008")
    assert framed(message).hex().upper() == "03066F05000000000A0000000084000008E9"


@pytest.mark.parametrize("echo", [True, False])
def test_a_reader_with_and_without_echo_is_understood(echo: bool) -> None:
    line = CcidLine(WirelessPort(GemPcTwin(inserted(), echo=echo)))
    assert not line.ask(SLOT_STATUS).card_absent
    assert line.ask(POWER_ON, b"\x01\0\0").data.hex().upper() == "3B6D000000814A44468660439900000001"


def test_any_frame_counts_as_the_echo() -> None:
    other_echo = framed(bytes.fromhex("6B000000000000000000"))
    assert CcidLine(Wire(other_echo, framed(STATUS_ANSWER))).ask(SLOT_STATUS).data == STATUS_DATA


def test_announced_cards_are_noticed_between_frames() -> None:
    echo = framed(bytes.fromhex("65000000000000000000"))
    line = CcidLine(Wire(b"\x50\x03", echo, b"\x50\x02\x50\x03", framed(STATUS_ANSWER)))
    line.ask(SLOT_STATUS)
    assert line.card_left
    line = CcidLine(Wire(echo, b"\x50\x03", framed(STATUS_ANSWER)))
    line.ask(SLOT_STATUS)
    assert not line.card_left


def test_requests_for_time_are_granted() -> None:
    waiting = framed(bytes.fromhex("80000000000000800200"))
    line = CcidLine(Wire(b"\x80\x90\xff", waiting, waiting, framed(STATUS_ANSWER)))
    assert line.ask(SLOT_STATUS).data == STATUS_DATA


def test_a_frame_that_was_not_understood_is_sent_again() -> None:
    wire = Wire(b"\x03\x15\x16", framed(STATUS_ANSWER))
    assert CcidLine(wire).ask(SLOT_STATUS).data == STATUS_DATA
    assert len(wire.written) == 2
    assert wire.written[0] == wire.written[1]


def test_a_frame_that_is_never_understood_is_given_up() -> None:
    wire = Wire(*[b"\x03\x15\x16"] * 9)
    with pytest.raises(Disturbed):
        CcidLine(wire).ask(SLOT_STATUS)
    assert len(wire.written) == 3


DISTURBANCES: dict[str, Iterable[bytes]] = {
    "wrong check byte": (framed(STATUS_ANSWER)[:-1] + b"\0",),
    "wrong check byte of not-understood": (b"\x03\x15\x17",),
    "neither frame nor not-understood": (b"\x03\x07" + framed(STATUS_ANSWER)[2:],),
    "stray byte": (b"\x20", framed(STATUS_ANSWER)),
    "unknown announcement": (b"\x50\x09", framed(STATUS_ANSWER)),
    "another command's answer": (framed(bytes.fromhex("81000000000005000000")),),
    "two echoes": (framed(bytes.fromhex("65000000000000000000")),) * 2,
    "an answer of another kind": (framed(bytes.fromhex("83000000000000000000")),),
    "an impossible length": (b"\x03\x06" + bytes.fromhex("80FFFFFFFF000000000000"),),
}


@pytest.mark.parametrize("said", DISTURBANCES.values(), ids=DISTURBANCES.keys())
def test_a_disturbed_line_is_never_read_as_an_answer(said: Iterable[bytes]) -> None:
    with pytest.raises(Disturbed):
        CcidLine(Wire(*said)).ask(SLOT_STATUS)


def test_a_refusal_may_come_as_a_status() -> None:
    refusal = framed(bytes.fromhex("81000000000300420500"))
    reply = CcidLine(Wire(refusal)).ask(TRANSFER, slot=3)
    assert (reply.failed, reply.error, reply.slot) == (True, 5, 3)


def test_the_slot_stands_in_every_message() -> None:
    wire = Wire(framed(STATUS_ANSWER))
    CcidLine(wire).ask(SLOT_STATUS, slot=4)
    assert wire.written[0][2:12].hex() == "65000000000400000000"


class Clock:
    """Time that passes only while the wire is read."""

    def __init__(self) -> None:
        self.ms = 0

    def monotonic_ms(self) -> int:
        return self.ms

    def now_utc(self) -> datetime:
        raise AssertionError("nobody asks for the date")


class SlowWire(Wire):
    """Each read takes a while, but never longer than the timeout; after that it brings nothing."""

    def __init__(self, clock: Clock, each_read_ms: int, *said: bytes) -> None:
        super().__init__(*said)
        self.clock, self.each_read_ms = clock, each_read_ms

    def read(self, size: int = 1, /) -> bytes:
        assert self.timeout is not None
        timeout_ms = round(self.timeout * 1000)
        self.clock.ms += min(self.each_read_ms, timeout_ms)
        return super().read(size) if self.each_read_ms <= timeout_ms else b""


@pytest.mark.parametrize("said", [b"\x80", b"\x50\x03", framed(bytes.fromhex("80000000000000800200"))])
@pytest.mark.parametrize("each_read_ms", [1, 100, 700, 2999, 3000, 4000])
def test_whatever_the_reader_asks_for_no_call_takes_longer_than_its_limit(said: bytes, each_read_ms: int) -> None:
    clock = Clock()
    line = CcidLine(SlowWire(clock, each_read_ms, said * 5000), clock)
    line.give(3000)
    with pytest.raises(Silent):
        line.ask(SLOT_STATUS)
    assert clock.ms <= 3300


def test_the_limit_is_for_all_answers_together_until_a_new_one_is_given() -> None:
    clock = Clock()
    line = CcidLine(SlowWire(clock, 250, framed(numbered(0)), framed(numbered(1)), framed(numbered(2))), clock)
    line.give(2500)
    line.ask(SLOT_STATUS)
    line.ask(SLOT_STATUS)
    line.give(2500)
    assert line.ask(SLOT_STATUS).sequence == 2
    with pytest.raises(Silent):
        line.ask(SLOT_STATUS)


def test_the_timeout_is_not_set_again_while_answers_come_in_time() -> None:
    clock = Clock()

    class Counting(SlowWire):
        def __setattr__(self, name: str, value: object) -> None:
            if name == "timeout":
                settings.append(value)
            super().__setattr__(name, value)

    settings: list[object] = []
    line = CcidLine(Counting(clock, 1, *[framed(numbered(number)) for number in range(20)]), clock)
    settings.clear()
    for _ in range(20):
        line.give(3000)
        line.ask(SLOT_STATUS)
    assert settings == []


def test_draining_ends_when_the_line_is_quiet_and_also_when_it_never_is() -> None:
    clock = Clock()
    wire = SlowWire(clock, 10, b"?" * 700)
    line = CcidLine(wire, clock)
    line.drain()
    assert not wire.said
    endless = SlowWire(clock, 10, b"?" * 100_000)
    CcidLine(endless, clock).drain()
    assert clock.ms < 500


@pytest.mark.parametrize("said", [b"", b"\x03", b"\x03\x06\x81", framed(STATUS_ANSWER)[:-1]])
def test_a_reader_that_stops_talking_is_silent(said: bytes) -> None:
    with pytest.raises(Silent):
        CcidLine(Wire(said)).ask(SLOT_STATUS)


@pytest.mark.parametrize("said", [b"\x90", b"\x50\x03", framed(bytes.fromhex("80000000000000800200"))])
def test_a_reader_that_only_ever_asks_for_time_is_silent_too(said: bytes) -> None:
    with pytest.raises(Silent):
        CcidLine(Wire(said * 5000)).ask(SLOT_STATUS)


def test_sequence_numbers_go_round() -> None:
    line = CcidLine(WirelessPort(GemPcTwin(inserted())))
    assert [line.ask(SLOT_STATUS).sequence for _ in range(258)] == [*range(256), 0, 1]


@given(st.binary(max_size=600))
def test_any_bytes_end_in_an_answer_a_disturbance_or_silence(said: bytes) -> None:
    with contextlib.suppress(Disturbed, Silent):
        assert CcidLine(Wire(said)).ask(SLOT_STATUS).sequence == 0


@pytest.mark.parametrize(
    ("fault", "trouble"), [(LineFault.CHECK, Disturbed), (LineFault.STRAY, Disturbed), (LineFault.SILENT, Silent)]
)
def test_the_simulated_readers_faults_are_these(fault: LineFault, trouble: type[Exception]) -> None:
    line = CcidLine(WirelessPort(GemPcTwin(inserted(), [Fault(fault, at=1)])))
    line.ask(POWER_ON, b"\x01\0\0")
    with pytest.raises(trouble):
        line.ask(TRANSFER, data=bytes.fromhex("00A4000000"))


@pytest.mark.parametrize("fault", [LineFault.NAK, LineFault.EXTENSION])
def test_these_faults_of_the_line_are_no_trouble(fault: LineFault) -> None:
    line = CcidLine(WirelessPort(GemPcTwin(inserted(), [Fault(fault, at=1)])))
    line.ask(POWER_ON, b"\x01\0\0")
    assert line.ask(TRANSFER, data=bytes.fromhex("00A4000000")).data.hex() == "9000"
