"""What the card process does with one line: exactly one answer, whatever happens."""

import json
import subprocess
import sys
from subprocess import PIPE
from typing import Any, cast

import pytest

from hardware_sim import personas
from hardware_sim.card.faults import CardFault, Fault, LineFault
from hardware_sim.readers.gempc_twin import GemPcTwin
from pos_client.card import pipe, slots, words
from pos_client.card.readers import ccid_serial, drivers
from pos_client.card.readers.reader import ReaderState, ReaderUrl
from pos_client.card.worker import Worker
from pos_client.errors import EnvironmentProblem
from tests.card.simulated import WirelessPort, inserted, written_on

URL = "ccid-serial:wireless"


def ask(line: bytes) -> dict[str, Any]:
    """The one answer to a line."""
    answers: list[bytes] = []
    Worker(answers.append).serve(line)
    (answer,) = answers
    message: dict[str, Any] = json.loads(answer)
    return message


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> GemPcTwin:
    twin = GemPcTwin(inserted("ma-yan"))
    monkeypatch.setattr(ccid_serial, "open_port", lambda *_: WirelessPort(twin))
    return twin


def test_a_reading(reader: GemPcTwin) -> None:
    answer = ask(pipe.request(3, "read", URL))
    assert answer["id"] == 3
    assert pipe.identity_of(answer["value"]) == written_on(personas.load("ma-yan").card, URL)


def test_the_answer_goes_out_before_the_reader_is_let_go(reader: GemPcTwin, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []

    class Watched(ccid_serial.CcidSerialReader):
        def disconnect(self) -> None:
            order.append("let go")
            super().disconnect()

        def connect(self) -> str:
            url = super().connect()
            order.clear()
            return url

    monkeypatch.setattr(ccid_serial, "CcidSerialReader", Watched)
    Worker(lambda _: order.append("answered")).serve(pipe.request(1, "read", URL))
    assert order == ["answered", "let go"]


@pytest.mark.parametrize("fault", [LineFault.CHECK, LineFault.STRAY])
def test_a_disturbance_is_tried_once_more(reader: GemPcTwin, fault: LineFault) -> None:
    reader.add_fault(Fault(fault, at=2))
    assert "value" in ask(pipe.request(1, "read", URL))
    reader.add_fault(Fault(fault, at=2, times=2))
    assert ask(pipe.request(2, "read", URL))["problem"]["code"] == "K-07"


def test_a_mute_card_is_tried_once_more_after_its_power_was_off(reader: GemPcTwin) -> None:
    reader._slot.add_fault(Fault(CardFault.MUTE, at=2))
    assert "value" in ask(pipe.request(1, "read", URL))
    reader._slot.add_fault(Fault(CardFault.MUTE, at=2, times=None))
    assert ask(pipe.request(2, "read", URL))["problem"]["code"] == "K-13"


def test_a_torn_card_is_not_tried_again(reader: GemPcTwin) -> None:
    reader._slot.add_fault(Fault(CardFault.TEAR_BEFORE, at=2))
    assert ask(pipe.request(1, "read", URL))["problem"]["code"] == "K-12"
    assert ask(pipe.request(2, "read", URL))["problem"]["code"] == "K-11"


def test_a_look_and_a_reading_share_one_line(reader: GemPcTwin) -> None:
    answers = list[bytes]()
    served = Worker(answers.append)
    for number, act in enumerate(("look", "read", "look", "readers", "look")):
        served.serve(pipe.request(number, cast(pipe.Act, act), URL))
    looked, read, after, readers, last = (json.loads(answer)["value"] for answer in answers)
    assert [looked, after, last] == ["card"] * 3
    assert (read["name"], readers[0]["card_present"]) == (personas.load("ma-yan").card.name, True)
    served.watch.let_go()


def test_a_wrong_address_is_answered_too() -> None:
    answer = ask(pipe.request(1, "read", "usb:1"))
    assert pipe.problem_of(answer["problem"]).exit_code == 2


@pytest.mark.parametrize("url", ["pcsc:", URL])
def test_a_ping_loads_the_readers_libraries_without_touching_a_reader(url: str) -> None:
    assert ask(pipe.request(1, "ping", url)) == {"id": 1, "value": None}


def test_serial_readers_need_no_pcsc_library(reader: GemPcTwin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "smartcard", None)
    monkeypatch.delitem(sys.modules, "pos_client.card.readers.pcsc", raising=False)
    assert "value" in ask(pipe.request(1, "read", URL))
    assert ask(pipe.request(2, "readers", URL))["value"][0] == {"name": "wireless", "url": URL, "card_present": True}


def test_the_configured_serial_reader_is_listed_first_and_once(
    reader: GemPcTwin, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = ReaderState("GemPC Twin", URL, None)
    other = ReaderState("Display", "ccid-serial:/dev/ttyUSB1", None)
    monkeypatch.setattr(ccid_serial, "port_states", lambda: [port, other])
    monkeypatch.setattr("pos_client.card.readers.pcsc.reader_states", lambda: [ReaderState("R 00", "pcsc:R 00", False)])
    states = ask(pipe.request(1, "readers", URL))["value"]
    assert [(state["url"], state["card_present"]) for state in states] == [
        (URL, True),
        ("pcsc:R 00", False),
        ("ccid-serial:/dev/ttyUSB1", None),
    ]


def test_a_configured_reader_that_is_gone_is_still_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise OSError(2, "gone")

    monkeypatch.setattr(ccid_serial, "open_port", gone)
    monkeypatch.setattr(drivers, "states_of", lambda _: [])
    monkeypatch.setattr(ccid_serial, "port_states", list)
    (state,) = ask(pipe.request(1, "readers", URL))["value"]
    assert (state["name"], state["url"], state["card_present"]) == ("wireless", URL, None)
    assert state["trouble"]["code"] == "K-03"


def test_pcsc_readers_are_the_list_when_pcsc_is_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos_client.card.readers.pcsc.reader_states", lambda: [ReaderState("R 00", "pcsc:R 00", True)])
    monkeypatch.setattr("pos_client.card.readers.pcsc.PcscReader.card_present", lambda _: True)
    monkeypatch.setattr(ccid_serial, "port_states", list)
    states = ask(pipe.request(1, "readers", "pcsc:"))["value"]
    assert states == [{"name": "R 00", "url": "pcsc:R 00", "card_present": True}]


def test_a_bug_is_told_by_its_place_and_never_quotes_the_card() -> None:
    program = (
        "from pos_client.card import worker\n"
        "from pos_client.card.readers import drivers\n"
        "class Reader:\n"
        "    def connect(self): raise ValueError('439999197003030012 张建国')\n"
        "    def transmit(self, command): pass\n"
        "    def disconnect(self): pass\n"
        "drivers.SerialDriver.open = lambda self, target: Reader()\n"
        "worker.main()\n"
    )
    started = subprocess.Popen([sys.executable, "-c", program], stdin=PIPE, stdout=PIPE, stderr=PIPE)
    with started:
        assert started.stdin is not None
        assert started.stderr is not None
        assert started.stdout is not None
        started.stdin.write(pipe.request(1, "read", URL) + b"\n")
        started.stdin.flush()
        assert started.wait(60) == 1, "it ends by itself, without a dump of its memory, while its input is open"
        assert started.stdout.read() == b""
        said = started.stderr.read()
    assert said.startswith(b"card process: ValueError at <module>:8 > main:")
    assert b"439999" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows writes dumps elsewhere")
def test_a_driver_that_crashes_leaves_no_dump_of_what_the_card_said() -> None:
    program = (
        "import resource, sys\n"
        "from pos_client.card import worker\n"
        "worker.main()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], input=b"", capture_output=True)
    assert done.stdout.strip() == b"(0, 0)"


def test_the_process_ends_quietly_with_its_input() -> None:
    done = subprocess.run([sys.executable, "-m", "pos_client.card.worker"], input=b"", capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_the_process_ends_quietly_when_nobody_is_left_to_be_told() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "pos_client.card.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(pipe.request(1, "ping", URL) + b"\n")
        process.stdin.flush()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_the_reader_of_an_address_is_of_its_kind() -> None:
    serial_reader = slots.open_reader(ReaderUrl("ccid-serial", "/dev/ttyUSB0"))
    assert isinstance(serial_reader, ccid_serial.CcidSerialReader)


def test_pcsc_that_is_down_does_not_spoil_the_list_of_a_serial_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def down() -> list[ReaderState]:
        raise EnvironmentProblem(words.SERVICE_NOT_RUNNING)

    monkeypatch.setattr("pos_client.card.readers.pcsc.reader_states", down)
    assert drivers.states_of("pcsc") == []
