"""Any keys in any order: no failure of our own, no dialog, always one sentence; and then the next person is served."""

from collections.abc import Callable
from random import Random

import pytest

from pos_client.ui.pages.sign_in import SignInPage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.world import CONSENT_ITEM, World
from tests.ui.conftest import Start
from tests.ui.hasty import hold, put, tap
from tests.ui.keys import Keys
from tests.ui.sound import can_go_on, goes_home, is_sound
from tests.ui.staff import BOSS, CASHIER, PASSWORD, employ

STEPS = 120
BAR = [*(f"F{number}" for number in range(1, 13)), "Esc"]
OTHERS = ["Enter", "Up", "Down", "Left", "Right", "PgUp", "PgDown", "Home", "End", "Tab", "Del", "Back"]
TYPED = ["1", "5", "50", "a", "w", "y", "d", "*3", "2*", ".", "-", "q", " ", "张", "０"]
SCANS = ["YD0001", "YD0004", CONSENT_ITEM, "2000000000046", "NOSUCH", "01-000001"]
CARDS = ["zhang-jianguo", "li-xiulan", "zhao-tingbao", "bank-card"]
FAULTS = ["drop_answer", "refuse", "gateway_refusal", "http_500", "off_by_one_fen", "truncated"]


def _steps(keys: Keys, dice: Random) -> list[tuple[int, Callable[[], None]]]:
    """What may happen next, each with its weight."""

    def fault() -> None:
        infno = dice.choice(["1101", "2101", "2102", "2103"])
        keys.world.faults({"name": dice.choice(FAULTS), "infno": infno, "times": 1})

    def several() -> None:
        tap(*(dice.choice([*BAR, *OTHERS, *TYPED[:7]]) for _ in range(dice.randint(2, 5))))

    def serve() -> None:
        """What a clerk would do, so that there are bills to look at, to take back and to ask about."""
        goes_home(keys)
        keys.world.slot.remove()
        keys.until(lambda: keys.program.watch.state == "empty")
        keys.insert(dice.choice(CARDS[:2]))
        tap(dice.choice(SCANS[:3]), "Enter")
        keys.settle()
        keys.press("F7", "F5", "F8")

    at_work: list[tuple[int, Callable[[], None]]] = [(3, serve), (2, lambda: goes_home(keys))]
    return [
        *(() if isinstance(keys.page, SignInPage) else at_work),
        (2, lambda: tap("F9", "Enter", "Enter", "4")),
        (10, lambda: tap(dice.choice(BAR))),
        (6, lambda: tap(dice.choice(OTHERS))),
        (4, lambda: tap("Enter")),
        (4, lambda: put(dice.choice(TYPED))),
        (5, lambda: tap(dice.choice(SCANS), "Enter")),
        (3, several),
        (1, lambda: hold(keys, dice.choice(BAR), 3)),
        (2, lambda: keys.world.insert(dice.choice(CARDS))),
        (1, keys.world.slot.remove),
        (1, fault),
    ]


def _walk(keys: Keys, seed: int, steps: int = STEPS) -> list[str]:
    """Does anything so often; the names of the pages that it came to."""
    dice = Random(seed)
    choices = _steps(keys, dice)
    pages = []
    for _ in range(steps):
        (step,) = dice.choices([one for _, one in choices], [weight for weight, _ in choices])
        step()
        if dice.random() < 0.8:
            keys.settle()
        said = type(keys.page).__name__
        is_sound(keys)
        pages.append(said)
    keys.settle()
    is_sound(keys)
    return pages


@pytest.mark.parametrize("seed", range(300,340))
def test_any_keys_in_any_order_are_borne(keys: Keys, seed: int) -> None:
    pages = _walk(keys, seed)
    assert len(set(pages)) >= 5
    can_go_on(keys)


def test_any_keys_of_a_cashier_are_borne_in_a_small_window_in_english(world: World, start: Start) -> None:
    employ(world, BOSS, CASHIER)
    keys = start(language="en", size=(960, 540), signs_in=True)
    keys.on(SignInPage)
    keys.enter(CASHIER.name)
    keys.enter(PASSWORD)
    keys.on(WelcomePage)
    _walk(keys, 99)
    can_go_on(keys)


def test_any_keys_before_anybody_signed_in_are_borne(world: World, start: Start) -> None:
    employ(world, BOSS, CASHIER)
    keys = start(signs_in=True)
    keys.on(SignInPage)
    assert not set(_walk(keys, 7, 80)) - {"SignInPage", "HelpPage"}
