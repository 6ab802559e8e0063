"""Whatever comes from a serial reader at whatever step: one sentence for the clerk, and the next session works."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, reduce
from operator import xor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim import personas
from hardware_sim.card.chip import Chip
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.slot import Slot
from hardware_sim.readers.models import GEMPC_PINPAD, MODELS, POS_PRO, Model
from hardware_sim.readers.pin_pad import PinPadHands
from hardware_sim.readers.reader import SerialReader
from pos_client.card.readers import ccid_serial
from pos_client.card.readers.ccid_line import framed
from pos_client.card.readers.ccid_serial import CcidSerialReader
from pos_client.card.readers.reader import PinEntry
from pos_client.errors import EnvironmentProblem, Problem, Refused
from tests.card.readers.wireless import SELECT
from tests.card.simulated import WirelessPort

CORPUS = Path(__file__).parent / "corpus"
VERIFY = PinEntry("verify")
#: Power, speed, parameters, two commands, questions for slots, a card in another slot, the keys, power off: at most 17.
STEPS = range(1, 18)
ATRS = {
    "plain": "3B6D000000814A44468660439900000001",
    "fast": "3B7D95000000814A44468660439900000001",
    "blocks": "3BED00008131FE4500814A44468660439900000001",
}


def entries() -> Iterator[tuple[str, str]]:
    for file in sorted(CORPUS.glob("*.txt")):
        for line in file.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                kind, _, hexadecimal = line.partition(" ")
                yield kind, hexadecimal


def said(kind: str, hexadecimal: str, sequence: int) -> bytes:
    data = bytes.fromhex(hexadecimal.replace("SS", f"{sequence:02X}"))
    return framed(data) if kind == "frame" else data


@cache
def chip(atr: str) -> Chip:
    """Made once: power makes it forget everything."""
    reset = bytes.fromhex(atr)
    if atr == ATRS["blocks"]:
        reset += bytes((reduce(xor, reset[1:]),))
    return chip_of(replace(personas.load("zhang-jianguo").card, atr=reset))


class Desk:
    """A reader whose line says something else at one step, once."""

    def __init__(self, model: Model, atr: str, step: int, kind: str, hexadecimal: str, *, before: bool) -> None:
        self.model, self.atr = model, atr
        self.hands = PinPadHands()
        self.reader = SerialReader(model, [Slot(chip(atr)), Slot(chip(ATRS["plain"]))][: model.slots], hands=self.hands)
        self.step, self.kind, self.hexadecimal, self.before = step, kind, hexadecimal, before
        self.frames = 0

    def open_port(self, *_: object) -> WirelessPort:
        return Port(self)


class Port(WirelessPort):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.reader)
        self.desk = desk

    def write(self, data: bytes, /) -> int:
        self.desk.frames += 1
        if self.desk.frames == self.desk.step:
            self.to_computer += said(self.desk.kind, self.desk.hexadecimal, data[8])
            if not self.desk.before:
                return len(data)
        return super().write(data)


def everything(desk: Desk) -> list[object]:
    """Every step that there is, and what each came to."""
    reader = CcidSerialReader("wireless?pinpad" if desk.model.pin_pad else "wireless")
    try:
        reader.connect()
        answers: list[object] = [reader.transmit(SELECT) for _ in range(2)]
        for neighbour in reader.neighbours():
            neighbour.connect()
            answers.append(neighbour.transmit(SELECT))
            neighbour.disconnect()
        answers.append(reader.card_present())
        pad = reader.pin_pad()
        if pad is not None:
            desk.hands.let_it_time_out()
            answers.append(pad.enter(VERIFY))
        return answers
    finally:
        reader.disconnect()


def trouble_of(desk: Desk) -> Problem | None:
    try:
        everything(desk)
    except (EnvironmentProblem, Refused) as problem:
        return problem
    return None


def one_sentence_and_the_next_works(desk: Desk) -> None:
    """Afterwards everything answers as at a reader that never went wrong."""
    untouched = Desk(desk.model, desk.atr, 0, "raw", "", before=False)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(ccid_serial, "open_port", desk.open_port)
        problem = trouble_of(desk)
        assert problem is None or problem.code.startswith("K-")
        desk.frames = max(desk.frames, desk.step)
        now = everything(desk)
        monkeypatch.setattr(ccid_serial, "open_port", untouched.open_port)
        assert now == everything(untouched)


@pytest.mark.parametrize(("kind", "hexadecimal"), list(entries()))
def test_each_of_the_corpus_at_every_step(kind: str, hexadecimal: str) -> None:
    for step in STEPS:
        for before in (False, True):
            for model, atr in [*((GEMPC_PINPAD, atr) for atr in ATRS.values()), (POS_PRO, ATRS["plain"])]:
                one_sentence_and_the_next_works(Desk(model, atr, step, kind, hexadecimal, before=before))


@given(
    model=st.sampled_from(sorted(MODELS)),
    atr=st.sampled_from(sorted(ATRS)),
    step=st.sampled_from(STEPS),
    before=st.booleans(),
    noise=st.binary(max_size=300),
)
def test_any_bytes_at_any_step(model: str, atr: str, step: int, before: bool, noise: bytes) -> None:
    one_sentence_and_the_next_works(Desk(MODELS[model], ATRS[atr], step, "raw", noise.hex(), before=before))


@given(
    model=st.sampled_from(sorted(MODELS)),
    atr=st.sampled_from(sorted(ATRS)),
    step=st.sampled_from(STEPS),
    kind=st.sampled_from((0x80, 0x81, 0x82, 0x83)),
    state=st.binary(min_size=3, max_size=3),
    data=st.binary(max_size=261),
)
def test_any_message_in_a_right_frame_at_any_step(
    model: str, atr: str, step: int, kind: int, state: bytes, data: bytes
) -> None:
    message = f"{kind:02X}{len(data).to_bytes(4, 'little').hex()}00SS{state.hex()}{data.hex()}"
    one_sentence_and_the_next_works(Desk(MODELS[model], ATRS[atr], step, "frame", message, before=False))
