"""The bill in work survives a crash; others wait for their customer; every step is in the audit chain."""

from collections.abc import Iterator
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from pos_client.desk import open_bills
from pos_client.desk.open_bills import Draft, OpenLine
from pos_client.desk.station import Office, open_counter
from pos_client.errors import Refused
from pos_client.offline import audit
from pos_client.offline import open_bills as kept
from pos_client.sync.region import AccountUse
from tests.virtual import NOON, fresh_home, virtual_runtime

TWO_LINES = Draft(
    lines=(OpenLine("YD0001", Decimal("2")), OpenLine("FY0003", Decimal("0.5"), consent=True)),
    account=AccountUse.OWN,
    whose="43990000000000000000000001",
    label="张**",
)
ONE_LINE = Draft(lines=(OpenLine("YD0002", Decimal(1)),))


class Counter:
    """A counter that can die: whatever is not in its store is gone then."""

    def __init__(self, folder: Path) -> None:
        self.home, _ = fresh_home(folder)
        self._open = ExitStack()
        self.office = self.start()

    def start(self) -> Office:
        self._open.close()
        self.office = self._open.enter_context(open_counter(self.home, {}, virtual_runtime()))
        return self.office

    def close(self) -> None:
        self._open.close()


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    opened = Counter(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def office(counter: Counter) -> Office:
    return counter.office


def _audited(office: Office) -> list[tuple[str, str, str]]:
    with office.store.read() as connection:
        assert audit.first_broken_row(connection) is None
        rows = connection.execute(
            text("SELECT act, subject, detail FROM audit WHERE act LIKE 'bill.%' ORDER BY number")
        )
        return [(row.act, row.subject, row.detail) for row in rows]


def test_a_crash_loses_no_line(counter: Counter) -> None:
    number = open_bills.save(counter.office, TWO_LINES)
    found = open_bills.in_work(counter.start())
    assert found is not None
    assert (found.number, found.draft, found.parked_at, found.operator) == (number, TWO_LINES, None, "01")
    assert found.opened_at == NOON


def test_a_fresh_counter_has_nothing_in_work_and_nothing_parked(office: Office) -> None:
    assert open_bills.in_work(office) is None
    assert open_bills.parked(office) == []


def test_there_is_one_bill_in_work_and_it_keeps_its_number(office: Office) -> None:
    assert open_bills.save(office, ONE_LINE) == open_bills.save(office, TWO_LINES)
    found = open_bills.in_work(office)
    assert found is not None
    assert found.draft == TWO_LINES
    assert _audited(office) == []


def test_a_parked_bill_waits_and_comes_back_as_it_was(counter: Counter) -> None:
    first = open_bills.park(counter.office, TWO_LINES)
    second = open_bills.park(counter.office, ONE_LINE)
    office = counter.start()
    assert open_bills.in_work(office) is None
    assert [(one.number, one.draft.label, one.parked_at) for one in open_bills.parked(office)] == [
        (first, "张**", NOON),
        (second, "", NOON),
    ]
    assert open_bills.take_up(office, first).draft == TWO_LINES
    found = open_bills.in_work(office)
    assert found is not None
    assert (found.number, found.parked_at) == (first, None)
    assert _audited(office) == [
        ("bill.park", str(first), '{"lines": 2}'),
        ("bill.park", str(second), '{"lines": 1}'),
        ("bill.take_up", str(first), '{"lines": 2}'),
    ]


def test_what_was_saved_is_what_is_parked(office: Office) -> None:
    number = open_bills.save(office, ONE_LINE)
    assert open_bills.park(office, TWO_LINES) == number
    assert [one.draft for one in open_bills.parked(office)] == [TWO_LINES]


def test_no_bill_is_taken_up_over_another_one(office: Office) -> None:
    number = open_bills.park(office, ONE_LINE)
    open_bills.save(office, TWO_LINES)
    with pytest.raises(Refused) as caught:
        open_bills.take_up(office, number)
    assert caught.value.code == "S-INWORK"
    assert len(open_bills.parked(office)) == 1


def test_who_gives_a_bill_up_is_written_down_with_its_lines(office: Office) -> None:
    parked, in_work = open_bills.park(office, TWO_LINES), open_bills.save(office, ONE_LINE)
    open_bills.discard(office, parked)
    open_bills.discard(office, in_work)
    assert (open_bills.in_work(office), open_bills.parked(office)) == (None, [])
    assert _audited(office)[1:] == [
        ("bill.discard", str(parked), '{"lines": 2}'),
        ("bill.discard", str(in_work), '{"lines": 1}'),
    ]


def test_a_number_that_is_not_there_is_told(office: Office) -> None:
    for act in (open_bills.take_up, open_bills.discard):
        with pytest.raises(Refused) as caught:
            act(office, 7)
        assert caught.value.code == "S-NOBILL"


def test_what_is_settled_is_in_work_no_more_and_parked_ones_stay(office: Office) -> None:
    open_bills.park(office, TWO_LINES)
    number = open_bills.save(office, ONE_LINE)
    with office.store.commit() as connection:
        kept.remove(connection, number)
    assert open_bills.in_work(office) is None
    assert [one.draft for one in open_bills.parked(office)] == [TWO_LINES]
