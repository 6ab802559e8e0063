"""The business endpoint of the direct transport: one URL for every transaction, carried over real HTTP."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from .connections import CutConnection
from .wire import Cut, Reply, Wait, Wire, advance

PATH: Final = "/fsi/api/rsfComIfsService/callService"
_LARGEST_BODY_BYTES = 4 * 1024 * 1024


#: Waits out a delay of so many milliseconds.
Pause = Callable[[int], Awaitable[None]]


async def pause_ms(duration_ms: int) -> None:
    """A real delay."""
    await asyncio.sleep(duration_ms / 1000)


class BusinessEndpoint:
    """Takes messages in and carries them over the wire, each step in the worker pool, each wait in real time."""

    def __init__(self, wire: Wire, workers: Executor, pause: Pause) -> None:
        self._wire = wire
        self._workers = workers
        self._pause = pause

    def route(self) -> Route:
        """The one route of the direct transport."""
        return Route(PATH, self._call, methods=["POST"])

    async def _call(self, request: Request) -> Response:
        try:
            body = await _bounded_body(request)
            return Response(status_code=413) if body is None else await self._carried(body)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        except asyncio.CancelledError:
            return CutConnection()  # the server ends while this answer is late

    async def _carried(self, body: bytes) -> Response:
        loop = asyncio.get_running_loop()
        course = self._wire.carry(body)
        while True:
            match await loop.run_in_executor(self._workers, advance, course):
                case Wait(ms):
                    await self._pause(ms)
                case Reply(status, content_type, content):
                    return Response(content, status, {"content-type": content_type})
                case Cut():
                    return CutConnection()


async def _bounded_body(request: Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_BODY_BYTES:
            return None
    return bytes(body)
