"""Cards that open only to a terminal with a PSAM, and cards that must prove that they are no copies."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.card.keys import KeyName
from hardware_sim.card.slot import Slot
from hardware_sim.personas import CardData
from pos_client.card import words
from pos_client.card.social_security.authentication import KeyUncertain
from pos_client.card.social_security.identity import CardIdentity
from pos_client.errors import EnvironmentProblem, Refused, Words
from tests.card.simulated import DirectCard, outcome, written_on
from tests.card.social_security.terminal import READER, V1, V2, V3, Terminal, attempts, genuine, meddled, refusal

#: One that speaks T=1, with the check byte of its answer to reset.
CONTACTLESS = bytes.fromhex("3B8D800100814A44468660439900000001F8")


def test_a_third_generation_card_is_read_with_a_psam() -> None:
    terminal = Terminal(V3)
    assert terminal.read() == genuine(V3)
    assert [command[:8] for command in terminal.to_card()] == [
        "00A40400", "00B2012D", "00A40400", "00C00000",  # who makes it, and which cipher
        "00880000", "00C00000",                          # it is genuine
        "00840000", "00840000", "0082000A",              # so are we
        "00B20135", "00B20128",
    ]  # fmt: skip
    assert [command[:4] for command in terminal.to_psam()] == [
        "0084", "0084", "00A4", "BFEC", "BFDE", "80FA", "00C0", "BFDE", "80FA", "00C0",
    ]  # fmt: skip
    assert terminal.asked_for_psam == 1


@pytest.mark.parametrize("level", [3, 2, 1])
@pytest.mark.parametrize("card", [V1, V2, V3], ids=["v1", "v2", "v3"])
def test_every_version_proves_itself_to_psams_of_every_level(card: CardData, level: int) -> None:
    assert Terminal(card, level=level).read(check_genuine=True) == genuine(card)


def test_a_contactless_card_proves_itself_without_get_response() -> None:
    card = replace(V3, atr=CONTACTLESS)
    terminal = Terminal(card)
    assert terminal.read() == genuine(card)
    assert not [command for command in terminal.to_card() if command.startswith("00C0")]


class TellsOnlyWhenAsked(DirectCard):
    """A contactless card that keeps silent about what it was not asked for with a length."""

    def transmit(self, command: bytes) -> bytes:
        answer = super().transmit(command)
        carries_data = len(command) > 5
        asks_for_data = carries_data and len(command) > 5 + command[4]
        return answer[-2:] if carries_data and not asks_for_data else answer


def test_a_contactless_card_that_wants_to_be_told_a_length_is_told_one() -> None:
    card = replace(V3, atr=CONTACTLESS)
    terminal = Terminal(card)
    terminal.card = TellsOnlyWhenAsked(Slot(terminal.chip))
    assert terminal.read() == genuine(card)


def test_without_a_psam_the_holders_data_stays_locked() -> None:
    terminal = Terminal(V3, psam=False)
    problem = refusal(terminal)
    assert problem.words is words.HOLDER_DATA_LOCKED
    assert problem.evidence == {"key_algorithm": 3}
    assert attempts(terminal) == 0


def test_a_first_or_second_generation_card_is_read_unproven_without_a_psam() -> None:
    for card in (V1, V2):
        assert Terminal(card, psam=False).read(check_genuine=True).genuine is None


def test_a_card_without_a_psam_whose_holders_data_is_free_is_read() -> None:
    terminal = Terminal(V2, psam=False)
    meddled(terminal.card, lambda _, answer: answer.replace(b"2.00", b"3.00"))
    assert terminal.read() == replace(written_on(V2, READER), version="3.00")


def test_an_older_card_with_locked_data_is_opened_with_the_psam_too() -> None:
    terminal = Terminal(V3)
    meddled(terminal.card, lambda _, answer: answer.replace(b"3.00", b"2.00"))
    assert terminal.read() == replace(genuine(V3), version="2.00")
    assert terminal.read(check_genuine=True) == replace(genuine(V3), version="2.00")
    assert sum(command.startswith("0088") for command in terminal.to_card()) == 1


def test_a_card_that_does_not_accept_this_psam_is_asked_once_and_never_again() -> None:
    terminal = Terminal(replace(V3, wrong_keys=("RKSSSE",)))
    for expected in (1, 0, 0, 0):
        problem = refusal(terminal)
        assert problem.words is words.READER_NOT_AUTHORISED
        assert attempts(terminal) == expected
    assert terminal.keys.left[KeyName.RKSSSE] == 2


def test_a_forgetful_terminal_is_told_by_the_card_how_it_ends() -> None:
    terminal = Terminal(replace(V3, wrong_keys=("RKSSSE",)))
    said: list[Words] = []
    for _ in range(4):
        terminal.turned_away.clear()
        said.append(refusal(terminal).words)
    locked = words.READER_KEY_LOCKED
    assert said == [words.READER_NOT_AUTHORISED, words.READER_NOT_AUTHORISED, locked, locked]


@pytest.mark.parametrize("missing", [KeyName.IRK, KeyName.RKSSSE])
def test_a_psam_without_the_key_is_said_and_the_card_loses_no_try(missing: KeyName) -> None:
    terminal = Terminal(V3, absent=[missing])
    problem = refusal(terminal)
    assert problem.words is words.PSAM_LACKS_KEY
    assert problem.evidence["key"] == missing
    assert attempts(terminal) == 0


def test_a_lost_challenge_is_fetched_once_more() -> None:
    terminal = Terminal(V3)
    lost = [b"\x69\x84"]
    meddled(terminal.card, lambda command, _: lost.pop() if command[1] == 0x82 and lost else None)
    assert terminal.read() == genuine(V3)
    assert attempts(terminal) == 2
    meddled(terminal.card, lambda command, _: b"\x69\x84" if command[1] == 0x82 else None)
    assert refusal(terminal).words is words.DATA_DAMAGED
    assert attempts(terminal) == 2


@pytest.mark.parametrize("of_psam", [False, True], ids=["card", "psam"])
def test_what_goes_wrong_after_a_lost_challenge_came_after_a_key_was_shown(of_psam: bool) -> None:
    terminal = Terminal(V3)
    shown = 0

    def lost(command: bytes, _: bytes) -> bytes | None:
        nonlocal shown
        shown += command[1] == 0x82
        return b"\x69\x84" if command[1] == 0x82 else b"" if shown and not of_psam else None

    meddled(terminal.card, lost)
    assert terminal.psam_card is not None
    meddled(terminal.psam_card, lambda *_: b"" if shown and of_psam else None)
    problem = refusal(terminal)
    assert isinstance(problem, KeyUncertain)
    assert problem.words is (words.PSAM_TROUBLE if of_psam else words.DATA_DAMAGED)
    assert attempts(terminal) == 1


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("6300", words.READER_NOT_AUTHORISED),
        ("63C5", words.READER_NOT_AUTHORISED),
        ("63C0", words.READER_KEY_LOCKED),
        ("6983", words.READER_KEY_LOCKED),
        ("9303", words.APPLICATION_BLOCKED),
        ("6A88", words.DATA_DAMAGED),
        ("6700", words.DATA_DAMAGED),
        ("6C08", words.DATA_DAMAGED),
        ("6108", words.DATA_DAMAGED),
    ],
)
def test_no_refusal_of_the_key_makes_the_program_try_again(status: str, said: Words) -> None:
    terminal = Terminal(V3)
    meddled(terminal.card, lambda command, _: bytes.fromhex(status) if command[1] == 0x82 else None)
    assert refusal(terminal).words is said
    assert attempts(terminal) == 1


def test_data_that_stays_locked_although_the_key_was_accepted_is_said() -> None:
    terminal = Terminal(V3)
    meddled(
        terminal.card, lambda command, _: b"\x69\x82" if command[:2] == b"\x00\xb2" and command[3] == 0x35 else None
    )
    assert refusal(terminal).words is words.READER_NOT_AUTHORISED


def test_holder_data_that_is_missing_behind_the_lock_is_damage() -> None:
    terminal = Terminal(replace(V3, missing_records={"EF06": ("08",)}))
    assert refusal(terminal).words is words.DATA_DAMAGED


def test_a_reader_that_does_not_tell_the_answer_to_reset_cannot_open_the_card() -> None:
    terminal = Terminal(V3)
    object.__setattr__(terminal.chip, "atr", b"")
    assert refusal(terminal).words is words.DATA_DAMAGED
    assert attempts(terminal) == 0


@pytest.mark.parametrize("command", range(1, 12))
def test_a_card_torn_at_any_command_is_read_again_from_the_beginning(command: int) -> None:
    terminal = Terminal(V3)
    seen = 0

    def torn(_: bytes, __: bytes) -> None:
        nonlocal seen
        seen += 1
        if seen == command:
            terminal.card.slot.remove()

    meddled(terminal.card, torn)
    if command < 11:
        assert refusal(terminal).words is words.CARD_TORN
    else:  # it was read to the end, and only then pulled out
        assert terminal.read() == genuine(V3)
    terminal.card.slot.insert()
    assert terminal.read() == genuine(V3)


@pytest.mark.parametrize("command", range(1, 11))
def test_a_psam_pulled_out_at_any_command_is_the_psams_trouble(command: int) -> None:
    terminal = Terminal(V3)
    assert terminal.psam_card is not None
    seen = 0

    def torn(_: bytes, __: bytes) -> bytes | None:
        nonlocal seen
        seen += 1
        return b"" if seen == command else None

    meddled(terminal.psam_card, torn)
    assert refusal(terminal).words is words.PSAM_TROUBLE
    assert terminal.read() == genuine(V3)


STATUS_WORDS = st.sampled_from([0x9000, 0x6282, 0x6283, 0x63C1, 0x6982, 0x6983, 0x6984, 0x6A80, 0x6A82, 0x6A83, 0x6A88])
ANSWERS = st.binary(max_size=300) | st.builds(
    lambda data, status: data + status.to_bytes(2), st.binary(max_size=32), STATUS_WORDS
)


@given(at=st.integers(1, 12), answers=st.lists(ANSWERS, min_size=1, max_size=4), of_psam=st.booleans())
def test_strange_answers_at_any_step_give_one_problem_and_the_next_reading_works(
    at: int, answers: list[bytes], of_psam: bool
) -> None:
    terminal = Terminal(V3, tries=15)
    seen, left = 0, list(answers)

    def strange(_: bytes, __: bytes) -> bytes | None:
        nonlocal seen
        seen += 1
        return left.pop(0) if seen >= at and left else None

    assert terminal.psam_card is not None
    meddled(terminal.psam_card if of_psam else terminal.card, strange)
    result = outcome(terminal.read)
    assert isinstance(result, CardIdentity | EnvironmentProblem | Refused)
    if isinstance(result, CardIdentity):
        assert result in (genuine(V3), replace(genuine(V3), genuine=None))
    left.clear()
    terminal.turned_away.clear()
    assert terminal.read() == genuine(V3)
