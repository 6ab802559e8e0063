"""Paying from an account of the family (家庭共济, Hunan): what pays, what goes back, and never more than there is."""

from decimal import Decimal
from typing import Any

import pytest
import requests

from .conftest import StartFrontEnd
from .desk import PAPERS, Desk, cancellation, purchase

MA = "43990000000000000000000003"
#: The rows of a purchase for 63.60: what the account may pay, own expense left out.
FAMILY_PAYS = Decimal("63.60")


@pytest.fixture(autouse=True)
def ma_yan(monkeypatch: pytest.MonkeyPatch) -> None:
    papers = {
        "mdtrt_cert_no": "A00000038",
        "card_sn": "439900D15600000500000003A1B2C303",
        "certno": "439999199605200030",
        "psn_name": "马𬍛䶮",
        "psn_type": "11",
    }
    monkeypatch.setitem(PAPERS, MA, papers)


@pytest.fixture
def desk(start_front_end: StartFrontEnd) -> Desk:
    desk = Desk(start_front_end(edition="hunan").url)
    desk.sign_in()
    return desk


def held(desk: Desk) -> tuple[str, str]:
    """What the own account and the family's hold."""
    people = requests.get(desk.url + "/_sim/persons", timeout=10).json()["persons"]
    (person,) = (one for one in people if one["psn_no"] == MA)
    return person["balance"], person["family_balance"]


def pays(info: dict[str, Any]) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    return info["acct_pay"], info["acct_mulaid_pay"], info["psn_cash_pay"], info["balc"]


def test_the_family_pays_in_place_of_the_own_account(desk: Desk) -> None:
    tried = desk.output("2101", purchase(MA, acct_used_flag="2"))["setlinfo"]
    assert held(desk) == ("88.00", "500.00")
    settled = desk.settle(MA, acct_used_flag="2")["setlinfo"]
    assert pays(tried) == pays(settled) == (FAMILY_PAYS, FAMILY_PAYS, Decimal("15.00"), Decimal("88.00"))
    assert held(desk) == ("88.00", "436.40")


def test_the_own_account_pays_when_it_is_asked_to(desk: Desk) -> None:
    info = desk.settle(MA)["setlinfo"]
    assert pays(info) == (FAMILY_PAYS, Decimal("0.00"), Decimal("15.00"), Decimal("24.40"))
    assert held(desk) == ("24.40", "500.00")


def test_a_cancellation_gives_the_family_its_money_back(desk: Desk) -> None:
    settled = desk.settle(MA, acct_used_flag="2")["setlinfo"]
    cancelled = desk.output("2103", cancellation(settled, MA))["setlinfo"]
    assert cancelled["acct_mulaid_pay"] == -FAMILY_PAYS
    assert held(desk) == ("88.00", "500.00")


def test_a_reversal_gives_the_family_its_money_back(desk: Desk) -> None:
    message = desk.message("2102", purchase(MA, acct_used_flag="2"))
    desk.send(message)
    assert desk.reverse(message["msgid"], MA)["infcode"] == 0
    assert held(desk) == ("88.00", "500.00")


def test_the_family_pays_no_more_than_it_holds(desk: Desk) -> None:
    rows = (("XTEST0000000000000000A1", "600", "1", "600.00"),)
    info = desk.output("2102", purchase(MA, rows, acct_used_flag="2"))["setlinfo"]
    assert pays(info) == (Decimal("500.00"), Decimal("500.00"), Decimal("100.00"), Decimal("88.00"))
    assert held(desk) == ("88.00", "0.00")


def test_a_faulty_bureau_does_not_overdraw_the_family_either(desk: Desk) -> None:
    rows = (("XTEST0000000000000000A1", "600", "1", "600.00"),)
    fault = {"name": "off_by_one_fen", "figure": "account", "alone": True}
    requests.put(desk.url + "/_sim/faults", json={"faults": [fault]}, timeout=10).raise_for_status()
    assert "共济账户余额不足" in desk.refusal("2102", purchase(MA, rows, acct_used_flag="2"))
    assert held(desk) == ("88.00", "500.00")
