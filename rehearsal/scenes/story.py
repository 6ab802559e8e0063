"""A story: keys pressed at the stage, and the names of the scenes that they lead to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from hardware_sim.front_end.region import Edition
from rehearsal.scenes.stage import Stage


@dataclass(frozen=True, slots=True)
class Still:
    """A picture besides the window: a paper, or a window of the simulator. ``kind`` names the folder of its like."""

    name: str
    kind: str
    image: QImage | QWidget


#: The name of what the window shows now, or another picture.
Shown = str | Still
Play = Callable[[Stage], Iterator[Shown]]


@dataclass(frozen=True, slots=True)
class Story:
    """``scenes`` are the names that ``play`` yields, in its order."""

    scenes: tuple[str, ...]
    play: Play
    edition: Edition


def story(*scenes: str, edition: Edition = "base") -> Callable[[Play], Story]:
    """Makes a story of what is decorated; its scenes are named beforehand, so that one can ask for some of them."""

    def told(play: Play) -> Story:
        return Story(scenes, play, edition)

    return told
