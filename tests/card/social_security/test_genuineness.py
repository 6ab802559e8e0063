"""The test of being genuine: a copy fails it, and a card that is only badly read is not called one."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from hardware_sim.personas import CardData
from pos_client.card import words
from pos_client.errors import Words
from tests.card.social_security.terminal import V1, V2, V3, Terminal, attempts, genuine, meddled, proofs, refusal

SELECT, PROVE = 0xA4, 0x88
#: Where the template of SELECT says which template follows, and which cipher.
CIPHER_TEMPLATE, CIPHER = 25, 29


def answering(
    terminal: Terminal, ins: int, number: int, other: Callable[[bytes], bytes], *, to_the_end: bool = False
) -> None:
    """The answer to the card's ``number``-th command of this kind, or what it holds ready for it, is another one."""
    seen, pending = 0, False

    def changed(command: bytes, answer: bytes) -> bytes | None:
        nonlocal seen, pending
        seen += command[1] == ins
        due = (seen == number or (to_the_end and seen > number)) and (command[1] == ins or pending)
        pending = due and answer[-2] == 0x61
        return other(answer) if due and not pending else None

    meddled(terminal.card, changed)


def places() -> Callable[[bytes], bytes]:
    """Tells the commands of a reading apart by what they ask for; GET RESPONSE by what was asked before it."""
    before = b""

    def place(command: bytes) -> bytes:
        nonlocal before
        asked = (before if command[1] == 0xC0 else b"") + command[:4]
        before = command[:4]
        return asked

    return place


def with_byte(where: int) -> Callable[[bytes], bytes]:
    """An answer of which one byte is another."""
    return lambda answer: answer[:where] + bytes((answer[where] ^ 0x5A,)) + answer[where + 1 :]


@pytest.mark.parametrize("card", [V1, V2, V3], ids=["v1", "v2", "v3"])
def test_a_copy_is_found_out_before_any_key_is_shown_to_it(card: CardData) -> None:
    terminal = Terminal(replace(card, wrong_keys=("IRK",)))
    assert refusal(terminal, check_genuine=True).words is words.CARD_NOT_GENUINE
    assert proofs(terminal) == 2
    assert attempts(terminal) == 0
    assert "00B20135" not in "".join(terminal.to_card())


@pytest.mark.parametrize("where", range(8))
def test_a_proof_with_one_byte_changed_accuses_nobody(where: int) -> None:
    terminal = Terminal(V3)
    answering(terminal, PROVE, 1, with_byte(where))
    assert terminal.read() == genuine(V3)
    assert [command[:8] for command in terminal.to_card()][2:10] == [
        "00A40400", "00C00000", "00880000", "00C00000",
    ] * 2  # fmt: skip
    assert len({command for command in terminal.to_card() if command.startswith("0088")}) == 2, "other challenges"
    assert attempts(terminal) == 1


@pytest.mark.parametrize("where", [CIPHER_TEMPLATE, CIPHER])
def test_a_cipher_that_was_misread_accuses_nobody(where: int) -> None:
    terminal = Terminal(V3)
    answering(terminal, SELECT, 2, with_byte(where))
    assert terminal.read() == genuine(V3)


@pytest.mark.parametrize("status", ["6A88", "6D00"])
def test_a_card_that_says_only_once_that_it_cannot_prove_itself_is_asked_again(status: str) -> None:
    terminal = Terminal(V3)
    answering(terminal, PROVE, 1, lambda _: bytes.fromhex(status))
    assert terminal.read() == genuine(V3)
    assert proofs(terminal) == 2


def test_proofs_that_fail_each_in_its_own_way_say_nothing_about_the_card() -> None:
    terminal = Terminal(V3)
    misread = with_byte(CIPHER)
    selected = 0

    def changed(command: bytes, answer: bytes) -> bytes | None:
        nonlocal selected
        selected += command[1] == SELECT
        if selected == 2 and len(answer) > CIPHER:
            return misread(answer)
        return b"\x6d\x00" if command[1] == PROVE else None

    meddled(terminal.card, changed)
    problem = refusal(terminal)
    assert problem.words is words.DATA_DAMAGED
    assert problem.evidence == {"refused": ["K-35", "K-36"]}
    assert proofs(terminal) == 1


@pytest.mark.parametrize("psam", [True, False], ids=["with-psam", "without-psam"])
@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("6A82", words.DATA_DAMAGED),
        ("6A81", words.DATA_DAMAGED),
        ("6F00", words.DATA_DAMAGED),
        ("6283", words.APPLICATION_BLOCKED),
        ("9303", words.APPLICATION_BLOCKED),
        ("6F0584034F5448 9000", words.DATA_DAMAGED),  # the name of another application
        ("35 9000", words.DATA_DAMAGED),  # no template
        ("6F 9000", words.DATA_DAMAGED),  # one without a length
        ("6F1C840F 9000", words.DATA_DAMAGED),  # one cut short
    ],
)
def test_a_recognised_card_that_does_not_find_back_is_no_other_card(told: str, said: Words, psam: bool) -> None:
    terminal = Terminal(V3, psam=psam)
    answering(terminal, SELECT, 2, lambda _: bytes.fromhex(told), to_the_end=True)
    problem = refusal(terminal)
    assert problem.words is said
    assert problem.evidence["step"] == "SELECT SSSE again"


def test_zeros_before_what_a_card_tells_mean_nothing() -> None:
    terminal = Terminal(V3)
    answering(terminal, SELECT, 2, lambda told: bytes(2) + told)
    assert terminal.read() == genuine(V3)
    assert proofs(terminal) == 1


@pytest.mark.parametrize("card", [V1, V2], ids=["v1", "v2"])
def test_a_card_that_tells_nothing_when_it_is_selected_proves_itself_as_the_oldest_do(card: CardData) -> None:
    terminal = Terminal(card)
    meddled(terminal.card, lambda command, _: b"\x90\x00" if command[1] == SELECT else None)
    assert terminal.read(check_genuine=True) == genuine(card)


@pytest.mark.parametrize("status", ["6A88", "6D00"])
def test_a_card_that_says_it_cannot_prove_itself_is_not_believed(status: str) -> None:
    terminal = Terminal(V3)
    meddled(terminal.card, lambda command, _: bytes.fromhex(status) if command[1] == 0x88 else None)
    assert refusal(terminal).words is words.CARD_NOT_GENUINE


def test_a_copy_cannot_play_back_what_a_genuine_card_once_said() -> None:
    terminal = Terminal(V3)
    recorded: dict[bytes, bytes] = {}
    heard, asked = places(), places()
    meddled(terminal.card, lambda command, answer: recorded.update({heard(command): answer}))
    terminal.read()
    played_back = dict(recorded)
    meddled(terminal.card, lambda command, _: played_back[asked(command)])
    assert refusal(terminal).words is words.CARD_NOT_GENUINE
    assert proofs(terminal) == 2
