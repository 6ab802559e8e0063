"""The log: newest first, bounded, no long number in it."""

from datetime import UTC, datetime

from pytestqt.qtbot import QtBot

from hardware_sim.panel.log_view import LONGEST, LogView
from hardware_sim.saying import Text

SOURCE = Text("前置机", "Front end")
SAYING = Text("第 {number} 行", "line {number}")


def test_the_newest_line_is_the_first_and_the_oldest_ones_go(qtbot: QtBot) -> None:
    log = LogView("zh", lambda: datetime(2026, 11, 21, 11, 2, 3, tzinfo=UTC))
    qtbot.addWidget(log)
    for number in range(LONGEST + 5):
        log.add(SOURCE, SAYING, number=number)
    assert log.lines[0] == f"11:02:03 前置机：第 {LONGEST + 4} 行"
    assert len(log.lines) == LONGEST


def test_long_numbers_are_masked(qtbot: QtBot) -> None:
    log = LogView("en")
    qtbot.addWidget(log)
    log.add(SOURCE, SAYING, number="439999197003030012 of 2102, 4711, 12345")
    assert log.lines[0].endswith("Front end: line …0012 of 2102, 4711, …")
