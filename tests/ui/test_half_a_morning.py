"""Half a morning at one window, by keys alone: ten people, what goes wrong on such a day, and books that agree."""

from pathlib import Path

import pytest
import requests
from PySide6.QtTest import QTest

from hardware_sim import personas
from hardware_sim.card.faults import CardFault, Fault
from pos_client.desk.books import open_books
from pos_client.offline import audit
from pos_client.offline.journal import State
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.identify import IdentifyPage
from pos_client.ui.pages.parked import ParkedPage
from pos_client.ui.pages.refund import RefundPage
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.sign_in import SignInPage
from pos_client.ui.pages.stay import StayPage
from pos_client.ui.pages.supervisor import SupervisorPage
from pos_client.ui.pages.tasks import TasksPage
from pos_client.ui.pages.unknown import UnknownPage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.world import CONSENT_ITEM, World
from tests.ui.conftest import Start
from tests.ui.keys import Keys
from tests.ui.staff import BOSS, CASHIER, PASSWORD, employ
from tests.ui.ward import admitted, charge, to_stays, tried

PEOPLE = ("zhang-jianguo", "li-xiulan", "ma-yan", "wang-xiaomei")


@pytest.fixture
def window(world: World, start: Start, monkeypatch: pytest.MonkeyPatch) -> Keys:
    """The window before anybody signed in; its drain, a process of its own, finds the same bureau."""
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)
    employ(world, BOSS, CASHIER)
    return start(signs_in=True)


class Morning:
    """The clerk 02 at the window, and what the outside does to him."""

    def __init__(self, keys: Keys) -> None:
        self.keys, self.world = keys, keys.world
        self.tokens: list[str] = []

    # --- what comes again and again ---

    def signs_in(self) -> None:
        self.keys.on(SignInPage)
        self.keys.enter(CASHIER.name)
        self.keys.enter(PASSWORD)
        self.keys.on(WelcomePage)

    def meets(self, persona: str, *codes: str) -> SalePage:
        """Takes the last card out, puts this one in, scans."""
        self.keys.take_card()
        self.keys.insert(persona)
        return self.scans(*codes)

    def scans(self, *codes: str) -> SalePage:
        page = self.keys.on(SalePage)
        self.keys.until(lambda: page.view.customer is not None)
        for code in codes:
            self.keys.scan(code)
        return page

    def settles(self, tendered: str = "") -> None:
        """Looks at what it comes to, types what is laid down, takes the money."""
        page = self.keys.on(SalePage)
        if page.view.stage != "tried":
            self.keys.press("F5")
        assert page.view.stage == "tried", self.keys.message.text
        if tendered:
            self.keys.write(tendered)
        self.keys.press("F8")
        self.keys.on(WelcomePage)
        assert self.keys.message.sign is Sign.DONE, self.keys.message.text

    def gets_a_supervisors_word(self) -> None:
        self.keys.on(SupervisorPage)
        self.keys.enter(BOSS.name)
        self.keys.enter(PASSWORD)

    # --- ten people ---

    def cash_with_change(self) -> None:
        self.meets("wang-xiaomei", "YD0001", "YD0002", "YD0024")
        self.settles("50")
        assert "找零 8.00" in self.keys.right

    def account_only(self) -> None:
        self.meets("zhang-jianguo", "YD0001")
        self.keys.press("Enter")
        assert self.keys.button == "F8 结算"
        self.settles()

    def own_expense_with_consent(self) -> None:
        self.meets("li-xiulan", CONSENT_ITEM)
        self.keys.press("F5")
        assert self.keys.message.code == "S-CONSENT"
        self.keys.press("F7")
        self.settles("20")

    def wechat_and_cash(self) -> None:
        page = self.meets("zhang-jianguo", "YD0001", "YD0001")
        self.keys.press("F6", "F5")
        self.keys.write("w")
        self.keys.write("20")
        self.keys.press("Enter")
        assert page.view.to_collect_fen == 520
        self.settles("10")
        assert "找零 4.80" in self.keys.right

    def identity_number(self) -> None:
        self.keys.take_card()
        self.keys.press("F2")
        self.keys.on(IdentifyPage)
        self.keys.enter(personas.load("ma-yan").card.id_number)
        self.scans("YD0014")
        self.settles()

    def voucher(self) -> None:
        control = f"{self.world.front_end.control_url}/_sim/vouchers"
        answer = requests.post(control, json={"persona": "li-xiulan"}, timeout=10)
        self.tokens.append(answer.json()["token"])
        self.keys.press("F2")
        self.keys.on(IdentifyPage)
        self.keys.scan(self.tokens[-1])
        self.scans("YD0004")
        self.settles()

    def card_torn_out(self) -> None:
        self.world.slot.add_fault(Fault(CardFault.TEAR_AFTER, 3))
        self.world.insert("ma-yan")
        self.keys.until(lambda: self.keys.message.code == "K-12" and self.keys.program.watch.state == "empty")
        self.keys.insert("ma-yan")
        self.scans("YD0001")
        self.settles()

    def parked_in_an_outage(self) -> None:
        self.meets("zhang-jianguo", "YD0002", "YD0014")
        self.bureau_goes_down()
        self.keys.press("F5")
        assert self.keys.message.code == "S-OFFLINE"
        assert self.keys.program.window.strip.state.offline
        self.keys.press("F12")
        self.keys.on(WelcomePage)
        self.bureau_comes_back()

    def unknown_outcome(self) -> str:
        """The answer is lost; who paid waits aside while the next one is served."""
        self.meets("li-xiulan", "YD0001", "YD0002")
        self.world.faults({"name": "drop_answer", "infno": "2102", "times": 1})
        self.keys.press("F6", "F5")
        self.keys.write("100")
        self.keys.press("F8")
        page = self.keys.on(UnknownPage)
        assert self.keys.message.sign is Sign.UNKNOWN
        self.keys.press("F12")
        self.keys.on(WelcomePage)
        return page.id

    def refused_and_mended(self) -> None:
        self.meets("zhang-jianguo", "YD0024")
        self.world.faults({"name": "refuse", "infno": "2102", "times": 1})
        self.keys.press("F5", "F8")
        assert self.keys.message.code == "R-2102"
        self.settles()

    # --- what comes later ---

    def bureau_goes_down(self) -> None:
        self.world.faults({"name": "down"})
        self.world.http.close()

    def bureau_comes_back(self) -> None:
        self.world.faults()

    def parked_bill_is_settled(self) -> None:
        self.keys.take_card()
        self.keys.press("F12")
        self.keys.on(ParkedPage)
        self.keys.press("Enter")
        self.keys.on(SalePage)
        self.keys.insert("zhang-jianguo")
        assert [line.code for line in self.scans().view.lines] == ["YD0002", "YD0014"]
        self.settles()

    def outcome_is_found(self, id_: str) -> None:
        """The drain beside the window asked; the clerk tells the customer and hands out the change."""
        self.keys.until(lambda: self._state(id_) is State.OK)
        self.keys.press("F11")
        page = self.keys.on(TasksPage)
        self.keys.until(lambda: any(row.id == id_ for row in page.rows))
        while page.row is not None and page.row.id != id_:
            self.keys.press("Down")
        assert page.row is not None
        assert (
            "已入账。请找零现金 67.60 元，并把单据交给参保人。"
            in f"{page.row.first} {page.row.second} {self.keys.message.text}"
        )
        self.keys.press("Enter")
        self.keys.until(lambda: all(row.id != id_ for row in page.rows))
        self.keys.press("Esc")
        self.keys.on(WelcomePage)

    def whole_bill_goes_back(self, name: str) -> None:
        page = self._refunds(name)
        self.keys.press("Enter")
        self.keys.write("4")
        amount = page.found.cash_back_fen
        self.keys.press("F8")
        self.gets_a_supervisors_word()
        self.keys.on(WelcomePage)
        assert amount
        assert "已撤销：请退现金" in self.keys.message.text

    def part_goes_back(self, name: str, persona: str) -> None:
        page = self._refunds(name)
        self.keys.write("1")
        self.keys.press("Enter")
        self.keys.write("4")
        self.keys.insert(persona)
        self.keys.until(lambda: page.tried is not None)
        self.keys.settle()
        self.keys.press("F8")
        self.gets_a_supervisors_word()
        self.keys.on(WelcomePage)
        assert "已退一部分" in self.keys.message.text

    def stay_is_opened(self, persona: str) -> None:
        """Admitted with both documents, a deposit, the first charges."""
        self.keys.take_card()
        admitted(self.keys, persona=persona, deposit="3000")
        charge(self.keys, "200*YD0001", "20*YD0004", "100*YD0014")
        self._leaves_the_ward()

    def stay_is_closed(self, persona: str) -> None:
        """Estimated, settled by one F8; the rest of the deposit and the documents go back."""
        self.keys.take_card()
        to_stays(self.keys)
        self.keys.insert(persona)
        self.keys.on(StayPage)
        page = tried(self.keys)
        assert page.view.agrees is True
        assert page.view.back_fen > 0
        self.keys.press("F8")
        assert page.done is not None, self.keys.message.text
        assert (page.done.back_fen, self.keys.message.sign) == (page.view.back_fen, Sign.DONE)
        assert "请交还医疗保险证、医保卡。" in self.keys.message.text
        self._leaves_the_ward()

    def _leaves_the_ward(self) -> None:
        while not isinstance(self.keys.page, WelcomePage):
            self.keys.press("Esc")

    def _refunds(self, searched: str) -> RefundPage:
        self.keys.take_card()
        self.keys.press("F9")
        self.keys.write(searched)
        QTest.qWait(40)
        self.keys.press("Enter")
        return self.keys.on(RefundPage)

    def _state(self, id_: str) -> State:
        return next(message.state for message in self.world.messages() if message.id == id_)


def _readable(home: Path) -> str:
    """Everything in the home that is not sealed, as text: slips, logs, reports, settings."""
    sealed = ("books.db", "backups")
    files = [one for one in sorted(home.rglob("*")) if one.is_file()]
    return "\n".join(
        f"{one.name}\n{one.read_bytes().decode('utf-8', 'replace')}"
        for one in files
        if not any(part.startswith(sealed) for part in one.relative_to(home).parts)
    )


def _personal(morning: Morning) -> list[str]:
    cards = [personas.load(name).card for name in PEOPLE]
    return [
        value
        for card in cards
        for value in (card.name, card.id_number, card.card_number, card.identification_code)
        if value
    ] + [*morning.tokens, PASSWORD]


def test_half_a_morning(
    window: Keys, world: World, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    morning = Morning(window)
    morning.signs_in()
    morning.cash_with_change()
    morning.account_only()
    morning.own_expense_with_consent()
    morning.wechat_and_cash()
    morning.identity_number()
    morning.voucher()
    morning.card_torn_out()
    morning.stay_is_opened("ma-yan")
    morning.parked_in_an_outage()
    unknown = morning.unknown_outcome()
    morning.refused_and_mended()
    morning.outcome_is_found(unknown)
    morning.parked_bill_is_settled()
    morning.whole_bill_goes_back("42.00")
    morning.part_goes_back("25.20", "zhang-jianguo")
    morning.stay_is_closed("ma-yan")

    assert world.tasks() == []
    window.press("F11")
    assert window.on(TasksPage).rows == ()
    assert window.message.sign is Sign.DONE
    agreed = world.agreement()
    assert agreed.disagreements == ()
    assert agreed.standing == 10
    assert agreed.drawer_fen == agreed.ledger_cash_fen > 0
    with open_books(world.home, world.environment, world.runtime) as books, books.store.read() as connection:
        assert audit.first_broken_row(connection) is None
    said = _readable(world.home.folder) + caplog.text + "".join(capfd.readouterr())
    assert [one for one in _personal(morning) if one in said] == []
