"""What the bureau has of a person: visits (5201), open stays (5303), rows (5204) and settlements (5203).

The way to a settlement whose answer was lost: visit, its rows with their settlement, the settlement (protocol, 5.2).
The settlement itself is read by :func:`pos_client.sync.setlinfo.read_found`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pos_client.money import NotAnAmount, fen_of_yuan
from pos_client.sync.envelope import Answer, Request, UnreadableError, rows_of, wire_time

VISITS, SETTLEMENT, ROWS, OPEN_STAYS = "5201", "5203", "5204", "5303"
_IN_HOSPITAL = {"1": True, "0": False}


@dataclass(frozen=True, slots=True)
class VisitFound:
    """A visit, purchase or stay that the bureau has.

    ``own_number`` is the institution's own and may be empty; ``in_hospital`` is None where the bureau does not say;
    ``begun_at`` is a date and time, from 5303 only a date.
    """

    visit_id: str
    person_no: str
    own_number: str
    in_hospital: bool | None
    begun_at: str


@dataclass(frozen=True, slots=True)
class RowFound:
    """A row of charges that the bureau has; ``settlement_id`` is empty while it is not settled.

    The rows of a cancellation come once more under its own id, their amounts below zero.
    """

    serial: str
    settlement_id: str
    amount_fen: int


def visits_request(
    person_no: str, place_of_insurance: str, med_type: str, begin: datetime, end: datetime, visit_id: str = ""
) -> Request:
    """The input of 5201 (protocol, 3.9); both ends of the period belong to it."""
    data = {
        "psn_no": person_no,
        "begntime": wire_time(begin),
        "endtime": wire_time(end),
        "med_type": med_type,
        "mdtrt_id": visit_id,
    }
    return Request(VISITS, {"data": data}, place_of_insurance)


def read_visits(answer: Answer) -> tuple[VisitFound, ...]:
    """Reads the answer of 5201; no visit is an empty answer.

    Raises:
        UnreadableError: a row without visit id, or no rows at all where something else came.
    """
    found = []
    for row in _rows(answer, "mdtrtinfo"):
        stays = _IN_HOSPITAL.get(_text(row, "inhosp_stas"))
        found.append(_visit(row, in_hospital=stays, begun_at=_text(row, "begntime")))
    return tuple(found)


def open_stays_request(person_no: str, place_of_insurance: str, begin: datetime, end: datetime) -> Request:
    """The input of 5303 (protocol, 3.9): the person's open stays that began in the period."""
    data = {"psn_no": person_no, "begntime": wire_time(begin), "endtime": wire_time(end)}
    return Request(OPEN_STAYS, {"data": data}, place_of_insurance)


def read_open_stays(answer: Answer) -> tuple[VisitFound, ...]:
    """Reads the answer of 5303, which lists nobody but those in hospital.

    Raises:
        UnreadableError: a row without visit id, or no rows at all where something else came.
    """
    rows = _rows(answer, "data")
    return tuple(_visit(row, in_hospital=True, begun_at=_text(row, "begndate")) for row in rows)


def rows_request(person_no: str, place_of_insurance: str, visit_id: str, settlement_id: str = "") -> Request:
    """The input of 5204 (protocol, 3.9); without a settlement only where the region allows it."""
    data = {"psn_no": person_no, "setl_id": settlement_id, "mdtrt_id": visit_id}
    return Request(ROWS, {"data": data}, place_of_insurance)


def read_rows(answer: Answer, *, visit_id: str = "") -> tuple[RowFound, ...]:
    """Reads the answer of 5204.

    The tables name no node for its rows, so they are taken from the one list there is, or from the output itself.

    Raises:
        UnreadableError: a row lacks serial or amount or is of another visit, or no rows can be told.
    """
    return tuple(_row(row, visit_id) for row in _rows_anywhere(answer.output))


def settlement_request(person_no: str, place_of_insurance: str, visit_id: str, settlement_id: str) -> Request:
    """The input of 5203 (protocol, 3.9), which wants all three; it finds cancellations as well."""
    data = {"psn_no": person_no, "setl_id": settlement_id, "mdtrt_id": visit_id}
    return Request(SETTLEMENT, {"data": data}, place_of_insurance)


def _rows(answer: Answer, name: str) -> list[Mapping[str, Any]]:
    """The rows of a node. Another node instead is not read as "none": nobody may take that for a visit undone."""
    if answer.output and name not in answer.output:
        raise UnreadableError(f"no {name}")
    return rows_of(answer.output, name)


def _rows_anywhere(output: object) -> list[Mapping[str, Any]]:
    if isinstance(output, Mapping) and "feedetl_sn" not in output:
        nodes = [node for node in output.values() if node not in (None, "")]
        if not nodes:
            return []
        if len(nodes) > 1:
            nodes = [node for node in nodes if isinstance(node, list)]
        if len(nodes) != 1:
            raise UnreadableError("no one list of rows")
        output = nodes[0]
    return rows_of({"rows": output}, "rows")


def _visit(row: Mapping[str, Any], *, in_hospital: bool | None, begun_at: str) -> VisitFound:
    visit_id = _text(row, "mdtrt_id")
    if not visit_id:
        raise UnreadableError("a visit without mdtrt_id")
    return VisitFound(visit_id, _text(row, "psn_no"), _text(row, "ipt_otp_no"), in_hospital, begun_at)


def _row(row: Mapping[str, Any], visit_id: str) -> RowFound:
    if visit_id and (_text(row, "mdtrt_id") or visit_id) != visit_id:
        raise UnreadableError("a row of another visit")
    serial = _text(row, "feedetl_sn")
    if not serial:
        raise UnreadableError("a row without feedetl_sn")
    try:
        amount_fen = fen_of_yuan(row.get("det_item_fee_sumamt"))
    except NotAnAmount as error:
        raise UnreadableError(f"det_item_fee_sumamt: {error}") from error
    return RowFound(serial, _text(row, "setl_id"), amount_fen)


def _text(row: Mapping[str, Any], name: str) -> str:
    found = row.get(name)
    return "" if found is None else str(found)
