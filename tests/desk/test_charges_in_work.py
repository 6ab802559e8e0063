"""Charges that are being entered for a stay: never lost, never twice, never a sale."""

from dataclasses import replace

import pytest

from pos_client.desk.charges_in_work import ChargesInWork, waiting_lines
from pos_client.desk.parked_bills import parked_bills
from pos_client.desk.queue import sync_once
from pos_client.desk.sale_in_work import SaleInWork
from pos_client.desk.station import Desk
from pos_client.desk.stay_charges import charges_of
from pos_client.desk.strip import Contact, strip_figures
from pos_client.errors import OutcomeUnknown, Refused
from pos_client.offline import catalogue
from pos_client.offline.catalogue_file import sample_catalogue
from tests.desk.wards import admit
from tests.desk.world import World

DRUGS = [item.code for item in sample_catalogue() if item.cls != "C" and item.kind == "drug"]


def _begin(desk: Desk, id_: str, person_no: str) -> ChargesInWork:
    entering = ChargesInWork(desk, id_, person_no, "张**")
    entering.resume()
    return entering


def _stay(desk: Desk) -> tuple[str, str]:
    bed = admit(desk.office)
    return bed.id, bed.person.person.person_no


def test_what_is_left_comes_back_with_the_stay_and_is_no_parked_sale(world: World) -> None:
    with world.desk() as desk:
        id_, person_no = _stay(desk)
        entering = _begin(desk, id_, person_no)
        entering.add("YD0001", "3")
        entering.add("YD0004")
        assert entering.leave() == 2
        assert parked_bills(desk.office) == ()
        assert strip_figures(desk.office, Contact(), since=desk.office.bureau.now).parked == 0
        assert waiting_lines(desk, person_no) == 2
        assert waiting_lines(desk, "somebody else") == 0
        again = _begin(desk, id_, person_no)
        assert [(line.item.code, int(line.quantity)) for line in again.lines] == [("YD0001", 3), ("YD0004", 1)]
        assert again.upload() == 2
        assert waiting_lines(desk, person_no) == 0
        assert _begin(desk, id_, person_no).lines == []


def test_a_crash_keeps_the_lines_for_the_stay_and_gives_them_to_no_sale(world: World) -> None:
    with world.desk() as desk:
        id_, person_no = _stay(desk)
        _begin(desk, id_, person_no).add("YD0001", "3")
    with world.desk() as desk:
        sale = SaleInWork(desk)
        assert sale.bring_back() is None
        sale.add("YD0002")
        sale.give_up()
        assert [line.item.code for line in _begin(desk, id_, person_no).lines] == ["YD0001"]


def test_more_than_a_hundred_lines_go_in_two_messages(world: World) -> None:
    with world.desk() as desk:
        id_, person_no = _stay(desk)
        entering = _begin(desk, id_, person_no)
        for code in DRUGS[:101]:
            entering.add(code)
        assert entering.upload() == len(entering.cart()) + 101
        rows = charges_of(desk.office, id_)
        assert len({row.upload for row in rows}) == 2
        assert [row.serial for row in rows] == [str(number) for number in range(1, 102)]


@pytest.mark.parametrize(("fault", "left"), [("drop_answer", 0), ("drop_request", 1)])
def test_of_unknown_outcome_a_line_comes_back_only_if_it_was_not_booked(world: World, fault: str, left: int) -> None:
    with world.desk() as desk:
        id_, person_no = _stay(desk)
        entering = _begin(desk, id_, person_no)
        entering.add("YD0001", "3")
        world.faults({"name": fault, "infno": "2301", "times": 1})
        with pytest.raises(OutcomeUnknown):
            entering.upload()
        entering.leave()
        sync_once(desk.office)
        assert len(charges_of(desk.office, id_)) == 1 - left
        assert len(_begin(desk, id_, person_no).lines) == left


def test_nothing_and_what_nobody_signed_for_is_not_uploaded(world: World) -> None:
    with world.desk() as desk:
        id_, person_no = _stay(desk)
        entering = _begin(desk, id_, person_no)
        with pytest.raises(Refused) as nothing:
            entering.upload()
        entering.add("YD0106")
        with pytest.raises(Refused) as unsigned:
            entering.upload()
        assert [nothing.value.code, unsigned.value.code] == ["S-EMPTY", "S-CONSENT"]
        entering.sign(1)
        assert entering.upload() == 1


def test_what_left_the_catalogue_or_changed_its_price_is_told_for_a_stay_too(world: World) -> None:
    with world.desk() as desk:
        id_, person_no = _stay(desk)
        entering = _begin(desk, id_, person_no)
        for code in ("YD0001", "YD0002", "YD0004"):
            entering.add(code)
        entering.leave()
        items = [item for item in sample_catalogue() if item.code != "YD0002"]
        dearer = [replace(item, unit_price=item.unit_price + 1) if item.code == "YD0004" else item for item in items]
        with desk.office.store.commit() as connection:
            catalogue.replace_items(connection, dearer)
        view = _begin(desk, id_, person_no).view()
        assert [line.code for line in view.lines] == ["YD0001", "YD0004"]
        assert view.told.startswith("有 1 行没有取回：")
        assert "价格有变：" in view.told
