"""The lines of a bill that is being made."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pos_client.desk.work_lines import WorkLine, cart_of, counted, kept_of, named, unsigned_of, with_more
from pos_client.errors import Refused
from pos_client.offline.catalogue_file import sample_catalogue

ITEMS = {item.code: item for item in sample_catalogue()}
FIRST, SECOND = ITEMS["YD0001"], ITEMS["YD0004"]
OWN_EXPENSE = next(item for item in ITEMS.values() if item.consent)


def test_what_is_there_already_becomes_more_and_keeps_its_place_and_signature() -> None:
    lines = [WorkLine(OWN_EXPENSE, Decimal(1), signed=True), WorkLine(FIRST, Decimal(2))]
    more = with_more(with_more(lines, OWN_EXPENSE, Decimal("0.5")), SECOND, Decimal(1))
    assert more == [
        WorkLine(OWN_EXPENSE, Decimal("1.5"), signed=True),
        WorkLine(FIRST, Decimal(2)),
        WorkLine(SECOND, Decimal(1)),
    ]


def test_a_line_is_priced_and_numbered_from_one() -> None:
    (line,) = cart_of([WorkLine(replace(FIRST, unit_price=Decimal("0.333")), Decimal(3))])
    assert (line.number, line.amount_fen) == (1, 100)


def test_only_what_wants_a_signature_and_has_none_is_unsigned() -> None:
    lines = [WorkLine(FIRST, Decimal(1)), WorkLine(OWN_EXPENSE, Decimal(1))]
    assert unsigned_of(lines) == [OWN_EXPENSE.name]
    assert unsigned_of([replace(line, signed=True) for line in lines]) == []


def test_what_is_kept_knows_name_and_price_of_now() -> None:
    (kept,) = kept_of([WorkLine(FIRST, Decimal(2), signed=True)])
    assert (kept.code, kept.quantity, kept.consent) == ("YD0001", Decimal(2), True)
    assert (kept.name, kept.unit_price) == (FIRST.name, FIRST.unit_price)


@pytest.mark.parametrize("count", ["0", "-2", "two"])
def test_what_is_no_quantity_is_refused(count: str) -> None:
    with pytest.raises(Refused, match="S-QTY"):
        counted(FIRST, count)


def test_the_first_five_names_stand_for_many() -> None:
    assert named(["a", "b"], "en") == "a, b"
    assert named(list("abcdef")) == "a、b、c、d、e…"
