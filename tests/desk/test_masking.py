"""Enough to recognise, not enough to name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.desk.masking import masked_name, masked_number


@pytest.mark.parametrize(
    ("name", "masked"), [("张建国", "张**"), ("李四", "李*"), ("马𬍛䶮", "马**"), ("", ""), ("王", "王")]
)
def test_a_name_keeps_its_first_character(name: str, masked: str) -> None:
    assert masked_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [("439999197003030012", "4399**********0012"), ("A00000011", "A000*0011"), ("1234", "*234"), ("1", "*"), ("", "")],
)
def test_a_number_loses_its_middle(number: str, masked: str) -> None:
    assert masked_number(number) == masked


@given(st.text(alphabet="0123456789X", min_size=1, max_size=30))
def test_at_least_one_character_is_always_hidden(number: str) -> None:
    masked = masked_number(number)
    assert len(masked) == len(number)
    assert "*" in masked
