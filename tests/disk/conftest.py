import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest

from tests.disk import shim
from tests.disk.acts import Done, begin_sale, done_in, end_sale
from tests.disk.shopkeeper import Case
from tests.virtual import open_store

PROJECT = Path(__file__).parents[2]


@dataclass
class Story:
    """What became of one case, as far as the process could still say it."""

    case: Case
    did: list[Done] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    writes: int = 0
    syncs: int = 0
    exit_code: int = 0

    @property
    def cut(self) -> bool:
        """The power went."""
        return self.exit_code == shim.POWER_CUT_EXIT


Keeping = Callable[[Sequence[Case]], list[Story]]


@pytest.fixture(scope="session")
def real_disk() -> Iterator[Path]:
    """A folder that is on a disk, also when all other tests keep their files in memory."""
    with TemporaryDirectory(prefix="pos-client-", dir="/var/tmp") as folder:
        yield Path(folder)


@pytest.fixture
def tmp_path(real_disk: Path) -> Path:
    return Path(mkdtemp(dir=real_disk))


@pytest.fixture(scope="session")
def shop(real_disk: Path) -> Path:
    """A folder with a home in which a few sales are done; cases take copies of it."""
    folder = real_disk / "shop"
    store = open_store(folder)
    for number in range(3):
        end_sale(store, begin_sale(store, number).id)
    store.close()
    return folder


@pytest.fixture(scope="session")
def sold_before(shop: Path) -> frozenset[Done]:
    """The acts of those sales."""
    store = open_store(shop)
    done = frozenset(done_in(store))
    store.close()
    return done


@pytest.fixture(scope="session")
def keep_shop(real_disk: Path) -> Iterator[Keeping]:
    """Runs cases in folders of tests on the failing disk, one forked process each."""
    library = shim.build(real_disk)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.disk.shopkeeper"],
        cwd=PROJECT,
        env=shim.environment(library, real_disk),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as shopkeeper:
        yield partial(_kept, shopkeeper)


def _kept(shopkeeper: subprocess.Popen[str], cases: Sequence[Case]) -> list[Story]:
    assert shopkeeper.stdin is not None
    assert shopkeeper.stdout is not None
    shopkeeper.stdin.write(json.dumps([asdict(case) for case in cases]) + "\n")
    shopkeeper.stdin.flush()
    return _stories(cases, iter(shopkeeper.stdout.readline, "all told\n"))


def _stories(cases: Sequence[Case], told: Iterator[str]) -> list[Story]:
    stories: list[Story] = []
    for line in told:
        assert line, "the shopkeeper itself has ended"
        match line.split():
            case ["case", number]:
                stories.append(Story(cases[int(number)]))
            case ["did", act, id_]:
                stories[-1].did.append(Done(act, id_))
            case ["refused", code]:
                stories[-1].refused.append(code)
            case ["counted", writes, syncs]:
                stories[-1].writes, stories[-1].syncs = int(writes), int(syncs)
            case ["exit", code]:
                stories[-1].exit_code = int(code)
    assert len(stories) == len(cases)
    return stories
