"""The simulated reader, byte for byte against a session with the real driver."""

import pytest

from hardware_sim import personas
from hardware_sim.card.faults import Fault, LineFault
from hardware_sim.card.profiles import chip_of, other_chip_card
from hardware_sim.card.slot import Slot
from hardware_sim.readers.framing import framed
from hardware_sim.readers.gempc_twin import GemPcTwin
from tests.hardware_sim.readers.line import Line

ATR = "3B6D000000814A44468660439900000001"


def line_to(slot: Slot, *faults: Fault, echo: bool = True) -> Line:
    return Line(GemPcTwin(slot, faults, echo=echo), echo=echo)


@pytest.fixture
def slot() -> Slot:
    return Slot(chip_of(personas.load("zhang-jianguo").card))


def test_the_opening_of_the_real_driver(slot: Slot) -> None:
    line = line_to(slot)
    firmware = b"GemTwin-V2.00-SIM".hex().upper()
    assert line.raw("03066B010000000000000000026D").startswith("03066B010000000000000000026D0306831100000000000100")
    assert line.ask("6B0100000000000000 00 02") == f"83110000000000010000{firmware}"
    assert line.ask("6B030000000001000000010101") == "83000000000001010000"
    assert line.ask("65000000000002000000") == "81000000000002010000"
    assert line.ask("6B0100000000040000006A") == "83000000000004410000"
    assert line.ask("62000000000008010000") == f"80110000000008000000{ATR}"
    assert line.ask("65000000000009000000") == "81000000000009000000"
    assert line.ask("6105000000000A00000011 00000A00") == "8205000000000A00000011 00000A00".replace(" ", "")
    assert line.ask("6C00000000000B000000") == "8205000000000B0000001100000A00"
    assert line.ask("6F07000000000C00000000A4000002DDF1") == "8002000000000C000000611E"
    assert line.ask("6300000000000D000000") == "8100000000000D010000"


def test_without_echo_only_the_answer_comes(slot: Slot) -> None:
    assert (
        line_to(slot, echo=False).raw(framed(bytes.fromhex("65000000000002000000")))
        == "0306" + "81000000000002010000" + "87"
    )


def test_frames_that_come_in_pieces_and_in_pairs(slot: Slot) -> None:
    line = line_to(slot, echo=False)
    frame = framed(bytes.fromhex("65000000000002000000"))
    assert "".join(line.raw(frame[at : at + 1]) for at in range(len(frame))).startswith("030681")
    assert line.raw(frame + frame).count("030681") == 2


def test_bytes_before_a_frame_are_passed_over(slot: Slot) -> None:
    assert (
        line_to(slot, echo=False)
        .raw(b"\0\x03\xff" + framed(bytes.fromhex("65000000000002000000")))
        .startswith("030681")
    )


def test_a_damaged_frame_is_asked_for_again(slot: Slot) -> None:
    line = line_to(slot)
    frame = framed(bytes.fromhex("65000000000002000000"))
    assert line.raw(frame[:-1] + b"\0") == "031516"
    assert line.raw(frame).startswith(frame.hex().upper())


def test_half_a_frame_is_forgotten_when_the_line_is_opened_anew(slot: Slot) -> None:
    line = line_to(slot, echo=False)
    line.raw("03066F05")
    line.reader.line_opened()
    assert line.raw(framed(bytes.fromhex("65000000000002000000"))).startswith("030681")


def test_coming_and_going_cards_are_announced_before_the_next_answer(slot: Slot) -> None:
    line = line_to(slot, echo=False)
    status = framed(bytes.fromhex("65000000000005000000"))
    slot.remove()
    assert line.raw(status) == "5002" + "030681000000000005020000" + "83"
    slot.insert()
    assert line.raw(status).startswith("5003030681000000000005010000")
    slot.remove()
    slot.insert()
    assert line.raw(status).startswith("50025003030681")
    assert line.raw(status).startswith("030681")


def test_power_without_a_card_fails_as_mute_and_absent(slot: Slot) -> None:
    line = line_to(slot, echo=False)
    slot.remove()
    assert line.raw(framed(bytes.fromhex("62000000000008010000"))) == "5002" + "03068000000000000842FE0031"


def test_a_card_without_an_answer_to_reset_is_mute() -> None:
    assert line_to(Slot(other_chip_card(b""))).ask("62000000000008010000") == "80000000000008 41FE00".replace(" ", "")


def test_commands_that_this_reader_does_not_know(slot: Slot) -> None:
    line = line_to(slot)
    assert line.ask("72000000000001000000") == "81000000000001410000"
    assert line.ask("65000000000301000000") == "81000000000301420500"


def test_a_command_to_a_card_without_power_fails(slot: Slot) -> None:
    assert line_to(slot).ask("6F050000000001000000 00A4000000".replace(" ", "")) == "8000000000000141FE00"


def test_faults_of_the_line(slot: Slot) -> None:
    power, transfer = (
        framed(bytes.fromhex("62000000000001010000")),
        framed(bytes.fromhex("6F05000000000200000000A4000000")),
    )

    def said(kind: LineFault) -> str:
        line = line_to(slot, Fault(kind, 1), echo=False)
        line.raw(power)
        return line.raw(transfer)

    right = framed(bytes.fromhex("800200000000020000009000")).hex().upper()
    waiting = framed(bytes.fromhex("80000000000002800100")).hex().upper()
    assert said(LineFault.NAK) == "031516"
    assert said(LineFault.CHECK) == right[:-2] + f"{int(right[-2:], 16) ^ 0xFF:02X}"
    assert said(LineFault.STRAY) == "20" + right
    assert said(LineFault.EXTENSION) == waiting + waiting + right
    assert said(LineFault.SILENT) == ""
    assert said(LineFault.SLOT_CHANGE).startswith("50025003")


def test_a_silent_reader_stays_so_until_its_line_is_opened_again(slot: Slot) -> None:
    line = line_to(slot, echo=False)
    line.raw(framed(bytes.fromhex("62000000000001010000")))
    line.reader.add_fault(Fault(LineFault.SILENT, 1))
    line.raw(framed(bytes.fromhex("6F05000000000200000000A4000000")))
    status = framed(bytes.fromhex("65000000000003000000"))
    assert line.raw(status) == ""
    line.reader.line_opened()
    assert line.raw(status).startswith("030681")
