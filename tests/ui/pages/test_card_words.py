"""What the window says of a card that is worth a word, of another name on it, and of a reader that cannot tell."""

from dataclasses import replace

import pytest

from pos_client.card.readers.reader import Presence
from pos_client.sync import person
from pos_client.sync.bureau import Bureau
from pos_client.sync.person import Credential
from pos_client.sync.region import Visit
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.admission import AdmissionPage
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.sign_in import SignInPage
from pos_client.ui.pages.stay_deposit import DepositPage
from pos_client.ui.pages.supervisor import SupervisorPage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.world import World
from tests.ui.conftest import Start
from tests.ui.keys import Keys
from tests.ui.staff import BOSS, CASHIER, PASSWORD, employ
from tests.ui.ward import begin_admission, fill_in, to_stays


@pytest.fixture
def otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bureau that does not look at the name in its question."""
    fetch = person.fetch_person

    def fetched(bureau: Bureau, shown: Credential, visit: Visit) -> person.InsuredPerson:
        return fetch(bureau, replace(shown, name=""), visit)

    monkeypatch.setattr("pos_client.desk.identify.fetch_person", fetched)


@pytest.fixture
def clerk(start: Start, world: World) -> Keys:
    employ(world, BOSS, CASHIER)
    keys = start(signs_in=True)
    keys.on(SignInPage)
    keys.enter("02")
    keys.enter(PASSWORD)
    keys.on(WelcomePage)
    return keys


def _tried(page: SalePage) -> bool:
    return page.view.due_fen is not None


# --- notices ---


def test_an_expired_card_is_told_once_and_stays_quiet_in_the_column(keys: Keys) -> None:
    keys.insert("expired-card")
    keys.on(SalePage)
    assert (keys.message.sign, "2025-12-31，已过期" in keys.message.text) == (Sign.NOTE, True)
    keys.enter("YD0001")
    assert "过期" not in keys.message.text
    assert "卡已过期 2025-12-31" in keys.left
    keys.press("F5")
    assert keys.button


def test_an_expired_card_is_told_in_english(start: Start) -> None:
    keys = start(language="en")
    keys.insert("expired-card")
    keys.on(SalePage)
    assert "The card expired on 2025-12-31." in keys.message.text
    assert "card expired 2025-12-31" in keys.left


def test_an_ordinary_card_is_worth_no_word(keys: Keys) -> None:
    keys.insert("zhang-jianguo")
    page = keys.on(SalePage)
    assert not page.speaks


def test_an_admission_tells_of_the_card_too(keys: Keys) -> None:
    to_stays(keys)
    begin_admission(keys, "expired-card")
    assert "已过期" in keys.message.text
    assert "卡已过期" in keys.left


# --- another name ---


@pytest.mark.usefixtures("otherwise")
def test_another_name_is_shown_with_both_values_and_a_supervisor_is_asked_before_the_trial(clerk: Keys) -> None:
    keys = clerk
    keys.insert("mismatched-name")
    page = keys.on(SalePage)
    assert keys.message.sign is Sign.LOOK
    assert "“张健国”" in keys.message.text
    assert "“张建国”" in keys.message.text
    assert "卡上姓名：张健国" in keys.left
    keys.enter("YD0001")
    keys.press("F5")
    asked = keys.on(SupervisorPage)
    assert "张健国" in asked.form.words()
    keys.press("Esc")
    keys.on(SalePage)
    assert not _tried(page)
    keys.press("Enter")
    keys.on(SupervisorPage)
    keys.enter("boss")
    keys.enter(PASSWORD)
    keys.on(SalePage)
    keys.settle()
    assert _tried(page)
    assert "负责人已同意" in keys.left
    keys.press("F5")
    keys.on(SalePage)
    assert _tried(page), "nobody is asked twice about the same card"


@pytest.mark.usefixtures("otherwise")
def test_a_training_home_goes_on_by_its_own_word(keys: Keys) -> None:
    keys.insert("mismatched-name")
    page = keys.on(SalePage)
    keys.enter("YD0001")
    keys.press("F5")
    assert _tried(page)


@pytest.mark.usefixtures("otherwise")
def test_an_admission_under_another_name_wants_the_word(clerk: Keys) -> None:
    keys = clerk
    to_stays(keys)
    begin_admission(keys, "mismatched-name")
    assert "“张健国”" in keys.message.text
    fill_in(keys)
    keys.press("Enter")
    keys.on(SupervisorPage)
    keys.press("Esc")
    keys.on(AdmissionPage)
    keys.press("Enter")
    keys.on(SupervisorPage)
    keys.enter("boss")
    keys.enter(PASSWORD)
    keys.on(DepositPage)


# --- a reader that cannot tell ---


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A maker's library: whether a card is in its reader is known only by reading."""
    monkeypatch.setattr("pos_client.card.process.CardProcess.look", lambda *_: Presence.UNKNOWN)


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize(
    ("language", "strip", "big"), [("zh", "按两次 F2 读卡", "放卡"), ("en", "F2 twice", "Card in")]
)
def test_a_reader_that_cannot_tell_is_read_by_a_key(start: Start, language: str, strip: str, big: str) -> None:
    keys = start(language="en" if language == "en" else "zh")
    keys.until(lambda: keys.program.watch.state == "unknown")
    assert any(strip in part.value for part in keys.program.window.strip.state.parts)
    page = keys.on(WelcomePage)
    assert big in page.bill.accessibleName()
    assert keys.button
    keys.press("Enter")
    assert keys.message.code == "K-11"
    keys.world.insert("zhang-jianguo")
    keys.press("Enter")
    keys.on(SalePage)
    assert "张建国" in keys.left


@pytest.mark.usefixtures("silent")
def test_with_such_a_reader_f2_twice_reads_on_a_bill(start: Start) -> None:
    keys = start()
    keys.until(lambda: keys.program.watch.state == "unknown")
    keys.enter("YD0001")
    page = keys.on(SalePage)
    keys.world.insert("zhang-jianguo")
    keys.press("F2", "F2")
    keys.until(lambda: page.view.customer is not None)


def test_a_reader_that_tells_asks_for_the_card_as_ever(keys: Keys) -> None:
    page = keys.on(WelcomePage)
    assert "请插卡" in page.bill.accessibleName()
    assert not keys.button
    keys.press("Enter")
    keys.on(WelcomePage)
    assert not page.speaks
