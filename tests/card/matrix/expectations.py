"""What every fault must come to, as data: told in which sentence, at which step of a reading, on which version.

``read``: the card is read as if nothing had been. ``altered``: it is read, but not as it is written; a card's data has
no check of its own, so that only the bureau can tell. ``K-…``: the code of the sentence for the clerk.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from hardware_sim.card.faults import Fault, parse
from pos_client.card import words
from tests.card.matrix.desks import LIBCCID, LIBCCID_TWIN, PTY_ECHO, PTY_SILENT, SERIAL, SERVICES, VPCD

READ: Final = "read"
ALTERED: Final = "altered"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the card, and whether a PSAM lies beside it."""

    name: str
    persona: str
    clean: str = READ
    """What an undisturbed reading comes to."""
    psam: bool = False

    def __str__(self) -> str:
        return self.name


V1: Final = Version("1.00", "first-generation")
V2: Final = Version("2.00", "second-generation")
V3: Final = Version("3.00-with-psam", "third-generation", psam=True)
V3_LOCKED: Final = Version("3.00-without-psam", "third-generation", clean=words.HOLDER_DATA_LOCKED.code)
VERSIONS: Final = (V1, V2, V3, V3_LOCKED)

# --- faults of the card ----------------------------------------------------------------------------------------------

#: The file with the issuer's data is ``issue`` (EF05), the holder's is ``holder`` (EF06); ``confirm`` asks once more
#: for the identification code. Every fault strikes in every session, the second try of a reading included.
_FREE: Final = """
fault          select  issue   holder  confirm
tear-before    K-12    K-12    K-12    K-12
tear-after     K-12    K-12    K-12    read
mute           K-13    K-13    K-13    K-13
mute=60        read    read    read    read
status=6F00    K-23    read    read    read
status=6A81    K-23    read    read    read
status=9303    K-25    read    read    read
status=6982    K-23    K-32    K-31    read
status=6700    K-23    read    read    read
status=63C1    K-23    read    read    read
garbage=0      K-23    read    read    K-14
garbage=5      read    K-32    altered K-14
garbage=57     read    altered K-32    K-14
truncated=0    K-32    K-32    K-32    K-32
truncated=1    K-32    K-32    K-32    K-32
truncated=10   read    read    read    read
wrong-le=10    K-23    read    read    read
oversized=8    read    read    read    K-14
oversized=300  K-32    K-32    K-32    K-32
random=7       K-23    read    read    read
swap=0         K-12    K-12    K-12    K-12
disconnect     K-12    K-12    K-12    K-12
"""

#: Before the holder's data opens: the algorithm (``control`` and ``told``), the card's proof that it is genuine
#: (``genuine`` and ``proof``), the two numbers that it gives (``source`` and ``factor``), and the PSAM's ``key``.
_OPENED: Final = """
fault          select  issue   control told    genuine proof   source  factor  key     holder  confirm
tear-before    K-12    K-12    K-12    K-12    K-12    K-12    K-12    K-12    K-12    K-12    K-12
tear-after     K-12    K-12    K-12    K-12    K-12    K-12    K-12    K-12    K-12    K-12    read
mute           K-13    K-13    K-13    K-13    K-13    K-13    K-13    K-13    K-13    K-13    K-13
mute=60        read    read    read    read    read    read    read    read    read    read    read
status=6F00    K-23    read    K-32    K-32    K-32    K-32    K-32    K-32    K-32    read    read
status=6A81    K-23    read    K-32    K-32    K-32    K-32    K-32    K-32    K-32    read    read
status=9303    K-25    read    read    read    K-32    K-32    K-32    K-32    K-25    read    read
status=6982    K-23    K-32    K-32    K-32    K-32    K-32    K-32    K-32    K-32    K-33    read
status=6700    K-23    read    read    read    read    read    K-32    K-32    K-32    read    read
status=63C1    K-23    read    K-32    K-32    K-32    K-32    K-32    K-32    K-33    read    read
garbage=0      K-23    read    K-32    K-32    K-32    read    read    K-33    K-32    read    K-14
garbage=5      read    K-32    read    K-32    read    read    read    K-33    K-32    altered K-14
garbage=57     read    altered read    read    read    read    read    K-33    K-32    K-32    K-14
truncated=0    K-32    K-32    K-32    K-32    K-32    K-32    K-32    K-32    K-32    K-32    K-32
truncated=1    K-32    K-32    K-32    K-32    K-32    K-32    K-32    K-32    K-32    K-32    K-32
truncated=10   read    read    read    K-32    read    read    read    read    read    read    read
wrong-le=10    K-23    read    K-32    read    K-32    K-32    K-32    K-32    K-32    read    read
oversized=8    read    read    read    read    K-32    K-32    K-32    K-32    read    read    K-14
oversized=300  K-32    K-32    K-32    K-32    K-32    K-32    K-32    K-32    K-32    K-32    K-32
random=7       K-23    read    K-32    K-32    K-32    K-32    K-32    K-32    K-32    read    read
swap=0         K-12    K-12    K-12    K-12    K-12    K-12    K-12    K-12    K-12    K-12    K-12
disconnect     K-12    K-12    K-12    K-12    K-12    K-12    K-12    K-12    K-12    K-12    K-12
"""

#: Without a PSAM the holder's data is asked for once, for some cards leave it free; then only the algorithm is.
_LOCKED: Final = """
fault          select  issue   holder  control told
tear-before    K-12    K-12    K-12    K-12    K-12
tear-after     K-12    K-12    K-12    K-12    K-31
mute           K-13    K-13    K-13    K-13    K-13
mute=60        K-31    K-31    K-31    K-31    K-31
status=6F00    K-23    K-31    K-31    K-32    K-32
status=6A81    K-23    K-31    K-31    K-32    K-32
status=9303    K-25    K-31    K-31    K-25    K-25
status=6982    K-23    K-32    K-31    K-32    K-32
status=6700    K-23    K-31    K-31    K-31    K-31
status=63C1    K-23    K-31    K-31    K-32    K-32
garbage=0      K-23    K-31    K-31    K-32    K-32
garbage=5      K-31    K-32    K-31    K-31    K-32
garbage=57     K-31    K-31    K-31    K-31    K-31
truncated=0    K-32    K-32    K-32    K-32    K-32
truncated=1    K-32    K-32    K-32    K-32    K-32
truncated=10   K-31    K-31    K-31    K-31    K-32
wrong-le=10    K-23    K-31    K-31    K-32    K-31
oversized=8    K-31    K-31    K-31    K-31    K-31
oversized=300  K-32    K-32    K-32    K-32    K-32
random=7       K-23    K-31    K-31    K-32    K-32
swap=0         K-12    K-12    K-12    K-12    K-12
disconnect     K-12    K-12    K-12    K-12    K-12
"""

Table = Mapping[str, Mapping[str, str]]


def _table(text: str) -> Table:
    (_, *steps), *rows = (line.split() for line in text.strip().splitlines())
    return {fault: dict(zip(steps, codes, strict=True)) for fault, *codes in rows}


CARD_FAULTS: Final[Mapping[Version, Table]] = {
    V1: _table(_FREE),
    V2: _table(_FREE),
    V3: _table(_OPENED),
    V3_LOCKED: _table(_LOCKED),
}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a fault comes to, at whatever step, on ways where it truly is something else."""

    code: str
    because: str


DIFFERENT: Final[Mapping[tuple[str, str], Elsewhere]] = {
    **{
        (way, "oversized=300"): Elsewhere("K-07", "no reader can send so long a frame, so the line is disturbed")
        for way in SERIAL
    },
    (VPCD, "mute"): Elsewhere("K-06", "the service waits for ever; the card process is killed at its deadline"),
    (VPCD, "truncated=0"): Elsewhere("K-06", "the virtual driver goes on waiting for an answer of no bytes"),
    (VPCD, "truncated=1"): Elsewhere("K-13", "the service calls what is no status word a failed transmission"),
    (LIBCCID, "truncated=0"): Elsewhere("K-13", "the service calls what is no status word a failed transmission"),
    (LIBCCID, "truncated=1"): Elsewhere("K-13", "the service calls what is no status word a failed transmission"),
}

#: What takes its time strikes at one step, which every version has. The service looks at its readers every 400 ms, and
#: the client waits for that; a line on which too much came is drained.
THE_ONE_STEP: Final = "holder"
SLOW_ON_SERVICES: Final = ("tear-before", "tear-after", "mute", "mute=60", "swap=0", "disconnect")
SLOW_ON_LINES: Final = ("oversized=300",)
#: On one version only: to the service these are all the same.
VERY_SLOW_ON_SERVICES: Final = ("truncated=0", "truncated=1")


def steps(way: str, version: Version, fault: str) -> list[str]:
    """The steps at which a fault strikes on a way; none where it would only take time."""
    if way in SERVICES and fault in VERY_SLOW_ON_SERVICES:
        return [THE_ONE_STEP] if version is V2 else []
    if (way in SERVICES and fault in SLOW_ON_SERVICES) or (way in SERIAL and fault in SLOW_ON_LINES):
        return [THE_ONE_STEP]
    return list(CARD_FAULTS[version][fault])


def card_fault(version: Version, fault: str, step: str) -> Fault:
    """The fault at that step of a reading."""
    return at_command(fault, 1 + list(CARD_FAULTS[version][fault]).index(step))


def at_command(fault: str, number: int) -> Fault:
    """The fault at a command, counted from 1."""
    kind, equals, value = fault.partition("=")
    return parse(f"{kind}@{number}{equals}{value}")


def expected(way: str, version: Version, fault: str, step: str) -> str:
    """What the reading must come to."""
    elsewhere = DIFFERENT.get((way, fault))
    return elsewhere.code if elsewhere is not None else CARD_FAULTS[version][fault][step]


#: Troubles that a second session often cures.
TRIED_TWICE: Final = frozenset((words.CARD_MUTE.code, words.LINE_DISTURBED.code))
#: Nobody knows whether a key that was shown without an answer has used up one of the card's tries.
NEVER_REPEATED: Final = "key"
#: A changed ``factor`` makes the terminal prove its key over another number than the card gave: one try is used up.
USES_UP_A_TRY: Final = frozenset((fault, "factor") for fault in ("garbage=0", "garbage=5", "garbage=57"))

#: A card that did not accept the key here is not asked again by the same program: further tries would lock it.
THE_CARD_REFUSES_AT: Final = ("factor", "key")

# --- faults of the line ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LineExpectation:
    """What a fault of the line comes to when it strikes once, and when it strikes in every session."""

    once: str
    always: str
    afterwards: str = ""
    """What hands must do before the card is read again: ``reinsert`` it, or ``restart`` the service."""
    because: str = ""


_NOTHING: Final = LineExpectation(READ, READ)
_CURED: Final = LineExpectation(READ, "K-07")
_OUT: Final = LineExpectation("K-12", "K-12")
_SILENCE: Final = LineExpectation("K-06", "K-06")

LINE_FAULTS: Final[Mapping[str, LineExpectation]] = {
    "nak": _NOTHING,
    "check": _CURED,
    "stray": _CURED,
    "noise=8": _CURED,
    "extension": _NOTHING,
    "slot-change": _OUT,
    "no-echo": _NOTHING,
    "slow=2": _NOTHING,
    "no-card": _OUT,
    "pin-cancel": LineExpectation(READ, READ, because="nobody asks for a PIN"),
    "pin-timeout": LineExpectation(READ, READ, because="nobody asks for a PIN"),
    "silent": _SILENCE,
    "hang-up": LineExpectation("K-03", "K-03"),
}

_LOST: Final = LineExpectation("K-03", "K-03", "restart", "the real driver never finds the beginning of a frame again")
_STUCK: Final = LineExpectation("K-06", "K-06", "restart", "the real driver waits up to 232 s and takes no new line")

LINE_FAULTS_ELSEWHERE: Final[Mapping[tuple[str, str], LineExpectation]] = {
    (PTY_ECHO, "hang-up"): _SILENCE,  # a pseudo-terminal cannot tell that the other end is gone
    (PTY_SILENT, "hang-up"): _SILENCE,
    (LIBCCID_TWIN, "nak"): LineExpectation(READ, "K-13", because="the real driver does not send a command again"),
    (LIBCCID_TWIN, "check"): LineExpectation(READ, READ, because="the real driver ignores the check byte"),
    (LIBCCID_TWIN, "stray"): _LOST,
    (LIBCCID_TWIN, "noise=8"): _LOST,
    (LIBCCID_TWIN, "no-echo"): replace(_STUCK, because="the real driver takes the answer for the echo, and waits on"),
    (LIBCCID_TWIN, "no-card"): LineExpectation("K-12", "K-12", "reinsert", "pcscd misses a card that was never out"),
    (LIBCCID_TWIN, "silent"): _STUCK,
    (LIBCCID_TWIN, "hang-up"): _STUCK,
}
#: Each of these takes its time: bytes come late, the line is drained, or nobody answers.
SLOW_LINE_FAULTS: Final = ("slow=2", "stray", "noise=8", "silent", "hang-up")


def line_expectation(way: str, fault: str) -> LineExpectation:
    """What a fault of the line comes to on a way."""
    return LINE_FAULTS_ELSEWHERE.get((way, fault), LINE_FAULTS[fault])
