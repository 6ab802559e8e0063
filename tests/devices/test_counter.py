"""All devices of a counter, step by step: the newest display wins, nothing late is said, no drawer opens by itself."""

from hardware_sim.devices.announcer import Heard, PriceAnnouncer
from hardware_sim.devices.display import MODELS, CustomerDisplay, Lamp, Shown
from hardware_sim.devices.drawer import CashDrawer
from pos_client.devices.announcer import Said, Sentence
from pos_client.devices.counter import Counter
from pos_client.devices.device_url import DeviceUrls
from pos_client.devices.display import GREETING, Amount, DisplayState, Figure, showing
from pos_client.devices.line import HELD_MS, RETRY_MS
from tests.devices.simulated import Ears, Sockets

ALL = DeviceUrls("led8:display", "tdkj:announcer", "drawer:drawer", "scanner:scanner")


class Stage:
    """A counter with every device plugged in, unless a test pulls it."""

    def __init__(self, urls: DeviceUrls = ALL) -> None:
        self.sockets, self.ears = Sockets(), Ears()
        self.display = CustomerDisplay(MODELS["led8-2400"])
        self.heard: list[Heard] = []
        self.drawer = CashDrawer()
        self.display_port = self.sockets.plug("display", self.display.receive)
        self.announcer_port = self.sockets.plug("announcer", PriceAnnouncer(self.heard.append).receive)
        self.sockets.plug("drawer", self.drawer.receive)
        self.scanner_port = self.sockets.plug("scanner")
        self.counter = Counter(urls, self.sockets.open, self.ears)
        self.now_ms = 0

    def pass_ms(self, duration_ms: int) -> None:
        """Time goes by, with a step every 20 ms."""
        for _ in range(0, duration_ms + 20, 20):
            self.counter.step(self.now_ms)
            self.now_ms += 20

    def said(self) -> list[str]:
        return [one.said for one in self.heard if one.said]


def total(amount_fen: int) -> DisplayState:
    return showing(Figure.TOTAL, amount_fen)


def test_a_display_shows_what_it_is_told() -> None:
    stage = Stage()
    stage.counter.show(total(8_640))
    stage.pass_ms(20)
    assert stage.display.shown == Shown("86.40", Lamp.TOTAL)
    assert stage.ears.codes() == []


def test_the_newest_state_wins_on_a_slow_line() -> None:
    stage = Stage()
    stage.counter.step(0)
    for amount_fen in range(100, 2_000, 100):
        stage.counter.show(total(amount_fen))
        stage.counter.step(1)
    stage.pass_ms(200)
    assert stage.display.shown.digits == "19.00"
    assert len(stage.display_port.written) <= 3


def test_nothing_is_sent_again_while_nothing_changes() -> None:
    stage = Stage()
    stage.counter.show(total(8_640))
    stage.pass_ms(10_000)
    assert len(stage.display_port.written) == 1


def test_a_display_that_is_plugged_in_again_shows_what_it_should() -> None:
    stage = Stage()
    stage.counter.show(total(8_640))
    stage.pass_ms(100)
    stage.sockets.unplug("display")
    stage.pass_ms(100)
    stage.counter.show(total(100))
    fresh = CustomerDisplay(MODELS["led8-2400"])
    port = stage.sockets.plug("display", fresh.receive)
    stage.pass_ms(RETRY_MS + 100)
    assert fresh.shown == Shown("1.00", Lamp.TOTAL)
    assert port.written[0].startswith(b"\x1b@")
    stage.pass_ms(HELD_MS)
    assert stage.ears.codes() == ["G-01", "G-02"]


def test_an_amount_that_does_not_fit_is_told_once() -> None:
    stage = Stage()
    for _ in range(3):
        stage.counter.show(total(100_000_000))
        stage.pass_ms(20)
    assert stage.display.shown.digits == "--------"
    assert stage.ears.problems[0].fill["amount"] == "1,000,000.00"
    assert stage.ears.codes() == ["G-06"]


def test_sentences_are_said_one_after_the_other() -> None:
    stage = Stage()
    stage.counter.announce([Sentence(Said.RECEIVED, 10_000), Sentence(Said.CHANGE, 1_360), Sentence(Said.COUNT)])
    stage.pass_ms(100)
    assert stage.said() == ["预收100.00元"]
    stage.pass_ms(3_600)
    assert stage.said() == ["预收100.00元", "找零13.60元"]
    stage.pass_ms(3_600)
    assert stage.said()[-1] == "请当面点清，谢谢"


def test_new_sentences_take_the_place_of_those_not_begun() -> None:
    stage = Stage()
    stage.counter.announce([Sentence(Said.DUE, 8_640)])
    stage.pass_ms(100)
    stage.counter.announce([Sentence(Said.DUE, 8_000)])
    stage.counter.announce([Sentence(Said.DUE, 7_000)])
    stage.pass_ms(8_000)
    assert stage.said() == ["请您付款86.40元", "请您付款70.00元"]


def test_going_on_to_the_next_customer_does_not_cut_off_what_is_said() -> None:
    stage = Stage()
    stage.counter.announce([Sentence(Said.RECEIVED, 10_000), Sentence(Said.CHANGE, 1_360)])
    stage.pass_ms(100)
    stage.counter.announce([Sentence(Said.CLEAR)])
    stage.pass_ms(10_000)
    assert stage.said() == ["预收100.00元", "找零13.60元"]
    assert stage.heard[-1] == Heard("", ())


def test_nothing_is_said_late() -> None:
    stage = Stage()
    stage.sockets.unplug("announcer")
    stage.counter.announce([Sentence(Said.DUE, 8_640)])
    stage.pass_ms(100)
    heard: list[Heard] = []
    stage.sockets.plug("announcer", PriceAnnouncer(heard.append).receive)
    stage.pass_ms(RETRY_MS + 5_000)
    assert heard == []
    assert stage.ears.codes() == ["G-01", "G-02"]


def test_a_drawer_opens_once_for_each_order() -> None:
    stage = Stage()
    stage.pass_ms(20)
    stage.counter.open_drawer(stage.now_ms)
    stage.counter.open_drawer(stage.now_ms)
    stage.pass_ms(1_000)
    assert stage.drawer.times == 2
    assert stage.ears.codes() == []


def test_a_drawer_that_cannot_be_reached_is_told_and_does_not_open_later() -> None:
    stage = Stage()
    stage.sockets.unplug("drawer")
    stage.pass_ms(20)
    stage.counter.open_drawer(stage.now_ms)
    drawer = CashDrawer()
    stage.sockets.plug("drawer", drawer.receive)
    stage.pass_ms(RETRY_MS + 1_000)
    assert drawer.times == 0
    assert stage.ears.codes() == ["G-01", "G-05", "G-02"]


def test_a_drawer_behind_the_display_shares_its_line() -> None:
    stage = Stage(DeviceUrls("led8-9600:display", "", "led8:display", ""))
    stage.counter.show(total(8_640))
    stage.pass_ms(100)
    stage.counter.open_drawer(stage.now_ms)
    assert [(target, line.baud) for target, line in stage.sockets.opened] == [("display", 9600)]
    assert stage.display_port.written[-1] == bytes.fromhex("1B70303CF0")


def test_scans_come_through_also_in_pieces() -> None:
    stage = Stage()
    stage.pass_ms(20)
    assert stage.counter.listens
    stage.scanner_port.coming += b"690123"
    stage.pass_ms(20)
    stage.scanner_port.coming += b"4567892\r6901"
    stage.pass_ms(300)
    assert stage.ears.scans == ["6901234567892", "6901"]


def test_half_a_scan_is_forgotten_when_the_scanner_is_pulled() -> None:
    stage = Stage()
    stage.pass_ms(20)
    stage.scanner_port.coming += b"690123"
    stage.pass_ms(20)
    stage.sockets.unplug("scanner")
    stage.pass_ms(20)
    assert not stage.counter.listens
    stage.sockets.plug("scanner").coming += b"4567892\r"
    stage.pass_ms(RETRY_MS + 100)
    assert stage.ears.scans == ["4567892"]


def test_damaged_scans_are_told_about_now_and_then() -> None:
    stage = Stage()
    for _ in range(12):
        stage.scanner_port.coming += b"\xff\xfe\r"
        stage.pass_ms(480)
    assert stage.ears.scans == []
    assert stage.ears.codes() == ["G-08", "G-08"]


def test_a_counter_without_devices_does_nothing() -> None:
    stage = Stage(DeviceUrls())
    stage.counter.show(GREETING)
    stage.counter.announce([Sentence(Said.DUE, 1)])
    stage.counter.open_drawer(0)
    stage.pass_ms(100)
    stage.counter.close()
    assert (stage.sockets.opened, stage.ears.codes(), stage.counter.busy_ms(0)) == ([], [], 0)
    assert not stage.counter.listens


def test_a_wrong_address_is_told_and_the_others_work() -> None:
    stage = Stage(DeviceUrls("led8", "tdkj:announcer", "scanner:drawer", "scanner"))
    stage.counter.announce([Sentence(Said.DUE, 8_640)])
    stage.pass_ms(20)
    assert stage.ears.codes() == ["G-07", "G-07", "G-07"]
    assert stage.said() == ["请您付款86.40元"]


def test_closing_lets_every_port_go() -> None:
    stage = Stage()
    stage.counter.show(DisplayState((Amount(Figure.TOTAL, 1),)))
    stage.pass_ms(20)
    stage.counter.close()
    stage.counter.close()
    assert all(port.closed for port in stage.sockets.plugged.values())
