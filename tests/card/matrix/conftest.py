"""A simulated reader that loses no time."""

from collections.abc import Iterator

import pytest

from hardware_sim.readers import reader


@pytest.fixture(scope="module")
def quick_reader() -> Iterator[None]:
    """It calls a card mute sooner, and asks for more time more often, than a real one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_WAITING_TIME_MS", 20)
        patch.setattr(reader, "_ASKING_INTERVAL_MS", 20)
        yield
