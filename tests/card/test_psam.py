"""The PSAM computes, the program carries: which commands it is given, and what its refusals mean."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.card.chip import Chip
from hardware_sim.card.keys import KeyName
from hardware_sim.card.profiles import bank_card, other_chip_card, social_security_card
from hardware_sim.card.psam import Psam as SimulatedPsam
from hardware_sim.card.psam_files import PsamData
from hardware_sim.card.slot import Slot
from hardware_sim.personas import load
from pos_client.card import words
from pos_client.card.psam import Psam, PsamTrouble, is_psam
from pos_client.card.social_security.keys import INTERNAL, READ_HOLDER, READ_MEDICAL, Algorithm, Descent, Key
from pos_client.errors import EnvironmentProblem, Problem, Refused, Words
from tests.card.simulated import DirectCard, ScriptedCard

FACTOR = bytes.fromhex("1122334455667788")
SOURCE = bytes.fromhex("8877665544332211")
CARD = bytes.fromhex("8660519900000001")
#: The roots of the vectors that were computed when the standard was read.
ROOT = bytes.fromhex("00112233445566778899AABBCCDDEEFF")
ROOTS = dict.fromkeys(KeyName, ROOT)
DES_VALUE = bytes.fromhex("3E6E045E94BD7047")
SM4_VALUE = bytes.fromhex("125D8E60C1918E5D")
SX1, SX2, SX3 = (f"00A404000F7378{number}2E73682EC9E7BBE1B1A3D5CF" for number in ("31", "32", "33"))


def of_card(algorithm: Algorithm) -> Descent:
    return Descent(algorithm, "519900", CARD)


DES, SM4 = of_card(Algorithm.TRIPLE_DES), of_card(Algorithm.SM4)


def simulated(level: int = 3, absent: Iterable[KeyName] = ()) -> DirectCard:
    data = PsamData(terminal_number="519900000001")
    return DirectCard(Slot(SimulatedPsam(data, level=level, roots=ROOTS, absent=frozenset(absent))))


def sent(card: DirectCard) -> list[str]:
    return [command.hex().upper() for command in card.commands]


def test_the_value_of_a_3des_card_is_asked_for_as_the_standard_says() -> None:
    card = ScriptedCard("6119", "9000", "9000", "6108", f"{DES_VALUE.hex()}9000")
    assert Psam(card).authentication(INTERNAL, DES, FACTOR, SOURCE) == DES_VALUE
    assert card.commands == [
        SX1,
        "BFEC00000151",
        "BFDE670820" + "8660519900000001" + "3531393930307378" + "3531303030307368" + "1122334455667788",
        "80FA0000088877665544332211",
        "00C0000008",
    ]


def test_the_halves_of_an_sm4_block_are_added_here() -> None:
    card = ScriptedCard("6119", "9000", "9000", "6110", "01020304050607081000000000000001 9000")
    assert Psam(card).authentication(READ_HOLDER, SM4, FACTOR, SOURCE).hex() == "1102030405060709"
    assert card.commands[0] == SX3
    assert card.commands[2].startswith("BFDE670A28")
    assert card.commands[2].endswith("11223344556677880000000000000000")
    assert card.commands[3] == "80FA00001088776655443322110000000000000000"


@pytest.mark.parametrize("level", [3, 2, 1])
@pytest.mark.parametrize("key", [INTERNAL, READ_HOLDER, READ_MEDICAL], ids=lambda key: key.name)
@pytest.mark.parametrize(("descent", "value"), [(DES, DES_VALUE), (SM4, SM4_VALUE)], ids=["3des", "sm4"])
def test_a_psam_of_any_level_gives_the_values_of_the_vectors(
    level: int, key: Key, descent: Descent, value: bytes
) -> None:
    assert Psam(simulated(level)).authentication(key, descent, FACTOR, SOURCE) == value


def test_the_level_that_worked_is_tried_first_the_next_time() -> None:
    card = simulated(level=1)
    psam = Psam(card)
    psam.authentication(INTERNAL, DES, FACTOR, SOURCE)
    assert [command[:6] for command in sent(card) if command.startswith("BFDE")] == ["BFDE67", "BFDE47", "BFDE27"]
    card.commands.clear()
    psam.authentication(READ_HOLDER, DES, FACTOR, SOURCE)
    assert [command[:6] for command in sent(card)] == ["BFDE27", "80FA00", "00C000"]


def test_another_province_is_told_to_the_psam_again() -> None:
    card = simulated()
    psam = Psam(card)
    for city in ("519900", "510100", "439900"):
        psam.authentication(INTERNAL, Descent(Algorithm.TRIPLE_DES, city, CARD), FACTOR, SOURCE)
    assert [command for command in sent(card) if command.startswith("BFEC")] == ["BFEC00000151", "BFEC00000143"]


def test_a_psam_of_another_province_has_no_key_for_the_card() -> None:
    with pytest.raises(Refused) as told:
        Psam(simulated(level=2)).authentication(INTERNAL, Descent(Algorithm.TRIPLE_DES, "439900", CARD), FACTOR, SOURCE)
    assert told.value.words is words.PSAM_LACKS_KEY
    assert told.value.evidence == {"key": "IRK", "key_algorithm": 1, "statuses": "6985"}


@pytest.mark.parametrize("level", [3, 2, 1])
def test_a_key_that_is_not_there_is_said_whatever_the_level(level: int) -> None:
    psam = Psam(simulated(level, absent=[KeyName.RKSSSE]))
    assert psam.authentication(INTERNAL, SM4, FACTOR, SOURCE) == SM4_VALUE
    with pytest.raises(Refused) as told:
        psam.authentication(READ_HOLDER, SM4, FACTOR, SOURCE)
    assert told.value.words is words.PSAM_LACKS_KEY
    assert psam.authentication(INTERNAL, SM4, FACTOR, SOURCE) == SM4_VALUE


def test_all_levels_refused_means_that_the_key_is_not_there() -> None:
    with pytest.raises(Refused) as told:
        Psam(ScriptedCard("9000", "9000", "6A80", "6A80", "6A80")).authentication(INTERNAL, DES, FACTOR, SOURCE)
    assert told.value.words is words.PSAM_LACKS_KEY


def test_ssf33_is_computed_by_real_psams_only() -> None:
    with pytest.raises(Refused) as told:
        Psam(simulated()).confirms(of_card(Algorithm.SSF33), FACTOR, SOURCE, bytes(8))
    assert told.value.words is words.PSAM_LACKS_KEY


def test_the_card_tells_which_of_the_guessed_environments_is_right() -> None:
    whole = SM4_VALUE.hex() + "0000000000000000"
    card = ScriptedCard("6A82", "6A82", "9000", "9000", "9000", f"{whole}9000", "9000", f"{whole}9000")
    psam = Psam(card)
    assert psam.confirms(SM4, FACTOR, SOURCE, SM4_VALUE)
    assert card.commands[:3] == [SX3, SX2, SX1]
    card.commands.clear()
    assert psam.authentication(READ_HOLDER, SM4, FACTOR, SOURCE) == SM4_VALUE
    assert [command[:4] for command in card.commands] == ["BFDE", "80FA"]


def test_a_value_of_a_guessed_environment_accuses_no_card() -> None:
    other = "00" * 16
    card = ScriptedCard("6A82", "9000", "9000", "9000", f"{other}9000", "9000", "9000", "6700", "6700", "6700")
    with pytest.raises(Refused) as told:
        Psam(card).confirms(SM4, FACTOR, SOURCE, SM4_VALUE)
    assert told.value.words is words.PSAM_LACKS_KEY
    assert told.value.evidence["statuses"] == "6A82 differs 6700"


@pytest.mark.parametrize("descent", [DES, SM4], ids=["3des", "sm4"])
def test_a_value_of_the_right_environment_that_differs_is_a_copy(descent: Descent) -> None:
    assert not Psam(simulated()).confirms(descent, FACTOR, SOURCE, bytes(8))


@pytest.mark.parametrize(
    "answers",
    [
        ["6F00"],
        ["9000", "6F00"],
        ["9000", "9000", "6901"],
        ["9000", "9000", "9000", "6901"],
        ["9000", "9000", "9000", "1122 9000"],
        ["00"],
    ],
)
def test_strange_answers_are_a_trouble_of_the_psam(answers: list[str]) -> None:
    with pytest.raises(EnvironmentProblem) as told:
        Psam(ScriptedCard(*answers)).authentication(INTERNAL, DES, FACTOR, SOURCE)
    assert told.value.words is words.PSAM_TROUBLE


def test_after_a_trouble_everything_is_told_to_it_anew() -> None:
    card = simulated()
    psam = Psam(card)
    psam.authentication(INTERNAL, DES, FACTOR, SOURCE)
    card.slot.remove()
    with pytest.raises(EnvironmentProblem) as told:
        psam.challenge()
    assert told.value.words is words.PSAM_TROUBLE
    assert isinstance(told.value, PsamTrouble)
    assert told.value.cause == words.CARD_TORN.code
    assert told.value.evidence == {"cause": "K-12"}
    card.slot.insert()
    card.slot.power_on()
    assert psam.authentication(INTERNAL, DES, FACTOR, SOURCE) == DES_VALUE


def test_its_challenges_are_not_twice_the_same() -> None:
    psam = Psam(simulated())
    assert len({psam.challenge() for _ in range(20)}) == 20
    with pytest.raises(EnvironmentProblem):
        Psam(ScriptedCard("11229000")).challenge()


def test_a_psam_is_known_by_its_terminal_number() -> None:
    card = simulated()
    assert is_psam(card)
    assert sent(card) == ["00B0960006"]
    assert Psam(card).terminal_number() == "519900000001"


@pytest.mark.parametrize(
    "chip", [social_security_card(load("zhang-jianguo").card), bank_card(b"\x3b\x00"), other_chip_card(b"\x3b\x00")]
)
def test_no_other_card_is_taken_for_one(chip: Chip) -> None:
    assert not is_psam(DirectCard(Slot(chip)))


@pytest.mark.parametrize("answer", ["6A82", "439900 9000", "4399000000AB 9000"])
def test_what_is_no_terminal_number_makes_no_psam(answer: str) -> None:
    assert not is_psam(ScriptedCard(answer))


ANSWERS = st.sampled_from(
    ["9000", "6108", "6110", "6A80", "6A88", "6985", "00" * 8 + "9000", "00" * 16 + "9000", "6C08"]
)


@given(st.lists(ANSWERS | st.binary(max_size=20).map(bytes.hex), min_size=60, max_size=60), st.sampled_from([DES, SM4]))
def test_whatever_it_answers_there_is_a_judgement_or_one_problem(answers: list[str], descent: Descent) -> None:
    psam = Psam(ScriptedCard(*answers))
    said: Words | None = None
    try:
        assert psam.confirms(descent, FACTOR, SOURCE, SM4_VALUE) in (True, False)
        assert len(psam.authentication(READ_HOLDER, descent, FACTOR, SOURCE)) == 8
    except Problem as problem:
        said = problem.words
    assert said in (None, words.PSAM_TROUBLE, words.PSAM_LACKS_KEY)
