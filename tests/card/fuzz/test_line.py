"""Whatever comes over a serial reader's line, at whatever step: one sentence with a code, and the next card is read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.card.fuzz.changes import Change, every_way
from tests.card.fuzz.corpus import cases
from tests.card.fuzz.desk import CardDesk, assert_line_reads_cleanly, failing_case

KEPT = cases("line")

ACTS = ("read", "check", "tries", "verify", "change", "pad", "account", "examine", "look", "readers")
MODELS = ("gempc-pinpad", "pos-pro")
PERSONAS = ("ma-yan", "third-generation", "contactless-card", "first-generation")
LAST_STEP = 40
#: Of a kept case: behind them the third-generation card of a whole reading is reached.
STEPS = 16
LONGEST = 300

#: Bytes that mean something on this line: start, acknowledged, not acknowledged, card came and left, more time.
LINE_BYTES = st.sampled_from(("03", "06", "15", "16", "5002", "5003", "80", "0306", "0315", "031516", "0306806A"))
ANYTHING = st.binary(max_size=LONGEST).map(bytes.hex) | st.lists(LINE_BYTES, max_size=12).map("".join)


def frames() -> st.SearchStrategy[str]:
    """Right frames of another content: kind, status, error and data."""
    kinds = st.sampled_from((0x80, 0x81, 0x82, 0x83, 0x6F, 0x00, 0xFF)) | st.integers(0, 255)
    status = st.sampled_from((0x00, 0x01, 0x02, 0x03, 0x40, 0x41, 0x42, 0x80, 0xC0)) | st.integers(0, 255)
    errors = st.sampled_from((0x00, 0x05, 0x07, 0xEF, 0xF0, 0xF6, 0xFD, 0xFE)) | st.integers(0, 255)
    data = (
        st.binary(max_size=LONGEST) | st.sampled_from((b"", b"\x90\x00", b"\x3b\x00", b"\xff\x11\x95\x7b")) | blocks()
    )
    return st.builds(
        lambda *parts: f"{parts[0]:02X}.{parts[1]:02X}.{parts[2]:02X}.{parts[3].hex().upper()}",
        kinds,
        status,
        errors,
        data,
    )


@st.composite
def blocks(draw: st.DrawFn) -> bytes:
    """A T=1 block, whole or nearly."""
    control = draw(
        st.sampled_from((0x00, 0x20, 0x40, 0x60, 0x80, 0x90, 0x82, 0xC0, 0xC1, 0xC2, 0xC3, 0xE0, 0xE1, 0xE3))
    )
    data = draw(st.binary(max_size=254))
    length = draw(st.sampled_from((len(data), len(data), 0, 255)))
    block = bytes((draw(st.sampled_from((0, 0, 0, 1))), control, length)) + data
    check = 0
    for byte in block:
        check ^= byte
    return block + bytes((check,))


def changes() -> st.SearchStrategy[Change]:
    """One thing that goes wrong on the line."""
    hows = st.one_of(
        st.tuples(st.just("="), ANYTHING),
        st.tuples(st.just("~"), frames()),
        st.tuples(st.just("<"), st.integers(0, 64).map(str)),
        st.tuples(st.just("+"), ANYTHING.filter(bool)),
        st.tuples(st.just("^"), st.integers(0, 64).map(str)),
    )
    return st.builds(lambda at, how, on: Change(at, how[0], how[1], on), st.integers(1, LAST_STEP), hows, st.booleans())


@pytest.fixture(scope="module")
def desk() -> CardDesk:
    return CardDesk()


@settings(max_examples=800, deadline=None)
@given(
    act=st.sampled_from(ACTS),
    model=st.sampled_from(MODELS),
    persona=st.sampled_from(PERSONAS),
    wrong=st.lists(changes(), min_size=1, max_size=3),
)
def test_any_bytes_come_to_one_sentence(
    desk: CardDesk, act: str, model: str, persona: str, wrong: list[Change]
) -> None:
    with failing_case(act, model, persona, *wrong):
        desk.play_line(act, model, persona, wrong)
        assert_line_reads_cleanly(desk, model)


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT)
def test_kept_cases(desk: CardDesk, case: str) -> None:
    act, model, persona, *written = case.split()
    for wrong in every_way(written, STEPS):
        desk.play_line(act, model, persona, wrong)
    assert_line_reads_cleanly(desk, model)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("model", MODELS)
def test_every_answer_cut_short_anywhere_comes_to_one_sentence(desk: CardDesk, model: str, act: str) -> None:
    for step in range(1, 16):
        for length in (0, 1, 2, 12, 13, 14, 26):
            desk.play_line(act, model, "third-generation", [Change(step, "<", str(length))])
    assert_line_reads_cleanly(desk, model)
