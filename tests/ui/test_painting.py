"""Painting takes nothing away: some releases of the Qt binding lose a reference to None with each call."""

import gc
import sys

import pytest
from PySide6.QtWidgets import QApplication

from pos_client.ui import theme
from pos_client.ui.pages.sale import SalePage
from tests.ui.hasty import tap
from tests.ui.keys import Keys

_PAINTS = 300
_MOST = 60


def _references_to_none() -> int:
    gc.collect()
    return sys.getrefcount(None)


def test_references_to_none_stay_as_many_however_often_the_window_is_painted(keys: Keys) -> None:
    keys.insert("zhang-jianguo")
    keys.on(SalePage)
    tap("YD0001", "Enter")
    keys.settle()
    keys.press("F5")
    window = keys.program.window
    for _ in range(10):
        window.repaint()
    before = _references_to_none()
    for _ in range(_PAINTS):
        window.repaint()
    assert abs(_references_to_none() - before) < _MOST


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_page_can_be_painted_light_and_dark(keys: Keys, qapp: QApplication, name: str) -> None:
    theme.use(name)
    try:
        for key in ("F1", "F2", "F4", "F11", "Tab"):
            keys.press(key)
            assert not keys.program.window.grab().isNull()
            keys.press("Esc")
    finally:
        theme.use("light")
