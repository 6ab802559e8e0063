"""The card side of the virtual PC/SC reader, against a played driver."""

import socket
from collections.abc import Iterator

import pytest

from hardware_sim import personas
from hardware_sim.card.faults import CardFault, Fault
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.slot import Slot
from hardware_sim.readers.vpcd import VpcdCard

ATR = bytes.fromhex("3B6D000000814A44468660439900000001")


class Driver:
    """Listens as libifdvpcd does and speaks its frames."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.card: socket.socket | None = None

    def accept(self) -> None:
        self.close_card()
        self.card, _ = self.listener.accept()

    def tell(self, message: str) -> None:
        assert self.card is not None
        data = bytes.fromhex(message)
        self.card.sendall(len(data).to_bytes(2))
        self.card.sendall(data)

    def ask(self, message: str) -> bytes:
        self.tell(message)
        assert self.card is not None
        header = self.card.recv(2, socket.MSG_WAITALL)
        return self.card.recv(int.from_bytes(header), socket.MSG_WAITALL) if header else b""

    def card_left(self) -> bool:
        assert self.card is not None
        try:
            return self.card.recv(1) == b""
        except ConnectionResetError:
            return True

    def close_card(self) -> None:
        if self.card is not None:
            self.card.close()


@pytest.fixture
def driver() -> Iterator[Driver]:
    played = Driver()
    yield played
    played.close_card()
    played.listener.close()


def slot_with(*faults: Fault) -> Slot:
    return Slot(chip_of(personas.load("zhang-jianguo").card), faults)


def test_the_transcript_of_a_session(driver: Driver) -> None:
    with VpcdCard(slot_with(), driver.port) as card:
        driver.accept()
        assert card.connected.wait(60)
        assert driver.ask("04") == ATR
        driver.tell("01")
        assert driver.ask("04") == ATR
        assert driver.ask("00A404000F7378312E73682EC9E7BBE1B1A3D5CF").hex().upper() == "611E"
        assert driver.ask("00C000001E").hex().upper().endswith("9000")
        driver.tell("02")
        assert driver.ask("00C000001E").hex().upper() == "6F00"
        driver.tell("00")
        assert driver.ask("04") == ATR


def test_pulling_out_closes_and_putting_in_connects_again(driver: Driver) -> None:
    slot = slot_with()
    with VpcdCard(slot, driver.port, least_absence_ms=0):
        driver.accept()
        slot.remove()
        assert driver.card_left()
        slot.insert()
        driver.accept()
        assert driver.ask("04") == ATR


def test_a_restarted_driver_gets_the_card_again(driver: Driver) -> None:
    with VpcdCard(slot_with(), driver.port, least_absence_ms=0):
        driver.accept()
        driver.accept()
        assert driver.ask("04") == ATR


def test_a_driver_that_is_not_there_yet_is_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with VpcdCard(slot_with(), port) as card:
        assert not card.connected.wait(0.05)
        with socket.create_server(("127.0.0.1", port)):
            assert card.connected.wait(60)


def test_an_empty_slot_does_not_connect(driver: Driver) -> None:
    driver.listener.settimeout(0.1)
    with VpcdCard(Slot(), driver.port), pytest.raises(TimeoutError):
        driver.accept()


def test_a_torn_card_closes_without_an_answer_or_right_after_it(driver: Driver) -> None:
    slot = slot_with(Fault(CardFault.TEAR_BEFORE, 1))
    with VpcdCard(slot, driver.port, least_absence_ms=0):
        driver.accept()
        driver.tell("01")
        assert driver.ask("00A4000000") == b""
        slot.add_fault(Fault(CardFault.TEAR_AFTER, 1))
        slot.insert()
        driver.accept()
        driver.tell("01")
        assert driver.ask("00A4000000") == b"\x90\0"
        assert driver.card_left()


def test_a_mute_card_keeps_the_driver_waiting_until_it_is_pulled_out(driver: Driver) -> None:
    slot = slot_with(Fault(CardFault.MUTE, 1))
    with VpcdCard(slot, driver.port):
        driver.accept()
        assert driver.card is not None
        driver.tell("01")
        driver.tell("00A4000000")
        driver.card.settimeout(0.1)
        with pytest.raises(TimeoutError):
            driver.card.recv(1)
        driver.card.settimeout(None)
        slot.remove()
        assert driver.card_left()


def test_closing_ends_a_mute_card_too(driver: Driver) -> None:
    card = VpcdCard(slot_with(Fault(CardFault.MUTE, 1)), driver.port)
    with card:
        driver.accept()
        driver.tell("01")
        driver.tell("00A4000000")
    assert driver.card_left()
