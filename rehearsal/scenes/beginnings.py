"""Who works here, what the keys do, whose word is wanted."""

from collections.abc import Iterator
from typing import Final

from pos_client.desk.operators import SignedIn
from pos_client.offline.operators import Role
from rehearsal.scenes.sales import a_bill
from rehearsal.scenes.stage import Stage
from rehearsal.scenes.story import Shown, story

BOSS: Final = SignedIn("01", "王主任", Role.SUPERVISOR)
CLERK: Final = SignedIn("03", "李四", Role.CASHIER)
#: Of people who do not exist, in homes that are gone when the picture is taken.
SAID_AT_THE_DOOR: Final = "open sesame"


@story("sign-in", "sign-in-wrong", "signed-in")
def the_door(stage: Stage) -> Iterator[Shown]:
    """Signing in, at first with the wrong password."""
    stage.employ(SAID_AT_THE_DOOR, BOSS, CLERK)
    clerk = stage.start(signs_in=True)
    yield "sign-in"
    clerk.enter("03", "guessed wrong")
    yield "sign-in-wrong"
    clerk.enter(SAID_AT_THE_DOOR)
    yield "signed-in"


@story("help", "help-sale")
def help_pages(stage: Stage) -> Iterator[Shown]:
    """What the keys do, on the first page and in a sale."""
    clerk = stage.start()
    clerk.press("F1")
    yield "help"
    clerk.press("Esc")
    a_bill(stage, clerk)
    clerk.press("F5", "F1")
    yield "help-sale"


@story("crash-brought-back")
def a_crash(stage: Stage) -> Iterator[Shown]:
    """The program is gone with a bill in work, and comes back with it."""
    clerk = stage.start()
    a_bill(stage, clerk)
    stage.take_card(clerk)
    stage.stop()
    clerk = stage.start()
    yield "crash-brought-back"
