"""What a bill comes to: dated policy data, entitlement, the split to the fen, and its explanation.

Pure: nothing here reads a clock, a network or a database; only policy files are read.
"""

from pos_client.benefit.explain import explain
from pos_client.benefit.facts import (
    ABSENT,
    Absent,
    Approval,
    Bill,
    Contract,
    Counters,
    Event,
    Line,
    Person,
)
from pos_client.benefit.library import PolicyLibrary
from pos_client.benefit.policy import Policy
from pos_client.benefit.record_stream import split_records
from pos_client.benefit.records import bill_of_record, record_of_split
from pos_client.benefit.result import DepositFigures, Grant, LineSplit, PolicyRef, Slice, Split
from pos_client.benefit.split import split
from pos_client.benefit.standing import Standing, standing
from pos_client.benefit.telling import Sentence

__all__ = [
    "ABSENT",
    "Absent",
    "Approval",
    "Bill",
    "Contract",
    "Counters",
    "DepositFigures",
    "Event",
    "Grant",
    "Line",
    "LineSplit",
    "Person",
    "Policy",
    "PolicyLibrary",
    "PolicyRef",
    "Sentence",
    "Slice",
    "Split",
    "Standing",
    "bill_of_record",
    "explain",
    "record_of_split",
    "split",
    "split_records",
    "standing",
]
