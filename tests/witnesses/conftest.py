"""A real PC/SC service with the real driver for serial readers, and a simulated one behind it."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from hardware_sim.card.slot import Slot
from hardware_sim.readers.framing import framed
from hardware_sim.readers.line_troubles import Pause, Send
from hardware_sim.readers.models import Model
from hardware_sim.readers.pin_pad import PinPadHands
from hardware_sim.readers.reader import SerialReader
from hardware_sim.readers.serial_lines import PtyLine
from tests.pcscd import DRIVER, PROGRAM, READER, SERIAL_DRIVER, Pcscd, PrivatePcscd, needs, running, serial_reader
from tests.witnesses.pcsc_client import talk


class Overheard(SerialReader):
    """A reader whose line is listened to: each message of the driver, without its sequence number, and all answers."""

    def __init__(self, model: Model, slots: list[Slot], hands: PinPadHands) -> None:
        super().__init__(model, slots, hands=hands)
        self.asked: list[str] = []
        self.answers: list[str] = []
        self.frames: list[tuple[str, str]] = []

    def receive(self, data: bytes, send: Send, pause: Pause) -> None:
        said = bytearray()

        def overheard(part: bytes) -> None:
            said.extend(part)
            send(part)

        super().receive(data, overheard, pause)
        self.frames.append((data.hex().upper(), said.hex().upper()))
        message = data[2:-1]
        assert framed(message) == data, "the driver sends whole frames"
        self.asked.append((message[:6] + message[7:]).hex().upper())


@pytest.fixture
def virtual_port() -> Iterator[int]:
    """Where a service of this test's own has its first virtual reader; one that saw other cards may still see them."""
    needs("pcscd", PROGRAM)
    needs("vsmartcard-vpcd", DRIVER)
    folder = Path(tempfile.mkdtemp(prefix="pcscd-"))
    service = PrivatePcscd(folder)
    with running(service):
        talk(f"{READER} 00 00")  # it starts when it is first asked
        yield service.port
    shutil.rmtree(folder)


Plug = Callable[..., AbstractContextManager[Overheard]]


@pytest.fixture
def plugged() -> Iterator[Plug]:
    """Plugs a reader of a model with these slots in; the real service and its driver then run behind it."""
    needs("pcscd", PROGRAM)
    needs("libccid", SERIAL_DRIVER)
    folder = Path(tempfile.mkdtemp(prefix="pcscd-"))

    @contextmanager
    def plug(model: Model, *slots: Slot, hands: PinPadHands | None = None) -> Iterator[Overheard]:
        reader = Overheard(model, list(slots), hands or PinPadHands())
        device = folder / "ttyS0"
        service = Pcscd(folder, serial_reader(device, model.driver_name))
        with PtyLine(reader, device), running(service):
            yield reader

    yield plug
    shutil.rmtree(folder)
