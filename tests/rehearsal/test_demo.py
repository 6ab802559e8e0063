"""The demo as a newcomer runs it, and its children."""

import os
import subprocess
import sys


def _simulators() -> set[str]:
    listed = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout
    return {line for line in listed.splitlines() if "hardware_sim" in line and "--exit-with-parent" in line}


def test_the_demo_goes_from_swipe_to_synced_and_leaves_nobody_behind() -> None:
    before = _simulators()
    done = subprocess.run(
        [sys.executable, "-m", "rehearsal", "demo", "--headless"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for shown in ("张**", "YD0001x2", "试算与医保中心一致", "医保结算单", "setl_id", "一致，分文不差"):
        assert shown in done.stdout
    assert "张建国" not in done.stdout
    assert _simulators() <= before


def test_simulated_parts_end_with_whoever_started_them() -> None:
    script = (
        "import os, sys\n"
        "from rehearsal.simulated_desk import simulated_desk\n"
        "with simulated_desk() as desk:\n"
        "    print(desk.control_url, flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == -9
    port = done.stdout.strip().rpartition(":")[2]
    assert port
    deadline = 200
    while deadline and _listens(int(port)):
        deadline -= 1
        os.sched_yield()
        subprocess.run(["sleep", "0.05"], check=True)
    assert not _listens(int(port))


def _listens(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
