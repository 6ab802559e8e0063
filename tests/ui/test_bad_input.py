"""Every failure is one sentence with a sign, and after it the desk sells on."""

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from sqlalchemy import delete

from hardware_sim.card.faults import CardFault, Fault
from hardware_sim.front_end.faults import FAULTS
from pos_client.desk.books import open_books
from pos_client.offline import catalogue
from pos_client.offline.schema import item
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.identify import IdentifyPage
from pos_client.ui.pages.lookup import LookupPage
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.sign_in import SignInPage
from pos_client.ui.pages.unknown import UnknownPage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.world import World
from tests.ui.conftest import Start
from tests.ui.hasty import put, tap
from tests.ui.keys import Keys
from tests.ui.sound import can_go_on, goes_home, is_sound
from tests.ui.staff import BOSS, CASHIER, PASSWORD, employ

_BAD = (Sign.LOOK, Sign.STOP, Sign.UNKNOWN)
#: Faults of the bureau's answer; those of its evening totals, its clock and its port are not.
ANSWERS = sorted(name for name in FAULTS if not name.startswith("recon_") and name not in ("down", "clock_skew"))


def _fault(name: str, infno: str) -> dict[str, object]:
    short = {"ms": 50} if name in ("late", "late_commit", "commit_after_reversal") else {}
    return {"name": name, "infno": infno, "times": 1, **short}


def _begun(keys: Keys) -> SalePage:
    keys.insert("zhang-jianguo")
    page = keys.on(SalePage)
    tap("YD0001", "Enter")
    keys.settle()
    return page


def _tried(keys: Keys) -> SalePage:
    page = _begun(keys)
    keys.press("F6", "F5")
    assert page.view.stage == "tried"
    return page


def _refused(keys: Keys) -> str:
    """The sentence says that something did not go; its code."""
    code = is_sound(keys)
    assert keys.message.sign in _BAD, keys.message.text
    return code


# --- the bureau ---


@pytest.mark.parametrize("name", ANSWERS)
def test_whatever_the_bureau_answers_is_one_sentence(keys: Keys, name: str) -> None:
    keys.world.faults(_fault(name, "1101"))
    keys.insert("zhang-jianguo")
    keys.until(lambda: isinstance(keys.page, SalePage) or keys.message.sign in _BAD)
    keys.settle()
    is_sound(keys)
    goes_home(keys)
    keys.take_card()
    page = _begun(keys)
    keys.press("F6")
    keys.world.faults(_fault(name, "2101"))
    keys.press("F5")
    if page.view.stage != "tried":
        _refused(keys)
        keys.world.faults()
        keys.press("F5")
    keys.world.faults(_fault(name, "2102"))
    keys.write("100")
    keys.press("F8")
    is_sound(keys)
    assert isinstance(keys.page, WelcomePage | UnknownPage) or keys.message.sign in _BAD
    can_go_on(keys)


def test_a_bureau_that_is_down_is_said_at_every_step(keys: Keys) -> None:
    def down() -> None:
        keys.world.faults({"name": "down"})
        keys.world.http.close()

    down()
    keys.insert("zhang-jianguo")
    keys.until(lambda: keys.message.sign in _BAD)
    assert _refused(keys) == "N-DOWN"
    keys.world.faults()
    keys.take_card()
    _begun(keys)
    down()
    keys.press("F5")
    assert _refused(keys) == "S-OFFLINE"
    keys.world.faults()
    keys.press("F6", "F5")
    down()
    keys.press("F8")
    assert _refused(keys) == "N-SEND"
    assert "12.60" in keys.message.text
    can_go_on(keys)


def test_the_window_opens_without_a_bureau_and_sells_when_it_is_there(world: World, start: Start) -> None:
    world.faults({"name": "down"})
    keys = start()
    keys.until(lambda: keys.program.window.strip.state.offline)
    is_sound(keys)
    can_go_on(keys)


@pytest.mark.parametrize("seconds", [400, -400])
def test_money_is_refused_while_the_clocks_are_minutes_apart(keys: Keys, seconds: int) -> None:
    page = _begun(keys)
    keys.world.faults({"name": "clock_skew", "seconds": seconds})
    keys.press("F5")
    if page.view.stage != "tried":  # a clock that jumps back makes one answer look like an old one
        assert _refused(keys) == "N-ANSWER"
        keys.press("F5")
    keys.press("F8")
    assert _refused(keys) == "N-CLOCK"
    assert keys.world.ledger() == []
    keys.world.faults()
    keys.press("F5")
    is_sound(keys)
    can_go_on(keys)


# --- reader and card ---


_VALUES = {CardFault.STATUS: 0x6A83, CardFault.GARBAGE: 0, CardFault.TRUNCATED: 1, CardFault.WRONG_LE: 2}


@pytest.mark.parametrize("kind", [one for one in CardFault if one is not CardFault.MUTE])
def test_a_card_that_answers_wrongly_is_one_sentence(keys: Keys, kind: CardFault) -> None:
    for at in (1, 3, 4):
        keys.world.slot.add_fault(Fault(kind, at, _VALUES.get(kind)))
        keys.world.insert("zhang-jianguo")
        keys.until(lambda: isinstance(keys.page, SalePage) or keys.message.sign in _BAD)
        keys.settle()
        is_sound(keys)
        keys.world.slot.clear_faults()
        goes_home(keys)
        keys.take_card()
    can_go_on(keys)


def test_a_card_that_says_nothing_is_one_sentence(keys: Keys) -> None:
    keys.world.slot.add_fault(Fault(CardFault.MUTE, 2, times=None))
    keys.world.insert("zhang-jianguo")
    keys.until(lambda: keys.message.sign in _BAD)
    assert _refused(keys) == "K-13"
    can_go_on(keys)


def test_a_bank_card_is_no_social_security_card(keys: Keys) -> None:
    keys.world.insert("bank-card")
    keys.until(lambda: keys.message.sign in _BAD)
    assert _refused(keys) == "K-21"
    can_go_on(keys)


def test_whoever_is_not_insured_now_is_said_beside_his_name(keys: Keys) -> None:
    keys.insert("zhao-tingbao")
    keys.on(SalePage)
    is_sound(keys)
    assert "赵停保" in keys.left
    assert "待遇正常" not in keys.left
    tap("YD0001", "Enter")
    keys.settle()
    keys.press("F5")
    is_sound(keys)
    can_go_on(keys)


def test_without_a_reader_people_come_by_their_number(world: World, start: Start) -> None:
    world.reader_url = "ccid-serial:socket://127.0.0.1:9"
    keys = start()
    keys.until(lambda: keys.program.watch.state == "no_reader")
    assert any("读卡器" in part.label and part.sign is Sign.LOOK for part in keys.program.window.strip.state.parts)
    keys.press("F2", "F2")
    assert _refused(keys).startswith("K-")
    keys.enter("439999197003030012")
    keys.on(SalePage)
    tap("YD0001", "Enter")
    keys.settle()
    keys.press("F5", "F8")
    keys.on(WelcomePage)
    assert len(world.ledger()) == 1


# --- disk and catalogue ---


def test_a_slip_that_cannot_be_kept_leaves_the_sale_as_it_is(keys: Keys) -> None:
    slips = keys.world.home.slips
    _tried(keys)
    slips.rmdir()
    slips.write_text("", encoding="utf-8")
    keys.press("F8")
    keys.on(WelcomePage)
    _refused(keys)
    assert len(keys.world.ledger()) == 1
    slips.unlink()
    slips.mkdir()
    can_go_on(keys)
    assert keys.world.agreement().disagreements == ()


def test_an_empty_catalogue_is_said_for_every_code(keys: Keys, world: World) -> None:
    with open_books(world.home, world.environment, world.runtime) as books, books.store.commit() as connection:
        kept = catalogue.search_items(connection, "YD0001", 1)
        connection.execute(delete(item))
    keys.insert("zhang-jianguo")
    keys.on(SalePage)
    tap("YD0001", "Enter")
    keys.settle()
    assert _refused(keys) == "S-ITEM"
    with open_books(world.home, world.environment, world.runtime) as books, books.store.commit() as connection:
        catalogue.replace_items(connection, kept)
    can_go_on(keys)


# --- what is typed ---

TEXTS = {
    "long": "9" * 1000,
    "long letters": "a" * 1000,
    "emoji": "\U0001f600\U0001f44d\U0001f3fd",
    "nul": "YD\x000001",
    "control": "\x01\x1b[31m\x7f",
    "full-width": "ＹＤ０００１",
    "combining": "a\u0301\u0301\u0301\u0300" * 20,
    "right to left": "\u202eYD0001",
    "surrogate": "\ud800",
    "quotes": "'; DROP TABLE items; --",
    "percent": "%s %d {0} {name}",
    "like": "%_",
    "arabic digits": "١٢٣",
    "spaces": "\u3000 \u00a0",
    "newline": "YD0001\nYD0002",
}


def _sale(keys: Keys) -> None:
    if not isinstance(keys.page, SalePage):
        keys.take_card()
        _begun(keys)
        keys.press("F6")


def _money(keys: Keys) -> None:
    _sale(keys)
    page = keys.on(SalePage)
    while page.tender.text or page.view.paid:
        keys.press("Esc")
    if page.view.stage != "tried":
        keys.press("F5")


def _reference(keys: Keys) -> None:
    _money(keys)
    tap("y", "Enter")
    QTest.qWait(40)


def _number(keys: Keys) -> None:
    keys.press("F2")
    keys.on(IdentifyPage)


def _search(keys: Keys) -> None:
    keys.press("F4")
    keys.on(LookupPage)


def _stays(keys: Keys) -> None:
    keys.press("Tab")


def _tasks(keys: Keys) -> None:
    keys.press("F11")


_FIELDS: tuple[Callable[[Keys], None], ...] = (_sale, _money, _reference, _number, _search, _stays, _tasks)


@pytest.mark.parametrize("field", _FIELDS, ids=[one.__name__.strip("_") for one in _FIELDS])
def test_any_text_in_any_field_is_borne(keys: Keys, field: Callable[[Keys], None]) -> None:
    for text in TEXTS.values():
        field(keys)
        put(text)
        keys.settle()
        is_sound(keys)
        if field is _money and not keys.on(SalePage).tender.text:
            continue  # nothing that can be seen: Enter would take the exact amount
        QTest.qWait(35)
        tap("Enter")
        keys.settle()
        is_sound(keys)
        if not isinstance(keys.page, SalePage):
            goes_home(keys)
    assert keys.world.ledger() == []
    can_go_on(keys)


def test_any_text_on_the_first_page_is_borne(keys: Keys) -> None:
    for text in TEXTS.values():
        put(text)
        keys.settle()
        is_sound(keys)
        QTest.qWait(35)
        tap("Enter")
        keys.settle()
        is_sound(keys)
        goes_home(keys)
    can_go_on(keys)


def test_nobody_signs_in_with_any_text(world: World, start: Start) -> None:
    employ(world, BOSS, CASHIER)
    keys = start(signs_in=True)
    for text in TEXTS.values():
        keys.on(SignInPage)
        put(text)
        QTest.qWait(35)
        tap("Enter")
        put(text)
        QTest.qWait(35)
        tap("Enter")
        keys.settle()
        is_sound(keys)
        page = keys.on(SignInPage)
        page.form.go_to(page.name)
        keys.press("Home")
        for _ in range(page.name.edit.maxLength() and len(page.name.edit.text())):
            tap("Del")
    keys.enter(CASHIER.name)
    keys.enter(PASSWORD)
    keys.on(WelcomePage)
    can_go_on(keys)


NO_AMOUNTS = [
    *("-5", "-0.01", "+20", "1e9", "1E2", "NaN", "inf", "-inf", "0.001", "12.605", "..", ".", ",", "1,2,3", "12,5"),
    *("0x20", "999999999999", "1000000.01", "١٢٫٦", "½", "二十", "20元", "--"),
]


def test_what_is_no_sound_amount_books_nothing(keys: Keys) -> None:
    page = _tried(keys)
    for typed in NO_AMOUNTS:
        put(typed)
        keys.settle()
        assert page.tender.change.figure == "—", typed
        keys.press("F8")
        assert _refused(keys) == "S-AMOUNT", typed
        keys.press("Esc")
        assert page.tender.text == ""
    assert keys.world.ledger() == []
    keys.write("1,000")
    keys.press("F8")
    keys.on(WelcomePage)
    assert "找零 987.40" in keys.right
    can_go_on(keys)


#: What is typed, and how many of the only line there are then.
QUANTITIES = {
    **dict.fromkeys(("*0", "*-1", "*1e5", "*NaN", "*", "*.", "*0.00001", "**", "*9" + "9" * 30), "1"),
    **dict.fromkeys(("0*YD0001", "-1*YD0001", "3**YD0001"), "1"),
    "*.5": "0.5",
    "*1.5": "1.5",
    "*１２": "12",
    "x3": "3",
    "×2": "2",
    "*1": "1",
}


def test_what_is_no_sound_quantity_changes_nothing(keys: Keys) -> None:
    page = _begun(keys)
    before = "1"
    for typed, wanted in QUANTITIES.items():
        put(typed)
        keys.settle()
        QTest.qWait(35)
        tap("Enter")
        keys.settle()
        is_sound(keys)
        (line,) = page.view.lines
        assert line.quantity == wanted, typed
        assert wanted != before or wanted == "1"
        before = line.quantity
    assert line.amount_fen == 1260
    can_go_on(keys)
