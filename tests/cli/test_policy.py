"""``pos-client policy``: from a changed number to a version in force, in words and as JSON."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pos_client.cli import cli
from pos_client.config import Home
from pos_client.desk.policies import SHIPPED_FOLDER
from tests.benefit.test_replay import jiangsu
from tests.cli.conftest import PosClient
from tests.desk.policy_files import NO_ACCOUNT, write_policy
from tests.desk.world import World

Policy = Callable[..., Result]
ASRUN = SHIPPED_FOLDER / "jiangsu-city-asrun" / "2004-01-01.toml"
SHIPPED_YIZHENG = SHIPPED_FOLDER / "yizheng" / "2010-01-01.toml"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def policy(home: Home, monkeypatch: pytest.MonkeyPatch) -> Policy:
    """Runs ``pos-client policy …`` in this process, in Chinese unless told otherwise."""

    def run(*arguments: object, language: str = "zh") -> Result:
        monkeypatch.setenv("POS_CLIENT_LANGUAGE", language)
        words = ["--home", str(home.folder), "policy", *map(str, arguments)]
        return CliRunner().invoke(cli, words)

    return run


@pytest.fixture
def bills(tmp_path: Path) -> Path:
    file = tmp_path / "bills.jsonl"
    lines = [
        jiangsu("active-25000", "active", "25000.00"),
        jiangsu("retired-25000", "retired", "25000.00"),
        jiangsu("retired-90000", "retired", "90000.00"),
        jiangsu("same", "active", "5000.00"),
        jiangsu("held", "active", "5000.00", level=3),
    ]
    file.write_text("\n".join(line for line, _ in lines), encoding="utf-8")
    return file


def objects(done: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_list_names_every_version_with_its_aliases(policy: Policy) -> None:
    done = policy("list")
    assert done.exit_code == 0
    assert "jiangsu-city  2004-01-01 r1  正式  随程序提供" in done.stdout
    assert "别名 yizheng-2010" in done.stdout
    assert "模拟，不能收费" in done.stdout
    assert {one["id"] for one in objects(policy("list", "--json"))} >= {"yizheng", "cn", "jiangsu-city-asrun"}


def test_looking_at_policies_makes_no_data_folder(policy: Policy, home: Home) -> None:
    policy("list")
    policy("show", "yizheng")
    policy("check", SHIPPED_YIZHENG)
    assert not home.folder.exists()


def test_a_broken_file_is_listed_with_its_reason_and_a_draft_may_be_unfinished(policy: Policy, home: Home) -> None:
    draft = ('status = "in_force"', 'status = "draft"')
    write_policy(home.policies / "yizheng" / "2012-01-01.toml", NO_ACCOUNT[0], draft)
    assert policy("list").exit_code == 0
    write_policy(home.policies / "yizheng" / "2013-01-01.toml")
    done = policy("list", language="en")
    assert done.exit_code == 1
    assert "(POL-05)" in done.stdout


def test_a_version_is_shown_with_its_figures_its_source_and_what_it_leaves_open(policy: Policy) -> None:
    done = policy("show", "yizheng", "--on", "2010-05-04")
    for said in (
        "仪征市城镇职工医疗保险 2010",
        "002_48ea30cd345648b9.txt",
        "包含  cn 2000-01-01",
        "benefit.inpatient.layer.pool.cap.amount  40000",
        "原文没有写明",
        "原文没有的数",
    ):
        assert said in done.stdout
    [record] = objects(policy("show", "yizheng-2010", "--on", "2012-05-04", "--json"))
    assert record["includes"][0]["valid_from"] == "2011-07-01"
    assert record["figures"]["dates.year_starts"] == "01-01"
    assert record["unset"]


def test_a_check_tells_where_a_good_file_belongs(policy: Policy, tmp_path: Path) -> None:
    done = policy("check", write_policy(tmp_path / "draft.toml", *NO_ACCOUNT))
    assert done.exit_code == 0
    assert "policies/yizheng/2012-01-01.toml" in done.stdout


def test_a_check_names_file_line_and_key_of_a_fault(policy: Policy, tmp_path: Path) -> None:
    wrong = write_policy(tmp_path / "draft.toml", ("amount = 40000", "amuont = 40000"))
    done = policy("check", wrong, "--json")
    [record] = objects(done)
    line = wrong.read_text(encoding="utf-8").splitlines()[record["line"] - 1]
    assert (done.exit_code, record["ok"], record["key"]) == (1, False, "benefit[1].layer[1].cap.amuont")
    assert "amuont" in line
    assert "draft.toml" in done.stderr


def test_a_diff_shows_the_one_number_and_the_date(policy: Policy, tmp_path: Path) -> None:
    raised = ("level = 2 }, value = 600", "level = 2 }, value = 650")
    new = write_policy(tmp_path / "new.toml", NO_ACCOUNT[0], raised)
    key = "benefit.inpatient.deductible.amount[category=active, level=2]"
    assert objects(policy("diff", "yizheng@2012-05-04", new, "--json")) == [
        {"key": "policy.valid_from", "kind": "changed", "old": "2010-01-01", "new": "2012-01-01"},
        {"key": key, "kind": "changed", "old": "600", "new": "650"},
    ]
    assert f"改  {key}：600 → 650" in policy("diff", "yizheng@2012-05-04", new).stdout
    assert "没有变化" in policy("diff", new, new).stdout


def test_the_history_of_a_key_has_dates_and_sources(policy: Policy) -> None:
    done = policy("history", "jiangsu-city", "benefit.inpatient.deductible.amount", language="en")
    assert "2001-01-01 r1  in force" in done.stdout
    assert "* 2004-01-01" in done.stdout
    stands = objects(policy("history", "jiangsu-city", "benefit.inpatient.layer.pool.cap", "--json"))
    assert [stand["valid_from"] for stand in stands] == ["2001-01-01", "2004-01-01"]
    assert "（没有）" in policy("history", "jiangsu-city", "benefit.inpatient.layer.relief.cap").stdout


def test_the_harm_report_of_the_faulty_software(policy: Policy, bills: Path) -> None:
    done = policy("replay", "--policy", ASRUN, "--bills", bills)
    assert done.exit_code == 0
    for said in (
        "active-25000  active  2,811.18 → 3,138.00  +326.82",
        "retired-25000  retired  2,148.51 → 2,556.60  +408.09",
        "retired-90000  retired  11,248.51 → 15,556.60  +4,308.09",
        "held  active  NO_RULE_DEDUCTIBLE / NO_RULE_DEDUCTIBLE",
        "合计  4 张，3 张不同",
        "统筹基金",
    ):
        assert said in done.stdout
    assert "same" not in done.stdout


def test_the_harm_report_as_json_says_both_versions(policy: Policy, bills: Path) -> None:
    *differing, held, summary = objects(policy("replay", "--policy", ASRUN, "--bills", bills, "--json"))
    assert [one["harm"] for one in differing] == ["326.82", "408.09", "4308.09"]
    assert held["kind"] == "held"
    assert summary["totals"]["net"] == "5043.00"
    assert summary["by_category"]["retired"]["dearer"] == "4716.18"
    assert summary["policy_before"][0]["id"] == "jiangsu-city"
    assert len(summary["policy_after"][0]["sha256"]) == 64
    assert summary["policy_after"][0]["includes"][0]["id"] == "cn"


def test_a_bill_that_cannot_be_read_ends_with_one_and_the_others_are_computed(policy: Policy, bills: Path) -> None:
    bills.write_text(bills.read_text(encoding="utf-8") + "\n{broken\n", encoding="utf-8")
    done = policy("replay", "--policy", ASRUN, "--bills", bills, language="en")
    assert done.exit_code == 1
    assert "+326.82" in done.stdout
    assert "#6" in done.stdout
    assert objects(policy("replay", "--policy", ASRUN, "--bills", bills, "--json"))[-1]["refused"] == 1


def test_bills_of_a_file_and_of_this_home_are_not_mixed(policy: Policy, bills: Path) -> None:
    assert policy("replay", "--policy", ASRUN, "--bills", bills, "--since", "2026-01-01").exit_code == 2


def test_from_a_key_to_a_version_in_force(policy: Policy, home: Home, tmp_path: Path) -> None:
    key = tmp_path / "signer.pem"
    assert policy("key", key).exit_code == 0
    own = write_policy(home.policies / "yizheng" / "2012-01-01.toml", *NO_ACCOUNT)
    assert "未签名" in policy("list").stdout
    assert policy("sign", own, "--key", key).exit_code == 0
    assert policy("list").exit_code == 1
    assert "指纹" in policy("trust", tmp_path / "signer.pub.pem").stdout
    done = policy("list")
    assert "已签名：signer" in done.stdout
    assert done.exit_code == 0


def test_the_settled_sales_of_a_home_are_replayed_by_the_real_program(
    world: World, pos_client: PosClient, tmp_path: Path
) -> None:
    sold = json.loads(pos_client("sale", "--item", "YD0001", "--use-account", "--json").stdout)
    new = write_policy(tmp_path / "new.toml", *NO_ACCOUNT)
    done = pos_client("policy", "replay", "--policy", str(new), "--json")
    found, summary = (json.loads(line) for line in done.stdout.splitlines())
    assert (found["id"], found["changed"]) == (sold["id"], {"pa_pay": "-12.60", "cash_pay": "12.60"})
    assert summary["totals"]["bills"] == 1
    edited = write_policy(tmp_path / "edited.toml", NO_ACCOUNT[1])
    refused = pos_client("policy", "check", str(edited))
    assert refused.returncode == 1
    assert "(POL-47)" in refused.stderr
    unknown = pos_client("policy", "show", "nowhere")
    assert (unknown.returncode, unknown.stdout) == (1, "")
