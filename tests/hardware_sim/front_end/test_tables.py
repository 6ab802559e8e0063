"""The simulator's own copy of the field tables."""

import pytest

from hardware_sim.front_end.region import Edition
from hardware_sim.front_end.tables import tables_of


@pytest.mark.parametrize("edition", ["base", "hunan"])
def test_every_code_field_has_its_code_table(edition: Edition) -> None:
    tables = tables_of(edition)
    for transaction in tables.transactions.values():
        for node in [*transaction.inputs.values(), *transaction.outputs.values(), *transaction.nested.values()]:
            for field in node.fields.values():
                assert field.code is None or tables.codes[field.code]


def test_the_editions_differ_where_the_documents_do() -> None:
    base, hunan = tables_of("base"), tables_of("hunan")
    assert not base.transactions["1101"].inputs["data"].fields["certno"].required
    assert hunan.transactions["1101"].inputs["data"].fields["certno"].required
    assert "exp_content" not in base.transactions["2102"].inputs["druginfo"].fields
    assert "exp_content" in hunan.transactions["2102"].inputs["druginfo"].fields
    assert "hifdm_pay" in hunan.transactions["2102"].outputs["setlinfo"].fields
    assert "21" in base.codes["psn_type"]
    assert "12" in hunan.codes["psn_type"]


def test_trace_codes_lie_inside_the_rows() -> None:
    transaction = tables_of("hunan").transactions["2102"]
    assert set(transaction.inputs) == {"druginfo", "drugdetail"}
    assert set(transaction.nested) == {"durg_trac_info"}
