"""Rows of charges as they were sent, read back from their messages: the journal is where a stay's charges are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import simplejson

from pos_client.money import decimal_of, fen_of_yuan
from pos_client.offline.journal import Kind, Message
from pos_client.runtime import SHANGHAI


@dataclass(frozen=True, slots=True)
class SentRow:
    """One row as the bureau was told it; price in yuan for one unit, ``at`` by Shanghai's clock.

    ``order_number`` is the institution's own number of the charge and may be empty. ``refunded_serial`` is the row that
    this one takes something back of, else empty.
    """

    serial: str
    own_code: str
    national_code: str
    unit_price: Decimal
    quantity: Decimal
    amount_fen: int
    at: datetime
    order_number: str
    refunded_serial: str


def sent_rows(charge: Message) -> tuple[SentRow, ...]:
    """The rows that an upload of a stay or visit carried, in their order."""
    assert charge.kind is Kind.CHARGE, "only an upload carries rows"
    document: dict[str, Any] = simplejson.loads(charge.request, use_decimal=True)
    return tuple(_row(row) for row in document["input"]["feedetail"])


def _row(row: Mapping[str, Any]) -> SentRow:
    return SentRow(
        serial=str(row["feedetl_sn"]),
        own_code=str(row["medins_list_codg"]),
        national_code=str(row["med_list_codg"]),
        unit_price=decimal_of(row["pric"]),
        quantity=decimal_of(row["cnt"]),
        amount_fen=fen_of_yuan(row["det_item_fee_sumamt"]),
        at=datetime.fromisoformat(str(row["fee_ocur_time"])).replace(tzinfo=SHANGHAI),
        order_number=str(row.get("drord_no") or ""),
        refunded_serial=str(row.get("init_feedetl_sn") or ""),
    )
