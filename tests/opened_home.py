"""A training home that was opened before: a test takes a copy instead of making the books and the catalogue anew.

Whoever tests the first opening itself begins with an empty folder.
"""

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from pos_client.config import Home
from pos_client.desk.books import open_books
from tests.virtual import virtual_runtime


def opened_home(folder: Path) -> Home:
    """The home of a test's folder, as it lies on the second morning."""
    home = Home(folder / "home")
    shutil.copytree(_opened_once().folder, home.folder)
    return home


def never_opened(home: Home) -> None:
    """Takes the books away again, for whoever tests what comes before them; settings and regions stay."""
    for name in ("books.db", "key", "store.made", "opening.lock"):
        (home.folder / name).unlink()


@cache
def _opened_once() -> Home:
    folder = Path(mkdtemp(prefix="opened-home-"))
    atexit.register(shutil.rmtree, folder)
    home = Home(folder / "home")
    with open_books(home, {}, virtual_runtime()):
        return home
