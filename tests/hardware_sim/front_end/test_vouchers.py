"""Electronic vouchers: issued by the control endpoint, good once, for a few minutes."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import requests

from hardware_sim.front_end.server import FrontEnd
from hardware_sim.front_end.vouchers import GOOD_FOR

from .desk import LI, ZHANG, Desk, credential, purchase


def issue(front_end: FrontEnd, **of: str) -> dict[str, str]:
    answer = requests.post(front_end.control_url + "/_sim/vouchers", json=of, timeout=10)
    assert answer.status_code == 200, answer.text
    document: dict[str, str] = answer.json()
    return document


def by_voucher(token: str, **papers: str) -> dict[str, Any]:
    return {"data": {"mdtrt_cert_type": "01", "mdtrt_cert_no": token, **papers}}


def test_a_voucher_gives_the_same_person_as_the_card(front_end: FrontEnd, desk: Desk) -> None:
    by_card = desk.output("1101", {"data": credential()})
    for of in ({"persona": "zhang-jianguo"}, {"psn_no": ZHANG}):
        assert desk.output("1101", by_voucher(issue(front_end, **of)["token"])) == by_card


def test_a_voucher_is_opaque_and_says_until_when_it_is_good(front_end: FrontEnd) -> None:
    first, second = issue(front_end, psn_no=ZHANG), issue(front_end, psn_no=ZHANG)
    assert first["token"] != second["token"]
    assert (len(first["token"]), first["token"].isdigit()) == (28, True)
    assert datetime.fromisoformat(first["expires_at"]) == datetime.fromisoformat("2026-11-21T09:18:12+08:00") + GOOD_FOR


def test_a_voucher_is_good_once(front_end: FrontEnd, desk: Desk) -> None:
    token = issue(front_end, psn_no=ZHANG)["token"]
    desk.output("1101", by_voucher(token))
    assert "医保电子凭证令牌已使用" in desk.refusal("1101", by_voucher(token))
    assert "医保电子凭证令牌已使用" in desk.refusal(
        "2101", purchase(mdtrt_cert_type="01", mdtrt_cert_no=token, card_sn="")
    )


def test_a_refused_message_uses_no_voucher_up(front_end: FrontEnd, desk: Desk) -> None:
    token = issue(front_end, psn_no=ZHANG)["token"]
    assert "psn_name" in desk.refusal("1101", by_voucher(token, psn_name="张建过"))
    assert desk.output("1101", by_voucher(token))["baseinfo"]["psn_name"] == "张建国"


def test_a_voucher_expires(front_end: FrontEnd, desk: Desk) -> None:
    token = issue(front_end, psn_no=ZHANG)["token"]
    late = {"offset_s": int((GOOD_FOR + timedelta(seconds=1)).total_seconds())}
    requests.put(front_end.control_url + "/_sim/clock", json=late, timeout=10).raise_for_status()
    assert "医保电子凭证令牌无效或已过期" in desk.refusal("1101", by_voucher(token))


def test_a_fresh_voucher_settles_and_one_of_another_person_does_not(front_end: FrontEnd, desk: Desk) -> None:
    def settling(psn_no: str) -> dict[str, Any]:
        return purchase(mdtrt_cert_type="01", mdtrt_cert_no=issue(front_end, psn_no=psn_no)["token"], card_sn="")

    assert "不是同一参保人员" in desk.refusal("2102", settling(LI))
    assert desk.output("2102", settling(ZHANG))["setlinfo"]["mdtrt_cert_type"] == "01"


@pytest.mark.parametrize(
    "of",
    [
        {},
        {"persona": "nobody"},
        {"persona": "bank-card"},
        {"psn_no": "1"},
        {"psn_no": 1},
        {"psn_no": ZHANG, "persona": "zhang-jianguo"},
    ],
)
def test_a_voucher_of_nobody_is_not_issued(front_end: FrontEnd, of: dict[str, object]) -> None:
    answer = requests.post(front_end.control_url + "/_sim/vouchers", json=of, timeout=10)
    assert answer.status_code == 400
    assert len(answer.json()["error"].split()) > 3
