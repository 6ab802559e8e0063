"""Keeps what IT needs to know of a failure, and nothing of a person: codes, evidence, places in the program.

Values never go into a report: a traceback is reduced to files, lines and functions, an exception to its type, because
its text may quote what was read from a card.
"""

import json
import os
import traceback
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import click

from pos_client.config import find_home
from pos_client.errors import Problem
from pos_client.runtime import SHANGHAI, SystemClock

LARGEST_LOG_BYTES = 5_000_000


def write_report(error: Exception, arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Adds one line to the home's ``logs/problems.jsonl`` and says where; a log that fails stops nothing."""
    home = find_home(_option(arguments, "--home"), environment)
    file = home.folder / "logs" / "problems.jsonl"
    if not home.folder.is_dir():
        return str(file)
    try:
        file.parent.mkdir(exist_ok=True)
        _start_anew_when_large(file)
        with file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(_record(error), ensure_ascii=False, default=str) + "\n")
    except OSError as unwritable:
        click.echo(f"({file}: {unwritable.strerror})", err=True)
    return str(file)


def _record(error: Exception) -> dict[str, object]:
    now: datetime = SystemClock().now_utc()
    record: dict[str, object] = {"at": now.astimezone(SHANGHAI).isoformat(timespec="milliseconds")}
    if isinstance(error, Problem):
        record |= {"code": error.code, "kind": error.kind, "evidence": dict(error.evidence)}
    else:
        record |= {"code": "X-BUG", "kind": "bug", "type": type(error).__name__}
    if not isinstance(error, Problem) or error.kind == "bug":
        frames = traceback.extract_tb(error.__traceback__)
        record["at_lines"] = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return record


def _start_anew_when_large(file: Path) -> None:
    if file.exists() and file.stat().st_size > LARGEST_LOG_BYTES:
        os.replace(file, file.with_suffix(".old.jsonl"))


def _option(arguments: Sequence[str], name: str) -> str | None:
    for number, argument in enumerate(arguments):
        if argument == name and number + 1 < len(arguments):
            return arguments[number + 1]
        if argument.startswith(name + "="):
            return argument.partition("=")[2]
    return None
