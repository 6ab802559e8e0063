"""Everybody gets the same rounds, and nobody always the same place in them."""

import gc
from functools import partial

import pytest

from benchmarks import rounds
from benchmarks.rounds import Contestant, measure


@pytest.fixture(autouse=True)
def short_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "SAMPLE_NS", 1)


def test_the_order_turns_from_round_to_round() -> None:
    called: list[str] = []
    contestants = [Contestant(name, partial(called.append, name)) for name in "abc"]

    measure(contestants, rounds=3)

    assert "".join(called[-9:]) == "abcbcacab"


def test_there_is_one_sample_a_round_for_each() -> None:
    samples = measure([Contestant("a", int), Contestant("b", int)], rounds=9)

    assert [len(each) for each in samples] == [9, 9]
    assert all(sample > 0 for each in samples for sample in each)


def test_the_collector_works_again_afterwards() -> None:
    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        measure([Contestant("fails", fail)], rounds=1)

    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
