"""Three ways to say who it is, at the simulated bureau: card, identity number, electronic voucher."""

from dataclasses import replace
from pathlib import Path

import pytest
import requests
from sqlalchemy import inspect, text

from hardware_sim import personas
from pos_client.desk.cart import fill_cart
from pos_client.desk.identify import Identified, identify, identify_card, identify_id_number, identify_voucher
from pos_client.desk.known_people import recall
from pos_client.desk.quote import quote_for
from pos_client.desk.settle import settle
from pos_client.desk.station import Desk, Office
from pos_client.errors import Refused
from pos_client.sync.person import CredentialKind
from pos_client.sync.region import AccountUse, Visit, load_region

from .world import AMOXICILLIN, World, orders

PROVISIONAL = """mode = "provisional"
document = "某医保发〔2026〕1号"
per_settlement_fen = 10000
count = 20
total_fen = 100000
age_days = 7
"""
ZHANG = personas.load("zhang-jianguo").card


def _visit(office: Office) -> Visit:
    return office.region.visits["pharmacy"]


def _voucher(world: World, persona: str = "zhang-jianguo") -> str:
    answer = requests.post(f"{world.front_end.control_url}/_sim/vouchers", json={"persona": persona}, timeout=10)
    token: str = answer.json()["token"]
    return token


def _in_hunan(office: Office) -> Office:
    """The office with a region that wants document and name in every question."""
    hunan = load_region("training-hunan", office.books.home.regions, "training")
    return replace(office, region=hunan)


def _settled(desk: Desk, identified: Identified) -> str:
    cart = fill_cart(desk.office.store, orders([AMOXICILLIN]), consent_signed=True)
    quoted = quote_for(desk, identified, cart, account=AccountUse.OWN)
    return settle(desk, quoted, quoted.due_fen).booked.settlement_id


def _everything_stored(office: Office) -> str:
    with office.store.read() as connection:
        tables = inspect(connection).get_table_names()
        return "".join(str(connection.execute(text(f'SELECT * FROM "{table}"')).all()) for table in tables)


def test_a_card_that_was_read_is_asked_about_without_reading_it_again(world: World) -> None:
    with world.desk() as desk:
        card = desk.cards.read()
        world.slot.remove()
        identified = identify_card(desk.office, card, _visit(desk.office))
        assert (identified.person.name, identified.credential.kind) == ("张建国", CredentialKind.CARD)
        assert identified.counters.counts == {"local_admissions": 0}


def test_all_three_ways_find_the_same_person(world: World) -> None:
    with world.desk() as desk:
        visit = _visit(desk.office)
        found = [
            identify(desk, visit),
            identify_id_number(desk.office, ZHANG.id_number, ZHANG.name, visit),
            identify_id_number(desk.office, ZHANG.id_number, "", visit),
            identify_voucher(desk.office, _voucher(world), visit),
        ]
    assert [one.person for one in found] == [found[0].person] * 4
    assert [one.entitlements for one in found] == [found[0].entitlements] * 4
    assert not any(one.name_differs for one in found)
    assert [one.credential.kind.value for one in found] == ["card", "id_number", "id_number", "voucher"]


def test_a_number_that_cannot_exist_is_not_asked_about(world: World) -> None:
    world.faults({"name": "down"})  # whoever asks now gets N-DOWN
    with world.desk() as desk, pytest.raises(Refused) as told:
        identify_id_number(desk.office, "439999197003030013", "", _visit(desk.office))
    assert told.value.code == "S-IDNO"


@pytest.mark.parametrize(
    ("number", "name", "said"),
    [("439999197003030012", "张建过", "psn_name"), ("11010519491231002X", "", "未找到对应的参保人员")],
)
def test_the_bureaus_refusal_of_a_number_is_told(world: World, number: str, name: str, said: str) -> None:
    with world.desk() as desk, pytest.raises(Refused) as told:
        identify_id_number(desk.office, number, name, _visit(desk.office))
    assert told.value.code == "R-1101"
    assert said in told.value.sentence("zh")


def test_an_answer_about_another_number_is_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with world.desk() as desk:
        zhang = identify(desk, _visit(desk.office)).person
        monkeypatch.setattr("pos_client.desk.identify.fetch_person", lambda *_: zhang)
        with pytest.raises(Refused) as told:
            identify_id_number(desk.office, personas.load("li-xiulan").card.id_number, "", _visit(desk.office))
    assert told.value.code == "S-OTHERID"


def test_a_card_of_another_person_than_the_bureau_names_is_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.desk() as desk:
        zhang = identify(desk, _visit(desk.office)).person
        world.insert("li-xiulan")
        monkeypatch.setattr("pos_client.desk.identify.fetch_person", lambda *_: zhang)
        with pytest.raises(Refused) as told:
            identify(desk, _visit(desk.office))
    assert told.value.code == "S-PERSON"


@pytest.mark.parametrize("how", ["id_number", "voucher"])
def test_a_sale_without_a_card_is_settled_by_the_identity_number(world: World, how: str) -> None:
    with world.desk() as desk:
        visit = _visit(desk.office)
        if how == "voucher":
            identified = identify_voucher(desk.office, _voucher(world), visit)
        else:
            identified = identify_id_number(desk.office, ZHANG.id_number, "", visit)
        settlement_id = _settled(desk, identified)
    (message,) = world.messages()
    assert '"mdtrt_cert_type":"02"' in message.request.replace(" ", "")
    assert ZHANG.card_number not in message.request
    assert [row["setl_id"] for row in world.ledger()] == [settlement_id]
    assert world.agreement().disagreements == ()


def test_a_voucher_is_stored_nowhere_and_shows_in_no_representation(world: World) -> None:
    token = _voucher(world)
    with world.desk() as desk:
        identified = identify_voucher(desk.office, f" {token}\r", _visit(desk.office))
        _settled(desk, identified)
        assert token not in _everything_stored(desk.office)
        assert token not in repr(identified)
    assert not any(token in file.read_bytes().decode("utf-8", "replace") for file in _files_of(world))


def _files_of(world: World) -> list[Path]:
    return [file for file in world.home.folder.rglob("*") if file.is_file()]


def test_only_a_card_is_remembered_for_an_outage(world: World) -> None:
    world.change_region('mode = "self_pay"', PROVISIONAL)
    with world.desk() as desk:
        _settled(desk, identify_id_number(desk.office, ZHANG.id_number, "", _visit(desk.office)))
        with pytest.raises(Refused) as told:
            recall(desk.office, desk.cards.read())
        assert told.value.code == "S-PERSON-OLD"
        _settled(desk, identify(desk, _visit(desk.office)))
        known, _ = recall(desk.office, desk.cards.read())
        assert known.person.name == "张建国"


def test_a_used_voucher_is_refused_in_the_bureaus_words(world: World) -> None:
    token = _voucher(world)
    with world.desk() as desk:
        identify_voucher(desk.office, token, _visit(desk.office))
        with pytest.raises(Refused) as told:
            identify_voucher(desk.office, token, _visit(desk.office))
    assert told.value.code == "R-1101"
    assert "令牌已使用" in told.value.sentence("zh")
    assert token not in str(told.value)


@pytest.mark.parametrize("scanned", ["", "  \r", "6" * 51, "医保码", "12\x0034"])
def test_what_is_no_voucher_is_not_asked_about(world: World, scanned: str) -> None:
    world.faults({"name": "down"})
    with world.desk() as desk, pytest.raises(Refused) as told:
        identify_voucher(desk.office, scanned, _visit(desk.office))
    assert told.value.code == "S-VOUCHER"


def test_where_every_question_wants_a_name_it_is_asked_for_first(world: World) -> None:
    with world.desk() as desk:
        office, visit = _in_hunan(desk.office), _visit(desk.office)
        with pytest.raises(Refused) as told:
            identify_id_number(office, ZHANG.id_number, " ", visit)
        assert told.value.code == "S-NAME"
        with pytest.raises(Refused) as told:
            identify_voucher(office, "1234567890123456789012345678", visit)
        assert told.value.code == "S-VOUCHER-ID"
