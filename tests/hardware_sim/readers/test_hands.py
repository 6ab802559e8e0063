"""Hands around a reader, line by line."""

import pytest

from hardware_sim.card.slot import Slot
from hardware_sim.readers.hands import Hands
from hardware_sim.readers.models import GEMPC_PINPAD, POS_PRO
from hardware_sim.readers.pin_pad import Ending, PinPadHands
from hardware_sim.readers.reader import SerialReader


class World:
    def __init__(self, *, slots: int = 2) -> None:
        self.slots = [Slot() for _ in range(slots)]
        self.keys = PinPadHands()
        reader = SerialReader(POS_PRO if slots > 1 else GEMPC_PINPAD, self.slots)
        self.hands = Hands(self.slots[0], self.slots[1] if slots > 1 else None, reader, self.keys)

    def looks(self, line: str) -> tuple[object, object]:
        """Whether card and PSAM are in, after that."""
        answer = self.hands.do(line)
        assert answer["ok"]
        return answer["card"], answer["psam"]


def test_cards_are_put_in_and_pulled_out() -> None:
    world = World()
    assert world.looks("look") == (False, False)
    assert world.looks("insert li-xiulan\n") == (True, False)
    assert world.looks("psam nation") == (True, True)
    assert world.looks("remove") == (False, True)
    assert world.looks("psam-out") == (False, False)


def test_a_card_is_torn_out_in_the_middle_of_a_reading() -> None:
    world = World()
    world.looks("insert li-xiulan")
    world.looks("tear")
    slot = world.slots[0]
    slot.power_on()
    assert [slot.transmit(bytes.fromhex("00A4000000")).answer is None for _ in range(3)] == [False, False, True]
    assert world.looks("look") == (False, False)


def test_keys_of_the_pad_are_pressed_and_not_repeated() -> None:
    world = World()
    answers = [world.hands.do(line) for line in ("pin 987654", "cancel", "timeout")]
    assert "987654" not in str(answers)
    assert [world.keys.next() for _ in range(4)] == ["987654", Ending.CANCELLED, Ending.TIMED_OUT, None]


def test_faults_go_to_the_card_or_to_the_line() -> None:
    world = World()
    world.looks("insert li-xiulan")
    world.looks("fault status@1=6F00")
    world.looks("fault nak@1")
    world.slots[0].power_on()
    assert world.slots[0].transmit(bytes.fromhex("00A4000000")).answer == b"\x6f\0"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("dance", "there are insert, remove"),
        ("", "there are insert, remove"),
        ("insert nobody", "no persona 'nobody'"),
        ("psam nothing", "PSAMs: nation"),
        ("pin 12a4", "a PIN is digits"),
        ("pin １２３４", "a PIN is digits"),
        ("fault explode@1", "is not KIND@N"),
    ],
)
def test_what_cannot_be_done_is_told(line: str, why: str) -> None:
    answer = World().hands.do(line)
    assert not answer["ok"]
    assert why in str(answer["why"])


def test_a_reader_with_one_slot_takes_no_psam() -> None:
    world = World(slots=1)
    assert world.hands.do("psam nation") == {"ok": False, "why": "this reader has one slot"}
    assert world.looks("insert li-xiulan") == (True, False)
