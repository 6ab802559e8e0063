"""Reading records by identifier, by number and in bulk, with the record pointer of the standard."""

import pytest

from hardware_sim.card.files import Directory, RecordFile, RecordMode

FILE = RecordFile(0xEF15, [bytes.fromhex(record) for record in ("2A01AA", "4001B1", "4001B2", "4001B3")])


def read(mode: RecordMode, parameter: int, pointer: int | None = None) -> tuple[str, int | None] | None:
    found = FILE.read(mode, parameter, pointer)
    return None if found is None else (found[0].hex().upper(), found[1])


def test_by_identifier_first_and_last() -> None:
    assert read(RecordMode.FIRST, 0x40) == ("4001B1", 1)
    assert read(RecordMode.LAST, 0x40) == ("4001B3", 3)
    assert read(RecordMode.FIRST, 0x41) is None


def test_next_and_previous_go_on_from_the_pointer() -> None:
    assert read(RecordMode.NEXT, 0x40, 1) == ("4001B2", 2)
    assert read(RecordMode.PREVIOUS, 0x40, 3) == ("4001B2", 2)
    assert read(RecordMode.NEXT, 0x40, 3) is None
    assert read(RecordMode.PREVIOUS, 0x40, 1) is None


def test_without_a_pointer_next_is_the_first_and_previous_the_last() -> None:
    assert read(RecordMode.NEXT, 0x40) == ("4001B1", 1)
    assert read(RecordMode.PREVIOUS, 0x40) == ("4001B3", 3)


def test_identifier_zero_means_any() -> None:
    assert read(RecordMode.FIRST, 0) == ("2A01AA", 0)
    assert read(RecordMode.NEXT, 0, 0) == ("4001B1", 1)


def test_a_number_does_not_move_the_pointer() -> None:
    assert read(RecordMode.NUMBER, 3, 0) == ("4001B2", 0)
    assert read(RecordMode.NUMBER, 5, 0) is None


def test_number_zero_is_the_current_record() -> None:
    assert read(RecordMode.NUMBER, 0, 2) == ("4001B2", 2)
    assert read(RecordMode.NUMBER, 0) is None


def test_in_bulk_forward_and_backward() -> None:
    assert read(RecordMode.FROM_NUMBER, 3) == ("4001B24001B3", None)
    assert read(RecordMode.TO_NUMBER, 3) == ("4001B34001B2", None)


def test_the_short_identifier_is_the_low_five_bits() -> None:
    assert FILE.short_id == 0x15


def test_a_tree_is_walked_from_its_root() -> None:
    leaf, other = Directory(0xDF01), Directory(0xDF02)
    tree = Directory(0x3F00, directories=(Directory(0xDDF1, directories=(leaf,)), other))
    assert [directory.file_id for directory in tree.walk()] == [0x3F00, 0xDDF1, 0xDF01, 0xDF02]


@pytest.mark.parametrize("mode", list(RecordMode))
def test_an_empty_file_has_no_record_in_any_mode(mode: RecordMode) -> None:
    assert RecordFile(0xEF05, []).read(mode, 1, None) is None
