"""A whole counter for each test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_client.desk.station import Office
from tests.desk.patients import Clinic, clinic_in
from tests.desk.world import World, world_in


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as counter:
        yield counter


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    with clinic_in(tmp_path) as counter:
        yield counter


@pytest.fixture
def office(clinic: Clinic) -> Iterator[Office]:
    with clinic.counter() as office:
        yield office
