"""Makes a fixture: one day at a counter, played with the program of a version, and every row that it left.

Run from the root of that version's own tree (see README.md): ``python tests/offline/released/make.py FOLDER``.
"""

import json
import shutil
import sys
import tempfile
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

from sqlalchemy import text

from pos_client.desk import backups, open_bills, stay
from pos_client.desk.afterwards import customer_left
from pos_client.desk.books import open_books
from pos_client.desk.open_bills import Draft, OpenLine
from pos_client.desk.provisional import estimate, settle_provisionally
from pos_client.desk.queue import finish_task, open_tasks, sync_once
from pos_client.desk.station import Office
from pos_client.errors import Problem
from pos_client.offline import journal, operators
from pos_client.offline.journal import State
from pos_client.offline.operators import Operator, Role
from pos_client.sync.region import AccountUse
from tests.desk.patients import Inpatient, Outpatient, cash
from tests.desk.world import World, orders, world_in

PROVISIONAL = (
    'mode = "provisional"\ndocument = "模拟区离线暂结办法"\n'
    "per_settlement_fen = 3000\ncount = 2\ntotal_fen = 4000\nage_days = 7\n"
)


class _ProgramDied(BaseException):
    """Ends the program between intent and outcome."""


def play(world: World) -> None:
    """Every outcome that a message can have, a row in every table, and messages that are still open."""
    world.change_region('mode = "self_pay"', PROVISIONAL)
    _serves_customers(world)
    with world.desk() as desk:
        _serves_patients(desk.office)
        _an_operator_came_and_went(desk.office)
        open_bills.park(desk.office, Draft((OpenLine("YD0001", Decimal(2)),), label="张**"))
        backups.make(desk.office.books)
    _sells_during_an_outage(world)
    _fails(world, {"name": "drop_answer", "infno": "2102", "times": 1})
    _dies(world)


def _serves_customers(world: World) -> None:
    world.sell("YD0001")
    world.sell("YD0001*2", "YD0004", use_account=True, tendered_fen=5000)
    world.void(world.sell("YD0002").id)
    _fails(world, {"name": "refuse", "infno": "2102", "times": 1})
    world.faults({"name": "off_by_one_fen", "figure": "cash", "times": 1})
    world.sell("YD0001", use_account=True)
    _fails(world, {"name": "drop_answer", "infno": "2102", "times": 1})
    _fails(world, {"name": "drop_request", "infno": "2102", "times": 1})
    with world.back_office() as office:
        sync_once(office)
    _is_reversed(world)
    _fails(world, {"name": "drop_answer", "infno": "2102", "times": 1})
    world.faults({"name": "off_by_one_fen", "figure": "cash", "infno": "2102"})
    world.sell("YD0001", use_account=True)
    world.sell("YD0001", use_account=True)
    world.faults()
    with world.desk() as desk:
        _last_customer_leaves(desk.office)
        first = open_tasks(desk.office.books)[0]
        finish_task(desk.office, first.number, "经核对无误")


def _is_reversed(world: World) -> None:
    """A bureau that cannot be asked: the message is made undone."""
    _fails(world, {"name": "drop_answer", "infno": "2102", "times": 1})
    world.change_region("purchases = true", "purchases = false")
    with world.back_office() as office:
        sync_once(office)
    world.change_region("purchases = false", "purchases = true")


def _last_customer_leaves(office: Office) -> None:
    with office.store.read() as connection:
        unknown = [one.id for one in journal.open_messages(connection) if one.state is State.UNKNOWN]
    customer_left(office, unknown[-1])


def _serves_patients(office: Office) -> None:
    """One is seen, charged and settled, one stays in the ward with a deposit."""
    seen = Outpatient.of(office)
    seen.register()
    seen.describe()
    seen.charge()
    seen.pay(seen.quote())
    stays = Inpatient.of(office)
    stays.admit()
    stay.take_deposit(office, stays.id, cash(100_000))
    stays.charge()


def _an_operator_came_and_went(office: Office) -> None:
    gone = Operator("09", "测试员", Role.SUPERVISOR, "scrypt$0$0$0$$")
    with office.store.commit() as connection:
        operators.record(connection, gone, now=office.bureau.now)
        operators.end(connection, gone, now=office.bureau.now)


def _sells_during_an_outage(world: World) -> None:
    world.faults({"name": "down"})
    world.http.close()
    with world.desk() as desk:
        estimated = estimate(desk, orders(["YD0001"]), account=AccountUse.OWN, consent_signed=True)
        settle_provisionally(desk, estimated, estimated.due_fen)
    world.faults()


def _fails(world: World, fault: dict[str, object]) -> None:
    world.faults(fault)
    with suppress(Problem):
        world.sell("YD0001", tendered_fen=2000)
    world.faults()


def _dies(world: World) -> None:
    post = world.http.post

    def dies_at_2102(url: str, **more: object) -> object:
        if b'"infno": "2102"' in more["body"]:  # type: ignore[operator]
            raise _ProgramDied
        return post(url, **more)  # type: ignore[arg-type]

    world.http.post = dies_at_2102  # type: ignore[method-assign, assignment]
    with suppress(_ProgramDied):
        world.sell("YD0001")
    world.http.post = post  # type: ignore[method-assign]


def rows(world: World) -> dict[str, list[dict[str, object]]]:
    """Every row of every table, by table."""
    with open_books(world.home, world.environment, world.runtime) as books, books.store.read() as connection:
        tables = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")).all()
        return {
            table: [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]
            for table in tables
            if table != "item"
        }


def main(folder: Path) -> None:
    """Writes the fixture into a new folder."""
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch, world_in(Path(scratch)) as world:
        play(world)
        found = rows(world)
        for name in ("books.db", "key", "config.toml"):
            shutil.copy(world.home.folder / name, folder)
    (folder / "rows.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
