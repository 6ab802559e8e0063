"""Nobody works here before signing in."""

from PySide6.QtWidgets import QLineEdit

from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.sign_in import SignInPage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.world import World
from tests.opened_home import never_opened
from tests.ui.conftest import Start
from tests.ui.keys import Keys
from tests.ui.staff import BOSS, CASHIER, PASSWORD, employ


def _at_the_door(start: Start, world: World) -> Keys:
    employ(world, BOSS, CASHIER)
    return start(signs_in=True)


def test_name_and_password_open_the_first_page(start: Start, world: World) -> None:
    keys = _at_the_door(start, world)
    keys.on(SignInPage)
    assert keys.message.text == "请输入工号和口令，按回车登录。"
    assert keys.button == "Enter 登录"
    keys.enter("02")
    keys.enter(PASSWORD)
    keys.on(WelcomePage)
    assert keys.program.place is not None
    assert keys.program.place.operator == "02"


def test_a_wrong_password_is_said_and_the_field_is_empty_for_the_next_try(start: Start, world: World) -> None:
    keys = _at_the_door(start, world)
    page = keys.on(SignInPage)
    keys.enter("02")
    keys.enter("guessed wrong")
    assert (keys.message.sign, keys.message.code) == (Sign.STOP, "S-PASSWORD")
    assert page.password.text == ""
    assert page.password.edit.hasFocus()
    keys.enter(PASSWORD)
    keys.on(WelcomePage)


def test_a_password_is_never_readable_and_never_comes_back(start: Start, world: World) -> None:
    keys = _at_the_door(start, world)
    page = keys.on(SignInPage)
    keys.enter("02")
    keys.write("open")
    assert page.password.edit.displayText() == "●●●●"
    assert page.password.edit.echoMode() is QLineEdit.EchoMode.Password
    keys.press("Enter")
    page.password.edit.undo()
    assert page.password.text == ""


def test_without_a_name_nothing_is_asked(start: Start, world: World) -> None:
    keys = _at_the_door(start, world)
    page = keys.on(SignInPage)
    keys.press("Enter")
    keys.enter(PASSWORD)
    assert keys.message.text.startswith("还没有输入工号")
    assert page.name.edit.hasFocus()


def test_the_arrows_go_from_field_to_field(start: Start, world: World) -> None:
    keys = _at_the_door(start, world)
    page = keys.on(SignInPage)
    keys.press("Down")
    assert page.password.edit.hasFocus()
    keys.press("Up")
    assert page.name.edit.hasFocus()


def test_a_badge_that_is_scanned_is_the_name(start: Start, world: World) -> None:
    keys = _at_the_door(start, world)
    page = keys.on(SignInPage)
    keys.scan("BADGE-0002")
    assert page.name.text == "BADGE-0002"
    assert page.password.edit.hasFocus()


def test_a_real_home_without_operators_says_what_to_do(start: Start, world: World) -> None:
    never_opened(world.home)
    world.home.config_file.write_text('mode = "real"\n', encoding="utf-8")
    keys = start(signs_in=True)
    keys.on(SignInPage)
    assert keys.message.code == "S-OPERATOR"
