"""Charges of a stay entered as a sale is: kept when one leaves, uploaded once, whatever happens in between."""

from pos_client.desk.books import open_books
from pos_client.desk.queue import sync_once
from pos_client.offline import catalogue
from pos_client.offline.catalogue_file import sample_catalogue
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.stay import StayPage
from pos_client.ui.pages.stay_charges import ChargesPage
from pos_client.ui.pages.stays import StaysPage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.world import CONSENT_ITEM
from tests.ui.keys import Keys
from tests.ui.ward import admitted, charge


def _charged(page: StayPage) -> list[tuple[str, str, int]]:
    return [(one.name, one.quantity, one.amount_fen) for one in page.view.charges]


def test_lines_are_typed_counted_and_uploaded_by_enter(keys: Keys) -> None:
    admitted(keys)
    page = charge(keys, "20*YD0001", "YD0004", "*3")
    assert _charged(page) == [("阿莫西林胶囊 0.25g×24粒", "20", 25_200), ("头孢克肟分散片 0.1g×6片", "3", 5_370)]
    assert keys.message.text == "已上传 2 行费用。"
    assert "305.70" in keys.right
    assert keys.world.agreement().disagreements == ()


def test_a_scan_on_the_stay_is_a_charge(keys: Keys) -> None:
    admitted(keys)
    keys.scan("2000000000046")
    page = keys.on(ChargesPage)
    assert [line.code for line in page.view.lines] == ["YD0004"]


def test_own_expense_wants_its_signature_before_anything_is_uploaded(keys: Keys) -> None:
    admitted(keys)
    keys.press("Enter")
    page = keys.on(ChargesPage)
    keys.enter(CONSENT_ITEM)
    keys.press("Enter")
    assert keys.on(ChargesPage) is page
    assert keys.message.sign is Sign.STOP
    keys.press("F7", "Enter")
    assert _charged(keys.on(StayPage)) == [("维生素C泡腾片 1g×10片", "1", 1_800)]


def test_what_is_not_uploaded_is_there_again_also_after_a_sale(keys: Keys) -> None:
    admitted(keys)
    keys.press("Enter")
    keys.enter("2*YD0001")
    keys.press("Esc")
    stay = keys.on(StayPage)
    assert keys.message.text == "1 行费用留着，还没有上传。按回车接着录。"
    keys.press("Esc", "Esc")
    keys.on(WelcomePage)
    keys.scan("YD0004")
    keys.press("F12")
    keys.on(WelcomePage)
    keys.press("Tab", "Enter")
    stay = keys.on(StayPage)
    assert stay.view.typed == 1
    assert keys.message.sign is Sign.LOOK
    keys.press("Enter")
    assert [(line.code, line.quantity) for line in keys.on(ChargesPage).view.lines] == [("YD0001", "2")]
    keys.press("Enter")
    assert [one.quantity for one in keys.on(StayPage).view.charges] == ["2"]
    assert keys.on(StayPage).view.typed == 0


def test_an_upload_of_unknown_outcome_blocks_and_comes_only_once(keys: Keys) -> None:
    admitted(keys)
    keys.press("Enter")
    keys.enter("2*YD0001")
    keys.world.faults({"name": "drop_answer", "infno": "2301", "times": 1})
    keys.press("Enter")
    page = keys.on(StayPage)
    assert keys.message.code == "U-2301"
    keys.until(lambda: bool(page.view.blocked_why))
    assert "结果未知" in keys.right
    assert not keys.button
    with keys.world.back_office() as office:
        sync_once(office)
    keys.press("Esc", "Enter")
    page = keys.on(StayPage)
    assert [one.quantity for one in page.view.charges] == ["2"]
    keys.press("Enter")
    assert keys.on(ChargesPage).view.lines == ()


def test_refused_lines_stay_on_the_page(keys: Keys) -> None:
    admitted(keys)
    keys.press("Enter")
    page = keys.on(ChargesPage)
    keys.enter("YD0001")
    keys.world.faults({"name": "refuse", "infno": "2301", "times": 1})
    keys.press("Enter")
    assert keys.on(ChargesPage) is page
    assert keys.message.code == "R-2301"
    keys.press("Enter")
    assert len(keys.on(StayPage).view.charges) == 1


def test_del_twice_withdraws_the_upload_of_the_chosen_row(keys: Keys) -> None:
    admitted(keys)
    charge(keys, "YD0001", "YD0004")
    page = charge(keys, "YD0014")
    keys.press("Up", "Del")
    assert "1 行费用" in keys.message.text
    keys.press("Up", "Del")
    assert "2 行费用" in keys.message.text
    keys.press("Del")
    assert [one.name.split(" ")[0] for one in page.view.charges] == ["盐酸二甲双胍片"]
    assert keys.message.text == "已撤销 2 行费用。"
    keys.press("Esc")
    keys.on(StaysPage)
    assert keys.world.agreement().disagreements == ()


def test_a_kept_charge_that_left_the_catalogue_is_said_when_they_are_taken_up(keys: Keys) -> None:
    admitted(keys)
    keys.press("Enter")
    keys.enter("2*YD0001")
    keys.enter("YD0004")
    keys.press("Esc")
    keys.on(StayPage)
    world = keys.world
    items = [item for item in sample_catalogue() if item.code != "YD0004"]
    with open_books(world.home, world.environment, world.runtime) as books, books.store.commit() as connection:
        catalogue.replace_items(connection, items)
    keys.press("Enter")
    assert [line.code for line in keys.on(ChargesPage).view.lines] == ["YD0001"]
    assert "有 1 行没有取回：头孢克肟分散片" in keys.message.text
    keys.enter("YD0002")
    keys.until(lambda: "没有取回" not in keys.message.text)
