"""The pictures of the window: each scene is there, in its size, with something on it that no other scene has."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from rehearsal.scenes.repertoire import SCENES
from rehearsal.screenshots import DARK, GUIDE

#: A page has a ground, an ink and the shades at the edges of its letters; an empty one has none of these.
LEAST_COLOURS = 50


def take(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rehearsal", "screenshots", str(folder), *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


def colours_of(picture: QImage) -> int:
    whole = picture.convertToFormat(QImage.Format.Format_RGB32)
    return len(Counter(memoryview(whole.constBits()).cast("B").cast("I")))


def test_pictures_have_their_size_are_not_empty_and_differ_from_each_other(tmp_path: Path) -> None:
    wanted = ("empty", "tried", "sold", "slip")
    options = [part for name in wanted for part in ("--only", name)]
    done = take(tmp_path, *options, "--size", "1024x768", "--language", "zh")
    assert done.returncode == 0, done.stderr
    pictures = {file.stem: QImage(str(file)) for file in tmp_path.rglob("*.png")}
    assert sorted(pictures) == sorted(wanted)
    for name in ("empty", "tried", "sold"):
        assert (pictures[name].width(), pictures[name].height()) == (1024, 768)
        assert colours_of(pictures[name]) > LEAST_COLOURS
    for name, picture in pictures.items():
        assert all(picture != other for another, other in pictures.items() if another != name), name


def test_at_twice_the_scale_a_picture_has_as_many_pixels_as_the_screen(tmp_path: Path) -> None:
    done = take(tmp_path, "--only", "person", "--size", "200%", "--language", "en", "--dark")
    assert done.returncode == 0, done.stderr
    (file,) = tmp_path.rglob("*.png")
    assert file.parent.name == "en-200-dark"
    picture = QImage(str(file))
    assert (picture.width(), picture.height()) == (1920, 1080)
    assert picture.pixelColor(5, 1075).lightness() < 128


def test_a_scene_that_nobody_plays_is_named(tmp_path: Path) -> None:
    done = take(tmp_path, "--only", "holiday")
    assert done.returncode == 2
    assert "holiday" in done.stderr


def test_every_scene_has_one_name() -> None:
    assert [name for name, times in Counter(SCENES).items() if times > 1] == []


@pytest.mark.parametrize("some", [DARK, GUIDE])
def test_what_is_asked_for_by_name_is_played(some: tuple[str, ...]) -> None:
    assert set(some) <= set(SCENES)


def test_the_guide_shows_all_of_its_pictures_and_no_others() -> None:
    folder = Path("docs/guide")
    for language in ("zh", "en"):
        pages = [page.read_text(encoding="utf-8") for page in (folder / language).glob("*.md")]
        shown = {file for page in pages for file in re.findall(r"\(\.\./(pictures/[^)]+)\)", page)}
        assert shown == {f"pictures/{language}/{name}.png" for name in GUIDE}
        assert {str(file.relative_to(folder)) for file in (folder / "pictures" / language).iterdir()} == shown
