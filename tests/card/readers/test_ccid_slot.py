"""Slots of a serial reader: power and voltage, speed, both protocols, and a PSAM beside the card."""

from dataclasses import replace
from functools import reduce
from operator import xor

import pytest

from hardware_sim import personas
from hardware_sim.card.faults import CardFault, Fault, LineFault
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.psams import PSAMS
from hardware_sim.card.slot import Slot
from hardware_sim.readers.gempc_twin import GemPcTwin
from hardware_sim.readers.models import GEMPC_TWIN, MODELS, POS_PRO, SEC1210, Model
from hardware_sim.readers.reader import SerialReader
from pos_client.card import words
from pos_client.card.readers import ccid_serial
from pos_client.card.readers.ccid_line import framed
from pos_client.card.readers.ccid_serial import CcidSerialReader
from pos_client.card.social_security.reading import read_identity
from pos_client.errors import Words
from tests.card.readers.wireless import (
    COMMANDS,
    SELECT,
    SELECTED,
    WHOLE_SESSION,
    ScriptedPort,
    Wireless,
    session,
    told,
    wireless,
)
from tests.card.simulated import inserted

__all__ = ["wireless"]

TERMINAL_NUMBER = bytes.fromhex("00B0960006")
HISTORICAL = "00814A44468660439900000001"
FAST_ATR = "3B7D950000" + HISTORICAL


def with_check(atr: str) -> bytes:
    data = bytes.fromhex(atr)
    return data + bytes((reduce(xor, data[1:]),))


T1_ATR = with_check("3BED00008131FE45" + HISTORICAL)
T1_CRC_ATR = with_check("3BED00008171204501" + HISTORICAL)
T1_FAST_ATR = with_check("3BFD9500008131FE45" + HISTORICAL)


def card(atr: str | bytes, *faults: Fault) -> Slot:
    reset = bytes.fromhex(atr) if isinstance(atr, str) else atr
    return Slot(chip_of(replace(personas.load("zhang-jianguo").card, atr=reset)), faults)


def beside_a_psam(model: Model, slot: int = 1, *faults: Fault) -> tuple[SerialReader, Slot]:
    person = inserted("zhang-jianguo", *faults)
    others = [Slot() for _ in range(slot - 1)]
    return SerialReader(model, (person, *others, Slot(PSAMS["nation"]()))), person


# --- what connecting costs


def test_connecting_asks_for_power_and_tells_the_parameters_and_nothing_else(wireless: Wireless) -> None:
    slot = inserted()
    reader = wireless.to(GemPcTwin(slot))
    assert session(reader) == WHOLE_SESSION
    assert wireless.asked == ["0:62", "0:61", *["0:6F"] * 5, "0:63"]
    assert wireless.ports[0].written[1][12:-1].hex() == "1100000a00"
    assert not slot.powered


def test_an_empty_reader_costs_one_question(wireless: Wireless) -> None:
    reader = wireless.to(GemPcTwin(Slot()))
    with told(words.NO_CARD):
        reader.connect()
    assert wireless.asked == ["0:62"]
    reader.disconnect()


def test_the_answer_to_reset_is_there_while_a_card_has_power(wireless: Wireless) -> None:
    slot = inserted()
    reader = wireless.to(GemPcTwin(slot))
    assert reader.atr == b""
    reader.connect()
    assert reader.atr.hex().upper() == "3B6D0000" + HISTORICAL
    slot.remove()
    with told(words.NO_CARD):
        reader.connect()
    assert reader.atr == b""


# --- voltage


class LowVoltage(GemPcTwin):
    """Its card wakes only at one voltage."""

    def __init__(self, slot: Slot, voltage: int) -> None:
        super().__init__(slot)
        self.voltage = voltage

    def _power_on(self, message: bytes, contact: object) -> bytes:
        if message[7] != self.voltage:
            return self._reply(0x80, message, status=0x40, error=0xFE, card=0x01)
        return super()._power_on(message, contact)  # type: ignore[arg-type]


@pytest.mark.parametrize("voltage", [1, 2, 3])
def test_a_card_is_tried_at_three_voltages(wireless: Wireless, voltage: int) -> None:
    assert session(wireless.to(LowVoltage(inserted(), voltage))) == WHOLE_SESSION
    assert wireless.asked[: voltage + 1] == ["0:62"] * voltage + ["0:61"]


def test_a_card_that_wakes_at_no_voltage_is_mute(wireless: Wireless) -> None:
    with told(words.CARD_MUTE):
        session(wireless.to(LowVoltage(inserted(), 9)))


@pytest.mark.parametrize(
    "atr",
    ["", "3C6D0000", "3B6D0000", "3B6F000000", "3BED0000801FC300814A4446866051990000000158", "3B6D" + "00" * 40],
    ids=["reversed", "neither convention", "cut short", "too many said", "wrong check byte", "too long"],
)
def test_a_card_that_does_not_reset_as_cards_do_is_mute(wireless: Wireless, atr: str) -> None:
    with told(words.CARD_MUTE):
        session(wireless.to(GemPcTwin(card(atr))))


def test_a_protocol_that_nobody_speaks_is_no_social_security_card(wireless: Wireless) -> None:
    with told(words.NOT_SOCIAL_SECURITY):
        session(wireless.to(GemPcTwin(card(with_check("3B8002")))))


def test_a_card_pulled_out_while_it_got_power_is_no_card(wireless: Wireless) -> None:
    class Empty(Slot):
        def power_on(self) -> bytes | None:
            self.remove()
            return None

    with told(words.NO_CARD):
        session(wireless.to(GemPcTwin(Empty(chip_of(personas.load("li-xiulan").card)))))


# --- speed


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.name)
def test_a_fast_card_is_asked_for_its_speed_and_the_reader_told(wireless: Wireless, model: Model) -> None:
    assert session(wireless.to(SerialReader(model, (card(FAST_ATR),)))) == WHOLE_SESSION
    assert wireless.asked[:3] == ["0:62", "0:6F", "0:61"]
    assert [frame[12:-1].hex() for frame in wireless.ports[0].written[1:3]] == ["ff10957a", "9500000a00"]


def test_a_card_that_does_not_agree_gets_power_again_and_keeps_its_first_speed(wireless: Wireless) -> None:
    class NoPps(GemPcTwin):
        def _answer_to(self, message: bytes, send: object, pause: object) -> bytes:
            if message[10:11] == b"\xff":
                return self._reply(0x80, message, status=0x40, error=0xFE)
            return super()._answer_to(message, send, pause)  # type: ignore[arg-type]

    assert session(wireless.to(NoPps(card(FAST_ATR)))) == WHOLE_SESSION
    assert wireless.asked[:4] == ["0:62", "0:6F", "0:62", "0:61"]
    assert wireless.ports[0].written[3][12:-1].hex() == "1100000a00"


def test_a_reader_that_cannot_do_the_speed_goes_back_to_the_first_one(wireless: Wireless) -> None:
    class Slow(GemPcTwin):
        def _parameters(self, message: bytes, contact: object) -> bytes:
            if message[10] != 0x11:
                return self._reply(0x82, message, status=0x40, error=0x0A)
            return super()._parameters(message, contact)  # type: ignore[arg-type]

    assert session(wireless.to(Slow(card(FAST_ATR)))) == WHOLE_SESSION
    assert wireless.asked[:5] == ["0:62", "0:6F", "0:61", "0:62", "0:61"]


def test_a_card_that_agrees_but_leaves_the_speed_out_keeps_its_first_one(wireless: Wireless) -> None:
    class Keeping(GemPcTwin):
        def _answer_to(self, message: bytes, send: object, pause: object) -> bytes:
            if message[10:11] == b"\xff":
                return self._reply(0x80, message, data=b"\xff\x00\xff")
            return super()._answer_to(message, send, pause)  # type: ignore[arg-type]

    assert session(wireless.to(Keeping(card(FAST_ATR)))) == WHOLE_SESSION
    assert wireless.asked[:3] == ["0:62", "0:6F", "0:61"]
    assert wireless.ports[0].written[2][12:-1].hex() == "1100000a00"


def test_a_card_that_has_chosen_its_speed_is_not_asked(wireless: Wireless) -> None:
    assert session(wireless.to(GemPcTwin(card("3BFD9500001000" + HISTORICAL)))) == WHOLE_SESSION
    assert wireless.asked[:2] == ["0:62", "0:61"]
    assert wireless.ports[0].written[1][12:-1].hex() == "9500000a00"


def test_a_reader_that_refuses_the_first_speed_is_disturbed(wireless: Wireless) -> None:
    class Stubborn(GemPcTwin):
        def _parameters(self, message: bytes, contact: object) -> bytes:
            return self._reply(0x82, message, status=0x40)

    with told(words.LINE_DISTURBED):
        session(wireless.to(Stubborn(inserted())))


# --- T=1


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.name)
@pytest.mark.parametrize("atr", [T1_ATR, T1_CRC_ATR, T1_FAST_ATR], ids=["LRC", "CRC", "faster"])
def test_a_card_with_blocks_gives_whole_answers(wireless: Wireless, model: Model, atr: bytes) -> None:
    reader = wireless.to(SerialReader(model, (card(atr),)))
    reader.connect()
    answer = reader.transmit(SELECT)
    assert answer[:2] == b"\x6f\x1c"
    assert answer[-2:] == b"\x90\x00"
    reader.disconnect()


def test_a_card_with_blocks_is_read(wireless: Wireless) -> None:
    reader = wireless.to(GemPcTwin(card(T1_ATR)))
    assert read_identity(reader, reader.connect()).name == "张建国"
    reader.disconnect()


def test_the_reader_is_told_of_the_blocks_and_the_card_of_their_size(wireless: Wireless) -> None:
    reader = wireless.to(GemPcTwin(card(T1_CRC_ATR)))
    reader.connect()
    parameters, size = wireless.ports[0].written[1:3]
    assert parameters[9] == 1
    assert parameters[12:-1].hex() == "11110045002000"
    assert size[12:-3].hex() == "00c101fe"
    reader.disconnect()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault(CardFault.TEAR_BEFORE, 2), words.CARD_TORN),
        (Fault(LineFault.CHECK, 3), words.LINE_DISTURBED),
    ],
)
def test_faults_of_a_card_with_blocks(wireless: Wireless, fault: Fault, said: Words) -> None:
    of_card = isinstance(fault.kind, CardFault)
    slot = card(T1_ATR, *([fault] if of_card else []))
    reader = wireless.to(GemPcTwin(slot, [] if of_card else [fault]))
    with told(said):
        session(reader)
    slot.insert()
    reader.connect()
    assert reader.transmit(SELECT)[-2:] == b"\x90\x00"
    reader.disconnect()


def test_a_slow_card_with_blocks_gets_its_time(wireless: Wireless) -> None:
    reader = wireless.to(GemPcTwin(card(T1_ATR, Fault(CardFault.MUTE, 1, value=900))))
    reader.connect()
    assert reader.transmit(SELECT)[-2:] == b"\x90\x00"
    waiting = [frame[9] for frame in wireless.ports[0].written if frame[2] == 0x6F]
    assert waiting == [0, 0, 1], "the reader is told how much longer the card may take"
    reader.disconnect()


class SickBlocks(ScriptedPort):
    """A reader whose card has reset well and then answers every block with this."""

    def __init__(self, status: str, data: str = "") -> None:
        super().__init__(self._said)
        self.status, self.data = bytes.fromhex(status), bytes.fromhex(data)

    def _said(self, number: int, frame: bytes) -> bytes:
        kinds = {0x62: (0x80, b"\0\0\0", T1_ATR), 0x6F: (0x80, self.status, self.data), 0x61: (0x82, b"\0\0\0", b"")}
        kind, status, data = kinds[frame[2]]
        return framed(bytes((kind,)) + len(data).to_bytes(4, "little") + bytes((0, frame[8])) + status + data)


@pytest.mark.parametrize(
    ("status", "data", "tries", "said"),
    [
        ("40FE00", "", 3, words.CARD_MUTE),
        ("40FD00", "", 3, words.CARD_MUTE),
        ("000000", "00E101FF1F", 3, words.LINE_DISTURBED),
        ("40FB00", "", 1, words.CARD_MUTE),
        ("41FE00", "", 1, words.CARD_TORN),
        ("42FE00", "", 1, words.CARD_TORN),
    ],
    ids=["mute", "parity", "another size", "broken contacts", "exchanged", "pulled out"],
)
def test_a_card_that_has_no_blocks_is_asked_three_times(
    monkeypatch: pytest.MonkeyPatch, status: str, data: str, tries: int, said: Words
) -> None:
    port = SickBlocks(status, data)
    monkeypatch.setattr(ccid_serial, "open_port", lambda *_: port)
    with told(said):
        CcidSerialReader("wireless").connect()
    assert [frame[2] for frame in port.written] == [0x62, 0x61, *[0x6F] * tries]


# --- several slots


@pytest.mark.parametrize(("model", "number"), [(POS_PRO, 1), (POS_PRO, 4), (SEC1210, 1)])
def test_card_and_psam_have_power_at_the_same_time(wireless: Wireless, model: Model, number: int) -> None:
    both, _ = beside_a_psam(model, number)
    reader = wireless.to(both)
    reader.connect()
    (psam,) = reader.neighbours()
    assert psam.connect() == f"ccid-serial:wireless#{number}"
    assert psam.atr != reader.atr
    assert reader.transmit(SELECT) == SELECTED
    assert len(psam.transmit(TERMINAL_NUMBER)) == 8
    assert reader.transmit(SELECT) == SELECTED
    assert not psam.neighbours()
    assert psam.card_present()
    psam.disconnect()
    psam.disconnect()
    assert reader.transmit(SELECT) == SELECTED
    reader.disconnect()
    assert wireless.asked[-2:] == ["0:6F", "0:63"]


@pytest.mark.parametrize("model", [POS_PRO, SEC1210], ids=lambda model: model.name)
def test_a_slot_may_be_chosen_by_the_address(wireless: Wireless, model: Model) -> None:
    both, _ = beside_a_psam(model)
    reader = wireless.to(both, "wireless#1")
    assert reader.connect() == "ccid-serial:wireless#1"
    assert len(reader.transmit(TERMINAL_NUMBER)) == 8
    (person,) = reader.neighbours()
    person.connect()
    assert person.transmit(SELECT) == SELECTED
    person.disconnect()
    reader.disconnect()


def test_a_reader_with_one_slot_has_no_neighbours_and_is_asked_once(wireless: Wireless) -> None:
    reader = wireless.to(GemPcTwin(inserted()))
    reader.connect()
    assert reader.neighbours() == []
    assert wireless.asked[-1] == "1:65"
    reader.disconnect()


def test_a_slot_that_the_reader_does_not_have(wireless: Wireless) -> None:
    reader = wireless.to(SerialReader(GEMPC_TWIN, (inserted(),)), "wireless#3")
    with told(words.READER_UNAVAILABLE):
        reader.connect()
    with told(words.READER_UNAVAILABLE):
        reader.card_present()


def test_a_reader_with_very_many_slots_is_not_asked_for_ever(wireless: Wireless) -> None:
    psam = Slot(PSAMS["nation"]())
    reader = wireless.to(SerialReader(replace(POS_PRO, slots=99), (inserted(), Slot(), psam, *[Slot()] * 96)))
    reader.connect()
    (found,) = reader.neighbours()
    assert found.connect() == "ccid-serial:wireless#2"
    assert wireless.asked.count("7:65") == 1
    assert "8:65" not in wireless.asked
    reader.disconnect()


def test_an_older_reader_that_answers_for_its_only_slot_has_no_other(wireless: Wireless) -> None:
    class Simple(GemPcTwin):
        def _answer_to(self, message: bytes, send: object, pause: object) -> bytes:
            only = message[:5] + b"\0" + message[6:]
            return super()._answer_to(only, send, pause)  # type: ignore[arg-type]

    reader = wireless.to(Simple(inserted()))
    reader.connect()
    assert reader.neighbours() == []
    reader.disconnect()


def test_a_card_that_leaves_while_the_psam_works_is_told_at_its_own_next_command(wireless: Wireless) -> None:
    both, person = beside_a_psam(POS_PRO)
    reader = wireless.to(both)
    reader.connect()
    (psam,) = reader.neighbours()
    psam.connect()
    person.remove()
    person.insert()
    assert len(psam.transmit(TERMINAL_NUMBER)) == 8
    with told(words.CARD_TORN):
        reader.transmit(SELECT)
    psam.disconnect()
    reader.disconnect()


def test_a_line_that_suffers_under_the_psam_is_lost_for_the_card_too(wireless: Wireless) -> None:
    both, _ = beside_a_psam(POS_PRO)
    reader = wireless.to(both)
    reader.connect()
    (psam,) = reader.neighbours()
    psam.connect()
    both.add_fault(Fault(LineFault.CHECK, 1))
    with told(words.LINE_DISTURBED):
        psam.transmit(TERMINAL_NUMBER)
    with told(words.LINE_DISTURBED):
        reader.transmit(SELECT)
    psam.disconnect()
    reader.disconnect()
    assert session(reader) == [SELECTED for _ in COMMANDS]
