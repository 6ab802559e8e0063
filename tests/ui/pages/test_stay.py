"""One stay at the window: what is taken back, by whom, and that nothing goes by a single key."""

from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.discharge import DischargePage
from pos_client.ui.pages.refund import RefundPage
from pos_client.ui.pages.stay import StayPage
from pos_client.ui.pages.supervisor import SupervisorPage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.world import World
from tests.ui.conftest import Start
from tests.ui.keys import Keys
from tests.ui.staff import BOSS, CASHIER, PASSWORD, employ
from tests.ui.ward import admitted, charge, tried


def test_an_admission_is_taken_back_and_deposit_and_documents_go_back(keys: Keys) -> None:
    page = admitted(keys, deposit="500")
    keys.press("F9")
    assert keys.message.sign is Sign.LOOK
    keys.press("Down", "F9")
    assert page.view.chargeable, "another key in between means no"
    keys.press("F9")
    assert keys.message.text == "已撤销入院。请按 F8 退还押金和证件。"
    keys.press("F8")
    rest = keys.on(DischargePage)
    assert "500.00" in keys.right
    assert keys.button == "F8 退款 500.00"
    keys.press("F8")
    assert keys.message.text == "押金和证件已办完。按 Esc 返回。"
    assert rest.over
    keys.press("Esc")
    stay = keys.on(StayPage)
    keys.settle()
    assert (stay.view.line.deposit_fen, stay.view.line.documents) == (0, "")
    assert keys.world.agreement().disagreements == ()


def test_charges_go_before_the_admission(keys: Keys) -> None:
    admitted(keys)
    page = charge(keys, "YD0001", "YD0004")
    keys.press("F9", "F9")
    assert keys.message.text == "费用已全部撤销。要撤销入院请再按 F9。"
    assert page.view.charges == ()
    keys.press("F9", "F9")
    assert not page.view.chargeable
    assert keys.world.agreement().disagreements == ()


def test_a_settled_stay_is_taken_back_like_every_bill(keys: Keys) -> None:
    admitted(keys, deposit="3000")
    charge(keys, "YD0001")
    page = tried(keys)
    keys.press("F8")
    assert page.done is not None
    keys.press("Esc")
    keys.on(StayPage)
    keys.press("F9")
    assert keys.on(RefundPage).id == page.done.settle_id


def test_a_discharge_is_taken_back_and_the_patient_is_charged_again(keys: Keys) -> None:
    admitted(keys, deposit="3000")
    charge(keys, "YD0001")
    tried(keys)
    keys.world.faults({"name": "refuse", "infno": "2304", "times": 1})
    keys.press("F8", "Esc")
    page = keys.on(StayPage)
    keys.settle()
    assert keys.button == "F8 出院结算"
    keys.press("F9", "F9")
    assert keys.message.text == "已撤销出院，病人回到在院。可以改费用后再出院。"
    assert page.view.chargeable
    assert keys.world.agreement().disagreements == ()


def test_a_cashier_wants_a_supervisors_word(start: Start, world: World) -> None:
    employ(world, BOSS, CASHIER)
    keys = start(signs_in=True)
    keys.enter(CASHIER.name)
    keys.enter(PASSWORD)
    keys.on(WelcomePage)
    page = admitted(keys)
    keys.press("F9", "F9")
    asked = keys.on(SupervisorPage)
    assert f"撤销入院：张**，住院号 {page.view.line.own_number}" in asked.form.words()
    keys.press("Esc")
    assert keys.on(StayPage).view.chargeable
    keys.press("F9", "F9")
    keys.on(SupervisorPage)
    keys.enter(BOSS.name)
    keys.enter(PASSWORD)
    page = keys.on(StayPage)
    assert not page.view.chargeable
    assert page.view.line.state == "已撤销入院"


def test_f10_prints_the_paper_of_the_admission(keys: Keys) -> None:
    admitted(keys)
    keys.press("F10")
    keys.until(lambda: "slips/" in keys.message.text)
    [file] = (keys.world.home.slips).glob("*.pdf")
    assert file.stat().st_size > 1_000
