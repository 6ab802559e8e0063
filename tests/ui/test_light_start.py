"""The window accepts keys before anything heavy is loaded; that is done in the desk's lane behind it."""

import os
import subprocess
import sys

#: Each of these takes longer to load than a page, or belongs to a room that the first frame does not know.
HEAVY = (
    "alembic", "click", "concurrent", "cryptography", "filelock", "openpyxl", "pypinyin", "requests", "serial",
    "simplejson", "smartcard", "sqlalchemy", "sqlcipher3", "subprocess", "urllib3", "pos_client.benefit",
    "pos_client.card", "pos_client.desk", "pos_client.offline", "pos_client.runtime", "pos_client.sync",
    "PySide6.QtPrintSupport", "PySide6.QtNetwork",
)  # fmt: skip

#: The way of ``pos-client`` without a command, until its window is painted; its desk is opened after that.
_FIRST_FRAME = """
import os
from pathlib import Path
from pos_client.cli.window import WindowGround
from pos_client.config import Home
from pos_client.ui.app import make_application
from pos_client.ui.program import Program

app = make_application("zh", "light")
program = Program(WindowGround(Home(Path("/nowhere")), os.environ, "zh"))
program.window.show()
program.standing.show()
app.processEvents()
assert program.window.page.centre.isVisible()
"""


def _loaded_by(statements: str) -> set[str]:
    code = f"import sys\n{statements}\nprint(*sys.modules, flush=True)\nimport os\nos._exit(0)"
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    return set(ran.stdout.split())


def test_the_window_loads_nothing_heavy_before_it_shows() -> None:
    loaded = _loaded_by("import pos_client.ui.app")
    assert [name for name in HEAVY if name in loaded] == []


def test_the_first_frame_needs_nothing_of_the_desk_and_one_page() -> None:
    loaded = _loaded_by(_FIRST_FRAME)
    assert [name for name in HEAVY if name in loaded and name != "click"] == []  # the command line itself
    assert [name for name in loaded if name.startswith("pos_client.ui.pages.")] == ["pos_client.ui.pages.starting"]
    assert "pos_client.ui.kit.table" not in loaded


def test_a_command_loads_nothing_of_the_window() -> None:
    for module in ("pos_client.cli", "pos_client.cli.sale", "pos_client.cli.queue", "pos_client.cli.policy"):
        loaded = _loaded_by(f"import {module}")
        assert [name for name in loaded if name.startswith(("PySide6", "pos_client.ui"))] == [], module
