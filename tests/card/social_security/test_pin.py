"""The card's PIN: asked about before it is sent, sent once, and forgotten."""

import copy
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.card.faults import CardFault, Fault
from hardware_sim.card.profiles import social_security_card
from hardware_sim.card.slot import Slot
from pos_client.card import words
from pos_client.card.iso7816.apdu import Transmitter
from pos_client.card.readers.reader import PinEntry
from pos_client.card.social_security import pin
from pos_client.card.social_security.pin import Pin, change, on_pad, tries_left, verify
from pos_client.errors import EnvironmentProblem, Problem, Refused, Words
from tests.card.simulated import DirectCard, ScriptedCard
from tests.card.social_security.terminal import ZHANG

RIGHT, WRONG, NEW = "123456", "654321", "2580147"
VERIFY = b"\x00\x20"


def card_with(digits: str = RIGHT, *, left: int | None = None, faults: tuple[Fault, ...] = ()) -> DirectCard:
    data = replace(ZHANG, pin=digits, pin_tries_left=left)
    card = DirectCard(Slot(social_security_card(data), faults))
    pin.select(card)
    return card


def said(act: Callable[[], object]) -> Problem:
    with pytest.raises((Refused, EnvironmentProblem)) as told:
        act()
    return told.value


def sent_pins(card: DirectCard) -> list[bytes]:
    return [command for command in card.commands if command[1] in (0x20, 0x5E) and command[4]]


def test_asking_for_the_tries_costs_none() -> None:
    card = card_with()
    assert [tries_left(card) for _ in range(5)] == [3] * 5
    assert card.commands[-1].hex() == "0020000000"


def test_a_card_without_a_pin_has_no_tries_and_needs_none() -> None:
    card = card_with("")
    assert tries_left(card) is None
    verify(card, Pin(RIGHT))
    assert sent_pins(card) == []


def test_the_right_pin_is_sent_as_the_standard_says_and_brings_all_tries_back() -> None:
    card = card_with(left=2)
    verify(card, Pin(RIGHT))
    assert sent_pins(card) == [bytes.fromhex("0020000003123456")]
    assert tries_left(card) == 3


def test_an_odd_pin_is_filled_with_f() -> None:
    card = card_with("12345")
    verify(card, Pin("12345"))
    assert sent_pins(card) == [bytes.fromhex("002000000312345F")]


def test_a_wrong_pin_counts_down_until_the_last_try_is_asked_for() -> None:
    card = card_with()
    for left in (2, 1):
        problem = said(lambda: verify(card, Pin(WRONG)))
        assert problem.words is words.PIN_WRONG
        assert problem.fill == {"left": left}
    assert said(lambda: verify(card, Pin(WRONG))).words is words.PIN_LAST_TRY
    assert tries_left(card) == 1
    assert said(lambda: verify(card, Pin(WRONG), last_try_confirmed=True)).words is words.PIN_LOCKED
    assert said(lambda: verify(card, Pin(RIGHT), last_try_confirmed=True)).words is words.PIN_LOCKED
    assert said(lambda: tries_left(card)).words is words.PIN_LOCKED
    assert len(sent_pins(card)) == 3


def test_the_confirmed_last_try_may_be_the_right_one() -> None:
    card = card_with(left=1)
    verify(card, Pin(RIGHT), last_try_confirmed=True)
    assert tries_left(card) == 3


@pytest.mark.parametrize("fault", [CardFault.TEAR_BEFORE, CardFault.MUTE])
def test_a_card_that_vanishes_during_the_pin_leaves_the_try_uncertain(fault: CardFault) -> None:
    card = card_with(faults=(Fault(fault, at=3),))
    problem = said(lambda: verify(card, Pin(WRONG)))
    assert problem.words is words.PIN_UNCERTAIN
    assert len(sent_pins(card)) == 1


def test_a_card_torn_while_the_tries_are_asked_for_is_only_torn() -> None:
    card = card_with(faults=(Fault(CardFault.TEAR_BEFORE, at=2),))
    assert said(lambda: verify(card, Pin(RIGHT))).words is words.CARD_TORN
    assert sent_pins(card) == []


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("6983", words.PIN_LOCKED),
        ("63C0", words.PIN_LOCKED),
        ("63C7", words.PIN_WRONG),
        ("6581", words.PIN_UNCERTAIN),
        ("6C03", words.PIN_UNCERTAIN),
        ("6103", words.PIN_UNCERTAIN),
        ("90", words.PIN_UNCERTAIN),
        ("9303", words.APPLICATION_BLOCKED),
        ("6700", words.DATA_DAMAGED),
        ("6982", words.DATA_DAMAGED),
    ],
)
def test_whatever_the_card_says_it_is_its_last_word(status: str, expected: Words) -> None:
    card = ScriptedCard("63C3", status)
    problem = said(lambda: verify(card, Pin(RIGHT)))
    assert problem.words is expected
    assert len(card.commands) == 2


@pytest.mark.parametrize("status", ["6D00", "6F00", "6982"])
def test_a_card_that_does_not_say_how_many_tries_are_left_is_shown_no_pin(status: str) -> None:
    card = ScriptedCard(status)
    assert said(lambda: verify(card, Pin(RIGHT))).words is words.DATA_DAMAGED
    assert len(card.commands) == 1


def test_a_pin_is_changed_when_the_old_one_is_right() -> None:
    card = card_with()
    change(card, Pin(RIGHT), Pin(NEW))
    assert sent_pins(card) == [bytes.fromhex("805E010008123456FF2580147F")]
    verify(card, Pin(NEW))
    assert said(lambda: verify(card, Pin(RIGHT))).words is words.PIN_WRONG


def test_a_wrong_old_pin_changes_nothing_and_costs_a_try() -> None:
    card = card_with()
    problem = said(lambda: change(card, Pin(WRONG), Pin(NEW)))
    assert (problem.words, problem.fill) == (words.PIN_WRONG, {"left": 2})
    verify(card, Pin(RIGHT))


def test_a_card_without_a_pin_gets_its_first_one() -> None:
    card = card_with("")
    change(card, None, Pin(NEW))
    verify(card, Pin(NEW))
    assert said(lambda: change(card, None, Pin(RIGHT))).words is words.PIN_NEEDED


def test_the_last_try_is_not_spent_on_a_change_unasked() -> None:
    card = card_with(left=1)
    assert said(lambda: change(card, Pin(RIGHT), Pin(NEW))).words is words.PIN_LAST_TRY
    change(card, Pin(RIGHT), Pin(NEW), last_try_confirmed=True)
    assert tries_left(card) == 3


@pytest.mark.parametrize("typed", ["", "123", "1" * 17, "12 34", "12345x", "１２３４", "-1234", "1234\n"])
def test_what_is_no_pin_never_reaches_a_card(typed: str) -> None:
    assert said(lambda: Pin(typed)).words is words.PIN_FORMAT


@given(st.from_regex(r"[0-9]{4,16}", fullmatch=True))
def test_a_pin_tells_itself_to_nobody_and_is_gone_after_its_use(typed: str) -> None:
    secret = Pin(typed)
    for text in (repr(secret), str(secret), f"{secret}", f"{[secret]}"):
        assert typed not in text
    problem = said(lambda: verify(ScriptedCard("63C3", "63C2"), secret))
    assert typed not in f"{problem} {problem!r} {dict(problem.evidence)} {problem.__cause__}"
    assert said(secret.packed).words is words.PIN_FORMAT
    right = Pin(typed)
    verify(ScriptedCard("63C3", "9000"), right)
    assert not right._digits


def test_a_pin_is_wiped_although_nothing_was_sent() -> None:
    secret = Pin(RIGHT)
    assert said(lambda: verify(ScriptedCard("63C1"), secret)).words is words.PIN_LAST_TRY
    assert not secret._digits
    with Pin(RIGHT) as left_lying:
        pass
    assert not left_lying._digits


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, pickle.dumps])
def test_a_pin_is_neither_copied_nor_stored(copied: Callable[[Pin], object]) -> None:
    with pytest.raises(TypeError):
        copied(Pin(RIGHT))


@dataclass
class Pad:
    """A reader's pad whose holder does one thing."""

    card: Transmitter
    digits: str = ""
    status: int | None = None
    asked: list[PinEntry] = field(default_factory=list)

    def enter(self, entry: PinEntry) -> int:
        self.asked.append(entry)
        if self.status is not None:
            return self.status
        block = bytes.fromhex(self.digits)
        return int.from_bytes(self.card.transmit(bytes((0x00, 0x20, 0x00, 0x00, len(block))) + block))


ENTRY = PinEntry("verify")


def test_a_pad_shows_the_card_the_pin_past_the_program() -> None:
    card = card_with()
    pad = Pad(card, RIGHT)
    on_pad(card, pad, ENTRY)
    assert pad.asked == [ENTRY]
    problem = said(lambda: on_pad(card, Pad(card, WRONG), ENTRY))
    assert (problem.words, problem.fill) == (words.PIN_WRONG, {"left": 2})


@pytest.mark.parametrize(
    ("status", "expected", "kind"),
    [
        (0x6400, words.PIN_PAD_TIMEOUT, EnvironmentProblem),
        (0x6401, words.PIN_PAD_CANCELLED, Refused),
        (0x6402, words.PIN_FORMAT, Refused),
        (0x6403, words.PIN_FORMAT, Refused),
        (0x63C0, words.PIN_LOCKED, Refused),
    ],
)
def test_what_a_pad_says_by_itself_has_its_sentence(status: int, expected: Words, kind: type[Problem]) -> None:
    card = card_with()
    problem = said(lambda: on_pad(card, Pad(card, status=status), ENTRY))
    assert (problem.words, type(problem)) == (expected, kind)


def test_a_pad_is_not_lit_for_an_unconfirmed_last_try_or_a_card_without_a_pin() -> None:
    last = card_with(left=1)
    pad = Pad(last, RIGHT)
    assert said(lambda: on_pad(last, pad, ENTRY)).words is words.PIN_LAST_TRY
    without = card_with("")
    on_pad(without, pad, ENTRY)
    assert pad.asked == []
    first = Pad(card_with(""), status=0x9000)
    on_pad(first.card, first, PinEntry("change"))
    assert len(first.asked) == 1


def test_a_card_torn_at_the_pad_leaves_the_try_uncertain() -> None:
    card = card_with(faults=(Fault(CardFault.TEAR_BEFORE, at=3),))
    assert said(lambda: on_pad(card, Pad(card, RIGHT), ENTRY)).words is words.PIN_UNCERTAIN


@given(
    st.lists(st.binary(max_size=4) | st.sampled_from([b"\x90\x00", b"\x63\xc2", b"\x69\x83"]), min_size=4, max_size=4)
)
def test_whatever_the_card_answers_a_pin_is_sent_once_at_most(answers: list[bytes]) -> None:
    card = ScriptedCard(*(answer.hex() for answer in answers))
    done: Problem | None = None
    try:
        verify(card, Pin(RIGHT))
    except Problem as problem:
        done = problem
    assert done is None or isinstance(done, EnvironmentProblem | Refused)
    assert sum(command.endswith(RIGHT) for command in card.commands) <= 1
