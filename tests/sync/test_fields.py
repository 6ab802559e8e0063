"""No malformed message leaves: the field tables are checked before sending."""

from decimal import Decimal
from pathlib import Path

import pytest

from pos_client.errors import OurBug
from pos_client.sync.fields import check_input, is_required, known_to
from pos_client.sync.region import Region, load_region

REVERSAL = {"psn_no": "1", "omsgid": "P" * 30, "oinfno": "2102"}


@pytest.fixture
def region(tmp_path: Path) -> Region:
    return load_region("training", tmp_path, "training")


def test_a_whole_message_passes(region: Region) -> None:
    check_input(region, "2601", {"data": REVERSAL})


@pytest.mark.parametrize(
    "data",
    [
        {"psn_no": "1", "omsgid": "P" * 30},
        REVERSAL | {"oinfno": ""},
        REVERSAL | {"oinfno": "21022"},
        REVERSAL | {"oinfno": 2102},
        REVERSAL | {"colour": "red"},
        "a text",
    ],
)
def test_a_malformed_message_is_our_bug(region: Region, data: object) -> None:
    with pytest.raises(OurBug) as caught:
        check_input(region, "2601", {"data": data})
    assert caught.value.code == "S-BUG"


def test_a_node_must_be_known(region: Region) -> None:
    with pytest.raises(OurBug):
        check_input(region, "2601", {"date": REVERSAL})


LINE = {
    "feedetl_sn": "1", "rx_circ_flag": "0", "fee_ocur_time": "2026-11-21 12:00:00", "med_list_codg": "X",
    "medins_list_codg": "Y", "det_item_fee_sumamt": Decimal("1.00"), "cnt": Decimal(1), "pric": Decimal("1.000001"),
}  # fmt: skip
HEAD = {
    "psn_no": "1", "mdtrt_cert_type": "03", "mdtrt_cert_no": "A", "card_sn": "B", "psn_cert_type": "01",
    "certno": "C", "psn_type": "11", "psn_name": "某", "begntime": "2026-11-21 12:00:00",
    "medfee_sumamt": Decimal("1.00"), "insutype": "310", "acct_used_flag": "0", "med_type": "41",
}  # fmt: skip


def test_every_row_of_a_list_is_checked(region: Region) -> None:
    check_input(region, "2101", {"druginfo": HEAD, "drugdetail": [LINE, LINE]})
    with pytest.raises(OurBug) as caught:
        check_input(region, "2101", {"druginfo": HEAD, "drugdetail": [LINE, LINE | {"cnt": Decimal("1.00001")}]})
    assert "drugdetail[1].cnt" in caught.value.sentence("en")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pric", Decimal("0.0000001")),
        ("pric", Decimal("10000000000")),
        ("det_item_fee_sumamt", Decimal("0.001")),
        ("det_item_fee_sumamt", "abc"),
        ("fee_ocur_time", "2026-11-21"),
        ("feedetl_sn", "one"),
        ("exp_content", "{}"),  # the base edition has no such field here
    ],
)
def test_types_lengths_and_editions_bind(region: Region, name: str, value: object) -> None:
    with pytest.raises(OurBug):
        check_input(region, "2101", {"druginfo": HEAD, "drugdetail": [LINE | {name: value}]})


def test_a_row_is_cut_to_what_its_edition_knows_but_nothing_wrong_is_hidden(tmp_path: Path) -> None:
    row = {"refd_setl_flag": "1", "fixmedins_refd_setl_flag": "1", "colour": "red"}
    base, hunan = (load_region(name, tmp_path, "training") for name in ("training", "training-hunan"))
    assert known_to(base, "3201", "data", row) == {"refd_setl_flag": "1", "colour": "red"}
    assert known_to(hunan, "3201", "data", row) == row
    assert [is_required(one, "2203", "mdtrtinfo", "dise_codg") for one in (base, hunan)] == [False, True]
