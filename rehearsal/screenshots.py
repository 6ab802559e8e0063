"""Pictures of every page in every size and language: plays the stories of ``rehearsal.scenes``, a process a scale.

Qt takes its scale when it starts, so every language, scale and ground is a process of its own; two run side by side.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

#: Each size as it is asked for: pixels of the window, and the scale in percent.
SIZES: Final = {
    "1024x768": (1024, 768, 100),
    "1366x768": (1366, 768, 100),
    "1920x1080": (1920, 1080, 100),
    "200%": (1920, 1080, 200),
}
LANGUAGES: Final = ("zh", "en")
#: What is played on dark ground as well, where nothing else is asked for.
DARK: Final = ("empty", "tried", "unknown", "tasks", "refused", "discharge", "card-account")
#: The scenes that docs/guide shows.
GUIDE: Final = (
    "empty", "tender", "sold", "partly-paid", "identify-number", "consent-missing", "unknown", "refund-part-tried",
    "parked-bills", "stays", "discharge", "tasks", "first-start-summary", "card-account", "panel",
)  # fmt: skip
_GUIDE_SIZE: Final = "1366x768"
_SIDE_BY_SIDE: Final = 2


@dataclass(frozen=True, slots=True)
class Playing:
    """What one process plays."""

    language: str
    theme: str
    sizes: tuple[str, ...]
    scenes: tuple[str, ...] = ()

    @property
    def percent(self) -> int:
        """The scale of all of it."""
        return SIZES[self.sizes[0]][2]

    def folder(self, size: str) -> str:
        """Where the pictures of a size lie, such as ``zh-1366x768-dark``."""
        return f"{self.language}-{size.replace('%', '')}{'-dark' if self.theme == 'dark' else ''}"


def take(
    folder: Path, *, only: Sequence[str], sizes: Sequence[str], languages: Sequence[str], dark: bool, guide: bool
) -> int:
    """Takes the pictures and returns the exit code: 1 when a story did not come to its end, 2 for an unknown scene."""
    # The other commands of a rehearsal do without Qt, so it is loaded here.
    from rehearsal.guide_pictures import shrink
    from rehearsal.scenes.repertoire import SCENES

    unknown = sorted(set(only) - set(SCENES))
    if unknown:
        click.echo(f"没有这样的场景 / no such scene: {', '.join(unknown)}\n{', '.join(SCENES)}", err=True)
        return 2
    began = time.monotonic()
    if guide:
        playings = [Playing(language, "light", (_GUIDE_SIZE,), GUIDE) for language in languages]
    else:
        playings = _playings(only, sizes, languages, dark=dark)
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        codes = list(pool.map(lambda one: _play(one, folder), playings))
    if guide:
        shrink(folder, languages, _GUIDE_SIZE)
    pictures = len(list(folder.rglob("*.png")))
    click.echo(f"{pictures} 张图片 / pictures, {time.monotonic() - began:.0f} s: {folder}")
    return int(any(codes))


def _playings(only: Sequence[str], sizes: Sequence[str], languages: Sequence[str], *, dark: bool) -> list[Playing]:
    theme = "dark" if dark else "light"
    at_100 = tuple(size for size in sizes if SIZES[size][2] == 100)
    at_200 = tuple(size for size in sizes if SIZES[size][2] == 200)
    playings = [
        Playing(language, theme, some, tuple(only)) for some in (at_100, at_200) if some for language in languages
    ]
    if not dark and not only and at_100:
        playings.append(Playing(languages[0], "dark", at_100[:2][-1:], DARK))
    return playings


def _play(playing: Playing, folder: Path) -> int:
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": f"{playing.percent / 100:g}",
        "POS_CLIENT_LANGUAGE": playing.language,
    }
    command = [sys.executable, "-m", "rehearsal.scenes", "--language", playing.language, "--theme", playing.theme]
    for size in playing.sizes:
        width, height, percent = SIZES[size]
        command += ["--size", f"{width * 100 // percent}x{height * 100 // percent}", str(folder / playing.folder(size))]
    command += ["--stills", str(folder / playing.language) if playing.percent == 100 else ""]
    return subprocess.run([*command, *playing.scenes], env=environment, check=False).returncode
