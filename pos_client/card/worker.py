"""The card process: does all card I/O, so that a driver that hangs can be killed without the window noticing.

Started as ``python -m pos_client.card.worker``; reads requests from standard input and answers on standard output,
one line each, until standard input ends. Nothing it says on standard error holds what a card said.
"""

import json
import signal
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Final

from pos_client.card import pipe, reader_url, words
from pos_client.card.reader import CardReader, ReaderState
from pos_client.card.reader_url import PCSC, ReaderUrl
from pos_client.card.social_security import read_identity
from pos_client.card.watch import Watch
from pos_client.errors import EnvironmentProblem, Problem

#: Troubles that taking the power off and starting over often cures; reading a card may be repeated without harm.
_WORTH_A_SECOND_TRY: Final = frozenset((words.CARD_MUTE.code, words.LINE_DISTURBED.code))

Reply = Callable[[bytes], None]


def open_reader(url: ReaderUrl) -> CardReader:
    """The reader behind an address. The libraries are imported here: a serial reader works without PC/SC installed."""
    if url.kind == PCSC:
        from pos_client.card.pcsc import PcscReader

        return PcscReader(url.target)
    from pos_client.card.ccid_serial import CcidSerialReader

    return CcidSerialReader(url.target)


def _read(number: int, url: ReaderUrl, reply: Reply) -> None:
    """Reads the card. The answer goes out before the reader is let go: closing a line can take a third of a second."""
    for last_try in (False, True):
        reader = open_reader(url)
        try:
            identity = read_identity(reader, reader.connect())
            reply(pipe.answered(number, pipe.identity_value(identity)))
            return
        except Problem as problem:
            if last_try or problem.code not in _WORTH_A_SECOND_TRY:
                reply(pipe.refused(number, problem))
                return
        finally:
            reader.disconnect()


def reader_states(url: ReaderUrl) -> list[ReaderState]:
    """All readers that can be seen: the configured one first, then PC/SC readers, then serial ports.

    Raises:
        EnvironmentProblem: the PC/SC service is down and it is the one in use.
    """
    from pos_client.card import ccid_serial

    if url.kind == PCSC:
        from pos_client.card import pcsc

        return pcsc.reader_states() + ccid_serial.port_states()
    reader = ccid_serial.CcidSerialReader(url.target)
    try:
        present: bool | None = reader.card_present()
    except EnvironmentProblem:
        present = None
    finally:
        reader.disconnect()
    configured = ReaderState(url.target, str(url), present)
    others = [state for state in _pcsc_states_if_any() + ccid_serial.port_states() if state.url != str(url)]
    return [configured, *others]


def _pcsc_states_if_any() -> list[ReaderState]:
    try:
        from pos_client.card import pcsc

        return pcsc.reader_states()
    except (ImportError, EnvironmentProblem):
        return []


def serve_one(line: bytes, reply: Reply, watch: Watch | None = None) -> None:
    """Does what one line asks and gives exactly one answer to it; ``watch`` looks after the reader between lines."""
    message = json.loads(line)
    number = message["id"]
    watch = watch or Watch()
    try:
        url = reader_url.parse(message["reader"])
        if message["do"] == "look":
            reply(pipe.answered(number, watch.look(url)))
            return
        watch.let_go()  # a port can be held only once
        if message["do"] == "read":
            _read(number, url, reply)
        elif message["do"] == "readers":
            reply(pipe.answered(number, [pipe.state_value(state) for state in reader_states(url)]))
        else:
            open_reader(url)  # so that the libraries are loaded before the first card comes
            reply(pipe.answered(number, None))
    except Problem as problem:
        reply(pipe.refused(number, problem))


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
    out = sys.stdout.buffer

    def reply(line: bytes) -> None:
        out.write(line + b"\n")
        out.flush()

    watch = Watch()
    for line in sys.stdin.buffer:
        serve_one(line, reply, watch)


if __name__ == "__main__":
    main()
