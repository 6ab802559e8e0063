"""Charges of a stay on the screen: what stands, what is settled, and what is taken back."""

import pytest

from pos_client.desk import stay_charges
from pos_client.desk.cart import fill_cart
from pos_client.desk.station import Office
from pos_client.errors import Refused
from pos_client.offline.catalogue import replace_items
from pos_client.offline.catalogue_file import sample_catalogue
from tests.desk.patients import OTHER_WARD, Clinic, Inpatient, disagreements_of
from tests.desk.wards import admit
from tests.desk.world import orders


def test_what_was_entered_is_listed_with_its_name(clinic: Clinic, office: Office) -> None:
    bed = admit(office)
    [first] = bed.charge("YD0001*2")
    [second] = bed.charge("YD0014*3", "YD0004")
    lines = stay_charges.charges_of(office, bed.id)
    told = [(line.upload, line.serial, line.code, line.cls, line.amount_fen, line.settled) for line in lines]
    assert told == [
        (first, "1", "YD0001", "A", 2520, False),
        (second, "2", "YD0014", "A", 1350, False),
        (second, "3", "YD0004", "B", 1790, False),
    ]
    assert lines[0].name == "阿莫西林胶囊 0.25g×24粒"
    assert disagreements_of(clinic, office) == []


def test_an_upload_is_withdrawn_while_it_is_not_settled(clinic: Clinic, office: Office) -> None:
    bed = admit(office)
    [upload] = bed.charge("YD0001")
    stay_charges.withdraw_upload(office, bed.id, upload)
    assert stay_charges.charges_of(office, bed.id) == ()
    with pytest.raises(Refused) as again:
        stay_charges.withdraw_upload(office, bed.id, upload)
    assert again.value.code == "S-UPLOAD"
    [settled] = bed.charge("YD0014")
    bed.pay_deposit(10_000)
    bed.leave(bed.estimate())
    assert [line.settled for line in stay_charges.charges_of(office, bed.id)] == [True]
    with pytest.raises(Refused):
        stay_charges.withdraw_upload(office, bed.id, settled)
    assert disagreements_of(clinic, office) == []


def test_what_the_catalogue_no_longer_has_keeps_its_code(office: Office) -> None:
    bed = admit(office)
    bed.charge("YD0001")
    with office.store.commit() as connection:
        replace_items(connection, [item for item in sample_catalogue() if item.code != "YD0001"])
    [line] = stay_charges.charges_of(office, bed.id)
    assert (line.name, line.cls, line.amount_fen) == ("YD0001", "", 1260)


def test_a_stay_of_an_older_version_wants_its_ward_first(office: Office) -> None:
    patient = Inpatient.of(office)
    patient.admit()
    cart = fill_cart(office.store, orders(["YD0001"]), consent_signed=True)
    with pytest.raises(Refused) as caught:
        stay_charges.enter(office, patient.id, cart)
    assert caught.value.code == "S-NOFACE"
    assert len(stay_charges.enter(office, patient.id, cart, OTHER_WARD)) == 1
