"""The front-end server as one object: start it, point a client at its URL, stop it."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from types import TracebackType

from sqlalchemy.engine import make_url
from starlette.applications import Starlette

from . import register
from .assessment import Assessor
from .bureau import Bureau
from .catalogue import Item, shipped_catalogue
from .clock import BureauClock
from .connections import Port, reserve_port
from .control import Control
from .faults import Fault, FaultPlan
from .http_api import BusinessEndpoint, Pause, pause_ms
from .ledger import Ledger
from .office import Office
from .region import Edition
from .tables import tables_of
from .wire import Wire

#: SQLite's ledger has one connection: a second worker reads the next message meanwhile, a third would only wait.
_WORKERS_OF_SQLITE = 2
#: Fewer than the connections that the ledger's pool allows, so that nobody waits for one.
_WORKERS = 8


class FrontEnd:
    """The bureau's front-end server with its ledger, served by a thread of its own.

    ``url`` is the business port (transactions and control), ``control_url`` a second loopback port that carries
    the control endpoints only and stays open while fault ``down`` closes the business port. A ``with`` block
    starts and stops it. An object is started once.
    """

    def __init__(
        self,
        database: str,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        policy: str = "yizheng",
        edition: Edition = "base",
        faults: Iterable[Fault] = (),
        seed: int = 0,
        catalogue: Mapping[str, Item] | None = None,
        clock: BureauClock | None = None,
        pause: Pause = pause_ms,
    ) -> None:
        """Prepares everything that needs no port and no database.

        ``database`` is an SQLAlchemy URL; ``port`` 0 takes any free one; ``policy`` is an id of the shipped
        policies; ``catalogue`` None is that of the simulated region; ``pause`` waits out the delays of late
        answers and commits.

        Raises:
            NoSuchPolicy: no policy of that id is in force today.
        """
        self._database = database
        self._address = (host, port)
        self._pause = pause
        clock = clock or BureauClock()
        plan = FaultPlan(faults, seed)
        clock.follow_skew(plan.clock_skew_s)
        self._office = Office(
            tables=tables_of(edition),
            catalogue=shipped_catalogue() if catalogue is None else catalogue,
            assessor=Assessor(policy, clock.today()),
            clock=clock,
            faults=plan,
        )
        self._held = ExitStack()
        self._ended: Callable[[], object] = _nothing
        self._revival: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Where clients send their messages; the path is ``http_api.PATH``."""
        return self._business.url

    @property
    def control_url(self) -> str:
        """Where the control endpoints are always reached."""
        return self._control.url

    def start(self) -> str:
        """Serves until :meth:`stop`; gives the URL of the business port.

        Raises:
            OSError: the port is taken.
            sqlalchemy.exc.SQLAlchemyError: the database cannot be used.
        """
        with ExitStack() as held:
            ledger = Ledger.open(self._database)
            held.callback(ledger.close)
            on_sqlite = make_url(self._database).get_backend_name() == "sqlite"
            threads = _WORKERS_OF_SQLITE if on_sqlite else _WORKERS
            workers = held.enter_context(ThreadPoolExecutor(threads, thread_name_prefix="bureau"))
            business = held.enter_context(reserve_port(*self._address))
            control = held.enter_context(reserve_port("127.0.0.1", 0))
            with ledger.begin() as connection:
                register.load_personas(connection, self._office.tables.edition, self._office.clock.today())
            self._compose(ledger, workers, business, control)
            self._serve_in_thread(held)
            self._held = held.pop_all()
        return self.url

    def _compose(
        self, ledger: Ledger, workers: ThreadPoolExecutor, business: socket.socket, control: socket.socket
    ) -> None:
        faults, clock = self._office.faults, self._office.clock
        endpoints = Control(ledger, faults, clock, workers, on_faults_replaced=self._follow_down)
        wire = Wire(Bureau(self._office, ledger).receive, faults)
        transactions = BusinessEndpoint(wire, workers, self._pause)
        self._business = Port(Starlette(routes=[transactions.route(), *endpoints.routes()]), business)
        self._control = Port(Starlette(routes=endpoints.routes()), control)

    def _serve_in_thread(self, held: ExitStack) -> None:
        serving: Future[None] = Future()
        thread = threading.Thread(target=self._run, args=(serving,), name="front-end", daemon=True)
        thread.start()
        serving.result()
        held.callback(thread.join)

    def _run(self, serving: "Future[None]") -> None:
        try:
            asyncio.run(self._serve(serving))
        finally:
            if not serving.done():
                serving.set_exception(RuntimeError("the front-end server could not start"))

    def stop(self) -> None:
        """Ends serving; messages being executed are finished, delayed answers are given up."""
        self._ended()
        self._ended = _nothing
        self._held.close()

    def __enter__(self) -> "FrontEnd":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    async def _serve(self, serving: "Future[None]") -> None:
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        self._ended = lambda: loop.call_soon_threadsafe(ended.set)
        await self._control.open()
        await self._follow_down()
        serving.set_result(None)
        await ended.wait()
        if self._revival is not None:
            self._revival.cancel()
        await asyncio.gather(self._business.end(), self._control.end())

    async def _follow_down(self) -> None:
        """Closes the business port while fault ``down`` is on, opens it otherwise or when its time is over."""
        if self._revival is not None:
            self._revival.cancel()
        down = self._office.faults.take("down", "")
        if down is None:
            await self._business.open()
            return
        await self._business.close()
        if down.seconds is not None:
            self._revival = asyncio.create_task(self._revive(down.seconds))

    async def _revive(self, after_s: float) -> None:
        await asyncio.sleep(after_s)
        await self._business.open()


def _nothing() -> None:
    """Stopping what was never started."""
