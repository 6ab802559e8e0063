"""Bills of the past: found while typing, looked at, printed again."""

import pytest

from pos_client.desk.settle import settle
from pos_client.desk.void import void
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.lookup import LookupPage
from pos_client.ui.pages.past_bill import PastBillPage
from pos_client.ui.pages.refund import RefundPage
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.world import World
from tests.ui.keys import Keys


@pytest.fixture
def sold(world: World) -> list[str]:
    """12.60 of Zhang with change, 25.20 of Wang, and one of Zhang that is void."""
    ids = []
    with world.desk() as desk:
        for persona, typed, more_fen in (
            ("zhang-jianguo", "YD0001", 740),
            ("wang-xiaomei", "YD0001*2", 0),
            ("zhang-jianguo", "YD0004", 0),
        ):
            world.insert(persona)
            quoted = world.quote(desk, typed)
            ids.append(settle(desk, quoted, quoted.due_fen + more_fen).id)
        void(desk.office, ids[2])
    world.slot.remove()
    return ids


def _page(keys: Keys) -> LookupPage:
    keys.press("F4")
    return keys.on(LookupPage)


def _ids(page: LookupPage) -> list[str]:
    return [row.id for row in page.rows]


def test_the_newest_bill_is_chosen_and_shown(sold: list[str], keys: Keys) -> None:
    page = _page(keys)
    assert _ids(page) == sold[::-1]
    assert "已撤销" in keys.right
    assert "张**" in keys.left
    assert "张建国" not in keys.left
    assert keys.button == "Enter 看明细"
    assert {"F9", "F10", "Esc"} <= keys.lit


def test_the_arrows_choose_and_the_right_column_answers_what_was_my_change(sold: list[str], keys: Keys) -> None:
    page = _page(keys)
    keys.press("Down", "Down", "Down")
    assert page.row is not None
    assert page.row.id == sold[0]
    for line in ("合计 12.60", "现金 12.60", "付款方式 现金", "实收 20.00", "找零 7.40", "已结算"):
        assert line in keys.right
    keys.press("Up", "PgUp")
    assert page.row.id == sold[2]


@pytest.mark.parametrize(
    ("typed", "which"),
    [("000002", [1]), ("25.20", [1]), ("１２.６０", [0]), ("王", [1]), ("张", [2, 0]), ("3", [2])],
)
def test_typing_finds_by_number_amount_and_name(sold: list[str], keys: Keys, typed: str, which: list[int]) -> None:
    page = _page(keys)
    keys.write(typed)
    assert _ids(page) == [sold[number] for number in which]


def test_nothing_found_says_what_to_type_and_esc_shows_all_again(sold: list[str], keys: Keys) -> None:
    page = _page(keys)
    keys.write("99.99")
    assert _ids(page) == []
    assert "没有找到“99.99”" in page.bills.heading.text()
    assert not keys.button
    assert not {"F9", "F10"} & keys.lit
    keys.press("Esc")
    assert len(_ids(page)) == 3
    keys.press("Esc")
    keys.on(WelcomePage)


def test_a_scan_of_a_number_finds_its_bill(sold: list[str], keys: Keys) -> None:
    page = _page(keys)
    keys.scan(sold[0])
    assert _ids(page) == [sold[0]]
    assert page.bills.search.text == sold[0]


def test_before_the_first_sale_the_list_says_so(keys: Keys) -> None:
    page = _page(keys)
    assert "还没有收费记录" in page.bills.heading.text()
    keys.press("Enter", "F9", "F10")
    keys.on(LookupPage)


def test_enter_shows_the_lines_and_esc_comes_back_to_the_same_bill(sold: list[str], keys: Keys) -> None:
    page = _page(keys)
    keys.press("Down", "Enter")
    bill = keys.on(PastBillPage)
    assert [cell.spoken() for cell in bill.lines.table.row_at(0)][1:] == [
        "阿莫西林胶囊 0.25g×24粒", "12.60", "× 2", "25.20",
    ]  # fmt: skip
    keys.press("Down", "Esc")
    assert keys.on(LookupPage).row == page.row
    assert page.row is not None
    assert page.row.id == sold[1]


def test_f10_prints_the_chosen_slip_again(sold: list[str], keys: Keys) -> None:
    _page(keys)
    keys.press("Down", "F10")
    keys.until(lambda: not keys.program.paper.busy)
    assert (keys.world.home.slips / f"{sold[1]}.pdf").exists()
    assert sold[1] in keys.message.text


def test_a_bill_that_is_void_already_says_so(sold: list[str], keys: Keys) -> None:
    _page(keys)
    keys.press("F9")
    keys.on(LookupPage)
    assert (keys.message.code, keys.message.sign) == ("S-VOID", Sign.STOP)


def test_f9_on_the_first_page_is_for_taking_back(sold: list[str], keys: Keys) -> None:
    keys.press("F9")
    keys.on(LookupPage)
    assert keys.button == "Enter 退这一笔"
    keys.write("25.20")
    keys.press("Enter")
    assert keys.on(RefundPage).id == sold[1]


def test_a_bill_in_work_is_finished_or_parked_first(sold: list[str], keys: Keys) -> None:
    keys.scan("YD0001")
    keys.on(SalePage)
    keys.press("F4", "Down", "F9")
    keys.on(LookupPage)
    assert keys.message.code == "S-SELLING"
    keys.press("Esc")
    assert len(keys.on(SalePage).view.lines) == 1
