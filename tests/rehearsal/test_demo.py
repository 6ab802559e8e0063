"""The demo as a newcomer runs it, and its children."""

import subprocess
import sys
import time

from tests.rehearsal.conftest import Traced


def test_the_demo_goes_from_swipe_to_synced_and_leaves_nobody_behind(traced: Traced) -> None:
    command = [sys.executable, "-m", "rehearsal", "demo", "--headless"]
    done = subprocess.run(command, env=traced.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for shown in ("张**", "YD0001x2", "医保结算单", "setl_id", "✓"):
        assert shown in done.stdout
    assert "张建国" not in done.stdout
    assert not traced.simulators()


KILLED = """
import time
from rehearsal.simulated_desk import simulated_desk
with simulated_desk() as desk:
    print("a whole desk", flush=True)
    time.sleep(600)
"""


def test_simulated_parts_end_with_whoever_started_them(traced: Traced) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED], env=traced.environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "a whole desk\n"
            assert traced.simulators()
        finally:
            process.kill()
    assert process.returncode == -9
    for _ in range(200):
        if not traced.simulators():
            return
        time.sleep(0.05)
    raise AssertionError("a simulated part still runs ten seconds after its parent was killed")
