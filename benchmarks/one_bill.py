"""One inpatient bill of ten lines under Yizheng 2010, from three starting points."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from benchmarks.bills import ten_line_bill
from benchmarks.contestants import bare_decimal, by_hand_decimal, by_hand_fen, openfisca, ours
from benchmarks.contestants.stay import Stay, stay_of_record
from benchmarks.rounds import Contestant
from benchmarks.table import Table, timed
from pos_client.benefit import Bill, Policy, PolicyLibrary, bill_of_record, split, split_records

DISCHARGED: Final = date(2010, 5, 24)


def tables(rounds: int) -> Iterator[Table]:
    """The same bill with lines priced, from prices and quantities, and from its JSON line."""
    record = ten_line_bill()
    library = PolicyLibrary.shipped()
    policy = library.pick("yizheng", DISCHARGED)
    bill, stay = bill_of_record(record), stay_of_record(record)
    yield timed("One bill of ten lines, lines priced", _priced(policy, bill, stay), rounds)
    yield timed("One bill of ten lines, from unit prices and quantities", _unpriced(policy, bill, stay), rounds)
    yield timed("One bill of ten lines, from a line of JSON", _from_text(library, policy), rounds)


def _priced(policy: Policy, bill: Bill, stay: Stay) -> list[Contestant]:
    record = ten_line_bill()
    yuan, priced = (
        by_hand_decimal.money_of_record(record),
        by_hand_decimal.price(by_hand_decimal.items_of_record(record)),
    )
    fen, priced_fen = by_hand_fen.money_of_record(record), by_hand_fen.price(by_hand_fen.items_of_record(record))
    figures = ours.figures(split(policy, bill))
    rules = openfisca.system()
    case = openfisca.Case(stay.retired, float(yuan.axis), figures.eligible_fen / 100, figures.deductible_fen / 100)
    return [
        Contestant("ours", lambda: split(policy, bill)),
        Contestant("ours, every figure read", lambda: ours.split_and_read(policy, bill)),
        Contestant("by hand, Decimal", lambda: by_hand_decimal.split(stay, yuan, priced)),
        Contestant("by hand, integer fen", lambda: by_hand_fen.split(stay, fen, priced_fen)),
        Contestant("OpenFisca, segments only", lambda: openfisca.pays(rules, [case])),
    ]


def _unpriced(policy: Policy, bill: Bill, stay: Stay) -> list[Contestant]:
    record = ten_line_bill()
    yuan, items = by_hand_decimal.money_of_record(record), by_hand_decimal.items_of_record(record)
    fen, items_fen = by_hand_fen.money_of_record(record), by_hand_fen.items_of_record(record)
    deductible = Decimal(ours.figures(split(policy, bill)).deductible_fen).scaleb(-2)
    return [
        Contestant("ours", lambda: split(policy, ours.built_anew(bill))),
        Contestant("by hand, Decimal", lambda: by_hand_decimal.split(stay, yuan, by_hand_decimal.price(items))),
        Contestant("by hand, integer fen", lambda: by_hand_fen.split(stay, fen, by_hand_fen.price(items_fen))),
        Contestant("bare Decimal", lambda: bare_decimal.split(stay.retired, yuan.axis, deductible, items)),
    ]


def _from_text(library: PolicyLibrary, policy: Policy) -> list[Contestant]:
    text = json.dumps(ten_line_bill())
    return [
        Contestant("ours, every field checked", lambda: split(policy, ours.bill_of_text(text))),
        Contestant("ours, to a record with all lines", lambda: list(split_records([text], library))),
        Contestant("by hand, Decimal, unchecked", lambda: by_hand_decimal.split_record(json.loads(text))),
        Contestant("by hand, integer fen, unchecked", lambda: by_hand_fen.split_record(json.loads(text))),
        Contestant("json.loads alone", lambda: json.loads(text)),
    ]
