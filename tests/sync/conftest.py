"""A counter for every test that asks for one."""

from collections.abc import Iterator

import pytest

from .counter import Counter, counter


@pytest.fixture
def desk() -> Iterator[Counter]:
    with counter() as opened:
        yield opened
