"""The business endpoint of the direct transport: one URL for every transaction, and the faults of the wire."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from decimal import Decimal
from typing import Any, Final

import simplejson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from .bureau import Answer, Bureau
from .connections import CutConnection
from .faults import FaultPlan
from .message import parse, text_of
from .refusal import Refusal

PATH: Final = "/fsi/api/rsfComIfsService/callService"
_LARGEST_BODY_BYTES = 4 * 1024 * 1024
_ERROR_PAGE = "<html><head><title>500</title></head><body><h1>500 Internal Server Error</h1></body></html>"


#: Waits out a delay of so many milliseconds.
Pause = Callable[[int], Awaitable[None]]


async def pause_ms(duration_ms: int) -> None:
    """A real delay."""
    await asyncio.sleep(duration_ms / 1000)


class BusinessEndpoint:
    """Takes messages in, lets the bureau execute them, and sends, delays, mangles or drops the answer."""

    def __init__(self, bureau: Bureau, faults: FaultPlan, workers: Executor, pause: Pause) -> None:
        self._bureau = bureau
        self._faults = faults
        self._workers = workers
        self._pause = pause

    def route(self) -> Route:
        """The one route of the direct transport."""
        return Route(PATH, self._call, methods=["POST"])

    async def _call(self, request: Request) -> Response:
        try:
            return await self._take_in(request)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        except asyncio.CancelledError:
            return CutConnection()  # the server ends while this answer is late

    async def _take_in(self, request: Request) -> Response:
        body = await _bounded_body(request)
        if body is None:
            return Response(status_code=413)
        infno = _infno(body)
        if self._faults.take("drop_request", infno):
            return CutConnection()
        if self._faults.take("http_500", infno):
            return HTMLResponse(_ERROR_PAGE, status_code=500)
        if fault := self._faults.take("late_commit", infno):
            await self._pause(fault.ms)
        answer = await asyncio.get_running_loop().run_in_executor(self._workers, self._bureau.receive, body)
        return await self._answer(infno, answer)

    async def _answer(self, infno: str, answer: Answer) -> Response:
        if self._faults.take("drop_answer", infno):
            return CutConnection()
        if self._faults.take("http_500_after", infno):
            return HTMLResponse(_ERROR_PAGE, status_code=500)
        if fault := self._faults.take("late", infno):
            await self._pause(fault.ms)
        if _has_setlinfo(answer) and self._faults.take("string_for_object", infno):
            answer = {**answer, "output": {**answer["output"], "setlinfo": "结算成功"}}
        if self._faults.take("string_typed", infno):
            answer = _string_typed(answer)
        return _json(answer)


async def _bounded_body(request: Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_BODY_BYTES:
            return None
    return bytes(body)


def _infno(body: bytes) -> str:
    try:
        return text_of(parse(body), "infno")
    except Refusal:
        return ""


def _has_setlinfo(answer: Answer) -> bool:
    return isinstance(answer["output"], dict) and "setlinfo" in answer["output"]


def _string_typed(answer: Answer) -> Answer:
    """The dialect of some gateways: every number a text and ``output`` a JSON text."""
    output = answer["output"]
    return {
        **answer,
        "infcode": str(answer["infcode"]),
        "output": output if isinstance(output, str) else _text(_numbers_as_text(output)),
    }


def _numbers_as_text(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dict):
        return {key: _numbers_as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_numbers_as_text(item) for item in value]
    return value


def _text(document: Any) -> str:
    return simplejson.dumps(document, use_decimal=True, ensure_ascii=False)


def _json(document: Answer) -> Response:
    return Response(_text(document), media_type="application/json;charset=UTF-8")
