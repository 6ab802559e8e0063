"""The medical-insurance application: opened by PIN or PSAM, read whole, missing without harm."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.card.keys import KeyName
from hardware_sim.card.slot import Slot
from hardware_sim.personas import CardData
from pos_client.card import words
from pos_client.card.social_security import pin
from pos_client.card.social_security.medical import MedicalData, read_medical
from pos_client.card.social_security.pin import Pin
from pos_client.errors import EnvironmentProblem, Problem, Refused, Words
from tests.card.simulated import DirectCard, ScriptedCard
from tests.card.social_security.terminal import V1, V2, V3, Terminal, meddled

WRITTEN = {
    "81": "31010110",
    "84": "439901",
    "87": "43990000000000017",
    "8C": "21",
    "80": "20150701",
    "8B": "43990000000000000000000000029",
    "8A": "439900000000015",
    "83": "H43990001",
    "86": "H43990002",
    "89": "",
    "7D": "H43990003",
    "8D": "H43990004",
    "8E": "H43990005",
    "8F": "2",
}
FULL = replace(V2, files={"DF04EF05": WRITTEN})


def read(terminal: Terminal) -> MedicalData:
    return read_medical(terminal.card, psam=terminal.psam, atr=terminal.chip.atr)


def refusal(reading: Callable[[], MedicalData]) -> Problem:
    with pytest.raises((Refused, EnvironmentProblem)) as told:
        reading()
    return told.value


def after_pin(terminal: Terminal) -> MedicalData:
    pin.select(terminal.card)
    pin.verify(terminal.card, Pin("123456"))
    return read(terminal)


@pytest.mark.parametrize(("recognised", "said"), [(False, words.NOT_SOCIAL_SECURITY), (True, words.DATA_DAMAGED)])
def test_a_card_that_its_pin_has_opened_is_no_other_card(recognised: bool, said: Words) -> None:
    card = ScriptedCard(*["6A82"] * 5)
    assert refusal(lambda: read_medical(card, recognised=recognised)).words is said


def test_everything_that_is_written_is_read() -> None:
    expected = MedicalData(
        identification_code=V2.identification_code,
        insurance_type="310",
        treated_elsewhere=True,
        outpatient_pool=False,
        outpatient_serious_illness=True,
        medical_aid=True,
        privileged=False,
        person_type="21",
        region="439901",
        account_opened_on=date(2015, 7, 1),
        account_number="43990000000000000000000000029",
        certificate_number="439900000000015",
        health_record_number="43990000000000017",
        hospitals=("H43990001", "H43990002"),
        injury_hospitals=("H43990003",),
        maternity_hospitals=("H43990004", "H43990005"),
        online_only=False,
    )
    assert after_pin(Terminal(FULL, psam=False)) == expected


def test_it_takes_one_command_to_read_it() -> None:
    terminal = Terminal(FULL, psam=False)
    after_pin(terminal)
    sent = terminal.to_card()
    assert sent[-2:] == ["00A4040006D15600000503", "00B2012DB6"]
    assert not [command for command in sent if command.startswith("00C0")]


@pytest.mark.parametrize("card", [V2, V3], ids=["v2", "v3"])
@pytest.mark.parametrize("level", [3, 1])
def test_a_psam_opens_it_without_the_pin(card: CardData, level: int) -> None:
    terminal = Terminal(card, level=level)
    assert read(terminal).insurance_type == "310"
    assert not [command for command in terminal.to_card() if command.startswith("0020")]


def test_the_psam_is_not_looked_for_when_the_pin_has_opened_it() -> None:
    terminal = Terminal(V3)
    after_pin(terminal)
    assert terminal.asked_for_psam == 0


def test_after_a_reading_in_the_same_session_it_opens_as_well() -> None:
    terminal = Terminal(V3)
    terminal.read()
    assert read(terminal).online_only is True


def test_without_pin_and_psam_the_pin_is_asked_for() -> None:
    assert refusal(lambda: read(Terminal(V2, psam=False))).words is words.PIN_NEEDED


def test_a_first_generation_card_wants_the_pin_whatever_the_terminal_has() -> None:
    terminal = Terminal(V1)
    assert refusal(lambda: read(terminal)).words is words.PIN_NEEDED
    assert terminal.to_psam() == []
    terminal.power()
    assert after_pin(terminal).insurance_type == "310"


def test_a_psam_without_the_key_leaves_the_pin() -> None:
    assert refusal(lambda: read(Terminal(V2, absent=[KeyName.RK1DF04]))).words is words.PIN_NEEDED


def test_a_card_without_the_key_leaves_the_pin() -> None:
    terminal = Terminal(V2)
    meddled(terminal.card, lambda command, _: b"\x6a\x88" if command[1] == 0x82 else None)
    assert refusal(lambda: read(terminal)).words is words.PIN_NEEDED


@pytest.mark.parametrize(("wrong", "said"), [("IRK", words.CARD_NOT_GENUINE), ("RK1DF04", words.READER_NOT_AUTHORISED)])
def test_a_copy_and_a_card_that_refuses_this_psam_are_said(wrong: str, said: Words) -> None:
    assert refusal(lambda: read(Terminal(replace(V2, wrong_keys=(wrong,))))).words is said


@pytest.mark.parametrize(
    "card",
    [
        replace(V2, empty_directories=("DF04",)),
        replace(V2, files={"DF04EF05": dict.fromkeys((*WRITTEN, "7E", "7F"), "")}),
    ],
    ids=["no records", "records with nothing in them"],
)
def test_an_empty_application_is_none(card: CardData) -> None:
    assert refusal(lambda: after_pin(Terminal(card, psam=False))).words is words.NO_MEDICAL_APPLICATION


def test_a_card_without_the_application_says_so() -> None:
    terminal = Terminal(V2, psam=False)
    meddled(terminal.card, lambda command, _: b"\x6a\x82" if command[5:] == bytes.fromhex("D15600000503") else None)
    problem = refusal(lambda: after_pin(terminal))
    assert problem.words is words.NO_MEDICAL_APPLICATION
    assert "照常" in problem.sentence("zh")


def test_an_application_without_the_file_is_none() -> None:
    terminal = Terminal(V2, psam=False)
    meddled(terminal.card, lambda command, _: b"\x6a\x82" if command[3] == 0x2D and command[4] == 0xB6 else None)
    meddled(terminal.card, lambda command, _: b"\x6a\x82" if command[5:] == b"\xef\x05" else None)
    assert refusal(lambda: after_pin(terminal)).words is words.NO_MEDICAL_APPLICATION


def test_a_file_that_answers_strangely_is_damaged() -> None:
    terminal = Terminal(V2, psam=False)
    meddled(terminal.card, lambda command, _: b"\x6f\x00" if command[3] == 0x2D and command[4] == 0xB6 else None)
    meddled(terminal.card, lambda command, _: b"\x6f\x00" if command[5:] == b"\xef\x05" else None)
    assert refusal(lambda: after_pin(terminal)).words is words.DATA_DAMAGED


def test_an_application_that_was_shut_down_is_refused() -> None:
    terminal = Terminal(V2, psam=False)
    meddled(terminal.card, lambda command, _: b"\x93\x03" if command[5:] == bytes.fromhex("D15600000503") else None)
    assert refusal(lambda: after_pin(terminal)).words is words.APPLICATION_BLOCKED


class WithoutBulk(DirectCard):
    """A card that reads one record at a time and only from a selected file."""

    def transmit(self, command: bytes) -> bytes:
        return b"\x6a\x86" if command[1] == 0xB2 and command[3] != 0 else super().transmit(command)


def test_a_card_that_cannot_read_whole_files_is_read_record_by_record() -> None:
    terminal = Terminal(FULL, psam=False)
    expected = after_pin(terminal)
    terminal.card = WithoutBulk(Slot(terminal.chip))
    assert after_pin(terminal) == expected


def test_a_file_that_stays_locked_after_the_key_needs_the_pin() -> None:
    terminal = Terminal(V2)
    meddled(terminal.card, lambda command, _: b"\x69\x82" if command.hex() == "00b2012db6" else None)
    assert refusal(lambda: read(terminal)).words is words.PIN_NEEDED


def test_damaged_values_are_damage() -> None:
    terminal = Terminal(replace(V2, files={"DF04EF05": {"83": "H-1"}}), psam=False)
    assert refusal(lambda: after_pin(terminal)).words is words.DATA_DAMAGED


def test_nothing_of_it_is_shown_in_a_log() -> None:
    found = after_pin(Terminal(FULL, psam=False))
    for secret in (found.account_number, found.certificate_number, found.health_record_number, V2.identification_code):
        assert secret not in f"{found!r} {found}"


STATUS_WORDS = st.sampled_from(["9000", "6982", "6A82", "6A83", "6A88", "9303", "63C1", "6700"])
ANSWERS = st.binary(max_size=200).map(bytes.hex) | STATUS_WORDS | st.just("81083331303030303030 9000")


@given(st.lists(ANSWERS, min_size=40, max_size=40))
def test_whatever_a_card_answers_there_is_one_problem_or_the_data(answers: list[str]) -> None:
    result: object
    try:
        result = read_medical(ScriptedCard(*answers))
    except Problem as problem:
        result = problem
    assert isinstance(result, MedicalData | EnvironmentProblem | Refused)


@given(at=st.integers(1, 12), answers=st.lists(st.binary(max_size=200), min_size=1, max_size=3))
def test_strange_answers_at_any_step_do_not_spoil_the_next_reading(at: int, answers: list[bytes]) -> None:
    terminal = Terminal(V2, tries=15)
    seen, left = 0, list(answers)

    def strange(_: bytes, __: bytes) -> bytes | None:
        nonlocal seen
        seen += 1
        return left.pop(0) if seen >= at and left else None

    meddled(terminal.card, strange)
    result: object
    try:
        result = read(terminal)
    except Problem as problem:
        result = problem
    assert isinstance(result, MedicalData | EnvironmentProblem | Refused)
    left.clear()
    terminal.turned_away.clear()
    terminal.power()
    assert read(terminal).insurance_type == "310"
