"""A settled sale is computed again from what was kept of it, to the fen, and under other rules."""

from datetime import date
from pathlib import Path

import pytest

from pos_client.benefit import record_of_split, split
from pos_client.benefit.kept_bill import bill_of_kept_record
from pos_client.desk.books import open_books
from pos_client.desk.policies import SHIPPED_FOLDER, HomePolicies, used_versions
from pos_client.desk.replay_report import Report, replay_file, replay_sales
from pos_client.errors import EnvironmentProblem, OutcomeUnknown
from pos_client.offline.settled_sales import SettledSale, settled_since
from tests.benefit.test_replay import jiangsu
from tests.desk.policy_files import NO_ACCOUNT, put_in_force, signer, write_policy
from tests.desk.world import CONSENT_ITEM, World
from tests.virtual import fresh_home

EVER = date(2000, 1, 1)
SHIPPED_YIZHENG = SHIPPED_FOLDER / "yizheng" / "2010-01-01.toml"
ASRUN = SHIPPED_FOLDER / "jiangsu-city-asrun" / "2004-01-01.toml"


def settled(world: World, since: date = EVER) -> list[SettledSale]:
    with open_books(world.home, {}, world.runtime) as books, books.store.read() as connection:
        return list(settled_since(connection, since))


def report(world: World, file: Path, since: date = EVER) -> Report:
    with open_books(world.home, {}, world.runtime) as books:
        return replay_sales(books, file, since)


def test_a_stored_sale_is_split_again_to_the_fen(world: World) -> None:
    world.sell("YD0001*3", "YD0004*2", "YD0002", CONSENT_ITEM, use_account=True)
    [sale] = settled(world)
    stored = sale.record["split"]
    bill = bill_of_kept_record(sale.record["bill"])
    policy = HomePolicies(world.home).pick(stored["policy"]["id"], date.fromisoformat(sale.business_date))
    again = record_of_split("", split(policy, bill))
    assert again == stored
    assert stored["policy"]["sha256"] == policy.ref.sha256
    assert [one["sha256"] for one in stored["policy"]["includes"]] == [one.sha256 for one in policy.ref.includes]


def test_under_the_same_rules_nothing_differs(world: World) -> None:
    world.sell("YD0001", "YD0004", CONSENT_ITEM, use_account=True)
    found = report(world, SHIPPED_YIZHENG)
    assert [bill.kind for bill in found.replayed] == ["same"]
    assert found.before[0][0] == found.after[0]
    assert found.before[0][1] == 1


def test_under_other_rules_the_difference_has_its_figure(world: World, tmp_path: Path) -> None:
    sold = world.sell("YD0001", use_account=True)
    [bill] = report(world, write_policy(tmp_path / "new.toml", *NO_ACCOUNT)).replayed
    assert (bill.id, bill.category, bill.harm_fen) == (sold.id, "active", 0)
    assert bill.changed_fen() == {"pa_pay": -1260, "cash_pay": 1260}


def test_only_sales_that_stand_and_are_of_these_days_are_computed(world: World) -> None:
    voided = world.sell("YD0001")
    world.void(voided.id)
    kept = world.sell("YD0001")
    world.faults({"name": "drop_answer", "infno": "2102", "times": 1})
    with pytest.raises(OutcomeUnknown):
        world.sell("YD0001")
    assert [sale.id for sale in settled(world)] == [kept.id]
    assert settled(world, since=date(2100, 1, 1)) == []


def test_a_sale_that_could_not_be_checked_stands_apart_and_can_be_computed_later(world: World, tmp_path: Path) -> None:
    own = write_policy(world.home.policies / "yizheng" / "2012-01-01.toml", *NO_ACCOUNT)
    world.sell("YD0001", use_account=True)
    [bill] = report(world, own).replayed
    assert (bill.kind, bill.before["reasons"], bill.after["pa_pay"]) == ("held", ["NO_POLICY_VERSION"], "0.00")


def test_a_sale_of_an_older_program_is_refused_by_its_number(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos_client.desk.settle.sale_record", lambda quoted: {"lines": []})
    sold = world.sell("YD0001")
    [bill] = report(world, SHIPPED_YIZHENG).replayed
    assert (bill.id, bill.kind) == (sold.id, "refused")


def test_the_versions_that_settled_bills_are_known_with_their_hashes(world: World) -> None:
    world.sell("YD0001")
    world.sell("YD0001")
    with open_books(world.home, {}, world.runtime) as books:
        [(record, count)] = used_versions(books.store)
    assert (record["id"], record["includes"][0]["id"], count) == ("yizheng", "cn", 2)
    assert len(record["sha256"]) == 64


def test_a_file_of_bills_gives_the_harm_of_the_wrong_limit(tmp_path: Path) -> None:
    home, _ = fresh_home(tmp_path)
    lines = (
        jiangsu("a", "active", "25000.00"),
        jiangsu("b", "retired", "25000.00"),
        jiangsu("c", "retired", "90000.00"),
    )
    (tmp_path / "bills.jsonl").write_text("\n\n".join(line for line, _ in lines) + "\n", encoding="utf-8")
    found = replay_file(home, ASRUN, tmp_path / "bills.jsonl")
    assert [bill.harm_fen for bill in found.replayed] == [32682, 40809, 430809]
    assert [bill.category for bill in found.replayed] == ["active", "retired", "retired"]
    assert (found.status, found.after[0].id, found.before[0][0].id) == (
        "simulated",
        "jiangsu-city-asrun",
        "jiangsu-city",
    )


def test_an_unsigned_file_in_the_home_is_no_yardstick_for_itself(tmp_path: Path) -> None:
    home, _ = fresh_home(tmp_path)
    lower = ("value = 400 }]", "value = 300 }]"), ("valid_from = 2004-01-01", "valid_from = 2004-02-01")
    own = write_policy(home.policies / "jiangsu-city" / "2004-02-01.toml", *lower, like="jiangsu-city/2004-01-01")
    (tmp_path / "bills.jsonl").write_text(jiangsu("a", "active", "5000.00")[0], encoding="utf-8")
    assert [bill.harm_fen for bill in replay_file(home, own, tmp_path / "bills.jsonl").replayed] == [-8200]
    put_in_force(home, own, signer(tmp_path))
    assert [bill.harm_fen for bill in replay_file(home, own, tmp_path / "bills.jsonl").replayed] == [0]


def test_bills_that_cannot_be_read_stop_the_replay(tmp_path: Path) -> None:
    home, _ = fresh_home(tmp_path)
    with pytest.raises(EnvironmentProblem) as caught:
        replay_file(home, ASRUN, tmp_path)
    assert caught.value.code == "POL-51"
