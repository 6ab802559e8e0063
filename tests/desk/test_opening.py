"""A home on its way to a desk that serves."""

import pytest

from pos_client.config import Home
from pos_client.desk.opening import Opening, Stage
from pos_client.desk.station import open_desk
from pos_client.errors import EnvironmentProblem
from tests.desk.world import World
from tests.ui.staff import BOSS, employ


def test_a_home_without_books_and_without_environment_is_set_up_first(world: World) -> None:
    opening = Opening(Home(world.home.folder.parent / "fresh"), {}, world.runtime)
    assert opening.open() is Stage.FIRST_START
    assert opening.counter is None
    opening.close()


def test_a_training_home_is_ready_and_ends_without_a_trace(world: World) -> None:
    for _ in range(2):
        opening = Opening(world.home, world.environment, world.runtime)
        assert opening.open() is Stage.READY
        assert opening.crash is None
        opening.close()
        opening.close()


def test_a_run_that_was_cut_off_is_told_of_once(world: World) -> None:
    first = Opening(world.home, world.environment, world.runtime)
    first.open()
    assert first.counter is not None
    first.counter.close()  # the process is gone: nobody notes the end
    second = Opening(world.home, world.environment, world.runtime)
    second.open()
    assert second.crash is not None
    second.close()


def test_a_desk_that_another_one_holds_is_opened_when_that_is_gone(world: World) -> None:
    opening = Opening(world.home, world.environment, world.runtime)
    with open_desk(world.home, world.environment, world.runtime):
        with pytest.raises(EnvironmentProblem) as refused:
            opening.open()
        assert refused.value.code == "D-DESK"
        assert not (world.home.logs / "run.json").exists(), "it knows nothing of how the other one ends"
    assert opening.open() is Stage.READY
    opening.close()


def test_where_people_are_registered_somebody_signs_in(world: World) -> None:
    employ(world, BOSS)
    opening = Opening(world.home, world.environment, world.runtime)
    assert opening.open() is Stage.SIGN_IN
    opening.close()
