"""What the bureau has of a message: each search by itself, and when its questions were got."""

from datetime import timedelta

import pytest

from pos_client.offline.journal import Message
from pos_client.sync.search import (
    Absent,
    CannotAsk,
    Done,
    FoundSettlement,
    FoundVisit,
    Known,
    Searcher,
    SearchResult,
    Silent,
    serials_of,
)

from .counter import PURCHASE_FEN, Counter
from .tiny_bureau import DROPPED, LOST, Json

NOTHING = Known("", "41", frozenset(), frozenset())


def _search(desk: Counter, message: Message, what: str, known: Known = NOTHING) -> SearchResult:
    searcher = Searcher(desk.bureau, desk.found(message), known)
    searches = {
        "settlement": searcher.settlement,
        "visit": searcher.visit,
        "rows": searcher.rows,
        "in_hospital": searcher.in_hospital,
    }
    return desk.bureau.hold(searches[what]())


def _of(desk: Counter, visit: Message, med_type: str = "11") -> Known:
    return Known(desk.visit_id(visit), med_type, frozenset(), frozenset())


def test_a_settlement_is_the_one_that_stores_our_message_id(desk: Counter) -> None:
    lost = desk.lose("2102")
    found = _search(desk, lost, "settlement")
    assert isinstance(found, FoundSettlement)
    assert found.booked.figures.total_fen == PURCHASE_FEN
    assert found.booked.settlement_id == desk.bureau_side.settled[0].settlement_id


def test_what_is_known_already_is_not_asked_about(desk: Counter) -> None:
    lost = desk.lose("2102", DROPPED)
    sale = desk.book("2102")
    booked = next(one for one in desk.bureau_side.settled if one.message_id == sale.message_id)
    desk.bureau_side.posted.clear()
    known_visit = Known("", "41", frozenset(), frozenset({booked.visit_id}))
    assert isinstance(_search(desk, lost, "settlement", known_visit), Absent)
    assert desk.bureau_side.asked() == ["5201"]
    known_settlement = Known("", "41", frozenset({booked.settlement_id}), frozenset())
    assert isinstance(_search(desk, lost, "settlement", known_settlement), Absent)
    assert desk.bureau_side.asked() == ["5201", "5201", "5204"]


def test_a_settlement_that_5203_does_not_show_is_not_ours(desk: Counter) -> None:
    lost = desk.lose("2102")
    desk.bureau_side.fault("5203", desk.bureau_side.answer({"setlinfo": []}))
    assert isinstance(_search(desk, lost, "settlement"), Absent)


def test_absence_counts_from_when_the_first_question_was_got(desk: Counter) -> None:
    lost = desk.lose("2102", DROPPED)
    desk.book("2102")
    first = desk.bureau_side.clock.now

    def later(document: Json) -> None:
        if document["infno"] == "5204":
            desk.pass_time(seconds=1)

    desk.bureau_side.before = later
    found = _search(desk, lost, "settlement")
    assert found == Absent(first)
    assert desk.bureau_side.clock.now == first + timedelta(seconds=1)


def test_absence_without_a_time_of_the_bureau_has_none(desk: Counter) -> None:
    lost = desk.lose("2201", DROPPED)
    desk.bureau_side.says_when = False
    assert _search(desk, lost, "visit") == Absent(None)


@pytest.mark.parametrize("queries", [{"purchases": False}, {"rows_without_settlement": False}])
def test_a_purchase_cannot_be_asked_for_everywhere(desk: Counter, queries: dict[str, bool]) -> None:
    lost = desk.lose("2102")
    desk.speaks(**queries)
    assert isinstance(_search(desk, lost, "settlement"), CannotAsk)
    assert desk.bureau_side.asked() == []


def test_a_settlement_of_a_known_visit_wants_no_list_of_purchases(desk: Counter) -> None:
    visit = desk.book("2201")
    lost = desk.lose("2207", visit=visit)
    desk.speaks(purchases=False)
    assert isinstance(_search(desk, lost, "settlement", _of(desk, visit)), FoundSettlement)
    assert desk.bureau_side.asked() == ["5204", "5203"]


def test_a_visit_is_found_by_the_institutions_own_number(desk: Counter) -> None:
    lost = desk.lose("2201")
    known = Known("", "11", frozenset(), frozenset())
    assert _search(desk, lost, "visit", known) == FoundVisit(desk.visit_id(lost))
    desk.bureau_side.visits[0].own_number = "MZ9999"
    assert isinstance(_search(desk, lost, "visit", known), Absent)


def test_rows_are_found_by_their_serials(desk: Counter) -> None:
    stay = desk.book("2401")
    lost = desk.lose("2301", visit=stay)
    assert list(serials_of(lost)) == ["1", "2"]
    known = _of(desk, stay, "21")
    assert _search(desk, lost, "rows", known) == Done()
    kept = desk.bureau_side.rows.pop()
    assert isinstance(_search(desk, lost, "rows", known), CannotAsk)
    desk.bureau_side.rows = [kept | {"feedetl_sn": "7"}]
    assert isinstance(_search(desk, lost, "rows", known), Absent)
    desk.speaks(rows_without_settlement=False)
    assert isinstance(_search(desk, lost, "rows", known), CannotAsk)


def test_a_discharge_is_done_when_the_person_is_in_hospital_no_more(desk: Counter) -> None:
    stay = desk.book("2401")
    lost = desk.lose("2402", visit=stay)
    known = _of(desk, stay, "21")
    assert _search(desk, lost, "in_hospital", known) == Done()
    desk.bureau_side.visits[0].in_hospital = True
    assert isinstance(_search(desk, lost, "in_hospital", known), Absent)


@pytest.mark.parametrize(("still_there", "found"), [(True, Absent), (False, Done)])
def test_open_stays_say_what_visits_leave_open(desk: Counter, still_there: bool, found: type) -> None:
    stay = desk.book("2401")
    lost = desk.lose("2402", LOST, visit=stay)
    desk.bureau_side.visits[0].in_hospital = still_there
    row = {"mdtrt_id": desk.visit_id(stay), "psn_no": stay.person_no, "inhosp_stas": "?"}
    desk.bureau_side.fault("5201", lambda document: desk.bureau_side.answer({"mdtrtinfo": [row]}))
    assert isinstance(_search(desk, lost, "in_hospital", _of(desk, stay, "21")), found)
    assert desk.bureau_side.asked() == ["5201", "5303"]


@pytest.mark.parametrize(("what", "transaction"), [("settlement", "2102"), ("visit", "2201")])
def test_no_clear_answer_is_none(desk: Counter, what: str, transaction: str) -> None:
    lost = desk.lose(transaction)
    desk.bureau_side.fault("5201", DROPPED)
    assert _search(desk, lost, what) == Silent("5201: the connection broke")
