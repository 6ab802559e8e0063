"""A whole counter for each test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.world import World, world_in


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as counter:
        yield counter
