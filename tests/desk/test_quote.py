"""A quote for a person who was identified before, and what an account of the family makes of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from pos_client.benefit import Event
from pos_client.desk.assess import assess_event, line_of
from pos_client.desk.cart import fill_cart
from pos_client.desk.identify import identify
from pos_client.desk.quote import estimate_for, quote, quote_for
from pos_client.desk.records import sale_record
from pos_client.desk.settle import settle
from pos_client.desk.station import Desk
from pos_client.errors import EnvironmentProblem, Refused
from pos_client.sync.region import AccountUse

from .world import CONSENT_ITEM, World, orders, world_in

FAMILY_FEN = 500_00  # of ma-yan


@pytest.fixture
def hunan(tmp_path: Path) -> Iterator[World]:
    """A counter in a region that knows family accounts, the card of a person who may use one in its reader."""
    with world_in(tmp_path, edition="hunan") as world:
        world.insert("ma-yan")
        yield world


def _cart(desk: Desk, *typed: str) -> Any:
    return fill_cart(desk.office.store, orders(typed), consent_signed=True)


def _accounts(world: World) -> tuple[str, str]:
    """Own balance and the family's, of ma-yan."""
    people = requests.get(f"{world.front_end.control_url}/_sim/persons", timeout=10).json()["persons"]
    (ma,) = (one for one in people if one["family_balance"] is not None)
    return ma["balance"], ma["family_balance"]


def test_who_was_identified_once_is_quoted_without_a_card(world: World) -> None:
    with world.desk() as desk:
        identified = identify(desk, desk.office.region.visits["pharmacy"])
        world.slot.remove()
        for account, cash_fen in ((AccountUse.NO, 1260), (AccountUse.OWN, 0)):
            quoted = quote_for(desk, identified, _cart(desk, "YD0001"), account=account)
            assert (quoted.due_fen, quoted.differences) == (cash_fen, ())


def test_an_estimate_asks_nobody(world: World) -> None:
    with world.desk() as desk:
        identified = identify(desk, desk.office.region.visits["pharmacy"])
        world.faults({"name": "down"})
        purchase, assessment = estimate_for(desk, identified, _cart(desk, "YD0001"), account=AccountUse.OWN)
        assert (purchase.total_fen, assessment.settled is not None) == (1260, True)
        with pytest.raises(EnvironmentProblem) as told:
            quote_for(desk, identified, _cart(desk, "YD0001"), account=AccountUse.OWN)
        assert told.value.code == "N-DOWN"


def test_a_family_account_pays_what_the_bureau_says(hunan: World) -> None:
    with hunan.desk() as desk:
        quoted = quote(desk, orders(["YD0001", CONSENT_ITEM]), account=AccountUse.FAMILY, consent_signed=True)
        assert quoted.differences == (), "what we cannot know is no difference"
        assert (quoted.trial.account_pay_fen, quoted.trial.family_pay_fen) == (1260, 1260)
        assert quoted.trial.account_balance_fen == 88_00, "the own account stays as it is"
        (patient,) = (one.text for one in quoted.assessment.sentences if one.key == "patient")
        assert "共济账户的余额本机不知道" in patient
        assert not any(one.key == "account" for one in quoted.assessment.sentences)
        sold = settle(desk, quoted, quoted.due_fen)
        assert sale_record(quoted)["account"] == "family"
    assert (sold.differences, sold.change_fen) == ((), 0)
    assert _accounts(hunan) == ("88.00", "487.40")
    hunan.void(sold.id)
    assert _accounts(hunan) == ("88.00", "500.00")
    assert hunan.agreement().disagreements == ()


def test_other_figures_are_still_compared_when_a_family_account_pays(hunan: World) -> None:
    with hunan.desk() as desk:
        hunan.faults({"name": "off_by_one_fen", "figure": "fund", "infno": "2101"})
        quoted = quote(desk, orders(["YD0001"]), account=AccountUse.FAMILY, consent_signed=True)
    assert {one.figure for one in quoted.differences} == {"fund.pool", "fund_total"}


def test_who_has_no_family_account_is_refused_by_the_bureau(hunan: World) -> None:
    hunan.insert("zhang-jianguo")
    with hunan.desk() as desk, pytest.raises(Refused) as told:
        quote(desk, orders(["YD0001"]), account=AccountUse.FAMILY, consent_signed=True)
    assert told.value.code == "R-2101"
    assert "未办理家庭共济" in told.value.sentence("zh")


def test_a_region_without_family_accounts_is_not_asked(world: World) -> None:
    with world.desk() as desk:
        identified = identify(desk, desk.office.region.visits["pharmacy"])
        with pytest.raises(Refused) as told:
            quote_for(desk, identified, _cart(desk, "YD0001"), account=AccountUse.FAMILY)
    assert told.value.code == "S-FAMILY"


@pytest.mark.parametrize(("account", "kept"), [(AccountUse.NO, False), (AccountUse.OWN, True)])
def test_the_record_of_a_sale_says_which_account_paid(world: World, account: AccountUse, kept: bool) -> None:
    with world.desk() as desk:
        record = sale_record(quote(desk, orders(["YD0001"]), account=account, consent_signed=True))
    assert (record["use_account"], record["account"]) == (kept, account.value)


def test_a_stay_is_assessed_by_the_same_rules(world: World) -> None:
    with world.desk() as desk:
        office = desk.office
        identified = identify(desk, office.region.visits["inpatient"])
        today = office.bureau.now.date()
        lines = tuple(line_of(one) for one in _cart(desk, "YD0001*100"))
        stay = Event(type="inpatient", admit=today, discharge=today, level=2, place="local", lines=lines)
        told = {
            account: assess_event(desk.policies, "yizheng", identified, stay, day=today, account=account, language="zh")
            for account in AccountUse
        }
    splits = {account: one.settled for account, one in told.items() if one.settled is not None}
    assert [split.eligible_fen for split in splits.values()] == [1260_00] * 3
    own_fen = splits[AccountUse.OWN].account_pay_fen
    assert own_fen > 0
    assert [split.account_pay_fen for split in splits.values()] == [0, own_fen, 0]
    assert any("共济账户" in one.text for one in told[AccountUse.FAMILY].sentences)
