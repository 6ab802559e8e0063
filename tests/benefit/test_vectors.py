"""Every vector by hand, reproduced to the fen: figures, slices, counters and reasons, by rules that are only data."""

import json
from pathlib import Path
from typing import Any

import pytest

from pos_client.benefit import split_records
from tests.benefit.policies import SHIPPED
from tests.benefit.vector_files import VECTORS


@pytest.mark.parametrize("vector", [pytest.param(vector, id=vector["id"]) for vector in VECTORS])
def test_a_vector_comes_out_as_computed_by_hand(vector: dict[str, Any]) -> None:
    [(record, accepted)] = split_records([json.dumps(vector)], SHIPPED)

    assert accepted is (vector["expected"]["status"] != "refused")
    assert {field: record.get(field) for field in vector["expected"]} == vector["expected"]


def test_a_chain_of_bills_hands_its_counters_on() -> None:
    steps: dict[str, list[dict[str, Any]]] = {}
    for vector in VECTORS:
        if "chain" in vector:
            steps.setdefault(vector["chain"], []).append(vector)

    assert len(steps) == 14
    for chain in steps.values():
        before = chain[0]["acc_before"]
        for vector in chain:
            [(record, _)] = split_records([json.dumps(vector | {"acc_before": before})], SHIPPED)
            assert record["acc_after"] == vector["expected"]["acc_after"]
            before = record["acc_after"]


def test_no_place_and_no_figure_of_a_policy_stands_in_the_code() -> None:
    room = Path(__file__).parents[2] / "pos_client" / "benefit"
    code = "\n".join(path.read_text(encoding="utf-8") for path in room.glob("*.py"))

    for word in ("yizheng", "rizhao", "jiangsu", "county001", "40000", "21000", "仪征", "日照"):
        assert word not in code
