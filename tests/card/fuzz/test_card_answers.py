"""Whatever a card or a PSAM answers, at whatever step: one sentence with a code, and the next card is read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.card.fuzz.changes import Change, every_way
from tests.card.fuzz.corpus import cases
from tests.card.fuzz.desk import CardDesk, assert_reads_cleanly, failing_case

KEPT = cases("card")

ACTS = ("read", "check", "tries", "verify", "change", "account", "account-pin", "examine")
PERSONAS = (
    "ma-yan",
    "third-generation",
    "first-generation",
    "purse-open",
    "long-name",
    "bank-card",
    "health-card",
    "psam-in-card-slot",
)
#: More steps than any errand has.
LAST_STEP = 24
#: What a PSAM is asked while a card of the third generation is read.
PSAM_STEPS = 14
LONGEST = 300

STATUS_WORDS = st.sampled_from(
    (
        *(
            "9000",
            "6100",
            "6110",
            "61FF",
            "6282",
            "6283",
            "6300",
            "63C0",
            "63C1",
            "63C3",
            "63CF",
            "6581",
            "6700",
            "6981",
        ),
        *(
            "6982",
            "6983",
            "6984",
            "6985",
            "6A80",
            "6A81",
            "6A82",
            "6A83",
            "6A86",
            "6A88",
            "6B00",
            "6C00",
            "6C12",
            "6CFF",
        ),
        *("6D00", "6E00", "6F00", "9302", "9303", "9401", "9406"),
    )
)
ANY_STATUS = STATUS_WORDS | st.binary(min_size=2, max_size=2).map(bytes.hex)
#: Identifiers of records that mean something, and some that do not.
TAGS = st.sampled_from((1, 2, 3, 5, 6, 7, 8, 9, 0x0A, 0x0B, 0x0D, 0x4E, 0x6F, 0x84, 0x87, 0x8B, 0x8C, 0x8F, 0xA5))
LENGTHS = st.sampled_from((0, 1, 3, 4, 8, 9, 16, 18, 20, 28, 30))


@st.composite
def records(draw: st.DrawFn) -> str:
    """Records as a file of the card holds them, with anything in them; now and then one whose length is not true."""
    data = b""
    for tag in draw(st.lists(TAGS | st.integers(0, 255), max_size=8)):
        value = draw(LENGTHS.flatmap(lambda length: st.binary(min_size=length, max_size=length)) | written())
        length = draw(st.sampled_from((len(value), len(value), len(value), 0xFF)))
        data += bytes((tag, length)) + value
    return data[:LONGEST].hex()


def written() -> st.SearchStrategy[bytes]:
    """What might stand in a field: the ministry's code, days, numbers, text."""
    codes = st.binary(min_size=8, max_size=8).map(lambda end: bytes.fromhex("439900D156000005") + end)
    digits = st.text("0123456789X", max_size=18).map(str.encode)
    names = st.text(st.characters(codec="gb18030"), max_size=7).map(lambda text: text.encode("gb18030")[:30])
    return codes | st.binary(min_size=4, max_size=4) | digits | names | st.just(b"2.00") | st.just(b"3.00")


def answers() -> st.SearchStrategy[str]:
    """A whole answer: nothing, a status word, data with one, records with one, any bytes."""
    with_status = st.tuples(records() | st.binary(max_size=LONGEST).map(bytes.hex), ANY_STATUS).map("".join)
    return st.just("") | ANY_STATUS | with_status | st.binary(max_size=LONGEST).map(bytes.hex)


def changes() -> st.SearchStrategy[Change]:
    """One thing that goes wrong."""
    hows = st.one_of(
        st.tuples(st.just("="), answers()),
        st.tuples(st.just("<"), st.integers(0, 64).map(str)),
        st.tuples(st.just("+"), st.binary(min_size=1, max_size=LONGEST).map(bytes.hex)),
        st.tuples(st.just("^"), st.integers(0, 64).map(str)),
        st.tuples(st.just("!"), st.sampled_from(("torn", "mute"))),
    )
    return st.builds(
        lambda at, how, on, psam: Change(at, how[0], how[1].upper() if how[0] in "=+" else how[1], on, psam),
        st.integers(0, LAST_STEP),
        hows,
        st.booleans(),
        st.booleans(),
    )


@pytest.fixture(scope="module")
def desk() -> CardDesk:
    return CardDesk()


@settings(max_examples=800, deadline=None)
@given(act=st.sampled_from(ACTS), persona=st.sampled_from(PERSONAS), wrong=st.lists(changes(), min_size=1, max_size=3))
def test_any_answers_come_to_one_sentence(desk: CardDesk, act: str, persona: str, wrong: list[Change]) -> None:
    with failing_case(act, persona, *wrong):
        desk.play(act, persona, wrong)
        assert_reads_cleanly(desk)


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT)
def test_kept_cases(desk: CardDesk, case: str) -> None:
    act, persona, *written = case.split()
    steps = PSAM_STEPS if "p@" in case else len(desk.play(act, persona).commands)
    for wrong in every_way(written, steps):
        desk.play(act, persona, wrong)
    assert_reads_cleanly(desk)


@pytest.mark.parametrize("persona", PERSONAS[:5])
@pytest.mark.parametrize("act", ACTS)
def test_every_answer_cut_short_anywhere_comes_to_one_sentence(desk: CardDesk, act: str, persona: str) -> None:
    steps = len(desk.play(act, persona).commands)
    for step in range(steps + 1):
        for length in (0, 1, 2, 3, 8, 40):
            desk.play(act, persona, [Change(step, "<", str(length))])
    assert_reads_cleanly(desk)


#: What says of a card that it is another one, or of its holder that it may be copied.
ACCUSING = ("K-21", "K-22", "K-23", "K-24", "K-26", "K-36")
#: The longest of the answers by which a card is judged, the template of SELECT.
LONGEST_JUDGED = 32


@pytest.mark.parametrize(
    ("act", "persona"), [("read", "third-generation"), ("check", "ma-yan"), ("account", "purse-open")]
)
@pytest.mark.parametrize("of_psam", [False, True], ids=["card", "psam"])
def test_one_changed_byte_makes_no_copy_and_no_other_card(act: str, persona: str, of_psam: bool) -> None:
    """From the second answer of a card on: until the first SELECT is answered, nobody knows what card it is."""
    for step in range(1 if of_psam else 2, PSAM_STEPS):
        for where in range(LONGEST_JUDGED):
            wrong = Change(step, "^", str(where), psam=of_psam)
            with failing_case(act, persona, wrong):
                assert CardDesk().play(act, persona, [wrong]).code not in ACCUSING
