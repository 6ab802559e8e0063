"""What is laid down: enough, no cash for what was not cash, and a word about it whenever it goes back."""

import pytest

from pos_client.desk.booking import Booking
from pos_client.desk.tender import check_tender, not_settled, total_fen
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Problem, Refused, Words
from pos_client.offline.journal import Kind, Message, State
from pos_client.offline.money_book import Means, Paid
from pos_client.runtime import GIVEN_UP
from pos_client.sync.bureau import outcome_unknown
from pos_client.sync.conclude import Conclusion
from tests.virtual import NOON

TENDER = (Paid(Means.WECHAT, 5000, "4200001"), Paid(Means.CASH, 100000))
MESSAGE = Message(
    "01-000007", "P" * 30, "2207", Kind.SETTLE, None, "1", 104000, "2026-11-21", NOON, "01", "{}", "01-000003", "MZ1-1",
    0, State.INTENT,
)  # fmt: skip


def _refused(due_fen: int, *tender: Paid) -> Refused:
    with pytest.raises(Refused) as caught:
        check_tender(due_fen, tender)
    return caught.value


def test_a_tender_is_the_sum_of_its_means() -> None:
    assert total_fen(TENDER) == 105000
    assert total_fen(()) == 0


@pytest.mark.parametrize(
    "tender",
    [
        (Paid(Means.CASH, 1260),),
        (Paid(Means.CASH, 2000),),
        (Paid(Means.WECHAT, 1260),),
        (Paid(Means.WECHAT, 1000), Paid(Means.CASH, 500)),
        (Paid(Means.DEPOSIT, 1000), Paid(Means.ALIPAY, 200), Paid(Means.BANK_CARD, 60)),
    ],
)
def test_what_covers_the_bill_is_taken(tender: tuple[Paid, ...]) -> None:
    check_tender(1260, tender)


def test_nothing_is_due_and_nothing_is_laid_down() -> None:
    check_tender(0, ())


def test_too_little_is_told_to_the_fen() -> None:
    refused = _refused(123456, *TENDER)
    assert refused.code == "S-TENDER"
    assert all(amount in refused.sentence("zh") for amount in ("1,234.56", "1,050.00", "184.56"))


def test_there_is_no_cash_for_what_was_paid_otherwise() -> None:
    refused = _refused(1260, Paid(Means.WECHAT, 1000), Paid(Means.DEPOSIT, 261), Paid(Means.CASH, 100))
    assert refused.code == "S-CHANGE"
    assert "12.60" in refused.sentence("zh")
    assert "12.61" in refused.sentence("zh")
    assert "原路退回" in refused.sentence("zh")


PLAIN = Refused(Words("T-1", "没有做。", "It was not done."))


def _told(state: State, problem: Problem, why: str = "", tender: tuple[Paid, ...] = TENDER) -> Problem:
    return not_settled(Booking(MESSAGE, Conclusion(state, why=why), problem), tender)


def test_of_a_deposit_nothing_goes_back_over_the_counter() -> None:
    deposit = Paid(Means.DEPOSIT, 7_200)
    alone = _told(State.REFUSED, PLAIN, "余额不足。", (deposit,))
    assert alone.sentence("zh") == "医保中心拒绝：余额不足。没有入账，押金没有动；按提示处理，或改为自费。(R-2207)"
    besides = _told(State.NOT_SENT, PLAIN, "connection refused", (deposit, *TENDER))
    assert "请退还另收的 1,050.00 元，押金没有动" in besides.sentence("zh")
    assert "hand back the 1,050.00 yuan laid down besides, the deposit is untouched" in besides.sentence("en")


def test_a_refusal_says_what_to_hand_back_and_the_bureaus_own_words() -> None:
    told = _told(State.REFUSED, PLAIN, "余额不足。")
    assert isinstance(told, Refused)
    assert told.code == "R-2207"
    assert told.fill["said"] == "余额不足"
    assert "请退还收下的 1,050.00 元" in told.sentence("zh")
    assert told.evidence["id"] == MESSAGE.id


def test_what_was_not_sent_goes_back_too() -> None:
    told = _told(State.NOT_SENT, PLAIN, "connection refused")
    assert isinstance(told, EnvironmentProblem)
    assert told.code == "N-SEND"
    assert "请退还收下的 1,050.00 元" in told.sentence("zh")


def test_what_was_stopped_before_it_left_goes_back_too() -> None:
    told = _told(State.NOT_SENT, PLAIN, GIVEN_UP)
    assert isinstance(told, EnvironmentProblem)
    assert told.code == "N-UNSENT"
    assert "请退还收下的 1,050.00 元" in told.sentence("zh")


def test_while_the_outcome_is_unknown_nothing_is_said_of_handing_back() -> None:
    unknown = outcome_unknown("2207", MESSAGE.id, "timeout")
    told = _told(State.UNKNOWN, unknown)
    assert told is unknown
    assert isinstance(told, OutcomeUnknown)
    assert "不要重复收费" in told.sentence("zh")
