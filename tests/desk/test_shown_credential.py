"""By its form alone: identity number, part of one, or voucher."""

import pytest

from pos_client.desk.citizen_number import check_character
from pos_client.desk.shown_credential import Shape, Shown, is_voucher_scan, recognised

SEVENTEEN = "43990019700101001"
NUMBER = SEVENTEEN + check_character(SEVENTEEN)
WRONG = SEVENTEEN + ("0" if NUMBER[17] != "0" else "1")


@pytest.mark.parametrize(
    ("typed", "shape", "missing"),
    [
        ("", Shape.NOTHING, 0),
        ("  ", Shape.NOTHING, 0),
        ("4", Shape.NUMBER_SO_FAR, 17),
        (SEVENTEEN, Shape.NUMBER_SO_FAR, 1),
        (NUMBER, Shape.NUMBER, 0),
        (f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}", Shape.NUMBER, 0),
        (WRONG, Shape.NUMBER_WRONG, 0),
        ("0" * 17 + "x", Shape.NUMBER_WRONG, 0),
        ("1" * 19, Shape.VOUCHER, 0),
        ("1" * 28, Shape.VOUCHER, 0),
        ("A12", Shape.VOUCHER, 0),
        ("12X", Shape.VOUCHER, 0),
        ("张建国", Shape.VOUCHER, 0),
    ],
)
def test_what_is_shown_is_known_by_its_form(typed: str, shape: Shape, missing: int) -> None:
    assert recognised(typed) == Shown(shape, missing)


def test_full_width_figures_are_figures() -> None:
    wide = "".join(chr(ord(one) + 0xFEE0) for one in NUMBER)
    assert recognised(wide) == Shown(Shape.NUMBER)


@pytest.mark.parametrize(
    ("scanned", "is_voucher"),
    [
        ("2812345678901234567890123456", True),
        (" 2812345678901234567890123456\r", True),
        ("A" * 21, True),
        ("81234567890123456789", False),  # a traceability code
        ("6901234567892", False),
        ("YD0001", False),
        ("", False),
        ("https://example.org/a-page-of-instructions", False),
        ("维生素片维生素片维生素片维生素片维生素片维生素片", False),
    ],
)
def test_beside_goods_only_what_is_longer_than_their_codes_is_a_voucher(scanned: str, is_voucher: bool) -> None:
    assert is_voucher_scan(scanned) is is_voucher
