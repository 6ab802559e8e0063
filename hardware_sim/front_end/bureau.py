"""One message from arrival to answer: claimed once, checked, executed, committed, and only then answered."""

import itertools
from collections.abc import Mapping
from typing import Any

import simplejson
from sqlalchemy import Connection, insert, update
from sqlalchemy.exc import IntegrityError

from . import person_queries, pharmacy, reversal, sessions
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
    "5206": person_queries.count_year,
    "2101": pharmacy.trial,
    "2102": pharmacy.settle,
    "2103": pharmacy.cancel,
    "2601": reversal.reverse_message,
}

#: An answer envelope, amounts as exact decimals.
Answer = dict[str, Any]


class Bureau:
    """Answers messages; safe to call from several threads."""

    def __init__(self, office: Office, ledger: Ledger) -> None:
        self._office = office
        self._ledger = ledger
        self._answers = itertools.count(1)

    def receive(self, body: bytes) -> Answer:
        """Executes one message and answers it; what it booked is committed before this returns."""
        received = wire_time_17(self._office.clock.now())
        try:
            document = parse(body)
        except Refusal as refusal:
            return self._envelope(received, refused=refusal.sentence)
        try:
            msgid = check_message_id(document)
            with self._ledger.begin() as connection:
                return self._execute_once(connection, msgid, document, body, received)
        except Refusal as refusal:
            return self._envelope(received, refused=_with_infno(document, refusal))

    def _execute_once(
        self, connection: Connection, msgid: str, document: Mapping[str, Any], body: bytes, received: str
    ) -> Answer:
        infno = text_of(document, "infno")
        known_infno = infno if infno in self._office.tables.transactions else ""
        _claim(connection, msgid, known_infno, body, received)
        try:
            with connection.begin_nested():  # a refused message books nothing, but its id stays used
                output = self._run(connection, read_request(self._office.tables, document))
            answer = self._envelope(received, output=output)
            outcome = "ok"
        except Refusal as refusal:
            answer = self._envelope(received, refused=_with_infno(document, refusal))
            outcome = "refused"
        kept = simplejson.dumps(answer, use_decimal=True, ensure_ascii=False)
        connection.execute(update(messages).where(messages.c.msgid == msgid).values(answer=kept, outcome=outcome))
        return answer

    def _run(self, connection: Connection, request: Request) -> Output:
        if self._office.faults.take("refuse", request.infno) is not None:
            raise Refusal("系统繁忙,请稍后重试")
        if request.infno in _SESSION:
            return _SESSION[request.infno](self._office, connection, request)
        sessions.require_sign_in(connection, request)
        return _BUSINESS[request.infno](self._office, connection, request)

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
            "output": output or "",
        }


def _claim(connection: Connection, msgid: str, infno: str, body: bytes, received: str) -> None:
    """Takes the message id for good; the second of two equal ones waits for the first and is refused."""
    try:
        with connection.begin_nested():
            connection.execute(
                insert(messages).values(msgid=msgid, infno=infno, received_at=received, request=body.decode("utf-8"))
            )
    except IntegrityError:
        raise Refusal("发送方报文ID(msgid)重复,该报文已接收过") from None


def _with_infno(document: Mapping[str, Any], refusal: Refusal) -> str:
    return f"[{text_of(document, 'infno')[:5]}] {refusal.sentence}"
