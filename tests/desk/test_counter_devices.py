"""What the customer sees and hears of a sale, and when the drawer opens."""

from decimal import Decimal

import pytest

from pos_client.desk.counter_devices import CounterDevices
from pos_client.devices.announcer import Said, Sentence
from pos_client.devices.display import GREETING, Amount, DisplayState, Figure, showing
from pos_client.offline.money_book import Means, Paid


class Told:
    """Takes down what the devices are told."""

    def __init__(self) -> None:
        self.shown: list[DisplayState] = []
        self.said: list[Sentence] = []
        self.opened = 0

    def show(self, state: DisplayState) -> None:
        self.shown.append(state)

    def announce(self, *sentences: Sentence) -> None:
        self.said += sentences

    def open_drawer(self) -> None:
        self.opened += 1


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def counter(told: Told) -> CounterDevices:
    return CounterDevices(told)


def test_an_item_shows_its_price_but_no_fraction_of_a_fen(counter: CounterDevices, told: Told) -> None:
    counter.item_added(Decimal("25.100000"))
    counter.item_added(Decimal("0.123456"))
    assert told.shown == [showing(Figure.UNIT_PRICE, 2_510)]
    assert told.said == []


def test_the_total_is_shown_and_said_once(counter: CounterDevices, told: Told) -> None:
    counter.total_known(8_640)
    counter.total_known(8_640)
    counter.total_known(8_000)
    assert told.shown[-1] == showing(Figure.TOTAL, 8_000)
    assert told.said == [Sentence(Said.DUE, 8_640), Sentence(Said.DUE, 8_000)]
    assert told.opened == 0


def test_the_next_customer_hears_the_same_amount_again(counter: CounterDevices, told: Told) -> None:
    counter.total_known(8_640)
    counter.bill_left()
    counter.total_known(8_640)
    assert told.said == [Sentence(Said.DUE, 8_640), Sentence(Said.CLEAR), Sentence(Said.DUE, 8_640)]


def test_nobody_is_asked_for_nothing(counter: CounterDevices, told: Told) -> None:
    counter.total_known(0)
    counter.money_taken([Paid(Means.CASH, 0)], 0)
    assert told.shown[0] == showing(Figure.TOTAL, 0)
    assert told.said == []
    assert told.opened == 0


def test_cash_opens_the_drawer_and_its_change_is_said(counter: CounterDevices, told: Told) -> None:
    counter.money_taken([Paid(Means.CASH, 10_000)], 1_360)
    assert told.shown == [DisplayState((Amount(Figure.RECEIVED, 10_000), Amount(Figure.CHANGE, 1_360)))]
    assert told.said == [Sentence(Said.RECEIVED, 10_000), Sentence(Said.CHANGE, 1_360), Sentence(Said.COUNT)]
    assert told.opened == 1


def test_the_exact_amount_has_no_change_to_count(counter: CounterDevices, told: Told) -> None:
    counter.money_taken([Paid(Means.CASH, 8_640)], 0)
    assert told.said == [Sentence(Said.RECEIVED, 8_640)]
    assert told.opened == 1


@pytest.mark.parametrize("means", [Means.WECHAT, Means.ALIPAY, Means.BANK_CARD])
def test_what_is_no_cash_leaves_the_drawer_shut(counter: CounterDevices, told: Told, means: Means) -> None:
    counter.money_taken([Paid(means, 8_640)], 0)
    counter.money_given_back([Paid(means, 8_640)])
    assert told.said[0] == Sentence(Said.RECEIVED, 8_640)
    assert told.opened == 0


def test_a_deposit_is_not_received_now_but_its_rest_goes_back_in_cash(counter: CounterDevices, told: Told) -> None:
    counter.money_taken([Paid(Means.DEPOSIT, 100_000)], 2_000)
    assert told.shown == [DisplayState((Amount(Figure.RECEIVED, 0), Amount(Figure.CHANGE, 2_000)))]
    assert told.opened == 1


def test_a_refund_is_shown_said_and_counted(counter: CounterDevices, told: Told) -> None:
    counter.money_given_back([Paid(Means.CASH, 1_000), Paid(Means.WECHAT, 200), Paid(Means.DEPOSIT, 5_000)])
    assert told.shown == [showing(Figure.REFUND, 1_200)]
    assert told.said == [Sentence(Said.REFUND, 1_200), Sentence(Said.COUNT)]
    assert told.opened == 1


def test_a_refund_of_nothing_says_nothing(counter: CounterDevices, told: Told) -> None:
    counter.money_given_back([])
    assert told.said == []
    assert told.opened == 0


def test_nothing_of_a_bill_stays_when_it_is_left(counter: CounterDevices, told: Told) -> None:
    counter.total_known(8_640)
    counter.bill_left()
    assert told.shown[-1] == GREETING
    assert told.said[-1] == Sentence(Said.CLEAR)


def test_a_counter_without_devices_is_told_the_same_and_nothing_happens() -> None:
    counter = CounterDevices()
    counter.item_added(Decimal("25.1"))
    counter.total_known(8_640)
    counter.money_taken([Paid(Means.CASH, 10_000)], 1_360)
    counter.money_given_back([Paid(Means.CASH, 1_000)])
    counter.bill_left()
