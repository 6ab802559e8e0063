"""The window accepts keys before anything heavy is loaded; that is done in the desk's lane behind it."""

import subprocess
import sys

#: Each of these takes longer to load than the whole window, or belongs to a room that the window does not know.
HEAVY = (
    "alembic", "click", "cryptography", "filelock", "openpyxl", "pypinyin", "requests", "serial", "simplejson",
    "smartcard", "sqlalchemy", "sqlcipher3", "urllib3", "pos_client.benefit", "pos_client.card", "pos_client.offline",
    "pos_client.sync", "PySide6.QtPrintSupport", "PySide6.QtNetwork",
)  # fmt: skip


def _loaded_by(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


def test_the_window_loads_nothing_heavy_before_it_shows() -> None:
    loaded = _loaded_by("import pos_client.ui.app")
    assert [name for name in HEAVY if name in loaded] == []


def test_a_command_loads_nothing_of_the_window() -> None:
    for module in ("pos_client.cli", "pos_client.cli.sale", "pos_client.cli.queue", "pos_client.cli.policy"):
        loaded = _loaded_by(f"import {module}")
        assert [name for name in loaded if name.startswith(("PySide6", "pos_client.ui"))] == [], module
