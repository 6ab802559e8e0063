"""Rows of charges read back from their messages are the rows that were sent."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import simplejson

from pos_client.offline.journal import Kind, Message, State
from pos_client.runtime import shanghai
from pos_client.sync.care import Department, Doctor
from pos_client.sync.charge_rows import ChargeRow, refund_row
from pos_client.sync.charged_rows import SentRow, sent_rows
from pos_client.sync.region import Visit
from pos_client.sync.stay import Charged, rows_request

AT = datetime(2026, 3, 2, 0, 30, 15, tzinfo=UTC)
ROW = ChargeRow(
    serial="17",
    batch="",
    national_code="XTEST1",
    own_code="YD0001",
    unit_price=Decimal("12.600000"),
    quantity=Decimal("1.5"),
    amount_fen=1890,
    at=AT,
    department=Department("A03.01", "消化内科", "A03"),
    doctor=Doctor("D1", "示例医师"),
    prescription_number="H1",
)


def upload(rows: list[ChargeRow], *, numbers_as_text: bool = False) -> Message:
    request = rows_request(Charged("P1", "439900"), Visit("21", "310", "inpatient"), "B1", rows)
    body = {"infno": "2301", "input": request.input}
    text = simplejson.dumps(body, use_decimal=True)
    if numbers_as_text:
        text = simplejson.dumps(simplejson.loads(text, parse_float=str, parse_int=str))
    return Message(
        "01-000001", "M1", "2301", Kind.CHARGE, None, "P1", 1890, "2026-03-02", AT, "01", text, "V", "", 0, State.OK
    )


@pytest.mark.parametrize("numbers_as_text", [False, True])
def test_what_was_sent_is_read_back(numbers_as_text: bool) -> None:
    refund = refund_row(ROW, serial="18", quantity=Decimal("0.5"), at=AT)
    first, second = sent_rows(upload([ROW, refund], numbers_as_text=numbers_as_text))
    assert first == SentRow("17", "YD0001", "XTEST1", Decimal("12.6"), Decimal("1.5"), 1890, shanghai(AT), "H1", "")
    assert (second.quantity, second.amount_fen, second.refunded_serial) == (Decimal("-0.5"), -630, "17")


def test_a_row_without_a_number_has_none() -> None:
    [row] = sent_rows(upload([replace(ROW, prescription_number="")]))
    assert row.order_number == ""
