"""Whatever goes wrong: one clear sentence, the right exit code, no traceback, nothing lost."""

import resource
import socket
import subprocess
from collections.abc import Callable

import pytest

from hardware_sim import personas
from hardware_sim.card.faults import CardFault, Fault
from hardware_sim.card.profiles import chip_of
from pos_client.offline.locks import desk_lock
from tests.cli.conftest import PosClient
from tests.desk.world import World

Prepare = Callable[[World], None]


def _closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return f"ccid-serial:socket://127.0.0.1:{listening.getsockname()[1]}"


def _nothing(_world: World) -> None:
    """The counter as it is."""


def _fault(name: str, infno: str | None = None) -> Prepare:
    def prepare(world: World) -> None:
        world.faults({"name": name, "infno": infno})

    return prepare


def _bank_card(world: World) -> None:
    world.slot.insert(chip_of(personas.load("bank-card").card))


def _torn_card(world: World) -> None:
    world.slot.add_fault(Fault(CardFault.TEAR_AFTER, 2))


SALE = ("sale", "--item", "YD0001", "--tendered", "20.00")
CASES: dict[str, tuple[Prepare, tuple[str, ...], int, str]] = {
    "no card": (lambda world: world.slot.remove(), SALE, 4, "卡"),
    "a bank card": (_bank_card, SALE, 4, "银行"),
    "a card torn out while being read": (_torn_card, SALE, 4, "拔"),
    "an unknown item": (_nothing, ("sale", "--item", "NOSUCH"), 1, "NOSUCH"),
    "an item that may be several": (_nothing, ("sale", "--item", "AMXL"), 1, "不止一种"),
    "a negative quantity": (_nothing, ("sale", "--item", "YD0001x-1"), 1, "大于零"),
    "a quantity of zero": (_nothing, ("sale", "--item", "YD0001x0"), 1, "大于零"),
    "own expense without consent": (_nothing, ("sale", "--item", "WSSCPTP"), 1, "同意"),
    "too little money": (_nothing, ("sale", "--item", "YD0001", "--tendered", "1"), 1, "还差"),
    "a front end that is down": (_fault("down"), SALE, 4, "连不上"),
    "a front end that answers a query with 500": (_fault("http_500", "2101"), SALE, 4, "没有正常回答"),
    "a front end that answers 500 to the settlement": (_fault("http_500", "2102"), SALE, 3, "不要重复收费"),
    "a front end that refuses": (_fault("refuse", "2102"), SALE, 1, "拒绝"),
    "a text where an object belongs": (_fault("string_for_object", "2102"), SALE, 3, "不要重复收费"),
    "a text where an object belongs, in a query": (_fault("string_for_object", "2101"), SALE, 4, "没有正常回答"),
    "nothing to void": (_nothing, ("void", "01-000009"), 1, "01-000009"),
    "nothing to show": (_nothing, ("queue", "show", "01-000009"), 1, "01-000009"),
    "a catalogue that is not there": (_nothing, ("catalogue", "import", "/nonexistent.csv"), 1, "nonexistent.csv"),
}


def _assert_told(done: subprocess.CompletedProcess[str], exit_code: int, said: str) -> None:
    assert done.returncode == exit_code, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    sentence = done.stderr.strip().splitlines()[-1]
    assert said in sentence
    assert sentence.endswith(")"), "the code stands at the end"
    assert "。" in sentence


@pytest.mark.parametrize("case", CASES)
def test_it_is_told_in_one_sentence_and_nothing_is_lost(world: World, pos_client: PosClient, case: str) -> None:
    prepare, command, exit_code, said = CASES[case]
    prepare(world)
    _assert_told(pos_client(*command), exit_code, said)
    world.faults()
    world.insert("zhang-jianguo")
    synced = pos_client("sync", "--once")
    assert synced.returncode == 0, synced.stderr
    assert world.agreement().disagreements == ()
    assert pos_client(*SALE).returncode == 0, "the next sale goes on"


def test_no_reader(pos_client: PosClient) -> None:
    _assert_told(pos_client(*SALE, POS_CLIENT_READER=_closed_port()), 4, "读卡器")


def test_a_reader_address_that_means_nothing(pos_client: PosClient) -> None:
    done = pos_client("card", "read", "--reader", "usb:1")
    assert "Traceback" not in done.stderr
    assert done.returncode in (2, 4)
    assert "usb:1" in done.stderr


def test_no_pcsc_service(pos_client: PosClient) -> None:
    done = pos_client(*SALE, POS_CLIENT_READER="pcsc:", PCSCLITE_CSOCK_NAME="/nonexistent/pcscd.comm")
    _assert_told(done, 4, "K-")


def test_a_second_process_on_the_same_home(world: World, pos_client: PosClient) -> None:
    pos_client("queue", "list")
    with desk_lock(world.home):
        _assert_told(pos_client(*SALE), 4, "已经在运行")


def test_a_database_that_cannot_be_written(world: World, pos_client: PosClient) -> None:
    assert pos_client(*SALE).returncode == 0

    def no_more_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    _assert_told(pos_client(*SALE, preexec=no_more_disk), 4, "写不进去")
    assert pos_client("sync", "--once").returncode == 0
    assert world.agreement().disagreements == ()


def test_a_database_that_is_no_database(world: World, pos_client: PosClient) -> None:
    assert pos_client(*SALE).returncode == 0
    world.home.database.write_bytes(b"not a database" * 1000)
    _assert_told(pos_client(*SALE), 4, "密钥")


def test_settings_that_are_wrong(world: World, pos_client: PosClient) -> None:
    world.home.config_file.write_text('mode = "play"', encoding="utf-8")
    _assert_told(pos_client(*SALE), 4, "mode")


@pytest.mark.parametrize(
    "wrong",
    [
        ("sale",),
        ("sale", "--item", "YD0001", "--tendered", "1.005"),
        ("sale", "--item", "YD0001x1.00001"),
        ("sale", "--colour", "red"),
        ("void",),
        ("dance",),
        ("sync",),
    ],
)
def test_wrong_use_is_exit_2_without_a_traceback(pos_client: PosClient, wrong: tuple[str, ...]) -> None:
    done = pos_client(*wrong)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("Usage")


def test_problems_are_kept_for_it_without_a_name(world: World, pos_client: PosClient) -> None:
    world.faults({"name": "refuse", "infno": "2102"})
    pos_client(*SALE)
    log = (world.home.folder / "logs" / "problems.jsonl").read_text(encoding="utf-8")
    assert '"R-2102"' in log
    for private in ("张建国", "439999197003030012", "A00000011", "439900D156"):
        assert private not in log
