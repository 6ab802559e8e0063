"""What the program leaves behind: on its terminal and in its home, after commands, vouchers and scans, as they fail."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.psam import Psam
from hardware_sim.card.slot import Slot
from hardware_sim.readers.models import POS_PRO
from hardware_sim.readers.reader import SerialReader
from hardware_sim.readers.serial_lines import TcpLine
from pos_client.card import pipe
from pos_client.card.apdu_log import log_file
from pos_client.config import write_settings
from pos_client.desk.identify import identify_voucher
from pos_client.devices import pipe as device_pipe
from pos_client.devices.counter import Counter
from pos_client.devices.device_url import DeviceUrls
from pos_client.devices.worker import Teller
from pos_client.errors import Refused
from tests.card.test_privacy import KEYS, NEW, PIN, SECRETS, THIRD, WRONG, run_worker
from tests.desk.world import World, world_in
from tests.devices.simulated import Sockets
from tests.silence import assert_folder_silent, assert_silent, revealed

ZHANG = personas.load("zhang-jianguo").card
#: Of a person whom the bureau knows; pieces of his numbers are found by chance.
OF_ZHANG = (ZHANG.name, ZHANG.id_number, ZHANG.identification_code, ZHANG.id_number[4:16], ZHANG.card_number)
VOUCHER = "2847193650182746391058274613"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as counter:
        yield counter


@pytest.fixture
def third() -> Iterator[TcpLine]:
    """A reader with a third-generation card and, in its second slot, a PSAM."""
    with TcpLine(SerialReader(POS_PRO, [Slot(chip_of(THIRD)), Slot(Psam())])) as line:
        yield line


def run(world: World, *arguments: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | world.environment | {"POS_CLIENT_HOME": str(world.home.folder), "LANG": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "-m", "pos_client", *arguments],
        env=environment | more,
        input=typed.encode(),
        capture_output=True,
        check=False,
    )


def test_no_command_shows_or_keeps_anything_of_the_card(world: World, third: TcpLine) -> None:
    at = ("--reader", third.url)
    commands = [
        (("card", "read"), "", 0),
        (("card", "doctor"), "", 0),
        (("card", "doctor", "--json"), "", 0),
        (("card", "pin", "tries"), "", 0),
        (("card", "pin", "verify"), f"{WRONG}\n", 1),
        (("card", "pin", "verify"), f"{PIN}\n", 0),
        (("card", "pin", "verify"), "8604\n", 1),
        (("card", "account", "--pin"), f"{PIN}\n", 0),
        (("card", "pin", "change"), f"{PIN}\n{NEW}\n{NEW}\n", 0),
    ]
    for arguments, typed, code in commands:
        done = run(world, *arguments, *at, typed=typed)
        assert (arguments, done.returncode, done.stderr.decode()[-300:] if done.returncode != code else "") == (
            arguments,
            code,
            "",
        )
        assert_silent(done.stdout + done.stderr, SECRETS, KEYS)
    stranger = run(world, "sale", "--item", "YD0001", POS_CLIENT_READER=third.url)
    assert stranger.returncode == 1
    assert_silent(stranger.stdout + stranger.stderr, SECRETS, KEYS)
    assert assert_folder_silent(world.home.folder, SECRETS, KEYS) >= 3


def test_what_was_asked_for_as_json_is_shown_and_kept_nowhere(world: World, third: TcpLine) -> None:
    shown = run(world, "card", "read", "--json", "--reader", third.url)
    assert revealed(shown.stdout, SECRETS)
    assert_silent(shown.stderr, SECRETS, KEYS)
    assert_folder_silent(world.home.folder, SECRETS, KEYS)


def test_a_card_that_fails_is_reported_without_its_holder(world: World, third: TcpLine) -> None:
    for persona in ("bank-card", "wrong-authentication", "cloned-card", "blocked-card", "psam-in-card-slot"):
        world.insert(persona)
        done = run(world, "card", "read")
        assert done.returncode in (1, 4)
        assert_silent(done.stdout + done.stderr, OF_ZHANG, KEYS)
    reports = world.home.logs / "problems.jsonl"
    assert len(reports.read_text(encoding="utf-8").splitlines()) == 5
    assert_folder_silent(world.home.folder, OF_ZHANG, KEYS)


def test_a_sale_is_kept_where_nobody_can_read_it(world: World) -> None:
    done = run(world, "sale", "--item", "YD0001", "--use-account")
    assert done.returncode == 0
    assert_silent(done.stdout + done.stderr, OF_ZHANG)
    world.faults({"name": "drop_answer", "infno": "2102", "times": 1})
    lost = run(world, "sale", "--item", "YD0001")
    assert lost.returncode == 3
    assert_silent(lost.stdout + lost.stderr, OF_ZHANG)
    assert (world.home.folder / "books.db").stat().st_size > 10_000
    assert_folder_silent(world.home.folder, OF_ZHANG)


def test_a_voucher_is_kept_nowhere_also_when_it_is_refused(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.NOTSET)
    asked = requests.post(f"{world.front_end.control_url}/_sim/vouchers", json={"persona": "zhang-jianguo"}, timeout=10)
    token: str = asked.json()["token"]
    caplog.clear()
    with world.desk() as desk:
        visit = desk.office.region.visits["pharmacy"]
        identified = identify_voucher(desk.office, f"{token}\r", visit)
        assert_silent(repr(identified), (token,))
        for scanned in (token, VOUCHER, f"{VOUCHER}\x00{VOUCHER}"):
            with pytest.raises(Refused) as told:
                identify_voucher(desk.office, scanned, visit)
            assert_silent(f"{told.value} {told.value!r} {told.value.sentence('zh')}", (token, VOUCHER))
    assert_silent(caplog.text, (token, VOUCHER))
    assert_folder_silent(world.home.folder, (token, VOUCHER))


def test_a_damaged_scan_leaves_the_process_without_a_digit(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.NOTSET)
    lines: list[bytes] = []
    sockets = Sockets()
    counter = Counter(DeviceUrls(scanner="scanner:s"), sockets.open, Teller(lines.append))
    port = sockets.plug("s")
    for number, damaged in enumerate((f"{VOUCHER}\x00", VOUCHER * 5, f"\x7f{VOUCHER}", f"{VOUCHER}\udcff\udcfe")):
        port.coming += damaged.encode("utf-8", "surrogateescape") + b"\r"
        counter.step(number * 10_000)
    assert len(lines) == 4
    assert_silent(b"\n".join(lines), (VOUCHER,))
    for line in (f'{{"scan":"{VOUCHER}"', f'{{"skan":"{VOUCHER}"}}', VOUCHER):
        with pytest.raises(device_pipe.NotUnderstood) as told:
            device_pipe.event_of(line.encode())
        assert_silent(f"{told.value} {told.value!r} {told.value.__cause__}", (VOUCHER,))
    assert_silent(caplog.text, (VOUCHER,))


def test_commands_are_logged_in_a_training_home_that_wants_it_without_a_pin(world: World, third: TcpLine) -> None:
    at, log = ("--reader", third.url), log_file(world.home)
    write_settings(world.home, {"reader.apdu_log": "yes"})
    assert run(world, "card", "read", *at).returncode == 0
    assert run(world, "card", "doctor", *at).returncode == 0
    assert run(world, "card", "pin", "verify", *at, typed=f"{PIN}\n").returncode == 0
    assert run(world, "card", "account", "--pin", *at, typed=f"{PIN}\n").returncode == 0
    written = log.read_text(encoding="ascii")
    assert written.count(" power > 3B") == 4 + 2
    assert "> 0812" in written
    assert written.count("card   00200000*** > 9000") == 2
    assert_silent(written, (PIN,), KEYS[1:])


def test_commands_are_never_logged_in_a_real_home(world: World, third: TcpLine) -> None:
    write_settings(world.home, {"reader.apdu_log": "yes", "mode": "real"})
    assert run(world, "card", "read", "--reader", third.url).returncode == 0
    assert not log_file(world.home).exists()
    forced = pipe.request(1, "read", third.url, {"log_home": str(world.home.folder)})
    stderr, _ = run_worker(forced)
    assert stderr == ""
    assert not log_file(world.home).exists()
    assert_folder_silent(world.home.folder, SECRETS, KEYS)
