"""The yardstick of the front-end server: the same uvicorn and Starlette, which give back what came and do no more.

``python -m benchmarks.bare_echo``: prints its URL and serves until its standard input ends.
"""

import asyncio
import sys

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.counters import PATH
from hardware_sim.front_end.connections import Port, reserve_port


async def _echo(request: Request) -> Response:
    return Response(await request.body(), media_type="application/json")


async def _serve() -> None:
    port = Port(Starlette(routes=[Route(PATH, _echo, methods=["POST"])]), reserve_port("127.0.0.1", 0))
    await port.open()
    print(f'{{"ready": "{port.url}"}}', flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await port.end()


if __name__ == "__main__":
    asyncio.run(_serve())
