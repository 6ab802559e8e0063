"""How large the window is drawn."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pos_client.ui.scale import fitting


@pytest.mark.parametrize(
    ("wish", "width_px", "height_px", "used"),
    [
        (2.0, 1920, 1080, 2.0),  # exactly 960 by 540
        (2.0, 1366, 768, 1.42),
        (1.25, 1366, 768, 1.25),
        (1.0, 800, 600, 1.0),
        (2.0, 3840, 2160, 2.0),
    ],
)
def test_the_wish_stands_as_long_as_all_has_room(wish: float, width_px: int, height_px: int, used: float) -> None:
    assert fitting(wish, width_px, height_px) == used


_START = """
import sys
from pos_client.ui.app import make_application_in_size
app, came_down_to = make_application_in_size("zh", "light", int(sys.argv[1]))
size = app.primaryScreen().geometry().size()
print(size.width(), size.height(), came_down_to)
"""


@pytest.mark.parametrize(
    ("wish", "system_ratio", "told"),
    [(0, 1, (1366, 768, 0)), (125, 1, (1093, 614, 0)), (200, 1, (962, 541, 142)), (0, 2, (962, 541, 142))],
)
def test_qt_is_started_in_the_largest_scale_that_fits(
    wish: int, system_ratio: int, told: tuple[int, int, int], tmp_path: Path
) -> None:
    screen = {
        "name": "s",
        "x": 0,
        "y": 0,
        "width": 1366,
        "height": 768,
        "logicalDpi": 96,
        "logicalBaseDpi": 96,
        "dpr": 1,
    }
    file = tmp_path / "screen.json"
    file.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    environment = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={file}"}
    environment |= {"QT_SCALE_FACTOR": str(system_ratio)} if wish == 0 else {}
    ran = subprocess.run(
        [sys.executable, "-c", _START, str(wish)], env=environment, capture_output=True, text=True, check=False
    )
    assert ran.stdout.split() == [str(one) for one in told], ran.stderr
