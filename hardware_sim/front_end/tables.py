"""The field tables of the interface in one edition: the simulator's own copy, read from two data files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from .region import Edition


@dataclass(frozen=True, slots=True)
class Field:
    """One row of a field table: name, Chinese name, type (C30, N16,2, D, DT, list), duty and code table."""

    name: str
    cn: str
    type: str
    required: bool
    code: str | None


@dataclass(frozen=True, slots=True)
class NodeTable:
    """The fields of one node; a list node carries any number of rows, at least one when it is required."""

    name: str
    cn: str
    is_list: bool
    fields: Mapping[str, Field]
    required: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Transaction:
    """A transaction: its nodes on the way in and out, and the nodes that lie inside rows of others."""

    infno: str
    inputs: Mapping[str, NodeTable]
    outputs: Mapping[str, NodeTable]
    nested: Mapping[str, NodeTable]


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of one edition; ``codes`` gives the words of each code of each code table."""

    edition: Edition
    envelope: NodeTable
    transactions: Mapping[str, Transaction]
    codes: Mapping[str, Mapping[str, str]]


@cache
def tables_of(edition: Edition) -> Tables:
    """The tables of an edition: ``base`` (national text, Jiangxi print) or ``hunan`` (V1.1.27)."""
    fields = _read("fields.json")
    envelope = {"cn": "报文头", "list": False, "fields": fields["envelope"]}
    transactions = {infno: _transaction(infno, table, edition) for infno, table in fields["transactions"].items()}
    codes = {name: table.get("both") or table[edition] for name, table in _read("codes.json").items()}
    return Tables(edition, _node("报文头", envelope, edition), transactions, codes)


def _read(name: str) -> dict[str, Any]:
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def _transaction(infno: str, table: dict[str, Any], edition: Edition) -> Transaction:
    inputs = {name: _node(name, node, edition) for name, node in table["input"].items()}
    outputs = {name: _node(name, node, edition) for name, node in table["output"].items()}
    inside = {field.name for node in inputs.values() for field in node.fields.values() if field.type == "list"}
    return Transaction(
        infno=infno,
        inputs={name: node for name, node in inputs.items() if node.fields and name not in inside},
        outputs=outputs,
        nested={name: inputs[name] for name in inside},
    )


def _node(name: str, table: dict[str, Any], edition: Edition) -> NodeTable:
    rows = [row for row in table["fields"] if row[edition] != "-"]
    fields = {
        row["name"]: Field(row["name"], row["cn"], row["type"], row[edition] == "Y", row.get("code")) for row in rows
    }
    required = tuple(field for field in fields.values() if field.required)
    return NodeTable(name=name, cn=table["cn"], is_list=table["list"], fields=fields, required=required)
