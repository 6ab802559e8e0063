"""Keeps what IT needs to know of a failure, and nothing of a person: codes, evidence, places in the program.

Values never go into a report: a traceback is reduced to files, lines and functions, an exception to its type, because
its text may quote what was read from a card.
"""

import json
import os
import platform
import traceback
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pos_client.config import Home
from pos_client.errors import OurBug, Problem, Words
from pos_client.runtime import Clock, shanghai

LARGEST_LOG_BYTES = 5_000_000

UNEXPECTED = Words(
    "X-BUG",
    "程序出了错（{what}），这一步没有做完，已写下的账都在。请叫信息科，并附上 {report}。",
    "The program failed ({what}) and did not finish this step; what was written is kept. Call IT and show them "
    "{report}.",
)


def report_file(home: Home) -> Path:
    """Where failures of a home are written, one a line."""
    return home.logs / "problems.jsonl"


def write_report(error: BaseException, home: Home, clock: Clock) -> Path:
    """Adds one line to the home's report and says where it lies; a home that is not there is not made for it.

    Raises:
        OSError: it cannot be written.
    """
    file = report_file(home)
    if home.folder.is_dir():
        file.parent.mkdir(exist_ok=True)
        _start_anew_when_large(file)
        at = shanghai(clock.now_utc()).isoformat(timespec="milliseconds")
        with file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps({"at": at, **_told(error)}, ensure_ascii=False, default=str) + "\n")
    return file


def unexpected(error: BaseException, report: Path) -> OurBug:
    """What a clerk is told of a failure that nobody foresaw."""
    return OurBug(UNEXPECTED, what=type(error).__name__, report=report)


def _told(error: BaseException) -> dict[str, object]:
    if isinstance(error, Problem) and error.kind != "bug":
        return {"code": error.code, "kind": error.kind, "evidence": dict(error.evidence)}
    told: dict[str, object] = {"code": "X-BUG", "kind": "bug", "type": type(error).__name__}
    if isinstance(error, Problem):
        told = {"code": error.code, "kind": error.kind, "evidence": dict(error.evidence)}
    told["at_lines"] = _places(error)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        told["caused_by"] = {"type": type(cause).__name__, "at_lines": _places(cause)}
    return told | {"program": _version(), "system": f"{platform.system()} {platform.machine()}"}


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]


def _version() -> str:
    try:
        return version("pos-client")
    except PackageNotFoundError:  # run from a folder that was not installed
        return "unknown"


def _start_anew_when_large(file: Path) -> None:
    if file.exists() and file.stat().st_size > LARGEST_LOG_BYTES:
        os.replace(file, file.with_suffix(".old.jsonl"))
