"""The real program in a process of its own, at a counter whose surroundings the test controls."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.desk.world import World, world_in

PosClient = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    # In a process of its own time is not bent: what must be waited for is kept short.
    with world_in(tmp_path, gateway_timeout=timedelta(seconds=1)) as counter:
        yield counter


@pytest.fixture
def pos_client(world: World) -> PosClient:
    """Runs ``pos-client`` in Chinese at the world's home; more environment by keyword."""

    def run(
        *arguments: str, preexec: Callable[[], None] | None = None, typed: str | None = None, **more: str
    ) -> subprocess.CompletedProcess[str]:
        environment = os.environ | world.environment | {"POS_CLIENT_HOME": str(world.home.folder), "LANG": "C.UTF-8"}
        return subprocess.run(
            [sys.executable, "-m", "pos_client", *arguments],
            env=environment | more,
            capture_output=True,
            text=True,
            input=typed,
            check=False,
            preexec_fn=preexec,
        )

    return run
