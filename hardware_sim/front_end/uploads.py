"""2204 and 2301 upload rows, 2205 and 2302 withdraw them."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Final

from sqlalchemy import Connection

from . import kept_rows, visits
from .fees import Charges, FeeLine, check_row, serial_of
from .kept_rows import KeptRow
from .message import Request, Row
from .office import Office, Output
from .person_queries import insured_person
from .refusal import Refusal
from .region import ALL_ROWS, INPATIENT_EVENT, LARGEST_UPLOAD, OUTPATIENT_EVENT
from .register import Insured
from .settlement_answer import cut_rows
from .visits import OUTPATIENT, STAY, Visit

_NOTHING_THERE: Final = "未找到要撤销的费用明细"
_SETTLED: Final = "费用明细已结算,不能撤销"


def upload_visit_rows(office: Office, connection: Connection, request: Request) -> Output:
    """2204: rows of one visit in whole batches, each answered with its split.

    Raises:
        Refusal: a row that is not right, a serial that the visit has, a batch that was uploaded before.
    """
    person, visit, rows = _rows_of_one_visit(connection, request, OUTPATIENT)
    kept = kept_rows.of_visit(connection, visit.mdtrt_id, office.catalogue)
    _check_batches(rows, kept)
    lines = _new_lines(office, rows, kept)
    splits = office.assessor.assess(person, _charges(office, visit, lines)).rows
    batch_of = {line.feedetl_sn: row.text("chrg_bchno") for line, row in zip(lines, rows, strict=True)}
    for batch, of_batch in groupby(
        sorted(splits, key=lambda split: batch_of[split.line.feedetl_sn]),
        key=lambda split: batch_of[split.line.feedetl_sn],
    ):
        kept_rows.add(connection, visit.mdtrt_id, batch, of_batch)
    return {"result": cut_rows(office, "2204", "result", splits)}


def upload_stay_rows(office: Office, connection: Connection, request: Request) -> Output:
    """2301: rows of a stay, refund rows among them, each answered with its split (protocol 5.5).

    Raises:
        Refusal: too many rows, the person has left, a row that is not right, a serial that the stay has, or a refund
            of what is not there, is settled, or is less than is taken back.
    """
    if len(request.nodes["feedetail"]) > LARGEST_UPLOAD:
        raise Refusal(f"每次上传的费用明细不能超过{LARGEST_UPLOAD}条")
    person, stay, rows = _rows_of_one_visit(connection, request, STAY)
    if stay.ended:
        raise Refusal("已办理出院,不能再上传费用明细")
    if any(row.text("med_type") != stay.med_type for row in rows):
        raise Refusal("字段med_type(医疗类别)与入院登记不一致")
    kept = kept_rows.of_visit(connection, stay.mdtrt_id, office.catalogue)
    lines = _new_lines(office, rows, kept)
    billed = [*_returned_before(lines, kept), *lines]
    _check_returns(billed, len(billed) - len(lines))
    splits = office.assessor.assess(person, _charges(office, stay, billed)).rows[len(billed) - len(lines) :]
    kept_rows.add(connection, stay.mdtrt_id, "", splits)
    return {"result": cut_rows(office, "2301", "result", splits)}


def withdraw_visit_rows(office: Office, connection: Connection, request: Request) -> Output:
    """2205: forgets one batch, or with batch 0000 all rows of the visit that are not settled.

    Raises:
        Refusal: nothing is there, or the batch is settled.
    """
    row = request.node("data")
    person = insured_person(connection, request, row.text("psn_no"), lock=True)
    visit = visits.named(connection, request, OUTPATIENT, row.text("mdtrt_id"), person.psn_no)
    kept = kept_rows.of_visit(connection, visit.mdtrt_id, office.catalogue)
    batch = row.text("chrg_bchno")
    chosen = [one for one in kept if batch == one.chrg_bchno or (batch == ALL_ROWS and not one.setl_id)]
    _withdraw(connection, visit, chosen)
    return {}


def withdraw_stay_rows(office: Office, connection: Connection, request: Request) -> Output:
    """2302: forgets the rows named, or with serial 0000 all rows of the stay that are not settled.

    Raises:
        Refusal: a row is not there, is settled, or was refunded by one that stays.
    """
    _, stay, rows = _rows_of_one_visit(connection, request, STAY, node="data")
    kept = kept_rows.of_visit(connection, stay.mdtrt_id, office.catalogue)
    if any(row.text("feedetl_sn") == ALL_ROWS for row in rows):
        _withdraw(connection, stay, [one for one in kept if not one.setl_id])
        return {}
    serials = {serial_of(row.text("feedetl_sn")) for row in rows}
    chosen = [one for one in kept if one.line.feedetl_sn in serials]
    if len(chosen) < len(serials):
        raise Refusal(_NOTHING_THERE)
    if any(one.line.returns in serials and one.line.feedetl_sn not in serials for one in kept):
        raise Refusal("费用明细已有退费明细,应一并撤销")
    _withdraw(connection, stay, chosen)
    return {}


def _withdraw(connection: Connection, visit: Visit, chosen: Sequence[KeptRow]) -> None:
    if not chosen:
        raise Refusal(_NOTHING_THERE)
    if any(row.setl_id for row in chosen):
        raise Refusal(_SETTLED)
    kept_rows.remove(connection, visit.mdtrt_id, chosen)


def _rows_of_one_visit(
    connection: Connection, request: Request, kind: str, node: str = "feedetail"
) -> tuple[Insured, Visit, tuple[Row, ...]]:
    """The rows of a list node, which must all name the same person and visit."""
    rows = request.nodes[node]
    mdtrt_id, psn_no = rows[0].text("mdtrt_id"), rows[0].text("psn_no")
    if any((row.text("mdtrt_id"), row.text("psn_no")) != (mdtrt_id, psn_no) for row in rows):
        raise Refusal(f"节点{node}的各行应属于同一人员的同一次就诊")
    person = insured_person(connection, request, psn_no, lock=True)
    return person, visits.named(connection, request, kind, mdtrt_id, psn_no), rows


def _new_lines(office: Office, rows: Sequence[Row], kept: Iterable[KeptRow]) -> list[FeeLine]:
    taken = {row.line.feedetl_sn for row in kept}
    lines = []
    for position, row in enumerate(rows, start=1):
        place = f"节点feedetail第{position}行"
        line = check_row(row, place, office.catalogue)
        if line.feedetl_sn in taken:
            raise Refusal(f"{place}字段feedetl_sn(费用明细流水号)在该次就诊内重复")
        taken.add(line.feedetl_sn)
        lines.append(line)
    return lines


def _check_batches(rows: Iterable[Row], kept: Iterable[KeptRow]) -> None:
    """A batch comes whole in one message, and all its rows are for one disease (protocol 5.1)."""
    diseases: dict[str, str] = {}
    for row in rows:
        batch, disease = row.text("chrg_bchno"), row.text("dise_codg")
        if diseases.setdefault(batch, disease) != disease:
            raise Refusal("同一收费批次号(chrg_bchno)的病种编码(dise_codg)应一致")
    if ALL_ROWS in diseases:
        raise Refusal(f"收费批次号(chrg_bchno)不能为{ALL_ROWS}")
    if diseases.keys() & {row.chrg_bchno for row in kept}:
        raise Refusal("该收费批次号(chrg_bchno)已上传,同一批次应一次上传")


def _returned_before(lines: Iterable[FeeLine], kept: Sequence[KeptRow]) -> list[FeeLine]:
    """The kept rows that are refunded now, and what was refunded of them before."""
    originals = {line.returns for line in lines if line.returns is not None}
    about = [row for row in kept if row.line.feedetl_sn in originals or row.line.returns in originals]
    if any(row.setl_id for row in about):
        raise Refusal("原费用明细已结算,不能退费")
    return [row.line for row in about]


def _check_returns(lines: Sequence[FeeLine], known: int) -> None:
    """Same item and price as the original, and no more than is left of it; the first ``known`` rows were checked."""
    originals = {line.feedetl_sn: line for line in lines if line.returns is None}
    left: dict[str, Decimal] = {serial: line.quantity for serial, line in originals.items()}
    for position, line in enumerate(lines, start=1 - known):
        if line.returns is None:
            continue
        original = originals.get(line.returns)
        if original is None:
            raise Refusal(f"节点feedetail第{position}行字段init_feedetl_sn(原费用流水号)未找到原费用明细")
        if (original.item, original.unit_price) != (line.item, line.unit_price):
            raise Refusal(f"节点feedetail第{position}行为退费明细,项目和单价应与原费用明细一致")
        left[line.returns] += line.quantity
        if left[line.returns] < 0:
            raise Refusal(f"节点feedetail第{position}行为退费明细,退费数量超过原费用明细的剩余数量")


def _charges(office: Office, visit: Visit, lines: Iterable[FeeLine]) -> Charges:
    """The rows as they would be split today, on their own."""
    begun_on = date.fromisoformat(visit.begun[:10])
    if visit.kind == STAY:
        return Charges(INPATIENT_EVENT, begun_on, max(begun_on, office.clock.today()), False, tuple(lines))
    return Charges(OUTPATIENT_EVENT, begun_on, begun_on, False, tuple(lines))
