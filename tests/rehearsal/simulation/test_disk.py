"""The disk of a simulated machine: what is committed outlives the program, what is not is gone."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text

from pos_client.config import Home, load_settings, prepare
from pos_client.errors import EnvironmentProblem
from pos_client.offline.store import Store
from pos_client.runtime import Runtime
from rehearsal.simulation.disk import DiskTrouble, FileShelf, MemoryShelf, ProgramDisk, Shelf
from rehearsal.simulation.program import Crash, Killed, Program
from tests.virtual import virtual_runtime


class Machine:
    """One home on a shelf, with programs that are started one after the other."""

    def __init__(self, folder: Path, shelf: Shelf) -> None:
        self.home = Home(folder / "home")
        prepare(self.home)
        self.counts: Counter[str] = Counter()
        self.crashes: Counter[str] = Counter()
        self._shelf = shelf
        self.start()

    def start(self) -> None:
        self.program = Program(self.crashes)
        self.disk = ProgramDisk(self.program, self._shelf, self.counts)
        plain = virtual_runtime()
        runtime = Runtime(plain.clock, plain.sleep_ms, plain.random, plain.spawn, plain.http, self.disk)
        self.store = Store.open(self.home, load_settings(self.home, {}), runtime)

    def write(self, name: str) -> None:
        with self.store.commit() as connection:
            connection.execute(text("INSERT INTO meta (name, value) VALUES (:name, '')"), {"name": name})

    def written(self) -> set[str]:
        self.store.close()
        self.start()
        with self.store.read() as connection:
            return set(connection.scalars(text("SELECT name FROM meta"))) - {"owner"}


@pytest.fixture(params=[MemoryShelf, FileShelf])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    return Machine(tmp_path, request.param())


def test_what_was_committed_outlives_the_program(machine: Machine) -> None:
    machine.write("a")
    assert machine.written() == {"a"}


def test_each_commit_that_writes_is_counted_as_a_sync_and_no_other(machine: Machine) -> None:
    machine.counts.clear()
    machine.write("a")
    with machine.store.read() as connection:
        connection.scalar(text("SELECT count(*) FROM meta"))
    with machine.store.commit():
        pass
    assert machine.counts == {"syncs": 1}


@pytest.mark.parametrize(("point", "left"), [("commit_before", {"a"}), ("commit_after", {"a", "b"})])
def test_a_program_killed_at_its_commit_leaves_all_or_nothing_of_it(
    machine: Machine, point: str, left: set[str]
) -> None:
    machine.write("a")
    machine.program.plan_crash(Crash(1, point))
    with pytest.raises(Killed):
        machine.write("b")
    with pytest.raises(Killed):
        machine.write("c")
    assert machine.crashes == {point: 1}
    assert machine.written() == left


@pytest.mark.parametrize(
    ("trouble", "code", "left"),
    [("disk_full", "D-FULL", set()), ("disk_error", "D-DISK", set()), ("disk_error_after", "D-DISK", {"b"})],
)
def test_a_commit_that_fails_is_told_plainly(machine: Machine, trouble: str, code: str, left: set[str]) -> None:
    machine.disk.plan_trouble(DiskTrouble(trouble, 2))
    machine.write("a")
    with pytest.raises(EnvironmentProblem, match=code):
        machine.write("b")
    assert machine.counts[trouble] == 1
    assert machine.written() == {"a"} | left


def test_a_full_disk_stays_full_until_there_is_space(machine: Machine) -> None:
    machine.disk.plan_trouble(DiskTrouble("disk_full", 1))
    for name in ("a", "b"):
        with pytest.raises(EnvironmentProblem, match="D-FULL"):
            machine.write(name)
    machine.disk.plan_trouble(None)
    machine.write("c")
    assert machine.written() == {"c"}
