"""A serial reader without PC/SC: over TCP, over a pseudo-terminal, and on a line without wires for what is rare."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
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
from hardware_sim.readers.models import MODELS, Model
from hardware_sim.readers.reader import SerialReader
from hardware_sim.readers.serial_lines import PtyLine, SerialLine, TcpLine
from pos_client.card import words
from pos_client.card.readers import ccid_serial
from pos_client.card.readers.ccid_line import framed
from pos_client.card.readers.ccid_serial import CcidSerialReader, port_states
from pos_client.card.social_security.identity import CardIdentity
from pos_client.card.social_security.reading import read_identity
from pos_client.errors import EnvironmentProblem, Words
from tests.card.readers.wireless import (
    COMMANDS,
    SELECT,
    WHOLE_SESSION,
    Wireless,
    session,
    told,
    wireless,
)
from tests.card.simulated import WirelessPort, inserted, written_on

__all__ = ["wireless"]


def target(line: SerialLine) -> str:
    return line.url.removeprefix("ccid-serial:")


def client(line: SerialLine) -> CcidSerialReader:
    return CcidSerialReader(target(line), answer_timeout_ms=20_000)


def read(line: SerialLine) -> CardIdentity:
    reader = client(line)
    try:
        return read_identity(reader, reader.connect())
    finally:
        reader.disconnect()


@pytest.fixture(params=[f"{line}, {model}" for line in ("tcp", "pty") for model in MODELS])
def lines(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Slot, SerialLine]]:
    kind, model = request.param.split(", ")
    slot = inserted("ma-yan")
    reader = SerialReader(MODELS[model], (slot,))
    with TcpLine(reader) if kind == "tcp" else PtyLine(reader, tmp_path / "ttyUSB0") as line:
        yield slot, line


def test_one_reading_after_another_over_a_real_line(lines: tuple[Slot, SerialLine]) -> None:
    slot, line = lines
    for _ in range(2):
        assert read(line) == written_on(personas.load("ma-yan").card, line.url)
    slot.remove()
    with told(words.NO_CARD):
        read(line)
    slot.insert(chip_of(personas.load("bank-card").card))
    with told(words.BANK_CARD):
        read(line)
    slot.insert(chip_of(personas.load("li-xiulan").card))
    assert read(line).name == "李秀兰"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_card_torn_at_any_command_over_a_real_line(command: int, tmp_path: Path) -> None:
    slot = inserted("zhang-jianguo", Fault(CardFault.TEAR_BEFORE, command))
    with PtyLine(GemPcTwin(slot), tmp_path / "ttyUSB0") as line:
        with told(words.CARD_TORN):
            session(client(line))
        slot.insert()
        assert session(client(line)) == WHOLE_SESSION


def test_a_port_that_is_not_there(tmp_path: Path) -> None:
    with told(words.READER_UNAVAILABLE):
        CcidSerialReader(str(tmp_path / "ttyUSB7")).connect()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with told(words.READER_UNAVAILABLE):
        CcidSerialReader(f"socket://127.0.0.1:{port}").connect()


def test_a_port_that_another_program_holds(tmp_path: Path) -> None:
    with PtyLine(GemPcTwin(inserted()), tmp_path / "ttyUSB0") as line:
        with serial.Serial(target(line), exclusive=True), told(words.READER_BUSY):
            client(line).connect()
        assert session(client(line)) == WHOLE_SESSION


def test_a_reader_that_is_unplugged_in_mid_session() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    reader = CcidSerialReader(f"socket://127.0.0.1:{listener.getsockname()[1]}", answer_timeout_ms=20_000)
    with listener:
        twin = GemPcTwin(inserted())

        def serve_and_pull_the_plug() -> None:
            connection, _ = listener.accept()
            with connection:
                for _ in ("power", "parameters"):
                    twin.receive(connection.recv(4096), connection.sendall, lambda _: None)

        thread = threading.Thread(target=serve_and_pull_the_plug)
        thread.start()
        reader.connect()
        thread.join()
        for _ in range(2):
            with told(words.READER_UNAVAILABLE):
                reader.transmit(SELECT)
        reader.disconnect()


def test_a_reader_that_hangs_up_is_found_again_when_it_is_back(tmp_path: Path) -> None:
    slot = inserted()
    for line in (
        TcpLine(GemPcTwin(slot, [Fault(LineFault.HANG_UP, 3)])),
        PtyLine(GemPcTwin(slot, [Fault(LineFault.HANG_UP, 3)]), tmp_path / "ttyUSB0"),
    ):
        with line:
            unplugged = CcidSerialReader(target(line), answer_timeout_ms=300)
            with pytest.raises(EnvironmentProblem) as problem:
                session(unplugged)
            assert problem.value.words in (words.READER_UNAVAILABLE, words.READER_SILENT)
            assert session(client(line)) == WHOLE_SESSION


def test_a_reader_that_does_not_answer_is_given_up_and_not_asked_to_power_off() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf, told(words.READER_SILENT):
        session(CcidSerialReader(f"socket://127.0.0.1:{deaf.getsockname()[1]}", answer_timeout_ms=50))


def test_whether_a_card_is_present_is_asked_without_powering_it(lines: tuple[Slot, SerialLine]) -> None:
    slot, line = lines
    reader = client(line)
    assert reader.card_present()
    assert not slot.powered
    slot.remove()
    assert not reader.card_present()
    slot.insert()
    assert reader.card_present()
    assert not slot.powered
    reader.disconnect()


def test_a_line_that_was_disturbed_is_opened_anew_by_the_next_look(wireless: Wireless) -> None:
    reader = wireless.to(GemPcTwin(inserted()))
    assert reader.card_present()
    wireless.ports[0].to_computer += b"\x20" * 700
    with told(words.LINE_DISTURBED):
        reader.card_present()
    assert not wireless.ports[0].to_computer, "what was still coming is read away"
    assert reader.card_present()
    assert len(wireless.ports) == 2


def test_serial_ports_are_listed_without_being_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    from serial.tools.list_ports_common import ListPortInfo

    port = ListPortInfo("/dev/ttyUSB9")
    port.product = "GemPC Twin"
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: [port])
    (state,) = port_states()
    assert (state.name, state.url, state.card_present) == ("GemPC Twin", "ccid-serial:/dev/ttyUSB9", None)


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.name)
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (CardFault.TEAR_BEFORE, words.CARD_TORN),
        (CardFault.DISCONNECT, words.CARD_TORN),
        (CardFault.SWAP, words.CARD_TORN),
        (LineFault.SLOT_CHANGE, words.CARD_TORN),
        (LineFault.NO_CARD, words.CARD_TORN),
        (CardFault.MUTE, words.CARD_MUTE),
        (LineFault.CHECK, words.LINE_DISTURBED),
        (LineFault.STRAY, words.LINE_DISTURBED),
        (LineFault.SILENT, words.READER_SILENT),
        (LineFault.HANG_UP, words.READER_UNAVAILABLE),
    ],
)
def test_faults_at_every_command_have_their_sentence_and_the_next_session_works(
    wireless: Wireless, model: Model, fault: CardFault | LineFault, command: int, said: Words
) -> None:
    of_card, of_line = ([Fault(fault, command)], []) if isinstance(fault, CardFault) else ([], [Fault(fault, command)])
    slot = inserted("ma-yan", *of_card)
    reader = wireless.to(SerialReader(model, (slot,), of_line))
    with told(said):
        session(reader)
    slot.insert(chip_of(personas.load("ma-yan").card))
    assert session(reader) == WHOLE_SESSION


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.name)
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("fault", [LineFault.NAK, LineFault.EXTENSION, LineFault.NO_ECHO, LineFault.SLOW])
def test_these_faults_are_no_trouble(wireless: Wireless, model: Model, fault: LineFault, command: int) -> None:
    assert session(wireless.to(SerialReader(model, (inserted(),), [Fault(fault, command)]))) == WHOLE_SESSION


@pytest.mark.parametrize("command", range(1, 5))
def test_a_card_torn_right_after_an_answer_is_told_at_the_next_command(wireless: Wireless, command: int) -> None:
    with told(words.CARD_TORN):
        session(wireless.to(GemPcTwin(inserted("ma-yan", Fault(CardFault.TEAR_AFTER, command)))))


def test_a_slow_card_is_waited_for(wireless: Wireless) -> None:
    slow = inserted("ma-yan", Fault(CardFault.MUTE, 3, value=900))
    assert session(wireless.to(GemPcTwin(slow))) == WHOLE_SESSION
    assert wireless.ports[0].paused_ms == 900


def test_a_line_that_suffered_is_not_asked_again_until_it_is_opened_anew(wireless: Wireless) -> None:
    reader = wireless.to(GemPcTwin(inserted(), [Fault(LineFault.CHECK, 1)]))
    reader.connect()
    for _ in range(3):
        with told(words.LINE_DISTURBED):
            reader.transmit(SELECT)
    reader.disconnect()
    reader.disconnect()
    assert wireless.asked == ["0:62", "0:61", "0:6F"]
    assert session(reader) == WHOLE_SESSION


@pytest.mark.parametrize(
    ("trouble", "said"), [(13, words.ACCESS_DENIED), (16, words.READER_BUSY), (6, words.READER_UNAVAILABLE)]
)
def test_what_the_system_says_of_a_port(monkeypatch: pytest.MonkeyPatch, trouble: int, said: Words) -> None:
    def refuse(*_: object) -> None:
        raise serial.SerialException(trouble, os.strerror(trouble))

    monkeypatch.setattr(ccid_serial, "open_port", refuse)
    with told(said):
        CcidSerialReader("/dev/ttyUSB0").connect()


def test_a_port_that_takes_no_bytes_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(WirelessPort):
        def write(self, data: bytes, /) -> int:
            raise serial.SerialTimeoutException("Write timeout")

    monkeypatch.setattr(ccid_serial, "open_port", lambda *_: Full(GemPcTwin(inserted())))
    with told(words.READER_SILENT):
        session(CcidSerialReader("wireless"))


@pytest.mark.parametrize(
    ("command", "limit"),
    [(SELECT, 3.0), (bytes.fromhex("00B2010400"), 3.0), (bytes.fromhex("0020000000"), 5.0), (b"\0\x82\0\x0a\0", 5.0)],
    ids=["select", "read", "verify", "authenticate"],
)
def test_each_step_has_its_own_limit(wireless: Wireless, command: bytes, limit: float) -> None:
    reader = wireless.to(GemPcTwin(inserted()))
    reader.connect()
    assert wireless.ports[0].timeout == 5.0
    reader.transmit(command)
    assert wireless.ports[0].timeout == limit
    reader.disconnect()
    assert wireless.ports[0].timeout == 1.0


@given(at=st.integers(1, 8), noise=st.binary(max_size=40))
def test_noise_on_the_line_never_becomes_an_answer(at: int, noise: bytes) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:

        class Noisy(WirelessPort):
            def write(self, data: bytes, /) -> int:
                if len(self.written) + 1 == at:
                    self.to_computer += noise
                return super().write(data)

        twin = GemPcTwin(inserted())
        monkeypatch.setattr(ccid_serial, "open_port", lambda *_: Noisy(twin))
        with suppress(EnvironmentProblem):
            assert session(CcidSerialReader("wireless")) == WHOLE_SESSION
        monkeypatch.setattr(ccid_serial, "open_port", lambda *_: WirelessPort(twin))
        assert session(CcidSerialReader("wireless")) == WHOLE_SESSION


def test_the_simulated_reader_asks_for_a_damaged_frame_again() -> None:
    port = WirelessPort(GemPcTwin(inserted()))
    good = framed(bytes.fromhex("65000000000000000000"))
    port.write(good[:-1] + b"\0")
    assert port.read(10) == b"\x03\x15\x16"
