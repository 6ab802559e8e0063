"""Packed digits, dates and names as the card standard writes them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.card.iso7816.tlv import Malformed
from pos_client.card.social_security import fields


def test_packed_digits_end_before_their_filling() -> None:
    assert fields.digits(bytes.fromhex("519900")) == "519900"
    assert fields.digits(bytes.fromhex("12345F")) == "12345"
    assert fields.digits(b"") == ""
    with pytest.raises(Malformed):
        fields.digits(bytes.fromhex("1A"))


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_of_the_calendar_is_read(day: date) -> None:
    assert fields.day(bytes.fromhex(day.strftime("%Y%m%d"))) == day


@pytest.mark.parametrize("not_set", [b"", b"\0\0\0\0", b"\xff\xff\xff\xff"])
def test_a_date_that_is_not_set_is_none(not_set: bytes) -> None:
    assert fields.day(not_set) is None


@pytest.mark.parametrize("wrong", ["20230230", "202301", "2023011A", "20231301", "FFFF0101"])
def test_a_day_that_is_not_in_the_calendar_is_damage(wrong: str) -> None:
    with pytest.raises(Malformed):
        fields.day(bytes.fromhex(wrong))


def test_codes_lose_their_padding_and_gain_capitals() -> None:
    assert fields.code(b"43999919900101001x\0\0") == "43999919900101001X"
    assert fields.code(b"2.00") == "2.00"
    assert fields.code(b"\xff\xff\xff\xff") == ""
    for wrong in (b"A1\0B2", b"A-1", "一".encode("gb18030")):
        with pytest.raises(Malformed):
            fields.code(wrong)


def test_a_name_is_padded_with_zero_bytes() -> None:
    assert fields.name("张三".encode("gb18030").ljust(30, b"\0"), bytes(20)) == "张三"


@given(st.text(st.sampled_from("张王𬍛䶮㛃𫖯·欧阳买买提"), min_size=1, max_size=14))
def test_a_long_name_goes_on_in_the_extension_even_in_the_middle_of_a_character(name: str) -> None:
    raw = name.encode("gb18030")[:50]
    name = raw.decode("gb18030", errors="ignore")
    raw = name.encode("gb18030").ljust(50, b"\0")
    assert fields.name(raw[:30], raw[30:]) == name


def test_characters_without_a_code_in_the_old_standard_become_what_they_are_today() -> None:
    assert fields.name(bytes.fromhex("FE51FE59FEA0"), b"") == "\U00020087\u9fb4\u9fbb"


def test_a_citys_own_character_is_kept_for_the_desk_to_show() -> None:
    assert fields.name(bytes.fromhex("C0EEAAA1"), b"") == "李\ue000"


@pytest.mark.parametrize("wrong", [b"", b"\0" * 30, b"\x81", "张".encode("gb18030") + b"\0\x07", b"\x1b[2J"])
def test_what_is_no_name_is_damage(wrong: bytes) -> None:
    with pytest.raises(Malformed):
        fields.name(wrong, b"")


def test_damage_is_told_without_the_data() -> None:
    with pytest.raises(Malformed) as told:
        fields.name("张三".encode("gb18030") + b"\x81", b"")
    assert "张" not in str(told.value)
    assert "d5c5" not in str(told.value).lower()
