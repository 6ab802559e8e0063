"""The business port: opened, closed for real and opened again; and single connections cut without an answer."""

import asyncio
import os
import socket

import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

#: A counter between two customers keeps its connection, as in front of common web servers.
_IDLE_CONNECTION_S = 75


class _Connection(H11Protocol):
    """A connection that shows its transport to the application, so that it can be cut."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn does
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class CutConnection(Response):
    """No answer at all: the connection is closed under the client's hands."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Closes the connection and waits until the server has noticed, so that it sends nothing itself."""
        scope["state"]["transport"].abort()
        while (await receive())["type"] != "http.disconnect":
            pass


def reserve_port(host: str, port: int) -> socket.socket:
    """A socket bound to the port (0: any free one) that does not listen: connections to it are refused."""
    # With the protocol named, asyncio sends at once: head and body of an answer would wait 40 ms for each other.
    reserved = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # elsewhere this option would let two servers share the port
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        reserved.bind((host, port))
    except OSError:
        reserved.close()
        raise
    return reserved


class Port:
    """A port with an application behind it; it stays reserved while it is closed."""

    def __init__(self, app: Starlette, reserved: socket.socket) -> None:
        self._app = app
        self._reserved: socket.socket | None = reserved
        self._address: tuple[str, int] = reserved.getsockname()
        self._open: uvicorn.Server | None = None
        self._serving: dict[asyncio.Task[None], uvicorn.Server] = {}
        self._turning = asyncio.Lock()

    @property
    def url(self) -> str:
        """The address for clients."""
        host, port = self._address
        return f"http://{host}:{port}"

    async def open(self) -> None:
        """Listens and serves; nothing happens when it does already."""
        async with self._turning:
            if self._open is None:
                await self._listen()

    async def _listen(self) -> None:
        config = uvicorn.Config(
            self._app,
            http=_Connection,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_keep_alive=_IDLE_CONNECTION_S,
        )
        reserved, self._reserved = self._reserved, None
        assert reserved is not None
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve(sockets=[reserved]))
        self._serving[task] = server
        task.add_done_callback(self._serving.pop)
        while not server.started:
            await asyncio.sleep(0.001)
        self._open = server

    async def close(self) -> None:
        """Refuses connections from now on and closes idle ones; answers under way are still sent."""
        async with self._turning:
            if self._open is None:
                return
            server, self._open = self._open, None
            for listener in server.servers:
                listener.close()
            for connection in list(server.server_state.connections):
                connection.shutdown()
            await asyncio.sleep(0)  # lets asyncio close those sockets before anybody is told
            server.should_exit = True
            self._reserved = reserve_port(*self._address)

    async def end(self) -> None:
        """Closes for good; answers under way are given up."""
        await self.close()
        ending: set[asyncio.Task[None]] = set()
        for serving, server in self._serving.items():
            ending |= {serving, *server.server_state.tasks}
            for connection in list(server.server_state.connections):
                connection.transport.abort()
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)
        if self._reserved is not None:
            self._reserved.close()
