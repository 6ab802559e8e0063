"""The deposit at the counter: receipts with numbers, what is held, and how it goes back."""

import pytest

from pos_client.desk import deposit
from pos_client.desk.deposit import as_it_came
from pos_client.desk.station import Office
from pos_client.errors import Refused
from pos_client.offline import deposits
from pos_client.offline.deposits import DepositMove
from pos_client.offline.money_book import Means, Paid
from tests.desk.patients import Clinic, cash, disagreements_of
from tests.desk.wards import admit


def _moves(office: Office, id_: str) -> list[DepositMove]:
    with office.store.read() as connection:
        return deposits.moves_of(connection, id_)


def test_each_payment_has_a_receipt_and_all_are_counted(clinic: Clinic, office: Office) -> None:
    bed = admit(office)
    first = bed.pay_deposit(100_000)
    second = bed.pay_deposit(200_000, Means.WECHAT, "4200001")
    assert first.number != second.number
    assert second.held_fen == 300_000
    text = second.slip_file.read_text(encoding="utf-8")
    assert all(part in text for part in ("押金收据", "收押金（微信）", "2,000.00", "3,000.00", second.number, "张**"))
    found = deposit.deposit_of(office, bed.id)
    assert found.held_fen == 300_000
    assert [(one.number, one.means, one.amount_fen) for one in found.receipts] == [
        (first.number, "现金", 100_000),
        (second.number, "微信", 200_000),
    ]
    assert disagreements_of(clinic, office) == []


def test_what_goes_back_has_a_paper_too_and_ends_the_receipts(office: Office) -> None:
    bed = admit(office)
    bed.pay_deposit(100_000)
    back = deposit.hand_back(office, bed.id, cash(40_000))
    assert back.held_fen == 60_000
    assert "押金退还单" in back.slip_file.read_text(encoding="utf-8")
    assert len(deposit.deposit_of(office, bed.id).receipts) == 1
    deposit.hand_back(office, bed.id, cash(60_000))
    assert deposit.deposit_of(office, bed.id).receipts == ()
    again = bed.pay_deposit(5_000)
    assert [one.number for one in deposit.deposit_of(office, bed.id).receipts] == [again.number]


def test_no_more_goes_back_than_is_held(office: Office) -> None:
    bed = admit(office)
    bed.pay_deposit(100)
    with pytest.raises(Refused) as caught:
        deposit.hand_back(office, bed.id, cash(101))
    assert caught.value.code == "S-DEPOSIT"


def test_it_goes_back_as_it_came_the_newest_first_and_the_rest_in_cash(office: Office) -> None:
    bed = admit(office)
    bed.pay_deposit(100_000)
    bed.pay_deposit(200_000, Means.WECHAT, "4200001")
    bed.pay_deposit(50_000, Means.BANK_CARD, "6222")
    moves = _moves(office, bed.id)
    assert as_it_came(moves, 30_000) == (Paid(Means.BANK_CARD, 30_000, "6222"),)
    assert as_it_came(moves, 290_000) == (
        Paid(Means.BANK_CARD, 50_000, "6222"),
        Paid(Means.WECHAT, 200_000, "4200001"),
        cash(40_000),
    )
    deposit.hand_back(office, bed.id, Paid(Means.WECHAT, 150_000, "4200001"))
    assert as_it_came(_moves(office, bed.id), 120_000) == (
        Paid(Means.BANK_CARD, 50_000, "6222"),
        Paid(Means.WECHAT, 50_000, "4200001"),
        cash(20_000),
    )
    assert as_it_came(moves, 0) == ()
