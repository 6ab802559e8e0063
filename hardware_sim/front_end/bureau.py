"""One message from arrival to answer: checked, executed, committed together with its id, and only then answered."""

import itertools
from collections.abc import Mapping
from typing import Any

import simplejson
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from . import (
    admission,
    outpatient,
    outpatient_settlement,
    person_queries,
    pharmacy,
    reversal,
    sessions,
    settlement_queries,
    statement,
    stay_settlement,
    uploads,
    visit_queries,
)
from .clock import wire_time_17
from .ledger import Ledger, messages
from .message import Request, check_message_id, parse, read_request, text_of
from .office import Handler, Office, Output
from .refusal import Refusal
from .region import AREA

_SESSION: Mapping[str, Handler] = {"9001": sessions.sign_in, "9002": sessions.sign_out}
_BUSINESS: Mapping[str, Handler] = {
    "1101": person_queries.identify,
    "2001": person_queries.check_entitlement,
    "2101": pharmacy.trial,
    "2102": pharmacy.settle,
    "2103": pharmacy.cancel,
    "2201": outpatient.register_visit,
    "2202": outpatient.cancel_registration,
    "2203": outpatient.describe_visit,
    "2204": uploads.upload_visit_rows,
    "2205": uploads.withdraw_visit_rows,
    "2206": outpatient_settlement.trial,
    "2207": outpatient_settlement.settle,
    "2208": outpatient_settlement.cancel,
    "2301": uploads.upload_stay_rows,
    "2302": uploads.withdraw_stay_rows,
    "2303": stay_settlement.trial,
    "2304": stay_settlement.settle,
    "2305": stay_settlement.cancel,
    "2401": admission.admit,
    "2402": admission.discharge,
    "2403": admission.change,
    "2404": admission.cancel_admission,
    "2405": admission.cancel_discharge,
    "2601": reversal.reverse_message,
    "3201": statement.compare_totals,
    "5201": visit_queries.list_visits,
    "5203": settlement_queries.show_settlement,
    "5204": settlement_queries.list_rows,
    "5206": person_queries.count_year,
    "5303": visit_queries.list_open_stays,
}
_KEEP = insert(messages)
_REPEATED = "发送方报文ID(msgid)重复,该报文已接收过"

#: An answer envelope, amounts as exact decimals.
Answer = dict[str, Any]


class Bureau:
    """Answers messages; safe to call from several threads."""

    def __init__(self, office: Office, ledger: Ledger) -> None:
        self._office = office
        self._ledger = ledger
        self._answers = itertools.count(1)

    def receive(self, body: bytes) -> Answer:
        """Executes one message and answers it; what it booked is committed before this returns.

        The message id is kept in the same transaction as what the message did: of two equal ones only one can
        commit, and the other is undone and refused. A refused message books nothing, but its id is used up.
        """
        received = wire_time_17(self._office.clock.now())
        try:
            document = parse(body)
        except Refusal as refusal:
            return self._envelope(received, refused=refusal.sentence)
        try:
            msgid = check_message_id(document)
            return self._execute_once(msgid, document, body, received)
        except Refusal as refusal:
            return self._envelope(received, refused=_with_infno(document, refusal))
        except IntegrityError:
            if not self._knows(msgid):
                raise
            return self._envelope(received, refused=_with_infno(document, Refusal(_REPEATED)))

    def _execute_once(self, msgid: str, document: Mapping[str, Any], body: bytes, received: str) -> Answer:
        infno = text_of(document, "infno")
        kept = {
            "msgid": msgid,
            "infno": infno if infno in self._office.tables.transactions else "",
            "received_at": received,
            "request": body.decode("utf-8"),
        }
        try:
            with self._ledger.begin() as connection:
                output = self._run(connection, read_request(self._office.tables, document))
                answer = self._envelope(received, output=output)
                connection.execute(_KEEP, {**kept, "outcome": "ok", "answer": _text(answer)})
        except Refusal as refusal:
            answer = self._envelope(received, refused=_with_infno(document, refusal))
            with self._ledger.begin() as connection:
                connection.execute(_KEEP, {**kept, "outcome": "refused", "answer": _text(answer)})
        return answer

    def _run(self, connection: Connection, request: Request) -> Output:
        if self._office.faults.take("refuse", request.infno) is not None:
            raise Refusal("系统繁忙,请稍后重试")
        if request.infno in _SESSION:
            return _SESSION[request.infno](self._office, connection, request)
        sessions.require_sign_in(connection, request)
        return _BUSINESS[request.infno](self._office, connection, request)

    def _knows(self, msgid: str) -> bool:
        with self._ledger.begin() as connection:
            known = connection.execute(select(messages.c.msgid).where(messages.c.msgid == msgid))
            return known.first() is not None

    def _envelope(self, received: str, *, output: Output | None = None, refused: str = "") -> Answer:
        now = self._office.clock.now()
        return {
            "infcode": -1 if refused else 0,
            "inf_refmsgid": f"{AREA}{now:%Y%m%d%H%M%S}{next(self._answers):010d}",
            "refmsg_time": received,
            "respond_time": wire_time_17(now),
            "enctype": "",
            "signtype": "",
            "err_msg": refused,
            "output": "" if output in (None, {}) else output,
        }


def _text(answer: Answer) -> str:
    return str(simplejson.dumps(answer, use_decimal=True, ensure_ascii=False))


def _with_infno(document: Mapping[str, Any], refusal: Refusal) -> str:
    return f"[{text_of(document, 'infno')[:5]}] {refusal.sentence}"
