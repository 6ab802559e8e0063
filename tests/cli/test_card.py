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


def test_a_service_that_does_not_run_is_told_with_how_to_start_it(pos_client: PosClient) -> None:
    done = pos_client("card", "doctor", "--reader", "pcsc:", PCSCLITE_CSOCK_NAME="/nonexistent/pcscd.comm")
    assert done.returncode == 4
    assert done.stdout.splitlines()[0].startswith("✗ 读卡服务：")
    assert "systemctl enable" in done.stdout.splitlines()[1]
