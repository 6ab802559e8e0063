"""The server as an object: its ports, its memory, its end."""

from pathlib import Path

import pytest
import requests

from hardware_sim.front_end.assessment import NoSuchPolicy
from hardware_sim.front_end.faults import fault_of_json
from hardware_sim.front_end.server import FrontEnd

from .conftest import StartFrontEnd, front_end_on
from .desk import PATH, ZHANG, Desk, cancellation, credential, purchase


def put_faults(front_end: FrontEnd, *faults: dict[str, object]) -> None:
    url = front_end.control_url + "/_sim/faults"
    assert requests.put(url, json={"faults": faults}, timeout=10).status_code == 200


def refuses_connections(url: str) -> bool:
    try:
        requests.get(url + "/_sim/ledger", timeout=10)
    except requests.ConnectionError as error:
        return "Connection refused" in str(error)
    return False


def test_a_restart_on_the_same_database_keeps_everything(tmp_path: Path) -> None:
    with front_end_on(tmp_path) as server:
        desk = Desk(server.url)
        desk.sign_in()
        message = desk.message("2102", purchase())
        settled = desk.send(message)["output"]["setlinfo"]
        before = desk.ledger()
    with front_end_on(tmp_path) as server:
        desk.url = server.url
        assert desk.ledger() == before
        assert desk.balance() == "1139.95"
        assert "重复" in desk.send(message)["err_msg"]
        assert desk.reverse(message["msgid"])["infcode"] == 0
        assert desk.balance() == "1203.55"
        assert desk.settle()["setlinfo"]["setl_id"] > settled["setl_id"]


def test_down_refuses_connections_for_real_and_the_control_port_stays(front_end: FrontEnd) -> None:
    url = front_end.url
    assert not refuses_connections(url)
    put_faults(front_end, {"name": "down"})
    assert refuses_connections(url)
    assert requests.get(front_end.control_url + "/_sim/faults", timeout=10).json()["faults"] == [
        {"name": "down", "infno": None, "times": None, "seconds": None, "fired": 1}
    ]
    put_faults(front_end)
    assert not refuses_connections(url)
    assert front_end.url == url


def test_down_also_ends_connections_that_were_kept_open(front_end: FrontEnd) -> None:
    with requests.Session() as session:
        assert session.get(front_end.url + "/_sim/ledger", timeout=10).status_code == 200
        put_faults(front_end, {"name": "down"})
        with pytest.raises(requests.ConnectionError, match="refused"):
            session.get(front_end.url + "/_sim/ledger", timeout=10)


def test_down_may_be_switched_on_through_the_port_that_it_closes(front_end: FrontEnd) -> None:
    body = {"faults": [{"name": "down"}]}
    assert requests.put(front_end.url + "/_sim/faults", json=body, timeout=10).status_code == 200
    assert refuses_connections(front_end.url)
    put_faults(front_end, {"name": "down"})
    put_faults(front_end)
    assert not refuses_connections(front_end.url)


def test_down_for_a_while_comes_back_by_itself(front_end: FrontEnd) -> None:
    put_faults(front_end, {"name": "down", "seconds": 0.2})
    while refuses_connections(front_end.url):
        pass
    assert requests.get(front_end.url + "/_sim/ledger", timeout=10).status_code == 200


def test_a_server_may_start_down(start_front_end: StartFrontEnd) -> None:
    server = start_front_end(faults=[fault_of_json({"name": "down"})])
    assert refuses_connections(server.url)
    put_faults(server)
    assert not refuses_connections(server.url)


def test_what_was_booked_before_the_port_went_down_is_still_there(front_end: FrontEnd, desk: Desk) -> None:
    desk.settle()
    put_faults(front_end, {"name": "down"})
    with pytest.raises(requests.ConnectionError):
        desk.settle()
    put_faults(front_end)
    assert len(desk.ledger()) == 1


def test_stopping_gives_up_answers_that_are_late(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with front_end_on(tmp_path) as server:
        put_faults(server, {"name": "late", "ms": 3_600_000})
        desk = Desk(server.url, timeout_s=0.2)
        with pytest.raises(requests.ReadTimeout):
            desk.call("1101", {"data": credential()})
    assert refuses_connections(server.url)
    assert caplog.messages == []


def test_a_port_that_is_taken_is_an_error_of_the_starter(front_end: FrontEnd, tmp_path: Path) -> None:
    port = int(front_end.url.rsplit(":", 1)[1])
    other = FrontEnd(f"sqlite:///{tmp_path / 'other.db'}", port=port)
    with pytest.raises(OSError, match="in use"):
        other.start()
    other.stop()


def test_a_policy_that_nobody_knows_is_an_error_of_the_starter(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPolicy, match="atlantis"):
        front_end_on(tmp_path, policy="atlantis")


def test_the_faulty_policy_may_be_run_too(start_front_end: StartFrontEnd) -> None:
    desk = Desk(start_front_end(policy="jiangsu-city-asrun").url)
    desk.sign_in()
    # That policy settles stays only: a purchase is refused in words, not with a stack of code.
    assert "按现行政策无法" in desk.refusal("2102", purchase())


def test_the_same_money_is_there_for_every_edition(start_front_end: StartFrontEnd, edition: str) -> None:
    desk = Desk(start_front_end(edition=edition).url)
    desk.sign_in()
    settled = desk.settle()["setlinfo"]
    assert desk.balance(ZHANG) == "1139.95"
    assert desk.output("2103", cancellation(settled))["setlinfo"]["balc"] == settled["balc"] + settled["acct_pay"]


def test_the_path_is_that_of_the_direct_transport(front_end: FrontEnd) -> None:
    assert requests.post(front_end.url + PATH, data=b"{}", timeout=10).status_code == 200
    assert requests.post(front_end.url + "/fsi/api", data=b"{}", timeout=10).status_code == 404
