"""Bills of the past: looked up, taken back whole and in part, with a supervisor's word."""

from collections.abc import Iterator

from rehearsal.scenes.beginnings import BOSS, CLERK, SAID_AT_THE_DOOR, signed_in
from rehearsal.scenes.clerk import Clerk
from rehearsal.scenes.sales import a_settled_sale
from rehearsal.scenes.stage import Stage
from rehearsal.scenes.story import Shown, story


def _after_three_sales(stage: Stage) -> Clerk:
    stage.employ(SAID_AT_THE_DOOR, BOSS, CLERK)
    clerk = signed_in(stage)
    a_settled_sale(stage, clerk, "YD0012", persona="li-xiulan", cash="50")
    a_settled_sale(stage, clerk, "YD0001", "YD0003", persona="ma-yan", cash="")
    a_settled_sale(stage, clerk)
    return clerk


@story("lookup-empty", "lookup", "lookup-found", "lookup-nothing", "past-bill")
def looking_up(stage: Stage) -> Iterator[Shown]:
    """Finding a bill by what was paid."""
    stage.employ(SAID_AT_THE_DOOR, BOSS, CLERK)
    clerk = signed_in(stage)
    clerk.press("F4")
    yield "lookup-empty"
    clerk.press("Esc")
    a_settled_sale(stage, clerk, "YD0012", persona="li-xiulan", cash="50")
    a_settled_sale(stage, clerk, "YD0001", "YD0003", persona="ma-yan", cash="")
    a_settled_sale(stage, clerk)
    clerk.press("F4")
    yield "lookup"
    clerk.write("李")
    yield "lookup-found"
    clerk.write("四")
    yield "lookup-nothing"
    clerk.press("Esc", "Enter")
    yield "past-bill"


@story("refund", "refund-reason", "supervisor", "refunded")
def taken_back(stage: Stage) -> Iterator[Shown]:
    """A whole bill goes back."""
    clerk = _after_three_sales(stage)
    clerk.press("F9", "Enter")
    yield "refund"
    clerk.press("Enter", "Down")
    yield "refund-reason"
    clerk.press("F8")
    yield "supervisor"
    clerk.enter("01", SAID_AT_THE_DOOR)
    yield "refunded"


@story("refund-part", "refund-part-tried", "refunded-part")
def a_part_taken_back(stage: Stage) -> Iterator[Shown]:
    """One of two packs comes back: the person's card is wanted for what is kept."""
    clerk = _after_three_sales(stage)
    clerk.press("F9", "Enter")
    clerk.write("1")
    clerk.press("Enter", "Down")
    yield "refund-part"
    stage.insert("zhang-jianguo", clerk)
    yield "refund-part-tried"
    clerk.press("F8")
    clerk.enter("01", SAID_AT_THE_DOOR)
    yield "refunded-part"


@story("refund-unknown")
def nobody_knows_whether_it_went_back(stage: Stage) -> Iterator[Shown]:
    """The bureau takes it back and its answer is lost."""
    clerk = _after_three_sales(stage)
    clerk.press("F9", "Enter", "Enter", "Down", "F8")
    stage.faults({"name": "drop_answer", "infno": "2103", "times": 1})
    clerk.enter("01", SAID_AT_THE_DOOR)
    yield "refund-unknown"
