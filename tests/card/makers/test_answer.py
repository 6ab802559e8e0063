"""What a library writes: read strictly, or thrown away whole."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.card import words
from pos_client.card.makers import answer
from pos_client.card.social_security.identity import CardIdentity
from pos_client.errors import EnvironmentProblem, Words

URL = "library:/opt/libreader.so"
FIELDS = (
    "519900", "999999199001010016", "A00000011", "519900D1560000050000000A1A2B3C4D", "张三",
    "00814A44468660519900000001", "3.00", "20240601", "20340601", "000000000000", "",
)  # fmt: skip
NUMBER, CARD, CODE, NAME, RESET, VERSION, ISSUED, EXPIRES, TERMINAL, DEVICE = range(1, 11)
#: A character whose second byte is a bar's.
WITH_BAR = b"\x81\x7c".decode("gb18030")

FREE = st.characters(codec="gb18030", exclude_categories=("Cc", "Cs", "Co", "Zs"), exclude_characters="|")
NAMES = st.text(FREE, min_size=1, max_size=20) | st.just(WITH_BAR) | st.just("𠮷·" + WITH_BAR)
HEX = st.sampled_from("0123456789abcdefABCDEF")
DATES = st.none() | st.dates(date(1000, 1, 1))


def written(*changes: tuple[int, str], fields: tuple[str, ...] = FIELDS) -> bytes:
    values = list(fields)
    for place, value in changes:
        values[place] = value
    return "".join(f"{value}|" for value in values).encode("gb18030")


def read(*changes: tuple[int, str]) -> CardIdentity:
    return answer.identity_of(written(*changes), URL)


def told(said: bytes) -> Words:
    with pytest.raises(EnvironmentProblem) as raised:
        answer.identity_of(said, URL)
    assert all(secret not in str(raised.value) for secret in FIELDS if len(secret) > 8)
    return raised.value.words


@given(
    region=st.from_regex(r"[0-9]{6}", fullmatch=True),
    serial=st.text(HEX, min_size=16, max_size=16),
    card_number=st.from_regex(r"[0-9A-Za-z]{9}", fullmatch=True),
    name=NAMES,
    issued_on=DATES,
    expires_on=DATES,
)
def test_what_is_written_is_read(
    region: str, serial: str, card_number: str, name: str, issued_on: date | None, expires_on: date | None
) -> None:
    found = read(
        (0, region),
        (CODE, f"{region}D156000005{serial}"),
        (CARD, card_number),
        (NAME, name),
        (ISSUED, f"{issued_on:%Y%m%d}".zfill(8) if issued_on else ""),
        (EXPIRES, f"{expires_on:%Y%m%d}".zfill(8) if expires_on else "FFFFFFFF"),
    )
    assert found == CardIdentity(
        card_number=card_number.upper(),
        identification_code=f"{region}D156000005{serial}".upper(),
        region=region,
        version="3.00",
        issued_on=issued_on,
        expires_on=expires_on,
        name=name,
        id_number="999999199001010016",
        sex="1",
        nation="",
        born_on=date(1990, 1, 1),
        reader=URL,
    )


@given(st.binary(max_size=400))
def test_bytes_of_chance_are_thrown_away(said: bytes) -> None:
    assert told(said) in (words.LIBRARY_UNREADABLE, words.NOT_SOCIAL_SECURITY)


@given(at=st.integers(0, len(written()) - 1), put=st.binary(max_size=6), gone=st.integers(0, 40))
def test_a_disturbed_text_is_a_person_or_thrown_away(at: int, put: bytes, gone: int) -> None:
    said = written()
    try:
        found: CardIdentity | EnvironmentProblem = answer.identity_of(said[:at] + put + said[at + gone :], URL)
    except EnvironmentProblem as problem:
        found = problem
    if isinstance(found, EnvironmentProblem):
        assert found.words in (words.LIBRARY_UNREADABLE, words.NOT_SOCIAL_SECURITY)
    else:
        assert found.id_number
        assert found.name


@given(fields=st.lists(st.text(st.characters(codec="gb18030"), max_size=20), min_size=11, max_size=12).map(tuple))
def test_fields_of_chance_are_thrown_away(fields: tuple[str, ...]) -> None:
    assert told(written(fields=fields)) is words.LIBRARY_UNREADABLE


@pytest.mark.parametrize(
    "change",
    [
        (RESET, "3B6D000000814A44468660519900000001"),
        (RESET, "3B8D8001814A4446866051990000000112"),
        (RESET, ""),
        (DEVICE, "POS 3 号"),
        (TERMINAL, "31000000A1B2"),
        (TERMINAL, ""),
    ],
)
def test_what_is_of_no_use_here_may_be_written_in_several_ways(change: tuple[int, str]) -> None:
    assert read(change) == read()


def test_a_library_may_add_the_terminals_serial_number() -> None:
    assert answer.identity_of(written(fields=(*FIELDS, "SN1")), URL) == read()


def test_blanks_around_a_field_are_no_part_of_it() -> None:
    assert read((NAME, "张三    "), (NUMBER, "999999199001010016 "), (VERSION, "3.00 ")) == read()


def test_a_card_without_dates_and_version() -> None:
    assert read((ISSUED, "00000000"), (EXPIRES, "ffffffff"), (VERSION, "")) == replace(
        read(), issued_on=None, expires_on=None, version="1.00"
    )


@pytest.mark.parametrize(
    ("number", "sex", "born_on"),
    [
        ("999999199001010016", "1", date(1990, 1, 1)),
        ("999999200002290027", "2", date(2000, 2, 29)),
        ("99999920000229102x", "2", date(2000, 2, 29)),
        ("999999199001010017", "9", None),  # the check character is wrong
        ("999999199002300015", "9", None),  # no such day, and a check character that fits
        ("000000000000000001", "9", None),  # nor such a one
        ("HKG0123456789", "9", None),
    ],
)
def test_sex_and_birthday_come_from_a_citizen_number_only(number: str, sex: str, born_on: date | None) -> None:
    found = read((NUMBER, number))
    assert (found.id_number, found.sex, found.born_on) == (number.upper(), sex, born_on)


@pytest.mark.parametrize(
    "change",
    [
        (0, "51990"),
        (0, "５１９９００"),
        (NUMBER, ""),
        (NUMBER, "9999991990010100161"),
        (NUMBER, "99999919900101 016"),
        (CARD, ""),
        (CARD, "A000000111"),
        (CODE, "519900D1560000050000000A1A2B3C"),
        (CODE, "519900D1560000050000000A1A2B3C4G"),
        (CODE, "51990AD1560000050000000A1A2B3C4D"),
        (NAME, ""),
        (NAME, "  "),
        (NAME, "张\n三"),
        (RESET, "3B6"),
        (RESET, "00" * 34),
        (RESET, "zz"),
        (VERSION, "three"),
        (ISSUED, "20240631"),
        (ISSUED, "2024-06-01"),
        (EXPIRES, "203406"),
        (EXPIRES, "00000001"),
        (TERMINAL, "0000000000001"),
    ],
)
def test_one_wrong_field_spoils_the_whole_text(change: tuple[int, str]) -> None:
    assert told(written(change)) is words.LIBRARY_UNREADABLE


@pytest.mark.parametrize(
    "said",
    [
        b"",
        written()[:-1],
        written() + b"x",
        written(fields=FIELDS[:-1]),
        written(fields=(*FIELDS, "", "")),
        written().replace("张三".encode("gb18030"), b"\xff\xff"),
        written((DEVICE, "x" * 1_000)),
    ],
    ids=["nothing", "no last bar", "behind the last bar", "too few", "too many", "not GB18030", "too long"],
)
def test_a_text_of_another_make_is_thrown_away(said: bytes) -> None:
    assert told(said) is words.LIBRARY_UNREADABLE


def test_a_code_without_the_ministrys_number_is_no_social_security_card() -> None:
    assert told(written((CODE, "5" * 32))) is words.NOT_SOCIAL_SECURITY


def test_a_day_before_all_others_is_read_as_it_stands() -> None:
    assert read((ISSUED, "00010101")).issued_on == date.min
    assert read((EXPIRES, "99991231")).expires_on == date.max
