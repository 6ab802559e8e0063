"""``python -m benchmarks.window_worker ours|bare``: one window in a process of its own; with the product's own Python.

It is told in lines of JSON on standard input, each ``{method: {argument: value}}`` of ``window_contestants``,
and answers each with what that gives back. While it is told nothing the window stands still.
"""

import json
import sys
from typing import Any

from benchmarks.window_contestants import CONTESTANTS


def main(name: str) -> None:
    """Does what it is told until the input ends."""
    window = CONTESTANTS[name]()
    for line in sys.stdin:
        told: dict[str, dict[str, Any]] = json.loads(line)
        for method, arguments in told.items():
            print(json.dumps(getattr(window, method)(**arguments)), flush=True)
    window.close()


if __name__ == "__main__":
    main(sys.argv[1])
