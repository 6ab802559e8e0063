"""How a driver is found: those of the program, those of other packages, and those that are broken."""

import importlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hardware_sim import personas
from pos_client.card import words
from pos_client.card.makers.library import LibraryDriver, LibraryReader
from pos_client.card.readers import ccid_serial, drivers, pcsc
from pos_client.card.readers.drivers import NoDriver, PcscDriver, SerialDriver
from pos_client.card.readers.reader import ReaderState, WholeCardReader
from pos_client.errors import EnvironmentProblem
from tests.card.simulated import written_on

OWN = ("pcsc", "ccid-serial", "library")
#: A driver as another package brings it: it imports what it needs of the program, and the simulator plays its hardware.
PLAYED_READER = """
from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.slot import Slot
from pos_client.card.readers.reader import ReaderState
from pos_client.card.social_security.reading import read_identity
from tests.card.simulated import DirectCard


class Reader:
    def __init__(self, persona):
        self._persona = persona

    def read(self):
        card = DirectCard(Slot(chip_of(personas.load(self._persona).card), ()))
        return read_identity(card, f"played:{self._persona}")

    def card_present(self):
        return True

    def disconnect(self):
        pass


class Driver:
    def means(self, target):
        return target in personas.names()

    def open(self, target):
        return Reader(target)

    def states(self):
        return [ReaderState("Played", "played:zhang-jianguo", True)]


DRIVER = Driver()
HALF = object()
"""

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs a package as an installer would: its module, and beside it what it tells of itself."""
    monkeypatch.syspath_prepend(str(tmp_path))
    installed: list[str] = []

    def put(module: str, entry_points: str | bytes, program: str = PLAYED_READER) -> None:
        (tmp_path / f"{module}.py").write_text(program)
        described = tmp_path / f"{module}-1.0.dist-info"
        described.mkdir()
        (described / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
        content = entry_points if isinstance(entry_points, bytes) else entry_points.encode()
        (described / "entry_points.txt").write_bytes(content)
        installed.append(module)
        importlib.invalidate_caches()

    yield put
    for module in installed:
        sys.modules.pop(module, None)


def entry(scheme: str, value: str) -> str:
    return f"[pos_client.reader_drivers]\n{scheme} = {value}\n"


def unusable(scheme: str) -> EnvironmentProblem:
    with pytest.raises(EnvironmentProblem) as raised:
        drivers.driver(scheme)
    assert raised.value.words is words.LIBRARY_UNUSABLE
    assert "{" not in raised.value.sentence("zh") + raised.value.sentence("en")
    return raised.value


def test_the_programs_own_drivers() -> None:
    assert drivers.schemes()[:3] == OWN
    assert [type(drivers.driver(scheme)) for scheme in OWN] == [PcscDriver, SerialDriver, LibraryDriver]


def test_each_opens_readers_of_its_kind() -> None:
    assert isinstance(drivers.driver("pcsc").open(""), pcsc.PcscReader)
    assert isinstance(drivers.driver("ccid-serial").open("/dev/ttyUSB0"), ccid_serial.CcidSerialReader)
    assert isinstance(drivers.driver("library").open("/opt/libreader.so"), LibraryReader)


def test_each_tells_of_its_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    states = [ReaderState("R 00", "pcsc:R 00", True)]
    ports = [ReaderState("GemPC Twin", "ccid-serial:/dev/ttyUSB0", None)]
    monkeypatch.setattr(pcsc, "reader_states", lambda: states)
    monkeypatch.setattr(ccid_serial, "port_states", lambda: ports)
    assert [list(drivers.driver(scheme).states()) for scheme in OWN] == [states, ports, []]


@pytest.mark.parametrize("target", ["", "ACS ACR38 [CCID] 00 00"])
def test_any_name_can_be_meant_of_pcsc(target: str) -> None:
    assert drivers.driver("pcsc").means(target)


@pytest.mark.parametrize(
    "target",
    ["/dev/ttyUSB0", "/dev/ttyUSB0#1", "COM3", "socket://127.0.0.1:4000", "socket://[::1]:4000", "socket://host:1#12"],
)
def test_serial_ports_that_can_be_meant(target: str) -> None:
    assert drivers.driver("ccid-serial").means(target)


@pytest.mark.parametrize(
    "target",
    [
        "",
        "#1",
        "/dev/ttyUSB0#",
        "/dev/ttyUSB0#one",
        "/dev/ttyUSB0#1#2",
        "/dev/ttyUSB0#-1",
        "socket://127.0.0.1",
        "socket://:4000",
        "socket://[::1:4000",
        "socket://host:70000",
        "socket://host:0",
        "socket://host:4000?logging=debug",
        "socket://host:4000/x",
        "spy:///dev/ttyUSB0",
    ],
)
def test_serial_ports_that_cannot_be_meant(target: str) -> None:
    assert not drivers.driver("ccid-serial").means(target)


def test_nobody_drives_an_unknown_scheme() -> None:
    with pytest.raises(NoDriver):
        drivers.driver("usb")


def test_a_driver_of_another_package_is_found_and_reads_a_card(install: Install) -> None:
    install("played_reader", entry("played", "played_reader:DRIVER"))
    assert drivers.schemes() == (*OWN, "played")
    found = drivers.driver("played")
    assert found.means("zhang-jianguo")
    assert not found.means("nobody")
    assert [state.url for state in found.states()] == ["played:zhang-jianguo"]
    reader = found.open("zhang-jianguo")
    assert isinstance(reader, WholeCardReader)
    assert reader.read() == written_on(personas.load("zhang-jianguo").card, "played:zhang-jianguo")
    reader.disconnect()


def test_listing_the_schemes_loads_no_driver(install: Install) -> None:
    install("played_reader", entry("played", "played_reader:DRIVER"), program="raise SystemExit")
    assert "played" in drivers.schemes()
    assert "played_reader" not in sys.modules


def test_the_programs_own_drivers_cannot_be_replaced(install: Install) -> None:
    install("played_reader", entry("pcsc", "played_reader:DRIVER"))
    assert drivers.schemes() == OWN
    assert type(drivers.driver("pcsc")) is PcscDriver


@pytest.mark.parametrize(
    ("value", "program", "detail"),
    [
        ("broken_reader:DRIVER", "import a_library_that_is_not_there", "ModuleNotFoundError"),
        ("broken_reader:DRIVER", "1 / 0", "ZeroDivisionError"),
        ("broken_reader:DRIVER", "this is no program", "SyntaxError"),
        ("broken_reader:DRIVER", "", "AttributeError"),
        ("another_module:DRIVER", "", "ModuleNotFoundError"),
        ("no value", "", "AttributeError"),
        ("broken_reader:HALF", PLAYED_READER, "lacks means, open, states"),
        ("broken_reader", PLAYED_READER, "lacks means, open, states"),
    ],
)
def test_a_broken_driver_is_one_problem_and_hides_no_other(
    install: Install, value: str, program: str, detail: str
) -> None:
    install("broken_reader", entry("broken", value), program)
    install("played_reader", entry("played", "played_reader:DRIVER"))
    assert drivers.schemes() == (*OWN, "broken", "played")
    assert unusable("broken").evidence["detail"] == detail
    assert drivers.driver("played").means("ma-yan")


@pytest.mark.parametrize("states", ["raise ValueError('no hub')", "return [('Played', 'played:x')]", "return None"])
def test_a_driver_that_cannot_tell_of_its_readers_hides_no_other(
    install: Install, monkeypatch: pytest.MonkeyPatch, states: str
) -> None:
    told = 'return [ReaderState("Played", "played:zhang-jianguo", True)]'
    install("mute_played", entry("played", "mute_played:DRIVER"), PLAYED_READER.replace(told, states))
    port = ReaderState("GemPC Twin", "ccid-serial:/dev/ttyUSB0", None)
    monkeypatch.setattr(ccid_serial, "port_states", lambda: [port])
    assert "played" in drivers.schemes()
    assert [drivers.states_of(scheme) for scheme in ("ccid-serial", "played")] == [[port], []]


@pytest.mark.parametrize(
    "description", [b"[pos_client.reader_drivers]\nno value\n", b"\xff\xfe[", b"x = y\n", b"[\n\n]"]
)
def test_a_package_that_describes_itself_wrongly_hides_no_other(install: Install, description: bytes) -> None:
    install("broken_reader", description)
    install("played_reader", entry("played", "played_reader:DRIVER"))
    assert "played" in drivers.schemes()
    assert drivers.driver("played").means("ma-yan")


def test_finding_drivers_imports_no_library_of_readers() -> None:
    program = (
        "import sys\n"
        "from pos_client.card.readers import drivers\n"
        "drivers.schemes()\n"
        "for scheme in ('pcsc', 'ccid-serial'): drivers.driver(scheme).means('/dev/ttyUSB0')\n"
        "print([name for name in ('smartcard', 'serial', 'ctypes.util') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_serial_reader_needs_no_pcsc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "smartcard", None)
    monkeypatch.delitem(sys.modules, "pos_client.card.readers.pcsc", raising=False)
    assert drivers.driver("ccid-serial").open("/dev/ttyUSB0")
    assert drivers.driver("pcsc").means("")
