"""Reading the social-security card: every persona, every generation, and a card that misbehaves at every step."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim import personas
from hardware_sim.card.chip import Chip
from hardware_sim.card.faults import CardFault, Fault
from hardware_sim.card.files import RecordFile
from hardware_sim.card.profiles import social_security_card
from hardware_sim.card.psam import Psam
from hardware_sim.card.slot import Slot
from hardware_sim.personas import CardData
from pos_client.card import words
from pos_client.card.social_security.identity import CardIdentity
from pos_client.card.social_security.reading import read_identity
from pos_client.errors import EnvironmentProblem, Refused
from tests.card.simulated import SOCIAL_SECURITY_PERSONAS, DirectCard, ScriptedCard, inserted, outcome, written_on

ZHANG = personas.load("zhang-jianguo").card
READER = "pcsc:Reader 00"
#: SELECT, EF05, EF06, tag 01 again.
COMMANDS_OF_A_READING = 4


class OnlyWhole(DirectCard):
    """A contactless card: it gives its answers directly, and no more than it was asked for."""

    def __init__(self, chip: Chip) -> None:
        super().__init__(Slot(chip))

    def transmit(self, command: bytes) -> bytes:
        answer = super().transmit(command)
        if answer[0] == 0x61:
            asked = len(command) > 5 + command[4]
            whole = self.slot.transmit(bytes((0x00, 0xC0, 0x00, 0x00, answer[1]))).answer or b""
            return whole if asked else b"\x90\x00"
        return answer


def test_a_contactless_card_is_read_alike() -> None:
    assert read_identity(OnlyWhole(social_security_card(ZHANG)), READER) == written_on(ZHANG, READER)


def read(chip: Chip, *faults: Fault) -> CardIdentity:
    return read_identity(DirectCard(Slot(chip, faults)), READER)


@pytest.mark.parametrize("name", SOCIAL_SECURITY_PERSONAS)
def test_what_the_simulator_wrote_is_what_the_client_reads(name: str) -> None:
    assert read_identity(DirectCard(inserted(name)), READER) == written_on(personas.load(name).card, READER)


@pytest.mark.parametrize(("version", "holder"), [("1.00", "00B2013545"), ("2.00", "00B201355B")])
def test_a_whole_card_takes_four_commands_and_nothing_is_asked_twice(version: str, holder: str) -> None:
    card = DirectCard(Slot(social_security_card(replace(ZHANG, version=version))))
    read_identity(card, READER)
    assert [command.hex().upper() for command in card.commands] == [
        "00A404000F7378312E73682EC9E7BBE1B1A3D5CF",
        "00B2012D40",
        holder,
        "00B2012812",
    ]


def test_a_psam_is_not_even_looked_for_where_nothing_is_locked() -> None:
    def nobody_asks() -> None:
        raise AssertionError

    read_identity(DirectCard(inserted()), READER, psam=nobody_asks)


@pytest.mark.parametrize("version", ["4.00", "20.0", "X", "0.90"])
def test_of_a_version_that_nobody_knows_only_the_card_itself_is_read(version: str) -> None:
    card = DirectCard(Slot(social_security_card(replace(ZHANG, version=version))))
    with pytest.raises(Refused) as told:
        read_identity(card, READER)
    assert told.value.words is words.VERSION_UNKNOWN
    assert version in told.value.sentence("zh")
    assert [command.hex().upper() for command in card.commands][1:] == ["00B2012D40"]


def test_a_psam_in_the_slot_of_the_card_is_told_as_one() -> None:
    with pytest.raises(EnvironmentProblem) as told:
        read_identity(DirectCard(Slot(Psam())), READER)
    assert told.value.words is words.PSAM_CARD


def test_a_psam_without_the_environment_of_the_old_cards_is_told_as_one() -> None:
    answers = ["6A82", "6A82", "6A82", "6A82", "439900000001 9000"]
    with pytest.raises(EnvironmentProblem) as told:
        read_identity(ScriptedCard(*answers), READER)
    assert told.value.words is words.PSAM_CARD


NAMES = st.text(st.sampled_from("张王欧阳𬍛䶮㛃𫖯·"), min_size=1, max_size=14).filter(
    lambda name: len(name.encode("gb18030")) <= 50
)
DAYS = st.none() | st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@given(
    name=NAMES,
    issued_on=DAYS,
    expires_on=DAYS,
    born_on=DAYS,
    sex=st.sampled_from("129"),
    serial=st.binary(min_size=8, max_size=8),
)
def test_the_two_codecs_agree_on_any_card(
    name: str, issued_on: date | None, expires_on: date | None, born_on: date | None, sex: str, serial: bytes
) -> None:
    card = replace(
        ZHANG,
        name=name,
        issued_on=issued_on,
        expires_on=expires_on,
        born_on=born_on,
        sex=sex,
        identification_code="439900D156000005" + serial.hex().upper(),
    )
    assert read(social_security_card(card)) == written_on(card, READER)


def test_a_first_generation_card_has_no_extension_of_the_name() -> None:
    card = replace(ZHANG, version="1.00")
    assert read(social_security_card(card)) == written_on(card, READER)


def test_a_card_without_a_written_version_is_of_the_first() -> None:
    assert read(social_security_card(replace(ZHANG, version=""))).version == "1.00"


def test_a_bank_card_that_is_also_a_social_security_card_is_one() -> None:
    assert read(social_security_card(ZHANG, with_payment=True)) == written_on(ZHANG, READER)


def test_a_third_generation_card_is_refused_with_what_it_would_need() -> None:
    with pytest.raises(Refused) as told:
        read(social_security_card(replace(ZHANG, version="3.00")))
    assert told.value.words is words.HOLDER_DATA_LOCKED
    assert told.value.evidence == {"key_algorithm": 3}
    assert "PSAM" in told.value.sentence("zh")


def test_a_blocked_card_and_a_blocked_application_are_told_apart() -> None:
    with pytest.raises(Refused) as told:
        read(social_security_card(ZHANG, blocked=True))
    assert told.value.words is words.CARD_BLOCKED
    with pytest.raises(Refused) as told:
        read(social_security_card(ZHANG, application_blocked=True))
    assert told.value.words is words.APPLICATION_BLOCKED


class WithoutBulk(DirectCard):
    """A card that reads one record at a time and only from a selected file, as some old ones do."""

    def transmit(self, command: bytes) -> bytes:
        if command[1] == 0xB2 and command[3] != 0:
            self.commands.append(command)
            return bytes.fromhex("6A86")
        return super().transmit(command)


@pytest.mark.parametrize("version", ["1.00", "2.00"])
def test_a_card_that_cannot_read_whole_files_is_read_by_identifier(version: str) -> None:
    data = replace(ZHANG, version=version)
    card = WithoutBulk(Slot(social_security_card(data)))
    assert read_identity(card, READER) == written_on(data, READER)
    assert bytes.fromhex("00B24E0016") in card.commands


def test_a_whole_file_that_came_cut_short_is_read_again_by_identifier() -> None:
    chip = social_security_card(ZHANG)
    assert read(chip, Fault(CardFault.TRUNCATED, at=3, value=60)) == written_on(ZHANG, READER)


def test_a_false_length_is_followed_and_the_records_asked_one_by_one() -> None:
    chip = social_security_card(ZHANG)
    assert read(chip, Fault(CardFault.WRONG_LE, at=2, value=0x3F)) == written_on(ZHANG, READER)


@pytest.mark.parametrize("command", range(1, COMMANDS_OF_A_READING + 1))
def test_a_card_torn_at_any_command_gives_the_torn_cards_sentence(command: int) -> None:
    slot = inserted("zhang-jianguo", Fault(CardFault.TEAR_BEFORE, at=command))
    with pytest.raises(EnvironmentProblem) as told:
        read_identity(DirectCard(slot), READER)
    assert told.value.words is words.CARD_TORN
    slot.insert()
    assert read_identity(DirectCard(slot), READER) == written_on(ZHANG, READER)


class Exchanged(DirectCard):
    """Another card of the same make stands in the reader from a certain command on."""

    def __init__(self, first: Slot, second: Slot, at: int) -> None:
        super().__init__(first)
        self._second, self._at = DirectCard(second), at
        self._second.transmit(bytes.fromhex("00A404000F7378312E73682EC9E7BBE1B1A3D5CF"))

    def transmit(self, command: bytes) -> bytes:
        if len(self.commands) + 1 >= self._at:
            self.commands.append(command)
            return self._second.transmit(command)
        return super().transmit(command)


@pytest.mark.parametrize("at", [3, 4])
def test_a_card_exchanged_in_mid_reading_never_lends_its_holders_name(at: int) -> None:
    card = Exchanged(inserted("zhang-jianguo"), inserted("li-xiulan"), at)
    with pytest.raises(EnvironmentProblem) as told:
        read_identity(card, READER)
    assert told.value.words is words.CARD_CHANGED


def with_record(card: CardData, file: int, tag: int, value: bytes | None) -> Chip:
    """A card on which one record is other than it should be, or missing."""
    chip = social_security_card(card)
    (application,) = chip._state.root.directories
    written = application.files[file]
    assert isinstance(written, RecordFile)
    written.records = [record for record in written.records if record[0] != tag]
    if value is not None:
        written.records.append(bytes((tag, len(value))) + value)
    return chip


@pytest.mark.parametrize(
    ("file", "tag", "value"),
    [
        (0, 0x05, bytes.fromhex("20160631")),
        (0, 0x07, bytes(9)),
        (0, 0x07, b"A0000-011"),
        (0, 0x01, bytes.fromhex("439900D15600000500")),
        (1, 0x08, bytes(18)),
        (1, 0x09, b"\x80" * 30),
        (1, 0x0A, b"\x01"),
        (1, 0x0B, b"\x0a"),
        (1, 0x0D, bytes.fromhex("19991301")),
    ],
)
def test_a_field_that_is_not_as_the_standard_says_is_damage(file: int, tag: int, value: bytes) -> None:
    with pytest.raises(EnvironmentProblem) as told:
        read(with_record(ZHANG, file, tag, value))
    assert told.value.words is words.DATA_DAMAGED
    assert set(told.value.evidence) == {"damage"}


def test_fields_that_the_identity_can_do_without_may_be_missing() -> None:
    assert read(with_record(ZHANG, 0, 0x06, None)).expires_on is None
    assert read(with_record(ZHANG, 1, 0x0A, None)).sex == "9"
    assert read(with_record(ZHANG, 1, 0x0B, None)).nation == ""


def test_a_card_without_its_holders_number_is_damaged() -> None:
    with pytest.raises(EnvironmentProblem) as told:
        read(with_record(ZHANG, 1, 0x08, None))
    assert told.value.words is words.DATA_DAMAGED
    assert told.value.evidence == {"file": "EF06", "status": "6A83"}


def test_a_code_without_the_ministrys_mark_is_not_a_social_security_card() -> None:
    foreign = bytes.fromhex("439900A0000003330000000001A1B2C3")
    for chip in (with_record(ZHANG, 0, 0x01, foreign), with_record(ZHANG, 0, 0x01, None)):
        with pytest.raises(EnvironmentProblem) as told:
            read(chip)
        assert told.value.words is words.NOT_SOCIAL_SECURITY


@pytest.mark.parametrize("where", range(5, 10))
def test_a_mark_of_the_ministry_that_was_misread_makes_no_other_card_of_it(where: int) -> None:
    with pytest.raises(EnvironmentProblem) as told:
        read(social_security_card(ZHANG), Fault(CardFault.GARBAGE, at=2, value=where))
    assert told.value.words is words.DATA_DAMAGED


def test_a_selection_that_names_another_application_is_not_believed() -> None:
    impostor = ScriptedCard("6F1C 840F 7378322E73682EC9E7BBE1B1A3D5CF A509 88011E9F0C03860103 9000")
    with pytest.raises(EnvironmentProblem) as told:
        read_identity(impostor, READER)
    assert told.value.words is words.NOT_SOCIAL_SECURITY


@pytest.mark.parametrize("answered", [1, 2])
def test_a_file_of_an_application_that_was_shut_down_is_refused(answered: int) -> None:
    class Shut(DirectCard):
        def transmit(self, command: bytes) -> bytes:
            return bytes.fromhex("9303") if len(self.commands) >= answered else super().transmit(command)

    with pytest.raises(Refused) as told:
        read_identity(Shut(inserted()), READER)
    assert told.value.words is words.APPLICATION_BLOCKED


class Meddled(DirectCard):
    """From one command on, the answers are replaced."""

    def __init__(self, slot: Slot, at: int, answers: list[bytes]) -> None:
        super().__init__(slot)
        self._at, self._answers = at, answers

    def transmit(self, command: bytes) -> bytes:
        answer = super().transmit(command)
        if len(self.commands) >= self._at and self._answers:
            return self._answers.pop(0)
        return answer


STATUS_WORDS = st.sampled_from([0x9000, 0x6282, 0x6283, 0x6982, 0x6A81, 0x6A82, 0x6A83, 0x6C10, 0x6110, 0x9303, 0x6F00])
ANSWERS = st.binary(max_size=300) | st.builds(
    lambda data, status: data + status.to_bytes(2), st.binary(max_size=100), STATUS_WORDS
)


@given(at=st.integers(1, COMMANDS_OF_A_READING), answers=st.lists(ANSWERS, min_size=1, max_size=4))
def test_strange_answers_at_any_step_give_one_problem_and_the_next_reading_works(at: int, answers: list[bytes]) -> None:
    slot = inserted()
    result = outcome(lambda: read_identity(Meddled(slot, at, answers), READER))
    assert result == written_on(ZHANG, READER) or isinstance(result, EnvironmentProblem | Refused)
    assert read_identity(DirectCard(slot), READER) == written_on(ZHANG, READER)


@given(at=st.integers(1, COMMANDS_OF_A_READING), length=st.integers(0, 95))
def test_an_answer_cut_short_never_becomes_a_shorter_person(at: int, length: int) -> None:
    slot = inserted("ma-yan", Fault(CardFault.TRUNCATED, at=at, value=length))
    expected = written_on(personas.load("ma-yan").card, READER)
    result = outcome(lambda: read_identity(DirectCard(slot), READER))
    assert result == expected or isinstance(result, EnvironmentProblem)
    assert read_identity(DirectCard(slot), READER) == expected
