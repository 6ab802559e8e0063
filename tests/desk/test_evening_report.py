"""The page that an evening leaves."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos_client.config import Home
from pos_client.desk.backups import EscrowStanding, Made
from pos_client.desk.compare_days import DayCompared, GroupCompared, Standing
from pos_client.desk.evening import Evening, StillOpen
from pos_client.desk.evening_report import report_text, write_report
from pos_client.errors import EXIT_ENVIRONMENT, EXIT_REFUSED, EXIT_UNKNOWN, EnvironmentProblem, Refused
from pos_client.offline.backup import BACKUP_FAILED, Backup
from pos_client.offline.backup_file import Proof
from pos_client.offline.day_totals import Group, Sums
from pos_client.offline.journal import Kind, Message, State
from pos_client.offline.tasks import Task, TaskKind
from pos_client.phrase import LANGUAGES, Language
from pos_client.sync.attempts import Attempt, Result
from pos_client.sync.totals import TotalsAnswer
from pos_client.sync.words import NO_INSURANCE
from tests.virtual import NOON

TODAY = date(2026, 11, 21)
HEAD = "ab" * 32
PHARMACY = Group("310", "41", "439900")
SUMS = Sums(123_456, 100_000, 20_000, 3_456, 7)


def _message(state: State = State.UNKNOWN) -> Message:
    return Message(
        id="01-000007",
        message_id="P43999900001202611211200000100",
        transaction="2102",
        kind=Kind.SETTLE,
        about=None,
        person_no="43990000000000000000000001",
        amount_fen=1260,
        business_date="2026-11-21",
        created_at=NOON,
        operator="01",
        request='{"psn_name": "张建国"}',
        visit=None,
        own_number="",
        skew_ms=0,
        state=state,
    )


def _made(escrow: EscrowStanding | None) -> Made:
    proof = Proof(NOON, "training/P/1", {"message": 42}, 9, HEAD, 1_234_567)
    return Made(Backup(Path("books-20261121-120000.db"), NOON, 1_234_567), proof, 0, escrow)


QUIET = Evening(
    day=TODAY,
    at=NOON,
    resolved=(),
    still_open=(),
    days=(DayCompared(TODAY, Standing.AGREED, (GroupCompared(PHARMACY, SUMS, TotalsAnswer(True, "总账平")),), (1,)),),
    tasks=(),
    made=_made(EscrowStanding(NOON - timedelta(days=30), fits=True)),
    restored_at=None,
    cleared=False,
    audit_rows=9,
    audit_head=HEAD,
    problems=(),
)
TASK = Task(3, NOON, TaskKind.TOTALS_DIFFER, "2026-11-20 310/41/439900", {})
BACKUP = EnvironmentProblem(BACKUP_FAILED, why="No space left on device", folder="backups")


def test_a_quiet_evening_says_so_first_and_shows_its_figures() -> None:
    text = report_text(QUIET, "zh")
    lines = text.splitlines()
    assert lines[0] == "晚间报告 2026-11-21（12:00:00 生成）"
    assert lines[1] == "结论：账都平，没有待办。"
    assert "2026-11-21  平" in text
    assert "7 笔 合计 1,234.56 基金 1,000.00 账户 200.00 现金 34.56 总账平" in text
    assert "42 条报文" in text
    assert "2026-10-22 存进保险柜" in text
    assert text.endswith(f"审计链 第 9 行 {HEAD}\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_open_is_named_with_since_when(language: Language) -> None:
    evening = replace(
        QUIET,
        resolved=tuple(Attempt(_message(State.OK), result, "", None) for result in list(Result)[:7]),
        still_open=(
            *(StillOpen(replace(_message(), kind=kind), "HTTP 504") for kind in Kind),
            StillOpen(_message(State.QUEUED), ""),
        ),
        days=(
            DayCompared(TODAY - timedelta(days=2), Standing.AGREED, (GroupCompared(PHARMACY, SUMS, None),), (1,)),
            DayCompared(TODAY - timedelta(days=1), Standing.MISSING, (), (1,)),
            DayCompared(
                TODAY, Standing.DIFFERS, (GroupCompared(PHARMACY, Sums(), TotalsAnswer(False, "中心多一笔")),), (1,)
            ),
        ),
        tasks=tuple(replace(TASK, kind=kind) for kind in TaskKind),
        problems=(BACKUP,),
        made=None,
    )
    text = report_text(evening, language)
    for said in ("01-000007", "11-21 12:00", "HTTP 504", "QUEUED", "中心多一笔", "2026-11-20", "D-BACKUP"):
        assert said in text
    assert "2026-11-19" not in text, "an earlier day that is agreed needs no line"
    assert "{" not in text
    assert "张建国" not in text
    assert "43990000000000000000000001" not in text


@pytest.mark.parametrize(
    ("escrow", "said"),
    [(None, "还没有副本"), (EscrowStanding(NOON, fits=False), "不是打开备份的那一把")],
)
def test_a_key_without_its_copy_is_said_every_evening(escrow: EscrowStanding | None, said: str) -> None:
    assert said in report_text(replace(QUIET, made=_made(escrow)), "zh")


@pytest.mark.parametrize(("cleared", "said"), [(True, "可以收费"), (False, "不能收费")])
def test_a_restored_store_is_the_first_thing_said(cleared: bool, said: str) -> None:
    text = report_text(replace(QUIET, restored_at=NOON - timedelta(days=1), cleared=cleared), "zh")
    assert "2026-11-20 12:00" in text.splitlines()[2]
    assert said in text.splitlines()[2]


@pytest.mark.parametrize(
    ("evening", "code"),
    [
        (QUIET, 0),
        (replace(QUIET, made=None), 0),
        (replace(QUIET, made=_made(None)), 0),
        (replace(QUIET, still_open=(StillOpen(_message(State.INTENT), ""),)), 0),
        (replace(QUIET, tasks=(TASK,)), EXIT_REFUSED),
        (replace(QUIET, days=(DayCompared(TODAY, Standing.MISSING),)), EXIT_REFUSED),
        (replace(QUIET, made=_made(EscrowStanding(NOON, fits=False))), EXIT_REFUSED),
        (replace(QUIET, problems=(Refused(NO_INSURANCE, scheme="310"),)), EXIT_REFUSED),
        (replace(QUIET, problems=(BACKUP,), tasks=(TASK,)), EXIT_ENVIRONMENT),
        (replace(QUIET, still_open=(StillOpen(_message(), ""),), problems=(BACKUP,)), EXIT_UNKNOWN),
        (replace(QUIET, still_open=(StillOpen(_message(State.QUEUED), ""),)), EXIT_UNKNOWN),
    ],
)
def test_the_exit_code_tells_the_worst(evening: Evening, code: int) -> None:
    assert evening.exit_code == code
    assert ("账都平" in report_text(evening, "zh")) == (code == 0)


def test_the_page_is_kept_by_its_date_and_replaced_whole(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for evening in (replace(QUIET, tasks=(TASK,)), QUIET):
        write_report(home, evening, "zh")
    assert (home.reports / "2026-11-21.txt").read_text(encoding="utf-8") == report_text(QUIET, "zh")
    assert len(list(home.reports.iterdir())) == 1


def test_a_page_that_cannot_be_kept_is_said_so(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.reports.write_text("in the way")
    with pytest.raises(EnvironmentProblem) as caught:
        write_report(home, QUIET, "zh")
    assert caught.value.code == "D-REPORT"
