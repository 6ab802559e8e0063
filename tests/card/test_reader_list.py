"""The list of readers: what is wrong with the one that is set is told, and hides none of the others."""

import sys

import pytest

from hardware_sim.readers.gempc_twin import GemPcTwin
from hardware_sim.readers.serial_lines import TcpLine
from pos_client.card import pipe, words
from pos_client.card.reader_list import reader_states
from pos_client.card.readers import ccid_serial, pcsc, reader_url
from pos_client.card.readers.pcsc_service import Context
from pos_client.card.readers.reader import ReaderState
from pos_client.errors import EnvironmentProblem
from tests.card.simulated import inserted

PORT = ReaderState("USB-Serial", "ccid-serial:/dev/ttyUSB0", None)
FIRST, SECOND = ReaderState("R 00", "pcsc:R 00", False), ReaderState("R 01", "pcsc:R 01", True)


@pytest.fixture(autouse=True)
def one_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ccid_serial, "port_states", lambda: [PORT])


@pytest.fixture
def two_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pcsc, "reader_states", lambda: [FIRST, SECOND])
    monkeypatch.setattr(Context, "__init__", lambda _: None)
    monkeypatch.setattr(Context, "release", lambda _: None)
    monkeypatch.setattr(Context, "reader_names", lambda _: ["R 00", "R 01"])
    monkeypatch.setattr(Context, "states", lambda _, names: dict.fromkeys(names, 0))


def listed(url: str) -> list[ReaderState]:
    return reader_states(reader_url.parse(url))


def test_without_the_service_it_is_said_and_serial_ports_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(_: Context) -> None:
        raise EnvironmentProblem(words.SERVICE_NOT_RUNNING, reader="PC/SC")

    monkeypatch.setattr(Context, "__init__", down)
    set_one, *others = listed("pcsc:")
    assert set_one.trouble is not None
    assert (set_one.name, set_one.url, set_one.trouble.code) == ("PC/SC", "pcsc:", "K-04")
    assert others == [PORT]


def test_a_machine_without_any_pcsc_is_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "smartcard", None)
    for module in ("pcsc", "pcsc_service"):
        monkeypatch.delitem(sys.modules, f"pos_client.card.readers.{module}", raising=False)
        monkeypatch.delattr(f"pos_client.card.readers.{module}", raising=False)
    set_one, *others = listed("pcsc:")
    assert set_one.trouble is not None
    assert (set_one.trouble.code, others) == ("K-04", [PORT])


def test_a_service_without_readers_says_so(two_readers: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pcsc, "reader_states", list)
    monkeypatch.setattr(Context, "reader_names", lambda _: [])
    set_one, *others = listed("pcsc:")
    assert set_one.trouble is not None
    assert (set_one.trouble.code, others) == ("K-02", [PORT])


@pytest.mark.parametrize("url", ["pcsc:", "pcsc:R 01", "pcsc:R"])
def test_a_reader_that_is_there_is_listed_once(two_readers: None, url: str) -> None:
    assert listed(url) == [FIRST, SECOND, PORT]


def test_a_name_that_no_reader_has_is_told_beside_those_that_are_there(two_readers: None) -> None:
    set_one, *others = listed("pcsc:Old reader")
    assert set_one.trouble is not None
    assert (set_one.name, set_one.trouble.code) == ("Old reader", "K-03")
    assert others == [FIRST, SECOND, PORT]


def test_a_serial_reader_that_is_there_has_no_trouble(two_readers: None) -> None:
    with TcpLine(GemPcTwin(inserted())) as line:
        set_one, *others = listed(line.url)
    assert (set_one.url, set_one.card_present, set_one.trouble) == (line.url, True, None)
    assert others == [FIRST, SECOND, PORT]


@pytest.mark.parametrize(
    ("url", "name", "code"),
    [
        ("ccid-serial:/dev/nothing-here", "/dev/nothing-here", "K-03"),
        ("library:/opt/maker/libnone.so?type=1", "libnone.so", "K-61"),
    ],
)
def test_one_that_cannot_be_used_says_why(two_readers: None, url: str, name: str, code: str) -> None:
    set_one = listed(url)[0]
    assert set_one.trouble is not None
    assert (set_one.name, set_one.url, set_one.card_present, set_one.trouble.code) == (name, url, None, code)


def test_it_crosses_the_pipe() -> None:
    trouble = EnvironmentProblem(words.READER_UNAVAILABLE, {"errno": 2}, reader="/dev/ttyUSB7")
    crossed = pipe.state_of(pipe.state_value(ReaderState("a", "ccid-serial:a", None, trouble)))
    assert crossed.trouble is not None
    assert crossed.trouble.sentence("zh") == trouble.sentence("zh")
    assert dict(crossed.trouble.evidence) == {"errno": 2}
    assert pipe.state_of(pipe.state_value(SECOND)) == SECOND
