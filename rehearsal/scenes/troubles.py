"""What goes wrong at a counter, and what the window says then."""

from collections.abc import Iterator
from typing import Final

from hardware_sim.card.faults import CardFault, Fault
from rehearsal.scenes.sales import a_bill, a_settled_sale
from rehearsal.scenes.stage import Stage
from rehearsal.scenes.story import Shown, story

_PROVISIONAL: Final = (
    'mode = "provisional"\ndocument = "模拟区离线暂结办法"\n'
    "per_settlement_fen = 30000\ncount = 20\ntotal_fen = 500000\nage_days = 7\n"
)
#: The page of a lost answer looks once a second how finding out stands.
_ASKED_EVERY_MS: Final = 1_300


@story("bank-card", "card-torn", "not-entitled", "waiting-period", "card-out")
def cards(stage: Stage) -> Iterator[Shown]:
    """The wrong card, a card that is torn out, cards of people without benefits, a card taken away too early."""
    clerk = stage.start()
    stage.insert("bank-card", clerk)
    yield "bank-card"
    stage.take_card(clerk)
    stage.slot.add_fault(Fault(CardFault.TEAR_AFTER, 3))
    stage.put_in("zhang-jianguo")
    clerk.until(lambda: clerk.code not in ("", "K-21"))
    clerk.until(lambda: clerk.program.watch.state == "empty")
    clerk.settle()
    yield "card-torn"
    stage.slot.clear_faults()
    stage.insert("zhao-tingbao", clerk)
    clerk.scan("YD0001")
    yield "not-entitled"
    clerk.press("F12")
    stage.take_card(clerk)
    stage.insert("wang-xiaomei", clerk)
    clerk.scan("YD0001")
    yield "waiting-period"
    clerk.press("F12")
    stage.take_card(clerk)
    a_bill(stage, clerk)
    stage.take_card(clerk)
    stage.minutes_pass(4)
    stage.glance(clerk)
    yield "card-out"


@story("refused", "difference")
def the_bureau_says_otherwise(stage: Stage) -> Iterator[Shown]:
    """A trial that is refused, and one whose figures are not ours."""
    clerk = stage.start()
    a_bill(stage, clerk)
    stage.faults({"name": "refuse", "infno": "2101", "times": 1})
    clerk.press("F5")
    yield "refused"
    stage.faults({"name": "off_by_one_fen", "infno": "2101", "figure": "account"})
    clerk.press("F5")
    yield "difference"


@story("tasks-empty", "unknown", "customer-left", "offline", "tasks", "task-known", "tasks-left")
def answers_are_lost(stage: Stage) -> Iterator[Shown]:
    """The bureau books and its answer does not come; later it is known what became of it."""
    clerk = stage.start()
    clerk.press("F11")
    yield "tasks-empty"
    clerk.press("Esc")
    stage.faults({"name": "off_by_one_fen", "infno": "2102", "times": 1, "figure": "account"})
    a_settled_sale(stage, clerk, "YD0012", persona="li-xiulan", cash="50")
    stage.faults({"name": "drop_answer", "infno": "2102", "times": 1}, {"name": "http_500", "infno": "5261"})
    a_bill(stage, clerk)
    clerk.press("F5")
    clerk.write("100")
    clerk.press("F8")
    clerk.look(_ASKED_EVERY_MS)
    yield "unknown"
    clerk.press("F9")
    yield "customer-left"
    clerk.press("Esc", "F12")
    stage.take_card(clerk)
    stage.minutes_pass(6)
    stage.cut_off()
    stage.insert("ma-yan", clerk)
    stage.glance(clerk)
    yield "offline"
    clerk.press("F11")
    yield "tasks"
    stage.faults()
    clerk.press("Enter")
    yield "task-known"
    clerk.press("Enter")
    yield "tasks-left"


@story("bureau-down", "provisional", "provisional-sold")
def out_of_reach(stage: Stage) -> Iterator[Shown]:
    """The bureau is out of reach in a region that allows provisional settlements."""
    stage.change_region('mode = "self_pay"', _PROVISIONAL)
    clerk = stage.start()
    a_settled_sale(stage, clerk, "YD0001", cash="0")
    a_bill(stage, clerk)
    stage.cut_off()
    clerk.press("F5")
    yield "bureau-down"
    clerk.press("F8")
    yield "provisional"
    clerk.write("100")
    clerk.press("F8")
    yield "provisional-sold"
