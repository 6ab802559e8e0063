"""A whole counter for a test: real front-end server, simulated card on a real socket, real store, real card process.

Only time is bent: sleeping moves the clock ahead instead of waiting.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import requests

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.slot import Slot
from hardware_sim.front_end.clock import BureauClock
from hardware_sim.front_end.region import Edition
from hardware_sim.front_end.server import FrontEnd
from hardware_sim.readers.gempc_twin import GemPcTwin
from hardware_sim.readers.serial_lines import TcpLine
from pos_client.config import Home
from pos_client.desk.books import open_books
from pos_client.desk.cart import Order
from pos_client.desk.quote import Quote, quote
from pos_client.desk.settle import Sold, settle
from pos_client.desk.station import Desk, Office, open_back_office, open_counter, open_desk
from pos_client.desk.void import Voided, void
from pos_client.offline.journal import Message, all_messages
from pos_client.offline.tasks import open_tasks
from pos_client.runtime import Runtime, SystemClock, system_runtime
from pos_client.sync.http import RequestsHttp
from pos_client.sync.region import AccountUse
from rehearsal.agreement import Agreement, compare
from tests.opened_home import opened_home

AMOXICILLIN = "YD0001"  # class A, 12.60
CONSENT_ITEM = "WSSCPTP"  # own expense, found by its initials
GATEWAY_TIMEOUT = timedelta(seconds=10)


class BentClock(SystemClock):
    """The machine's clock, ahead by what was slept."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now_utc(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class World:
    """One counter and what stands around it."""

    home: Home
    front_end: FrontEnd
    slot: Slot
    reader_url: str
    http: RequestsHttp
    clock: BentClock = field(default_factory=BentClock)

    @property
    def environment(self) -> dict[str, str]:
        return {"POS_CLIENT_READER": self.reader_url, "POS_CLIENT_FRONT_END": self.front_end.url}

    @property
    def runtime(self) -> Runtime:
        real = system_runtime(self.http)

        def sleep_ms(duration_ms: int) -> None:
            self.clock.ahead += timedelta(milliseconds=duration_ms)

        return Runtime(self.clock, sleep_ms, real.random, real.spawn, real.http)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        with open_desk(self.home, self.environment, self.runtime) as desk:
            yield desk

    @contextmanager
    def back_office(self) -> Iterator[Office]:
        with open_back_office(self.home, self.environment, self.runtime) as office:
            yield office

    def quote(self, desk: Desk, *typed: str, use_account: bool = False, consent: bool = True) -> Quote:
        return quote(
            desk,
            orders(typed or (AMOXICILLIN,)),
            account=AccountUse.OWN if use_account else AccountUse.NO,
            consent_signed=consent,
        )

    def sell(self, *typed: str, tendered_fen: int | None = None, use_account: bool = False) -> Sold:
        with self.desk() as desk:
            quoted = self.quote(desk, *typed, use_account=use_account)
            return settle(desk, quoted, quoted.due_fen if tendered_fen is None else tendered_fen)

    def void(self, id_: str) -> Voided:
        with open_counter(self.home, self.environment, self.runtime) as office:
            return void(office, id_)

    def messages(self) -> list[Message]:
        with open_books(self.home, self.environment, self.runtime) as books, books.store.read() as connection:
            return all_messages(connection)

    def tasks(self) -> list[tuple[str, str]]:
        with open_books(self.home, self.environment, self.runtime) as books, books.store.read() as connection:
            return [(one.kind.value, one.subject) for one in open_tasks(connection)]

    def ledger(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._control("ledger")["settlements"]
        return rows

    def faults(self, *faults: dict[str, object]) -> None:
        answer = requests.put(f"{self.front_end.control_url}/_sim/faults", json={"faults": faults}, timeout=10)
        answer.raise_for_status()

    def agreement(self) -> Agreement:
        return compare(self.home.folder, self.ledger())

    def change_region(self, old: str, new: str) -> None:
        """Edits the home's own region file; the next desk reads it."""
        file = self.home.regions / "training.toml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def insert(self, persona: str) -> None:
        self.slot.insert(chip_of(personas.load(persona).card))

    def _control(self, what: str) -> dict[str, Any]:
        document: dict[str, Any] = requests.get(f"{self.front_end.control_url}/_sim/{what}", timeout=10).json()
        return document


def orders(typed: Sequence[str]) -> list[Order]:
    """Orders of one piece each, or of more where written CODE*N."""
    return [Order(code, Decimal(count or 1)) for code, _, count in (one.partition("*") for one in typed)]


@contextmanager
def world_in(
    folder: Path, *, gateway_timeout: timedelta = GATEWAY_TIMEOUT, edition: Edition = "base"
) -> Iterator[World]:
    """Builds a counter in a folder, the card of an active employee in its reader."""
    home = opened_home(folder)
    dialect = "training" if edition == "base" else f"training-{edition}"
    text = Path(f"pos_client/sync/regions/{dialect}.toml").read_text(encoding="utf-8")
    (home.regions / "training.toml").write_text(text, encoding="utf-8")
    with ExitStack() as stack:
        slot = Slot(chip_of(personas.load("zhang-jianguo").card))
        line = stack.enter_context(TcpLine(GemPcTwin(slot), 0))
        clock = BentClock()
        bureau_clock = BureauClock(clock.now_utc)
        front_end = stack.enter_context(FrontEnd(f"sqlite:///{folder}/bureau.db", edition=edition, clock=bureau_clock))
        http = RequestsHttp()
        stack.callback(http.close)
        world = World(home, front_end, slot, line.url, http, clock)
        world.change_region("gateway_timeout_s = 5", f"gateway_timeout_s = {round(gateway_timeout.total_seconds())}")
        yield world
