"""Files of charges as the window finds and shows them."""

import os
from pathlib import Path

import pytest

from pos_client.desk.charge_files import ChargeFile, file_view
from pos_client.desk.charge_import import read_charge_file
from pos_client.desk.station import Office
from tests.desk.wards import Bed, admit


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "clerk"
    (folder / "Downloads").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder))
    for number, name in enumerate(("b.csv", "费用.XLSX", "letter.pdf", "Downloads/三月.csv")):
        file = folder / name
        file.write_text("", encoding="utf-8")
        os.utime(file, (1_700_000_000 + number, 1_700_000_000 + number))
    return folder


def test_files_of_the_usual_folders_are_found_the_newest_first(office: Office, own_folder: Path) -> None:
    files = ChargeFile(office)
    assert [one.name for one in files.found("")] == ["三月.csv", "费用.XLSX", "b.csv"]
    assert [one.name for one in files.found("三")] == ["三月.csv"]
    assert files.found("letter") == ()
    assert files.found("")[0].path == str(own_folder / "Downloads" / "三月.csv")


def test_a_path_names_its_own_folder(office: Office, own_folder: Path) -> None:
    files = ChargeFile(office)
    assert [one.name for one in files.found(str(own_folder))] == ["费用.XLSX", "b.csv"]
    assert [one.name for one in files.found(f"{own_folder}/b")] == ["b.csv"]
    assert [one.name for one in files.found("~/Downloads")] == ["三月.csv"]
    assert files.found("/no/such/folder/x") == ()


def test_what_is_wrong_stands_first_and_what_asks_for_a_look_second(office: Office) -> None:
    bed: Bed = admit(office)
    rows = ("YD0001,{today},2,12.60,", "NONE,{today},1,1.00,", "YD0004,{today},1,18.00,", "YD0106,{today},1,18.00,")
    view = file_view(read_charge_file(office, bed.id, bed.file(*rows)), "zh")
    assert [(one.row, one.sign) for one in view.findings] == [(3, "stop"), (4, "look"), (5, "look"), (2, "")]
    assert view.findings[1].words == "单价与目录 17.90 不同"
    assert view.findings[2].words == "自费，未签知情同意（F7）"
    assert (view.wrong, view.right, view.new, view.unsigned, view.other_price) == (1, 3, 3, 1, 1)
    assert [(one.label, one.amount_fen) for one in view.sums] == [
        ("甲 1 行", 2_520),
        ("乙 1 行", 1_800),
        ("自费 1 行", 1_800),
        ("本次上传", 6_120),
    ]


def test_a_file_is_uploaded_with_its_progress_and_then_forgotten(office: Office) -> None:
    bed = admit(office)
    files = ChargeFile(office)
    path = bed.file(*(f"YD0014,{{today}},1,4.50,H{number:03d}" for number in range(120)))
    told: list[tuple[int, int]] = []
    assert files.read(bed.id, str(path)).new == 120
    assert files.upload(lambda done, of: told.append((done, of)), signed=False, only_right=False) == 120
    assert told == [(100, 120), (120, 120)]
    again = files.read(bed.id, str(path))
    assert (again.new, again.uploaded) == (0, 120)
    assert {one.sign for one in again.findings} == {"done"}
