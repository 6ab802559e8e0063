"""Whatever a maker's library does: one sentence, the next reading works, and no process is left."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from pos_client.card import process, words
from pos_client.card.makers import library
from pos_client.card.makers.library import LibraryDriver, LibraryReader
from pos_client.card.readers.reader import ReaderDriver, WholeCardReader
from pos_client.card.social_security.identity import CardIdentity
from pos_client.errors import EnvironmentProblem, Problem, Words
from pos_client.runtime import Child, ChildGone, SystemChild
from tests.card.makers.compiled import GOOD, TEXT, Compile, compiled, is_running, own_library_processes
from tests.virtual import VirtualClock

SHORT_MS = 1_500
SECRETS = ("张三", "999999199001010016", "A00000011", "519900D1560000050000000A1A2B3C4D")


@pytest.fixture
def build(tmp_path_factory: pytest.TempPathFactory) -> Compile:
    return lambda body, **how: compiled(tmp_path_factory.mktemp("library"), body, **how)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled(tmp_path_factory.mktemp("good"), GOOD)


@pytest.fixture(autouse=True)
def nothing_stays(good: Path) -> Iterator[None]:
    """After whatever happened, a good library reads, and its process goes with it."""
    yield
    assert read(good).id_number == "999999199001010016"
    assert own_library_processes() == []


def read(target: Path | str, timeout_ms: int = library.TIMEOUT_MS) -> CardIdentity:
    reader = LibraryReader(str(target), timeout_ms=timeout_ms)
    try:
        return reader.read()
    finally:
        reader.disconnect()
        reader.disconnect()


def told(target: Path | str, meant: Words, timeout_ms: int = library.TIMEOUT_MS) -> Problem:
    """The one problem that a reading comes to; it names nobody and shows the clerk no path."""
    with pytest.raises(Problem) as raised:
        read(target, timeout_ms)
    assert raised.value.words is meant
    for sentence in (raised.value.sentence("zh"), raised.value.sentence("en")):
        assert str(Path(str(target)).parent) not in sentence
        assert "{" not in sentence
    assert not any(secret in f"{raised.value} {raised.value.fill}" for secret in SECRETS)
    json.dumps({**raised.value.evidence, **raised.value.fill})
    return raised.value


def test_a_card_is_read(good: Path) -> None:
    assert read(f"{good}?type=1&python={sys.executable}") == CardIdentity(
        card_number="A00000011",
        identification_code="519900D1560000050000000A1A2B3C4D",
        region="519900",
        version="3.00",
        issued_on=date(2024, 6, 1),
        expires_on=date(2034, 6, 1),
        name="张三",
        id_number="999999199001010016",
        sex="1",
        nation="",
        born_on=date(1990, 1, 1),
        reader=f"library:{good}?type=1&python={sys.executable}",
    )


def test_every_reading_has_a_process_of_its_own(build: Compile) -> None:
    counting = build("static int calls; if (calls++) return -1;" + GOOD)
    reader = LibraryReader(str(counting))
    assert reader.read() == reader.read()
    assert len(own_library_processes()) == 1
    reader.disconnect()


@pytest.mark.parametrize("kind", [1, 2, 3, 4])
def test_the_kind_of_card_is_passed_on(build: Compile, kind: int) -> None:
    assert told(f"{build('return -100 - type;')}?type={kind}", words.LIBRARY_REFUSED).fill["number"] == -100 - kind


def test_a_library_that_returns_int_is_understood_as_well(build: Compile) -> None:
    told(build("return 0xFFFFFFFEul;", result="unsigned long"), words.NO_CARD)


@pytest.mark.parametrize(
    "end",
    ["abort();", "raise(SIGSEGV);", "*(volatile int *)8 = 1;", "exit(0);", "_exit(3);"],
    ids=["abort", "segmentation fault", "wild pointer", "exit", "exit without good-bye"],
)
def test_a_library_that_crashes_takes_only_its_own_process(build: Compile, end: str) -> None:
    told(build(end), words.READING_STOPPED)


@pytest.mark.parametrize("hang", ["for (;;) pause();", "for (;;);"], ids=["waiting", "busy"])
def test_a_library_that_hangs_is_killed(build: Compile, hang: str) -> None:
    assert told(build(hang), words.READER_SILENT, SHORT_MS).evidence["deadline_ms"] == SHORT_MS
    assert own_library_processes() == []


def test_a_library_that_crashes_when_it_is_loaded_is_unusable(build: Compile) -> None:
    loading = "static void __attribute__((constructor)) crash(void) { abort(); } long"
    assert told(build(GOOD, result=loading), words.LIBRARY_UNUSABLE).evidence["why"] == "not-loadable"


def test_a_library_that_hangs_when_it_is_loaded_is_killed(build: Compile) -> None:
    loading = "static void __attribute__((constructor)) hang(void) { for (;;) pause(); } long"
    told(build(GOOD, result=loading), words.READER_SILENT, SHORT_MS)


@pytest.mark.parametrize("beyond", [1, 100, 65_000])
def test_a_library_that_writes_past_its_buffer_is_found_out(build: Compile, beyond: int) -> None:
    overrun = f"strcpy(out, TEXT); memset(out + 65536, 0, {beyond}); return 0;"
    assert told(build(overrun), words.LIBRARY_UNUSABLE).fill["why_en"] == "it damages memory"


def test_a_library_that_never_ends_its_text_is_read_no_further_than_the_buffer(build: Compile) -> None:
    told(build("memset(out, '1', 65536); return 0;"), words.LIBRARY_UNREADABLE)


def test_what_a_library_prints_disturbs_nobody(build: Compile, capfd: pytest.CaptureFixture[str]) -> None:
    chatty = 'printf("%s\\n", TEXT); fflush(stdout); write(1, TEXT, 40); write(2, TEXT, 40); perror(TEXT); getchar();'
    assert read(build(chatty + GOOD)).name == "张三"
    assert read(build("close(0); close(1); close(2);" + GOOD)).name == "张三"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("text", ["", "|", "no bars", "\x07" * 300, TEXT[:-1], TEXT + "|x", TEXT.replace("张三", "")])
def test_a_text_against_the_standard_is_thrown_away(build: Compile, text: str) -> None:
    told(build(GOOD, text=text), words.LIBRARY_UNREADABLE)


def test_a_text_that_comes_with_a_refusal_is_not_looked_at(build: Compile) -> None:
    told(build("strcpy(out, TEXT); return -2;"), words.NO_CARD)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    problem = told(tmp_path / "libreader.so", words.LIBRARY_UNUSABLE)
    assert "libreader.so 不能用（找不到这个文件）" in problem.sentence("zh")


def test_a_folder_is_no_library(tmp_path: Path) -> None:
    assert told(tmp_path, words.LIBRARY_UNUSABLE).evidence["why"] == "missing"


@pytest.mark.parametrize("content", [b"", b"MZ", b"\x7fEL", b"#!/bin/sh\n", b"MZ" + bytes(58) + b"\xff\xff\xff\x7f"])
def test_a_file_that_is_no_library(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "libreader.so"
    file.write_bytes(content)
    assert told(file, words.LIBRARY_UNUSABLE).evidence["why"] == "no-library"


def _elf(bits: int, machine: int) -> bytes:
    ident = b"\x7fELF" + bytes((bits, 1, 1)) + bytes(9)
    return ident + (3).to_bytes(2, "little") + machine.to_bytes(2, "little") + bytes(44)


def _portable(machine: int) -> bytes:
    return b"MZ" + bytes(58) + (64).to_bytes(4, "little") + b"PE\0\0" + machine.to_bytes(2, "little") + bytes(64)


@pytest.mark.parametrize(
    "content",
    [_elf(1, 3), _elf(2, 0xF3), _portable(0x14C), _portable(0x8664)],
    ids=["32-bit", "another processor", "32-bit Windows", "64-bit Windows"],
)
def test_a_library_for_another_machine(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "libreader.so"
    file.write_bytes(content)
    problem = told(file, words.LIBRARY_UNUSABLE)
    assert problem.evidence["why"] == "other-machine"
    assert "python=" in problem.sentence("zh")


def test_a_library_cut_short_in_a_copy(good: Path, tmp_path: Path) -> None:
    half = tmp_path / "libreader.so"
    half.write_bytes(good.read_bytes()[:3000])
    assert told(half, words.LIBRARY_UNUSABLE).evidence["why"] == "not-loadable"


def test_a_library_without_the_function(build: Compile) -> None:
    assert told(build(GOOD, name="iReadCard"), words.LIBRARY_UNUSABLE).evidence["why"] == "no-function"


def test_a_library_whose_own_library_is_missing_says_which(build: Compile, tmp_path: Path) -> None:
    part = build("return 0;", name="part").rename(tmp_path / "libpart.so")
    reading = build("return part(type, out);", link=str(part))
    part.unlink()
    problem = told(reading, words.LIBRARY_UNUSABLE)
    assert problem.evidence["why"] == "not-loadable"
    assert "libpart.so" in str(problem.evidence["detail"])


def test_a_library_finds_what_lies_beside_it(build: Compile) -> None:
    reading = build('FILE *file = fopen("reader.ini", "r"); if (!file) return -5;' + GOOD)
    assert told(reading, words.LIBRARY_UNUSABLE).evidence == {"why": "not-loadable", "detail": "-5"}
    reading.with_name("reader.ini").touch()
    assert read(reading).name == "张三"


def test_a_path_with_blanks_and_chinese(good: Path, tmp_path: Path) -> None:
    folder = tmp_path / "读卡器 & 驱动 100%"
    folder.mkdir()
    copy = folder / "动态库.so"
    copy.write_bytes(good.read_bytes())
    assert read(copy).reader == f"library:{copy}"


@pytest.mark.parametrize(
    "script", [None, "exit 0", "echo hello; exec sleep 60", "echo '{\"host\": 2}'", "not-a-command"]
)
def test_an_interpreter_that_is_none(good: Path, tmp_path: Path, script: str | None) -> None:
    python = tmp_path / "python"
    if script is not None:
        python.write_text(f"#!/bin/sh\n{script}\n")
        python.chmod(0o755)
    assert told(f"{good}?python={python}", words.LIBRARY_UNUSABLE).evidence["why"] == "no-python"


def test_a_library_dies_with_the_program_that_asked_it(build: Compile) -> None:
    """Also when that one was killed in the midst of a call: a reader that stays held could not be read by the next."""
    hanging = build("for (;;) pause();")
    program = (
        "from pos_client.card.makers.library import LibraryReader\n"
        f"LibraryReader({str(hanging)!r}, timeout_ms=60_000).read()\n"
    )
    asking = subprocess.Popen([sys.executable, "-c", program])
    try:
        its_process = _child_of(asking.pid)
    finally:
        asking.kill()
        asking.wait()
    _wait_until(lambda: not is_running(its_process))


def _child_of(parent: int) -> int:
    """The library's process, once it hangs in the library."""
    children = Path(f"/proc/{parent}/task/{parent}/children")

    def hangs() -> bool:
        mine = children.read_text().split()
        return bool(mine) and "libreader.so" in Path(f"/proc/{mine[0]}/maps").read_text()

    _wait_until(hangs)
    return int(children.read_text().split()[0])


def _wait_until(true: Callable[[], bool]) -> None:
    for _ in range(2_000):
        if true():
            return
        time.sleep(0.01)
    pytest.fail("it did not happen")


def test_no_dump_of_a_crash_is_written(build: Compile) -> None:
    crashing = build("raise(SIGABRT);")
    told(crashing, words.READING_STOPPED)
    assert [file.name for file in crashing.parent.iterdir() if "core" in file.name] == []
    limits = build(
        'FILE *f = fopen("/proc/self/limits", "r"); char line[200]; while (fgets(line, 200, f)) '
        'if (!strncmp(line, "Max core file size        0 ", 28)) { ' + GOOD + " } return -9;"
    )
    assert read(limits).name == "张三"


class PlayedHost:
    """A library's process that a test plays: lines with how long each one takes."""

    def __init__(self, clock: VirtualClock, *lines: tuple[int, bytes]) -> None:
        self._clock, self._lines = clock, list(lines)
        self.killed = False

    def send(self, line: bytes) -> None:
        self.asked = json.loads(line)

    def receive(self, timeout_ms: int) -> bytes | None:
        if not self._lines:
            raise ChildGone
        after_ms, line = self._lines.pop(0)
        self._clock.advance(milliseconds=min(after_ms, timeout_ms))
        return line if after_ms <= timeout_ms else None

    def kill(self) -> None:
        self.killed = True


@pytest.mark.parametrize(("greeting_ms", "answer_ms"), [(8_001, 0), (5_000, 3_001), (8_000, 1)])
def test_start_and_reading_share_eight_seconds(greeting_ms: int, answer_ms: int) -> None:
    clock = VirtualClock()
    host = PlayedHost(clock, (greeting_ms, b'{"host": 1}'), (0, b'{"loaded": true}'), (answer_ms, b'{"number": -2}'))

    def spawn(argv: Sequence[str]) -> Child:
        return host

    with pytest.raises(EnvironmentProblem) as raised:
        LibraryReader("/opt/libreader.so", spawn=spawn, clock=clock).read()
    assert (raised.value.words, clock.monotonic_ms(), host.killed) == (words.READER_SILENT, 8_000, True)


@pytest.mark.parametrize("line", [b"", b"hello", b"[]", b'{"number": "0"}', b'{"number": 0}', b"\xff"])
def test_a_process_that_talks_nonsense(line: bytes) -> None:
    host = PlayedHost(VirtualClock(), (0, b'{"host": 1}'), (0, b'{"loaded": true}'), (0, line))
    with pytest.raises(EnvironmentProblem) as raised:
        LibraryReader("/opt/libreader.so", spawn=lambda _: host, clock=VirtualClock()).read()
    assert raised.value.words is words.LIBRARY_UNREADABLE


def test_the_interpreter_of_the_settings_runs_the_library() -> None:
    started: list[Sequence[str]] = []

    def spawn(argv: Sequence[str]) -> Child:
        started.append(argv)
        raise FileNotFoundError

    with pytest.raises(EnvironmentProblem):
        LibraryReader(r"C:\reader\SSCard.dll?type=2&python=C:\Python 32\python.exe", spawn=spawn).read()
    assert started[0][:3] == [r"C:\Python 32\python.exe", "-I", "-S"]


def test_whether_a_card_is_there_cannot_be_known_and_nothing_is_started(good: Path) -> None:
    def never(_: Sequence[str]) -> SystemChild:
        raise AssertionError("nothing may be started by a look")

    reader: WholeCardReader = LibraryReader(str(good), spawn=never)
    assert reader.card_present() is None
    reader.disconnect()


def test_the_driver(good: Path) -> None:
    driver: ReaderDriver = LibraryDriver()
    assert driver.means(str(good))
    assert not driver.means("")
    assert driver.states() == ()
    reader = driver.open(str(good))
    assert isinstance(reader, LibraryReader)
    assert reader.read().name == "张三"
    reader.disconnect()
    with pytest.raises(ValueError, match="no maker's library"):
        driver.open("reader.dll")


def test_the_card_process_is_waited_for_longer_than_a_library() -> None:
    assert library.TIMEOUT_MS < process.READ_TIMEOUT_MS
