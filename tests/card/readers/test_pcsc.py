"""What the PC/SC return codes mean, told by a played service; the real one is in test_pcsc_service.py."""

from typing import Any

import pytest
from smartcard import scard

from pos_client.card import words
from pos_client.card.readers import pcsc, pcsc_service
from pos_client.card.readers.pcsc import PcscReader, reader_states
from pos_client.errors import EnvironmentProblem, Words

PRESENT, EMPTY = scard.SCARD_STATE_PRESENT, scard.SCARD_STATE_EMPTY
SELECT = bytes.fromhex("00A4000000")


class PlayedService:
    """Stands in for pyscard's functions; codes and states are as the test sets them."""

    def __init__(self) -> None:
        self.context_code = self.list_code = self.change_code = 0
        self.readers = ["Reader A 00", "Reader B 01"]
        self.looks: list[dict[str, int]] = []
        self.states = {"Reader A 00": EMPTY, "Reader B 01": PRESENT}
        self.connect_codes: list[int] = []
        self.protocol = scard.SCARD_PROTOCOL_T0
        self.transmitted: list[tuple[Any, list[int]]] = []
        self.transmit_answer: tuple[int, list[int]] = (0, [0x90, 0x00])
        self.contexts = 0
        self.connected: list[str] = []
        self.waits_ms: list[int] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(scard, name)

    def SCardEstablishContext(self, _: int) -> tuple[int, str]:  # noqa: N802
        self.contexts += self.context_code == 0
        return self.context_code, "context"

    def SCardReleaseContext(self, _: str) -> int:  # noqa: N802
        self.contexts -= 1
        return 0

    def SCardListReaders(self, _: str, __: list[str]) -> tuple[int, list[str]]:  # noqa: N802
        return self.list_code, self.readers

    def SCardGetStatusChange(self, _: str, wait_ms: int, known: list[tuple[str, int]]) -> tuple[int, Any]:  # noqa: N802
        self.waits_ms.append(wait_ms)
        now = self.looks.pop(0) if self.looks else self.states
        return self.change_code, [(name, now.get(name, 0), []) for name, _ in known]

    def SCardConnect(self, _: str, name: str, mode: int, protocols: int) -> tuple[int, str, int]:  # noqa: N802
        assert mode == scard.SCARD_SHARE_EXCLUSIVE
        assert protocols == scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        code = self.connect_codes.pop(0) if self.connect_codes else 0
        if code == 0:
            self.connected.append(name)
        return code, f"card in {name}", self.protocol

    def SCardStatus(self, _: str) -> tuple[int, str, int, int, list[int]]:  # noqa: N802
        return 0, "reader", 0, self.protocol, [0x3B, 0x00]

    def SCardTransmit(self, _: str, protocol: Any, command: list[int]) -> tuple[int, list[int]]:  # noqa: N802
        self.transmitted.append((protocol, command))
        return self.transmit_answer

    def SCardDisconnect(self, card: str, disposition: int) -> int:  # noqa: N802
        assert disposition == scard.SCARD_UNPOWER_CARD
        self.connected.remove(card.removeprefix("card in "))
        return 0


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> PlayedService:
    played = PlayedService()
    monkeypatch.setattr(pcsc, "scard", played)
    monkeypatch.setattr(pcsc_service, "scard", played)
    return played


def told_at_connect(wanted: str = "") -> EnvironmentProblem:
    reader = PcscReader(wanted)
    with pytest.raises(EnvironmentProblem) as told:
        reader.connect()
    reader.disconnect()
    return told.value


def told_at_transmit() -> EnvironmentProblem:
    reader = PcscReader("")
    reader.connect()
    with pytest.raises(EnvironmentProblem) as told:
        reader.transmit(SELECT)
    reader.disconnect()
    return told.value


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [("", "Reader B 01"), ("Reader A 00", "Reader A 00"), ("Reader", "Reader B 01"), ("Reader A", "Reader A 00")],
)
def test_the_reader_with_a_card_is_chosen_among_those_that_fit(
    service: PlayedService, wanted: str, chosen: str
) -> None:
    reader = PcscReader(wanted)
    assert reader.connect() == f"pcsc:{chosen}"
    assert service.connected == [chosen]
    reader.disconnect()
    reader.disconnect()
    assert (service.connected, service.contexts) == ([], 0)


def test_without_any_card_the_first_reader_is_chosen(service: PlayedService) -> None:
    service.states = {}
    assert PcscReader("").connect() == "pcsc:Reader A 00"


def test_connecting_again_lets_the_former_connection_go(service: PlayedService) -> None:
    reader = PcscReader("")
    reader.connect()
    reader.connect()
    assert (len(service.connected), service.contexts) == (1, 1)


def test_answers_come_back_as_bytes_whatever_their_sign(service: PlayedService) -> None:
    reader = PcscReader("")
    reader.connect()
    service.transmit_answer = (0, [-112, 0])
    assert reader.transmit(SELECT).hex() == "9000"
    assert service.transmitted == [(scard.SCARD_PCI_T0, list(SELECT))]


def test_a_card_of_the_other_protocol_is_spoken_to_in_its_own(service: PlayedService) -> None:
    service.protocol = scard.SCARD_PROTOCOL_T1
    reader = PcscReader("")
    reader.connect()
    reader.transmit(SELECT)
    assert service.transmitted[0][0] == scard.SCARD_PCI_T1


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (0x8010001D, words.SERVICE_NOT_RUNNING),
        (0x8010001E, words.SERVICE_NOT_RUNNING),
        (0x8010006A, words.ACCESS_DENIED),
        (0x80100027, words.ACCESS_DENIED),
        (0x8010001D - 2**32, words.SERVICE_NOT_RUNNING),
        (0x80100014, words.READER_UNAVAILABLE),
    ],
)
def test_a_service_that_does_not_let_us_in(service: PlayedService, code: int, said: Words) -> None:
    service.context_code = code
    assert told_at_connect().words is said
    with pytest.raises(EnvironmentProblem) as told:
        reader_states()
    assert told.value.words is said


def test_no_reader_at_all(service: PlayedService) -> None:
    service.list_code, service.readers = 0x8010002E, []
    assert told_at_connect().words is words.NO_READER
    assert reader_states() == []
    assert service.contexts == 0


def test_the_named_reader_is_not_plugged_in(service: PlayedService) -> None:
    problem = told_at_connect("Reader C")
    assert problem.words is words.READER_UNAVAILABLE
    assert "Reader C" in problem.sentence("zh")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (0x8010000C, words.NO_CARD),
        (0x80100069, words.NO_CARD),
        (0x80100066, words.CARD_MUTE),
        (0x80100067, words.CARD_MUTE),
        (0x8010000F, words.CARD_MUTE),
        (0x80100010, words.CARD_MUTE),
        (0x80100015, words.CARD_MUTE),
        (0x8010001C, words.CARD_MUTE),
        (0x80100065 - 2**32, words.CARD_MUTE),
        (0x80100017, words.READER_UNAVAILABLE),
        (0x80100009, words.READER_UNAVAILABLE),
    ],
)
def test_a_card_that_cannot_be_powered(service: PlayedService, code: int, said: Words) -> None:
    service.connect_codes = [code]
    problem = told_at_connect()
    assert problem.words is said
    assert service.contexts == 0


def test_a_card_that_cannot_be_powered_because_it_was_just_pulled_out_is_no_card(service: PlayedService) -> None:
    service.connect_codes = [0x80100067]
    service.looks = [service.states, {"Reader B 01": PRESENT | 0x10000}, {"Reader B 01": EMPTY | 0x20000}]
    assert told_at_connect().words is words.NO_CARD


def test_a_reader_that_is_busy_for_a_moment_is_waited_for(service: PlayedService) -> None:
    service.connect_codes = [0x8010000B]
    assert PcscReader("").connect() == "pcsc:Reader B 01"
    assert 500 in service.waits_ms


def test_a_reader_that_stays_busy_is_told(service: PlayedService) -> None:
    service.connect_codes = [0x8010000B, 0x8010000B]
    assert told_at_connect().words is words.READER_BUSY


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (0x80100069, words.CARD_TORN),
        (0x80100016, words.CARD_MUTE),
        (0x80100013, words.CARD_MUTE),
        (0x8010002F, words.CARD_MUTE),
        (0x80100068, words.LINE_DISTURBED),
        (0x80100017, words.READER_UNAVAILABLE),
        (0x8010001D, words.SERVICE_NOT_RUNNING),
        (0, words.CARD_MUTE),
    ],
)
def test_a_transmission_that_fails_while_the_card_is_still_there(
    service: PlayedService, code: int, said: Words
) -> None:
    service.transmit_answer = (code, [])
    assert told_at_transmit().words is said


@pytest.mark.parametrize("code", [0x80100016, 0x80100069, 0])
def test_a_transmission_that_fails_because_the_card_is_gone(service: PlayedService, code: int) -> None:
    service.transmit_answer = (code, [])
    here, gone = {"Reader B 01": PRESENT}, {"Reader B 01": EMPTY}
    service.looks = [here, here, gone]
    problem = told_at_transmit()
    assert problem.words is words.CARD_TORN
    assert problem.evidence == {"hresult": f"{code:08X}"}


def test_a_reader_whose_state_never_rests_is_not_watched_for_ever(service: PlayedService) -> None:
    service.transmit_answer = (0x80100016, [])
    service.looks = [{"Reader B 01": PRESENT}, *({"Reader B 01": PRESENT | count << 16} for count in range(1, 50))]
    assert told_at_transmit().words is words.CARD_MUTE
    assert len(service.looks) > 40


def test_a_service_that_died_in_mid_reading_is_not_a_torn_card(service: PlayedService) -> None:
    reader = PcscReader("")
    reader.connect()
    service.change_code = service.context_code = 0x8010001D
    service.transmit_answer = (0x8010001D, [])
    with pytest.raises(EnvironmentProblem) as told:
        reader.transmit(SELECT)
    assert told.value.words is words.SERVICE_NOT_RUNNING


def test_a_look_asks_the_service_and_never_the_card(service: PlayedService) -> None:
    assert PcscReader("").card_present()
    assert not PcscReader("Reader A").card_present()
    assert service.connected == []
    assert service.contexts == 0


def test_a_look_for_a_reader_that_is_not_there_says_so(service: PlayedService) -> None:
    with pytest.raises(EnvironmentProblem) as told:
        PcscReader("Reader C").card_present()
    assert told.value.words is words.READER_UNAVAILABLE
    assert service.contexts == 0


def test_readers_are_listed_with_their_cards(service: PlayedService) -> None:
    assert [(state.name, state.url, state.card_present) for state in reader_states()] == [
        ("Reader A 00", "pcsc:Reader A 00", False),
        ("Reader B 01", "pcsc:Reader B 01", True),
    ]
    assert service.contexts == 0
