"""Looking for a card: what is seen, how the line is kept, and that no card is ever touched."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware_sim.card.slot import Slot
from hardware_sim.readers.gempc_twin import GemPcTwin
from hardware_sim.readers.serial_lines import TcpLine
from pos_client.card import words
from pos_client.card.readers import ccid_serial, pcsc_watch
from pos_client.card.readers.reader import Presence
from pos_client.card.readers.reader_url import parse
from pos_client.card.watch import Watch
from pos_client.errors import EnvironmentProblem
from tests.card.simulated import WirelessPort, inserted

URL = parse("ccid-serial:wireless")


class Port:
    """A wireless port that counts how often it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, slot: Slot) -> None:
        self.twin, self.ports = GemPcTwin(slot), list[WirelessPort]()
        monkeypatch.setattr(ccid_serial, "open_port", self._open)

    def _open(self, *_: object) -> WirelessPort:
        self.ports.append(WirelessPort(self.twin))
        return self.ports[-1]


@pytest.fixture
def looking() -> Iterator[Watch]:
    one = Watch()
    yield one
    one.let_go()


def test_a_card_that_comes_and_goes_is_seen_and_stays_unpowered(
    looking: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot = inserted()
    port = Port(monkeypatch, slot)
    assert looking.look(URL) is Presence.CARD
    slot.remove()
    assert looking.look(URL) is Presence.EMPTY
    slot.insert()
    assert [looking.look(URL) for _ in range(4)] == [Presence.CARD] * 4
    assert not slot.powered
    assert len(port.ports) == 1, "the line stays open between two looks"


def test_a_reader_that_is_not_there_is_none_and_seen_when_it_comes(tmp_path: Path, looking: Watch) -> None:
    assert looking.look(parse(f"ccid-serial:{tmp_path}/ttyUSB7")) is Presence.NO_READER
    with TcpLine(GemPcTwin(inserted())) as line:
        assert looking.look(parse(line.url)) is Presence.CARD
    assert looking.look(parse(line.url)) is Presence.NO_READER


def test_a_line_that_went_stale_is_opened_anew(looking: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    port = Port(monkeypatch, inserted())
    assert looking.look(URL) is Presence.CARD
    port.ports[0].to_computer.extend(b"\x20")
    assert looking.look(URL) is Presence.CARD
    assert len(port.ports) == 2


def test_a_reader_that_fell_silent_is_waited_for_once(looking: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    port = Port(monkeypatch, inserted())
    assert looking.look(URL) is Presence.CARD
    monkeypatch.setattr(port.ports[0], "write", len)
    assert looking.look(URL) is Presence.NO_READER
    assert len(port.ports) == 1
    assert looking.look(URL) is Presence.CARD
    assert len(port.ports) == 2


def test_whoever_reads_gets_the_line_and_the_next_look_opens_it_again(
    looking: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = Port(monkeypatch, inserted())
    looking.look(URL)
    looking.let_go()
    looking.let_go()
    assert looking.look(URL) is Presence.CARD
    assert len(port.ports) == 2


def test_another_address_lets_the_first_reader_go(looking: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    let_go: list[str] = []

    class Played:
        def __init__(self, wanted: str, *_: object) -> None:
            self._wanted = wanted

        def look(self, _wait_ms: int) -> Presence:
            return Presence.CARD if self._wanted == "B" else Presence.EMPTY

        def let_go(self) -> None:
            let_go.append(self._wanted)

    monkeypatch.setattr(pcsc_watch, "PcscWatch", Played)
    assert looking.look(parse("pcsc:A")) is Presence.EMPTY
    looking.let_go()
    assert looking.look(parse("pcsc:B")) is Presence.CARD
    assert let_go == ["A"], "the service lets others read while it is watched, so only another address ends that"


def test_a_service_that_is_down_is_no_reader(looking: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    def down() -> None:
        raise EnvironmentProblem(words.SERVICE_NOT_RUNNING)

    monkeypatch.setattr(pcsc_watch, "Context", down)
    assert looking.look(parse("pcsc:")) is Presence.NO_READER
