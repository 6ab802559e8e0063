"""What cannot be taken back wants a supervisor's word, and nothing happens without it."""

from pos_client.desk.operators import SignedIn
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.supervisor import SupervisorPage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.world import World
from tests.ui.conftest import Start
from tests.ui.keys import Keys
from tests.ui.staff import BOSS, CASHIER, DEPUTY, PASSWORD, employ

ACT = "退费 张** 24.50"


def _asked(keys: Keys) -> list[SignedIn]:
    """Some page of the clerk asks for a word; what it was answered."""
    answers: list[SignedIn] = []
    keys.program.with_supervisor(ACT, answers.append)
    keys.settle()
    return answers


def _working(start: Start, world: World, clerk: SignedIn, *people: SignedIn) -> Keys:
    employ(world, *people)
    keys = start(signs_in=True)
    keys.enter(clerk.name)
    keys.enter(PASSWORD)
    keys.on(WelcomePage)
    return keys


def test_a_training_home_without_operators_is_not_asked(keys: Keys) -> None:
    assert [one.name for one in _asked(keys)] == ["01"]


def test_the_only_supervisor_is_not_asked_about_his_own_act(start: Start, world: World) -> None:
    assert _asked(_working(start, world, BOSS, BOSS, CASHIER)) == [BOSS]


def test_a_supervisor_allows_what_a_cashier_does(start: Start, world: World) -> None:
    keys = _working(start, world, CASHIER, BOSS, CASHIER)
    answers = _asked(keys)
    page = keys.on(SupervisorPage)
    assert not answers
    assert ACT in page.form.words()
    keys.enter("boss")
    keys.enter(PASSWORD)
    keys.on(WelcomePage)
    assert answers == [BOSS]


def test_a_supervisor_asks_another_one(start: Start, world: World) -> None:
    keys = _working(start, world, BOSS, BOSS, DEPUTY)
    answers = _asked(keys)
    keys.on(SupervisorPage)
    keys.enter("boss")
    keys.enter(PASSWORD)
    assert keys.message.code == "S-EYES"
    assert ACT in keys.message.text
    keys.enter("deputy")
    keys.enter(PASSWORD)
    assert answers == [DEPUTY]


def test_a_cashiers_word_is_not_enough(start: Start, world: World) -> None:
    keys = _working(start, world, CASHIER, BOSS, CASHIER)
    answers = _asked(keys)
    page = keys.on(SupervisorPage)
    keys.enter("02")
    keys.enter(PASSWORD)
    assert keys.message.code == "S-SUPERVISOR"
    assert page.name.edit.hasFocus()
    assert page.password.text == ""
    assert not answers


def test_esc_goes_back_and_nothing_was_done(start: Start, world: World) -> None:
    keys = _working(start, world, CASHIER, BOSS, CASHIER)
    answers = _asked(keys)
    keys.on(SupervisorPage)
    keys.write("boss")
    keys.press("Esc")
    keys.on(WelcomePage)
    assert (keys.message.sign, keys.message.text) == (Sign.NOTE, "负责人没有同意，什么也没有做。")
    assert not answers
