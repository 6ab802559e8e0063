"""The card process: does all card I/O, so that a driver that hangs can be killed without the window noticing.

Started as ``python -m pos_client.card.worker``; reads requests from standard input and answers on standard output,
one line each, until standard input ends. A request that comes while the reader is only looked at ends that look.
Nothing it says on standard error holds what a card said.
"""

import io
import json
import os
import signal
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final

from pos_client.card import errands, pipe, reader_list
from pos_client.card.readers import drivers, reader_url
from pos_client.card.readers.reader import Presence, ReaderUrl
from pos_client.card.slots import Slots, open_reader
from pos_client.card.watch import Watch
from pos_client.errors import Problem
from pos_client.runtime import Inbox, InputEnded, SystemClock

Reply = Callable[[bytes], None]
#: Waits so many milliseconds, or until another request is there; whether one is.
Pause = Callable[[int], bool]


def _no_pause(_duration_ms: int) -> bool:
    return False


class Worker:
    """Does what one line after another asks."""

    def __init__(self, reply: Reply, pause: Pause = _no_pause) -> None:
        self._reply = reply
        self._pause = pause
        self._slots = Slots()
        self._clock = SystemClock()
        self.watch: Final = Watch(self._slots.pass_over, lambda: pause(0))

    def serve(self, line: bytes) -> None:
        """Does what one line asks and gives exactly one answer to it, after any number of findings."""
        message = json.loads(line)
        number, act, options = message["id"], message["do"], message.get("with", {})
        try:
            url = reader_url.parse(message["reader"])
            with drivers.telling_that_pcsc_lacks():
                if act == "look":
                    self._reply(pipe.answered(number, self._look(url, options)))
                    return
                self.watch.let_go()  # a port can be held only once
                self._do(number, act, url, options)
        except Problem as problem:
            self._reply(pipe.refused(number, problem))

    def _do(self, number: int, act: pipe.Act, url: ReaderUrl, options: dict[str, Any]) -> None:
        """The answer goes out before the reader is let go: closing a line can take a third of a second."""

        def answer(value: object) -> None:
            self._reply(pipe.answered(number, value))

        slots = self._slots
        if act == "read":
            errands.read(slots, url, options, lambda identity: answer(pipe.identity_value(identity)))
        elif act == "readers":
            answer([pipe.state_value(state) for state in reader_list.reader_states(url)])
        elif act == "pin":
            errands.pin(slots, url, options, answer)
        elif act == "account":
            errands.account(slots, url, options, answer)
        elif act == "examine":
            for finding in errands.examine(slots, url, options):
                self._reply(pipe.found(number, finding))
            answer(None)
        else:
            open_reader(url)  # so that the libraries are loaded before the first card comes
            answer(None)

    def _look(self, url: ReaderUrl, options: dict[str, Any]) -> Presence:
        """What is seen, once it differs from what was seen before, or the time is up, or somebody asks for more."""
        before, until_ms = options.get("seen"), self._clock.monotonic_ms() + options.get("wait_ms", 0)
        while True:
            left_ms = max(until_ms - self._clock.monotonic_ms(), 0)
            seen = self.watch.look(url, left_ms)
            left_ms = until_ms - self._clock.monotonic_ms()
            if seen != before or left_ms <= 0:
                return seen
            if self._pause(min(left_ms, self.watch.interval_ms(seen))):
                return seen


def _say_where_only(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
    """A bug is told by its kind and place; its message might quote the card."""
    places = []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}")
        trace = trace.tb_next
    sys.stderr.write(f"card process: {kind.__name__} at {' > '.join(places)}\n")


def main() -> None:
    """Serves requests until standard input ends."""
    sys.excepthook = _say_where_only
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which then ends this process
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump would hold what the card said, and a PIN
    out = sys.stdout.buffer

    def reply(line: bytes) -> None:
        out.write(line + b"\n")
        out.flush()

    def pause(duration_ms: int) -> bool:
        return inbox.wait(duration_ms)

    worker = Worker(reply, pause)
    # Unbuffered: a buffered stream that is being read makes a process that ends by a bug dump its memory.
    inbox = Inbox(io.FileIO(sys.stdin.fileno(), closefd=False), worker.watch.hurry)
    while True:
        try:
            worker.serve(inbox.next())
        except InputEnded:
            return
        except BrokenPipeError:  # whoever asked is gone: nobody is left to be told
            os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())  # what is still in the buffer goes nowhere
            return


if __name__ == "__main__":
    main()
