"""A hundred thousand bills of all places and kinds, made ready before the clock runs."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Final, NamedTuple

from benchmarks.bills import Record, mixed_bills
from benchmarks.contestants import by_hand_decimal, by_hand_fen, openfisca, ours
from benchmarks.contestants.ours import Fit
from benchmarks.contestants.stay import OnHold, Stay, covers, stay_of_record
from benchmarks.rounds import Contestant
from benchmarks.table import Table, timed
from pos_client.benefit import PolicyLibrary, split, split_records

#: OpenFisca one bill at a time, and records in and out, are timed on so many of the bills.
PART: Final = 1_000


class _Stays(NamedTuple):
    """The bills that the rules written by hand cover, in each contestant's own form."""

    fits: list[Fit]
    decimal: list[tuple[Stay, by_hand_decimal.Money, list[by_hand_decimal.Priced]]]
    fen: list[tuple[Stay, by_hand_fen.Money, list[by_hand_fen.Priced]]]
    cases: list[openfisca.Case]


def tables(seed: int, count: int, rounds: int) -> Iterator[Table]:
    """All of them by this program, then those that the rules written by hand cover, side by side."""
    library = PolicyLibrary.shipped()
    bills = [(record, fit) for record in mixed_bills(seed, count) if (fit := ours.fit(library, record)) is not None]
    fits = [fit for _, fit in bills]
    texts = [json.dumps(record) for record, _ in bills[:PART]]
    stays = _stays([(record, fit) for record, fit in bills if covers(record)])
    del bills
    yield timed(
        f"{len(fits):,} mixed bills of all places and kinds, per bill",
        [
            Contestant("ours", lambda: _split_all(fits), len(fits)),
            Contestant(f"ours, JSON in and out ({PART:,} of them)", lambda: list(split_records(texts, library)), PART),
        ],
        rounds,
    )
    yield timed(f"The {len(stays.fits):,} stays of Yizheng 2010 among them, per bill", _contestants(stays), rounds)


def _stays(bills: Sequence[tuple[Record, Fit]]) -> _Stays:
    stays = _Stays([], [], [], [])
    for record, (policy, bill) in bills:
        stay = stay_of_record(record)
        items, items_fen = by_hand_decimal.items_of_record(record), by_hand_fen.items_of_record(record)
        yuan = by_hand_decimal.money_of_record(record)
        stays.fits.append((policy, bill))
        stays.decimal.append((stay, yuan, by_hand_decimal.price(items)))
        stays.fen.append((stay, by_hand_fen.money_of_record(record), by_hand_fen.price(items_fen)))
        result = split(policy, bill)
        if result.slices:
            axis = 0.0 if stay.new_year else float(yuan.axis)
            eligible, deductible = result.eligible_fen / 100, result.deductible_fen / 100
            stays.cases.append(openfisca.Case(stay.retired, axis, eligible, deductible))
    return stays


def _contestants(stays: _Stays) -> list[Contestant]:
    rules = openfisca.system()
    cases = stays.cases
    return [
        Contestant("ours", lambda: _split_all(stays.fits), len(stays.fits)),
        Contestant("ours, every figure read", lambda: _split_and_read_all(stays.fits), len(stays.fits)),
        Contestant("by hand, Decimal", lambda: _by_hand_decimal(stays), len(stays.decimal)),
        Contestant("by hand, integer fen", lambda: _by_hand_fen(stays), len(stays.fen)),
        Contestant(
            f"OpenFisca, segments only, one by one ({len(cases[:PART]):,})",
            lambda: [openfisca.pays(rules, [case]) for case in cases[:PART]],
            len(cases[:PART]),
        ),
        Contestant(
            f"OpenFisca, segments only, {len(cases):,} in one array", lambda: openfisca.pays(rules, cases), len(cases)
        ),
    ]


def _split_all(fits: Sequence[Fit]) -> None:
    for policy, bill in fits:
        split(policy, bill)


def _split_and_read_all(fits: Sequence[Fit]) -> None:
    for policy, bill in fits:
        ours.split_and_read(policy, bill)


def _by_hand_decimal(stays: _Stays) -> None:
    for stay, money, priced in stays.decimal:
        with suppress(OnHold):
            by_hand_decimal.split(stay, money, priced)


def _by_hand_fen(stays: _Stays) -> None:
    for stay, money, priced in stays.fen:
        with suppress(OnHold):
            by_hand_fen.split(stay, money, priced)
