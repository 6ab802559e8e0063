"""What a card says of its insurance and its account, over the pipe and back."""

import json
from datetime import date, datetime

import pytest

from pos_client.card.account import CardAccount
from pos_client.card.social_security.medical import MedicalData
from pos_client.card.social_security.purse import Purse, PurseTransaction

MEDICAL = MedicalData(
    identification_code="439900D15600000500000001A1B2C301",
    insurance_type="310",
    treated_elsewhere=False,
    outpatient_pool=True,
    outpatient_serious_illness=False,
    medical_aid=False,
    privileged=False,
    person_type="11",
    region="439900",
    account_opened_on=date(2005, 7, 1),
    account_number="A1",
    certificate_number="",
    health_record_number="",
    hospitals=("H1", "H2"),
    injury_hospitals=(),
    maternity_hospitals=(),
    online_only=False,
)
MOVED = PurseTransaction(5, "2", "519900000001", datetime(2026, 11, 21, 10, 15, 30), 2000, 1000, 5000)  # noqa: DTZ001
PURSE = Purse(120355, 1000, 5000, 2026, "0101", (MOVED,))


@pytest.mark.parametrize(
    "account",
    [CardAccount(MEDICAL, PURSE), CardAccount(MEDICAL, None), CardAccount(MEDICAL, None, purse_wants_pin=True)],
)
def test_nothing_is_lost_on_the_way(account: CardAccount) -> None:
    assert CardAccount.of(json.loads(json.dumps(account.as_value()))) == account
