"""The demo as a newcomer runs it, and its children."""

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path


def _simulators() -> set[str]:
    """The simulated parts that run on this machine, by process number; /proc, because a bare machine has no ps."""
    found = set()
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = file.read_bytes().split(b"\0")
            if b"hardware_sim" in words and b"--exit-with-parent" in words:
                found.add(file.parent.name)
    return found


def test_the_demo_goes_from_swipe_to_synced_and_leaves_nobody_behind() -> None:
    before = _simulators()
    command = [sys.executable, "-m", "rehearsal", "demo", "--headless"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for shown in ("张**", "YD0001x2", "医保结算单", "setl_id", "✓"):
        assert shown in done.stdout
    assert "张建国" not in done.stdout
    assert _simulators() <= before


KILLED = """
import os
from rehearsal.simulated_desk import simulated_desk
with simulated_desk() as desk:
    os.kill(os.getpid(), 9)
"""


def test_simulated_parts_end_with_whoever_started_them() -> None:
    before = _simulators()
    done = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, text=True, check=False)
    assert done.returncode == -9
    for _ in range(200):
        if _simulators() <= before:
            return
        time.sleep(0.05)
    raise AssertionError("a simulated part still runs ten seconds after its parent was killed")
