"""``card``: what an IT person at the command line is told."""

import json

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from tests.cli.conftest import PosClient
from tests.desk.world import World


def test_the_doctor_walks_through_and_says_that_all_is_well(world: World, pos_client: PosClient) -> None:
    done = pos_client("card", "doctor")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) == 8
    assert all(line.startswith("✓ ") for line in lines)
    card = personas.load("zhang-jianguo").card
    assert card.name not in done.stdout
    assert card.id_number not in done.stdout


def test_the_doctor_names_the_step_that_failed_and_what_to_do(world: World, pos_client: PosClient) -> None:
    world.slot.insert(chip_of(personas.load("bank-card").card))
    done = pos_client("card", "doctor")
    assert done.returncode == 4
    bad = done.stdout.splitlines()[4]
    assert bad.startswith("✗ 社保应用：这是银行卡")
    assert "→ 换社会保障卡" in done.stdout
    found = [json.loads(line) for line in pos_client("card", "doctor", "--json").stdout.splitlines()]
    assert [one["state"] for one in found] == ["good"] * 4 + ["bad"] + ["left_out"] * 3


def test_the_tries_of_a_pin_are_told(world: World, pos_client: PosClient) -> None:
    world.slot.insert(chip_of(personas.load("last-try").card))
    assert "还可输 1 次" in pos_client("card", "pin", "tries").stdout
    world.slot.insert(chip_of(personas.load("locked-pin").card))
    locked = pos_client("card", "pin", "tries")
    assert (locked.returncode, "K-42" in locked.stderr) == (1, True)


def test_the_account_wants_the_pin(world: World, pos_client: PosClient) -> None:
    world.slot.insert(chip_of(personas.load("purse-open").card))
    refused = pos_client("card", "account")
    assert (refused.returncode, "K-43" in refused.stderr) == (1, True)


def test_a_pin_may_come_in_a_line_of_standard_input_and_spoils_no_output(world: World, pos_client: PosClient) -> None:
    world.slot.insert(chip_of(personas.load("purse-open").card))
    checked = pos_client("card", "pin", "verify", typed="123456\n")
    assert (checked.returncode, checked.stderr) == (0, "")
    told = pos_client("card", "account", "--pin", "--json", typed="123456\n")
    assert (told.returncode, told.stderr) == (0, "")
    assert json.loads(told.stdout)["purse"] is not None
    assert "123456" not in checked.stdout + told.stdout


def test_no_pin_at_all_is_wrong_use_and_the_card_sees_none(world: World, pos_client: PosClient) -> None:
    world.slot.insert(chip_of(personas.load("last-try").card))
    done = pos_client("card", "pin", "verify", typed="")
    assert done.returncode == 2
    assert "nothing on standard input" in done.stderr
    assert "还可输 1 次" in pos_client("card", "pin", "tries").stdout


def test_a_service_that_does_not_run_is_told_with_how_to_start_it(pos_client: PosClient) -> None:
    done = pos_client("card", "doctor", "--reader", "pcsc:", PCSCLITE_CSOCK_NAME="/nonexistent/pcscd.comm")
    assert done.returncode == 4
    assert done.stdout.splitlines()[0].startswith("✗ 读卡服务：")
    assert "systemctl enable" in done.stdout.splitlines()[1]


def test_readers_without_the_service_says_so_and_lists_what_else_there_is(pos_client: PosClient) -> None:
    down = {"POS_CLIENT_READER": "pcsc:", "PCSCLITE_CSOCK_NAME": "/nonexistent/pcscd.comm"}
    done = pos_client("readers", **down)
    assert done.returncode == 4
    assert done.stdout.startswith("✗ PC/SC  pcsc:\n")
    assert "PC/SC）没有运行" in done.stderr
    assert done.stderr.rstrip().endswith("(K-04)")
    first, *others = (json.loads(line) for line in pos_client("readers", "--json", **down).stdout.splitlines())
    assert (first["url"], first["trouble"]) == ("pcsc:", "K-04")
    assert all(one["trouble"] == "" for one in others)


def test_readers_lists_the_one_that_is_set_with_its_card(world: World, pos_client: PosClient) -> None:
    done = pos_client("readers")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0].startswith("● ")
    assert world.reader_url in done.stdout.splitlines()[0]
