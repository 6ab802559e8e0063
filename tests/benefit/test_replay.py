"""Bills under another version of the rules: the harm of a wrong limit to the fen (rules part 7)."""

import json
from datetime import date
from pathlib import Path

import pytest

from pos_client.benefit import Bill, record_of_split, split
from pos_client.benefit.library import NoVersionInForce
from pos_client.benefit.policy_file import read_policy_file
from pos_client.benefit.replay import Candidate, Replayed, by_category, by_figure, replay_bill, replay_lines, totals
from tests.benefit.bills import bill, counters, line, person, stay
from tests.benefit.policies import FOLDER, SHIPPED, changed, yizheng

ASRUN = Candidate(read_policy_file(FOLDER / "jiangsu-city-asrun" / "2004-01-01.toml"), SHIPPED)


def jiangsu(id_: str, category: str, amount: str, **event: object) -> tuple[str, str]:
    """A stay in Jiangsu city in 2004 as a line of the vectors' form, and its category."""
    record = {
        "id": id_,
        "locality": "jiangsu-city-2004",
        "person": {"category": category, "birth": "1950-01-01", "sex": "M", "first_contribution": "2001-01-01"},
        "acc_before": {"year": 2004, "inpatient_eligible": "0.00", "pool_paid": "0.00", "relief_paid": "0.00"},
        "event": {
            "type": "inpatient",
            "level": 2,
            "place": "local",
            "admit": "2004-05-04",
            "discharge": "2004-05-14",
            "lines": [{"kind": "service", "cls": "A", "unit_price": amount, "qty": "1"}],
        }
        | event,
    }
    return json.dumps(record), category


def replayed(*lines: tuple[str, str]) -> list[Replayed]:
    return list(replay_lines(lines, SHIPPED, ASRUN))


@pytest.mark.parametrize(
    ("category", "amount", "before_fen", "after_fen", "harm_fen"),
    [
        ("active", "25000.00", 281118, 313800, 32682),
        ("active", "23513.98", 251398, 284080, 32682),
        ("active", "108500.00", 1951118, 1983800, 32682),
        ("retired", "25000.00", 214851, 255660, 40809),
        ("retired", "90000.00", 1124851, 1555660, 430809),
    ],
)
def test_the_harm_of_the_wrong_limit(
    category: str, amount: str, before_fen: int, after_fen: int, harm_fen: int
) -> None:
    [bill_] = replayed(jiangsu("J", category, amount))
    assert (bill_.patient_before_fen, bill_.patient_after_fen, bill_.harm_fen) == (before_fen, after_fen, harm_fen)
    assert bill_.kind == "differs"


def test_sums_by_category_and_by_what_changed() -> None:
    found = replayed(
        jiangsu("a", "active", "25000.00"), jiangsu("b", "retired", "25000.00"), jiangsu("c", "active", "5000.00")
    )
    sums = totals(found)
    assert (sums.bills, sums.differing, sums.dearer, sums.cheaper) == (3, 2, 2, 0)
    assert (sums.dearer_fen, sums.cheaper_fen, sums.net_fen) == (32682 + 40809, 0, 32682 + 40809)
    groups = {category: (group.bills, group.net_fen) for category, group in by_category(found).items()}
    assert groups == {"active": (2, 32682), "retired": (1, 40809)}
    figures = by_figure(found)
    assert figures["patient_total"] == (2, 32682 + 40809)
    assert figures["pool_pay"][1] + figures["relief_pay"][1] == -(32682 + 40809)


def test_held_bills_stand_apart_and_count_nowhere() -> None:
    found = replayed(jiangsu("h", "active", "5000.00", level=3))
    assert found[0].kind == "held"
    assert totals(found).bills == 0
    assert by_category(found) == {}
    assert by_figure(found) == {}


def test_a_line_that_cannot_be_read_is_refused_under_its_number() -> None:
    found = replayed(jiangsu("a", "active", "5000.00"), ("{broken", ""))
    assert [(one.id, one.kind) for one in found] == [("a", "same"), ("#2", "refused")]


def test_what_the_patient_gains_is_told_as_cheaper(tmp_path: Path) -> None:
    library = changed(tmp_path, "jiangsu-city/2004-01-01", ("value = 400", "value = 300"))
    kinder = Candidate(library.versions("jiangsu-city")[0], library)
    sums = totals(replay_lines([jiangsu("a", "active", "5000.00")], SHIPPED, kinder))
    # The first segment begins 100 earlier: 82 % of these are the pool's.
    assert (sums.cheaper, sums.cheaper_fen, sums.net_fen) == (1, 8200, -8200)


def test_the_same_file_changes_nothing_on_any_vector() -> None:
    vectors = (Path(__file__).parent / "vectors" / "hand.jsonl").read_text(encoding="utf-8").splitlines()
    ours = [(one, "") for one in vectors if '"yizheng-2010"' in one]
    same = Candidate(SHIPPED.versions("yizheng")[-1], SHIPPED)
    assert {one.kind for one in replay_lines(ours, SHIPPED, same)} <= {"same", "held"}


def test_a_version_of_next_year_is_tried_on_the_bills_of_last_month(tmp_path: Path) -> None:
    later = changed(
        tmp_path,
        "yizheng/2010-01-01",
        ("valid_from = 2010-01-01", "valid_from = 2027-01-01"),
        ("level = 2 }, value = 600", "level = 2 }, value = 700"),
    )
    path = tmp_path / "yizheng" / "2010-01-01.toml"
    path = path.rename(path.with_name("2027-01-01.toml"))
    bill_ = bill(stay(line("5000")))
    before = record_of_split("", split(yizheng(), bill_))
    found = replay_bill("1", bill_, before, Candidate(read_policy_file(path), later))
    assert found.after["policy"]["valid_from"] == "2027-01-01"
    assert found.harm_fen == 8300


def test_a_change_of_entitlement_is_a_difference_of_words() -> None:
    bill_ = bill(stay(line("5000")), who=person(first_contribution=date(2010, 4, 1)))
    before = record_of_split("", split(yizheng(), bill_))
    after = record_of_split("", split(yizheng(), bill(stay(line("5000")))))
    found = Replayed("1", "active", before, after)
    assert found.changed_words() == ("entitlement",)
    assert by_figure([found])["entitlement"] == (1, 0)


def test_a_candidate_never_pays() -> None:
    with pytest.raises(NoVersionInForce):
        ASRUN.pick("jiangsu-city", date(2004, 5, 1))


def test_a_bill_without_a_day_is_held() -> None:
    undated: Bill = bill(stay(line("1"), admit=None, discharge=None), before=counters(year=2004))
    found = replay_bill("1", undated, {"status": "hold", "reasons": ["FACT_UNKNOWN"], "details": ["date"]}, ASRUN)
    assert found.after["reasons"] == ["FACT_UNKNOWN"]
