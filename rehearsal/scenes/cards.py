"""Cards that are worth a word, and cards and readers with which nothing goes on."""

from collections.abc import Iterator

from pos_client.card import words
from pos_client.card.readers.reader import Presence
from pos_client.errors import EnvironmentProblem
from rehearsal.scenes.stage import Stage
from rehearsal.scenes.story import Shown, story


@story("card-expired", "third-generation-no-psam", "psam-not-accepted", "card-copied")
def keyed(stage: Stage) -> Iterator[Shown]:
    """An expired card is served; third-generation cards want a PSAM, and one that they accept."""
    clerk = stage.start()
    stage.insert("expired-card", clerk)
    yield "card-expired"
    clerk.press("Esc")
    stage.take_card(clerk)
    stage.insert("third-generation", clerk)
    yield "third-generation-no-psam"
    stage.take_card(clerk)
    stage.put_psam_in()
    stage.insert("wrong-authentication", clerk)
    yield "psam-not-accepted"
    stage.take_card(clerk)
    stage.insert("cloned-card", clerk)
    yield "card-copied"


@story(
    "card-at-hand", "card-shut", "card-pin", "card-account", "card-pin-change", "card-pin-wrong", "card-last-try",
    "card-locked",
)  # fmt: skip
def asked_by_its_holder(stage: Stage) -> Iterator[Shown]:
    """What is on the card, its PIN, the last try, a locked one."""
    clerk = stage.start()
    stage.insert("purse-open", clerk)
    clerk.press("Esc")
    yield "card-at-hand"
    clerk.press("F6")
    yield "card-shut"
    clerk.press("Enter")
    clerk.write("1234")
    yield "card-pin"
    clerk.enter("56")
    yield "card-account"
    clerk.write("g")
    clerk.enter("123456")
    clerk.write("2468")
    yield "card-pin-change"
    clerk.press("Esc", "Esc")
    stage.take_card(clerk)
    stage.insert("zhang-jianguo", clerk)
    clerk.press("Esc", "F6", "Enter")
    clerk.enter("111111")
    yield "card-pin-wrong"
    clerk.enter("111111")
    yield "card-last-try"
    clerk.write("y")
    clerk.enter("111111")
    yield "card-locked"


@story("two-cards")
def two_readers(stage: Stage) -> Iterator[Shown]:
    """A card in each of two readers."""
    stage.play_reader(Presence.CARD, EnvironmentProblem(words.TWO_CARDS))
    clerk = stage.start()
    clerk.until(lambda: clerk.code != "")
    yield "two-cards"


@story("reader-by-key")
def a_makers_library(stage: Stage) -> Iterator[Shown]:
    """A reader that cannot tell whether a card is in it."""
    stage.play_reader(Presence.UNKNOWN, EnvironmentProblem(words.NO_CARD))
    stage.start()
    yield "reader-by-key"
