"""The card's side of T=1, against a plain reader's side that loses and damages blocks."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.card.slot import Reaction
from hardware_sim.readers.t1_card import T1Card, check


def closed(pcb: int, information: bytes = b"", *, crc: bool = False) -> bytes:
    block = bytes((0, pcb, len(information))) + information
    return block + check(block, crc=crc)


def block(card: T1Card, pcb: int, information: bytes = b"") -> tuple[int, bytes]:
    """What the card answers: the byte that says which kind of block, and its content."""
    answer = card.block(closed(pcb, information)).answer
    assert answer is not None
    assert answer == closed(answer[1], answer[3:-1])
    return answer[1], answer[3:-1]


def mirror(command: bytes) -> Reaction:
    return Reaction(command[::-1] + b"\x90\0")


class Computer:
    """Sends a command in chained blocks and gathers the answer; repeats what was lost, as ISO 7816-3 has it."""

    def __init__(self, send: Callable[[bytes], bytes | None], size: int) -> None:
        self._send, self._size = send, size
        self._number = self._expected = 0

    def command(self, command: bytes) -> bytes:
        parts = [command[at : at + self._size] for at in range(0, len(command), self._size)]
        for part in parts[:-1]:
            pcb, _ = self._exchange(closed(self._number << 6 | 0x20, part))
            self._number ^= 1
            assert pcb == 0x80 | self._number << 4
        pcb, answer = self._exchange(closed(self._number << 6, parts[-1]))
        self._number ^= 1
        whole = b""
        while True:
            assert pcb & 0x80 == 0
            assert pcb >> 6 & 1 == self._expected
            self._expected ^= 1
            whole += answer
            if not pcb & 0x20:
                return whole
            pcb, answer = self._exchange(closed(0x80 | self._expected << 4))

    def _exchange(self, sent: bytes) -> tuple[int, bytes]:
        answer = self._send(sent)
        for _ in range(20):
            if answer is not None and check(answer[:-1], crc=False) == answer[-1:]:
                if answer[1] & 0xC0 != 0x80 or not answer[1] & 0x0F:
                    return answer[1], answer[3:-1]
                wants = answer[1] >> 4 & 1
                if wants != self._number and sent[1] & 0x20:  # it had the block, only its yes was lost
                    return 0x80 | wants << 4, b""
                again = sent if wants == self._number else closed(0x80 | self._expected << 4)
                answer = self._send(again)
            else:
                answer = self._send(closed(0x80 | self._expected << 4 | 1))
        raise AssertionError("never understood")


@given(
    commands=st.lists(st.binary(min_size=4, max_size=300), min_size=1, max_size=4),
    size=st.integers(1, 254),
    troubles=st.lists(st.sampled_from(["fine", "fine", "damaged there", "damaged back"]), max_size=30),
)
def test_commands_come_whole_over_a_bad_line(commands: list[bytes], size: int, troubles: list[str]) -> None:
    card, left = T1Card(mirror), list(troubles)

    def send(sent: bytes) -> bytes | None:
        trouble = left.pop(0) if left else "fine"
        if trouble == "damaged there":
            sent = sent[:-1] + bytes((sent[-1] ^ 1,))
        answer = card.block(sent).answer
        assert answer is not None
        return answer[:-1] + bytes((answer[-1] ^ 1,)) if trouble == "damaged back" else answer

    computer = Computer(send, size)
    for command in commands:
        assert computer.command(command) == command[::-1] + b"\x90\0"


def test_the_computer_says_how_long_blocks_may_be() -> None:
    card = T1Card(lambda _: Reaction(bytes(100) + b"\x90\0"))
    assert block(card, 0xC1, b"\x50") == (0xE1, b"\x50")
    pcb, first = block(card, 0x00, b"\0\xb0\0\0\0")
    assert (pcb, len(first)) == (0x20, 0x50)
    assert block(card, 0x90) == (0x40, bytes(20) + b"\x90\0")


def test_a_slow_card_asks_for_more_time_first() -> None:
    card = T1Card(lambda _: Reaction(b"\x90\0", delay_ms=700))
    assert block(card, 0x00, b"\0\x84\0\0\x08") == (0xC3, b"\1")
    late = card.block(closed(0xE3, b"\1"))
    assert late.answer == closed(0x00, b"\x90\0")
    assert late.delay_ms == 700


def test_starting_over_and_breaking_off() -> None:
    card = T1Card(mirror)
    block(card, 0x20, b"half a command")
    assert block(card, 0xC2) == (0xE2, b"")
    assert block(card, 0xC0) == (0xE0, b"")
    assert block(card, 0x00, b"next") == (0x00, b"txen\x90\0")


def test_a_damaged_block_and_one_out_of_turn_are_asked_for_again() -> None:
    card = T1Card(mirror)
    assert card.block(b"\0\0\1\0\0").answer == closed(0x81)
    assert block(card, 0x40, b"out of turn") == (0x82, b"")


def test_a_mute_card_sends_no_block() -> None:
    assert T1Card(lambda _: Reaction(None)).block(closed(0x00, b"\0\x84\0\0\x08")).answer is None


def test_blocks_may_end_with_a_crc() -> None:
    # the check value of ISO 13239 for the text of its usual example
    assert check(b"123456789", crc=True) == (0x906E).to_bytes(2, "little")
    answer = T1Card(mirror, crc=True).block(closed(0x00, b"abcd", crc=True)).answer
    assert answer == closed(0x00, b"dcba\x90\0", crc=True)


@pytest.mark.parametrize("crc", [False, True])
@given(data=st.lists(st.binary(max_size=12), max_size=6))
def test_any_bytes_are_answered_with_a_block_or_not_at_all(crc: bool, data: list[bytes]) -> None:
    card = T1Card(mirror, crc=crc)
    for received in data:
        answer = card.block(received).answer
        assert answer is None or answer == closed(answer[1], answer[3 : -2 if crc else -1], crc=crc)
