"""The purse is looked into and never touched."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pos_client
from hardware_sim.card.purse_contents import Contents
from hardware_sim.personas import PurseEntry
from pos_client.card import words
from pos_client.card.social_security import pin
from pos_client.card.social_security.pin import Pin
from pos_client.card.social_security.purse import Purse, PurseTransaction, read_purse
from pos_client.errors import EnvironmentProblem, Problem, Refused, Words
from tests.card.simulated import ScriptedCard
from tests.card.social_security.terminal import V2, Terminal

CONTENTS = Contents(
    balance_fen=123_456, self_paid_fen=7_890, pooled_fen=4_294_967_295, settlement_year=2026, starting_day="0701"
)
ENTRIES = (
    PurseEntry(3, "2", "439900000001", datetime.fromisoformat("2026-08-20T09:30:15"), 3_000, 200, 300),
    PurseEntry(2, "2", "439900000001", datetime.fromisoformat("2026-08-11T23:59:59"), 2_000, 200, 300),
    PurseEntry(1, "1", "439900000001", datetime.fromisoformat("2026-08-01T00:00:00"), 1_000, 200, 300),
)
OPEN = replace(V2, purse=CONTENTS, purse_entries=ENTRIES)


def after_pin(terminal: Terminal, *, most_transactions: int = 10) -> Purse:
    pin.select(terminal.card)
    pin.verify(terminal.card, Pin("123456"))
    return read_purse(terminal.card, most_transactions=most_transactions)


def refusal(reading: Callable[[], Purse]) -> Problem:
    with pytest.raises((Refused, EnvironmentProblem)) as told:
        reading()
    return told.value


@pytest.mark.parametrize("status", ["6A82", "6F00"])
def test_a_card_that_does_not_find_back_into_its_environment_is_badly_read(status: str) -> None:
    assert refusal(lambda: read_purse(ScriptedCard(status))).words is words.DATA_DAMAGED


def test_what_is_in_the_purse_is_read_newest_transaction_first() -> None:
    assert after_pin(Terminal(OPEN, psam=False)) == Purse(
        balance_fen=123_456,
        own_paid_fen=7_890,
        pool_paid_fen=4_294_967_295,
        year=2026,
        starts_on="0701",
        transactions=tuple(
            PurseTransaction(
                sequence=entry.number,
                kind=entry.kind,
                terminal="439900000001",
                at=entry.at,
                account_fen=entry.account_fen,
                own_fen=200,
                pool_fen=300,
            )
            for entry in ENTRIES
        ),
    )


def test_only_as_many_transactions_are_read_as_were_asked_for() -> None:
    found = after_pin(Terminal(OPEN, psam=False), most_transactions=2)
    assert [entry.sequence for entry in found.transactions] == [3, 2]


def test_a_purse_never_used_has_no_year_and_no_transactions() -> None:
    found = after_pin(Terminal(replace(V2, purse=Contents()), psam=False))
    assert (found.balance_fen, found.year, found.transactions) == (0, 0, ())


SELECTED = ["9000", "9000"]
SUMS = ["00000064 9000", "00000000 2026 9000", "00000000 2026 9000", "0101 9000"]
SHORT = "0005 32 439900000001 20260820093015 000003E8"


def test_the_short_records_of_a_card_that_counts_its_account_only_are_read() -> None:
    card = ScriptedCard(*SELECTED, *SUMS, "6C14", f"{SHORT} 9000", f"{SHORT} 9000", "6A83")
    first, second = read_purse(card).transactions
    assert first == second
    assert (first.kind, first.account_fen, first.own_fen, first.pool_fen) == ("2", 1000, 0, 0)
    assert card.commands[-4:] == ["00B201441C", "00B2014414", "00B2024414", "00B2034414"]


@pytest.mark.parametrize("never_written", ["00", "FF"])
def test_records_that_were_never_written_are_none(never_written: str) -> None:
    assert read_purse(ScriptedCard(*SELECTED, *SUMS, never_written * 28 + "9000")).transactions == ()


def test_a_card_that_does_not_tell_the_starting_day_is_read_without() -> None:
    assert read_purse(ScriptedCard(*SELECTED, *SUMS[:3], "6D00", "6A82")).starts_on == ""


@pytest.mark.parametrize("status", ["6D00", "6E00", "6985", "6901", "6A86", "6A88", "9403", "6F00"])
def test_a_card_without_a_purse_has_none_whatever_it_calls_that(status: str) -> None:
    problem = refusal(lambda: read_purse(ScriptedCard(*SELECTED, status)))
    assert problem.words is words.NO_PURSE
    assert problem.evidence == {"step": "GET BALANCE", "status": status}


@pytest.mark.parametrize(
    ("status", "said"),
    [("6982", words.PIN_NEEDED), ("9303", words.APPLICATION_BLOCKED), ("019000", words.DATA_DAMAGED)],
)
def test_other_refusals_have_their_own_sentence(status: str, said: Words) -> None:
    assert refusal(lambda: read_purse(ScriptedCard(*SELECTED, status))).words is said


def test_a_card_for_use_online_has_no_purse() -> None:
    assert refusal(lambda: after_pin(Terminal(V2, psam=False))).words is words.NO_PURSE


def test_the_pin_is_needed_to_see_the_balance() -> None:
    assert refusal(lambda: read_purse(Terminal(OPEN, psam=False).card)).words is words.PIN_NEEDED


@pytest.mark.parametrize(
    "record",
    [
        "0005 32 439900000001 20260231093015 000003E8",
        "0005 32 439900000001 202608200930FF 000003E8",
        "0005 32 43990000000A 20260820093015 000003E8",
        "0005 32",
    ],
)
def test_a_transaction_that_is_none_is_damage(record: str) -> None:
    card = ScriptedCard(*SELECTED, *SUMS, f"{record} 9000")
    assert refusal(lambda: read_purse(card)).words is words.DATA_DAMAGED


ANSWERS = st.binary(max_size=40).map(bytes.hex) | st.sampled_from([*SELECTED, *SUMS, "6A83", "6C14", f"{SHORT} 9000"])


@given(st.lists(ANSWERS, min_size=60, max_size=60))
def test_whatever_a_card_answers_there_is_one_problem_or_a_purse(answers: list[str]) -> None:
    result: object
    try:
        result = read_purse(ScriptedCard(*answers))
    except Problem as problem:
        result = problem
    assert isinstance(result, Purse | EnvironmentProblem | Refused)


def test_amounts_are_not_shown_in_a_log() -> None:
    assert "123456" not in repr(after_pin(Terminal(OPEN, psam=False)))


#: INITIALIZE, CREDIT, DEBIT and UPDATE STARTING DAY: what would move money on a card.
MOVING = {(0xB0, 0x28), (0xB0, 0x2A), (0xB0, 0x2C)}
SETTING_THE_DAY = (0xB0, 0x56, 0x00)


def moves_money(command: bytes) -> bool:
    return tuple(command[:2]) in MOVING or tuple(command[:3]) == SETTING_THE_DAY


def headers_in(source: str) -> Iterator[bytes]:
    """Every beginning of a command that is written in a program: hexadecimal text, bytes, or numbers in a row."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            try:
                yield bytes.fromhex(node.value)
            except ValueError:
                continue
        elif isinstance(node, ast.Constant) and isinstance(node.value, bytes):
            yield node.value
        elif isinstance(node, ast.Tuple | ast.List):
            numbers = [one.value if isinstance(one, ast.Constant) else None for one in node.elts[:3]]
            yield bytes(number if isinstance(number, int) and 0 <= number < 256 else 0xFF for number in numbers)


@pytest.mark.parametrize(
    "written",
    [
        'bytes.fromhex("B02C01000F")',
        'b"\\xb0\\x2a\\0\\0"',
        "bytes((0xB0, 0x28, 0x01, n))",
        'f(bytes.fromhex("B0 56 00 00"))',
    ],
)
def test_a_command_that_moves_money_would_be_found(written: str) -> None:
    assert any(moves_money(header) for header in headers_in(written))


def test_the_program_knows_no_command_that_moves_money_on_a_card() -> None:
    sources = list(Path(pos_client.__path__[0], "card").rglob("*.py"))
    found = [header for path in sources for header in headers_in(path.read_text(encoding="utf-8"))]
    assert bytes.fromhex("B026000104") in found
    assert bytes.fromhex("B056010002") in found
    assert not [header for header in found if moves_money(header)]


def test_no_errand_sends_a_command_that_moves_money() -> None:
    terminal = Terminal(OPEN)
    terminal.read(check_genuine=True)
    after_pin(terminal)
    sent = [bytes.fromhex(command) for command in terminal.to_card() + terminal.to_psam()]
    assert len(sent) > 15
    assert not [command for command in sent if moves_money(command)]
