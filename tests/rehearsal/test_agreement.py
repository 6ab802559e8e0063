"""What "the books agree" means is itself tested: every kind of disagreement is found."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rehearsal.agreement import compare
from tests.desk.world import World, world_in

Ledger = list[dict[str, Any]]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One desk with a sale that stands and one that was voided."""
    folder: Path = tmp_path_factory.mktemp("agreement")
    with world_in(folder) as counter:
        counter.sell("YD0001")
        counter.void(counter.sell("YD0001").id)
        yield counter


def _found(world: World, ledger: Ledger) -> str:
    return "\n".join(compare(world.home.folder, ledger).disagreements)


def test_books_that_agree_have_no_disagreement(world: World) -> None:
    assert _found(world, world.ledger()) == ""


@pytest.mark.parametrize("name", ["medfee_sumamt", "fund_pay_sumamt", "acct_pay", "psn_cash_pay"])
def test_one_fen_anywhere_is_found(world: World, name: str) -> None:
    ledger = world.ledger()
    ledger[0][name] = "0.01"
    assert name in _found(world, ledger)


def test_a_settlement_that_the_bureau_lost_is_found(world: World) -> None:
    assert "the bureau has no such settlement" in _found(world, world.ledger()[1:])


def test_a_settlement_that_the_journal_does_not_know_is_found(world: World) -> None:
    foreign = world.ledger()[0] | {"msgid": "P" * 30}
    assert "the bureau has it, the journal does not" in _found(world, [*world.ledger(), foreign])


def test_a_settlement_booked_twice_is_found(world: World) -> None:
    assert "twice" in _found(world, [*world.ledger(), world.ledger()[0]])


@pytest.mark.parametrize("mark", ["voided", "reversed"])
def test_a_settlement_that_no_longer_stands_there_is_found(world: World, mark: str) -> None:
    ledger = world.ledger()
    ledger[0][mark] = True
    assert _found(world, ledger) != ""


def test_a_void_that_the_bureau_forgot_is_found(world: World) -> None:
    ledger = world.ledger()
    ledger[1]["voided"] = False
    found = _found(world, ledger)
    assert "voided" in found
    assert "drawer" in found


def test_an_open_outcome_is_no_agreement(world: World) -> None:
    world.faults({"name": "drop_answer", "infno": "2102", "times": 1})
    with pytest.raises(Exception, match="U-2102"):
        world.sell("YD0001", tendered_fen=2000)
    found = _found(world, world.ledger())
    assert "still UNKNOWN" in found
    assert "still lie on the counter" in found
