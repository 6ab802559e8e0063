"""Plays stories and takes their pictures, each in every size that is asked for."""

import gc
import hashlib
import sys
import traceback
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos_client.phrase import Language
from pos_client.ui import theme
from pos_client.ui.app import make_application
from rehearsal.scenes.stage import Stage, staged
from rehearsal.scenes.story import Shown, Still, Story

_AFTER_RESIZE_MS = 40


@dataclass(frozen=True, slots=True)
class Shooting:
    """What one play is for: language, colours, scale, and a folder for each size of the window."""

    language: Language
    theme: str
    folders: dict[tuple[int, int], Path]
    """Logical sizes of the window."""
    stills: Path | None
    """Pictures besides the window lie in ``<stills>-<kind>``; None: they are not taken."""


class NotPlayed(Exception):
    """A story did not show what it is to show."""


def shoot(stories: Sequence[Story], wanted: Collection[str], shooting: Shooting) -> list[str]:
    """Plays those stories that have a wanted scene; what went wrong is given back in words, story by story.

    An empty ``wanted`` is everything.
    """
    app = make_application(shooting.language, shooting.theme)
    app.setCursorFlashTime(0)
    gc.disable()  # what is Qt's must be let go in the thread of Qt, not wherever Python happens to collect
    trouble: list[str] = []
    album = Album()
    for one in stories:
        if not wanted or set(one.scenes) & set(wanted):
            try:
                _play(one, wanted or one.scenes, shooting, album)
            except Exception as error:  # noqa: BLE001 (one story that fails spoils no other; all are told at the end)
                trouble.append(f"{'/'.join(one.scenes[:1])}…: {type(error).__name__}: {error}")
                print(trouble[-1], file=sys.stderr, flush=True)
                traceback.print_exception(error)
            gc.collect()
    return trouble


class Album:
    """What was taken: no scene may look like another, else the keys of a story did nothing."""

    def __init__(self) -> None:
        self._seen: dict[bytes, str] = {}

    def add(self, name: str, picture: QImage) -> None:
        """Notes a picture.

        Raises:
            NotPlayed: another scene has the same.
        """
        same = self._seen.setdefault(hashlib.sha256(picture.constBits()).digest(), name)
        if same != name:
            raise NotPlayed(f"{name} looks exactly like {same}")


def _play(story: Story, wanted: Collection[str], shooting: Shooting, album: Album) -> None:
    first = next(iter(shooting.folders))
    left = list(story.scenes)
    theme.use(shooting.theme)  # the story before may have chosen other colours
    with staged(shooting.language, shooting.theme, first, edition=story.edition) as stage:
        for shown in story.play(stage):
            name = shown.name if isinstance(shown, Still) else shown
            if not left or name != left.pop(0):
                raise NotPlayed(f"{name} comes where {story.scenes} are announced")
            if name in wanted:
                _take(shown, stage, shooting, album)
            if not set(left) & set(wanted):
                return
    raise NotPlayed(f"{left} never came")


def _take(shown: Shown, stage: Stage, shooting: Shooting, album: Album) -> None:
    if isinstance(shown, Still):
        if shooting.stills is not None:
            folder = shooting.stills.with_name(f"{shooting.stills.name}-{shown.kind}")
            album.add(shown.name, _save(shown.image, folder / f"{shown.name}.png"))
        return
    window = stage.program.window
    first = next(iter(shooting.folders))
    for size, folder in shooting.folders.items():
        window.resize(*size)
        QTest.qWait(_AFTER_RESIZE_MS)
        album.add(shown, _save(window, folder / f"{shown}.png"))
    if len(shooting.folders) > 1:
        window.resize(*first)
        QApplication.processEvents()


def _save(shown: QImage | QWidget, file: Path) -> QImage:
    file.parent.mkdir(parents=True, exist_ok=True)
    picture = (
        shown if isinstance(shown, QImage) else shown.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    )
    if not picture.save(str(file)):
        raise NotPlayed(f"{file} cannot be written")
    return picture
