"""How a window ended: the next start says so, and a report holds nothing of anybody."""

import json
from pathlib import Path

import pytest

from pos_client.config import Home
from pos_client.desk.fault_log import report_file
from pos_client.desk.window_runs import Crash, begin_run, crash_report, end_run
from pos_client.errors import EnvironmentProblem, Words
from tests.virtual import VirtualClock, fresh_home

NAME, NUMBER = "张建国", "439999197003030012"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return fresh_home(tmp_path)[0]


def _failure() -> Exception:
    try:
        try:
            int(NUMBER + NAME)
        except ValueError as error:
            raise KeyError(f"{NAME} {NUMBER}") from error
    except KeyError as failed:
        return failed
    raise AssertionError("it fails")


def test_a_window_that_ended_properly_leaves_nothing_to_say(home: Home) -> None:
    assert begin_run(home, VirtualClock()) is None
    end_run(home)
    assert begin_run(home, VirtualClock()) is None


def test_a_window_that_was_cut_off_is_told_of_at_the_next_start(home: Home) -> None:
    clock = VirtualClock()
    begin_run(home, clock)
    clock.advance(hours=1)
    left = begin_run(home, clock)
    assert left == Crash("2026-11-21 12:00:00", "")
    assert "可能断了电" in left.say("zh")
    assert "12:00:00" in left.say("en")


def test_a_window_that_failed_is_told_of_with_its_report(home: Home) -> None:
    clock = VirtualClock()
    begin_run(home, clock)
    clock.advance(minutes=5)
    told = crash_report(_failure(), home, clock)
    assert told.code == "X-BUG"
    assert str(report_file(home)) in told.sentence("zh")
    left = begin_run(home, clock)
    assert left == Crash("2026-11-21 12:05:00", str(report_file(home)))
    assert str(report_file(home)) in left.say("zh")
    end_run(home)
    assert begin_run(home, clock) is None


def test_a_report_holds_types_and_places_and_nothing_of_a_person(home: Home) -> None:
    crash_report(_failure(), home, VirtualClock())
    written = report_file(home).read_text(encoding="utf-8")
    assert NAME not in written
    assert NUMBER not in written
    record = json.loads(written)
    assert (record["code"], record["type"], record["caused_by"]["type"]) == ("X-BUG", "KeyError", "ValueError")
    assert any("_failure" in place for place in record["at_lines"])
    assert any("_failure" in place for place in record["caused_by"]["at_lines"])
    assert all("/" not in place for place in record["at_lines"]), "no folder of this machine"


def test_a_problem_that_was_foreseen_is_reported_by_its_code(home: Home) -> None:
    words = Words("T-1", "没有。", "Nothing.")
    crash_report(EnvironmentProblem(words, {"why": "x"}), home, VirtualClock())
    record = json.loads(report_file(home).read_text(encoding="utf-8"))
    assert {name: record[name] for name in ("code", "kind", "evidence")} == {
        "code": "T-1",
        "kind": "environment",
        "evidence": {"why": "x"},
    }


def test_a_disk_that_takes_no_report_stops_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.logs.write_text("in the way", encoding="utf-8")
    assert crash_report(_failure(), home, VirtualClock()).code == "X-BUG"


@pytest.mark.parametrize("damaged", ["", "[]", "{}"])
def test_a_mark_that_cannot_be_read_still_says_that_something_was_wrong(home: Home, damaged: str) -> None:
    begin_run(home, VirtualClock())
    (home.logs / "run.json").write_text(damaged, encoding="utf-8")
    left = begin_run(home, VirtualClock())
    assert left is not None
    assert left.report == ""


def test_what_the_interpreter_wrote_when_it_was_struck_down_is_the_report(home: Home) -> None:
    clock = VirtualClock()
    begin_run(home, clock)
    with home.fault_file.open("ab") as stream:
        stream.write(b"Fatal Python error: Segmentation fault\n")
    left = begin_run(home, clock)
    assert left is not None
    kept = home.logs / "fault.last.txt"
    assert left.report == str(kept)
    assert "Segmentation fault" in kept.read_text(encoding="utf-8")
    end_run(home)
    assert begin_run(home, clock) is None, "it is told once"
