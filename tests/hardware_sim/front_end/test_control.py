"""The control endpoints: looking into the bureau and turning its screws."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hardware_sim.front_end.clock import BureauClock
from hardware_sim.front_end.control import Control
from hardware_sim.front_end.faults import FaultPlan
from hardware_sim.front_end.ledger import Ledger
from hardware_sim.front_end.server import FrontEnd

from .desk import LI, WANG, ZHANG, ZHAO, Desk, credential, entitlement, purchase


def put(front_end: FrontEnd, path: str, document: Any) -> requests.Response:
    return requests.put(f"{front_end.control_url}/_sim/{path}", json=document, timeout=10)


def persons(front_end: FrontEnd) -> dict[str, dict[str, Any]]:
    answer = requests.get(front_end.control_url + "/_sim/persons", timeout=10)
    return {person["psn_no"]: person for person in answer.json()["persons"]}


def test_both_ports_carry_the_control_endpoints_and_one_the_transactions(front_end: FrontEnd) -> None:
    for url in (front_end.url, front_end.control_url):
        assert requests.get(url + "/_sim/ledger", timeout=10).json() == {"settlements": []}
        assert requests.get(url + "/_sim/faults", timeout=10).json() == {"faults": [], "fired_total": {}}
    service = "/fsi/api/rsfComIfsService/callService"
    assert requests.post(front_end.control_url + service, data=b"{}", timeout=10).status_code == 404
    assert requests.get(front_end.url + service, timeout=10).status_code == 405


def test_faults_are_replaced_as_a_whole(front_end: FrontEnd) -> None:
    put(front_end, "faults", {"faults": [{"name": "late", "ms": 5}, {"name": "refuse"}]})
    answer = put(front_end, "faults", {"faults": [{"name": "http_500", "infno": "2102", "times": 2}]})
    expected = {"faults": [{"name": "http_500", "infno": "2102", "times": 2, "fired": 0}], "fired_total": {}}
    assert answer.json() == expected
    assert requests.get(front_end.url + "/_sim/faults", timeout=10).json() == expected


def test_what_fired_is_counted_beyond_a_replacement(front_end: FrontEnd, desk: Desk) -> None:
    put(front_end, "faults", {"faults": [{"name": "refuse", "infno": "1101"}]})
    for _ in range(3):
        desk.refusal("1101", {"data": credential()})
    answer = put(front_end, "faults", {"faults": [{"name": "down"}]}).json()
    assert [fault["fired"] for fault in answer["faults"]] == [1]
    assert answer["fired_total"] == {"refuse": 3, "down": 1}


@pytest.mark.parametrize(
    ("path", "document"),
    [
        ("faults", []),
        ("faults", {"faults": {}}),
        ("faults", {"faults": ["late"]}),
        ("faults", {"faults": [{"name": "rain"}]}),
        ("faults", {"fault": []}),
        ("clock", {}),
        ("clock", {"now": "soon"}),
        ("clock", {"offset_s": "1"}),
        ("clock", {"offset_s": 10**12}),
        ("clock", {"now": "2026-11-21T09:00:00", "offset_s": 1}),
        ("persons", {"persons": [{"balance": "1.00"}]}),
        ("persons", {"persons": [{"psn_no": "1", "balance": "1.00"}]}),
        ("persons", {"persons": [{"psn_no": ZHANG, "balance": "1.005"}]}),
        ("persons", {"persons": [{"psn_no": ZHANG, "balance": "-1.00"}]}),
        ("persons", {"persons": [{"psn_no": ZHANG, "insured_status": "9"}]}),
        ("persons", {"persons": [{"psn_no": ZHANG, "insured_status": "2"}]}),
        ("persons", {"persons": [{"psn_no": ZHANG, "insured_since": "yesterday"}]}),
        ("persons", {"persons": [{"psn_no": ZHANG, "counters": {"moon": "1"}}]}),
        ("persons", {"persons": [{"psn_no": ZHANG, "counters": {"local_admissions": "1.5"}}]}),
        ("persons", {"persons": [{"psn_no": ZHANG, "counters": []}]}),
        ("persons", {"persons": [{"psn_no": ZHANG, "name": "x"}]}),
    ],
)
def test_a_malformed_document_is_answered_with_a_sentence(front_end: FrontEnd, path: str, document: Any) -> None:
    answer = put(front_end, path, document)
    assert answer.status_code == 400
    assert len(answer.json()["error"].split()) > 3


def test_a_body_that_is_no_json_is_answered_with_a_sentence(front_end: FrontEnd) -> None:
    answer = requests.put(front_end.url + "/_sim/faults", data=b"late", timeout=10)
    assert (answer.status_code, answer.json()["error"]) == (400, "the body is not JSON in UTF-8")


def test_one_bad_change_leaves_all_persons_as_they_were(front_end: FrontEnd) -> None:
    changes = [{"psn_no": ZHANG, "balance": "1.00"}, {"psn_no": LI, "balance": "x"}]
    assert put(front_end, "persons", {"persons": changes}).status_code == 400
    assert persons(front_end)[ZHANG]["balance"] == "1203.55"


def test_the_register_is_that_of_the_personas(front_end: FrontEnd) -> None:
    register = persons(front_end)
    assert register[LI]["counters"] == {"inpatient_eligible": "8200.00", "pool_paid": "6705.00", "local_admissions": 1}
    assert register[WANG]["insured_since"] == "2026-10-12"
    assert (register[ZHAO]["insured_status"], register[ZHAO]["paused_since"]) == ("2", "2026-03-01")


def test_a_changed_person_is_what_the_desk_sees_next(front_end: FrontEnd, desk: Desk) -> None:
    change = {
        "psn_no": ZHANG,
        "balance": "7.50",
        "insured_status": "2",
        "paused_since": "2026-01-15",
        "counters": {"pool_paid": "12.30", "local_admissions": 3},
    }
    assert put(front_end, "persons", {"persons": [change]}).status_code == 200
    (insurance,) = desk.output("1101", {"data": credential()})["insuinfo"]
    assert (str(insurance["balc"]), insurance["psn_insu_stas"]) == ("7.50", "2")
    flags = {row["trt_enjymnt_flag"] for row in desk.output("2001", entitlement())["trtinfo"]}
    assert flags == {"0"}
    counted = {row["cum_type_code"]: row["cum"] for row in desk.output("5206", {"data": {"psn_no": ZHANG}})["cuminfo"]}
    assert (str(counted["S02"]), counted["S04"]) == ("12.30", 3)


def test_ending_a_pause_brings_the_entitlement_back(front_end: FrontEnd, desk: Desk) -> None:
    put(front_end, "persons", {"persons": [{"psn_no": ZHAO, "insured_status": "1"}]})
    assert persons(front_end)[ZHAO]["paused_since"] is None
    flags = {row["trt_enjymnt_flag"] for row in desk.output("2001", entitlement(ZHAO))["trtinfo"]}
    assert flags == {"1"}
    assert desk.settle(ZHAO)["setlinfo"]["acct_pay"] == 15


def test_a_set_clock_is_the_time_of_every_answer(front_end: FrontEnd, desk: Desk) -> None:
    answer = put(front_end, "clock", {"now": "2026-12-31T23:59:58"})
    assert answer.json() == {"now": "2026-12-31T23:59:58+08:00"}
    assert desk.settle()["setlinfo"]["setl_time"] == "2026-12-31 23:59:58"
    put(front_end, "clock", {"offset_s": -600})
    answered = desk.call("2101", purchase())
    assert answered["output"]["setlinfo"]["setl_time"] == "2026-11-21 09:08:12"
    assert answered["respond_time"].startswith("20261121090812")


@pytest.mark.parametrize(("host", "status"), [("127.0.0.1", 200), ("192.0.2.7", 403)])
def test_only_loopback_clients_are_answered(tmp_path: Path, host: str, status: int) -> None:
    async def faults_replaced() -> None:
        """Nothing to follow here."""

    async def ask(route: Route) -> Response:
        request = Request({"type": "http", "method": "GET", "headers": [], "client": (host, 40000)})
        answer: Response = await route.endpoint(request)
        return answer

    ledger = Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}")
    with ThreadPoolExecutor(1) as workers:
        control = Control(ledger, FaultPlan(), BureauClock(), workers, faults_replaced)
        answers = [asyncio.run(ask(route)) for route in control.routes() if route.methods and "GET" in route.methods]
    ledger.close()
    assert [answer.status_code for answer in answers] == [status] * 3
