"""The first start by keys alone: every step tested as it is entered, left, taken up again, finished."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from PySide6.QtWidgets import QApplication

from pos_client.config import Home, load_settings
from pos_client.desk.books import open_books
from pos_client.desk.operators import listed
from pos_client.desk.setup_view import FIRST_START, Step
from pos_client.offline.made import was_made
from pos_client.ui import theme
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.first_start import FirstStartPage
from pos_client.ui.pages.sign_in import SignInPage
from pos_client.ui.pages.welcome import WelcomePage
from pos_client.ui.speech import speak
from pos_client.ui.tokens import Role
from tests.desk.world import World
from tests.ui.fresh import ground_on, window_on
from tests.ui.keys import Keys
from tests.ui.staff import PASSWORD


@pytest.fixture
def home(world: World) -> Home:
    return Home(world.home.folder.parent / "fresh")


@pytest.fixture
def keys(world: World, home: Home, qapp: QApplication) -> Iterator[Keys]:
    with window_on(world, ground_on(world, home, {})) as clerk:
        clerk.on(FirstStartPage)
        yield clerk
    speak(qapp, "zh")
    theme.use("light")


def _step(keys: Keys) -> Step | None:
    return keys.on(FirstStartPage).step


def _as_far_as(keys: Keys, step: Step) -> None:
    """Takes what stands there, and at the institution a hospital."""
    while _step(keys) is not step:
        assert keys.message.sign is not Sign.STOP, keys.message.text
        if _step(keys) is Step.INSTITUTION:
            keys.enter("H43999900001")
            keys.enter("示例市人民医院")
        elif _step(keys) is Step.DESK:
            keys.enter("3")
            keys.write("5")
        elif _step(keys) is Step.READER:
            keys.write(keys.world.reader_url)
        elif _step(keys) is Step.FRONT_END:
            keys.write(keys.world.front_end.url)
        elif _step(keys) is Step.SUPERVISOR:
            keys.press("Enter", "Enter", "Enter")
        keys.press("Enter")


def test_a_training_desk_is_set_up_by_keys_alone_and_serves(keys: Keys, home: Home) -> None:
    for step in FIRST_START:
        _as_far_as(keys, step)
    keys.press("Enter")
    assert _step(keys) is None
    keys.press("Enter")
    keys.on(WelcomePage)
    settings = load_settings(home, {})
    assert settings.text("institution.code") == "H43999900001"
    assert (settings.number("desk.number"), settings.number("institution.desks")) == (3, 5)
    assert settings.text("reader.url") == keys.world.reader_url
    keys.insert("zhang-jianguo")
    assert "张建国" in keys.left


def test_what_is_wrong_is_told_and_keeps_from_going_on(keys: Keys) -> None:
    _as_far_as(keys, Step.INSTITUTION)
    keys.enter("H1")
    keys.press("Enter", "Enter")
    assert _step(keys) is Step.INSTITUTION
    assert (keys.message.sign, keys.message.code) == (Sign.STOP, "S-INSTCODE")
    assert "S-INSTCODE" in keys.right
    keys.enter("H43999900001")
    keys.press("Enter", "Enter")
    assert _step(keys) is Step.DESK, "the wrong code was selected, so typing took its place"


def test_esc_goes_one_step_back_and_keeps_what_was_typed(keys: Keys) -> None:
    _as_far_as(keys, Step.DESK)
    keys.write("7")
    keys.press("Esc")
    assert _step(keys) is Step.INSTITUTION
    keys.press("Enter", "Enter", "Enter")
    page = keys.on(FirstStartPage)
    centre = page.focus()
    assert centre is not None
    keys.press("Enter")
    keys.enter("9")
    assert "9 个窗口中的 7 号" in keys.right


def test_a_reader_and_a_front_end_that_do_not_answer_may_wait(keys: Keys) -> None:
    _as_far_as(keys, Step.READER)
    keys.enter("ccid-serial:socket://127.0.0.1:9")
    assert keys.message.sign is Sign.STOP
    assert "PgDn" in keys.right
    keys.press("PgDown")
    assert _step(keys) is Step.FRONT_END
    keys.enter("http://127.0.0.1:9")
    assert keys.message.sign is Sign.STOP
    keys.press("PgDown")
    assert _step(keys) is Step.SUPERVISOR
    assert f"读卡器 {Sign.LOOK}" in keys.left


def test_a_card_in_the_reader_is_read_and_told_masked(keys: Keys) -> None:
    keys.world.insert("zhang-jianguo")
    _as_far_as(keys, Step.FRONT_END)
    assert "读到了卡：张**" in keys.right
    assert "张建国" not in keys.right


def test_a_real_desk_looks_like_one_from_the_moment_it_is_chosen(keys: Keys) -> None:
    _as_far_as(keys, Step.MODE)
    assert "收真钱" not in keys.right
    keys.press("Down", "Enter")
    assert _step(keys) is Step.REGION
    assert "正式窗口" in keys.right
    keys.press("Enter")
    assert "没有可选的统筹区" in keys.message.text
    keys.press("Esc", "Up", "Enter")
    assert "正式窗口" not in keys.right


def test_the_supervisor_is_registered_and_signs_in(keys: Keys, home: Home) -> None:
    _as_far_as(keys, Step.SUPERVISOR)
    for text in ("boss", "王主任", PASSWORD, "another one"):
        keys.enter(text)
    assert keys.message.code == "S-OPTWICE"
    keys.enter(PASSWORD)
    keys.enter(PASSWORD)
    assert _step(keys) is Step.PRINTER
    _as_far_as(keys, Step.THEME)
    keys.press("Enter", "Enter")
    keys.on(SignInPage)
    keys.enter("boss")
    keys.enter(PASSWORD)
    keys.on(WelcomePage)
    keys.program.close()
    with open_books(home, {}, keys.world.runtime) as books:
        assert [one.title for one in listed(books)] == ["王主任"]


def test_colours_and_language_are_seen_at_once(keys: Keys) -> None:
    keys.press("Down", "Down", "Enter")
    assert keys.program.language == "en"
    assert "Reader" in keys.left
    _as_far_as(keys, Step.THEME)
    before = theme.colour(Role.PANEL).name()
    keys.press("Down", "Down", "Enter")
    assert theme.colour(Role.PANEL).name() != before


def test_it_may_be_left_and_taken_up_where_it_was(world: World, home: Home, qapp: QApplication) -> None:
    with ExitStack() as first:
        keys = first.enter_context(window_on(world, ground_on(world, home, {})))
        _as_far_as(keys, Step.REGION)
        for _ in range(4):
            keys.press("Esc")
        assert _step(keys) is Step.LANGUAGE
        keys.press("Esc")
        assert "再按一次 Esc" in keys.message.text
        keys.press("Esc")
    assert not was_made(home)
    with window_on(world, ground_on(world, home, {})) as keys:
        assert _step(keys) is Step.REGION
        assert "接着上次" in keys.message.text
        keys.press("Esc", "Esc", "Esc")
        assert _step(keys) is Step.INSTITUTION
        keys.press("Enter", "Enter", "Enter")
        assert "示例市人民医院" in keys.right


def test_nothing_of_the_password_stays_in_the_home(keys: Keys, home: Home) -> None:
    _as_far_as(keys, Step.SUPERVISOR)
    for text in ("boss", "王主任", PASSWORD, PASSWORD):
        keys.enter(text)
    assert PASSWORD not in home.first_start.read_text(encoding="utf-8")
