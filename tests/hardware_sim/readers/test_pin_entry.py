"""What a PIN pad is told, and the commands that it builds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.readers import pin_entry
from hardware_sim.readers.pin_entry import Change, NotUnderstood, Verify

#: Packed decimal, no fixed block: the reader puts the length in.
EXACT_VERIFY = "00 1E 8100000C04 0201 0904 00 000000 00200000"
#: The example of our notes: a block of eight bytes, filled up with F.
FIXED_VERIFY = "00 1E 8108000804 0201 0904 00 000000 0020000008 FFFFFFFFFFFFFFFF"
EXACT_CHANGE = "01 1E 8100000001 0C04 0302 03 0904 000102 000000 805E010001FF"
FIXED_CHANGE = "01 1E 8103000004 0606 0302 03 0904 000102 000000 805E010007 FFFFFF FF FFFFFF"


def verify(written: str) -> Verify:
    entry = pin_entry.read(bytes.fromhex(written))
    assert isinstance(entry, Verify)
    return entry


def change(written: str) -> Change:
    entry = pin_entry.read(bytes.fromhex(written))
    assert isinstance(entry, Change)
    return entry


def test_a_verification_says_how_many_digits_and_how_long() -> None:
    entry = verify(EXACT_VERIFY)
    assert (entry.fewest, entry.most, entry.timeout_s) == (4, 12, 30)


@pytest.mark.parametrize(
    ("digits", "command"), [("123456", "0020000003123456"), ("12345", "002000000312345F"), ("1234", "00200000021234")]
)
def test_the_length_follows_the_digits(digits: str, command: str) -> None:
    assert verify(EXACT_VERIFY).command(digits) == bytes.fromhex(command)


def test_a_fixed_block_is_filled_up() -> None:
    assert verify(FIXED_VERIFY).command("123456").hex().upper() == "0020000008123456FFFFFFFFFF"


def test_text_digits() -> None:
    written = EXACT_VERIFY.replace("81", "82")
    assert verify(written).command("1234") == bytes.fromhex("0020000004") + b"1234"


def test_a_change_of_pins_of_any_length_puts_them_around_what_stands_between() -> None:
    entry = change(EXACT_CHANGE)
    assert (entry.asks_old, entry.asks_twice) == (True, True)
    assert entry.command("1234", "654321").hex().upper() == "805E0100061234FF654321"


def test_a_change_of_pins_of_one_length() -> None:
    assert change(FIXED_CHANGE).command("123456", "654321").hex().upper() == "805E010007123456FF654321"


def test_a_first_pin_needs_no_old_one() -> None:
    entry = change(EXACT_CHANGE.replace("0302", "0102"))
    assert not entry.asks_old
    assert entry.command("", "1234").hex().upper() == "805E010003FF1234"


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("02", -1),
        ("", -1),
        ("00 1E81", 2),
        (EXACT_VERIFY.replace("0201", "0301"), 6),  # anything but "the key ends the entry"
        (EXACT_VERIFY.replace("0201", "0200"), 7),  # no message
        (EXACT_VERIFY.replace("81", "80"), 1),  # binary digits
        (EXACT_VERIFY.replace("81", "85"), 1),  # to the right
        (EXACT_VERIFY.replace("8100", "8140"), 2),  # the PIN's length somewhere in the command
        (EXACT_CHANGE.replace("0302", "0303"), 9),
        (EXACT_CHANGE.replace("0001 0C", "0100 0C"), 5),  # the new one before the old one
    ],
)
def test_what_this_pad_does_not_take_is_told_by_its_place(written: str, at: int) -> None:
    with pytest.raises(NotUnderstood) as told:
        pin_entry.read(bytes.fromhex(written))
    assert told.value.at == at


@given(st.binary(max_size=60))
def test_any_structure_is_understood_or_not(structure: bytes) -> None:
    try:
        entry = pin_entry.read(structure)
    except NotUnderstood:
        return
    made = entry.command("1234") if isinstance(entry, Verify) else entry.command("1234", "5678")
    assert made[4] == len(made) - 5
