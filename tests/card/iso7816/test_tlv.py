"""Records are strict, the template of SELECT is lenient."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.card.iso7816.tlv import FileControl, Malformed, file_control, only_record, records

NAME = bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF")


def test_records_follow_one_another() -> None:
    assert records(bytes.fromhex("0102AABB030133")) == {0x01: b"\xaa\xbb", 0x03: b"3"}
    assert records(b"") == {}


@pytest.mark.parametrize("damaged", ["01", "0102AA", "0101AA02", "0101AA0101BB"])
def test_records_that_are_cut_short_or_double_are_refused(damaged: str) -> None:
    with pytest.raises(Malformed):
        records(bytes.fromhex(damaged))


@given(st.dictionaries(st.integers(0, 255), st.binary(max_size=255), max_size=6))
def test_what_was_written_as_records_is_read_as_records(written: dict[int, bytes]) -> None:
    data = b"".join(bytes((tag, len(value))) + value for tag, value in written.items())
    assert records(data) == written


@given(st.binary(max_size=120))
def test_any_bytes_are_either_records_or_malformed(data: bytes) -> None:
    try:
        found = records(data)
    except Malformed:
        return
    assert sum(len(value) + 2 for value in found.values()) == len(data)


def test_a_single_record_must_be_the_one_asked_for() -> None:
    assert only_record(bytes.fromhex("0A0131"), 0x0A) == b"1"
    for wrong in ("0B0131", "0A01310B0101", ""):
        with pytest.raises(Malformed):
            only_record(bytes.fromhex(wrong), 0x0A)


def test_the_template_of_a_third_generation_card() -> None:
    template = bytes.fromhex("6F1C840F7378312E73682EC9E7BBE1B1A3D5CFA50988011E9F0C03860103")
    assert file_control(template) == FileControl(NAME, 3)


def test_the_template_of_a_first_generation_card_says_only_its_name() -> None:
    assert file_control(bytes.fromhex("6F11840F") + NAME) == FileControl(NAME, None)


@given(st.binary(max_size=60))
def test_no_template_is_too_strange_to_be_read(data: bytes) -> None:
    assert isinstance(file_control(data), FileControl)
