"""The ledger on a real PostgreSQL server: the same conversations, several servers, and money spent once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests

from hardware_sim.front_end.server import FrontEnd
from tests.postgresql import PrivatePostgresql

from .conftest import front_end_at
from .counter import HOSPITAL
from .desk import LI, PHARMACY, ZHANG, Desk, cancellation, credential, entitlement, new_msgid, purchase
from .hospital import (
    admission,
    batch_settlement,
    batch_trial,
    description,
    discharge,
    named,
    period,
    registration,
    statement,
    stay_payment,
    stay_rows,
    visit_rows,
)

ONE_ROW = (("XTEST0000000000000000A1", "12.5", "1", "12.50"),)


@pytest.fixture
def two_servers(postgresql: PrivatePostgresql) -> Iterator[tuple[FrontEnd, FrontEnd]]:
    """Two front ends on one database."""
    database = postgresql.fresh_database()
    with ExitStack() as running:
        yield (
            running.enter_context(front_end_at(database)),
            running.enter_context(front_end_at(database)),
        )


def signed_in(server: FrontEnd) -> Desk:
    desk = Desk(server.url)
    desk.sign_in()
    return desk


class Talk:
    """A counter's conversation with one server; keeps what was answered, without the message ids."""

    def __init__(self, server: FrontEnd, institution: str) -> None:
        self.desk = Desk(server.url, institution)
        self.desk.sign_in()
        self.answers: list[dict[str, Any]] = []

    def say(self, infno: str, content: dict[str, Any], **envelope: Any) -> dict[str, Any]:
        """Sends a message; gives it with its answer."""
        message = self.desk.message(infno, content, **envelope)
        answer = self.desk.send(message)
        self.answers.append(without_ids(answer))
        return {**message, "answer": answer}

    def ask(self, infno: str, content: dict[str, Any]) -> Any:
        """The output of a message that must succeed."""
        answer = self.say(infno, content)["answer"]
        assert answer["infcode"] == 0, answer["err_msg"]
        return answer["output"]


def pharmacy_morning(talk: Talk) -> None:
    talk.say("1101", {"data": credential()})
    talk.say("2001", entitlement(LI))
    talk.say("2101", purchase())
    first = talk.say("2102", purchase())
    settled = first["answer"]["output"]["setlinfo"]
    talk.say("2102", purchase(), msgid=first["msgid"])
    talk.say("2102", purchase(medfee_sumamt=Decimal("1.00")))
    talk.say("2103", cancellation(settled))
    talk.say("2103", cancellation(settled))
    second = talk.say("2102", purchase(LI))
    for _ in range(2):
        talk.say("2601", {"data": {"psn_no": LI, "omsgid": second["msgid"], "oinfno": "2102"}})
    talk.say("2601", {"data": {"psn_no": LI, "omsgid": new_msgid(), "oinfno": "2102"}})
    talk.say("5206", {"data": {"psn_no": LI}})


def clinic_visit(talk: Talk, number: str) -> dict[str, Any]:
    """From registration to settlement; gives setlinfo."""
    visit: str = talk.ask("2201", registration(ipt_otp_no=number))["data"]["mdtrt_id"]
    talk.ask("2203", description(visit))
    talk.ask("2204", visit_rows(visit))
    tried = talk.ask("2206", batch_trial(visit, "78.60"))["setlinfo"]
    settled: dict[str, Any] = talk.ask("2207", batch_settlement(visit, tried))["setlinfo"]
    return settled


def hospital_morning(talk: Talk) -> None:
    settled = clinic_visit(talk, "MZ0001")
    talk.say("2205", named(settled["mdtrt_id"], chrg_bchno="PC0001"))
    talk.say("2208", cancellation(settled))
    talk.say("2205", named(settled["mdtrt_id"], chrg_bchno="PC0001"))
    stay: str = talk.ask("2401", admission(LI))["result"]["mdtrt_id"]
    talk.say("2401", admission(LI, ipt_no="ZY0002"))
    talk.ask("2301", stay_rows(stay, LI))
    talk.ask("2303", stay_payment(stay, "78.60", LI))
    talk.say("5303", period(LI))
    talk.ask("2402", discharge(stay, LI))
    paid = talk.ask("2304", stay_payment(stay, "78.60", LI))["setlinfo"]
    talk.say("5201", period(LI, med_type="21"))
    talk.say("5203", named(stay, LI, setl_id=paid["setl_id"]))
    talk.say("5204", named(stay, LI, setl_id=paid["setl_id"]))
    talk.say("2305", cancellation(paid, LI))
    talk.say("3201", statement("0.00", "0.00", "0.00", 2))


def morning_on(database: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A morning at a pharmacy and a hospital: everything that was answered, and the ledger at its end."""
    with front_end_at(database) as server:
        pharmacy, hospital = Talk(server, PHARMACY), Talk(server, HOSPITAL)
        pharmacy_morning(pharmacy)
        hospital_morning(hospital)
        rows = [{**row, "msgid": None} for row in pharmacy.desk.ledger()]
        return pharmacy.answers + hospital.answers, rows


def without_ids(answer: Any) -> Any:
    """The answer without the message id, which no two messages share."""
    if isinstance(answer, dict):
        return {name: without_ids(value) for name, value in answer.items() if name != "medins_setl_id"}
    if isinstance(answer, list):
        return [without_ids(value) for value in answer]
    return answer


def test_a_morning_reads_the_same_on_both_databases(postgresql: PrivatePostgresql, tmp_path: Path) -> None:
    on_sqlite = morning_on(f"sqlite:///{tmp_path / 'ledger.db'}")
    on_postgresql = morning_on(postgresql.fresh_database())
    assert on_postgresql == on_sqlite
    answers, rows = on_sqlite
    at_the_pharmacy = [0, 0, 0, 0, -1, -1, 0, -1, 0, 0, 0, -1, 0]
    at_the_hospital = [0, 0, 0, 0, 0, -1, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert [answer["infcode"] for answer in answers] == at_the_pharmacy + at_the_hospital
    assert answers[-1]["output"]["stmtinfo"]["stmt_rslt"] == "0"
    assert [(row["kind"], row["voided"], row["reversed"]) for row in rows] == [
        ("settle", True, False),
        ("cancel", False, False),
        ("settle", False, True),
        *(("settle", True, False), ("cancel", False, False)) * 2,
    ]


def test_a_restart_on_the_same_database_keeps_everything(postgresql: PrivatePostgresql) -> None:
    database = postgresql.fresh_database()
    with front_end_at(database) as server:
        desk = signed_in(server)
        desk.settle()
        before = desk.ledger()
    with front_end_at(database) as server:
        desk.url = server.url
        assert desk.ledger() == before
        assert desk.balance() == "1139.95"


def test_a_message_id_that_one_server_has_seen_is_refused_by_the_other(two_servers: tuple[FrontEnd, FrontEnd]) -> None:
    here, there = (signed_in(server) for server in two_servers)
    message = here.message("2102", purchase())
    assert here.send(message)["infcode"] == 0
    assert "重复" in there.send(message)["err_msg"]
    assert len(there.ledger()) == 1


def test_a_message_that_reaches_both_servers_at_once_is_executed_by_one(
    two_servers: tuple[FrontEnd, FrontEnd],
) -> None:
    desks = [signed_in(server) for server in two_servers] * 2
    messages = [desks[0].message("2102", purchase(LI, ONE_ROW)) for _ in range(10)]
    with ThreadPoolExecutor(len(desks)) as counters:
        answers = [list(counters.map(lambda desk, m=message: desk.send(m)["infcode"], desks)) for message in messages]
    assert all(sorted(codes) == [-1, -1, -1, 0] for codes in answers)
    assert sorted(row["msgid"] for row in desks[0].ledger()) == sorted(message["msgid"] for message in messages)


def test_a_purchase_booked_through_one_server_is_taken_back_through_the_other(
    two_servers: tuple[FrontEnd, FrontEnd],
) -> None:
    here, there = (signed_in(server) for server in two_servers)
    message = here.message("2102", purchase())
    settled = here.send(message)["output"]["setlinfo"]
    there.output("2103", cancellation(settled))
    assert "已撤销" in there.reverse(message["msgid"])["err_msg"]
    assert here.balance() == there.balance() == "1203.55"


def test_an_account_is_spent_once_by_eight_counters_at_two_servers(two_servers: tuple[FrontEnd, FrontEnd]) -> None:
    change = {"persons": [{"psn_no": ZHANG, "balance": "100.00"}]}
    requests.put(two_servers[0].control_url + "/_sim/persons", json=change, timeout=10).raise_for_status()
    desks = [signed_in(server) for server in two_servers] * 4
    with ThreadPoolExecutor(len(desks)) as counters:
        bought = counters.map(lambda desk: [desk.settle(rows=ONE_ROW) for _ in range(3)], desks)
        paid = [output["setlinfo"]["acct_pay"] for outputs in bought for output in outputs]
    # Twenty-four times 12.50 were asked for, and eight times that is all that there was.
    assert sorted(paid) == [0] * 16 + [Decimal("12.50")] * 8
    assert desks[0].balance() == "0.00"


def test_two_counters_that_void_the_same_purchase_give_the_money_back_once(
    two_servers: tuple[FrontEnd, FrontEnd],
) -> None:
    here, there = (signed_in(server) for server in two_servers)
    for _ in range(5):
        settled = here.settle()["setlinfo"]
        with ThreadPoolExecutor(2) as counters:
            codes = counters.map(lambda desk, s=settled: desk.call("2103", cancellation(s))["infcode"], (here, there))
            assert sorted(codes) == [-1, 0]
    assert here.balance() == "1203.55"


def test_clinics_and_pharmacies_serve_one_person_at_once_and_nobody_waits_for_ever(
    two_servers: tuple[FrontEnd, FrontEnd],
) -> None:
    clinics = [Talk(server, HOSPITAL) for server in two_servers] * 2
    pharmacies = [signed_in(server) for server in two_servers] * 2

    def treat(talk: Talk, number: int) -> Decimal:
        settled = clinic_visit(talk, f"MZ{number:04d}")
        talk.ask("2208", cancellation(settled))
        return Decimal(0)

    def sell(desk: Desk, _number: int) -> Decimal:
        setlinfo: dict[str, Any] = desk.settle(rows=ONE_ROW)["setlinfo"]
        paid: Decimal = setlinfo["acct_pay"]
        return paid

    with ThreadPoolExecutor(8) as counters:
        acts = [partial(treat, talk) for talk in clinics] + [partial(sell, desk) for desk in pharmacies]
        doing = [counters.submit(act, number) for number, act in enumerate(acts * 3)]
        paid = sum((done.result() for done in doing), Decimal(0))
    assert len(pharmacies[0].ledger()) == 12 * 2 + 12
    assert Decimal(pharmacies[0].balance()) == Decimal("1203.55") - paid
