"""Makes a fixture: one day at a counter, played with the program of a version, and every row that it left.

Run from the root of that version's own tree (see README.md): ``python tests/offline/released/make.py FOLDER``.
"""

import json
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from sqlalchemy import text

from pos_client.desk.books import open_books
from pos_client.desk.queue import sync_once
from pos_client.errors import Problem
from tests.desk.world import World, world_in


class _ProgramDied(BaseException):
    """Ends the program between intent and outcome."""


def play(world: World) -> None:
    """Every outcome that a message can have, and one that is still open."""
    world.sell("YD0001")
    world.sell("YD0001*2", "YD0004", use_account=True, tendered_fen=5000)
    world.void(world.sell("YD0002").id)
    _fails(world, {"name": "refuse", "infno": "2102", "times": 1})
    world.faults({"name": "off_by_one_fen", "figure": "cash", "times": 1})
    world.sell("YD0001", use_account=True)
    _fails(world, {"name": "drop_answer", "infno": "2102", "times": 1})
    _fails(world, {"name": "drop_request", "infno": "2102", "times": 1})
    with world.back_office() as office:
        sync_once(office)
    _fails(world, {"name": "drop_answer", "infno": "2102", "times": 1})
    _dies(world)


def _fails(world: World, fault: dict[str, object]) -> None:
    world.faults(fault)
    with suppress(Problem):
        world.sell("YD0001", tendered_fen=2000)
    world.faults()


def _dies(world: World) -> None:
    post = world.http.post

    def dies_at_2102(url: str, **more: object) -> object:
        if b'"infno": "2102"' in more["body"]:  # type: ignore[operator]
            raise _ProgramDied
        return post(url, **more)  # type: ignore[arg-type]

    world.http.post = dies_at_2102  # type: ignore[method-assign, assignment]
    with suppress(_ProgramDied):
        world.sell("YD0001")
    world.http.post = post  # type: ignore[method-assign]


def rows(world: World) -> dict[str, list[dict[str, object]]]:
    """Every row of every table, by table."""
    with open_books(world.home, world.environment, world.runtime) as books, books.store.read() as connection:
        tables = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")).all()
        return {
            table: [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]
            for table in tables
            if table != "item"
        }


def main(folder: Path) -> None:
    """Writes the fixture into a new folder."""
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch, world_in(Path(scratch)) as world:
        play(world)
        found = rows(world)
        for name in ("books.db", "key", "config.toml"):
            shutil.copy(world.home.folder / name, folder)
    (folder / "rows.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
