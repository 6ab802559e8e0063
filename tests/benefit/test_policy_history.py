"""One figure over all versions, with dates and sources."""

import pytest

from pos_client.benefit.policy_history import history
from pos_client.errors import Refused
from tests.benefit.policies import SHIPPED

VERSIONS = SHIPPED.versions("jiangsu-city")


def test_a_figure_that_fell_is_told_with_both_days() -> None:
    before, after = history("jiangsu-city", VERSIONS, "benefit.inpatient.deductible.amount")
    assert [(stand.valid_from.year, *stand.figures.values()) for stand in (before, after)] == [
        (2001, "500"),
        (2004, "400"),
    ]
    assert (before.changed, after.changed) == (False, True)
    assert after.source == "002_48ea30cd345648b9.txt"


def test_a_table_is_told_whole_and_is_not_called_changed_when_it_is_the_same() -> None:
    stands = history("jiangsu-city", VERSIONS, "benefit.inpatient.layer.pool.cap")
    assert [list(stand.figures.values()) for stand in stands] == [["fund_paid", "21000"]] * 2
    assert not any(stand.changed for stand in stands)


def test_a_version_that_does_not_have_it_stands_there_empty() -> None:
    before, after = history("jiangsu-city", VERSIONS, "benefit.inpatient.layer.relief.cap.amount")
    assert (before.figures, list(after.figures.values())) == ({}, ["70000"])


def test_a_key_that_no_version_has_is_refused_with_one_that_is_written_alike() -> None:
    with pytest.raises(Refused) as caught:
        history("jiangsu-city", VERSIONS, "benefit.inpatient.layer.pool.cap.amont")
    assert caught.value.code == "POL-40"
    assert "benefit.inpatient.layer.pool.cap.amount" in caught.value.sentence("en")
