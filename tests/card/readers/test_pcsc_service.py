"""The real PC/SC service with the virtual reader: pyscard, pcscd, vpcd and the simulated card, end to end."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest
from smartcard import scard

from hardware_sim import personas
from hardware_sim.card.faults import CardFault, Fault
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.slot import Slot
from hardware_sim.readers.vpcd import VpcdCard
from pos_client.card import words
from pos_client.card.process import CardProcess
from pos_client.card.readers.reader import Presence
from pos_client.errors import EnvironmentProblem, Words
from pos_client.runtime import Runtime, SystemChild, SystemClock
from tests.card.simulated import inserted, written_on
from tests.pcscd import READER, PrivatePcscd
from tests.virtual import virtual_runtime

FIRST, SECOND = f"{READER} 00 00", f"{READER} 00 01"
LONG_ENOUGH_S = 60


def real() -> Runtime:
    return replace(virtual_runtime(), clock=SystemClock(), spawn=SystemChild)


@pytest.fixture
def process(private_pcscd: PrivatePcscd) -> Iterator[CardProcess]:
    with CardProcess(real(), "pcsc:", read_timeout_ms=LONG_ENOUGH_S * 1000) as process:
        process.start()
        wait_until(lambda: not any(cards(process).values()))
        yield process


def cards(process: CardProcess) -> dict[str, bool | None]:
    """Which of the two virtual readers has a card, as the service knows."""
    return {state.name: state.card_present for state in process.readers() if state.url.startswith("pcsc:")}


def wait_until(happened: Callable[[], bool]) -> None:
    """The service looks at its readers every 400 ms."""
    deadline = time.monotonic() + LONG_ENOUGH_S
    while not happened():
        assert time.monotonic() < deadline, "the service never noticed"
        time.sleep(0.05)


@contextmanager
def in_reader(process: CardProcess, card: VpcdCard) -> Iterator[None]:
    """A card in a virtual reader, taken out only after the program has let the reader go.

    The program answers first and disconnects then. A card that is pulled while it disconnects makes pcscd 1.9.9 lose
    the removal, and the next card with it.
    """
    with card:
        yield
        with suppress(EnvironmentProblem):
            process.readers()


def told(process: CardProcess) -> Words:
    with pytest.raises(EnvironmentProblem) as problem:
        process.read()
    return problem.value.words


def test_insert_read_remove_and_insert_again(private_pcscd: PrivatePcscd, process: CardProcess) -> None:
    slot = Slot()
    with in_reader(process, VpcdCard(slot, private_pcscd.port)):
        assert cards(process) == {FIRST: False, SECOND: False}
        assert told(process) is words.NO_CARD
        slot.insert(chip_of(personas.load("ma-yan").card))
        wait_until(lambda: cards(process)[FIRST] is True)
        assert process.look() is Presence.CARD
        assert process.read() == written_on(personas.load("ma-yan").card, f"pcsc:{FIRST}")
        slot.remove()
        wait_until(lambda: process.look() is Presence.EMPTY)
        wait_until(lambda: cards(process)[FIRST] is False)
        assert told(process) is words.NO_CARD
        slot.insert(chip_of(personas.load("bank-card").card))
        wait_until(lambda: cards(process)[FIRST] is True)
        assert told(process) is words.BANK_CARD


def test_the_reader_that_has_the_card_is_found(private_pcscd: PrivatePcscd, process: CardProcess) -> None:
    with in_reader(process, VpcdCard(inserted("li-xiulan"), private_pcscd.port + 1)):
        wait_until(lambda: cards(process) == {FIRST: False, SECOND: True})
        assert process.read().reader == f"pcsc:{SECOND}"


def test_another_program_holds_the_reader(private_pcscd: PrivatePcscd, process: CardProcess) -> None:
    with in_reader(process, VpcdCard(inserted(), private_pcscd.port)):
        wait_until(lambda: cards(process)[FIRST] is True)
        _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        code, card, _ = scard.SCardConnect(context, FIRST, scard.SCARD_SHARE_SHARED, scard.SCARD_PROTOCOL_T0)
        assert code == 0
        assert told(process) is words.READER_BUSY
        scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
        scard.SCardReleaseContext(context)
        assert process.read().name == "张建国"


def test_a_card_torn_out_at_any_command(private_pcscd: PrivatePcscd, process: CardProcess) -> None:
    """The service has seen the empty reader when the torn card is told, so the card may come back at once."""
    slot = inserted("ma-yan")
    tears = [Fault(CardFault.TEAR_BEFORE, command) for command in range(1, 5)]
    with in_reader(process, VpcdCard(slot, private_pcscd.port, least_absence_ms=0)):
        for tear in [*tears, Fault(CardFault.TEAR_AFTER, 2)]:
            wait_until(lambda: cards(process)[FIRST] is True)
            slot.add_fault(tear)
            assert told(process) is words.CARD_TORN
            slot.insert()
        wait_until(lambda: cards(process)[FIRST] is True)
        assert process.read().name == "马𬍛䶮"


def test_a_card_that_does_not_reset_as_cards_do(private_pcscd: PrivatePcscd, process: CardProcess) -> None:
    chip = chip_of(personas.load("zhang-jianguo").card)
    chip.atr = bytes.fromhex("3CFF")
    slot = Slot(chip)
    with in_reader(process, VpcdCard(slot, private_pcscd.port)):
        wait_until(lambda: cards(process)[FIRST] is True)
        assert told(process) is words.CARD_MUTE


def test_a_mute_card_blocks_only_the_card_process_and_not_the_desk(
    private_pcscd: PrivatePcscd, process: CardProcess
) -> None:
    slot = inserted("ma-yan")
    with in_reader(process, VpcdCard(slot, private_pcscd.port)):
        wait_until(lambda: cards(process)[FIRST] is True)
        assert process.read().name == "马𬍛䶮"
        slot.add_fault(Fault(CardFault.MUTE, 3))
        process._read_timeout_ms = 1_500
        assert told(process) is words.READER_SILENT
        process._read_timeout_ms = LONG_ENOUGH_S * 1000
        slot.remove()
        wait_until(lambda: cards(process)[FIRST] is False)
        slot.insert()
        wait_until(lambda: cards(process)[FIRST] is True)
        assert process.read().name == "马𬍛䶮"


def test_the_service_is_stopped_and_started_again(private_pcscd: PrivatePcscd, process: CardProcess) -> None:
    with in_reader(process, VpcdCard(inserted("li-xiulan"), private_pcscd.port)):
        wait_until(lambda: cards(process)[FIRST] is True)
        assert process.read().name == "李秀兰"
        private_pcscd.stop()
        assert told(process) is words.SERVICE_NOT_RUNNING
        private_pcscd.start()
        wait_until(lambda: cards(process)[FIRST] is True)
        assert process.read().name == "李秀兰"
