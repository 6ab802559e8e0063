"""The bureau's catalogue file."""

from decimal import Decimal
from pathlib import Path

import pytest

from hardware_sim.front_end.catalogue import MalformedCatalogue, read_catalogue, shipped_catalogue

HEADER = "national_code,name,kind,cls,pre_self_pay_percent,limit_price,essential\n"


def read(folder: Path, text: str) -> object:
    file = folder / "catalogue.csv"
    file.write_text(text, encoding="utf-8")
    return read_catalogue(file)


def test_the_shipped_catalogue_has_items_of_every_class() -> None:
    items = shipped_catalogue().values()
    assert {item.cls for item in items} == {"A", "B", "C"}
    assert any(item.limit_price is not None for item in items)
    assert all((item.pre_self_pay_percent is not None) == (item.cls == "B") for item in items)


def test_a_row_is_read_exactly(tmp_path: Path) -> None:
    items = read(tmp_path, HEADER + "X1,某药,drug,B,12.5,9.80,1\n")
    assert isinstance(items, dict)
    item = items["X1"]
    assert (item.pre_self_pay_percent, item.limit_price) == (Decimal("12.5"), Decimal("9.80"))
    assert item.essential


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("code,name\n", "columns"),
        (HEADER + "X1,某药,drug,D,,,0\n", "line 2: unknown class"),
        (HEADER + "X1,某药,potion,A,,,0\n", "line 2: unknown kind"),
        (HEADER + "X1,某药,drug,B,ten,,0\n", "line 2: not a number"),
        (HEADER + "X1,某药,drug,A,,,0\nX1,某药,drug,A,,,0\n", "line 3: X1 stands twice"),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(MalformedCatalogue, match=reason):
        read(tmp_path, text)
