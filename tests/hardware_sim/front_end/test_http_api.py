"""The faults of the wire: what the client sees, and what the ledger knows."""

import asyncio
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
import simplejson

from hardware_sim.front_end.faults import fault_of_option
from hardware_sim.front_end.server import FrontEnd

from .conftest import StartFrontEnd
from .desk import LI, PATH, ZHANG, Desk, cancellation, credential, purchase


def switch_on(desk: Desk, *faults: dict[str, Any]) -> None:
    answer = requests.put(desk.url + "/_sim/faults", json={"faults": faults}, timeout=10)
    assert answer.status_code == 200, answer.text


def fired(desk: Desk) -> list[int]:
    faults = requests.get(desk.url + "/_sim/faults", timeout=10).json()["faults"]
    return [fault["fired"] for fault in faults]


def test_drop_request_cuts_the_connection_before_anything_is_done(desk: Desk) -> None:
    switch_on(desk, {"name": "drop_request", "infno": "2102", "times": 1})
    message = desk.message("2102", purchase())
    with pytest.raises(requests.ConnectionError):
        desk.send(message)
    assert desk.ledger() == []
    assert fired(desk) == [1]
    assert desk.send(message)["infcode"] == 0


def test_drop_answer_cuts_the_connection_after_the_commit(desk: Desk) -> None:
    switch_on(desk, {"name": "drop_answer", "infno": "2102", "times": 1})
    message = desk.message("2102", purchase())
    with pytest.raises(requests.ConnectionError):
        desk.send(message)
    (row,) = desk.ledger()
    assert row["msgid"] == message["msgid"]
    assert desk.balance() == "1139.95"
    assert desk.reverse(message["msgid"])["infcode"] == 0
    assert desk.balance() == "1203.55"


def test_a_cut_connection_does_not_disturb_the_next_one_of_the_same_session(desk: Desk) -> None:
    switch_on(desk, {"name": "drop_answer", "infno": "1101", "times": 1})
    with requests.Session() as session:
        with pytest.raises(requests.ConnectionError):
            session.post(desk.url + PATH, json=desk.message("1101", {"data": credential()}), timeout=10)
        answer = session.post(desk.url + PATH, json=desk.message("1101", {"data": credential()}), timeout=10)
    assert answer.json()["infcode"] == 0


def test_refuse_says_no_and_books_nothing(desk: Desk) -> None:
    switch_on(desk, {"name": "refuse", "infno": "2102"})
    assert "系统繁忙" in desk.refusal("2102", purchase())
    assert desk.ledger() == []
    assert desk.call("2101", purchase())["infcode"] == 0


def test_http_500_is_a_page_and_books_nothing(desk: Desk) -> None:
    switch_on(desk, {"name": "http_500"})
    answer = desk.post(desk.message("2102", purchase()))
    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith("text/html")
    assert desk.ledger() == []


def test_http_500_after_is_a_page_and_the_settlement_stands(desk: Desk) -> None:
    switch_on(desk, {"name": "http_500_after", "infno": "2102"})
    answer = desk.post(desk.message("2102", purchase()))
    assert (answer.status_code, answer.text[:6]) == (500, "<html>")
    assert len(desk.ledger()) == 1


def test_string_typed_is_the_same_answer_in_texts(desk: Desk) -> None:
    plain = desk.output("2101", purchase())
    switch_on(desk, {"name": "string_typed"})
    answer = desk.call("2101", purchase())
    assert answer["infcode"] == "0"
    assert isinstance(answer["output"], str)
    output = simplejson.loads(answer["output"])
    assert output["setlinfo"]["medfee_sumamt"] == "78.60"
    assert output["detlcutinfo"][0]["cnt"] == str(plain["detlcutinfo"][0]["cnt"])
    refused = desk.call("2101", purchase(med_type="52"))
    assert (refused["infcode"], refused["output"]) == ("-1", "")


def test_string_for_object_comes_after_the_commit(desk: Desk) -> None:
    switch_on(desk, {"name": "string_for_object", "infno": "2102"})
    output = desk.call("2102", purchase())["output"]
    assert isinstance(output["setlinfo"], str)
    assert isinstance(output["setldetail"], list)
    assert len(desk.ledger()) == 1
    assert isinstance(desk.output("2101", purchase())["setlinfo"], dict)


def test_off_by_one_fen_is_wrong_in_trial_answer_and_ledger_alike(desk: Desk) -> None:
    switch_on(desk, {"name": "off_by_one_fen"})
    tried, settled = desk.output("2101", purchase()), desk.settle()
    for output in (tried, settled):
        info = output["setlinfo"]
        assert (str(info["acct_pay"]), str(info["psn_cash_pay"])) == ("63.59", "15.01")
        assert str(info["balc"]) == "1139.96"
        assert str(output["setldetail"][0]["fund_payamt"]) == "63.59"
    (row,) = desk.ledger()
    assert (row["acct_pay"], row["psn_cash_pay"]) == ("63.59", "15.01")
    assert desk.balance() == "1139.96"
    desk.output("2103", cancellation(settled["setlinfo"]))
    assert desk.balance() == "1203.55"


def test_off_by_one_fen_may_break_the_sums_too(desk: Desk) -> None:
    switch_on(desk, {"name": "off_by_one_fen", "figure": "cash", "alone": True})
    info = desk.settle()["setlinfo"]
    assert str(info["psn_part_amt"]) == "78.60"
    assert str(info["acct_pay"] + info["psn_cash_pay"]) == "78.61"


class Gate:
    """A delay that lasts until the test opens the gate; tells when a message has come to it."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.opened = threading.Event()
        self.waits_ms: list[int] = []

    async def __call__(self, duration_ms: int) -> None:
        self.waits_ms.append(duration_ms)
        self.reached.set()
        while not self.opened.is_set():
            await asyncio.sleep(0.001)


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def gated_desk(start_front_end: StartFrontEnd, gate: Gate) -> Desk:
    desk = Desk(start_front_end(pause=gate).url)
    desk.sign_in()
    return desk


def give_up(desk: Desk, message: dict[str, Any], gate: Gate) -> None:
    """Sends a message from a client that does not wait, once the message has come to the gate."""
    with ThreadPoolExecutor(1) as till:
        hurried = Desk(desk.url, timeout_s=0.05)
        sent = till.submit(hurried.send, message)
        assert gate.reached.wait(30)
        with pytest.raises(requests.ReadTimeout):
            sent.result()


def test_a_late_answer_was_committed_at_once(gated_desk: Desk, gate: Gate) -> None:
    switch_on(gated_desk, {"name": "late", "infno": "2102", "ms": 12_000})
    message = gated_desk.message("2102", purchase())
    give_up(gated_desk, message, gate)
    assert [row["msgid"] for row in gated_desk.ledger()] == [message["msgid"]]
    assert gate.waits_ms == [12_000]


def test_a_late_answer_comes_in_the_end(desk: Desk) -> None:
    switch_on(desk, {"name": "late", "infno": "2102", "ms": 20})
    assert desk.settle()["setlinfo"]["setl_id"]


def test_a_late_commit_happens_although_the_client_has_given_up(gated_desk: Desk, gate: Gate) -> None:
    switch_on(gated_desk, {"name": "late_commit", "infno": "2102", "times": 1, "ms": 9000})
    message = gated_desk.message("2102", purchase())
    give_up(gated_desk, message, gate)
    assert gated_desk.ledger() == []
    assert "原交易不存在" in gated_desk.reverse(message["msgid"])["err_msg"]
    gate.opened.set()
    while not gated_desk.ledger():
        pass
    assert [row["msgid"] for row in gated_desk.ledger()] == [message["msgid"]]
    assert gated_desk.reverse(message["msgid"])["infcode"] == 0
    assert gated_desk.balance() == "1203.55"


def test_a_commit_after_a_reversal_turns_up_when_the_reversal_has_found_nothing(gated_desk: Desk, gate: Gate) -> None:
    switch_on(gated_desk, {"name": "commit_after_reversal", "infno": "2102", "times": 1, "ms": 60_000})
    message = gated_desk.message("2102", purchase())
    give_up(gated_desk, message, gate)
    assert gated_desk.ledger() == []
    assert "原交易不存在" in gated_desk.reverse(message["msgid"])["err_msg"]
    assert [row["msgid"] for row in gated_desk.ledger()] == [message["msgid"]]
    assert gated_desk.reverse(message["msgid"])["infcode"] == 0
    gate.opened.set()
    assert gated_desk.balance() == "1203.55"


def test_twice_books_once_and_answers_that_the_message_repeats(desk: Desk) -> None:
    switch_on(desk, {"name": "twice", "infno": "2102", "times": 1})
    message = desk.message("2102", purchase())
    assert "重复" in desk.send(message)["err_msg"]
    assert [row["msgid"] for row in desk.ledger()] == [message["msgid"]]
    assert desk.reverse(message["msgid"])["infcode"] == 0


def test_a_truncated_answer_has_the_length_of_what_was_sent(desk: Desk) -> None:
    switch_on(desk, {"name": "truncated", "infno": "2102", "times": 1})
    answer = desk.post(desk.message("2102", purchase()))
    assert int(answer.headers["content-length"]) == len(answer.content)
    with pytest.raises(ValueError, match="line 1"):
        simplejson.loads(answer.content)
    assert len(desk.ledger()) == 1


def test_an_answer_may_come_twice_in_one_body(desk: Desk) -> None:
    switch_on(desk, {"name": "answered_twice", "infno": "2102", "times": 1})
    with pytest.raises(ValueError, match="Extra data"):
        desk.settle()
    assert len(desk.ledger()) == 1


def test_a_foreign_answer_is_that_of_the_customer_before(desk: Desk) -> None:
    before = desk.settle(LI)["setlinfo"]
    switch_on(desk, {"name": "foreign", "infno": "2102", "times": 1})
    assert desk.settle()["setlinfo"] == before
    assert len(desk.ledger()) == 2


def test_a_gateway_refusal_never_reaches_the_bureau(desk: Desk) -> None:
    switch_on(desk, {"name": "gateway_refusal", "infno": "2102", "times": 1})
    message = desk.message("2102", purchase())
    assert desk.send(message) == {"code": 401, "message": "签名不一致"}
    assert desk.send(message)["infcode"] == 0


def test_a_skewed_clock_is_in_every_answer_and_in_the_ledger_until_the_faults_are_replaced(desk: Desk) -> None:
    switch_on(desk, {"name": "clock_skew", "infno": "2102", "times": 1, "seconds": -600})
    assert desk.call("2101", purchase())["respond_time"].startswith("20261121091812")
    assert desk.settle()["setlinfo"]["setl_time"] == "2026-11-21 09:08:12"
    assert desk.call("2101", purchase())["respond_time"].startswith("20261121090812")
    assert [row["setl_time"] for row in desk.ledger()] == ["2026-11-21 09:08:12"]
    switch_on(desk)
    assert desk.call("2101", purchase())["respond_time"].startswith("20261121091812")


def test_faults_wait_for_their_transaction_while_others_pass(desk: Desk) -> None:
    switch_on(desk, {"name": "late", "infno": "2102", "ms": 20}, {"name": "http_500", "infno": "2101", "times": 1})
    with ThreadPoolExecutor(1) as till:
        settling = till.submit(desk.settle)
        assert desk.post(desk.message("2101", purchase())).status_code == 500
        assert desk.call("1101", {"data": credential()})["infcode"] == 0
        assert settling.result()["setlinfo"]["psn_no"] == ZHANG
    assert fired(desk) == [1, 1]


def test_a_body_too_large_for_any_message_is_turned_away(desk: Desk) -> None:
    answer = requests.post(desk.url + PATH, data=b" " * (5 * 1024 * 1024), timeout=10)
    assert answer.status_code == 413


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b"{}"])
def test_bytes_that_are_no_message_are_answered_in_the_envelope(front_end: FrontEnd, body: bytes) -> None:
    answer = requests.post(front_end.url + PATH, data=body, timeout=10)
    assert (answer.status_code, answer.json()["infcode"]) == (200, -1)
    assert answer.headers["content-type"] == "application/json;charset=UTF-8"


def test_faults_given_at_the_start_are_on_from_the_first_message(start_front_end: StartFrontEnd) -> None:
    desk = Desk(start_front_end(faults=[fault_of_option("refuse=1101*1")]).url)
    desk.sign_in()
    assert "系统繁忙" in desk.refusal("1101", {"data": credential()})
    assert desk.call("1101", {"data": credential()})["infcode"] == 0


def test_a_client_that_hangs_up_while_it_sends_disturbs_nobody(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    host, port = desk.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as half:
        half.sendall(f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n{{".encode())
    assert desk.call("1101", {"data": credential()})["infcode"] == 0
    assert caplog.messages == []
