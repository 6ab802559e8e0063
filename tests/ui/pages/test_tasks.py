"""What is to be done, by keys alone."""

import pytest

from pos_client.desk.settle import settle
from pos_client.errors import OutcomeUnknown
from pos_client.offline import tasks
from pos_client.offline.tasks import TaskKind
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.tasks import TasksPage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.world import World
from tests.ui.conftest import Start
from tests.ui.keys import Keys


def _short(world: World) -> str:
    """A sale that the bureau settled for a fen more in cash than its trial had said."""
    world.insert("zhang-jianguo")
    with world.desk() as desk:
        quoted = world.quote(desk, "YD0001", "WSSCPTP", use_account=True)
        world.faults({"name": "off_by_one_fen", "figure": "cash", "infno": "2102"})
        sold = settle(desk, quoted, quoted.due_fen)
    world.faults()
    world.slot.remove()
    return sold.id


def _lost(world: World) -> str:
    world.insert("zhang-jianguo")
    with world.desk() as desk:
        quoted = world.quote(desk)
        world.faults({"name": "drop_answer", "infno": "2102", "times": 1})
        with pytest.raises(OutcomeUnknown) as lost:
            settle(desk, quoted, 5000)
    world.slot.remove()
    return str(lost.value.fill["id"])


def _add(world: World, kind: TaskKind, subject: str) -> None:
    with world.desk() as desk, desk.office.store.commit() as connection:
        tasks.add_task(connection, kind, subject, {}, now=desk.office.bureau.now)


def _opened(keys: Keys) -> TasksPage:
    keys.press("F11")
    page = keys.on(TasksPage)
    keys.settle()
    return page


def _done(world: World) -> list[tuple[str, str]]:
    return world.tasks()


def test_where_there_is_nothing_to_do_it_says_so(keys: Keys) -> None:
    page = _opened(keys)
    assert page.rows == ()
    assert (keys.message.sign, keys.message.text) == (Sign.DONE, "没有待办。按 Esc 返回。")
    assert keys.button == ""
    keys.press("Esc")
    keys.on(WelcomePage)


def test_the_strip_counts_what_the_list_shows(world: World, start: Start) -> None:
    _short(world)
    _add(world, TaskKind.TOTALS_MISSING, "2026-11-20")
    keys = start()
    page = _opened(keys)
    assert keys.program.shift is not None
    assert keys.program.shift.todo == len(page.rows) == 3
    assert page.rows[0].title == "医保结算比试算多，要补收"
    assert "张**" in keys.left
    assert "张建国" not in keys.left + keys.right
    keys.press("Down", "Down")
    assert "医保中心和本机" in keys.message.text
    assert "18.00" in keys.right
    assert "18.01" in keys.right


def test_what_is_missing_is_collected_in_cash_by_two_keys(world: World, start: Start) -> None:
    _short(world)
    keys = start()
    _opened(keys)
    assert "应补收 0.01" in keys.right
    keys.press("Enter")
    assert keys.button == "Enter 已收现金"
    keys.press("Enter")
    assert "已登记补收 0.01 元（现金）" in keys.message.text
    assert _done(world) == []


def test_a_bank_card_wants_the_number_of_its_slip(world: World, start: Start) -> None:
    _short(world)
    keys = start()
    page = _opened(keys)
    keys.press("Enter")
    keys.write("y")
    keys.press("Enter")
    assert keys.message.sign is Sign.STOP
    assert _done(world) != []
    keys.press("Esc")
    assert keys.button == "Enter 已收现金"
    keys.write("y")
    keys.write("4200007")
    keys.press("Enter")
    assert "（银行卡）" in keys.message.text
    assert _done(world) == []
    keys.press("Esc")
    assert page not in keys.program.window.pages


def test_esc_collects_nothing(world: World, start: Start) -> None:
    _short(world)
    keys = start()
    _opened(keys)
    keys.press("Enter", "Esc")
    keys.on(TasksPage)
    assert keys.button == "Enter 补收 0.01"
    assert len(_done(world)) == 1


def test_a_task_is_finished_with_words_and_a_supervisors_word(world: World, start: Start) -> None:
    _add(world, TaskKind.TOTALS_MISSING, "2026-11-20")
    keys = start()
    _opened(keys)
    assert keys.button == "Enter 写明并办结"
    keys.press("Enter", "Enter")
    assert "没有办结" in keys.message.text
    keys.write("2 号窗停用")
    keys.press("Enter")
    assert "已办结" in keys.message.text
    assert _done(world) == []


def test_an_unknown_outcome_is_asked_about_and_then_told(world: World, start: Start) -> None:
    id_ = _lost(world)
    keys = start()
    keys.program.background.stop()  # nobody else asks
    page = _opened(keys)
    assert page.rows[0].id == id_
    assert keys.message.code == "U-2102"
    keys.press("Enter")
    assert "已入账。请找零现金 37.40 元" in keys.message.text
    keys.until(lambda: page.row is not None and page.row.act_words == "已告知，办妥")
    assert page.row is not None
    assert page.row.second == "请找零现金 37.40 元，并把单据交给参保人。"
    assert "F10" in keys.lit
    keys.press("Enter")
    assert "已登记告知参保人" in keys.message.text
    assert page.rows == ()


def test_the_list_is_read_again_by_itself(world: World, start: Start) -> None:
    keys = start()
    page = _opened(keys)

    def add() -> None:
        office = keys.program.counter.desk.office
        with office.store.commit() as connection:
            tasks.add_task(connection, TaskKind.TOTALS_MISSING, "2026-11-20", {}, now=office.bureau.now)

    keys.program.desk.do(add, lambda _: None, lambda _: None)
    keys.until(lambda: len(page.rows) == 1)
    assert keys.button == "Enter 写明并办结"


@pytest.mark.parametrize("size", [(1024, 768), (960, 540)])
def test_it_has_room_in_small_windows(world: World, start: Start, size: tuple[int, int]) -> None:
    _short(world)
    keys = start(size=size, language="en")
    page = _opened(keys)
    right = keys.program.window.right
    assert right.needed_height(right.width()) <= right.height()
    assert page.list.cards.height() >= 104
