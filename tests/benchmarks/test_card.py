"""The ways to read a card, to wait for one and to idle that are compared really do so; small runs, no speed."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pytest

from benchmarks import card_idle, card_monitor, card_swipe
from benchmarks.card_cpu import Used, descendants, used
from benchmarks.card_line import Carried
from benchmarks.card_swipe import KINDS
from benchmarks.card_ways import BARE, DUMP, GENERIC, MONITOR, OURS, POLL, PROCESS, WATCH, WATCHERS, WAYS
from benchmarks.contestants import card_dump, card_generic
from benchmarks.contestants.card_generic import CardSaysNo, GenericCard, Transmit
from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.psams import PSAMS
from tests.pcscd import DRIVER, PROGRAM, needs

Contestant = Callable[[GenericCard, bytes, Callable[[], Transmit]], dict[str, object]]


class Scripted:
    """Gives one answer after another, and keeps what it was asked."""

    def __init__(self, *answers: str) -> None:
        self.answers = [bytes.fromhex(answer) for answer in answers]
        self.asked: list[str] = []

    def __call__(self, command: bytes) -> bytes:
        self.asked.append(command.hex().upper())
        return self.answers.pop(0)


# --- reading ---


@pytest.mark.parametrize("contestant", [card_generic.read, card_dump.read])
@pytest.mark.parametrize("persona", ["first-generation", "second-generation", "third-generation", "long-name"])
def test_the_other_programs_read_who_it_is(contestant: Contestant, persona: str) -> None:
    written = personas.load(persona).card
    chip, psam = chip_of(written), PSAMS["nation"]()
    chip.power_on()
    psam.power_on()

    said = contestant(GenericCard(chip.command), chip.atr, lambda: psam.command)

    assert said == {
        "card_number": written.card_number,
        "identification_code": written.identification_code,
        "region": written.identification_code[:6],
        "version": written.version,
        "issued_on": str(written.issued_on),
        "expires_on": str(written.expires_on),
        "name": written.name,
        "id_number": written.id_number,
        "sex": written.sex,
        "nation": written.nation,
        "born_on": str(written.born_on),
        "card_class": written.card_class,
    }


def test_generic_code_fetches_the_rest_of_an_answer_and_mends_its_length() -> None:
    card = Scripted("6102", "01026101", "039000", "6C03", "0203049000")
    generic = GenericCard(card)

    assert generic.select(0x02, 0xEF05) == bytes.fromhex("010203")
    assert generic.send(0xB2, 1, 4) == bytes.fromhex("020304")
    assert card.asked == ["00A4020002EF05", "00C0000002", "00C0000001", "00B2010400", "00B2010403"]


def test_generic_code_tells_what_else_a_card_says() -> None:
    with pytest.raises(CardSaysNo) as told:
        GenericCard(Scripted("6A82")).select(0x02, 0xEF05)
    assert told.value.status == 0x6A82


def test_a_day_that_is_not_set_is_none() -> None:
    records = {
        **dict.fromkeys((2, 3, 7, 8, 9, 10, 11), b"1"),
        0x01: bytes(16),
        0x05: b"\xff\xff\xff\xff",
        0x06: bytes(4),
        0x0D: bytes.fromhex("19990228"),
    }
    said = card_generic.identity(records, records)
    assert (said["issued_on"], said["expires_on"], said["born_on"]) == (None, None, str(date(1999, 2, 28)))


def test_every_way_gives_the_identity_of_the_card_and_ours_asks_least() -> None:
    readings = card_swipe.measure(rounds=1, speeds=(None,))

    assert {kind for kind, _ in readings} == {*KINDS}
    for ways in readings.values():
        assert list(ways) == [*WAYS]
        assert ways[OURS].carried == ways[BARE].carried
        commands = [ways[way].carried.commands for way in (OURS, GENERIC, DUMP)]
        line_bytes = [ways[way].carried.line_bytes for way in (OURS, GENERIC, DUMP)]
        assert commands == sorted(set(commands))
        assert line_bytes == sorted(set(line_bytes))
        assert all(read.carried.command_bytes < read.carried.line_bytes for read in ways.values())


def test_no_reading_is_quicker_than_its_bytes_on_the_wire() -> None:
    baud = 115_200
    (ways,) = card_swipe.measure(rounds=1, kinds=KINDS[:1], speeds=(baud,)).values()

    assert all(read.ms[0] >= read.carried.wire_ms(baud) > 0 for read in ways.values())


def test_a_byte_takes_eleven_bits_on_the_wire() -> None:
    carried = Carried(commands=4, command_bytes=200, line_bytes=960)
    assert carried.wire_ms(9_600) == pytest.approx(1_100)
    assert carried.wire_ms(None) == 0


# --- waiting ---


def test_whoever_waits_notices_each_card_and_after_the_service_died_all_but_pyscards_monitor() -> None:
    needs("pcscd", PROGRAM)
    needs("vsmartcard-vpcd", DRIVER)

    seen = card_monitor.measure(insertions=1, after_restart=1)

    assert list(seen.before) == list(seen.after) == [*WATCHERS]
    assert all(delay is not None for delays in seen.before.values() for delay in delays)
    for name in (WATCH, PROCESS, POLL):
        assert len(seen.after[name]) == 2
        assert None not in seen.after[name], name
    assert [*seen.after[MONITOR]] == [None, None]


def test_a_change_counts_as_noticed_until_the_next_one() -> None:
    seen = card_monitor.Seen(before={WATCH: [10.0, 20.0, 30.0, None], MONITOR: [20.0, None, None, 5.0]}, after={})

    came, went = (card_monitor.delays_table(seen.before, first, "title") for first in (0, 1))

    assert [row[0] for row in came.rows] == [WATCH, MONITOR]
    assert [row[-2:] for row in came.rows] == [("2 of 2", 1), ("1 of 2", 2)]
    assert [row[-2:] for row in went.rows] == [("1 of 2", 1), ("1 of 2", "never")]


# --- idling ---


def test_all_programs_come_to_rest_and_the_desks_still_look_at_their_readers() -> None:
    needs("pcscd", PROGRAM)
    needs("vsmartcard-vpcd", DRIVER)

    idle = card_idle.measure(seconds=3, settling_s=0)

    assert list(idle) == [card_idle.PCSC, card_idle.SERIAL, card_idle.BARE, card_idle.MONITORS, card_idle.NOBODY]
    assert idle[card_idle.PCSC].children.wakes > 0
    assert idle[card_idle.SERIAL].children.wakes > 0
    assert idle[card_idle.BARE].children == idle[card_idle.NOBODY].program == Used(0, 0)
    assert all(part.cpu_ms >= 0 for one in idle.values() for part in one)


def test_processor_time_is_that_of_the_process_and_its_children_are_found() -> None:
    before = used(os.getpid())
    while used(os.getpid()).since(before).cpu_ms < 20:
        pass
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert child.pid in [*descendants(os.getpid())]
