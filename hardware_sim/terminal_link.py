"""The link that leads to a simulated device's pseudo-terminal, so that its name stays the same from start to start."""

import os
from pathlib import Path
from typing import Final

_TERMINALS: Final = "/dev/pts/"


def lead(link: Path, terminal: str) -> None:
    """Makes the link, in the place of one that a simulator left behind.

    Raises:
        OSError: it cannot be made, or something else stands there, such as the link to a real device.
    """
    if link.is_symlink() and (not link.exists() or _leads_to(link).startswith(_TERMINALS)):
        link.unlink()
    link.symlink_to(terminal)


def take_away(link: Path, terminal: str) -> None:
    """Takes the link away, unless another simulator has made it its own meanwhile."""
    if _leads_to(link) == terminal:
        link.unlink(missing_ok=True)


def _leads_to(link: Path) -> str:
    return os.readlink(link) if link.is_symlink() else ""
