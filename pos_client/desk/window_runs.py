"""How the window of a desk ended the last time: cleanly, by a failure of its own, or without a word.

What the interpreter itself could still write when it was struck down (``faulthandler``) lies in ``Home.fault_file``,
which is opened to append before the window runs.

A mark lies in the home while a window runs. Only the holder of the desk's lock may write or read it: a second window
that is turned away knows nothing of how the first one ends.
"""

import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pos_client.config import Home, write_whole
from pos_client.desk.fault_log import report_file, unexpected, write_report
from pos_client.errors import OurBug
from pos_client.phrase import Language, Phrase
from pos_client.runtime import Clock, shanghai

FAILED = Phrase(
    "上次（{at}）意外退出，已写下的账都在。请把 {report} 交给信息科。",
    "The program failed the last time ({at}); what was written is kept. Give {report} to IT.",
)
CUT_OFF = Phrase(
    "上次（{at} 开始）意外退出，可能断了电；已写下的账都在。",
    "The last run (since {at}) did not end properly, perhaps by a power cut; what was written is kept.",
)


@dataclass(frozen=True, slots=True)
class Crash:
    """A run that did not end properly: since when, or when it failed; ``report`` is empty where it said nothing."""

    at: str
    report: str

    @property
    def words(self) -> Phrase:
        """What the clerk is told at the next start; ``at`` and ``report`` fill it."""
        return FAILED if self.report else CUT_OFF

    def say(self, language: Language) -> str:
        """The sentence in one language."""
        return self.words.say(language, at=self.at, report=self.report)


def begin_run(home: Home, clock: Clock) -> Crash | None:
    """Marks the beginning of a run, and says how the one before it ended when that was not properly.

    Raises:
        OSError: the mark cannot be written.
    """
    last = _struck_down(home, _left(home))
    _mark(home, Crash(_local(clock.now_utc()), ""))
    return last


def end_run(home: Home) -> None:
    """The window ends properly."""
    _file(home).unlink(missing_ok=True)


def crash_report(error: BaseException, home: Home, clock: Clock) -> OurBug:
    """Reports a failure without a word of anybody, and gives what the clerk is told; a full disk stops nothing."""
    report = report_file(home)
    with suppress(OSError):
        write_report(error, home, clock)
        _mark(home, Crash(_local(clock.now_utc()), str(report)))
    return unexpected(error, report)


def _struck_down(home: Home, last: Crash | None) -> Crash | None:
    """Lays aside what the interpreter wrote, so that the next fault stands alone; it is the better report."""
    file, kept = home.fault_file, home.logs / "fault.last.txt"
    if not file.exists() or not file.stat().st_size:
        return last
    at = _local(datetime.fromtimestamp(file.stat().st_mtime, UTC))
    shutil.copyfile(file, kept)
    os.truncate(file, 0)  # not moved: this run may have it open already
    return Crash(at, str(kept))


def _mark(home: Home, run: Crash) -> None:
    home.logs.mkdir(exist_ok=True)
    write_whole(_file(home), json.dumps({"at": run.at, "report": run.report}, ensure_ascii=False) + "\n")


def _left(home: Home) -> Crash | None:
    try:
        found = json.loads(_file(home).read_text(encoding="utf-8"))
        return Crash(str(found["at"]), str(found["report"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return Crash("?", "")


def _file(home: Home) -> Path:
    return home.logs / "run.json"


def _local(instant: datetime) -> str:
    return f"{shanghai(instant):%Y-%m-%d %H:%M:%S}"
