"""The vectors: bills with the split that paper arithmetic gives."""

import json
from pathlib import Path
from typing import Any, Final

_FOLDER = Path(__file__).parent / "vectors"


def _read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines()]


#: The 346 of the reference, and those written to reach the figures that none of them meets.
HAND: Final = _read("hand.jsonl")
MORE: Final = _read("more.jsonl")
VECTORS: Final = HAND + MORE
