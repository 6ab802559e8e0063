"""Sales that go as they should: from the empty page to the change, and the ways besides."""

from collections.abc import Iterator

from rehearsal.scenes.clerk import Clerk
from rehearsal.scenes.stage import Stage
from rehearsal.scenes.story import Shown, story

#: Two packs of amoxicillin, one of a drug of class B, vitamin C of one's own expense.
PACKS = ("YD0001", "YD0001", "YD0004", "WSSCPTP")


def a_bill(stage: Stage, clerk: Clerk, *codes: str, persona: str = "zhang-jianguo") -> None:
    """Card in, scanned, signed for where that is wanted."""
    stage.insert(persona, clerk)
    clerk.scan(*(codes or PACKS))
    if not codes:
        clerk.press("F7")


def a_settled_sale(stage: Stage, clerk: Clerk, *codes: str, persona: str = "zhang-jianguo", cash: str = "100") -> None:
    """A whole sale; the card is taken away and two minutes pass."""
    a_bill(stage, clerk, *codes, persona=persona)
    clerk.press("F5")
    clerk.write(cash)
    clerk.press("F8")
    stage.take_card(clerk)
    stage.minutes_pass(2)


@story("empty", "person", "bill", "search", "line", "consent-missing", "tried", "tender", "sold", "next-sale")
def cash(stage: Stage) -> Iterator[Shown]:
    """Three items, one of them at the person's own expense, paid in cash."""
    clerk = stage.start()
    yield "empty"
    stage.insert("zhang-jianguo", clerk)
    yield "person"
    clerk.scan(*PACKS)
    yield "bill"
    clerk.write("A")
    yield "search"
    clerk.press("Esc", "Up")
    yield "line"
    clerk.press("F5")
    yield "consent-missing"
    clerk.press("F7", "Esc", "F5")
    yield "tried"
    clerk.write("100")
    yield "tender"
    clerk.press("F8")
    yield "sold"
    stage.take_card(clerk)
    stage.minutes_pass(2)
    stage.insert("li-xiulan", clerk)
    yield "next-sale"


@story("means", "reference", "partly-paid", "too-little")
def other_means(stage: Stage) -> Iterator[Shown]:
    """A part by bank card, the rest in cash."""
    clerk = stage.start()
    a_bill(stage, clerk)
    clerk.press("F5")
    clerk.write("y")
    yield "means"
    clerk.enter("15")
    yield "reference"
    clerk.enter("20261120110233")
    yield "partly-paid"
    clerk.write("5")
    clerk.press("F8")
    yield "too-little"


@story("identify", "identify-half", "identify-number", "identify-voucher", "without-card")
def no_card(stage: Stage) -> Iterator[Shown]:
    """Somebody without a card: the identity number, or the code on a telephone."""
    clerk = stage.start()
    clerk.press("F2")
    yield "identify"
    clerk.write_by_hand("4399991951081")
    yield "identify-half"
    clerk.write_by_hand("20023")
    yield "identify-number"
    clerk.press("Esc")
    clerk.write(stage.voucher("li-xiulan"))
    yield "identify-voucher"
    clerk.press("Enter")
    yield "without-card"


@story("parked", "parked-bills", "taken-up")
def aside(stage: Stage) -> Iterator[Shown]:
    """Two bills laid aside, one of them taken up again."""
    clerk = stage.start()
    a_bill(stage, clerk)
    clerk.press("F12")
    stage.take_card(clerk)
    stage.minutes_pass(4)
    a_bill(stage, clerk, "YD0012", "YD0020", persona="li-xiulan")
    clerk.press("F12")
    stage.take_card(clerk)
    yield "parked"
    stage.minutes_pass(7)
    clerk.press("F12")
    yield "parked-bills"
    clerk.press("Enter")
    yield "taken-up"


@story("rare-name", "quarter-million", "long-name")
def extremes(stage: Stage) -> Iterator[Shown]:
    """Rare characters, an amount that is larger than any other, and a name of thirty characters."""
    stage.rename("wang-xiaomei", "阿卜杜热合曼·买买提艾力·吐尔逊江·阿卜力米提·阿卜杜克力木")
    stage.persons({"psn_no": "43990000000000000000000003", "balance": "250000.00"})
    clerk = stage.start()
    stage.insert("ma-yan", clerk)
    clerk.scan("YD0026")
    yield "rare-name"
    clerk.scan("WSSCPTP")
    clerk.enter("*13888.8889")
    clerk.press("F7", "F5")
    yield "quarter-million"
    clerk.press("F12")
    stage.take_card(clerk)
    clerk.press("F2")
    clerk.enter("439999198809090043")
    yield "long-name"


@story("long-bill", "long-bill-tried")
def long(stage: Stage) -> Iterator[Shown]:
    """More lines than the window has room for."""
    clerk = stage.start()
    a_bill(stage, clerk, *(f"YD{number:04d}" for number in range(1, 31)))
    yield "long-bill"
    clerk.press("F5")
    yield "long-bill-tried"
