"""What the card process does beside reading: the PIN and the account, through a reader on a real line."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, ClassVar

import pytest

from hardware_sim.card.faults import CardFault, Fault
from hardware_sim.card.psams import PSAMS
from hardware_sim.card.slot import Reaction, Slot
from hardware_sim.readers.models import POS_PRO
from hardware_sim.readers.reader import SerialReader
from hardware_sim.readers.serial_lines import TcpLine
from pos_client.card import pipe, words
from pos_client.card.account import CardAccount
from pos_client.card.readers import ccid_serial
from pos_client.card.readers.ccid_serial import CcidSerialReader
from pos_client.card.worker import Worker
from pos_client.errors import EnvironmentProblem
from tests.card.simulated import inserted

_EXTERNAL_AUTHENTICATE = 0x82
RIGHT, WRONG = "123456", "654321"


class Desk:
    """One reader with its slots, and whoever asks for something of the card in it."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self.url = ""

    def put_in(self, slot: Slot, psam: str | None = None) -> Slot:
        slots = [slot] if psam is None else [slot, Slot(PSAMS[psam]())]
        self.url = self._stack.enter_context(TcpLine(SerialReader(POS_PRO, slots))).url
        return slot

    def ask(self, act: pipe.Act, **options: object) -> Any:
        """The value of the one answer, or the code of the problem."""
        answers: list[bytes] = []
        Worker(answers.append).serve(pipe.request(1, act, self.url, options))
        (answer,) = answers
        message = json.loads(answer)
        return message["value"] if "value" in message else message["problem"]["code"]

    def pin(self, act: str, **options: object) -> Any:
        answer = self.ask("pin", pin=act, **options)
        return answer["tries_left"] if isinstance(answer, dict) else answer


@pytest.fixture
def desk() -> Iterator[Desk]:
    with ExitStack() as stack:
        yield Desk(stack)


def test_asking_for_the_tries_uses_none_up(desk: Desk) -> None:
    desk.put_in(inserted())
    before = desk.pin("tries")
    assert before > 1
    assert desk.pin("tries") == before


def test_a_card_without_a_pin_says_so(desk: Desk) -> None:
    desk.put_in(inserted("no-pin"))
    assert desk.pin("tries") is None


def test_a_wrong_pin_costs_exactly_one_try_and_the_right_one_gives_them_back(desk: Desk) -> None:
    desk.put_in(inserted())
    whole = desk.pin("tries")
    assert desk.pin("verify", typed=WRONG) == "K-41"
    assert desk.pin("tries") == whole - 1
    assert desk.pin("verify", typed=RIGHT) == whole


def test_the_last_try_is_not_used_before_the_holder_said_so(desk: Desk) -> None:
    desk.put_in(inserted("last-try"))
    assert desk.pin("verify", typed=WRONG) == "K-47"
    assert desk.pin("tries") == 1
    assert desk.pin("verify", typed=WRONG, last_try_confirmed=True) == "K-42"
    assert desk.pin("tries") == "K-42"


def test_a_malformed_pin_never_reaches_the_card(desk: Desk) -> None:
    desk.put_in(inserted())
    whole = desk.pin("tries")
    assert desk.pin("verify", typed="12a4") == "K-46"
    assert desk.pin("tries") == whole


def test_a_reader_without_a_pad_says_so(desk: Desk) -> None:
    desk.put_in(inserted())
    assert desk.pin("verify") == "K-49"


def test_a_changed_pin_is_the_one_that_counts(desk: Desk) -> None:
    desk.put_in(inserted())
    whole = desk.pin("tries")
    assert desk.pin("change", typed=RIGHT, new="987654") == whole
    assert desk.pin("verify", typed=RIGHT) == "K-41"
    assert desk.pin("verify", typed="987654") == whole


def test_a_card_torn_out_while_its_pin_is_checked_is_not_tried_again(desk: Desk) -> None:
    slot = desk.put_in(inserted("zhang-jianguo", Fault(CardFault.TEAR_BEFORE, 3)))
    assert desk.pin("verify", typed=WRONG) == "K-48"
    slot.insert()
    assert desk.pin("tries") > 1


def test_the_account_opens_with_the_pin(desk: Desk) -> None:
    desk.put_in(inserted("purse-open"))
    assert desk.ask("account") == "K-43"
    opened = CardAccount.of(desk.ask("account", typed=RIGHT))
    assert opened.purse is not None
    assert opened.purse.balance_fen > 0
    assert opened.purse.transactions
    assert opened.medical.insurance_type == "310"


def test_the_psam_opens_the_insurance_but_not_the_purse(desk: Desk) -> None:
    desk.put_in(inserted("purse-open"), psam="nation")
    opened = CardAccount.of(desk.ask("account"))
    assert opened.medical.insurance_type == "310"
    assert (opened.purse, opened.purse_wants_pin) == (None, True)


def test_a_card_on_which_nothing_was_written_says_so(desk: Desk) -> None:
    desk.put_in(inserted("empty-medical"))
    assert desk.ask("account", typed=RIGHT) == "K-51"


def test_most_cards_have_no_account_of_their_own(desk: Desk) -> None:
    desk.put_in(inserted())
    opened = CardAccount.of(desk.ask("account", typed=RIGHT))
    assert (opened.purse, opened.purse_wants_pin) == (None, False)


def test_a_makers_library_does_nothing_of_this(desk: Desk) -> None:
    desk.url = "library:/opt/reader/libreader.so"
    assert [desk.pin("tries"), desk.ask("account")] == ["K-64", "K-64"]


def test_cards_are_tested_with_the_psam_where_that_is_wished(desk: Desk) -> None:
    desk.put_in(inserted("zhang-jianguo"), psam="nation")
    assert desk.ask("read")["genuine"] is None
    assert desk.ask("read", check_genuine=True)["genuine"] is True
    desk.put_in(inserted("cloned-card"), psam="nation")
    assert desk.ask("read", check_genuine=True) == "K-36"


def test_a_psam_that_is_set_elsewhere_is_used_from_there(desk: Desk) -> None:
    desk.put_in(Slot(PSAMS["nation"]()))
    psam_url = desk.url
    desk.put_in(inserted("third-generation"))
    assert desk.ask("read") == "K-31"
    assert desk.ask("read", psam=psam_url)["genuine"] is True
    assert desk.ask("read", psam="none") == "K-31"


def test_a_psam_reader_that_holds_something_else_is_told(desk: Desk) -> None:
    desk.put_in(inserted("ma-yan"))
    other = desk.url
    desk.put_in(inserted("third-generation"))
    assert desk.ask("read", psam=other) == "K-37"
    assert desk.ask("read", psam="ccid-serial:socket://127.0.0.1:9") == "K-37"


@pytest.mark.parametrize("act", ["verify", "change"])
def test_a_card_that_is_torn_out_after_the_pin_was_taken_is_not_told_as_merely_unread(desk: Desk, act: str) -> None:
    """The holder of a new PIN must not be sent away with the old one."""
    desk.put_in(inserted("zhang-jianguo", Fault(CardFault.TEAR_BEFORE, 4)))
    options = {"typed": RIGHT, "new": "246810"} if act == "change" else {"typed": RIGHT}
    assert desk.pin(act, **options) == "K-48"


def test_a_psam_that_is_set_by_its_slot_of_the_same_reader_is_used(desk: Desk) -> None:
    desk.put_in(inserted("third-generation"), "nation")
    assert desk.ask("read", psam=f"{desk.url}#1")["genuine"] is True
    assert desk.ask("read", psam=f"{desk.url}#1")["genuine"] is True, "the port was let go"


def test_a_psam_that_is_set_by_a_slot_without_one_is_told(desk: Desk) -> None:
    desk.put_in(inserted("third-generation"), "nation")
    assert desk.ask("read", psam=desk.url) == "K-37"
    assert desk.ask("read", psam=f"{desk.url}#2") == "K-37"
    assert desk.ask("read", psam="none") == "K-31"


class Deaf(CcidSerialReader):
    """A reader whose line is disturbed whenever a key is shown to the card."""

    shown = 0

    def transmit(self, command: bytes) -> bytes:
        if command[1] != _EXTERNAL_AUTHENTICATE:
            return super().transmit(command)
        Deaf.shown += 1
        raise EnvironmentProblem(words.LINE_DISTURBED, reader="Deaf")


#: That of the third generation's card, but for its serial number.
_ANOTHER_RESET = bytes.fromhex("3B6D000000814A44468660439900000009")


def resetting(persona: str, *resets: bytes) -> Slot:
    """A persona's card whose first answers to reset are these."""
    slot = inserted(persona)
    left, power_on = list(resets), slot.power_on

    def powered_on() -> bytes | None:
        atr = power_on()
        return left.pop(0) if left else atr

    object.__setattr__(slot, "power_on", powered_on)
    return slot


def test_an_answer_to_reset_that_came_wrong_once_accuses_nobody(desk: Desk) -> None:
    """The keys of a card descend from it, and only power makes the card say it anew."""
    desk.put_in(resetting("third-generation", _ANOTHER_RESET), "nation")
    assert desk.ask("read")["genuine"] is True
    desk.put_in(resetting("third-generation", _ANOTHER_RESET), "nation")
    assert desk.ask("account")["medical"]["insurance_type"] == "310"


@pytest.mark.parametrize("act", ["read", "account"])
def test_a_card_is_accused_after_it_failed_with_power_taken_off_between(desk: Desk, act: pipe.Act) -> None:
    desk.put_in(resetting("third-generation", _ANOTHER_RESET, _ANOTHER_RESET), "nation")
    assert desk.ask(act) == "K-36"
    assert desk.ask(act) != "K-36"


class Noisy(ccid_serial._Neighbour):
    """Another slot on the same line, which is disturbed whenever one of these commands is sent there."""

    still: ClassVar[list[int]] = []

    def transmit(self, command: bytes) -> bytes:
        if command[1] in Noisy.still:
            Noisy.still.remove(command[1])
            raise EnvironmentProblem(words.LINE_DISTURBED, reader="Noisy")
        return super().transmit(command)


_TO_A_PSAM = {"who it is": 0xB0, "challenge": 0x84, "environment": 0xA4, "session key": 0xDE, "value": 0xFA}


@pytest.fixture
def noise(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The commands to a PSAM at which the line will be disturbed, once for each."""
    monkeypatch.setattr(ccid_serial, "_Neighbour", Noisy)
    monkeypatch.setattr(Noisy, "still", [])
    return Noisy.still


@pytest.mark.parametrize("instruction", _TO_A_PSAM.values(), ids=_TO_A_PSAM)
def test_a_line_that_is_disturbed_once_while_the_psam_is_asked_hinders_nobody(
    desk: Desk, noise: list[int], instruction: int
) -> None:
    desk.put_in(inserted("third-generation"), "nation")
    noise.append(instruction)
    assert desk.ask("read")["genuine"] is True
    assert not noise


@pytest.mark.parametrize("instruction", _TO_A_PSAM.values(), ids=_TO_A_PSAM)
def test_a_line_that_stays_disturbed_while_the_psam_is_asked_is_told(
    desk: Desk, noise: list[int], instruction: int
) -> None:
    desk.put_in(inserted("third-generation"), "nation")
    noise.extend([instruction] * 2)
    looked_for = instruction == _TO_A_PSAM["who it is"]
    assert desk.ask("read") == ("K-07" if looked_for else "K-37"), "not that there is no PSAM"
    assert not noise


@pytest.mark.parametrize("instruction", [_TO_A_PSAM["who it is"], _TO_A_PSAM["value"]])
def test_a_psam_that_is_set_by_its_slot_gets_its_second_try_too(desk: Desk, noise: list[int], instruction: int) -> None:
    desk.put_in(inserted("third-generation"), "nation")
    noise.append(instruction)
    assert desk.ask("read", psam=f"{desk.url}#1")["genuine"] is True


def test_a_psam_that_is_silent_after_a_key_was_shown_begins_nothing_again(desk: Desk, noise: list[int]) -> None:
    """The card lost its challenge, and before the key is shown once more the line is disturbed."""
    slot = desk.put_in(inserted("third-generation"), "nation")
    transmit, shown = slot.transmit, 0

    def lost(command: bytes) -> Reaction:
        nonlocal shown
        if command[1] != _EXTERNAL_AUTHENTICATE:
            return transmit(command)
        shown += 1
        noise.append(_TO_A_PSAM["value"])
        return Reaction(b"\x69\x84")

    object.__setattr__(slot, "transmit", lost)
    assert desk.ask("read") == "K-37"
    assert shown == 1


def test_a_key_that_was_shown_without_an_answer_is_not_shown_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A try may be used up, and the last one locks the card's key for good."""
    desk.put_in(inserted("third-generation"), "nation")
    monkeypatch.setattr(ccid_serial, "CcidSerialReader", Deaf)
    monkeypatch.setattr(Deaf, "shown", 0)
    assert desk.ask("read") == "K-07"
    assert Deaf.shown == 1
