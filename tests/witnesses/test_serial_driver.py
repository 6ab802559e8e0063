"""The real PC/SC service and its real driver for serial readers find our readers and cards as they should be."""

import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from hardware_sim import personas
from hardware_sim.card.faults import Fault, LineFault
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.psams import PSAMS
from hardware_sim.card.slot import Slot
from hardware_sim.readers.models import GEMPC_PINPAD, GEMPC_TWIN, POS_PRO, SEC1210, Model
from hardware_sim.readers.pin_pad import PinPadHands
from tests.pcscd import SERIAL_READER, needs
from tests.witnesses.conftest import Plug
from tests.witnesses.pcsc_client import talk

FIRST, SECOND = f"{SERIAL_READER} 00 00", f"{SERIAL_READER} 00 01"
ATR = "3B6D000000814A44468660439900000001"
SELECT = "00A404000F7378312E73682EC9E7BBE1B1A3D5CF"
CARD_NUMBER = "00B2072C0B"
TERMINAL_NUMBER = "00B0960006"
FEATURES = "control:42000D48:"
#: One byte for each second and for each digit; the pad itself puts the length in.
VERIFY = "control:42330006:" + "1E1E" + "810000" + "0C04" + "0201" + "090400" + "000000" + "04000000" + "00200000"
CHANGE = (
    "control:42330007:" + "1E1E" + "810000" + "0001" + "0C04" + "0302" + "03" + "0904000102" + "000000"
    "06000000" + "805E010001FF"
)  # fmt: skip
T1_ATR = "3BED00008131FE4500814A4446866051990000000100"


def inserted(persona: str = "zhang-jianguo", atr: str = "") -> Slot:
    """A slot with a persona's card, which may answer a reset in another way."""
    card = personas.load(persona).card
    return Slot(chip_of(replace(card, atr=bytes.fromhex(atr) or card.atr)))


def test_the_driver_opens_the_reader_as_its_source_says(plugged: Plug) -> None:
    """Table 4.2 of our notes on the driver, byte for byte; the echo stands before each answer."""
    with plugged(GEMPC_TWIN, inserted()) as reader:
        assert talk(FIRST, "connect:any", "0084000008")[0] == "T0"
    opening = [
        ("03066B010000000000000000026D", "03068311000000000001000047656D5477696E2D56322E30302D53494DE0"),
        ("03066B0300000000010000000101016D", "03068300000000000101000086"),
        ("03066500000000000200000062", "03068100000000000201000087"),
        ("03066500000000000300000063", "03068100000000000301000086"),
        ("03066B0100000000040000006A01", "030683000000000004410000C3"),
        ("03066500000000000500000065", "03068100000000000501000080"),
        ("03066500000000000600000066", "03068100000000000601000083"),
        ("03066500000000000700000067", "03068100000000000701000082"),
        ("0306620000000000080100006E", "030680110000000008000000" + ATR + "3E"),
    ]
    assert reader.frames[: len(opening)] == [(asked, asked + answer) for asked, answer in opening]
    assert "610500000000000000" + "1100000A00" in reader.asked
    asked, said = next(frame for frame in reader.frames if frame[0].startswith("03066F"))
    assert asked[:-2].endswith("0084000008")
    assert said.removeprefix(asked).startswith("0306800A000000")
    assert said[-6:-2] == "9000"


def test_pcsc_scan_sees_reader_and_card(plugged: Plug) -> None:
    needs("pcsc-tools", "/usr/bin/pcsc_scan")
    with plugged(GEMPC_TWIN, inserted()):
        talk(FIRST, "connect:any")
        scanned = subprocess.run(["pcsc_scan", "-c"], capture_output=True, text=True, timeout=60).stdout
    assert FIRST in scanned
    assert "Card inserted" in scanned
    assert " ".join(ATR[at : at + 2] for at in range(0, len(ATR), 2)) in scanned


def test_opensc_reads_the_card(plugged: Plug) -> None:
    needs("opensc", "/usr/bin/opensc-tool")
    with plugged(GEMPC_TWIN, inserted()):
        talk(FIRST, "connect:any")
        told = opensc("-a")
        assert told.replace(":", "").upper() == ATR + "\n"
        told = opensc("-s", SELECT, "-s", CARD_NUMBER)
    assert "Received (SW1=0x90, SW2=0x00):\n07 09 41 30 30 30 30 30 30 31 " in told


def opensc(*arguments: str) -> str:
    """What opensc-tool says of the first reader; without its search for the card's make, which asks 60 commands."""
    command = ["opensc-tool", "--reader", "0", "--card-driver", "default", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def test_a_card_that_speaks_t1_is_read_in_blocks(plugged: Plug) -> None:
    with plugged(GEMPC_TWIN, inserted(atr=T1_ATR)) as reader:
        protocol, selected, issue, number = talk(FIRST, "connect:any", SELECT + "00", "00B2012D00", "00B2072C0B")
    assert protocol == "T1"
    assert selected.startswith("6F")
    assert selected.endswith("9000")
    assert len(issue) == 2 * (0x40 + 2)
    assert number.startswith("0709")
    assert "6107000000000100001110004500FE00" in reader.asked  # the driver asks for T=1 …
    assert "6F050000000000000000C101FE3E" in reader.asked  # … and says how long its blocks may be


def test_a_card_that_is_faster_than_the_first_speed_agrees_on_its_speed(plugged: Plug) -> None:
    with plugged(GEMPC_TWIN, inserted(atr="3B7D95000000814A44468660519900000001")) as reader:
        assert talk(FIRST, "connect:any", SELECT) == ["T0", "611E"]
    asked = reader.asked.index("6F0400000000000000FF10957A")
    assert reader.asked[asked + 1] == "6105000000000000009500000A00"


@pytest.mark.parametrize("model", [POS_PRO, SEC1210], ids=lambda model: model.name)
def test_card_and_psam_in_two_slots_of_one_line(plugged: Plug, model: Model) -> None:
    with plugged(model, inserted(), Slot(PSAMS["nation"]())):
        card = talk(FIRST, "connect:any", SELECT, CARD_NUMBER, TERMINAL_NUMBER)
        psam = talk(SECOND, "connect:any", TERMINAL_NUMBER)
    assert card[:2] == ["T0", "611E"]
    assert card[2].endswith("9000")
    assert not card[3].endswith("9000")
    assert psam == ["T0", "4399000000019000"]


def test_the_driver_finds_the_pin_pad_and_the_holder_enters_a_pin(plugged: Plug) -> None:
    hands = PinPadHands()
    with plugged(GEMPC_PINPAD, inserted(), hands=hands) as reader:
        for pressed in ("999999", "123456"):
            hands.enter(pressed)
        hands.cancel()
        said = talk(FIRST, "connect:any", SELECT, FEATURES, VERIFY, "0020000000", VERIFY, "0020000000", VERIFY)
    assert said[2] == "0604423300060704423300070A044233000A120442330012"
    assert said[3:] == ["63C2", "63C2", "9000", "63C3", "6401"]
    assert "123456" not in repr(reader.frames)
    labels = next(answers for asked, answers in reader.frames if asked.startswith("03066BA5"))
    assert len(labels) == 2 * 2 * 13  # a short frame in the echo's place, then the answer


def test_the_holder_changes_the_pin_at_the_pad(plugged: Plug) -> None:
    hands = PinPadHands()
    with plugged(GEMPC_PINPAD, inserted(), hands=hands):
        for pressed in ("123456", "65432", "65432", "65432", "11111", "22222", "65432"):
            hands.enter(pressed)
        said = talk(FIRST, "connect:any", SELECT, CHANGE, CHANGE, VERIFY)
    assert said[2:] == ["9000", "6402", "9000"]


def test_a_pad_at_which_nothing_is_pressed_lets_the_driver_wait(plugged: Plug) -> None:
    hands = PinPadHands()
    with plugged(GEMPC_PINPAD, inserted(), hands=hands):

        def press_late() -> None:
            wait_until(lambda: hands.asked)
            time.sleep(1)
            hands.enter("123456")

        late = threading.Thread(target=press_late)
        late.start()
        said = talk(FIRST, "connect:any", SELECT, VERIFY)
        late.join()
        hands.let_it_time_out()
        said += talk(FIRST, "connect:any", SELECT, VERIFY)
    assert said == ["T0", "611E", "9000", "T0", "611E", "6400"]


@pytest.mark.parametrize("kind", [LineFault.EXTENSION, LineFault.SLOW, LineFault.CHECK], ids=str)
def test_what_the_driver_bears(plugged: Plug, kind: LineFault) -> None:
    with plugged(GEMPC_TWIN, inserted()) as reader:
        reader.add_fault(Fault(kind, 1, value=5))
        assert talk(FIRST, "connect:any", SELECT, "00C000001E")[1] == "611E"


@pytest.mark.parametrize("kind", [LineFault.NAK, LineFault.NO_CARD], ids=str)
def test_what_costs_the_driver_one_command(plugged: Plug, kind: LineFault) -> None:
    with plugged(GEMPC_TWIN, inserted()) as reader:
        reader.add_fault(Fault(kind, 1))
        assert talk(FIRST, "connect:any", SELECT)[1].startswith("801000")
        assert talk(FIRST, "connect:any", SELECT) == ["T0", "611E"]


def test_the_driver_sees_cards_come_and_go(plugged: Plug) -> None:
    slot = Slot()
    with plugged(GEMPC_TWIN, slot) as reader:
        threading.Timer(1, slot.insert, [chip_of(personas.load("li-xiulan").card)]).start()
        assert talk(FIRST, "connect:any", SELECT) == ["T0", "611E"]
        assert any("5003" + "0306" in said for _, said in reader.frames)
        slot.remove()
        wait_until(lambda: any("5002" + "0306" in said for _, said in reader.frames))
        slot.insert()
        assert talk(FIRST, "connect:any", SELECT) == ["T0", "611E"]


def wait_until(happened: Callable[[], bool]) -> None:
    """Waits for something that the service does in its own time."""
    deadline = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)
