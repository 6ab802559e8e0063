"""The control endpoints under /_sim, for loopback clients only: ledger, faults, clock, persons, vouchers."""

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Executor
from datetime import datetime, timedelta
from typing import Any

import simplejson
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hardware_sim import personas
from pos_client.money import yuan

from . import register, settlements, vouchers
from .clock import BureauClock
from .faults import FaultPlan, MalformedFault, fault_of_json
from .ledger import Ledger
from .person_changes import MalformedChange, changed, shown
from .refusal import Refusal
from .register import Insured
from .settlements import Settlement

_LARGEST_OFFSET_S = 100 * 366 * 86400


class MalformedBody(ValueError):
    """A control document that is not what the endpoint takes; says why."""


class Control:
    """Looks into the bureau and turns its screws while it runs."""

    def __init__(
        self,
        ledger: Ledger,
        faults: FaultPlan,
        clock: BureauClock,
        workers: Executor,
        on_faults_replaced: Callable[[], Awaitable[None]],
    ) -> None:
        self._ledger = ledger
        self._faults = faults
        self._clock = clock
        self._workers = workers
        self._on_faults_replaced = on_faults_replaced

    def routes(self) -> list[Route]:
        """All control endpoints."""
        return [
            Route("/_sim/ledger", _guarded(self._get_ledger), methods=["GET"]),
            Route("/_sim/faults", _guarded(self._get_faults), methods=["GET"]),
            Route("/_sim/faults", _guarded(self._put_faults), methods=["PUT"]),
            Route("/_sim/clock", _guarded(self._put_clock), methods=["PUT"]),
            Route("/_sim/persons", _guarded(self._get_persons), methods=["GET"]),
            Route("/_sim/persons", _guarded(self._put_persons), methods=["PUT"]),
            Route("/_sim/vouchers", _guarded(self._post_voucher), methods=["POST"]),
        ]

    async def _get_ledger(self, _request: Request) -> dict[str, Any]:
        return await self._in_worker(self._ledger_document)

    async def _get_faults(self, _request: Request) -> dict[str, Any]:
        return self._faults_document()

    async def _put_faults(self, request: Request) -> dict[str, Any]:
        documents = _list_in(await _document(request), "faults")
        self._faults.replace([fault_of_json(document) for document in documents])
        await self._on_faults_replaced()
        return self._faults_document()

    def _faults_document(self) -> dict[str, Any]:
        return {"faults": self._faults.listing(), "fired_total": self._faults.fired()}

    async def _put_clock(self, request: Request) -> dict[str, Any]:
        match await _document(request):
            case {"now": str(text), **rest} if not rest:
                self._clock.set_now(_instant(text))
            case {"offset_s": int(seconds), **rest} if not rest and abs(seconds) <= _LARGEST_OFFSET_S:
                self._clock.set_offset(timedelta(seconds=seconds))
            case _:
                raise MalformedBody('the body must be {"now": "2026-11-21T09:00:00"} or {"offset_s": 90}')
        return {"now": self._clock.now().isoformat(timespec="seconds")}

    async def _get_persons(self, _request: Request) -> dict[str, Any]:
        return await self._in_worker(self._persons_document)

    async def _put_persons(self, request: Request) -> dict[str, Any]:
        changes = _list_in(await _document(request), "persons")
        return await self._in_worker(lambda: self._change_persons(changes))

    async def _post_voucher(self, request: Request) -> dict[str, Any]:
        document = await _document(request)
        return await self._in_worker(lambda: self._issue_voucher(_psn_no_in(document)))

    async def _in_worker(self, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        return await asyncio.get_running_loop().run_in_executor(self._workers, work)

    def _ledger_document(self) -> dict[str, Any]:
        with self._ledger.begin() as connection:
            return {"settlements": [_ledger_row(row) for row in settlements.everything(connection)]}

    def _persons_document(self) -> dict[str, Any]:
        with self._ledger.begin() as connection:
            return {"persons": [_shown(connection, person) for person in register.everyone(connection)]}

    def _issue_voucher(self, psn_no: str) -> dict[str, Any]:
        with self._ledger.begin() as connection:
            _person_in(connection, psn_no)
            token, expires_at = vouchers.issue(connection, psn_no, self._clock.now())
        return {"token": token, "expires_at": expires_at.isoformat(timespec="seconds")}

    def _change_persons(self, changes: list[Any]) -> dict[str, Any]:
        with self._ledger.begin() as connection:
            for change in changes:
                if not isinstance(change, dict) or not isinstance(change.get("psn_no"), str):
                    raise MalformedBody("every person is an object with a psn_no")
                person = _person_in(connection, change["psn_no"], lock=True)
                register.save(connection, changed(person, change, self._clock.today().year))
        return self._persons_document()


def _person_in(connection: Connection, psn_no: str, *, lock: bool = False) -> Insured:
    try:
        return register.by_psn_no(connection, psn_no, lock=lock)
    except Refusal:
        raise MalformedBody("no person has this psn_no") from None


def _shown(connection: Connection, person: Insured) -> dict[str, Any]:
    family_fen = register.family_balance_fen(connection, person.psn_no)
    return shown(person) | {"family_balance": None if family_fen is None else yuan(family_fen)}


def _psn_no_in(document: Mapping[str, Any]) -> str:
    match document:
        case {"psn_no": str(psn_no), **rest} if not rest:
            return psn_no
        case {"persona": str(name), **rest} if not rest and name in personas.names():
            in_register = personas.load(name).register
            if in_register is not None:
                return in_register.person_no
    raise MalformedBody('the body must be {"persona": NAME} of an insured persona, or {"psn_no": NUMBER}')


def _ledger_row(row: Settlement) -> dict[str, Any]:
    amounts = row.amounts
    return {
        "setl_id": row.setl_id,
        "mdtrt_id": row.mdtrt_id,
        "msgid": row.msgid,
        "infno": row.infno,
        "kind": row.kind,
        "cancels": row.cancels,
        "psn_no": _masked(row.psn_no),
        "setl_time": row.setl_time,
        "medfee_sumamt": yuan(amounts.medfee_sumamt),
        "fund_pay_sumamt": yuan(amounts.fund_pay_sumamt),
        "acct_pay": yuan(amounts.acct_pay),
        "psn_cash_pay": yuan(amounts.psn_cash_pay),
        "voided": row.voided,
        "reversed": row.reversed,
    }


def _masked(psn_no: str) -> str:
    return psn_no[:6] + "*" * (len(psn_no) - 10) + psn_no[-4:]


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise MalformedBody("now is an instant such as 2026-11-21T09:00:00") from None


async def _document(request: Request) -> dict[str, Any]:
    try:
        document = simplejson.loads((await request.body()).decode("utf-8"), use_decimal=True)
    except (ValueError, RecursionError):
        raise MalformedBody("the body is not JSON in UTF-8") from None
    if not isinstance(document, dict):
        raise MalformedBody("the body is not a JSON object")
    return document


def _list_in(document: Mapping[str, Any], key: str) -> list[Any]:
    value = document.get(key)
    if set(document) != {key} or not isinstance(value, list):
        raise MalformedBody(f'the body must be {{"{key}": [...]}} and nothing else')
    return value


Endpoint = Callable[[Request], Awaitable[dict[str, Any]]]


def _guarded(endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    """Only loopback clients; a malformed body becomes 400 with a sentence."""

    async def answer(request: Request) -> Response:
        if request.client is None or not ipaddress.ip_address(request.client.host).is_loopback:
            return _json({"error": "the control endpoints answer loopback clients only"}, 403)
        try:
            return _json(await endpoint(request), 200)
        except (MalformedBody, MalformedFault, MalformedChange) as error:
            return _json({"error": str(error)}, 400)

    return answer


def _json(document: Mapping[str, Any], status: int) -> Response:
    text = simplejson.dumps(document, use_decimal=True, ensure_ascii=False)
    return Response(text, status_code=status, media_type="application/json;charset=UTF-8")
