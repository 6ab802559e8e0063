"""Tells the processes of one test from all others, which may run at the same time."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest


@dataclass(frozen=True, slots=True)
class Traced:
    """``environment`` for what a test starts; whatever comes of that inherits it and is found by it."""

    environment: dict[str, str]
    mark: bytes

    def simulators(self) -> set[str]:
        """The simulated parts of this test that run, by process number; /proc, because a bare machine has no ps."""
        found = set()
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                words = (process / "cmdline").read_bytes().split(b"\0")
                if b"hardware_sim" in words and self.mark in (process / "environ").read_bytes().split(b"\0"):
                    found.add(process.name)
        return found


@pytest.fixture
def traced() -> Traced:
    name, value = "POS_CLIENT_TEST", uuid4().hex
    return Traced(os.environ | {"QT_QPA_PLATFORM": "offscreen", name: value}, f"{name}={value}".encode())
