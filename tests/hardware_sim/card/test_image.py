"""The bytes of a card, held against the examples of the standard."""

from dataclasses import replace
from datetime import date

import pytest

from hardware_sim import personas
from hardware_sim.card.image import card_issue_records, holder_records

EXAMPLE = replace(
    personas.load("zhang-jianguo").card,
    version="3.00",
    identification_code="519900D1560000050000000A1A2B3C4D",
    issued_on=date(2024, 6, 1),
    expires_on=date(2034, 6, 1),
    id_number="999999199001010016",
    name="张三",
    birthplace="999999",
    born_on=date(1990, 1, 1),
)


def test_the_card_issue_file_is_the_example() -> None:
    assert b"".join(card_issue_records(EXAMPLE)) == bytes.fromhex(
        "0110519900D1560000050000000A1A2B3C4D 020133 0304332E3030 040C915600000251990051990001"
        "050420240601 060420340601 0709413030303030303131"
    )


def test_the_holder_file_is_the_example() -> None:
    assert b"".join(holder_records(EXAMPLE)) == bytes.fromhex(
        "0812393939393939313939303031303130303136"
        "091ED5C5C8FD0000000000000000000000000000000000000000000000000000"
        "4E140000000000000000000000000000000000000000 0A0131 0B0101 0C03999999 0D0419900101"
    )


@pytest.mark.parametrize(("version", "length"), [("1.00", 0x45), ("2.00", 0x5B), ("3.00", 0x5B)])
def test_only_the_first_generation_has_no_extension_of_the_name(version: str, length: int) -> None:
    records = holder_records(replace(EXAMPLE, version=version))
    assert len(b"".join(records)) == length
    assert (0x4E in [record[0] for record in records]) == (version != "1.00")


def test_a_long_name_goes_on_in_the_extension() -> None:
    records = holder_records(replace(EXAMPLE, name="𬍛" * 8))
    assert records[1][2:] + records[2][2:] == ("𬍛" * 8).encode("gb18030").ljust(50, b"\0")


def test_a_name_that_does_not_fit_is_not_written() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        holder_records(replace(EXAMPLE, name="𬍛" * 13))


def test_a_date_that_is_not_set_is_written_as_such() -> None:
    assert card_issue_records(replace(EXAMPLE, expires_on=None))[5].hex().upper() == "0604FFFFFFFF"
