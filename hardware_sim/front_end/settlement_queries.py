"""5203 one settlement, 5204 the rows of a visit."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection

from . import kept_rows, settlements, visits
from .fees import RowSplit
from .message import Request, Row
from .office import Office, Output
from .person_queries import insured_person
from .refusal import Refusal
from .region import LIST_TYPE_OF_SERVICES, LIST_TYPES, NO_DOSAGE_FORM
from .settlement_answer import cut_of, settlement_nodes
from .settlements import Settlement
from .shaping import shape_rows

_NOT_SETTLED: Final = ""


def show_settlement(office: Office, connection: Connection, request: Request) -> Output:
    """5203: a settlement or a cancellation, by person, visit and settlement id.

    Raises:
        Refusal: there is none of this institution, or it was reversed.
    """
    row = request.node("data")
    person = insured_person(connection, request, row.text("psn_no"))
    settlement = settlements.by_setl_id(connection, row.text("setl_id"))
    if settlement is None or settlement.reversed or not _names(row, request, settlement):
        raise Refusal("未找到结算信息")
    return settlement_nodes(office, "5203", person, settlement)


def list_rows(office: Office, connection: Connection, request: Request) -> Output:
    """5204: the rows of one settlement; without its id all rows of the visit, what is not settled without an id.

    A cancellation repeats the rows of its original with everything below zero. The list is empty when there is no
    such visit or settlement.
    """
    row = request.node("data")
    insured_person(connection, request, row.text("psn_no"))
    booked = [one for one in settlements.of_visit(connection, row.text("mdtrt_id")) if _is_of_visit(row, request, one)]
    wanted = row.text("setl_id")
    listed = [
        _row(one.setl_id, one.mdtrt_id, one.med_type, split)
        for one in booked
        if wanted in {"", one.setl_id}
        for split in kept_rows.from_json(one.rows, office.catalogue)
    ]
    if not wanted:
        listed += _unsettled(office, connection, request, row)
    return shape_rows(office, "5204", "output", listed)


def _names(row: Row, request: Request, settlement: Settlement) -> bool:
    return settlement.mdtrt_id == row.text("mdtrt_id") and _is_of_visit(row, request, settlement)


def _is_of_visit(row: Row, request: Request, settlement: Settlement) -> bool:
    return (settlement.psn_no, settlement.institution_code) == (row.text("psn_no"), request.institution_code)


def _unsettled(office: Office, connection: Connection, request: Request, row: Row) -> Iterator[dict[str, object]]:
    visit = visits.standing(connection, request, row.text("mdtrt_id"), row.text("psn_no"))
    if visit is None:
        return
    for kept in kept_rows.of_visit(connection, visit.mdtrt_id, office.catalogue):
        if not kept.setl_id:
            yield _row(_NOT_SETTLED, visit.mdtrt_id, visit.described_as, kept.split)


def _row(setl_id: str, mdtrt_id: str, med_type: str, split: RowSplit) -> dict[str, object]:
    item, facts = split.line.item, split.line.facts
    return {
        **facts,
        "rx_drord_no": facts.get("rxno") or facts.get("drord_no"),
        **cut_of(split),
        "memo": facts.get("memo"),
        "mdtrt_id": mdtrt_id,
        "setl_id": setl_id,
        "med_type": med_type,
        "hilist_code": item.national_code,
        "hilist_name": item.name,
        "list_type": LIST_TYPES.get(item.kind, LIST_TYPE_OF_SERVICES),
        "med_list_codg": item.national_code,
        "medins_list_name": item.name,
        "dosform_name": NO_DOSAGE_FORM,
    }
