"""Nothing that is written about a card names its holder, and no PIN and no key stands anywhere afterwards.

Every text that leaves a card's session for a log, a file, IT or another process is gathered and searched for every
dress that the secrets could wear. The masks of the program are allowed: the first character of a name, the first six
and last four of a number.
"""

import json
import logging
import subprocess
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from hardware_sim import personas
from hardware_sim.card.faults import CardFault, Fault, LineFault
from hardware_sim.card.keys import FICTITIOUS_ROOTS, KeyName
from hardware_sim.card.profiles import chip_of, issued_keys
from hardware_sim.card.psam import Psam
from hardware_sim.card.slot import Slot
from hardware_sim.personas import CardData
from hardware_sim.readers.models import GEMPC_PINPAD, POS_PRO
from hardware_sim.readers.pin_pad import PinPadHands
from hardware_sim.readers.reader import SerialReader
from hardware_sim.readers.serial_lines import TcpLine
from pos_client.card import pipe
from pos_client.card.iso7816 import apdu
from pos_client.card.iso7816.tlv import Malformed
from pos_client.card.makers.library import LibraryReader
from pos_client.card.social_security import fields
from pos_client.card.social_security.mismatch import mismatches
from pos_client.card.social_security.pin import Pin
from pos_client.config import Home
from pos_client.desk import fault_log
from pos_client.errors import Problem
from pos_client.runtime import Child, ChildGone, SystemClock
from tests.card.fuzz.changes import Change, read_change
from tests.card.fuzz.desk import CardDesk
from tests.card.makers.compiled import compiled
from tests.silence import assert_folder_silent, assert_silent, revealed, windows
from tests.virtual import VirtualClock

PIN, WRONG, NEW = "7491836205", "86049271", "395017284613"
#: A holder whose every number is found by chance nowhere else.
THIRD = replace(
    personas.load("purse-open").card,
    kind="social_security_keyed",
    version="3.00",
    atr=bytes.fromhex("3B6D000000814A44468660439951C7E2A4"),
    identification_code="439900D15600000561D47F3A91C2B84E",
    card_number="J48271963",
    id_number="439999198307165829",
    name="欧阳修竹",
    pin=PIN,
    files={"DF04EF05": {"8B": "6217991827364055", "8A": "2026118273945", "87": "H7391820465"}},
)
SECOND, FIRST = replace(THIRD, kind="social_security", version="2.00"), replace(THIRD, version="1.00")
SECRETS = (
    PIN,
    WRONG,
    NEW,
    THIRD.name,
    THIRD.name[1:],
    *windows(THIRD.id_number, 8),
    *windows(THIRD.card_number, 6),
    *windows(THIRD.identification_code[16:], 12),
    *(value for values in THIRD.files.values() for value in values.values()),
)
SERIAL_NUMBER = THIRD.atr[-4:]
KEYS = (
    SERIAL_NUMBER,
    *(
        issued_keys(card).value_of(key)
        for card in (THIRD, SECOND)
        for key in (KeyName.IRK, KeyName.RKSSSE, KeyName.PUK)
    ),
    *(FICTITIOUS_ROOTS[key] for key in (KeyName.IRK, KeyName.RKSSSE, KeyName.RK1DF04)),
)
ACTS = ("read", "check", "tries", "verify", "change", "account", "account-pin", "examine")
LAST_STEP = 17


def assert_tells_nobody(told: str | bytes) -> None:
    assert_silent(told, SECRETS, KEYS)


def told_by(problem: Problem) -> str:
    """All that anybody could print of a problem."""
    texts = [str(problem), repr(problem), problem.sentence("zh"), problem.sentence("en"), repr(problem.args)]
    texts += [repr(dict(problem.evidence)), repr(dict(problem.fill)), *traceback.format_exception(problem)]
    return "\n".join([*texts, pipe.refused(1, problem).decode()])


def all_told_by(problems: Iterable[Problem]) -> str:
    """The same of many; those that can only say the same are asked once."""
    return "\n".join(map(told_by, distinct(problems)))


def distinct(problems: Iterable[Problem]) -> list[Problem]:
    """One of each that was raised at the same place for the same reason."""
    found = {}
    for problem in problems:
        places = tuple((frame.f_code, line) for frame, line in traceback.walk_tb(problem.__traceback__))
        found[problem.code, repr(problem.evidence), repr(problem.fill), places] = problem
    return list(found.values())


@pytest.fixture
def problems(monkeypatch: pytest.MonkeyPatch) -> list[Problem]:
    """Every problem that the card process told of, as it was raised."""
    raised: list[Problem] = []
    refused = pipe.refused

    def watched(number: int, problem: Problem) -> bytes:
        raised.append(problem)
        return refused(number, problem)

    monkeypatch.setattr(pipe, "refused", watched)
    return raised


HOWS = (
    *("!torn", "!mute", "<0", "<5", "<30", "^1", "^20", "+4A34383237313936330000", "=", "=9000", "=63C0", "=63C1"),
    *("=6700", "=6982", "=6983", "=6A82", "=6A83", "=6A88", "=6CFF", "=9303"),
)


def failures() -> Iterator[Change]:
    """What may go wrong at each step: torn, mute, cut short, changed, too long, and the status words that matter."""
    for step in range(1, LAST_STEP + 1):
        for how in HOWS:
            yield read_change(f"{step}{how}")


def asked(
    desk: CardDesk, act: str, card: CardData, *changes: Change, psam: bool = True, typed: str = PIN
) -> list[bytes]:
    options = {"typed": typed, "new": NEW} if act in ("verify", "change", "account-pin") else {}
    return desk.play(act, card, changes, psam=psam, **options).lines


@pytest.mark.parametrize("act", ACTS)
def test_no_failure_of_card_or_psam_names_the_holder(
    act: str, problems: list[Problem], caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.NOTSET)
    desk = CardDesk()
    lines = [line for failure in failures() for line in asked(desk, act, SECOND, failure)]
    lines += [line for failure in failures() for line in asked(desk, act, THIRD, failure)]
    lines += [line for failure in failures() for line in asked(desk, act, THIRD, replace(failure, psam=True))]
    lines += asked(desk, act, THIRD, psam=False) + asked(desk, act, FIRST)
    assert len(lines) > 50
    assert_tells_nobody(b"\n".join(lines))
    assert_tells_nobody(all_told_by(problems))
    assert_tells_nobody(caplog.text)
    assert {problem.code for problem in problems} or act == "examine"
    _reported(distinct(problems), tmp_path)


def _reported(problems: Sequence[Exception], folder: Path) -> None:
    """Every problem as the home's report keeps it."""
    home = Home(folder)
    for problem in problems:
        fault_log.write_report(problem, home, SystemClock())
    assert assert_folder_silent(folder, SECRETS, KEYS) == bool(problems)


@pytest.mark.parametrize("persona", personas.names())
def test_no_card_that_comes_to_a_counter_is_named(persona: str, problems: list[Problem]) -> None:
    card, desk = personas.load(persona).card, CardDesk()
    lines = [line for act in ACTS for psam in (True, False) for line in asked(desk, act, card, psam=psam)]
    told = b"\n".join(lines) + all_told_by(problems).encode()
    assert_silent(told, filter(None, (card.name, card.id_number, card.card_number, card.identification_code)), KEYS)


def test_the_holders_pin_goes_past_the_program(problems: list[Problem]) -> None:
    desk, told = CardDesk(), b""
    for typed, value in ((WRONG, None), (PIN, {"tries_left": 3}), (f"{WRONG}{PIN}", None)):
        hands = PinPadHands()
        hands.enter(typed)
        done = desk.play_line("pad", "gempc-pinpad", SECOND, hands=hands)
        assert done.value == value
        told += b"\n".join(done.lines)
    assert problems[0].code == "K-41"
    assert_tells_nobody(told + all_told_by(problems).encode())


def test_neither_does_any_state_of_the_pin(problems: list[Problem], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.NOTSET)
    desk = CardDesk()
    states = (SECOND, *(replace(SECOND, pin_tries_left=left) for left in (0, 1, 2)), replace(SECOND, pin=""))
    lines = []
    for card in states:
        for act in ("verify", "change", "account-pin"):
            for typed in (PIN, WRONG, "86049271x", f"{WRONG}{PIN}"):
                lines += asked(desk, act, card, typed=typed)
    assert {problem.code for problem in problems} >= {"K-41", "K-42", "K-46", "K-47"}
    assert_tells_nobody(b"\n".join(lines) + all_told_by(problems).encode())
    assert_tells_nobody(caplog.text)


@pytest.mark.parametrize("model", ["gempc-pinpad", "pos-pro"])
def test_nor_does_a_line_that_misbehaves(model: str, problems: list[Problem], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.NOTSET)
    desk = CardDesk()
    lines = []
    for step in range(1, 26):
        for how in ("<0", "<14", "<40", "^16", "^30", "+80", "=0316", "~80.40.FE.", "~80.02.00.9000", "~80.00.00.6982"):
            for act in ("read", "account-pin"):
                told = desk.play_line(act, model, THIRD, [read_change(f"{step}{how}")], typed=PIN)
                lines += told.lines
    assert len({problem.code for problem in problems}) > 3
    assert_tells_nobody(b"\n".join(lines) + all_told_by(problems).encode())
    assert_tells_nobody(caplog.text)


def misplaced() -> Iterator[tuple[str, str]]:
    """What belongs to the holder written where something else should stand, at the step of that file."""
    number, code = THIRD.id_number.encode().hex(), THIRD.identification_code
    issue, end = f"0110{code}", "07094A34383237313936339000"
    yield "a number as the version", f"3={issue}0312{number}{end}"
    yield "a number as the class", f"3={issue}0212{number}{end}"
    yield "a number as the day of issue", f"3={issue}0512{number}{end}"
    yield "a number before the code", f"3=0112{number}{end}"
    yield "a name as the card number", f"3={issue}0708{THIRD.name.encode('gb18030').hex()}9000"
    yield "a number that is cut short", f"3={issue}07FF{number}9000"
    yield "a number instead of records", f"3={number}9000"
    yield "a number instead of a status word", f"3={number}"


@pytest.mark.parametrize("change", dict(misplaced()).values(), ids=dict(misplaced()))
def test_data_in_the_wrong_place_is_not_quoted(change: str, problems: list[Problem]) -> None:
    lines = asked(CardDesk(), "examine", SECOND, read_change(change.replace("3=", "4=", 1)))
    told = CardDesk().play("read", SECOND, [read_change(change.replace("3=", "2=", 1))])
    assert_tells_nobody(b"\n".join(lines + told.lines) + all_told_by(problems).encode())
    if told.value is not None:
        assert_tells_nobody(repr(told.value))


def test_no_representation_shows_more_than_the_masks() -> None:
    desk = CardDesk()
    identity = desk.play("read", THIRD).value
    account = desk.play("account-pin", THIRD, typed=PIN).value
    assert (identity.name, account.medical.account_number) == (THIRD.name, THIRD.files["DF04EF05"]["8B"])
    told = mismatches(identity, id_number="439999199001010016", name="张三", card_number="A00000011")
    with Pin(PIN) as pin:
        assert_tells_nobody(f"{[identity, account, account.medical, account.purse, told, pin]} {identity.masked()}")


class PlayedHost:
    """A maker's library that says what a test wants."""

    def __init__(self, *answers: object) -> None:
        self._lines = [json.dumps(answer).encode() for answer in ({"host": 1}, {"loaded": True}, *answers)]

    def send(self, line: bytes) -> None:
        json.loads(line)

    def receive(self, timeout_ms: int) -> bytes | None:
        if not self._lines:
            raise ChildGone
        return self._lines.pop(0)

    def kill(self) -> None:
        self._lines.clear()


LIBRARY_TEXT = (
    f"439900|{THIRD.id_number}|{THIRD.card_number}|{THIRD.identification_code}|{THIRD.name}|{THIRD.atr[4:].hex()}|3.00|"
    "20240601|20340601|000000000000||"
)


def library_texts() -> Iterator[str]:
    for cut in range(0, len(LIBRARY_TEXT), 7):
        yield LIBRARY_TEXT[:cut]
    parts = LIBRARY_TEXT.split("|")
    for at in range(len(parts) - 2):  # each field in the place of the next
        yield "|".join([*parts[:at], parts[at + 1], parts[at], *parts[at + 2 :]])


def test_a_makers_library_is_not_quoted() -> None:
    answers: list[object] = [{"number": 0, "said": text.encode("gb18030", "replace").hex()} for text in library_texts()]
    answers += [{"number": number, "said": LIBRARY_TEXT.encode("gb18030").hex()} for number in (-1, -22, -51, -999)]
    answers += [{"said": LIBRARY_TEXT}, LIBRARY_TEXT, [LIBRARY_TEXT], {"number": "0", "said": LIBRARY_TEXT}]
    told = []
    for answer in answers:

        def spawn(_argv: Sequence[str], answer: object = answer) -> Child:
            return PlayedHost(answer)

        try:
            LibraryReader("/opt/libreader.so", spawn=spawn, clock=VirtualClock()).read()
        except Problem as problem:
            told.append(told_by(problem))
    assert len(told) > 15
    assert_tells_nobody("\n".join(told))


def run_worker(
    *requests: bytes, program: str = "from pos_client.card import worker; worker.main()"
) -> tuple[str, bytes]:
    """What the real card process said on standard error, and on standard output but for the values it was asked for."""
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", program],
        input=b"\n".join(requests) + b"\n",
        capture_output=True,
    )
    lines = done.stdout.splitlines()
    return done.stderr.decode(), b"\n".join(line for line in lines if b'"value"' not in line)


def pins(url: str, *typed: str) -> list[bytes]:
    return [
        pipe.request(number, "pin", url, {"pin": "verify", "typed": one}) for number, one in enumerate(typed, start=10)
    ]


def test_the_real_process_says_nothing() -> None:
    faults = [Fault(LineFault.CHECK, 4, times=2), Fault(LineFault.NOISE, 6, 9)]
    slot = Slot(chip_of(THIRD), [Fault(CardFault.GARBAGE, 9, 20, times=1)])
    with TcpLine(SerialReader(POS_PRO, [slot, Slot(Psam())], faults)) as line:
        reads = [pipe.request(number, "read", line.url) for number in range(4)]
        account = pipe.request(20, "account", line.url, {"typed": PIN})
        change = pipe.request(21, "pin", line.url, {"pin": "change", "typed": PIN, "new": NEW})
        examine = pipe.request(22, "examine", line.url)
        stderr, lines = run_worker(
            *reads, examine, *pins(line.url, WRONG, PIN), account, change, *pins(line.url, WRONG)
        )
    assert stderr == ""
    assert lines.count(b'"finding"') == 8
    assert b"K-41" in lines
    assert_tells_nobody(lines)


def test_the_real_process_of_a_makers_library_says_nothing(tmp_path: Path) -> None:
    chatty = "puts(TEXT); fflush(stdout); write(1, TEXT, 90); write(2, TEXT, 90); perror(TEXT); strcpy(out, TEXT);"
    told = []
    for number, end in enumerate(("return -999;", "out[60] = 7; return 0;", "abort();", "*(volatile int *)8 = 1;")):
        folder = tmp_path / str(number)
        folder.mkdir()
        library = compiled(folder, chatty + end, text=LIBRARY_TEXT)
        stderr, lines = run_worker(pipe.request(1, "read", f"library:{library}"))
        assert stderr == ""
        told.append(lines)
    assert [json.loads(line)["problem"]["code"] for line in told] == ["K-62", "K-63", "K-08", "K-08"]
    assert_tells_nobody(b"\n".join(told))


def test_a_bug_in_the_real_process_is_told_by_its_place() -> None:
    with TcpLine(SerialReader(GEMPC_PINPAD, [Slot(chip_of(SECOND))])) as line:
        stderr, lines = run_worker(pipe.request(1, "read", line.url), program=_breaking("raise ValueError(raw)"))
    assert "card process: ValueError at " in stderr
    assert_tells_nobody(stderr.encode() + lines)


def _breaking(how: str) -> str:
    """The card process with a bug where the name is decoded."""
    return (
        "from pos_client.card.social_security import fields\n"
        "from pos_client.card import worker\n"
        f"def name(raw, more):\n    {how}\n"
        "fields.name = name\n"
        "worker.main()\n"
    )


# Would a leak be seen? Each of these plants one and expects the search to find it.


def _leaking_sentence(raw: bytes, _more: bytes) -> str:
    raise Malformed(f"the name {raw.hex(' ')} is no name")


def test_a_leak_into_evidence_would_be_seen(monkeypatch: pytest.MonkeyPatch, problems: list[Problem]) -> None:
    monkeypatch.setattr(fields, "name", _leaking_sentence)
    lines = asked(CardDesk(), "read", SECOND)
    assert problems[0].code == "K-32"
    assert revealed(b"\n".join(lines), SECRETS, KEYS)
    assert revealed(told_by(problems[0]), SECRETS, KEYS)


def test_a_leak_into_a_log_would_be_seen(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.NOTSET)
    exactly_once = apdu.exactly_once

    def chatty(card: apdu.Transmitter, command: bytes) -> apdu.Answer:
        logging.getLogger("apdu").debug("sent %s", list(command))
        return exactly_once(card, command)

    monkeypatch.setattr(apdu, "exactly_once", chatty)
    asked(CardDesk(), "verify", SECOND)
    assert "BCD, numbers" in " ".join(revealed(caplog.text, SECRETS, KEYS))


@pytest.mark.parametrize(
    "how", ["import sys; sys.stderr.write(repr(raw))", "print(raw.hex())", "print(raw.decode('gb18030'))"]
)
def test_a_leak_of_the_process_would_be_seen(how: str) -> None:
    with TcpLine(SerialReader(GEMPC_PINPAD, [Slot(chip_of(SECOND))])) as line:
        stderr, lines = run_worker(pipe.request(1, "read", line.url), program=_breaking(how))
    assert revealed(stderr.encode() + lines, SECRETS, KEYS)


def test_a_leak_into_the_report_would_be_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    try:
        raise ValueError(f"{THIRD.id_number} has no name")
    except ValueError as error:
        bug = error
    _reported([bug], tmp_path)
    monkeypatch.setattr(fault_log, "_told", lambda error: {"said": str(error)})
    with pytest.raises(AssertionError, match=r"problems\.jsonl"):
        _reported([bug], tmp_path)
