"""A file of charges, row by row: known codes, exact numbers, days of the stay, and every wrong place by its header."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from pos_client.desk.charge_file import COLUMNS, REQUIRED, ChargeTable, Limits, checked
from pos_client.desk.table_file import table_of
from pos_client.offline.catalogue import replace_items
from pos_client.offline.catalogue_file import sample_catalogue
from pos_client.offline.store import StoreConnection
from pos_client.runtime import SHANGHAI
from pos_client.sync.care import Department, Doctor
from tests.in_memory import memory_store

LIMITS = Limits(
    first_day=date(2026, 3, 1),
    now=datetime(2026, 3, 5, 12, 0, tzinfo=SHANGHAI),
    departments={"A03.01": Department("A03.01", "消化内科", "A03")},
    doctors={"D1": Doctor("D1", "示例医师")},
)
HEADER = "编码,时间,数量,单价,金额,流水号,科室编码,医生编码,知情同意"
ITEMS = {item.code: item for item in sample_catalogue()}


@pytest.fixture(scope="module")
def catalogue() -> Iterator[StoreConnection]:
    with memory_store() as store:
        with store.commit() as connection:
            replace_items(connection, sample_catalogue())
        with store.read() as connection:
            yield connection


def read(catalogue: StoreConnection, *lines: str, header: str = HEADER) -> ChargeTable:
    data = "\n".join([header, *lines]).encode()
    return checked(catalogue, "费用.csv", table_of(data, "费用.csv", COLUMNS, REQUIRED), LIMITS)


def wrong(found: ChargeTable) -> list[tuple[int, str]]:
    return [(place.row, place.column) for place in found.wrong]


def test_a_right_row_is_priced_to_the_fen(catalogue: StoreConnection) -> None:
    found = read(catalogue, "YD0001,2026-03-02 08:30,1.5,12.60,18.90,H1,A03.01,D1,")
    assert wrong(found) == []
    line = found.lines[0]
    assert line.item == ITEMS["YD0001"]
    assert (line.row, line.quantity, line.unit_price, line.amount_fen) == (2, Decimal("1.5"), Decimal("12.60"), 1890)
    assert (line.at, line.timed) == (datetime(2026, 3, 2, 8, 30, tzinfo=SHANGHAI), True)
    assert (line.number, line.department, line.doctor) == ("H1", LIMITS.departments["A03.01"], LIMITS.doctors["D1"])
    assert (line.price_differs, line.unsigned) == (False, False)


def test_the_national_code_will_do_and_a_missing_price_is_the_catalogues(catalogue: StoreConnection) -> None:
    item = ITEMS["YD0004"]
    found = read(catalogue, f"{item.national_code},2026/3/2,2", header="编码,日期,数量")
    assert [(line.item, line.unit_price, line.timed) for line in found.lines] == [(item, item.unit_price, False)]


def test_another_price_than_the_catalogues_is_named_not_refused(catalogue: StoreConnection) -> None:
    found = read(catalogue, "YD0001,2026-03-02,1,13.00,,,,,")
    assert [(line.price_differs, line.amount_fen) for line in found.lines] == [(True, 1300)]


def test_own_expense_wants_a_consent(catalogue: StoreConnection) -> None:
    code = next(item.code for item in ITEMS.values() if item.consent)
    found = read(catalogue, f"{code},2026-03-02,1,,,,,,", f"{code},2026-03-02,1,,,,,,1", f"{code},2026-03-02,1,,,,,,是")
    assert [line.unsigned for line in found.lines] == [True, False, False]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("NONE,2026-03-02,1,,,,,,", "编码"),
        (",2026-03-02,1,,,,,,", "编码"),
        ("YD0001,,1,,,,,,", "时间"),
        ("YD0001,2.3.2026,1,,,,,,", "时间"),
        ("YD0001,2026-02-30,1,,,,,,", "时间"),
        ("YD0001,2026-03-02 25:00,1,,,,,,", "时间"),
        ("YD0001,2026-02-28,1,,,,,,", "时间"),
        ("YD0001,2026-03-05 12:01,1,,,,,,", "时间"),
        ("YD0001,2026-03-02,,,,,,,", "数量"),
        ("YD0001,2026-03-02,0,,,,,,", "数量"),
        ("YD0001,2026-03-02,-1,,,,,,", "数量"),
        ("YD0001,2026-03-02,1e3,,,,,,", "数量"),
        ("YD0001,2026-03-02,0.00001,,,,,,", "数量"),
        ("YD0001,2026-03-02,0.30000000000000004,,,,,,", "数量"),
        ("YD0001,2026-03-02,1,12.6000001,,,,,", "单价"),
        ("YD0001,2026-03-02,1,-12.60,,,,,", "单价"),
        ("YD0001,2026-03-02,1,十二,,,,,", "单价"),
        ("YD0001,2026-03-02,2,12.60,25.21,,,,", "金额"),
        ("YD0001,2026-03-02,2,12.60,25.201,,,,", "金额"),
        ("YD0001,2026-03-02,2,12.60,很多,,,,", "金额"),
        (f"YD0001,2026-03-02,1,,,{'9' * 31},,,", "流水号"),
        ("YD0001,2026-03-02,1,,,,A99,,", "科室编码"),
        ("YD0001,2026-03-02,1,,,,,D9,", "医生编码"),
        ("YD0001,2026-03-02,1,,,,,,maybe", "知情同意"),
    ],
)
def test_each_wrong_cell_is_named_by_the_files_own_header(catalogue: StoreConnection, row: str, column: str) -> None:
    found = read(catalogue, "YD0001,2026-03-02,1,,,,,,", row)
    assert wrong(found) == [(3, column)]
    assert [line.row for line in found.lines] == [2]


def test_everything_wrong_is_told_at_once(catalogue: StoreConnection) -> None:
    found = read(catalogue, "NONE,x,0,a,,,A99,,", "YD0001,2026-03-02,1,,,H1,,,", "YD0001,2026-03-02,1,,,H1,,,")
    assert wrong(found) == [
        (2, "编码"),
        (2, "时间"),
        (2, "数量"),
        (2, "单价"),
        (2, "科室编码"),
        (4, "流水号"),
    ]


def test_thousands_may_be_separated(catalogue: StoreConnection) -> None:
    found = read(catalogue, 'YD0001,2026-03-02,"1,000",12.60,"12,600.00",,,,')
    assert [line.amount_fen for line in found.lines] == [1_260_000]


def test_a_national_code_of_several_items_is_not_guessed() -> None:
    twin = replace(ITEMS["YD0001"], code="YD9001", barcode="")
    with memory_store() as store:
        with store.commit() as connection:
            replace_items(connection, [ITEMS["YD0001"], twin])
        with store.read() as connection:
            found = read(connection, f"{twin.national_code},2026-03-02,1,,,,,,")
    assert wrong(found) == [(2, "编码")]
    assert "用本院编码" in found.wrong[0].reason.zh


@pytest.mark.parametrize("english", [True, False])
def test_headers_in_either_language(catalogue: StoreConnection, english: bool) -> None:
    names = [COLUMNS[key][1 if english else 0] for key in ("code", "at", "quantity")]
    assert len(read(catalogue, "YD0001,2026-03-02,1", header=",".join(names)).lines) == 1
