"""The card process as it stands at a desk, but with a card, a PSAM or a line that misbehaves as a case says."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final
from unittest.mock import patch

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.psam import Psam
from hardware_sim.card.slot import Slot
from hardware_sim.personas import CardData
from hardware_sim.readers.framing import framed
from hardware_sim.readers.models import GEMPC_PINPAD, POS_PRO, Model
from hardware_sim.readers.pin_pad import PinPadHands
from hardware_sim.readers.reader import SerialReader
from pos_client.card import pipe, words
from pos_client.card.account import CardAccount
from pos_client.card.finding import Finding
from pos_client.card.readers import ccid_serial, drivers
from pos_client.card.worker import Worker
from pos_client.errors import EnvironmentProblem
from tests.card.fuzz.changes import Change, split
from tests.card.simulated import WirelessPort, written_on

URL: Final = "ccid-serial:wireless"
#: A reader that has keys is asked for them only at this address.
_URL_OF: Final = {"pad": f"{URL}?pinpad"}
#: What the desk may want of a card, as the request says it.
ACTS: Final[dict[str, tuple[pipe.Act, dict[str, object]]]] = {
    "read": ("read", {}),
    "check": ("read", {"check_genuine": True}),
    "tries": ("pin", {"pin": "tries"}),
    "verify": ("pin", {"pin": "verify", "typed": "123456"}),
    "change": ("pin", {"pin": "change", "typed": "123456", "new": "65432101"}),
    "pad": ("pin", {"pin": "verify"}),
    "account": ("account", {}),
    "account-pin": ("account", {"typed": "123456"}),
    "examine": ("examine", {}),
    "look": ("look", {}),
    "readers": ("readers", {}),
}
#: Commands that may use up a try of a PIN or a key, and how often one errand may send them.
_COUNTED: Final = {0x20: 1, 0x5E: 1, 0x82: 2}


class ChangedReader:
    """A reader right above the card, with a PSAM in a second slot; its answers are changed as a case says."""

    def __init__(self, slot: Slot, changes: Sequence[Change] = (), beside: "Sequence[ChangedReader]" = ()) -> None:
        self._slot = slot
        self._changes = changes
        self._beside = beside
        self._number = 0
        self.atr = b""
        self.commands: list[bytes] = []

    def connect(self) -> str:
        atr = self._slot.power_on()
        if atr is None:
            raise EnvironmentProblem(words.NO_CARD)
        self.atr = self._changed(0, atr)
        return URL

    def transmit(self, command: bytes) -> bytes:
        self.commands.append(command)
        self._number += 1
        answer = self._slot.transmit(command).answer
        if answer is None:
            raise EnvironmentProblem(words.CARD_MUTE if self._slot.present else words.CARD_TORN)
        return self._changed(self._number, answer)

    def _changed(self, number: int, answer: bytes) -> bytes:
        for change in self._changes:
            if change.meets(number):
                made = change.made_of(answer)
                if made == "torn":
                    self._slot.remove()
                    raise EnvironmentProblem(words.CARD_TORN)
                if made == "mute":
                    raise EnvironmentProblem(words.CARD_MUTE)
                assert isinstance(made, bytes)
                answer = made
        return answer

    def neighbours(self) -> "Sequence[ChangedReader]":
        return self._beside

    def pin_pad(self) -> None:
        return None

    def card_present(self) -> bool:
        return self._slot.present

    def disconnect(self) -> None:
        self._slot.power_off()


class ChangedPort(WirelessPort):
    """A line without wires; what comes back for the n-th command is changed as a case says."""

    def __init__(self, reader: SerialReader, changes: Sequence[Change] = (), before: int = 0) -> None:
        super().__init__(reader)
        self._changes = changes
        self.number = before

    def write(self, data: bytes, /) -> int:
        already = len(self.to_computer)
        count = super().write(data)
        self.number += 1
        for change in self._changes:
            if change.meets(self.number):
                came = bytes(self.to_computer[already:])
                self.to_computer[already:] = _told(change, came, data)
        return count


def _told(change: Change, came: bytes, asked: bytes) -> bytes:
    if change.how == "~":
        kind, status, error, data = change.value.split(".")
        content = bytes.fromhex(data)
        head = bytes.fromhex(kind) + len(content).to_bytes(4, "little") + asked[7:9]
        return framed(head + bytes.fromhex(status + error) + b"\0" + content)
    made = change.made_of(came)
    return made if isinstance(made, bytes) else b""


@dataclass
class Told:
    """What one request came to."""

    value: Any
    code: str | None
    commands: list[bytes]
    lines: list[bytes]
    """What crossed the pipe, but for the value that was asked for."""


class CardDesk:
    """One card process for many cases, as at a real desk: what one left behind is there at the next."""

    def __init__(self) -> None:
        self._said: list[bytes] = []
        self._worker = Worker(self._said.append)
        self._number = 0

    def play(
        self, act: str, persona: str | CardData, changes: Iterable[Change] = (), *, psam: bool = True, **options: object
    ) -> Told:
        """Does one errand with a fresh card whose answers are changed; ``options`` go with the request."""
        of_card, of_psam = split(changes)
        beside = [ChangedReader(Slot(Psam()), of_psam)] if psam else []
        reader = ChangedReader(_slot(persona), of_card, beside)
        with patch.object(drivers.SerialDriver, "open", lambda _driver, _target: reader):
            told = self._asked(act, reader.commands, options)
        for instruction, most in _COUNTED.items():
            sent = [one for one in reader.commands if one[1] == instruction and len(one) > 5]
            assert len(sent) <= most, f"{len(sent)} times {instruction:02X}"
        return told

    def play_line(
        self,
        act: str,
        model: str,
        persona: str | CardData,
        changes: Iterable[Change] = (),
        *,
        hands: PinPadHands | None = None,
        **options: object,
    ) -> Told:
        """Does one errand over a line that misbehaves; ``hands`` are at the reader's own keys."""
        reader = _serial_reader(model, persona, hands)
        ports: list[ChangedPort] = []

        def opened(*_: object) -> ChangedPort:
            before = ports[-1].number if ports else 0
            ports.append(ChangedPort(reader, list(changes), before))
            return ports[-1]

        with patch.object(ccid_serial, "open_port", opened):
            told = self._asked(act, [], options)
            self._worker.watch.let_go()
        return told

    def _asked(self, act: str, commands: list[bytes], more: Mapping[str, object]) -> Told:
        self._number += 1
        self._said.clear()
        do, options = ACTS[act]
        self._worker.serve(pipe.request(self._number, do, _URL_OF.get(act, URL), {**options, **more}))
        *findings, last = [json.loads(line) for line in self._said]
        for finding in findings:
            _understood_finding(finding["finding"])
        assert last["id"] == self._number
        if "problem" in last:
            return Told(None, _understood_problem(last["problem"]), commands, list(self._said))
        return Told(_understood_value(do, last["value"]), None, commands, self._said[:-1])


def _understood_problem(carried: dict[str, Any]) -> str:
    problem = pipe.problem_of(carried)
    for sentence in (problem.sentence("zh"), problem.sentence("en")):
        assert "{" not in sentence
    assert problem.code.startswith("K-")
    assert problem.kind in ("environment", "refused")
    return problem.code


def _understood_finding(carried: dict[str, Any]) -> None:
    finding = Finding.of(carried)
    for phrase in (finding.said, finding.advice):
        if phrase is not None:
            assert phrase.say("zh")
            assert phrase.say("en")


def _understood_value(act: pipe.Act, value: Any) -> Any:
    if act == "read":
        return pipe.identity_of(value)
    if act == "account":
        return CardAccount.of(value)
    return value


def assert_reads_cleanly(desk: CardDesk, persona: str = "ma-yan") -> None:
    """The same process reads a card that nothing is wrong with."""
    identity = desk.play("read", persona).value
    card = personas.load(persona).card
    assert identity is not None
    assert replace(identity, genuine=None) == written_on(card, URL)


def assert_line_reads_cleanly(desk: CardDesk, model: str, persona: str = "ma-yan") -> None:
    """The same process reads over a line that nothing is wrong with."""
    identity = desk.play_line("read", model, persona).value
    assert identity is not None
    assert replace(identity, genuine=None, reader="") == written_on(personas.load(persona).card, "")


def _slot(persona: str | CardData) -> Slot:
    return Slot(chip_of(personas.load(persona).card if isinstance(persona, str) else persona))


def _serial_reader(model: str, persona: str | CardData, hands: PinPadHands | None) -> SerialReader:
    made: Model = {"gempc-pinpad": GEMPC_PINPAD, "pos-pro": POS_PRO}[model]
    slots = [_slot(persona)]
    if made.slots > 1:
        slots.append(Slot(Psam()))
    return SerialReader(made, slots, hands=hands)


@contextmanager
def failing_case(*case: object) -> Iterator[None]:
    """Says in the words of the corpus which case it was."""
    try:
        yield
    except Exception as error:
        error.add_note(f"keep it: {' '.join(map(str, case))}")
        raise
