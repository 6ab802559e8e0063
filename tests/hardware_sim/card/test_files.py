"""Reading records by identifier, by number and in bulk, with the record pointer of the standard."""

import pytest

from hardware_sim.card.files import CircularFile, Directory, RecordFile, RecordMode, short_id
from hardware_sim.card.status import Refusal

RECORDS = [bytes.fromhex(record) for record in ("2A01AA", "4001B1", "4001B2", "4001B3")]
FILE = RecordFile(0xEF15, RECORDS)
RING = CircularFile(0xEF16, 2, 3, [b"C3", b"B2", b"A1"])


def read(
    mode: RecordMode, parameter: int, pointer: int | None = None, file: RecordFile | CircularFile = FILE
) -> tuple[str, int | None] | None:
    found = file.read(mode, parameter, pointer)
    return None if found is None else (found[0].hex().upper() if file is FILE else found[0].decode(), found[1])


def status_of_update(
    file: RecordFile | CircularFile, mode: RecordMode, parameter: int, record: str, pointer: int | None = None
) -> str:
    try:
        file.update(mode, parameter, pointer, bytes.fromhex(record))
    except Refusal as refusal:
        return f"{refusal.status:04X}"
    return "9000"


def contents(file: RecordFile | CircularFile) -> list[str]:
    return [record.hex().upper() for record in file.records]


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
    assert short_id(FILE) == 0x15


def test_a_tree_is_walked_from_its_root() -> None:
    leaf, other = Directory(0xDF01), Directory(0xDF02)
    tree = Directory(0x3F00, directories=(Directory(0xDDF1, directories=(leaf,)), other))
    assert [directory.file_id for directory in tree.walk()] == [0x3F00, 0xDDF1, 0xDF01, 0xDF02]
    assert [directory.file_id for directory in tree.path_to(leaf)] == [0x3F00, 0xDDF1, 0xDF01]
    assert tree.path_to(Directory(0xDF01)) == []


@pytest.mark.parametrize("mode", list(RecordMode))
def test_an_empty_file_has_no_record_in_any_mode(mode: RecordMode) -> None:
    assert RecordFile(0xEF05, []).read(mode, 1, None) is None


def test_the_newest_of_a_ring_is_its_first() -> None:
    assert read(RecordMode.NUMBER, 1, file=RING) == ("C3", None)
    assert read(RecordMode.FIRST, 0, file=RING) == ("C3", 0)
    assert read(RecordMode.LAST, 0, file=RING) == ("A1", 2)
    assert read(RecordMode.NEXT, 0, 0, file=RING) == ("B2", 1)
    assert read(RecordMode.FROM_NUMBER, 2, file=RING) == ("B2A1", None)
    assert read(RecordMode.NUMBER, 4, file=RING) is None


def test_the_records_of_a_ring_have_no_identifiers() -> None:
    assert read(RecordMode.FIRST, 0x43, file=RING) is None


def test_whole_records_are_given_as_far_as_one_answer_reaches() -> None:
    ring = CircularFile(0xEF08, 28, 30, [bytes((number,)) * 28 for number in range(30)])
    whole = ring.read(RecordMode.FROM_NUMBER, 1, None)
    assert whole is not None
    assert whole[0] == b"".join(ring.records[:9])


@pytest.mark.parametrize(
    ("mode", "parameter", "record", "after"),
    [
        (RecordMode.FIRST, 0x40, "4001C1", ["2A01AA", "4001C1", "4001B2", "4001B3"]),
        (RecordMode.LAST, 0x40, "4001C1", ["2A01AA", "4001B1", "4001B2", "4001C1"]),
        (RecordMode.NUMBER, 3, "4001C1", ["2A01AA", "4001B1", "4001C1", "4001B3"]),
        (RecordMode.NUMBER, 1, "2B01C1", ["2B01C1", "4001B1", "4001B2", "4001B3"]),
        (RecordMode.FIRST, 0x2B, "2B01C1", ["2A01AA", "4001B1", "4001B2", "4001B3", "2B01C1"]),
        (RecordMode.NUMBER, 5, "2B01C1", ["2A01AA", "4001B1", "4001B2", "4001B3", "2B01C1"]),
    ],
)
def test_a_record_is_written_over_or_appended(mode: RecordMode, parameter: int, record: str, after: list[str]) -> None:
    file = RecordFile(0xEF15, RECORDS, size=15)
    assert status_of_update(file, mode, parameter, record) == "9000"
    assert contents(file) == after


def test_the_current_record_is_written_over() -> None:
    file = RecordFile(0xEF15, RECORDS)
    assert status_of_update(file, RecordMode.NUMBER, 0, "4001C1", pointer=2) == "9000"
    assert contents(file) == ["2A01AA", "4001B1", "4001C1", "4001B3"]


@pytest.mark.parametrize(
    ("mode", "parameter", "record", "status"),
    [
        (RecordMode.FIRST, 0x40, "4002C1", "6A85"),
        (RecordMode.FIRST, 0x40, "40", "6A85"),
        (RecordMode.FIRST, 0x40, "4101C1", "6A85"),
        (RecordMode.FIRST, 0x40, "4002C1C1", "6A84"),
        (RecordMode.FIRST, 0x2B, "2B01C1", "6A84"),
        (RecordMode.NUMBER, 6, "2B01C1", "6A83"),
        (RecordMode.NUMBER, 0, "2B01C1", "6A83"),
        (RecordMode.FROM_NUMBER, 1, "2A01C1", "6A86"),
    ],
)
def test_what_does_not_fit_is_not_written(mode: RecordMode, parameter: int, record: str, status: str) -> None:
    file = RecordFile(0xEF15, RECORDS)
    assert status_of_update(file, mode, parameter, record) == status
    assert file.records == RECORDS


def test_all_records_of_a_fixed_file_have_one_length() -> None:
    file = RecordFile(0xEF19, [bytes.fromhex("7902AAAA")] * 4, record_length=4)
    assert status_of_update(file, RecordMode.NUMBER, 2, "7901BB") == "6A85"
    assert status_of_update(file, RecordMode.NUMBER, 2, "7902BBBB") == "9000"
    assert contents(file) == ["7902AAAA", "7902BBBB", "7902AAAA", "7902AAAA"]


@pytest.mark.parametrize(("mode", "parameter"), [(RecordMode.PREVIOUS, 0), (RecordMode.NUMBER, 1)])
def test_a_full_ring_drops_its_oldest_record(mode: RecordMode, parameter: int) -> None:
    ring = CircularFile(0xEF16, 2, 3, [b"C3", b"B2", b"A1"])
    assert status_of_update(ring, mode, parameter, b"D4".hex()) == "9000"
    assert ring.records == [b"D4", b"C3", b"B2"]


@pytest.mark.parametrize(
    ("mode", "parameter", "record", "status"),
    [
        (RecordMode.PREVIOUS, 0, "00", "6700"),
        (RecordMode.FIRST, 0, "0000", "6981"),
        (RecordMode.NUMBER, 2, "0000", "6981"),
    ],
)
def test_a_ring_is_only_appended_to(mode: RecordMode, parameter: int, record: str, status: str) -> None:
    ring = CircularFile(0xEF16, 2, 3, [b"C3"])
    assert status_of_update(ring, mode, parameter, record) == status
    assert ring.records == [b"C3"]
