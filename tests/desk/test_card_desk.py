"""A holder's questions about his own card: what is on it, how its PIN stands, the PIN checked and changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware_sim import personas
from hardware_sim.card.faults import parse
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.slot import Slot
from hardware_sim.readers.models import GEMPC_PINPAD
from hardware_sim.readers.pin_pad import PinPadHands
from hardware_sim.readers.reader import SerialReader
from hardware_sim.readers.serial_lines import TcpLine
from pos_client.card.process import CardProcess
from pos_client.desk.card_desk import CardDesk
from pos_client.desk.card_view import CardPin, CardView, Movement, PinStand
from pos_client.runtime import system_runtime
from pos_client.sync.http import RequestsHttp
from tests.silence import assert_folder_silent, assert_silent

PIN, WRONG, NEW = "123456", "860492", "975310"
OPEN, LAST, LOCKED = CardPin(PinStand.OPEN, 3), CardPin(PinStand.OPEN, 1), CardPin(PinStand.LOCKED)


class Holder:
    """Somebody with a card at a reader with a PIN pad."""

    def __init__(self) -> None:
        self.slot, self.hands = Slot(), PinPadHands()
        self._line = TcpLine(SerialReader(GEMPC_PINPAD, (self.slot,), hands=self.hands), 0)
        http = RequestsHttp()
        self._ends = (self._line.__exit__, http.close)
        self._line.__enter__()
        self._processes: list[CardProcess] = []
        self._runtime = system_runtime(http)
        self._http = http
        self.desk = self.at(f"{self._line.url}?pinpad")

    def at(self, url: str, language: str = "zh") -> CardDesk:
        process = CardProcess(self._runtime, url, read_timeout_ms=5_000)
        self._processes.append(process)
        return CardDesk(process, "en" if language == "en" else "zh")

    def in_english(self) -> CardDesk:
        return self.at(f"{self._line.url}?pinpad", "en")

    def without_pad(self) -> CardDesk:
        return self.at(self._line.url)

    def shows(self, persona: str) -> CardView:
        self.slot.insert(chip_of(personas.load(persona).card))
        return self.desk.look()

    def close(self) -> None:
        for process in self._processes:
            process.close()
        self._line.__exit__(None, None, None)
        self._http.close()


@pytest.fixture
def holder() -> Iterator[Holder]:
    one = Holder()
    yield one
    one.close()


def _code(view: CardView) -> str:
    return "" if view.problem is None else view.problem.code


# --- without a PIN ---


def test_a_look_uses_up_no_try_and_names_the_holder_with_masked_numbers(holder: Holder) -> None:
    view = holder.shows("purse-open")
    assert view.holder is not None
    assert (view.holder.name, view.holder.sex, view.holder.region) == ("张建国", "男", "439900")
    assert (view.holder.card_masked, view.holder.id_masked) == ("**** 0011", "4399 **** 0012")
    assert (view.pin, view.wants_pin, view.is_read, view.problem) == (OPEN, True, False, None)
    assert holder.desk.look() == view


def test_a_card_without_a_pin_tells_what_is_on_it_at_once(holder: Holder) -> None:
    view = holder.shows("no-pin")
    assert (view.pin.stand, view.is_read, view.wants_pin, view.purse) == (PinStand.NONE, True, False, None)
    assert ("险种", "职工基本医疗保险") in [(fact.label, fact.text) for fact in view.facts]


def test_a_locked_pin_and_the_last_try_are_seen_before_anybody_types(holder: Holder) -> None:
    assert holder.shows("locked-pin").pin == LOCKED
    last = holder.shows("last-try").pin
    assert (last, last.is_last_try) == (LAST, True)


def test_a_card_whose_holder_stays_shut_still_tells_of_its_pin(holder: Holder) -> None:
    view = holder.shows("third-generation")
    assert (_code(view), view.holder, view.pin) == ("K-31", None, OPEN)
    assert view.wants_pin


def test_another_kind_of_card_is_named_as_ever(holder: Holder) -> None:
    view = holder.shows("bank-card")
    assert (_code(view), view.holder, view.pin.stand) == ("K-21", None, PinStand.UNKNOWN)
    assert view.may_repeat


def test_a_pin_behind_which_there_is_nothing_was_right_all_the_same(holder: Holder) -> None:
    view = holder.desk.enter_pin(holder.shows("empty-medical"), PIN)
    assert (_code(view), view.pin, view.wants_pin) == ("K-51", OPEN, False)
    assert not view.wants_pin_again
    assert not view.may_repeat
    assert _code(holder.desk.enter_pin(view, PIN)) == ""


def test_what_was_read_before_the_card_was_pulled_out_is_kept_with_the_reason(holder: Holder) -> None:
    holder.slot.remove()
    view = holder.desk.look()
    assert (_code(view), view.may_repeat) == ("K-11", True)


# --- with the PIN ---


def test_the_pin_opens_the_account_and_its_movements(holder: Holder) -> None:
    view = holder.desk.enter_pin(holder.shows("purse-open"), PIN)
    assert (view.problem, view.is_read, view.wants_pin, view.pin) == (None, True, False, OPEN)
    assert view.purse is not None
    assert (view.purse.balance_fen, view.purse.own_paid_fen, view.purse.pool_paid_fen) == (30550, 12000, 80000)
    assert view.purse.movements[0] == Movement("2026-10-20 10:15", "结算", 4450, 2000, 30000)
    assert view.purse.movements[-1].what == "划入"


def test_the_same_in_english(holder: Holder) -> None:
    desk = holder.in_english()
    view = desk.enter_pin(holder.shows("purse-open"), PIN)
    assert view.purse is not None
    assert [one.what for one in view.purse.movements] == ["settled", "settled", "put in"]
    assert ("Insurance", "employees") in [(fact.label, fact.text) for fact in view.facts]


def test_a_wrong_pin_costs_a_try_which_is_told_and_the_third_locks_the_card(holder: Holder) -> None:
    view = holder.shows("purse-open")
    view = holder.desk.enter_pin(view, WRONG)
    assert (_code(view), view.pin.tries_left, view.wants_pin_again) == ("K-41", 2, True)
    view = holder.desk.enter_pin(view, WRONG)
    assert (_code(view), view.pin) == ("K-41", LAST)
    view = holder.desk.enter_pin(view, WRONG)
    assert (_code(view), view.pin) == ("K-47", LAST), "the last try is not used without the holder's word"
    view = holder.desk.enter_pin(view, WRONG, last_try=True)
    assert (_code(view), view.pin) == ("K-42", LOCKED)
    assert holder.desk.look().pin == LOCKED


def test_the_last_try_brings_all_tries_back_and_the_pin_is_sent_for_that_alone(holder: Holder) -> None:
    view = holder.desk.enter_pin(holder.shows("last-try"), PIN, last_try=True)
    assert (view.problem, view.pin, view.is_read, view.wants_pin) == (None, OPEN, False, True)
    assert holder.desk.enter_pin(view, PIN).is_read


def test_a_card_that_was_read_has_its_pin_checked_alone(holder: Holder) -> None:
    read = holder.desk.enter_pin(holder.shows("purse-open"), PIN)
    checked = holder.desk.enter_pin(read, WRONG)
    assert (_code(checked), checked.pin.tries_left, checked.purse) == ("K-41", 2, read.purse)
    assert holder.desk.enter_pin(checked, PIN) == read


@pytest.mark.parametrize("typed", ["", "123", "12345678901234567", "12a456", "１２３４５６"])
def test_what_is_no_pin_is_not_sent(holder: Holder, typed: str) -> None:
    view = holder.desk.enter_pin(holder.shows("zhang-jianguo"), typed)
    assert (_code(view), view.pin) == ("K-46", OPEN)
    assert holder.desk.look().pin == OPEN


def test_a_line_that_breaks_while_the_card_checks_leaves_the_tries_unknown(holder: Holder) -> None:
    view = holder.shows("zhang-jianguo")
    holder.slot.add_fault(parse("mute@3"))
    view = holder.desk.enter_pin(view, PIN)
    assert (_code(view), view.pin.stand, view.may_repeat) == ("K-48", PinStand.UNKNOWN, True)


def test_another_pin_is_taken_and_the_old_one_is_wrong_then(holder: Holder) -> None:
    view = holder.desk.change_pin(holder.shows("zhang-jianguo"), PIN, NEW)
    assert (view.problem, view.pin) == (None, OPEN)
    assert _code(holder.desk.enter_pin(view, PIN)) == "K-41"
    assert _code(holder.desk.enter_pin(view, NEW)) == ""


def test_a_change_with_the_wrong_old_pin_costs_a_try(holder: Holder) -> None:
    view = holder.desk.change_pin(holder.shows("zhang-jianguo"), WRONG, NEW)
    assert (_code(view), view.pin.tries_left) == ("K-41", 2)


# --- at the pad ---


def test_the_pin_at_the_pad_opens_the_account(holder: Holder) -> None:
    view = holder.shows("purse-open")
    holder.hands.enter(PIN)
    view = holder.desk.enter_pin(view, None)
    assert (view.problem, view.is_read, view.pad_refused) == (None, True, False)


def test_the_pin_is_changed_at_the_pad(holder: Holder) -> None:
    view = holder.shows("zhang-jianguo")
    for digits in (PIN, NEW, NEW):
        holder.hands.enter(digits)
    assert holder.desk.change_pin(view, None, None).problem is None
    assert _code(holder.desk.enter_pin(view, NEW)) == ""


def test_a_holder_who_cancels_has_lost_no_try(holder: Holder) -> None:
    view = holder.shows("zhang-jianguo")
    holder.hands.cancel()
    view = holder.desk.enter_pin(view, None)
    assert (_code(view), view.pin, view.pad_refused) == ("K-45", OPEN, False)
    holder.hands.let_it_time_out()
    assert (_code(holder.desk.enter_pin(view, None)), view.pin) == ("K-44", OPEN)


def test_a_reader_without_a_pad_is_remembered(holder: Holder) -> None:
    desk = holder.without_pad()
    view = desk.enter_pin(holder.shows("zhang-jianguo"), None)
    assert (_code(view), view.pin, view.pad_refused) == ("K-49", OPEN, True)
    assert desk.enter_pin(view, PIN).pad_refused


# --- secrets ---


def test_no_view_and_no_problem_holds_a_pin(holder: Holder, tmp_path: Path) -> None:
    view = holder.shows("purse-open")
    told = ""
    for typed in (WRONG, PIN):
        view = holder.desk.enter_pin(view, typed)
        told += repr(view) + (repr(view.problem) + str(view.problem.evidence) if view.problem is not None else "")
    told += repr(holder.desk.change_pin(view, PIN, NEW))
    assert_silent(told, (PIN, WRONG, NEW))
    assert assert_folder_silent(tmp_path, (PIN, WRONG, NEW)) == 0
