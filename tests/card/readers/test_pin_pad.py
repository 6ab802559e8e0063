"""The reader's own keys: what it is told, and that a PIN goes from there to the card without passing here."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.card.faults import Fault, LineFault
from hardware_sim.card.slot import Slot
from hardware_sim.readers.models import GEMPC_PINPAD, MODELS, Model
from hardware_sim.readers.pin_pad import PinPadHands
from hardware_sim.readers.reader import SerialReader
from hardware_sim.readers.serial_lines import TcpLine
from pos_client.card import words
from pos_client.card.readers import ccid_serial
from pos_client.card.readers.ccid_line import framed
from pos_client.card.readers.ccid_serial import CcidSerialReader
from pos_client.card.readers.pin_pad import ccid_structure, modify_structure, verify_structure
from pos_client.card.readers.reader import PinEntry, PinPad
from pos_client.errors import Words
from tests.card.readers.wireless import SELECT, ScriptedPort, Wireless, told, wireless
from tests.card.simulated import inserted

__all__ = ["wireless"]

VERIFY = PinEntry("verify", most_digits=8, timeout_ms=30_000)
CHANGE = PinEntry("change", fewest_digits=6, most_digits=6, timeout_ms=30_000)
CHANGE_ANY = PinEntry("change", timeout_ms=30_000)
TRIES_LEFT = bytes.fromhex("0020000000")


# --- the structures


def test_a_verification_leaves_the_length_to_the_reader() -> None:
    assert verify_structure(VERIFY).hex(" ").upper() == (
        "1E 1E 81 00 00 08 04 02 01 09 04 00 00 00 00 04 00 00 00 00 20 00 00"
    )
    assert ccid_structure(VERIFY).hex(" ").upper() == "00 1E 81 00 00 08 04 02 01 09 04 00 00 00 00 00 20 00 00"


def test_a_change_of_a_known_length_is_a_whole_command_with_two_fields() -> None:
    assert modify_structure(CHANGE).hex(" ").upper() == (
        "1E 1E 81 03 00 00 04 06 06 03 02 03 09 04 00 01 02 00 00 00 0C 00 00 00 80 5E 01 00 07 FF FF FF FF FF FF FF"
    )
    assert ccid_structure(CHANGE).hex(" ").upper() == (
        "01 1E 81 03 00 00 04 06 06 03 02 03 09 04 00 01 02 00 00 00 80 5E 01 00 07 FF FF FF FF FF FF FF"
    )


def test_a_change_of_any_length_gives_the_reader_the_separator_alone() -> None:
    assert modify_structure(CHANGE_ANY).hex(" ").upper() == (
        "1E 1E 81 00 00 00 01 0C 04 03 02 03 09 04 00 01 02 00 00 00 06 00 00 00 80 5E 01 00 01 FF"
    )


@given(
    fewest=st.integers(4, 12),
    more=st.integers(0, 4),
    timeout_ms=st.integers(0, 1_000_000),
    act=st.sampled_from(["verify", "change"]),
)
def test_structures_say_their_own_length(fewest: int, more: int, timeout_ms: int, act: str) -> None:
    entry = PinEntry("change" if act == "change" else "verify", fewest, fewest + more, timeout_ms)
    structure, length_at = (modify_structure(entry), 20) if act == "change" else (verify_structure(entry), 15)
    command = structure[length_at + 4 :]
    assert int.from_bytes(structure[length_at : length_at + 4], "little") == len(command)
    assert len(command) == 4 or len(command) == 5 + command[4]
    assert len(ccid_structure(entry)) == len(structure) - 4
    assert 1 <= structure[0] <= 255


# --- at a simulated reader


class Desk:
    """A connected client of a reader with keys, and the holder's hands."""

    def __init__(self, wireless: Wireless, slot: Slot, *faults: Fault, model: Model = GEMPC_PINPAD) -> None:
        self.hands, self.slot = PinPadHands(), slot
        self.reader = wireless.to(SerialReader(model, (slot,), faults, hands=self.hands), "wireless?pinpad")
        self.reader.connect()
        self.reader.transmit(SELECT)

    @property
    def pad(self) -> PinPad:
        pad = self.reader.pin_pad()
        assert pad is not None
        return pad


@pytest.mark.parametrize(
    ("digits", "status"), [("123456", 0x9000), ("654321", 0x63C2), ("1234", 0x63C2), ("12345", 0x63C2)]
)
def test_the_card_sees_what_the_holder_enters(wireless: Wireless, digits: str, status: int) -> None:
    desk = Desk(wireless, inserted("second-generation"))
    desk.hands.enter(digits)
    assert desk.pad.enter(VERIFY) == status
    assert not any(bytes.fromhex("123456") in frame for frame in wireless.ports[0].written)
    assert desk.reader.transmit(TRIES_LEFT).hex().upper() == ("63C3" if status == 0x9000 else f"{status:04X}")
    desk.reader.disconnect()


@pytest.mark.parametrize(("entry", "new"), [(CHANGE, "135790"), (CHANGE_ANY, "135790"), (CHANGE_ANY, "13579")])
def test_the_holder_changes_the_pin(wireless: Wireless, entry: PinEntry, new: str) -> None:
    desk = Desk(wireless, inserted("second-generation"))
    for digits in ("123456", new, new):
        desk.hands.enter(digits)
    assert desk.pad.enter(entry) == 0x9000
    desk.hands.enter(new)
    assert desk.pad.enter(VERIFY) == 0x9000
    desk.reader.disconnect()


def test_the_holder_cancels_or_does_nothing_and_the_card_sees_no_pin(wireless: Wireless) -> None:
    desk = Desk(wireless, inserted("second-generation"))
    desk.hands.cancel()
    assert desk.pad.enter(VERIFY) == 0x6401
    desk.hands.let_it_time_out()
    assert desk.pad.enter(VERIFY) == 0x6400
    assert desk.pad.enter(replace(VERIFY, timeout_ms=2000)) == 0x6400, "time passes while the reader asks for more"
    assert desk.reader.transmit(TRIES_LEFT).hex().upper() == "63C3"
    desk.reader.disconnect()


@pytest.mark.parametrize(
    ("fault", "status"), [(LineFault.PIN_CANCEL, 0x6401), (LineFault.PIN_TIMEOUT, 0x6400), (LineFault.NAK, 0x9000)]
)
def test_planned_endings(wireless: Wireless, fault: LineFault, status: int) -> None:
    desk = Desk(wireless, inserted("second-generation"), Fault(fault, 2))
    desk.hands.enter("123456")
    assert desk.pad.enter(VERIFY) == status
    desk.reader.disconnect()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (LineFault.NO_CARD, words.CARD_TORN),
        (LineFault.CHECK, words.LINE_DISTURBED),
        (LineFault.HANG_UP, words.READER_UNAVAILABLE),
        (LineFault.SILENT, words.READER_SILENT),
    ],
)
def test_trouble_at_the_pad(wireless: Wireless, fault: LineFault, said: Words) -> None:
    desk = Desk(wireless, inserted("second-generation"), Fault(fault, 2))
    desk.hands.enter("123456")
    with told(said):
        desk.pad.enter(VERIFY)
    desk.reader.disconnect()


def test_a_person_gets_more_time_than_a_card(wireless: Wireless) -> None:
    desk = Desk(wireless, inserted("second-generation"))
    desk.hands.enter("123456")
    desk.pad.enter(VERIFY)
    assert wireless.ports[0].timeout == 90.0
    desk.hands.enter("123456")
    desk.pad.enter(replace(VERIFY, timeout_ms=120_000))
    assert wireless.ports[0].timeout == 130.0
    desk.reader.transmit(TRIES_LEFT)
    assert wireless.ports[0].timeout == 5.0
    desk.reader.disconnect()


def test_over_a_real_line_the_reader_waits_for_the_holder() -> None:
    hands = PinPadHands()
    with TcpLine(SerialReader(GEMPC_PINPAD, (inserted("second-generation"),), hands=hands)) as line:
        reader = CcidSerialReader(line.url.removeprefix("ccid-serial:") + "?pinpad", answer_timeout_ms=20_000)
        reader.connect()
        reader.transmit(SELECT)
        pad = reader.pin_pad()
        assert pad is not None
        hands.enter("123456")
        assert pad.enter(VERIFY) == 0x9000
        reader.disconnect()


# --- which readers have keys


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.name)
def test_a_reader_that_does_not_tell_of_keys_has_none(wireless: Wireless, model: Model) -> None:
    reader = wireless.to(SerialReader(model, (inserted(),)))
    reader.connect()
    assert reader.pin_pad() is None
    assert wireless.asked[-1] == "0:6B"
    reader.disconnect()
    assert reader.pin_pad() is None


def test_a_reader_that_tells_of_its_keys_has_them(wireless: Wireless) -> None:
    telling = replace(GEMPC_PINPAD, escapes={**GEMPC_PINPAD.escapes, b"\x6a": bytes.fromhex("0210000260000000040000")})
    hands = PinPadHands()
    reader = wireless.to(SerialReader(telling, (inserted("second-generation"),), hands=hands))
    reader.connect()
    reader.transmit(SELECT)
    pad = reader.pin_pad()
    assert pad is not None
    hands.enter("123456")
    assert pad.enter(VERIFY) == 0x9000
    reader.disconnect()


def test_a_reader_without_keys_that_was_said_to_have_them_refuses(wireless: Wireless) -> None:
    desk = Desk(wireless, inserted(), model=MODELS["gempc-twin"])
    with told(words.PIN_PAD_REFUSED):
        desk.pad.enter(VERIFY)
    desk.reader.disconnect()


@pytest.mark.parametrize(
    ("status", "data", "said"),
    [
        ("40FE00", "", words.CARD_MUTE),
        ("40FD00", "", words.CARD_MUTE),
        ("41FE00", "", words.CARD_TORN),
        ("400B00", "", words.PIN_PAD_REFUSED),
        ("000000", "90", words.LINE_DISTURBED),
        ("000000", "", words.LINE_DISTURBED),
        ("000000", "009000", words.LINE_DISTURBED),
    ],
)
def test_whatever_else_the_reader_says(monkeypatch: pytest.MonkeyPatch, status: str, data: str, said: Words) -> None:
    atr = bytes.fromhex("3B00")

    def answer(_number: int, frame: bytes) -> bytes:
        if frame[2] == 0x69:
            kind, state, body = 0x80, bytes.fromhex(status), bytes.fromhex(data)
        else:
            kind, state, body = {0x62: (0x80, bytes(3), atr), 0x61: (0x82, bytes(3), b"")}[frame[2]]
        return framed(bytes((kind,)) + len(body).to_bytes(4, "little") + bytes((0, frame[8])) + state + body)

    monkeypatch.setattr(ccid_serial, "open_port", lambda *_: ScriptedPort(answer))
    reader = CcidSerialReader("wireless?pinpad")
    reader.connect()
    pad = reader.pin_pad()
    assert pad is not None
    with told(said):
        pad.enter(VERIFY)


def test_what_is_told_of_trouble_holds_no_pin(wireless: Wireless) -> None:
    desk = Desk(wireless, inserted("second-generation"), Fault(LineFault.CHECK, 2))
    desk.hands.enter("123456")
    with pytest.raises(Exception, match="K-07") as problem:
        desk.pad.enter(VERIFY)
    assert "123456" not in json.dumps([str(problem.value), repr(problem.value)])
    desk.reader.disconnect()
