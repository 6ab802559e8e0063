"""Who works here, what the keys do, whose word is wanted."""

from collections.abc import Iterator
from typing import Final

from pos_client.desk.operators import SignedIn
from pos_client.desk.window_runs import begin_run
from pos_client.offline.locks import desk_lock
from pos_client.offline.operators import Role
from rehearsal.scenes.clerk import Clerk
from rehearsal.scenes.sales import a_bill
from rehearsal.scenes.stage import Stage
from rehearsal.scenes.story import Shown, story

BOSS: Final = SignedIn("01", "王主任", Role.SUPERVISOR)
CLERK: Final = SignedIn("03", "李四", Role.CASHIER)
#: Of people who do not exist, in homes that are gone when the picture is taken.
SAID_AT_THE_DOOR: Final = "open sesame"


def signed_in(stage: Stage) -> Clerk:
    """The program with the clerk signed in."""
    clerk = stage.start(signs_in=True)
    clerk.enter(CLERK.name, SAID_AT_THE_DOOR)
    clerk.until(lambda: clerk.program.shift is not None)
    clerk.settle()
    return clerk


@story("sign-in", "sign-in-wrong")
def the_door(stage: Stage) -> Iterator[Shown]:
    """Signing in, with the wrong password."""
    stage.employ(SAID_AT_THE_DOOR, BOSS, CLERK)
    clerk = stage.start(signs_in=True)
    yield "sign-in"
    clerk.enter("03", "guessed wrong")
    yield "sign-in-wrong"


@story("real-nobody")
def a_real_home(stage: Stage) -> Iterator[Shown]:
    """A real home in which nobody was registered takes no money."""
    stage.set({"mode": "real"})
    stage.start(signs_in=True)
    yield "real-nobody"


@story("not-opened")
def taken(stage: Stage) -> Iterator[Shown]:
    """Another window works on this home."""
    stage.home.folder.mkdir(exist_ok=True)
    with desk_lock(stage.home):
        stage.start(signs_in=True)
        yield "not-opened"


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
    begin_run(stage.home, stage.clock)  # a run that nobody ends
    stage.minutes_pass(1)
    stage.start()
    yield "crash-brought-back"


@story(
    "first-start", "first-start-institution", "first-start-wrong", "first-start-real", "first-start-reader",
    "first-start-bureau", "first-start-supervisor", "first-start-summary", "first-start-done",
)  # fmt: skip
def first_start(stage: Stage) -> Iterator[Shown]:
    """A fresh machine: everything that the desk must know, each thing tested as it is entered."""
    stage.make_bare()
    stage.put_in("zhang-jianguo")
    clerk = stage.start(signs_in=True)
    yield "first-start"
    clerk.press("Enter")
    clerk.write("H4399990000")
    yield "first-start-institution"
    clerk.press("Enter", "Enter", "Enter")
    yield "first-start-wrong"
    clerk.press("Up", "Up")
    clerk.enter("H43999900003", "示例市人民医院", "2", "3", "6")
    clerk.press("Down")
    yield "first-start-real"
    clerk.press("Up", "Enter", "Enter", "Enter")
    clerk.write(stage.reader_url)
    yield "first-start-reader"
    clerk.press("Enter")
    clerk.write(stage.front_end.url)
    yield "first-start-bureau"
    clerk.press("Enter")
    clerk.enter(BOSS.name, BOSS.title, SAID_AT_THE_DOOR)
    clerk.write(SAID_AT_THE_DOOR)
    yield "first-start-supervisor"
    clerk.press("Enter", "Enter", "Enter")
    yield "first-start-summary"
    clerk.press("Enter")
    clerk.enter(BOSS.name, SAID_AT_THE_DOOR)
    clerk.until(lambda: clerk.program.shift is not None)
    clerk.settle()
    yield "first-start-done"


@story("settings", "settings-fixed", "settings-change")
def settings(stage: Stage) -> Iterator[Shown]:
    """The settings of a desk that is set up."""
    clerk = stage.start()
    clerk.press("F1")
    clerk.write("s")
    yield "settings"
    clerk.press("Down", "Down")
    yield "settings-fixed"
    clerk.press(*["Down"] * 4, "Enter")
    yield "settings-change"
