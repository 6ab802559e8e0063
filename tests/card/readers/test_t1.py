"""T=1 against a card of its own: whatever is lost on the way, a command is done once or not at all."""

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.card.readers.t1 import T1, BlockTrouble, NoBlocks, crc, lrc
from tests.card.readers.t1_peer import Mishap, Peer, closed

mishaps = st.lists(st.sampled_from(Mishap), max_size=40)
commands = st.binary(min_size=4, max_size=261)
answers = st.binary(min_size=2, max_size=258)


class Scripted:
    """A card that says what it is told to, whatever it hears."""

    def __init__(self, *said: bytes) -> None:
        self.said = list(said)
        self.heard: list[bytes] = []

    def exchange(self, block: bytes, waiting: int) -> bytes:
        self.heard.append(block)
        return self.said.pop(0) if self.said else b""


def test_one_command_is_one_block_there_and_one_back() -> None:
    card = Scripted(bytes.fromhex("000002900092"))
    assert T1(card.exchange).transmit(bytes.fromhex("00A4000000")) == bytes.fromhex("9000")
    assert [block.hex().upper() for block in card.heard] == ["00000500A4000000A1"]


def test_blocks_are_numbered_in_turn_on_both_sides() -> None:
    peer = Peer(lambda command: command[-1:] + b"\x90\x00")
    session = T1(peer.exchange)
    assert [session.transmit(bytes((0, 0, 0, 0, n))) for n in range(5)] == [bytes((n, 0x90, 0)) for n in range(5)]
    assert [block[1] for block in peer.blocks] == [0x00, 0x40, 0x00, 0x40, 0x00]


@given(command=commands, answer=answers, card_size=st.integers(1, 254), ours=st.integers(1, 254))
def test_commands_and_answers_of_any_length_are_chained(
    command: bytes, answer: bytes, card_size: int, ours: int
) -> None:
    peer = Peer(lambda _: answer)
    session = T1(peer.exchange, card_size=card_size)
    session.ask_for_blocks_of(ours)
    assert session.transmit(command) == answer
    assert peer.done == [command]
    assert max(block[2] for block in peer.blocks[1:]) <= card_size
    assert len(peer.blocks) == 1 + -(-len(command) // card_size) + -(-len(answer) // ours) - 1


@given(mishaps=mishaps, command=st.binary(min_size=4, max_size=90), answer=st.binary(min_size=2, max_size=90))
def test_whatever_is_lost_a_command_is_done_once_and_its_answer_is_whole_or_none(
    mishaps: list[Mishap], command: bytes, answer: bytes
) -> None:
    peer = Peer(lambda _: answer, mishaps=mishaps)
    session = T1(peer.exchange)
    try:
        assert session.transmit(command) == answer
    except BlockTrouble:
        assert any(mishap is not Mishap.NONE for mishap in mishaps)
        with pytest.raises(BlockTrouble):
            session.transmit(command)
    assert peer.done in ([], [command])


@given(
    mishaps=st.lists(st.sampled_from(Mishap), max_size=60),
    commands=st.lists(commands, min_size=1, max_size=4),
    data=st.data(),
)
def test_single_mishaps_never_cost_a_session(mishaps: list[Mishap], commands: list[bytes], data: st.DataObject) -> None:
    rare = [m for pair in pairwise([Mishap.NONE, *mishaps]) for m in (pair[1], *[Mishap.NONE] * 6)]
    peer = Peer(
        lambda command: command[-40:] + b"\x90\x00",
        waits=data.draw(st.integers(0, 3)),
        mishaps=rare,
        repeats_old_answers=data.draw(st.booleans()),
    )
    session = T1(peer.exchange, card_size=data.draw(st.integers(8, 254)))
    assert [session.transmit(command) for command in commands] == [command[-40:] + b"\x90\x00" for command in commands]
    assert peer.done == commands


def test_a_card_gets_the_time_it_asks_for() -> None:
    peer = Peer(lambda _: b"\x90\x00", waits=2)
    assert T1(peer.exchange).transmit(b"\0\0\0\0") == b"\x90\x00"
    assert [block.hex().upper() for block in peer.blocks[1:]] == ["00E30105E7", "00E30105E7"]
    assert peer.extensions == [0, 5, 5]


def test_a_card_may_ask_for_shorter_blocks() -> None:
    acknowledged = closed(0x90)
    card = Scripted(closed(0xC1, b"\x04"), acknowledged, closed(0x80), closed(0x00, b"\x90\x00"))
    assert T1(card.exchange, card_size=6).transmit(bytes(range(14))) == b"\x90\x00"
    sent = [block[3:-1] for block in card.heard]
    assert sent == [bytes(range(6)), b"\x04", bytes(range(6, 10)), bytes(range(10, 14))]


def test_a_block_that_comes_wrong_is_asked_for_again_and_told_why() -> None:
    right = closed(0x00, b"\x90\x00")
    for wrong, request in [
        (b"", "00820082"),
        (right[:-1] + b"\0", "00810081"),
        (right[:3], "00810081"),
        (closed(0x40, b"\x90\x00"), "0000040000000004"),
        (b"\x11" + right[1:-1] + bytes((right[-1] ^ 0x11,)), "00820082"),
        (lrc_closed("0000039000"), "00820082"),
        (closed(0xC5), "00820082"),
        (closed(0xC3), "00820082"),
        (closed(0xC1, b"\0"), "00820082"),
        (closed(0x20), "00820082"),
        (closed(0x90), "00820082"),
    ]:
        card = Scripted(wrong, right)
        assert T1(card.exchange).transmit(b"\0\0\0\0") == b"\x90\x00"
        assert card.heard[1].hex() == request


def lrc_closed(block: str) -> bytes:
    data = bytes.fromhex(block)
    return data + lrc(data)


def test_three_times_are_enough() -> None:
    silent = Scripted()
    with pytest.raises(NoBlocks):
        T1(silent.exchange).transmit(b"\0\0\0\0")
    assert len(silent.heard) == 3
    garbled = Scripted(*[b"\0\0\0\1"] * 9)
    with pytest.raises(BlockTrouble) as trouble:
        T1(garbled.exchange).transmit(b"\0\0\0\0")
    assert len(garbled.heard) == 3
    assert not isinstance(trouble.value, NoBlocks)


@pytest.mark.parametrize(
    "said",
    [
        [closed(0xC2)],
        [closed(0xC3, b"\x01")] * 500,
        [closed(0x80)] * 500,
        [closed(n % 2 << 6 | 0x20, b"x" * 100) for n in range(500)],
        [closed(0x80 | n % 2 << 4) for n in range(500)],
    ],
    ids=["breaks off", "asks for time for ever", "wants the block for ever", "never ends", "only acknowledges"],
)
def test_a_card_that_goes_on_for_ever_is_given_up(said: list[bytes]) -> None:
    card = Scripted(*said)
    with pytest.raises(BlockTrouble):
        T1(card.exchange).transmit(b"\0\0\0\0")
    assert len(card.heard) < 110


def test_a_session_that_was_given_up_sends_nothing_more() -> None:
    card = Scripted()
    session = T1(card.exchange)
    for _ in range(2):
        with pytest.raises(BlockTrouble):
            session.transmit(b"\0\0\0\0")
    assert len(card.heard) == 3


def test_a_card_that_does_not_answer_about_its_blocks_is_given_up() -> None:
    card = Scripted(b"", closed(0xE1, b"\x20"), closed(0x81))
    session = T1(card.exchange)
    with pytest.raises(BlockTrouble):
        session.ask_for_blocks_of(254)
    assert [block.hex().upper() for block in card.heard] == ["00C101FE3E"] * 3
    with pytest.raises(BlockTrouble):
        session.transmit(b"\0\0\0\0")


def test_nothing_of_a_command_is_kept_after_it() -> None:
    verify = bytes.fromhex("0020000003123456")
    for card in (Scripted(closed(0x00, b"\x90\x00")), Scripted()):
        session = T1(card.exchange)
        with suppress(BlockTrouble):
            session.transmit(verify)
        assert not any(verify[5:] in value for value in vars(session).values() if isinstance(value, bytes))


def test_the_two_checks() -> None:
    assert lrc(bytes.fromhex("00000500A4000000")).hex().upper() == "A1"
    assert crc(b"123456789").hex().upper() == "6E90"  # the check value of CRC-16/X-25, lower byte first


@given(command=commands, answer=answers)
def test_blocks_with_a_crc(command: bytes, answer: bytes) -> None:
    def exchange(block: bytes, waiting: int) -> bytes:
        assert crc(block[:-2]) == block[-2:]
        said = peer.exchange(block[:-2] + lrc(block[:-2]), waiting)
        return said[:-1] + crc(said[:-1])

    peer = Peer(lambda _: answer)
    assert T1(exchange, with_crc=True).transmit(command) == answer


@given(said=st.lists(st.binary(max_size=12), max_size=10))
def test_any_bytes_end_in_an_answer_or_in_trouble(said: list[bytes]) -> None:
    try:
        answer = T1(Scripted(*said).exchange).transmit(b"\0\0\0\0")
    except BlockTrouble:
        return
    assert any(answer in block for block in said)
