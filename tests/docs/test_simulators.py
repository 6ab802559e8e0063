"""The page about the simulators, from which other programs' makers work: it names what there is."""

import re

from hardware_sim import personas
from hardware_sim.card.faults import KINDS
from hardware_sim.card.psams import PSAMS
from hardware_sim.card.replay import Replay
from hardware_sim.card.slot import Slot
from hardware_sim.cli import cli
from hardware_sim.devices import announcer, display
from hardware_sim.devices.faults import DeviceFault
from hardware_sim.readers.hands import Hands
from hardware_sim.readers.models import GEMPC_TWIN, MODELS
from hardware_sim.readers.pin_pad import PinPadHands
from hardware_sim.readers.reader import SerialReader
from tests.docs.pages import blocks, codes_in, section, text_of

PAGE = "docs/simulators.md"
CARDS = "Persons and cards"


def test_every_command_is_told() -> None:
    assert codes_in(section(PAGE, "Simulators")) == {f"hardware-sim {name}" for name in cli.commands}


def test_every_person_psam_and_model_is_told() -> None:
    heads = {"--psam", "psam", "--model"}
    assert codes_in(section(PAGE, CARDS)) - heads == {*personas.names(), "none", *PSAMS, *MODELS}


def test_every_fault_is_told() -> None:
    assert codes_in(section(PAGE, "Faults")) == {str(kind) for kind in KINDS}


def test_every_option_of_a_card_is_told() -> None:
    told = set(re.findall(r"--[a-z-]+", text_of(PAGE)))
    assert {option for parameter in cli.commands["card"].params for option in parameter.opts} <= told


def test_every_deed_of_the_hands_is_told() -> None:
    slot = Slot()
    hands = Hands(slot, None, SerialReader(GEMPC_TWIN, [slot]), PinPadHands())
    there_are = str(hands.do("?")["why"]).removeprefix("there are ").split(", ")
    assert [code.split(" ")[0] for code in sorted(codes_in(section(PAGE, "Hands")))] == sorted(there_are)


def test_every_model_and_fault_of_a_device_is_told() -> None:
    wanted = {*display.MODELS, *announcer.MODELS, *DeviceFault}
    assert codes_in(section(PAGE, "Counter devices")) == {str(one) for one in wanted}


def test_the_recorded_session_is_one() -> None:
    (written,) = [block for block in blocks(PAGE, "text") if block.startswith("# hardware-sim card session")]
    replay = Replay(written)
    replay.power_on()
    assert replay.command(bytes.fromhex("00A404000F7378312E73682EC9E7BBE1B1A3D5CF")) == b"\x61\x1e"


def test_the_example_runs() -> None:
    (example,) = blocks(PAGE, "python")
    exec(compile(example, PAGE, "exec"), {})


def test_the_counts_on_the_first_page_are_right() -> None:
    cards, faults = len(list(personas.names())), len(KINDS)
    assert f"{cards} cards and {faults} faults" in text_of("README.md")
    assert f"{cards} 张卡、{faults} 种故障" in text_of("README.zh.md")
