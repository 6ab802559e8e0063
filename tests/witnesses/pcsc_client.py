"""A program of its own for each PC/SC service of a test: the library keeps to the first service that it has met.

``python -m tests.witnesses.pcsc_client READER STEP …``; a step is ``connect:T0|T1|any``, a command in hexadecimal,
``control:CODE:DATA`` or ``disconnect``. Prints one JSON list with what each step came to.
"""

import json
import subprocess
import sys
import time

from smartcard import scard

_PROTOCOLS = {
    "T0": scard.SCARD_PROTOCOL_T0,
    "T1": scard.SCARD_PROTOCOL_T1,
    "any": scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1,
}
_PATIENCE_S = 30


def talk(reader: str, *steps: str) -> list[str]:
    """What each step came to: hexadecimal, or the error's number."""
    command = [sys.executable, "-m", "tests.witnesses.pcsc_client", reader, *steps]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    came_to: list[str] = json.loads(done.stdout)
    return came_to


class _Session:
    def __init__(self, reader: str) -> None:
        self._reader = reader
        _, self._context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        self._card, self._protocol = None, 0

    def do(self, step: str) -> str:
        kind, _, rest = step.partition(":")
        if kind == "connect":
            return self._connect(_PROTOCOLS[rest])
        if kind == "control":
            code, _, data = rest.partition(":")
            failed, answer = scard.SCardControl(self._card, int(code, 16), list(bytes.fromhex(data)))
        elif kind == "disconnect":
            failed, answer = scard.SCardDisconnect(self._card, scard.SCARD_UNPOWER_CARD), []
        else:
            request = scard.SCARD_PCI_T1 if self._protocol == scard.SCARD_PROTOCOL_T1 else scard.SCARD_PCI_T0
            failed, answer = scard.SCardTransmit(self._card, request, list(bytes.fromhex(step)))
        return _number(failed) if failed else bytes(answer).hex().upper()

    def _connect(self, protocols: int) -> str:
        """Waits for the reader and its card, which the service sees a moment after its start."""
        deadline = time.monotonic() + _PATIENCE_S
        passing = (scard.SCARD_E_UNKNOWN_READER, scard.SCARD_E_NO_SMARTCARD, scard.SCARD_E_READER_UNAVAILABLE)
        while True:
            failed, self._card, self._protocol = scard.SCardConnect(
                self._context, self._reader, scard.SCARD_SHARE_SHARED, protocols
            )
            if failed not in passing or time.monotonic() > deadline:
                return _number(failed) if failed else f"T{self._protocol.bit_length() - 1}"
            time.sleep(0.05)


def _number(failed: int) -> str:
    return f"{failed & 0xFFFFFFFF:08X}"


if __name__ == "__main__":
    session = _Session(sys.argv[1])
    sys.stdout.write(json.dumps([session.do(step) for step in sys.argv[2:]]))
