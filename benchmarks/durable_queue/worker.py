"""``python -m benchmarks.durable_queue.worker produce|consume|finish|left NAME FOLDER [FIRST]``: what kill -9 is for.

The producer says each number after its put has returned: that one is promised. The consumer does each message at the
"bureau", a file that lies outside the queue and survives it, and acknowledges afterwards.
"""

import os
import sys
import time
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Final

from benchmarks.durable_queue.opening import CONTESTANTS
from benchmarks.durable_queue.payload import number_of, text_of
from benchmarks.durable_queue.queues import DurableQueue

BUREAU: Final = "bureau.txt"
#: The bureau takes its time, once before it books and once before its answer is there.
BUREAU_S: Final = 0.001


def produce(queue: DurableQueue, first: int) -> None:
    """Puts one number after the other until it is killed."""
    for number in count(first):
        queue.put(text_of(number))
        os.write(1, f"{number}\n".encode())


def consume(queue: DurableQueue, bureau: Path) -> None:
    """Takes, does, acknowledges, until it is killed."""
    while True:
        if not work_one(queue, bureau, BUREAU_S):
            time.sleep(BUREAU_S)


def finish(queue: DurableQueue, bureau: Path) -> None:
    """Does what is left, at a bureau that answers at once."""
    while work_one(queue, bureau, 0):
        pass


def work_one(queue: DurableQueue, bureau: Path, bureau_s: float) -> bool:
    """One message through the consumer's hands; False when there is none."""
    taken = queue.take()
    if taken is None:
        return False
    number = number_of(taken.text)
    if not (taken.doubtful and number in booked(bureau)):
        time.sleep(bureau_s)
        _book(bureau, number)
        time.sleep(bureau_s)
    queue.acknowledge(taken)
    return True


def booked(bureau: Path) -> list[int]:
    """What the bureau has done, each time that it did it."""
    return [int(line) for line in bureau.read_text().split()] if bureau.exists() else []


def _book(bureau: Path, number: int) -> None:
    descriptor = os.open(bureau, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(descriptor, f"{number}\n".encode())
    os.close(descriptor)


def main(act: str, name: str, folder: Path, first: int = 0) -> None:
    """Opens the queue and acts; who is to be killed says that it is ready and waits for a line."""
    with closing(CONTESTANTS[name](folder)) as queue:
        if act in ("produce", "consume"):
            os.write(1, b"ready\n")
            sys.stdin.readline()
        if act == "produce":
            produce(queue, first)
        elif act == "left":
            print(*[number_of(text) for text in queue.left()])
        elif act == "consume":
            consume(queue, folder / BUREAU)
        else:
            finish(queue, folder / BUREAU)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), *map(int, sys.argv[4:]))
