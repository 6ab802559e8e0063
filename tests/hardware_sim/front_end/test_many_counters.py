"""Fifty counters at once on each database: nothing lost, nothing doubled, the sums right."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
import requests
import simplejson

from hardware_sim.front_end.server import FrontEnd

from .conftest import front_end_at
from .desk import LI, PATH, WANG, ZHANG, Desk, cancellation, purchase

COUNTERS = 50
SALES = 3
PEOPLE = (ZHANG, LI, WANG)


class Till(Desk):
    """A counter that keeps its connection."""

    def __init__(self, url: str, sign_no: str) -> None:
        super().__init__(url, timeout_s=120)
        self.sign_no = sign_no
        self._session = requests.Session()

    def post(self, message: dict[str, Any]) -> requests.Response:
        body = simplejson.dumps(message, use_decimal=True, ensure_ascii=False).encode()
        return self._session.post(self.url + PATH, data=body, timeout=self.timeout_s)

    def close(self) -> None:
        self._session.close()


@pytest.fixture
def server(database: str) -> Iterator[FrontEnd]:
    with front_end_at(database) as server:
        yield server


def customer_of(number: int) -> str:
    return PEOPLE[number % len(PEOPLE)]


def shift(till: Till, number: int) -> list[dict[str, Any]]:
    """Some sales; the second is voided, the third sent again as it was. Gives what the counter believes is booked."""
    person = customer_of(number)
    booked = []
    for sale in range(SALES):
        message = till.message("2102", purchase(person))
        booked.append(till.send(message)["output"]["setlinfo"])
        if sale == 1:
            booked.append(till.output("2103", cancellation(booked[-1], person))["setlinfo"])
        if sale == 2:
            assert "重复" in till.send(message)["err_msg"]
    till.close()
    return booked


def balances(server: FrontEnd) -> dict[str, Decimal]:
    persons = requests.get(server.control_url + "/_sim/persons", timeout=10).json()["persons"]
    return {person["psn_no"]: Decimal(person["balance"]) for person in persons}


def test_fifty_counters_lose_nothing_and_double_nothing(server: FrontEnd) -> None:
    desk = Desk(server.url)
    sign_no = desk.sign_in()
    before = balances(server)
    tills = [Till(server.url, sign_no) for _ in range(COUNTERS)]
    with ThreadPoolExecutor(COUNTERS) as counters:
        shifts = list(counters.map(shift, tills, range(COUNTERS)))
    believed = [setlinfo for booked in shifts for setlinfo in booked]
    ledger = desk.ledger()

    assert len(ledger) == COUNTERS * (SALES + 1)
    assert Counter(row["setl_id"] for row in ledger) == Counter(setlinfo["setl_id"] for setlinfo in believed)
    assert {row["msgid"] for row in ledger} == {setlinfo["medins_setl_id"] for setlinfo in believed}
    assert len({row["msgid"] for row in ledger}) == len(ledger)
    figures = ("medfee_sumamt", "fund_pay_sumamt", "acct_pay", "psn_cash_pay")
    told = {setlinfo["setl_id"]: [setlinfo[name] for name in figures] for setlinfo in believed}
    assert {row["setl_id"]: [Decimal(row[name]) for name in figures] for row in ledger} == told

    spent = {person: Decimal(0) for person in PEOPLE}
    for number, booked in enumerate(shifts):
        spent[customer_of(number)] += sum(setlinfo["acct_pay"] for setlinfo in booked)
    after = balances(server)
    assert {person: before[person] - after[person] for person in PEOPLE} == spent
    assert min(after.values()) >= 0
    assert sum(spent.values()) > 0
