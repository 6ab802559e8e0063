"""What is said of a card that was read, and what has to happen before somebody of another name is served."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from pos_client.config import load_settings, write_settings
from pos_client.desk import operators
from pos_client.desk.books import open_books
from pos_client.desk.card_notices import card_notices
from pos_client.desk.card_reader import card_process
from pos_client.desk.identify import Identified, identify_card, identify_id_number
from pos_client.desk.known_people import recall, remember
from pos_client.desk.operators import SignedIn
from pos_client.desk.other_name import NameWord, require_own_word
from pos_client.desk.quote import quote
from pos_client.desk.sale_in_work import SaleInWork
from pos_client.desk.sale_view import SaleView, Stage
from pos_client.desk.station import Desk, desk_of
from pos_client.desk.stay_desk import StayDesk
from pos_client.desk.stay_view import AdmissionDraft
from pos_client.errors import Refused
from pos_client.offline import audit
from pos_client.offline.operators import Role
from pos_client.offline.schema import audit as rows
from pos_client.sync import person
from pos_client.sync.bureau import Bureau
from pos_client.sync.person import Credential
from pos_client.sync.region import AccountUse, Visit
from tests.desk.test_identify import PROVISIONAL
from tests.desk.world import AMOXICILLIN, World, orders

BOSS, OTHER = SignedIn("boss", "王主任", Role.SUPERVISOR), SignedIn("other", "赵主任", Role.SUPERVISOR)
CASHIER = SignedIn("02", "李四", Role.CASHIER)
ACT = "identify.other_name"
FORM = AdmissionDraft("A03.01", "D439900000001", "12", "K29.500", "ZY1")


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    with world.desk() as desk:
        yield desk


@pytest.fixture
def otherwise(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A card with another name in it, and a bureau that does not look at the name in its question."""
    world.insert("mismatched-name")
    fetch = person.fetch_person

    def fetched(bureau: Bureau, shown: Credential, visit: Visit) -> person.InsuredPerson:
        return fetch(bureau, replace(shown, name=""), visit)

    monkeypatch.setattr("pos_client.desk.identify.fetch_person", fetched)


def _identified(desk: Desk) -> Identified:
    return identify_card(desk.office, desk.cards.read(), desk.office.region.visits["pharmacy"])


def _come(desk: Desk, sale: SaleInWork) -> SaleView:
    card = desk.cards.read()
    return sale.identify(lambda visit: identify_card(desk.office, card, visit))


def _allowed(desk: Desk) -> list[tuple[str, str]]:
    """Who was let pass, and by whom."""
    with desk.office.store.read() as connection:
        found = connection.execute(select(rows.c.operator, rows.c.detail).where(rows.c.act == ACT)).all()
        assert audit.first_broken_row(connection) is None
    return [(row.operator, row.detail) for row in found]


# --- notices ---


def test_an_ordinary_card_is_worth_no_word(desk: Desk) -> None:
    assert _identified(desk).notices == ()


def test_an_expired_card_is_told_and_served(world: World, desk: Desk) -> None:
    world.insert("expired-card")
    sale = SaleInWork(desk)
    view = _come(desk, sale)
    assert view.customer is not None
    assert view.customer.notices == ("卡已过期 2025-12-31",)
    assert "请照常办理" in view.customer.notice_sentences[0]
    sale.add(AMOXICILLIN)
    assert sale.try_out().stage is Stage.TRIED


def test_every_notice_has_its_short_words_in_both_languages(desk: Desk) -> None:
    card = desk.cards.read()
    odd = replace(card, card_number="A00000010", region="310101", issued_on=card.expires_on)
    short = {one.short for one in card_notices(desk.office, odd)}
    assert {one.zh for one in short} == {"发卡日期未到 2036-06-01", "外地卡 310101", "卡号校验码不符"}
    assert {one.en for one in short} == {"card issued on 2036-06-01", "card of 310101", "card number unusual"}


def test_a_card_that_was_not_tested_is_told_where_every_card_is_to_be_tested(world: World) -> None:
    write_settings(world.home, {"reader.check_genuine": "yes", "reader.psam": "none"})
    with world.desk() as desk:
        assert [one.short.zh for one in _identified(desk).notices] == ["卡没有验真伪"]


def test_a_card_that_is_known_from_before_is_looked_at_the_same(world: World) -> None:
    world.change_region('mode = "self_pay"', PROVISIONAL)
    world.insert("expired-card")
    with world.desk() as desk:
        card = desk.cards.read()
        remember(desk.office, _identified(desk))
        known, _ = recall(desk.office, replace(card, name="张健国"))
    assert [one.short.zh for one in known.notices] == ["卡已过期 2025-12-31"]
    assert known.wants_word


# --- another name ---


def test_names_that_only_look_different_are_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    fetch = person.fetch_person
    monkeypatch.setattr(
        "pos_client.desk.identify.fetch_person",
        lambda bureau, shown, visit: replace(fetch(bureau, shown, visit), name="张 建·国"),
    )
    assert not _identified(desk).name_differs


@pytest.mark.usefixtures("otherwise")
def test_somebody_of_another_name_is_shown_but_not_charged_without_a_word(desk: Desk) -> None:
    sale = SaleInWork(desk)
    view = _come(desk, sale)
    assert view.customer is not None
    assert (view.customer.name, view.customer.name_on_card, view.customer.wants_word) == ("张建国", "张健国", True)
    sale.add(AMOXICILLIN)
    with pytest.raises(Refused, match="S-NAMES") as told:
        sale.try_out()
    assert "“张建国”" in told.value.sentence("zh")
    assert "“张健国”" in told.value.sentence("zh")
    assert not told.value.evidence
    assert _allowed(desk) == []


@pytest.mark.usefixtures("otherwise")
def test_with_a_word_it_goes_on_and_the_audit_chain_names_no_name(desk: Desk) -> None:
    sale = SaleInWork(desk)
    _come(desk, sale)
    sale.add(AMOXICILLIN)
    view = sale.allow_other_name(BOSS)
    assert view.customer is not None
    assert not view.customer.wants_word
    due_fen = sale.try_out().due_fen
    assert due_fen is not None
    sale.settle(due_fen)
    assert _allowed(desk) == [("01", '{"authorised_by": "boss"}')]


@pytest.mark.usefixtures("otherwise")
def test_a_cashiers_word_is_none(desk: Desk) -> None:
    sale = SaleInWork(desk)
    _come(desk, sale)
    with pytest.raises(Refused, match="S-SUPERVISOR"):
        sale.allow_other_name(CASHIER)
    assert _allowed(desk) == []


@pytest.mark.usefixtures("otherwise")
def test_a_word_holds_for_the_same_card_and_for_nobody_else(desk: Desk) -> None:
    sale = SaleInWork(desk)
    _come(desk, sale)
    sale.allow_other_name(BOSS)
    again = _come(desk, sale)
    assert again.customer is not None
    assert not again.customer.wants_word
    assert sale.identified is not None
    stranger = replace(sale.identified, person=replace(sale.identified.person, person_no="43990000000000000000000009"))
    word = NameWord()
    word.give(desk.office, sale.identified, BOSS)
    word.require(sale.identified)
    with pytest.raises(Refused, match="S-NAMES"):
        word.require(stranger)
    sale.clear()
    later = _come(desk, sale)
    assert later.customer is not None
    assert later.customer.wants_word, "the next time it is asked for again"


@pytest.mark.usefixtures("otherwise")
def test_whoever_is_known_by_number_alone_wants_no_word(desk: Desk) -> None:
    number = desk.cards.read().id_number
    identified = identify_id_number(desk.office, number, "张健国", desk.office.region.visits["pharmacy"])
    assert identified.name_differs
    assert not identified.wants_word


@pytest.mark.usefixtures("otherwise")
def test_a_stay_wants_the_word_before_admission_and_trial(desk: Desk) -> None:
    stays = StayDesk(desk)
    arrived = stays.identify_card(desk.cards.read())
    assert arrived.customer.wants_word
    stays.begin_admission()
    with pytest.raises(Refused, match="S-NAMES"):
        stays.admit(FORM)
    assert not stays.allow_other_name(BOSS).customer.wants_word
    id_ = stays.admit(FORM).line.id
    stays.begin_entering(id_).add(AMOXICILLIN)
    assert stays.entering is not None
    stays.entering.upload()
    assert stays.estimate(id_).quoted
    assert not stays.identify_card(desk.cards.read()).customer.wants_word
    assert len(_allowed(desk)) == 1


@pytest.mark.usefixtures("otherwise")
def test_without_a_window_only_a_supervisor_alone_goes_on(world: World) -> None:
    with world.desk() as desk:  # a training home without operators: whoever works here may allow it
        quote(desk, orders([AMOXICILLIN]), account=AccountUse.NO, consent_signed=False)
        assert _allowed(desk) == [("01", '{"authorised_by": "01"}')]
    with open_books(world.home, world.environment, world.runtime) as books:
        for one in (BOSS, OTHER, CASHIER):
            operators.add(books, one.name, one.title, one.role, "open sesame", by=BOSS)
        with card_process(world.runtime, load_settings(world.home, world.environment)) as cards:
            for by in (CASHIER, BOSS):
                staffed = desk_of(books, cards, by)
                with pytest.raises(Refused, match="S-NAMES"):
                    require_own_word(staffed.office, _identified(staffed))
        assert len(_allowed(staffed)) == 1
