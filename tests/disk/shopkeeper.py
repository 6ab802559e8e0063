"""``python -m tests.disk.shopkeeper``: keeps shop on the failing disk, once a case, each time in a forked process.

Cases come in on standard input, a line of JSON at a time. Each act is said on standard output after its commit has
returned, so that whoever reads knows what was promised when the power went.
"""

import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import alembic.command  # noqa: F401  # loaded once, before the forks, not in each of them

from pos_client.errors import EnvironmentProblem
from pos_client.offline.store import Store
from tests.disk.acts import begin_sale, end_sale
from tests.disk.shim import FailingDisk, Fault
from tests.virtual import open_store

Made = TypeVar("Made")

#: Pages after which SQLite checkpoints by itself: often enough that the disk also fails in the middle of one.
CHECKPOINT_PAGES = 25
KILLED, CRASHED = 3, 2


@dataclass(frozen=True, slots=True)
class Case:
    """One time of keeping shop: where, on what kind of disk, and how."""

    folder: str
    fault: int = Fault.HEALTHY
    at: int = 0
    seed: int = 0
    #: The folder whose home is copied first; none: a new home is made, on the failing disk already.
    template: str | None = None
    sales: int = 3
    #: The store is told not to sync, which no desk does: then a power cut must show.
    unsafe: bool = False
    #: After so many refusals the disk heals.
    refusals: int = 1
    #: At the first refusal the process ends as if killed, so that nothing is put right in memory.
    dies_when_refused: bool = False


def say(*words: object) -> None:
    """Says one line at once: what is only in a buffer would be lost with the process."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def keep_shop(case: Case, disk: FailingDisk) -> None:
    """Opens the store, sells, closes it; says every act and every refusal."""
    if case.template is None:
        disk.begin(Fault(case.fault), case.at, case.seed)
    else:
        shutil.copytree(case.template, case.folder)
    shop = _Shop(case, disk)
    store = shop.until_done(lambda: open_store(Path(case.folder)))
    _set(store, f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    if case.unsafe:
        _set(store, "PRAGMA synchronous = OFF")
    if case.template is not None:
        disk.begin(Fault(case.fault), case.at, case.seed)
    for number in range(case.sales):
        begun = shop.until_done(partial(begin_sale, store, 1_000 + number))
        say("did", *begun)
        say("did", *shop.until_done(partial(end_sale, store, begun.id)))
    store.close()
    say("counted", disk.writes, disk.syncs)


class _Shop:
    """Somebody who tries again what was refused."""

    def __init__(self, case: Case, disk: FailingDisk) -> None:
        self._case = case
        self._disk = disk
        self._refusals = 0

    def until_done(self, act: Callable[[], Made]) -> Made:
        while True:
            try:
                return act()
            except EnvironmentProblem as problem:
                say("refused", problem.code)
                if self._case.dies_when_refused:
                    os._exit(KILLED)
                self._refusals += 1
                if self._refusals >= self._case.refusals:
                    self._disk.heal()


def _set(store: Store, pragma: str) -> None:
    connection = store._engine.raw_connection()
    connection.cursor().execute(pragma)
    connection.close()


def main() -> None:
    """Forks once a case; a case says its number before and its exit code after."""
    disk = FailingDisk()
    for line in sys.stdin:
        keep_shops(json.loads(line), disk)
        say("all told")


def keep_shops(cases: Sequence[dict[str, Any]], disk: FailingDisk) -> None:
    """One case after the other, each in a fork."""
    for number, case in enumerate(cases):
        say("case", number)
        child = os.fork()
        if child == 0:
            exit_code = CRASHED
            try:
                keep_shop(Case(**case), disk)
                exit_code = 0
            finally:  # a fork never goes on as its parent
                if exit_code:
                    traceback.print_exc()
                os._exit(exit_code)
        say("exit", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    main()
