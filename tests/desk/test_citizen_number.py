"""The typed identity number: its check character, its day of birth, and how people type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim import personas
from pos_client.desk.citizen_number import check_character, checked_number
from pos_client.errors import Refused

SEVENTEEN = st.builds(
    lambda area, day, serial: f"{area:06d}{day:%Y%m%d}{serial:03d}",
    st.integers(110000, 659999),
    st.dates(),
    st.integers(0, 999),
).filter(lambda number: len(number) == 17)


def test_the_example_of_the_standard_has_its_check_character() -> None:
    assert check_character("11010519491231002") == "X"  # GB 11643-1999, the example of its text


@pytest.mark.parametrize("name", [one for one in personas.names() if personas.load(one).register])
def test_every_persona_has_a_number_that_can_exist(name: str) -> None:
    number = personas.load(name).card.id_number
    assert checked_number(number) == number


@pytest.mark.parametrize("typed", ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５19491231００２Ｘ"])
def test_it_is_taken_as_people_type_it(typed: str) -> None:
    assert checked_number(typed) == "11010519491231002X"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "110105491231002",  # fifteen digits, the old form
        "110105194912310021",  # a wrong check character
        "11010519491331002" + check_character("11010519491331002"),  # the thirteenth month
        "1101051949123100২X",  # a digit of another script
        "11010519491231002X1",
    ],
)
def test_a_number_that_cannot_exist_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as told:
        checked_number(typed)
    assert told.value.code == "S-IDNO"


@given(SEVENTEEN, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(seventeen: str, place: int, more: int) -> None:
    wrong = str((int(seventeen[place]) + more) % 10)
    assert check_character(seventeen[:place] + wrong + seventeen[place + 1 :]) != check_character(seventeen)
