"""A field of seconds, by keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hardware_sim.panel.seconds_field import SecondsField


def test_digits_and_arrows_make_a_number_within_the_limit(qtbot: QtBot) -> None:
    field = SecondsField("clock", 100)
    qtbot.addWidget(field)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.value_s == -30
    for _ in range(5):
        QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.value_s == 100
    field.clear()
    assert field.value_s == 0
    QTest.keyClicks(field, "x7-5")
    assert field.value_s == 75
