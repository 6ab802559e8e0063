"""Runs a reader maker's library in a process of its own, so that whatever it does, only this process has to go.

Stand-alone on purpose: standard library and syntax of Python 3.7, started by its path. So a 32-bit interpreter that
has none of this program's packages can run a 32-bit library for a 64-bit program.

The first line it says is ``{"host": 1}``. To each line ``{"library": PATH, "type": 1..4}`` it says
``{"loaded": true}`` and then ``{"number": N, "said": HEX}``: what ``long iReadCardBas(int, char*)`` returned and, where
that is 0, what it wrote. Instead of either it says ``{"unusable": WHY, "detail": TEXT}``. It ends when its input ends,
also in the midst of a call.
"""

from __future__ import annotations

import ctypes
import json
import os
import queue
import signal
import sys
import threading  # noqa: TID251 (this process is never simulated: only a second thread can end a call that hangs)
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # collections.abc knows no square brackets in Python 3.7
    from collections.abc import Callable
    from typing import IO, Any

    Call = Callable[[int, Any], int]

FUNCTION = "iReadCardBas"
#: What integrators reserve is 1 to 8 KiB; what stands behind the buffer must still be there after the call.
BUFFER_BYTES = 65536
GUARD_BYTES = 65536
_GUARD = b"\xa5" * GUARD_BYTES
#: Windows shall not show a box over the desk and wait when a library is missing a part or crashes.
_NO_ERROR_BOXES = 0x0001 | 0x0002 | 0x8000


class Unusable(Exception):
    """The library cannot be used; ``why`` is one word that the program has a sentence for."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.detail = detail


def load(path: str) -> Call:
    """The library's function.

    Raises:
        Unusable: there is no such file, it cannot be loaded here, or it has no such function.
    """
    if not os.path.isfile(path):
        raise Unusable("missing")
    try:
        _stand_beside(path)
        library = _loaded(path)
    except OSError as trouble:
        raise Unusable(_why_not_loaded(path), str(trouble).replace(path, os.path.basename(path))) from None
    for name in (FUNCTION, "_" + FUNCTION + "@8"):  # the second as a 32-bit linker decorates it
        function = getattr(library, name, None)
        if function is not None:
            function.argtypes = (ctypes.c_int, ctypes.c_char_p)
            function.restype = ctypes.c_int  # right for a library that returns int, too
            return function  # type: ignore[no-any-return]
    raise Unusable("no-function")


def _stand_beside(path: str) -> None:
    """Makers' libraries look for their own parts and settings in the folder that they are started from."""
    folder = os.path.dirname(path)
    os.chdir(folder)
    if sys.platform == "win32" and hasattr(os, "add_dll_directory"):
        os.add_dll_directory(folder)


def _loaded(path: str) -> Any:
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(_NO_ERROR_BOXES)
        return ctypes.WinDLL(path)
    return ctypes.CDLL(path)


def _why_not_loaded(path: str) -> str:
    try:
        theirs, ours = machine(path), machine(sys.executable)
    except OSError:
        return "not-loadable"
    if not theirs:
        return "no-library"
    return "not-loadable" if theirs == ours else "other-machine"


def machine(path: str) -> bytes:
    """What kind of computer an ELF or PE file is for; nothing where the file is neither."""
    with open(path, "rb") as file:
        head = file.read(64)
        if head[:4] == b"\x7fELF":
            return head[:6] + head[18:20]
        if head[:2] != b"MZ":
            return b""
        file.seek(int.from_bytes(head[60:64], "little"))
        portable = file.read(6)
    return portable if portable[:4] == b"PE\0\0" else b""


def read_card(call: Call, kind: int) -> dict[str, object]:
    """Calls the library once; what it wrote is wiped from memory when it was taken over.

    Raises:
        Unusable: it wrote past the buffer.
    """
    buffer = ctypes.create_string_buffer(BUFFER_BYTES + GUARD_BYTES)
    guard_at = ctypes.addressof(buffer) + BUFFER_BYTES
    ctypes.memmove(guard_at, _GUARD, GUARD_BYTES)
    try:
        number = call(kind, buffer)
        if ctypes.string_at(guard_at, GUARD_BYTES) != _GUARD:
            raise Unusable("overrun")
        said = b"" if number else ctypes.string_at(buffer, BUFFER_BYTES).partition(b"\0")[0]
        return {"number": number, "said": said.hex()}
    finally:
        ctypes.memset(buffer, 0, len(buffer))


def serve(lines: Callable[[], bytes], reply: Callable[[dict[str, object]], None]) -> None:
    """Answers one line after another; never returns."""
    reply({"host": 1})
    while True:
        asked = json.loads(lines())
        try:
            call = load(asked["library"])
            reply({"loaded": True})
            reply(read_card(call, asked["type"]))
        except Unusable as trouble:
            reply({"unusable": trouble.why, "detail": trouble.detail})
        except OSError:  # how Windows tells of a crash inside the library
            end()


def end() -> None:
    """Ends this process now, without giving the library a chance to say good-bye."""
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def _private(descriptor: int, mode: str) -> IO[bytes]:
    """One end of the pipe, moved where the library cannot disturb it."""
    return os.fdopen(os.dup(descriptor), mode)


def main() -> None:
    """Serves requests until the input ends. What the library prints goes nowhere: it may hold what the card said."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which then ends this process
    requests, answers = _private(0, "rb"), _private(1, "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump would hold what the card said
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def listen() -> None:
        for line in requests:
            lines.put(line)
        end()

    def reply(answer: dict[str, object]) -> None:
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()

    threading.Thread(target=listen, daemon=True).start()
    serve(lines.get, reply)


if __name__ == "__main__":
    main()
