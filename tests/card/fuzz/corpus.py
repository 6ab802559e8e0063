"""The kept cases: text files in ``corpus/``, one case a line, replayed for ever.

What stands behind ``  # `` is said about a case; a line that begins with ``#`` is said about those below it. A case
that ever failed is kept with what was wrong.
"""

from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).with_name("corpus")
_SAID: Final = "  # "


def cases(kind: str) -> dict[str, str]:
    """All cases of one kind without what is said about them, by file and line.

    ``kind``: how the names of its files begin.
    """
    return {
        f"{file.name}:{number}": case
        for file in sorted(_FOLDER.glob(f"{kind}*.txt"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if (case := line.partition(_SAID)[0].rstrip()) and not line.startswith("#")
    }
