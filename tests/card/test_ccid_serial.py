"""A serial reader without PC/SC: over TCP, over a pseudo-terminal, and on a line without wires for what is rare."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import serial
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim import personas
from hardware_sim.card.faults import CardFault, Fault, LineFault
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.slot import Slot
from hardware_sim.readers.gempc_twin import GemPcTwin
from hardware_sim.readers.serial_lines import PtyLine, SerialLine, TcpLine
from pos_client.card import ccid_serial, words
from pos_client.card.ccid_line import framed
from pos_client.card.ccid_serial import CcidSerialReader, port_states
from pos_client.card.identity import CardIdentity
from pos_client.card.social_security import read_identity
from pos_client.errors import EnvironmentProblem, Words
from tests.card.simulated import WirelessPort, inserted, outcome, written_on

COMMANDS_OF_A_READING = range(1, 6)


def target(line: SerialLine) -> str:
    return line.url.removeprefix("ccid-serial:")


def read(device: str, *, answer_timeout_ms: int = 20_000) -> CardIdentity:
    reader = CcidSerialReader(device, answer_timeout_ms=answer_timeout_ms)
    try:
        return read_identity(reader, reader.connect())
    finally:
        reader.disconnect()


@contextmanager
def told(said: Words) -> Iterator[None]:
    with pytest.raises(EnvironmentProblem) as problem:
        yield
    assert problem.value.words is said


@pytest.fixture(params=["tcp", "tcp without echo", "pty", "pty without echo"])
def lines(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Slot, SerialLine]]:
    kind: str = request.param
    slot = inserted("ma-yan")
    reader = GemPcTwin(slot, echo="without" not in kind)
    with TcpLine(reader) if kind.startswith("tcp") else PtyLine(reader, tmp_path / "ttyUSB0") as line:
        yield slot, line


def test_one_reading_after_another_over_a_real_line(lines: tuple[Slot, SerialLine]) -> None:
    slot, line = lines
    for _ in range(2):
        assert read(target(line)) == written_on(personas.load("ma-yan").card, line.url)
    slot.remove()
    with told(words.NO_CARD):
        read(target(line))
    slot.insert(chip_of(personas.load("bank-card").card))
    with told(words.BANK_CARD):
        read(target(line))
    slot.insert(chip_of(personas.load("li-xiulan").card))
    assert read(target(line)).name == "李秀兰"


@pytest.mark.parametrize("command", COMMANDS_OF_A_READING)
def test_a_card_torn_at_any_command_over_a_real_line(command: int, tmp_path: Path) -> None:
    slot = inserted("zhang-jianguo", Fault(CardFault.TEAR_BEFORE, command))
    with PtyLine(GemPcTwin(slot), tmp_path / "ttyUSB0") as line:
        with told(words.CARD_TORN):
            read(target(line))
        slot.insert()
        assert read(target(line)).name == "张建国"


def test_a_port_that_is_not_there(tmp_path: Path) -> None:
    with told(words.READER_UNAVAILABLE):
        read(str(tmp_path / "ttyUSB7"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with told(words.READER_UNAVAILABLE):
        read(f"socket://127.0.0.1:{port}")


def test_a_port_that_another_program_holds(tmp_path: Path) -> None:
    with PtyLine(GemPcTwin(inserted()), tmp_path / "ttyUSB0") as line:
        with serial.Serial(target(line), exclusive=True), told(words.READER_BUSY):
            read(target(line))
        assert read(target(line)).name == "张建国"


def test_a_reader_that_is_unplugged_in_mid_reading() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    reader = CcidSerialReader(f"socket://127.0.0.1:{listener.getsockname()[1]}", answer_timeout_ms=20_000)
    with listener:
        listener.listen()
        twin = GemPcTwin(inserted())

        def serve_and_pull_the_plug() -> None:
            connection, _ = listener.accept()
            with connection:
                for _ in range(3):
                    twin.receive(connection.recv(4096), connection.sendall, lambda _: None)

        thread = threading.Thread(target=serve_and_pull_the_plug)
        thread.start()
        reader.connect()
        thread.join()
        with told(words.READER_UNAVAILABLE):
            for _ in range(3):
                reader.transmit(bytes.fromhex("00A4000000"))
        reader.disconnect()


def test_a_reader_that_does_not_answer_is_given_up_and_not_asked_to_power_off() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf, told(words.READER_SILENT):
        read(f"socket://127.0.0.1:{deaf.getsockname()[1]}", answer_timeout_ms=50)


def test_whether_a_card_is_present_is_asked_without_powering_it(lines: tuple[Slot, SerialLine]) -> None:
    slot, line = lines
    reader = CcidSerialReader(target(line), answer_timeout_ms=20_000)
    assert reader.card_present()
    assert not slot.powered
    slot.remove()
    assert not reader.card_present()
    slot.insert()
    assert reader.card_present()
    assert not slot.powered
    reader.disconnect()


def test_serial_ports_are_listed_without_being_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    from serial.tools.list_ports_common import ListPortInfo

    port = ListPortInfo("/dev/ttyUSB9")
    port.product = "GemPC Twin"
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: [port])
    (state,) = port_states()
    assert (state.name, state.url, state.card_present) == ("GemPC Twin", "ccid-serial:/dev/ttyUSB9", None)


class Wireless:
    """Readers opened as "wireless" in a test have this one at the other end."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.port: WirelessPort | None = None
        monkeypatch.setattr(ccid_serial, "open_port", self._open)

    def _open(self, device: str, timeout_ms: int) -> WirelessPort:
        assert self.port is not None
        self.port.reader.line_opened()
        return self.port

    def read(self, slot: Slot, *faults: Fault, echo: bool = True) -> CardIdentity:
        self.port = WirelessPort(GemPcTwin(slot, faults, echo=echo))
        return read("wireless")


@pytest.fixture
def wireless(monkeypatch: pytest.MonkeyPatch) -> Wireless:
    return Wireless(monkeypatch)


def test_the_card_is_told_its_parameters_and_loses_its_power_in_the_end(wireless: Wireless) -> None:
    slot = inserted()
    wireless.read(slot)
    assert wireless.port is not None
    kinds = [frame[2] for frame in wireless.port.written]
    assert kinds == [0x65, 0x62, 0x61, *[0x6F] * 5, 0x63]
    assert wireless.port.written[2][12:-1].hex() == "1100000a00"
    assert not slot.powered


@pytest.mark.parametrize("command", COMMANDS_OF_A_READING)
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (CardFault.TEAR_BEFORE, words.CARD_TORN),
        (LineFault.SLOT_CHANGE, words.CARD_TORN),
        (CardFault.MUTE, words.CARD_MUTE),
        (LineFault.CHECK, words.LINE_DISTURBED),
        (LineFault.STRAY, words.LINE_DISTURBED),
        (LineFault.SILENT, words.READER_SILENT),
    ],
)
def test_faults_at_every_command_have_their_sentence_and_the_next_reading_works(
    wireless: Wireless, fault: CardFault | LineFault, command: int, said: Words
) -> None:
    is_card_fault = isinstance(fault, CardFault)
    slot = inserted("ma-yan", *([Fault(fault, command)] if is_card_fault else []))
    with told(said):
        wireless.read(slot, *([] if is_card_fault else [Fault(fault, command)]))
    slot.insert()
    assert wireless.read(slot).name == "马𬍛䶮"


@pytest.mark.parametrize("command", range(1, 5))
def test_a_card_torn_right_after_an_answer_is_told_at_the_next_command(wireless: Wireless, command: int) -> None:
    with told(words.CARD_TORN):
        wireless.read(inserted("ma-yan", Fault(CardFault.TEAR_AFTER, command)))


def test_a_slow_card_is_waited_for(wireless: Wireless) -> None:
    assert wireless.read(inserted("ma-yan", Fault(CardFault.MUTE, 3, value=900))).name == "马𬍛䶮"
    assert wireless.port is not None
    assert wireless.port.paused_ms == 900


@pytest.mark.parametrize(
    ("atr", "said"),
    [
        ("", words.CARD_MUTE),
        ("3C6D0000", words.CARD_MUTE),
        ("3B6D0000", words.CARD_MUTE),
        ("3BED00008131FE4500814A4446866051990000000100", words.NOT_SOCIAL_SECURITY),
    ],
    ids=["reversed", "neither convention", "cut short", "another protocol"],
)
def test_a_card_that_does_not_reset_as_ours_do(wireless: Wireless, atr: str, said: Words) -> None:
    chip = chip_of(personas.load("li-xiulan").card)
    chip.atr = bytes.fromhex(atr)
    with told(said):
        wireless.read(Slot(chip))


def test_a_card_pulled_out_while_it_got_power_is_no_card(wireless: Wireless) -> None:
    class Empty(Slot):
        def power_on(self) -> bytes | None:
            self.remove()
            return None

    with told(words.NO_CARD):
        wireless.read(Empty(chip_of(personas.load("li-xiulan").card)))


def test_a_reader_that_refuses_the_cards_parameters_is_disturbed(wireless: Wireless) -> None:
    class Stubborn(GemPcTwin):
        def _answer_to(self, message: bytes, send: object, pause: object) -> bytes:
            if message[0] == 0x61:
                return self._reply(0x82, message, status=0x40)
            return super()._answer_to(message, send, pause)  # type: ignore[arg-type]

    wireless.port = WirelessPort(Stubborn(inserted()))
    with told(words.LINE_DISTURBED):
        read("wireless")


@pytest.mark.parametrize(
    ("trouble", "said"), [(13, words.ACCESS_DENIED), (16, words.READER_BUSY), (6, words.READER_UNAVAILABLE)]
)
def test_what_the_system_says_of_a_port(monkeypatch: pytest.MonkeyPatch, trouble: int, said: Words) -> None:
    def refuse(*_: object) -> None:
        raise serial.SerialException(trouble, os.strerror(trouble))

    monkeypatch.setattr(ccid_serial, "open_port", refuse)
    with told(said):
        read("/dev/ttyUSB0")


def test_a_port_that_takes_no_bytes_is_silent(wireless: Wireless) -> None:
    class Full(WirelessPort):
        def write(self, data: bytes, /) -> int:
            raise serial.SerialTimeoutException("Write timeout")

    wireless.port = Full(GemPcTwin(inserted()))
    with told(words.READER_SILENT):
        read("wireless")


@given(at=st.integers(1, 8), noise=st.binary(max_size=40))
def test_noise_on_the_line_never_becomes_a_person(at: int, noise: bytes) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        wireless = Wireless(monkeypatch)
        slot = inserted("ma-yan")
        expected = written_on(personas.load("ma-yan").card, "ccid-serial:wireless")

        class Noisy(WirelessPort):
            def write(self, data: bytes, /) -> int:
                if len(self.written) + 1 == at:
                    self.to_computer += noise
                return super().write(data)

        wireless.port = Noisy(GemPcTwin(slot))
        result = outcome(lambda: read("wireless"))
        assert result == expected or isinstance(result, EnvironmentProblem)
        assert wireless.read(slot) == expected


def test_the_simulated_reader_asks_for_a_damaged_frame_again() -> None:
    port = WirelessPort(GemPcTwin(inserted()))
    good = framed(bytes.fromhex("65000000000000000000"))
    port.write(good[:-1] + b"\0")
    assert port.read(10) == b"\x03\x15\x16"
