"""The papers of a stay that are no settlement come out of the store again."""

from dataclasses import replace

import pytest

from pos_client.desk.reprint import reprint, slip_of
from pos_client.desk.station import Office
from pos_client.desk.stay_reprint import stay_paper
from pos_client.errors import Refused
from pos_client.offline import audit
from tests.desk.wards import admit


def test_the_admission_is_printed_again_by_its_number(office: Office) -> None:
    bed = admit(office)
    slip = slip_of(office, bed.id)
    assert (slip.title, slip.who.name) == ("入院登记单", "张建国")
    again = reprint(office, bed.id)
    assert again.reprint.startswith("补打 第 1 次")
    assert replace(again, reprint="") == slip
    with office.store.read() as connection:
        assert audit.count(connection, "slip.reprint", bed.id) == 1


def test_a_receipt_says_what_was_held_then(office: Office) -> None:
    bed = admit(office)
    first = bed.pay_deposit(100_000)
    second = bed.pay_deposit(50_000)
    assert slip_of(office, first.number) == first.slip
    assert slip_of(office, second.number) == second.slip
    assert [one.sums[0].amount_fen for one in (first.slip, second.slip)] == [100_000, 150_000]


@pytest.mark.parametrize("number", ["YJ01-000099", "YJ01", "YJ-", "YJ02-x", "nothing", "YJ99-000001"])
def test_a_number_that_nothing_has_is_refused(office: Office, number: str) -> None:
    admit(office).pay_deposit(1_000)
    assert stay_paper(office, number) is None
    with pytest.raises(Refused) as caught:
        slip_of(office, number)
    assert caught.value.code == "S-NOSLIP"
