"""``python -m benchmarks.drain_worker NAME URL``: one contestant that drains, in a process that may be killed.

It is told in lines of JSON on standard input and answers each with one: ``open`` (a folder, a desk number) or ``fill``
(which buyers), then ``drain``, which times the draining alone.
"""

import gc
import json
import sys
from pathlib import Path
from time import perf_counter_ns, process_time_ns
from typing import Any

from benchmarks.counters import buyer
from benchmarks.drainers import CONTESTANTS, Drainer

FULL = "2"


def main(name: str, url: str) -> None:
    """Does what it is told until the input ends."""
    drainer: Drainer | None = None
    for line in sys.stdin:
        asked: dict[str, Any] = json.loads(line)
        answer: dict[str, object] = {}
        if "open" in asked:
            Path(asked["open"]).mkdir(exist_ok=True)
            drainer = CONTESTANTS[name](Path(asked["open"]), url, asked["desk"])
            level = drainer.pragma("journal_mode"), drainer.pragma("synchronous")
            assert level == ("wal", FULL), f"{name}: as durable as the others, not {level}"
        assert drainer is not None, "it is opened first"
        if "fill" in asked:
            drainer.fill([buyer(number) for number in asked["fill"]])
        if "drain" in asked:
            answer = _timed(drainer) | drainer.kept()._asdict()
            drainer.close()
        print(json.dumps(answer), flush=True)


def _timed(drainer: Drainer) -> dict[str, object]:
    gc.collect()
    gc.disable()
    try:
        begun, cpu_begun = perf_counter_ns(), process_time_ns()
        drainer.drain()
        return {"ns": perf_counter_ns() - begun, "cpu_ns": process_time_ns() - cpu_begun}
    finally:
        gc.enable()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
