"""A recorded session answers again as it did, and says where a program goes another way."""

import io
from collections.abc import Callable
from random import Random

import pytest

from hardware_sim import personas
from hardware_sim.card.faults import CardFault, Fault
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.record import Recorder
from hardware_sim.card.replay import Mismatch, NotARecord, Replay
from hardware_sim.card.slot import Reaction, Slot
from pos_client.card.psam import Psam
from pos_client.card.social_security.identity import CardIdentity
from pos_client.card.social_security.reading import read_identity
from pos_client.errors import Problem
from tests.card.simulated import DirectCard, outcome

HEAD = "# hardware-sim card session 1\n"
TWO_SESSIONS = f"""{HEAD}# two readings
! inserted
! powered 3B01

! powered 3B02  it was powered again before it was asked
> 00A40000023F00  select
< 9000
> 0020000003***
< 63C2  wrong
! powered 3B03
> 0084000008
< 11223344556677889000
! removed
"""
SELECT, VERIFY, CHALLENGE = (bytes.fromhex(text) for text in ("00A40000023F00", "0020000003998877", "0084000008"))


def read(slot: Slot) -> CardIdentity | Problem:
    return outcome(lambda: read_identity(DirectCard(slot), "pcsc:"))


def recorded(persona: str, *faults: Fault) -> tuple[CardIdentity | Problem, Slot, str]:
    """What a reading gave, the slot after it, and the record of it."""
    stream = io.StringIO()
    slot = Slot(faults=faults, log=Recorder(stream, persona))
    slot.insert(chip_of(personas.load(persona).card))
    result = read(slot)
    return result, slot, stream.getvalue()


def code_of(result: CardIdentity | Problem) -> CardIdentity | str:
    return result.code if isinstance(result, Problem) else result


@pytest.mark.parametrize("persona", personas.names())
def test_the_desk_reads_of_a_record_what_it_read_of_the_card(persona: str) -> None:
    first, _, text = recorded(persona)
    replay = Replay(text)
    assert code_of(read(Slot(replay))) == code_of(first)
    assert replay.mismatches == []
    assert replay.finished


@pytest.mark.parametrize(("drawn", "reads"), [(1, True), (2, False)])
def test_a_card_that_asks_for_a_psam_is_replayed_with_the_same_numbers_only(drawn: int, reads: bool) -> None:
    def with_psam(slot: Slot, seed: int) -> CardIdentity | Problem:
        psam = chip_of(personas.load("psam-in-card-slot").card, random=Random(seed).randbytes)
        in_slot = DirectCard(Slot(psam))
        return outcome(
            lambda: read_identity(DirectCard(slot), "pcsc:", atr=slot.atr or b"", psam=lambda: Psam(in_slot))
        )

    stream = io.StringIO()
    slot = Slot(log=Recorder(stream))
    slot.insert(chip_of(personas.load("third-generation").card))
    first = with_psam(slot, 1)
    assert isinstance(first, CardIdentity)
    replay = Replay(stream.getvalue())
    again = with_psam(Slot(replay), drawn)
    assert (again == first, replay.mismatches == []) == (reads, reads)


@pytest.mark.parametrize("at", range(1, 6))
@pytest.mark.parametrize(
    "kind",
    [CardFault.TEAR_BEFORE, CardFault.TEAR_AFTER, CardFault.MUTE, CardFault.DISCONNECT, CardFault.RANDOM],
)
def test_a_trouble_is_the_same_trouble_when_it_is_replayed(kind: CardFault, at: int) -> None:
    first, there, text = recorded("ma-yan", Fault(kind, at, 3 if kind is CardFault.RANDOM else None))
    slot = Slot(Replay(text))
    assert code_of(read(slot)) == code_of(first)
    assert slot.present == there.present


def test_what_is_replayed_gives_the_same_record_again() -> None:
    _, _, text = recorded("li-xiulan")
    stream = io.StringIO()
    slot = Slot(log=Recorder(stream, "li-xiulan"))
    slot.insert(Replay(text))
    read(slot)
    assert stream.getvalue() == text


def test_every_reset_goes_on_to_the_next_session_and_round_again() -> None:
    replay = Replay(TWO_SESSIONS)
    assert replay.atr == b"\x3b\x02"
    for _ in range(2):
        assert replay.power_on() == b"\x3b\x02"
        assert replay.power_on() == b"\x3b\x02"
        assert [replay.command(SELECT), replay.command(VERIFY)] == [b"\x90\0", b"\x63\xc2"]
        assert replay.power_on() == replay.atr == b"\x3b\x03"
        assert replay.command(CHALLENGE)[-2:] == b"\x90\0"
    assert replay.mismatches == []


def test_another_command_is_told_and_answered_as_unknown() -> None:
    heard: list[Mismatch] = []
    replay = Replay(TWO_SESSIONS, mismatch=heard.append)
    replay.power_on()
    assert replay.command(CHALLENGE) == b"\x6f\0"
    assert heard == [Mismatch(7, "00A40000023F00", "0084000008")]
    assert str(heard[0]) == "line 7: wanted 00A40000023F00, got 0084000008"
    assert replay.command(SELECT) == b"\x90\0"
    assert replay.command(bytes.fromhex("0020000000")) == b"\x6f\0"
    assert replay.command(VERIFY) == b"\x63\xc2"
    assert replay.command(SELECT) == b"\x6f\0"
    assert [str(one) for one in replay.mismatches[1:]] == [
        "line 9: wanted 0020000003***, got 0020000000",
        "line 9: wanted nothing more, got 00A40000023F00",
    ]


def test_a_session_that_is_broken_off_is_told() -> None:
    replay = Replay(TWO_SESSIONS)
    replay.power_on()
    replay.command(SELECT)
    assert replay.power_on() == b"\x3b\x03"
    assert [str(one) for one in replay.mismatches] == ["line 9: wanted 0020000003***, got a reset"]


def test_a_command_of_a_card_that_was_never_reset_is_unexpected() -> None:
    replay = Replay(TWO_SESSIONS)
    assert replay.command(SELECT) == b"\x6f\0"


def test_a_card_that_nobody_asked_anything_only_resets() -> None:
    replay = Replay(f"{HEAD}! powered 3B00\n")
    assert [replay.power_on(), replay.power_on()] == [b"\x3b\0", b"\x3b\0"]
    assert replay.command(SELECT) == b"\x6f\0"


@pytest.mark.parametrize("editor", [lambda text: f"\ufeff{text}", lambda text: text.replace("\n", "\r\n")])
def test_a_record_that_went_through_an_editor_is_the_same(editor: Callable[[str], str]) -> None:
    replay = Replay(editor(f"{HEAD}! powered 3B00\n> 00A40000023F00  select\n< 9000  done\n"))
    assert (replay.power_on(), replay.command(SELECT)) == (b"\x3b\0", b"\x90\0")


def test_a_command_without_any_answer_leaves_the_card_mute() -> None:
    slot = Slot(Replay(f"{HEAD}! powered 3B00\n> 00A40000023F00\n< -\n"))
    slot.power_on()
    assert slot.transmit(SELECT) == slot.transmit(SELECT) == Reaction(None)
    assert slot.present


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "line 1: a record begins"),
        ("# a shopping list", "line 1: a record begins"),
        (HEAD, "line 1: the card was never powered"),
        (f"{HEAD}> 00A4\n", "line 2: a command or an answer of a card without power"),
        (f"{HEAD}! powered 3B00\n< 9000\n", "line 3: nothing was commanded before"),
        (f"{HEAD}! torn\n", "line 2: nothing was commanded before"),
        (f"{HEAD}! exploded\n", "line 2: 'exploded' is not a valid SlotEvent"),
        (f"{HEAD}! powered 3B0\n", "line 2: "),
        (f"{HEAD}! powered 3B00\n> XY\n", "line 3: "),
        (f"{HEAD}? 9000\n", "line 2: unknown sign"),
    ],
)
def test_what_is_no_record_is_refused_with_its_line(text: str, why: str) -> None:
    with pytest.raises(NotARecord) as refusal:
        Replay(text)
    assert str(refusal.value).startswith(why)
