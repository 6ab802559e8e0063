"""What the pages of the first start and of the settings ask: what there is to choose, tests, what is fixed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from pos_client.config import SETTINGS, Home
from pos_client.desk import setup_view
from pos_client.desk.draft import Draft
from pos_client.desk.findings import Mark
from pos_client.desk.setup import Setup
from pos_client.desk.setup_view import Entered, Step
from pos_client.runtime import Child, ChildGone
from tests.desk.world import World
from tests.virtual import virtual_runtime

TRAINING = Draft({"institution.code": "H43999900001", "institution.name": "示例市人民医院"})


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    return Setup(Home(tmp_path / "home"), {}, virtual_runtime())


def _tested(setup: Setup, step: Step, **texts: str) -> setup_view.Tested:
    return setup.test(step, TRAINING, Entered({key.replace("__", "."): text for key, text in texts.items()}), "zh")


def test_every_setting_of_the_program_can_be_set_by_some_step() -> None:
    reached = {key for step in setup_view.SETTINGS for key in setup_view.KEYS[step]}
    assert reached == {setting.key for setting in SETTINGS}


def test_a_number_is_taken_over_as_a_number(setup: Setup) -> None:
    tested = _tested(setup, Step.DESK, desk__number="3", institution__desks="5")
    assert (tested.finding.mark, tested.draft.number("desk.number")) == (Mark.OK, 3)


@pytest.mark.parametrize("typed", ["", "three", "-1", "3.5", "３", "99999999999"])
def test_what_is_no_number_is_refused_in_words(setup: Setup, typed: str) -> None:
    finding = _tested(setup, Step.DESK, desk__number=typed, institution__desks="5").finding
    assert (finding.mark, finding.code) == (Mark.STOP, "E-SETTING")


def test_a_wrong_code_is_told_as_a_wrong_code(setup: Setup) -> None:
    entered = {"institution__code": "H1", "institution__name": "甲", "institution__level": "2"}
    assert _tested(setup, Step.INSTITUTION, **entered).finding.code == "S-INSTCODE"


def test_the_list_holds_what_is_chosen_now(setup: Setup) -> None:
    for step in (Step.LANGUAGE, Step.MODE, Step.REGION, Step.POLICY, Step.PRINTER, Step.THEME, Step.SCALE):
        options = setup.options(step, TRAINING, "zh", ["lp0"]).options
        now = str(TRAINING.settings.values[setup_view.KEYS[step][0]])
        assert now in [one.value for one in options], step
        assert all(one.text for one in options)


def test_a_printer_that_is_gone_stays_in_the_list(setup: Setup) -> None:
    draft = TRAINING.with_values({"printer.name": "old"})
    assert [one.value for one in setup.options(Step.PRINTER, draft, "zh", ["lp0"]).options] == ["", "lp0", "old"]


def test_a_real_desk_finds_no_region_for_training(setup: Setup) -> None:
    assert setup.options(Step.REGION, TRAINING.with_values({"mode": "real"}), "zh", []).options == ()


def test_readers_are_looked_for_and_tried(world: World) -> None:
    setup = Setup(world.home, {}, world.runtime)
    draft = TRAINING.with_values({"reader.url": world.reader_url})
    found = setup.options(Step.READER, draft, "zh", [])
    assert world.reader_url in [one.value for one in found.options]
    tested = setup.test(Step.READER, draft, Entered({"reader.url": world.reader_url}), "zh")
    assert tested.finding.mark is Mark.OK
    assert "张建国" not in tested.finding.zh


def test_before_there_are_books_nothing_is_fixed(setup: Setup) -> None:
    assert setup.fixed_keys() == frozenset()


def test_with_books_and_environment_the_rows_say_why_they_are_fixed(world: World) -> None:
    world.sell()
    setup = Setup(world.home, world.environment, world.runtime)
    fixed = {row.step: row.fixed for row in setup.rows("zh") if row.fixed}
    assert set(fixed) == {Step.MODE, Step.READER, Step.FRONT_END}
    assert fixed[Step.MODE] == "有账以后不能改"
    assert "POS_CLIENT_READER" in fixed[Step.READER]
    assert {"institution.code", "desk.number"} <= setup.fixed_keys()


def test_a_password_is_never_shown_with_what_was_entered() -> None:
    assert "open sesame" not in repr(Entered(password="open sesame", again="open sesame"))


@pytest.mark.parametrize(("typed", "kept"), [("是", "yes"), ("否", "no"), ("yes", "yes"), ("no", "no")])
def test_yes_and_no_are_understood_in_chinese_too(setup: Setup, typed: str, kept: str) -> None:
    tested = _reading(setup, genuine=typed)
    assert (tested.finding.mark, tested.draft.text("reader.check_genuine")) == (Mark.OK, kept)
    said = setup.told(Step.READING, tested.draft, "zh")
    assert ("每张卡验真伪" in said) is (kept == "yes")


def test_what_is_neither_yes_nor_no_is_refused(setup: Setup) -> None:
    assert _reading(setup, genuine="maybe").finding.code == "E-SETTING"


@pytest.mark.parametrize(
    ("psam", "code"), [("", ""), ("none", ""), ("ccid-serial:/dev/ttyUSB0#1", ""), ("x:y", "K-01")]
)
def test_the_psams_place_must_be_one_that_can_be_meant(setup: Setup, psam: str, code: str) -> None:
    assert _reading(setup, psam=psam).finding.code == code


def _reading(setup: Setup, *, genuine: str = "no", psam: str = "") -> setup_view.Tested:
    return _tested(
        setup,
        Step.READING,
        card__reading_age_min="10",
        reader__timeout_ms="10000",
        reader__psam=psam,
        reader__check_genuine=genuine,
    )


class Hanging:
    """A reader's process that says nothing until it is ended."""

    def __init__(self, began: Callable[[], None]) -> None:
        self._began, self._ended = began, Event()

    def send(self, line: bytes) -> None:
        if b'"ping"' not in line:
            self._began()

    def receive(self, timeout_ms: int) -> bytes | None:
        assert self._ended.wait(timeout_ms / 1000), "nobody ended it"
        raise ChildGone

    def kill(self) -> None:
        self._ended.set()


class HangingReader:
    """A set-up whose reader hangs, and a clerk who presses Esc as soon as it is asked."""

    def __init__(self, *, too_early: bool = False) -> None:
        self.children: list[Hanging] = []
        self._too_early = too_early
        self.setup = Setup(Home(Path("untouched")), {}, replace(virtual_runtime(), spawn=self._spawn))

    def _spawn(self, _argv: Sequence[str]) -> Child:
        if self._too_early:
            self.setup.abandon()
        self.children.append(Hanging(self._press_escape))
        return self.children[-1]

    def _press_escape(self) -> None:
        if not self._too_early:
            Thread(target=self.setup.abandon).start()


@pytest.mark.parametrize("too_early", [False, True])
def test_a_reader_test_that_is_given_up_says_only_that(too_early: bool) -> None:
    reader = HangingReader(too_early=too_early)
    finding = reader.setup.test(Step.READER, TRAINING, Entered({"reader.url": "pcsc:"}), "zh").finding
    assert (finding.mark, finding.zh, finding.code) == (Mark.STOP, "没有试完就停了。按回车再试。", "")
    assert all(child._ended.wait(10) for child in reader.children)


def test_a_look_for_readers_that_is_given_up_says_only_that_and_leaves_what_can_be_chosen_anyway() -> None:
    found = HangingReader().setup.options(Step.READER, TRAINING, "zh", [])
    assert [one.value for one in found.options] == ["pcsc:"]
    assert found.finding is not None
    assert (found.finding.mark, found.finding.code) == (Mark.LOOK, "")
    assert found.finding.zh.startswith("读卡器没有找完就停了。")


def test_esc_while_nothing_is_tried_spoils_no_later_test(setup: Setup) -> None:
    setup.abandon()
    assert _tested(setup, Step.DESK, desk__number="3", institution__desks="5").finding.mark is Mark.OK
