"""Readers of every model: slots, habits, PIN pad, and what goes wrong on the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim import personas
from hardware_sim.card.faults import Fault, LineFault
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.psams import PSAMS
from hardware_sim.card.slot import Slot
from hardware_sim.readers.framing import framed
from hardware_sim.readers.line_troubles import HungUp
from hardware_sim.readers.models import GEMPC_PINPAD, GEMPC_TWIN, MODELS, POS_PRO, SEC1210, Model
from hardware_sim.readers.pin_pad import PinPadHands
from hardware_sim.readers.reader import SerialReader
from tests.hardware_sim.readers.line import Line
from tests.hardware_sim.readers.test_pin_entry import EXACT_CHANGE, EXACT_VERIFY

POWER, STATUS = "62000000000001010000", "65000000000002000000"
SELECT = "6F1400000000020000" + "00" + "00A404000F7378312E73682EC9E7BBE1B1A3D5CF"
ROOT = "6F05000000000200000000A4000000"


def secure(structure: str) -> str:
    data = bytes.fromhex(structure)
    return (b"\x69" + len(data).to_bytes(4, "little") + bytes.fromhex("0002000000") + data).hex()


def card_slot(persona: str = "zhang-jianguo") -> Slot:
    return Slot(chip_of(personas.load(persona).card))


def line_to(model: Model, *slots: Slot, faults: tuple[Fault, ...] = (), hands: PinPadHands | None = None) -> Line:
    made = SerialReader(model, slots or (card_slot(),), faults, echo=False, hands=hands)
    return Line(made)


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.name)
def test_each_model_has_its_slots_and_no_more(model: Model) -> None:
    line = line_to(model)
    for number in range(model.slots):
        assert line.ask(f"6500000000{number:02X}01000000") == f"8100000000{number:02X}010{2 if number else 1}0000"
    assert line.ask(f"6500000000{model.slots:02X}01000000") == f"8100000000{model.slots:02X}01420500"


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.name)
def test_each_model_tells_its_firmware_and_refuses_what_it_does_not_know(model: Model) -> None:
    line = line_to(model)
    for asked, answer in model.escapes.items():
        told = line.ask((b"\x6b" + len(asked).to_bytes(4, "little") + bytes(5) + asked).hex())
        assert (
            told == (b"\x83" + len(answer).to_bytes(4, "little") + bytes.fromhex("0000010000") + answer).hex().upper()
        )
    assert line.ask("6B010000000000000000EE") == "83000000000000410000"


def test_card_and_psam_have_power_of_their_own() -> None:
    line = line_to(POS_PRO, card_slot(), Slot(PSAMS["nation"]()))
    assert line.ask("62000000000101010000").startswith("80110000000101000000")
    assert line.ask("65000000000002000000") == "81000000000002010000"
    assert line.ask("6F05000000010300000000B0960006") == "80080000000103000000" + "4399000000019000"
    assert line.ask(POWER).startswith("80110000000001000000")
    assert line.ask(SELECT) == "80020000000002000000" + "611E"
    assert line.ask("6F05000000010300000000B0960006").endswith("4399000000019000")


def test_only_the_first_slot_feels_its_card() -> None:
    card, psam = card_slot(), Slot(PSAMS["nation"]())
    line = line_to(SEC1210, card, psam)
    psam.remove()
    assert line.raw(framed(bytes.fromhex(STATUS))).startswith("0306")
    card.remove()
    assert line.raw(framed(bytes.fromhex(STATUS))).startswith("5002" + "0306")


def test_a_long_escape_comes_back_as_a_short_frame() -> None:
    labels = b"\x6b\xa5\0\0\0\0\4\0\0\0" + bytes.fromhex("B2A0004D4C") + bytes(160)
    reader = SerialReader(GEMPC_PINPAD, (card_slot(),))
    short = framed(bytes.fromhex("83000000000004010000")).hex().upper()
    assert Line(reader).raw(framed(labels)) == short + short


def test_parameters_are_those_of_the_cards_protocol() -> None:
    line = line_to(GEMPC_TWIN)
    line.ask(POWER)
    assert line.ask("6105000000000A0000001100000A00") == "8205000000000A0000001100000A00"
    assert line.ask("6107000000000A0100001110004500FE00") == "8207000000000A0000011110004500FE00"
    assert line.ask("6105000000000A0100001100000A00") == "8200000000000A400700"
    assert line.ask("6C00000000000A000000") == "8207000000000A0000011110004500FE00"


def test_a_pin_goes_from_the_pad_to_the_card() -> None:
    hands = PinPadHands()
    line = line_to(GEMPC_PINPAD, hands=hands)
    line.ask(POWER)
    line.ask(SELECT)
    hands.enter("123456")
    assert line.ask(secure(EXACT_VERIFY)) == "800200000000020000009000"
    hands.enter("654321")
    assert line.ask(secure(EXACT_VERIFY)) == "8002000000000200000063C2"
    for pressed in ("123456", "2222", "2222"):
        hands.enter(pressed)
    assert line.ask(secure(EXACT_CHANGE)) == "800200000000020000009000"
    for pressed in ("2222", "1111", "3333"):
        hands.enter(pressed)
    assert line.ask(secure(EXACT_CHANGE)) == "800200000000020000006402"


def test_the_pad_asks_for_more_time_while_nothing_is_pressed() -> None:
    hands = PinPadHands()
    line = line_to(GEMPC_PINPAD, hands=hands)
    line.ask(POWER)
    line.ask(SELECT)
    line.meanwhile = lambda: hands.enter("123456") if line.passed_ms == 2000 else None
    said = line.raw(framed(bytes.fromhex(secure(EXACT_VERIFY))))
    assert said == "80" * 8 + framed(bytes.fromhex("800200000000020000009000")).hex().upper()


def test_how_an_entry_ends_without_a_pin() -> None:
    hands, slot = PinPadHands(), card_slot()
    line = line_to(GEMPC_PINPAD, slot, hands=hands)
    line.ask(POWER)
    hands.cancel()
    assert line.ask(secure(EXACT_VERIFY)) == "8000000000000240EF00"
    hands.let_it_time_out()
    assert line.ask(secure(EXACT_VERIFY)) == "8000000000000240F000"
    assert line.ask(secure(EXACT_VERIFY.replace("0201", "0301"))) == "80000000000002401100"
    line.meanwhile = slot.remove
    assert line.ask(secure(EXACT_VERIFY)) == "8000000000000242FE00"


def test_faults_of_the_pad_wait_until_it_asks() -> None:
    hands = PinPadHands()
    line = line_to(GEMPC_PINPAD, faults=(Fault(LineFault.PIN_CANCEL, 1), Fault(LineFault.PIN_TIMEOUT, 3)), hands=hands)
    line.ask(POWER)
    assert line.ask(ROOT).endswith("9000")
    hands.enter("123456")
    assert line.ask(secure(EXACT_VERIFY)) == "8000000000000240EF00"
    assert line.ask(secure(EXACT_VERIFY)) == "8000000000000240F000"


def test_a_reader_without_a_pad_does_not_know_the_message() -> None:
    assert line_to(GEMPC_TWIN).ask(secure(EXACT_VERIFY)) == "81000000000002410000"


def test_the_command_is_not_sent_back_once() -> None:
    reader = SerialReader(GEMPC_TWIN, (card_slot(),), (Fault(LineFault.NO_ECHO, 1),))
    line = Line(reader)
    line.raw(framed(bytes.fromhex(POWER)))
    transfer = framed(bytes.fromhex(ROOT))
    right = framed(bytes.fromhex("800200000000020000009000"))
    assert line.raw(transfer) == right.hex().upper()
    assert line.raw(transfer) == (transfer + right).hex().upper()


def test_a_slow_line_brings_byte_after_byte() -> None:
    line = line_to(GEMPC_TWIN, faults=(Fault(LineFault.SLOW, 1, value=7),))
    line.ask(POWER)
    assert line.ask(ROOT).endswith("9000")
    assert line.passed_ms == 7 * 15


def test_noise_comes_before_the_answer_and_is_the_same_every_time() -> None:
    def said() -> str:
        line = line_to(GEMPC_TWIN, faults=(Fault(LineFault.NOISE, 1, value=12),))
        line.ask(POWER)
        return line.raw(framed(bytes.fromhex(ROOT)))

    right = framed(bytes.fromhex("800200000000020000009000")).hex().upper()
    assert said().endswith(right)
    assert len(said()) == 24 + len(right)
    assert said() == said()


def test_a_lost_contact_is_told_as_no_card_and_takes_the_power() -> None:
    line = line_to(GEMPC_TWIN, faults=(Fault(LineFault.NO_CARD, 1),))
    line.ask(POWER)
    assert line.ask(ROOT) == "8000000000000242FE00"
    assert line.ask(STATUS) == "81000000000002010000"
    assert line.ask(POWER).startswith("8011")


def test_a_reader_that_is_unplugged_ends_the_line() -> None:
    line = line_to(GEMPC_TWIN, faults=(Fault(LineFault.HANG_UP, 1),))
    line.ask(POWER)
    with pytest.raises(HungUp):
        line.ask(ROOT)
    line.reader.line_opened()
    assert line.ask(ROOT).endswith("9000")


def test_faults_of_the_line_are_counted_over_all_slots_since_the_first_has_power() -> None:
    line = line_to(POS_PRO, card_slot(), Slot(PSAMS["nation"]()), faults=(Fault(LineFault.NAK, 2, times=2),))
    terminal = framed(bytes.fromhex("6F05000000010300000000B0960006"))
    for _ in range(2):
        line.ask("62000000000101010000")
        line.ask(POWER)
        line.ask(ROOT)
        assert line.raw(terminal) == "031516"
        assert line.raw(terminal).startswith("0306")


@given(data=st.lists(st.binary(max_size=40), max_size=6), model=st.sampled_from(list(MODELS.values())))
def test_any_message_gets_exactly_one_answer(data: list[bytes], model: Model) -> None:
    line = line_to(model)
    for content in data:
        kind, slot, rest = (content + bytes(3))[0], (content + bytes(3))[1], content[2:]
        message = bytes((kind,)) + len(rest).to_bytes(4, "little") + bytes((slot, 9, 0, 0, 0)) + rest
        answer = bytes.fromhex(line.ask(message.hex()))
        assert answer[0] in (0x80, 0x81, 0x82, 0x83)
        assert answer[5:7] == message[5:7]
