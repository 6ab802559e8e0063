"""Where the real programs of the tests write what they have to say."""

import os
from pathlib import Path

_BUILD = Path(__file__).parents[1] / "build"


def log_file(program: str) -> Path:
    """The log of a program below ``build``; each worker of a parallel run has its own."""
    _BUILD.mkdir(exist_ok=True)
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    return _BUILD / (f"{program}-{worker}.log" if worker else f"{program}.log")
