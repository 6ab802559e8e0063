"""Makes a bureau's ledger ready to be measured; run with the product's own Python, which brings the simulator.

``python -m benchmarks.ledgers URL BUYERS SETTLEMENTS``: the register with so many buyers more, and so many settlements
of other people (without their lines), copied inside the database from one real one.
"""

import sys
from collections.abc import Mapping

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    String,
    Table,
    cast,
    create_engine,
    insert,
    literal,
    select,
)

from benchmarks.counters import ZHANG, Messages, ask, buyer, sign_in
from hardware_sim.front_end import ledger
from hardware_sim.front_end.server import FrontEnd

#: Far above every number that the bureau gives out itself.
_COPIES_FROM = 80_000_000_000_000


def main() -> None:
    """Fills the ledger of the URL."""
    url, buyers, settlements = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with FrontEnd(url) as server:
        messages = Messages()
        for body in messages.sale(buyer(0), sign_in(server.url, messages)):
            ask(server.url, body)
    engine = create_engine(url)
    with engine.begin() as connection:
        _copy_persons(connection, buyers)
        if settlements:
            number = cast(_numbers(settlements), BigInteger) + _COPIES_FROM
            msgid = literal("P43999999999") + cast(number, String) + "0000"
            ids = {"msgid": msgid, "setl_id": literal("439900") + cast(number, String)}
            visit = {"mdtrt_id": literal("439901") + cast(number, String)}
            person = {"psn_no": literal("4399") + cast(number % 50_000, String), "rows": literal("[]")}
            _copy(connection, ledger.settlements, {**ids, **visit, **person})
            _copy(connection, ledger.messages, {"msgid": msgid, "request": literal("{}"), "answer": literal("{}")})
    engine.dispose()


def _copy_persons(connection: Connection, count: int) -> None:
    query = select(ledger.persons).where(ledger.persons.c.psn_no == ZHANG.person_no)
    zhang = dict(connection.execute(query).mappings().one())
    for number in range(1, count):
        who = buyer(number)
        ids = {
            "psn_no": who.person_no,
            "card_number": who.card_number,
            "card_sn": who.card_code,
            "id_number": who.id_number,
        }
        connection.execute(insert(ledger.persons).values({**zhang, **ids}))


def _numbers(count: int) -> ColumnElement[int]:
    counted = select(literal(1).label("n")).cte("counted", recursive=True)
    return counted.union_all(select(counted.c.n + 1).where(counted.c.n < count)).c.n


def _copy(connection: Connection, table: Table, changed: Mapping[str, ColumnElement[str]]) -> None:
    """The table's last row again and again, inside the database, some columns taken from the running number."""
    newest = select(table).order_by(table.c.msgid.desc()).limit(1)
    row = connection.execute(newest).mappings().one()
    columns = [changed.get(column.name, literal(row[column.name], column.type)) for column in table.columns]
    connection.execute(insert(table).from_select(list(table.columns.keys()), select(*columns)))


if __name__ == "__main__":
    main()
