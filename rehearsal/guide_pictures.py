"""How the pictures of the guide become small."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

_COLOURS: Final = 256


def shrink(folder: Path, languages: Sequence[str], size: str) -> None:
    """Moves the pictures from ``zh-1366x768`` and the like to ``zh``, with as few colours as a palette holds."""
    for language in languages:
        goal = folder / language
        goal.mkdir(exist_ok=True)
        for kind in (size, "paper", "panel"):
            taken = folder / f"{language}-{kind}"
            for file in taken.glob("*.png"):
                _with_palette(QImage(str(file))).save(str(goal / file.name), quality=0)
                file.unlink()
            if taken.exists():
                taken.rmdir()


def _with_palette(picture: QImage) -> QImage:
    """The same picture in its most frequent colours: what is left out are shades at the edges of letters."""
    whole = picture.convertToFormat(QImage.Format.Format_RGB32)
    seen = Counter(memoryview(whole.constBits()).cast("B").cast("I"))
    table = [colour for colour, _ in seen.most_common(_COLOURS)]
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return whole.convertToFormat(QImage.Format.Format_Indexed8, table, flags)
