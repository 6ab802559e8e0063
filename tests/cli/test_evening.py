"""The evening as the command runs it: page, JSON, kept report, exit code."""

import json
import os

import click
import pytest

from pos_client.cli.evening import run_nightly
from pos_client.runtime import business_date
from tests.desk.world import World


@pytest.fixture
def at_the_world(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    for name, value in (world.environment | {"LANG": "C.UTF-8"}).items():
        monkeypatch.setitem(os.environ, name, value)
    return world


def test_a_quiet_evening_prints_and_keeps_its_page(at_the_world: World, capsys: pytest.CaptureFixture[str]) -> None:
    at_the_world.sell("YD0001")
    run_nightly(at_the_world.home, as_json=False)
    printed = capsys.readouterr().out
    assert "结论：账都平" in printed
    kept = at_the_world.home.reports / f"{business_date(at_the_world.clock.now_utc())}.txt"
    assert kept.read_text(encoding="utf-8") == printed


def test_as_json_it_is_one_object_and_a_difference_is_the_exit_code(
    at_the_world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    at_the_world.sell("YD0001")
    at_the_world.faults({"name": "recon_missing", "infno": "3201"})
    with pytest.raises(click.exceptions.Exit) as ended:
        run_nightly(at_the_world.home, as_json=True)
    assert ended.value.exit_code == 1
    printed = capsys.readouterr()
    record = json.loads(printed.out)
    assert record["days"] == {record["day"]: "differs"}
    assert [one["kind"] for one in record["tasks"]] == ["totals_differ"]
    assert (record["open"], record["escrowed"], record["problems"]) == (0, False, [])
    assert record["backup"].endswith(".db")
    assert "与医保中心对总账不平" in printed.err
