"""A sale without a window tells the customer's side of the counter, too."""

import time
from collections.abc import Callable

from hardware_sim.devices.display import MODELS, CustomerDisplay, Lamp, Shown
from hardware_sim.devices.drawer import CashDrawer
from hardware_sim.devices.lines import TcpDeviceLine
from pos_client.config import write_settings
from tests.cli.conftest import PosClient
from tests.desk.world import AMOXICILLIN, World

PATIENCE_S = 20


def _came(condition: Callable[[], bool]) -> bool:
    """The devices end their work behind the program's back."""
    until = time.monotonic() + PATIENCE_S
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


def test_what_was_paid_stands_on_the_display_and_the_drawer_is_open(world: World, pos_client: PosClient) -> None:
    shown: list[Shown] = []
    drawer = CashDrawer()
    display = CustomerDisplay(MODELS["led8-9600"], shown.append, drawer.receive)
    with TcpDeviceLine(display.receive) as line:
        url = f"led8-9600:{line.target}"
        write_settings(world.home, {"devices.display": url, "devices.drawer": url})
        done = pos_client("sale", "--item", AMOXICILLIN, "--tendered", "20")
        assert done.returncode == 0, done.stderr
        assert _came(lambda: drawer.times == 1)
        assert _came(lambda: display.shown == Shown("7.40", Lamp.CHANGE))


def test_what_goes_back_of_a_void_stands_there_too(world: World, pos_client: PosClient) -> None:
    id_ = world.sell().id
    shown: list[Shown] = []
    drawer = CashDrawer()
    display = CustomerDisplay(MODELS["led8-9600"], shown.append, drawer.receive)
    with TcpDeviceLine(display.receive) as line:
        url = f"led8-9600:{line.target}"
        write_settings(world.home, {"devices.display": url, "devices.drawer": url})
        done = pos_client("void", id_)
        assert done.returncode == 0, done.stderr
        assert _came(lambda: drawer.times == 1)
        assert _came(lambda: display.shown.digits == "12.60")


def test_a_void_that_is_refused_opens_nothing(world: World, pos_client: PosClient) -> None:
    drawer = CashDrawer()
    id_ = world.sell().id
    world.faults({"name": "refuse", "infno": "2103"})
    with TcpDeviceLine(drawer.receive) as line:
        write_settings(world.home, {"devices.drawer": f"led8-9600:{line.target}"})
        assert "R-2103" in pos_client("void", id_).stderr
        assert "R-2103" in pos_client("void", id_).stderr  # the devices of the first have ended by now
        assert drawer.times == 0


def test_a_display_that_is_not_there_holds_no_sale_up(world: World, pos_client: PosClient) -> None:
    write_settings(world.home, {"devices.display": "led8:/dev/no-such-port", "devices.drawer": "ledd:"})
    done = pos_client("sale", "--item", AMOXICILLIN, "--tendered", "20")
    assert done.returncode == 0, done.stderr
