"""A front-end server on a loopback port, its clock standing on a Saturday morning, and a desk signed in."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from hardware_sim.front_end.catalogue import read_catalogue
from hardware_sim.front_end.clock import SHANGHAI, BureauClock
from hardware_sim.front_end.server import FrontEnd
from tests.postgresql import PrivatePostgresql, postgresql

from .desk import Desk

__all__ = ["postgresql"]

NOW = datetime(2026, 11, 21, 9, 18, 12, tzinfo=SHANGHAI)
CATALOGUE = read_catalogue(Path(__file__).with_name("catalogue.csv"))

StartFrontEnd = Callable[..., FrontEnd]


def front_end_at(database: str, **options: Any) -> FrontEnd:
    """A server whose ledger is that database; not started."""
    chosen = {"catalogue": CATALOGUE, "clock": BureauClock(lambda: NOW), **options}
    return FrontEnd(database, **chosen)


def front_end_on(folder: Path, **options: Any) -> FrontEnd:
    """A server whose ledger lies in a folder; not started."""
    return front_end_at(f"sqlite:///{folder / 'ledger.db'}", **options)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.db'}"
    server: PrivatePostgresql = request.getfixturevalue("postgresql")
    return server.fresh_database()


@pytest.fixture
def start_front_end(tmp_path: Path) -> Iterator[StartFrontEnd]:
    """Starts servers on this test's ledger and stops them at its end."""
    with ExitStack() as running:
        yield lambda **options: running.enter_context(front_end_on(tmp_path, **options))


@pytest.fixture
def front_end(start_front_end: StartFrontEnd) -> FrontEnd:
    return start_front_end()


@pytest.fixture
def desk(front_end: FrontEnd) -> Desk:
    """A desk signed in at a server of its own."""
    desk = Desk(front_end.url)
    desk.sign_in()
    return desk


@pytest.fixture(params=["base", "hunan"])
def edition(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen


@pytest.fixture(scope="session")
def edition_desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Desk]]:
    """A desk signed in at one server of each edition, for tests that book nothing."""
    with ExitStack() as running:
        desks = {}
        for edition in ("base", "hunan"):
            folder = tmp_path_factory.mktemp(edition)
            desks[edition] = Desk(running.enter_context(front_end_on(folder, edition=edition)).url)
            desks[edition].sign_in()
        yield desks


@pytest.fixture
def edition_desk(edition: str, edition_desks: dict[str, Desk]) -> Desk:
    return edition_desks[edition]
