"""Desks on which a card is read, over every way there is from a chip to this program.

Each has a slot for the person's card and one for the PSAM, and whoever stands at it may put cards in and pull them out.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from hardware_sim.card.chip import Chip
from hardware_sim.card.psam import Psam
from hardware_sim.card.slot import Entry, Exchange, Slot
from hardware_sim.readers.models import GEMPC_TWIN, POS_PRO, Model
from hardware_sim.readers.reader import SerialReader
from hardware_sim.readers.serial_lines import PtyLine, TcpLine
from hardware_sim.readers.vpcd import VpcdCard
from pos_client.card import errands, words
from pos_client.card.process import CardProcess
from pos_client.card.readers import reader_url
from pos_client.card.readers.ccid_serial import CcidSerialReader
from pos_client.card.readers.reader import ReaderUrl
from pos_client.card.slots import Opened, Slots
from pos_client.card.social_security.identity import CardIdentity
from pos_client.errors import EnvironmentProblem, Problem
from pos_client.runtime import Runtime, SystemChild, SystemClock
from tests.card.matrix.issued import IssuedCard
from tests.card.simulated import outcome
from tests.pcscd import DRIVER, PROGRAM, SERIAL_DRIVER, Pcscd, PrivatePcscd, needs, running, serial_reader
from tests.virtual import virtual_runtime

#: Far longer than any answer takes, so that a busy machine fails no test.
PATIENCE_MS: Final = 60_000
#: Where it is known that no answer comes; an answer that came too late would only be told in the same words.
IMPATIENCE_MS: Final = 500
#: A service that was started has its readers within this time, or never.
START_MS: Final = 5_000
STARTS: Final = 5
_SELECT_BY_NAME: Final = bytes((0x00, 0xA4, 0x04, 0x00))


class Desk:
    """A reader with a card slot and a PSAM slot, and the program that reads."""

    way: str
    """By which way its cards are reached."""
    line: SerialReader | None = None
    """The simulated reader, where it is a serial one."""
    psam_url = ""
    """The PSAM's own reader, where it has one that the program must be told of."""

    def __init__(self) -> None:
        self._log: list[Entry] = []
        self.slot = Slot(log=self._log.append)
        self.psam = Slot()
        self._chip: Chip | None = None
        self.cards: dict[str, IssuedCard] = {}
        """One of each version, by its name, which shows what everything together has done to it."""

    def _read(self, limit_ms: int) -> CardIdentity:
        """Reads as the program does."""
        raise NotImplementedError

    def read(self, limit_ms: int = PATIENCE_MS) -> CardIdentity | Problem:
        """The person on the card, or what the clerk is told instead."""
        self._log.clear()
        return outcome(lambda: self._read(limit_ms))

    @property
    def tries(self) -> int:
        """How often the last reading began with the card."""
        return sum(
            entry.number == 1 and entry.command.shown.startswith(_SELECT_BY_NAME)
            for entry in self._log
            if isinstance(entry, Exchange)
        )

    @contextmanager
    def saying(self, doing: str) -> Iterator[None]:
        """Whatever fails in here is told together with what was done."""
        try:
            yield
        except AssertionError as failure:
            failure.add_note(f"{self.way}: {doing}")
            raise

    def holds(self, chip: Chip) -> bool:
        """Whether that very card is in the reader."""
        return self.slot.present and self.slot._chip is chip

    def forget(self) -> None:
        """The program is started anew."""

    def let_go(self) -> None:
        """Waits until the program has closed the reader; it tells what it read before that."""

    def settle(self) -> None:
        """Waits until everybody has noticed what the hands did."""

    def pause(self) -> None:
        """The least time that a hand needs between pulling a card out and putting one in."""

    def put_in(self, chip: Chip, *, psam: bool) -> None:
        """This card is in, freshly put in unless it was in before; and the PSAM is or is not."""
        if psam != self.psam.present:
            self.exchange_psam(Psam() if psam else None)
        if chip is not self._chip or not self.slot.present:
            self.take_out()
            self.pause()
            self.slot.insert(chip)
            self._chip = chip
        self.settle()

    def take_out(self) -> None:
        """The card is pulled out, once the program has let it go."""
        self.let_go()
        self.slot.remove()
        self.settle()

    def put_back(self) -> None:
        """The card is pulled out, if it is still in, and the one that belongs here is put in."""
        assert self._chip is not None
        if self.slot.present:
            self.pause()
        self.take_out()
        self.pause()
        self.slot.insert(self._chip)
        self.settle()

    def exchange_psam(self, psam: Psam | None) -> None:
        """Takes the PSAM out and puts another one in, or none."""
        self.let_go()
        self.psam.remove()
        self.settle()
        if psam is not None:
            self.pause()
            self.psam.insert(psam)
            self.settle()


class DirectReader:
    """No reader at all: the chip's answers are the program's."""

    def __init__(self, slot: Slot, beside: Slot | None = None) -> None:
        self._slot, self._beside = slot, beside
        self.atr = b""

    def connect(self) -> str:
        atr = self._slot.power_on()
        if atr is None:
            raise EnvironmentProblem(words.NO_CARD)
        self.atr = atr
        return "pcsc:No reader"

    def transmit(self, command: bytes) -> bytes:
        reaction = self._slot.transmit(command)
        if reaction.answer is None:
            raise EnvironmentProblem(words.CARD_MUTE if self._slot.powered else words.CARD_TORN)
        return reaction.answer

    def neighbours(self) -> "list[DirectReader]":
        return [DirectReader(self._beside)] if self._beside is not None else []

    def pin_pad(self) -> None:
        return None

    def card_present(self) -> bool:
        return self._slot.present

    def disconnect(self) -> None:
        self._slot.power_off()


class ErrandDesk(Desk):
    """The program's errands, done in this very process."""

    def __init__(self) -> None:
        super().__init__()
        self._limit_ms = PATIENCE_MS
        self.url = ReaderUrl("in-process", "")
        self.forget()

    def forget(self) -> None:
        self._slots = Slots(self._opened)

    def _opened(self, url: ReaderUrl) -> Opened:
        if url.target:
            return CcidSerialReader(url.target, answer_timeout_ms=self._limit_ms)
        return DirectReader(self.slot, self.psam)

    def _read(self, limit_ms: int) -> CardIdentity:
        self._limit_ms = limit_ms
        found: list[CardIdentity] = []
        options = {"psam": self.psam_url if self.psam.present else ""}
        errands.read(self._slots, self.url, options, found.append)
        return found[0]


def real() -> Runtime:
    """A runtime with real processes and a real clock."""
    return replace(virtual_runtime(), clock=SystemClock(), spawn=SystemChild)


class ProcessDesk(Desk):
    """The program's card process."""

    def __init__(self, url: str = "pcsc:") -> None:
        super().__init__()
        self.process = CardProcess(real(), url, read_timeout_ms=PATIENCE_MS)

    def forget(self) -> None:
        self.process.close()

    def _read(self, limit_ms: int) -> CardIdentity:
        self.process._read_timeout_ms = limit_ms
        self.process._options["psam"] = self.psam_url if self.psam.present else ""
        try:
            return self.process.read()
        finally:
            self.process._read_timeout_ms = PATIENCE_MS


class ServiceDesk(ProcessDesk):
    """The program's card process, and the real PC/SC service, which notices cards in its own time."""

    def __init__(self, service: Pcscd, *, out_at_least_s: float) -> None:
        super().__init__()
        self.service = service
        self._out_at_least_s = out_at_least_s

    def restart_service(self) -> None:
        self.service.stop()
        self.service.start()
        self._until_it_has_readers()
        self.settle()

    def _until_it_has_readers(self) -> None:
        """libccidtwin may take the late answer to a service that was stopped for that to its own first question; pcscd
        then leaves the reader out for good. It is started again, as IT would.
        """
        for _ in range(STARTS):
            deadline = time.monotonic() + START_MS / 1000
            while time.monotonic() < deadline:
                if None not in (self._seen() or [None]):
                    return
                time.sleep(0.02)
            self.service.stop()
            self.service.start()

    def let_go(self) -> None:
        """A card that is pulled while the program disconnects makes pcscd 1.9.9 lose it, and the next one too."""
        with suppress(EnvironmentProblem):
            self.process.readers()

    def settle(self) -> None:
        """The first reader holds the card and the second one the PSAM, as the names are sorted."""
        wanted = [self.slot.present, self.psam.present]
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while (seen := self._seen()) != wanted:
            assert time.monotonic() < deadline, f"the service sees {seen} and not {wanted}"
            time.sleep(0.02)

    def pause(self) -> None:
        """pcscd 1.9.9 loses a card for good that comes and goes between two of its looks, which are 400 ms apart."""
        time.sleep(self._out_at_least_s)

    def _seen(self) -> list[bool | None]:
        try:
            states = [state for state in self.process.readers() if state.url.startswith("pcsc:")]
        except EnvironmentProblem:
            return []
        return [state.card_present for state in sorted(states, key=lambda state: state.name)][:2]


@contextmanager
def in_process() -> Iterator[Desk]:
    yield ErrandDesk()


@contextmanager
def over_tcp() -> Iterator[Desk]:
    desk = ErrandDesk()
    desk.line = SerialReader(POS_PRO, [desk.slot, desk.psam])
    with TcpLine(desk.line) as line:
        desk.url = reader_url.parse(line.url)
        yield desk


@contextmanager
def on_a_pseudo_terminal(model: Model) -> Iterator[Desk]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        desk = ProcessDesk(f"ccid-serial:{folder / 'ttyS0'}")
        stack.callback(desk.process.close)
        desk.line = SerialReader(model, _slots_in(model, desk))
        stack.enter_context(PtyLine(desk.line, folder / "ttyS0"))
        if model.slots == 1:
            psam_line = PtyLine(SerialReader(GEMPC_TWIN, [desk.psam]), folder / "ttyS1")
            desk.psam_url = stack.enter_context(psam_line).url
        yield desk


def _slots_in(model: Model, desk: Desk) -> list[Slot]:
    """A reader with one slot has the PSAM in another reader beside it."""
    return [desk.slot, desk.psam][: model.slots]


@contextmanager
def through_the_virtual_driver() -> Iterator[Desk]:
    needs("pcscd", PROGRAM)
    needs("vsmartcard-vpcd", DRIVER)
    with _service_folder() as folder, running(service := PrivatePcscd(folder)):
        desk = ServiceDesk(service, out_at_least_s=0)  # a card of this driver stays out long enough by itself
        cards = [(desk.slot, service.port), (desk.psam, service.port + 1)]
        with ExitStack() as stack:
            for slot, port in cards:
                stack.enter_context(VpcdCard(slot, port, least_absence_ms=500))
            stack.callback(desk.process.close)
            yield desk


@contextmanager
def through_the_serial_driver(model: Model) -> Iterator[Desk]:
    needs("pcscd", PROGRAM)
    needs("libccid", SERIAL_DRIVER)
    with _service_folder() as folder, ExitStack() as stack:
        devices = [folder / f"ttyS{number}" for number in range(3 - min(model.slots, 2))]
        service = Pcscd(folder, "".join(serial_reader(device, model.driver_name) for device in devices))
        desk = ServiceDesk(service, out_at_least_s=0.5)
        desk.line = SerialReader(model, _slots_in(model, desk))
        for device, reader in zip(devices, [desk.line, SerialReader(model, [desk.psam])], strict=False):
            stack.enter_context(PtyLine(reader, device))
        stack.enter_context(running(service))
        stack.callback(desk.process.close)
        yield desk


@contextmanager
def _service_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="pcscd-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


Way = Callable[[], AbstractContextManager[Desk]]

IN_PROCESS: Final = "in-process"
TCP: Final = "tcp"
PTY_ECHO: Final = "pty-with-echo"
PTY_SILENT: Final = "pty-without-echo"
VPCD: Final = "pcscd-vpcd"
LIBCCID: Final = "pcscd-libccidtwin-pos-pro"
LIBCCID_TWIN: Final = "pcscd-libccidtwin-gempc-twin"

WAYS: Final[dict[str, Way]] = {
    IN_PROCESS: in_process,
    TCP: over_tcp,
    PTY_ECHO: lambda: on_a_pseudo_terminal(GEMPC_TWIN),
    PTY_SILENT: lambda: on_a_pseudo_terminal(POS_PRO),
    VPCD: through_the_virtual_driver,
    LIBCCID: lambda: through_the_serial_driver(POS_PRO),
    LIBCCID_TWIN: lambda: through_the_serial_driver(GEMPC_TWIN),
}
SERIAL: Final = (TCP, PTY_ECHO, PTY_SILENT)
SERVICES: Final = (VPCD, LIBCCID, LIBCCID_TWIN)


def desk_on(*ways: str) -> Callable[[pytest.FixtureRequest], Iterator[Desk]]:
    """A fixture: one desk after another, each for all tests of a module."""

    @pytest.fixture(scope="module", params=ways, name="desk")
    def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
        with WAYS[request.param]() as desk:
            desk.way = request.param
            yield desk

    return desk
