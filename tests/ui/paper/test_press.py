"""Slips on pictures and in PDF files."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from pos_client.desk.slip import masked
from pos_client.errors import EnvironmentProblem
from pos_client.ui.paper import press
from pos_client.ui.paper.slip_sheet import sheet_of
from tests.ui.paper.slips import ORDINARY, TOO_LONG


def black_rows(image: QImage) -> Iterator[int]:
    for y in range(image.height()):
        if any(image.pixelColor(x, y).lightness() == 0 for x in range(image.width())):
            yield y


def test_a_picture_is_paper_wide_and_knows_black_and_white_alone(qapp: QApplication) -> None:
    image = press.to_image(ORDINARY)
    assert (image.width(), image.height()) == (640, sheet_of(ORDINARY).height)
    assert image.format() == QImage.Format.Format_Mono
    shades = {image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(0, image.height(), 7)}
    assert shades == {0, 255}


def test_the_margins_of_the_paper_stay_white(qapp: QApplication) -> None:
    image = press.to_image(TOO_LONG)
    margins = (*range(31), *range(610, 640))
    assert all(image.pixelColor(x, y).lightness() == 255 for x in margins for y in range(0, image.height(), 3))


def test_the_band_is_black_with_white_letters(qapp: QApplication) -> None:
    image = press.to_image(ORDINARY)
    across = [image.pixelColor(x, 46).lightness() for x in range(32, 608)]
    assert across[0] == across[-1] == 0
    assert 255 in across


def test_the_last_line_to_sign_on_stands_on_the_paper(qapp: QApplication) -> None:
    image = press.to_image(ORDINARY)
    assert image.height() - max(black_rows(image)) == 49


def test_a_pdf_has_a_page_for_each_slip_as_long_as_the_slip(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "two.pdf"
    press.to_pdf([ORDINARY, TOO_LONG], file)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", file.read_bytes())
    wanted = [sheet_of(slip).height / 203 * 72 for slip in (ORDINARY, TOO_LONG)]
    assert [float(wide) for wide, _ in boxes] == pytest.approx([80 / 25.4 * 72] * 2, abs=1)
    assert [float(high) for _, high in boxes] == pytest.approx(wanted, abs=1)
    assert list(tmp_path.iterdir()) == [file]


def test_what_stays_in_the_folder_of_slips_is_masked(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []

    def remembered(slips: object, file: Path) -> None:
        drawn.append((slips, file))

    monkeypatch.setattr(press, "to_pdf", remembered)
    assert press.keep_pdf(ORDINARY, tmp_path) == tmp_path / "03-000087.pdf"
    assert drawn == [([masked(ORDINARY)], tmp_path / "03-000087.pdf")]


def test_a_folder_that_is_not_there_is_told(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        press.to_pdf([ORDINARY], tmp_path / "nowhere" / "slip.pdf")
    assert caught.value.code == "P-FILE"


def test_a_plain_command_without_a_screen_draws_too(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tests.ui.paper.slips import ORDINARY; "
        "from pos_client.ui.paper.press import to_image, to_pdf; "
        "to_pdf([ORDINARY], Path(sys.argv[1])); print(to_image(ORDINARY).height())"
    )
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "slip.pdf")],
        env=bare,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) > 1000
    assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF")
