"""The real PC/SC service and the virtual reader's real driver, with our cards and the tools of others."""

import subprocess

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.psams import PSAMS
from hardware_sim.card.slot import Slot
from hardware_sim.readers.vpcd import VpcdCard
from tests.pcscd import READER, needs
from tests.witnesses.pcsc_client import talk

FIRST, SECOND = f"{READER} 00 00", f"{READER} 00 01"
SELECT = "00A404000F7378312E73682EC9E7BBE1B1A3D5CF"
TERMINAL_NUMBER = "00B0960006"
PROTOCOL_MISMATCH = "8010000F"


def inserted(persona: str) -> Slot:
    """A slot with a persona's card."""
    return Slot(chip_of(personas.load(persona).card))


def test_card_and_psam_in_the_two_slots(virtual_port: int) -> None:
    with (
        VpcdCard(inserted("zhang-jianguo"), virtual_port),
        VpcdCard(Slot(PSAMS["nation"]()), virtual_port + 1),
    ):
        card = talk(FIRST, "connect:any", SELECT, "00C000001E", TERMINAL_NUMBER)
        psam = talk(SECOND, "connect:any", TERMINAL_NUMBER)
    assert card[:2] == ["T0", "611E"]
    assert card[2].endswith("9000")
    assert not card[3].endswith("9000")
    assert psam == ["T0", "4399000000019000"]


def test_a_t0_card_cannot_be_asked_for_t1(virtual_port: int) -> None:
    with VpcdCard(inserted("zhang-jianguo"), virtual_port):
        assert talk(FIRST, "connect:T1") == [PROTOCOL_MISMATCH]


def test_a_contactless_card_answers_at_once(virtual_port: int) -> None:
    with VpcdCard(inserted("contactless-card"), virtual_port):
        protocol, selected = talk(FIRST, "connect:any", SELECT + "00")
    assert protocol == "T1"
    assert selected.startswith("6F")
    assert selected.endswith("9000")


def test_opensc_and_pcsc_scan_know_the_card(virtual_port: int) -> None:
    needs("opensc", "/usr/bin/opensc-tool")
    needs("pcsc-tools", "/usr/bin/pcsc_scan")
    card = personas.load("li-xiulan").card
    spaced = " ".join(f"{byte:02X}" for byte in card.atr)
    with VpcdCard(Slot(chip_of(card)), virtual_port):
        talk(FIRST, "connect:any")
        command = ["opensc-tool", "--reader", FIRST, "--card-driver", "default", "-a", "-s", SELECT]
        told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
        scanned = subprocess.run(["pcsc_scan", "-c"], capture_output=True, text=True, timeout=60).stdout
    assert told.startswith(card.atr.hex(":"))
    assert "Received (SW1=0x90, SW2=0x00)" in told
    assert spaced in scanned
