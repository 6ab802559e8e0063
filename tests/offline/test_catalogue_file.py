import csv
import io
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_client.errors import Refused
from pos_client.offline import catalogue_file
from pos_client.offline.catalogue_file import COLUMNS, Item, initials, read_catalogue, sample_catalogue

AMOXICILLIN = {
    "code": "T1",
    "name": "阿莫西林胶囊",
    "spec": "0.25g×24粒",
    "unit": "盒",
    "maker": "示例制药",
    "barcode": "2000000000015",
    "national_code": "XTEST0000000000000001A1",
    "kind": "drug",
    "cls": "A",
    "pre_self_pay_percent": "",
    "limit_price": "",
    "unit_price": "12.60",
    "consent": "0",
    "essential": "1",
    "rx": "1",
}
ALBUMIN = AMOXICILLIN | {
    "code": "T2",
    "name": "人血白蛋白",
    "barcode": "2000000000022",
    "national_code": "XTEST0000000000000002A1",
    "cls": "B",
    "pre_self_pay_percent": "20",
    "limit_price": "378.00",
    "unit_price": "429.00",
}


def csv_text(rows: Sequence[Mapping[str, str]], columns: Sequence[str] = COLUMNS) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read_text(folder: Path, text: str, encoding: str = "utf-8") -> tuple[Item, ...]:
    file = folder / "catalogue.csv"
    file.write_bytes(text.encode(encoding))
    return read_catalogue(file)


def refusal(folder: Path, text: str) -> Refused:
    with pytest.raises(Refused) as caught:
        read_text(folder, text)
    return caught.value


def wrong_places(problem: Refused) -> list[tuple[int, str, str]]:
    assert problem.code == "C-03"
    listed = problem.evidence["places"]
    assert isinstance(listed, tuple)
    return [(place["row"], place["column"], place["en"]) for place in listed]


def sample_text() -> str:
    return (resources.files("pos_client") / "offline" / "sample_catalogue.csv").read_text(encoding="utf-8")


class TestSample:
    def test_has_enough_of_every_sort(self) -> None:
        items = sample_catalogue()
        assert len(items) >= 80
        assert Counter(item.cls for item in items).keys() == {"A", "B", "C"}
        assert {item.pre_self_pay_percent for item in items if item.cls == "B"} == {5, 10, 15, 20}
        assert {item.kind for item in items} == {"drug", "service", "exam", "treatment", "consult"}
        assert sum(item.kind != "drug" for item in items) >= 10
        assert sum(item.limit_price is not None and item.limit_price < item.unit_price for item in items) >= 5
        assert sum(item.rx for item in items) >= 20
        assert sum(item.essential for item in items) >= 20

    def test_some_prices_need_more_decimals_than_the_fen(self) -> None:
        finest = {item.code: -int(item.unit_price.as_tuple().exponent) for item in sample_catalogue()}
        assert sum(decimals == 4 for decimals in finest.values()) >= 3
        assert max(finest.values()) == 6

    def test_a_drug_has_a_barcode_of_the_in_store_range_and_a_service_has_none(self) -> None:
        for item in sample_catalogue():
            if item.kind == "drug":
                assert len(item.barcode) == 13
                assert 20 <= int(item.barcode[:2]) <= 29
            else:
                assert item.barcode == ""

    def test_exactly_own_expense_asks_for_a_signature(self) -> None:
        assert all(item.consent == (item.cls == "C") for item in sample_catalogue())

    def test_national_codes_are_long_as_real_ones_and_marked_as_tests(self) -> None:
        assert all(len(i.national_code) == 23 and i.national_code.startswith("XTEST") for i in sample_catalogue())

    def test_holds_the_items_of_the_pictured_sale(self) -> None:
        prices = {item.name: item.unit_price for item in sample_catalogue()}
        assert prices["阿莫西林胶囊"] == Decimal("12.60")
        assert prices["瑞舒伐他汀钙片"] == Decimal("38.50")
        assert prices["维生素C泡腾片"] == Decimal("18.00")

    def test_two_different_drugs_share_their_initials(self) -> None:
        assert {item.name for item in sample_catalogue() if item.initials == "YSP"} == {"叶酸片", "烟酸片"}

    def test_the_bureau_knows_the_same_facts_of_the_same_items(self) -> None:
        bureau_file = resources.files("hardware_sim") / "front_end" / "catalogue.csv"
        bureau = list(csv.DictReader(io.StringIO(bureau_file.read_text(encoding="utf-8"))))
        columns = ("national_code", "name", "kind", "cls", "pre_self_pay_percent", "limit_price", "essential")
        ours = list(csv.DictReader(io.StringIO(sample_text())))
        assert bureau == [{column: row[column] for column in columns} for row in ours]


class TestReading:
    def test_a_row_becomes_an_item_with_exact_numbers(self, tmp_path: Path) -> None:
        (item,) = read_text(tmp_path, csv_text([ALBUMIN]))
        assert item == Item(
            code="T2",
            name="人血白蛋白",
            spec="0.25g×24粒",
            unit="盒",
            maker="示例制药",
            barcode="2000000000022",
            national_code="XTEST0000000000000002A1",
            kind="drug",
            cls="B",
            pre_self_pay_percent=Decimal("20"),
            limit_price=Decimal("378.00"),
            unit_price=Decimal("429.00"),
            consent=False,
            essential=True,
            rx=True,
            initials="RXBDB",
        )

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
    def test_other_encodings_read_the_same(self, tmp_path: Path, encoding: str) -> None:
        assert read_text(tmp_path, sample_text(), encoding) == sample_catalogue()

    @pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
    def test_line_ends_of_every_system_read_the_same(self, tmp_path: Path, line_end: str) -> None:
        assert read_text(tmp_path, sample_text().replace("\n", line_end)) == sample_catalogue()

    def test_columns_may_stand_in_any_order(self, tmp_path: Path) -> None:
        reversed_columns = tuple(reversed(COLUMNS))
        straight = read_text(tmp_path, csv_text([AMOXICILLIN, ALBUMIN]))
        assert read_text(tmp_path, csv_text([AMOXICILLIN, ALBUMIN], reversed_columns)) == straight

    def test_empty_rows_and_empty_last_columns_of_a_spreadsheet_are_nothing(self, tmp_path: Path) -> None:
        header, row = csv_text([AMOXICILLIN]).splitlines()
        text = f"{header},,\n\n{',' * 16}\n{row},,\n"
        assert read_text(tmp_path, text) == read_text(tmp_path, csv_text([AMOXICILLIN]))

    def test_spaces_around_a_cell_do_not_count(self, tmp_path: Path) -> None:
        spaced = {column: f" {cell}\N{IDEOGRAPHIC SPACE}" for column, cell in ALBUMIN.items()}
        assert read_text(tmp_path, csv_text([spaced])) == read_text(tmp_path, csv_text([ALBUMIN]))

    @pytest.mark.parametrize("barcode", ["2000000000015", "20000004", "036000291452", ""])
    def test_retail_barcodes_of_every_length_are_taken(self, tmp_path: Path, barcode: str) -> None:
        (item,) = read_text(tmp_path, csv_text([AMOXICILLIN | {"barcode": barcode}]))
        assert item.barcode == barcode

    def test_an_own_code_may_be_the_same_items_barcode(self, tmp_path: Path) -> None:
        (item,) = read_text(tmp_path, csv_text([AMOXICILLIN | {"code": AMOXICILLIN["barcode"]}]))
        assert item.code == item.barcode

    def test_many_items_may_be_without_a_barcode(self, tmp_path: Path) -> None:
        assert len(read_text(tmp_path, csv_text([AMOXICILLIN | {"barcode": ""}, ALBUMIN | {"barcode": ""}]))) == 2


class TestInitials:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("重组人胰岛素", "CZRYDS"),
            ("长春西汀", "CCXT"),
            ("长效青霉素", "CXQMS"),
            ("参苓白术散", "SLBZS"),
            ("川芎茶调颗粒", "CXCTKL"),
            ("左炔诺孕酮片", "ZQNYTP"),
            ("莪术油注射液", "EZYZSY"),
            ("颠茄片", "DQP"),
            ("复方氨基酸脯氨酸", "FFAJSFAS"),
            ("维生素B1片", "WSSB1P"),
            ("维生素B6片", "WSSB6P"),
            ("α-干扰素", "AGRS"),
            ("γ-氨基丁酸", "GAJDS"),
            ("倍他米松β", "BTMSB"),
            ("75%乙醇消毒液", "YCXDY"),
            ("布地奈德(Ⅱ)", "BDNDII"),
            ("胸部X线摄影", "XBXXSY"),
            ("阿胶", "EJ"),
        ],
    )
    def test_are_those_that_the_trade_types(self, name: str, expected: str) -> None:
        assert initials(name) == expected

    @given(st.text())
    @settings(deadline=None)
    def test_are_always_capitals_and_digits_and_begin_with_a_capital(self, name: str) -> None:
        found = initials(name)
        assert all(character in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" for character in found)
        assert not found[:1].isdigit()

    def test_do_not_load_their_dictionaries_before_they_are_asked_for(self) -> None:
        code = f"import sys, {catalogue_file.__name__}; sys.exit('pypinyin' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


WRONG_CELLS = [
    ("code", "", "must not be empty"),
    ("name", "  ", "must not be empty"),
    ("national_code", "", "must not be empty"),
    ("name", "阿莫西林\n胶囊", "a line break or control character inside"),
    ("kind", "", "must not be empty"),
    ("kind", "food", "the kind is one of drug, service, exam, treatment, consult"),
    ("cls", "", "must not be empty"),
    ("cls", "D", "the class is A, B or C"),
    ("cls", "甲", "the class is A, B or C"),
    ("consent", "", "must not be empty"),
    ("consent", "yes", "must be 0 or 1"),
    ("essential", "2", "must be 0 or 1"),
    ("rx", "Y", "must be 0 or 1"),
    ("barcode", "2000000000016", "the barcode's check digit is wrong"),
    ("barcode", "20000000000", "a barcode has 8, 12 or 13 digits"),
    ("barcode", "200000000001X", "a barcode has 8, 12 or 13 digits"),
    ("barcode", "２００００００００００１５", "a barcode has 8, 12 or 13 digits"),
    ("barcode", "2.00E+12", "a barcode has 8, 12 or 13 digits"),
    ("unit_price", "", "must not be empty"),
    ("unit_price", "-1.00", "must not be negative"),
    ("unit_price", "-0", "must not be negative"),
    ("unit_price", "0.1234567", "a price has at most six decimals"),
    ("unit_price", "1.0E+2", "not an exact number written like 12.60"),
    ("unit_price", "12.60元", "not an exact number written like 12.60"),
    ("unit_price", "1,234.00", "not an exact number written like 12.60"),
    ("unit_price", "NaN", "not an exact number written like 12.60"),
    ("unit_price", "１２", "not an exact number written like 12.60"),
    ("unit_price", "1_0", "not an exact number written like 12.60"),
    ("unit_price", "12345678901", "not an exact number written like 12.60"),
    ("limit_price", "ten", "not an exact number written like 12.60"),
    ("limit_price", "-0.01", "must not be negative"),
    ("limit_price", "0.00", "a limit price of 0; leave it empty where there is none"),
    ("pre_self_pay_percent", "", "class B needs its first share"),
    ("pre_self_pay_percent", "10%", "not an exact number written like 12.60"),
    ("pre_self_pay_percent", "-1", "a percentage from 0 to 100 with at most two decimals"),
    ("pre_self_pay_percent", "-0", "a percentage from 0 to 100 with at most two decimals"),
    ("pre_self_pay_percent", "100.01", "a percentage from 0 to 100 with at most two decimals"),
    ("pre_self_pay_percent", "33.333", "a percentage from 0 to 100 with at most two decimals"),
]


class TestWrongCells:
    @pytest.mark.parametrize(("column", "cell", "reason"), WRONG_CELLS)
    def test_is_named_with_its_place(self, tmp_path: Path, column: str, cell: str, reason: str) -> None:
        problem = refusal(tmp_path, csv_text([AMOXICILLIN, ALBUMIN | {column: cell}]))
        assert wrong_places(problem) == [(3, column, reason)]

    @pytest.mark.parametrize("cls", ["A", "C"])
    def test_only_class_b_has_a_first_share(self, tmp_path: Path, cls: str) -> None:
        problem = refusal(tmp_path, csv_text([ALBUMIN | {"cls": cls}]))
        assert wrong_places(problem) == [(2, "pre_self_pay_percent", "class A and C have no first share")]

    @pytest.mark.parametrize("percent", ["0", "100", "7.5", "33.33"])
    def test_a_first_share_may_be_nothing_everything_or_have_two_decimals(self, tmp_path: Path, percent: str) -> None:
        (item,) = read_text(tmp_path, csv_text([ALBUMIN | {"pre_self_pay_percent": percent}]))
        assert item.pre_self_pay_percent == Decimal(percent)

    @pytest.mark.parametrize("column", ["code", "barcode"])
    def test_what_names_an_item_names_only_one(self, tmp_path: Path, column: str) -> None:
        problem = refusal(tmp_path, csv_text([AMOXICILLIN, ALBUMIN | {column: AMOXICILLIN[column]}]))
        assert wrong_places(problem) == [(3, column, "already used in row 2")]

    def test_one_items_code_is_not_anothers_barcode(self, tmp_path: Path) -> None:
        problem = refusal(tmp_path, csv_text([AMOXICILLIN, ALBUMIN | {"code": AMOXICILLIN["barcode"]}]))
        assert wrong_places(problem) == [(3, "code", "already used in row 2")]

    def test_all_are_told_at_once_and_rows_are_counted_as_a_spreadsheet_does(self, tmp_path: Path) -> None:
        rows = [AMOXICILLIN | {"name": "", "rx": "x"}, dict.fromkeys(COLUMNS, ""), ALBUMIN | {"cls": "Z"}]
        problem = refusal(tmp_path, csv_text(rows))
        assert [(row, column) for row, column, _ in wrong_places(problem)] == [(2, "name"), (2, "rx"), (4, "cls")]

    def test_the_sentence_counts_them_and_points_to_the_first(self, tmp_path: Path) -> None:
        problem = refusal(tmp_path, csv_text([AMOXICILLIN, ALBUMIN | {"name": "", "cls": "Z"}]))
        assert "catalogue.csv 有 2 处不对（第一处在第 3 行）" in problem.sentence("zh")
        assert "has faults: 2 (the first in row 3)" in problem.sentence("en")

    def test_reasons_are_told_in_both_languages(self, tmp_path: Path) -> None:
        problem = refusal(tmp_path, csv_text([AMOXICILLIN | {"name": ""}]))
        assert problem.evidence["places"] == (
            {"row": 2, "column": "name", "zh": "不能为空", "en": "must not be empty"},
        )

    def test_a_row_that_is_too_long_or_too_short_is_not_read_shifted(self, tmp_path: Path) -> None:
        header, row = csv_text([AMOXICILLIN]).splitlines()
        unquoted_comma = row.replace("0.25g×24粒", "0.25g,24粒")
        problem = refusal(tmp_path, f"{header}\n{unquoted_comma}\nT3,布洛芬\n")
        assert wrong_places(problem) == [
            (2, "", "more cells than the header (quote a comma)"),
            (3, "", "fewer cells than the header"),
        ]

    def test_a_shift_is_seen_even_when_the_last_column_is_empty(self, tmp_path: Path) -> None:
        columns = [*(column for column in COLUMNS if column != "limit_price"), "limit_price"]
        header, row = csv_text([AMOXICILLIN], columns).splitlines()
        problem = refusal(tmp_path, f"{header}\n{row},\n")
        assert wrong_places(problem) == [(2, "", "more cells than the header (quote a comma)")]

    def test_no_cell_is_repeated_in_the_evidence(self, tmp_path: Path) -> None:
        number = "439999197003030012"
        text = csv_text([AMOXICILLIN | {"barcode": number, "unit_price": number, "cls": number}])
        assert number not in str(refusal(tmp_path, text))
        assert number not in str(refusal(tmp_path, f"张建国,{number}\n李秀兰,{number}\n"))


class TestWrongFiles:
    def test_every_missing_unknown_and_repeated_column_is_named(self, tmp_path: Path) -> None:
        columns = [*(column for column in COLUMNS if column not in ("unit", "rx")), "colour", "name"]
        problem = refusal(tmp_path, ",".join(columns) + "\n")
        assert wrong_places(problem) == [
            (1, "unit", "this column is missing"),
            (1, "rx", "this column is missing"),
            (1, "colour", "an unknown column"),
            (1, "name", "this column stands twice"),
        ]

    def test_an_empty_file_misses_every_column(self, tmp_path: Path) -> None:
        assert [column for _, column, _ in wrong_places(refusal(tmp_path, ""))] == list(COLUMNS)

    def test_a_header_alone_would_empty_the_catalogue_and_is_refused(self, tmp_path: Path) -> None:
        assert wrong_places(refusal(tmp_path, csv_text([]))) == [(2, "", "no item below the header")]

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(Refused) as caught:
            read_catalogue(tmp_path / "nowhere.csv")
        assert caught.value.code == "C-01"
        assert caught.value.evidence["why"] == os.strerror(2)
        assert "nowhere.csv" in caught.value.sentence("zh")

    def test_a_folder_is_not_a_file(self, tmp_path: Path) -> None:
        with pytest.raises(Refused) as caught:
            read_catalogue(tmp_path)
        assert caught.value.code == "C-01"

    def test_a_name_that_no_file_can_have(self) -> None:
        with pytest.raises(Refused) as caught:
            read_catalogue(Path("a\0b"))
        assert caught.value.code == "C-01"

    @pytest.mark.parametrize(
        "data",
        [
            sample_text().encode("utf-16"),
            b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)),
            b"\xff\xfe\xfd",
            b"code,name\n\x00\x00",
        ],
        ids=["utf-16", "spreadsheet", "no text", "zero bytes"],
    )
    def test_what_is_not_text_is_refused(self, tmp_path: Path, data: bytes) -> None:
        file = tmp_path / "catalogue.csv"
        file.write_bytes(data)
        with pytest.raises(Refused) as caught:
            read_catalogue(file)
        assert caught.value.code == "C-02"

    def test_a_quote_that_never_ends_is_no_csv(self, tmp_path: Path) -> None:
        problem = refusal(tmp_path, csv_text([AMOXICILLIN]) + 'T2,"布洛芬')
        assert problem.code == "C-02"
        assert problem.evidence["line"] == 3

    def test_a_file_beyond_all_measure_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(catalogue_file, "LARGEST_FILE_BYTES", 100)
        assert refusal(tmp_path, csv_text([AMOXICILLIN])).code == "C-02"


@pytest.fixture(scope="module")
def any_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("catalogue") / "any.csv"


def outcome(file: Path, data: bytes) -> tuple[Item, ...] | Refused:
    file.write_bytes(data)
    try:
        return read_catalogue(file)
    except Refused as problem:
        return problem


def is_items_or_a_whole_refusal(found: tuple[Item, ...] | Refused) -> bool:
    if isinstance(found, Refused):
        return found.code in ("C-02", "C-03") and bool(found.sentence("zh") and found.sentence("en"))
    return len(found) > 0


cells = st.one_of(
    st.sampled_from(sorted({*AMOXICILLIN.values(), *ALBUMIN.values(), *(cell for _, cell, _ in WRONG_CELLS)})),
    st.decimals().map(str),
    st.text(st.characters(codec="utf-8")),
)


class TestAnyFile:
    @given(text=st.text(st.characters(codec="utf-8")))
    @settings(deadline=None)
    def test_any_text(self, any_file: Path, text: str) -> None:
        assert is_items_or_a_whole_refusal(outcome(any_file, text.encode()))

    @given(data=st.binary())
    @settings(deadline=None)
    def test_any_bytes_below_a_good_header(self, any_file: Path, data: bytes) -> None:
        assert is_items_or_a_whole_refusal(outcome(any_file, csv_text([AMOXICILLIN]).encode() + data))

    @given(rows=st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, cells)), max_size=3))
    @settings(deadline=None)
    def test_any_cells(self, any_file: Path, rows: list[dict[str, str]]) -> None:
        assert is_items_or_a_whole_refusal(outcome(any_file, csv_text(rows).encode()))

    @given(
        column=st.sampled_from(COLUMNS),
        cell=cells,
        others=st.lists(st.sampled_from((AMOXICILLIN, ALBUMIN)), unique_by=id, max_size=2),
    )
    @settings(deadline=None)
    def test_one_changed_cell_is_told_in_its_own_row_or_read(
        self, any_file: Path, column: str, cell: str, others: list[dict[str, str]]
    ) -> None:
        changed = AMOXICILLIN | {"code": "T3", "barcode": "", "national_code": "XTEST0000000000000003A1", column: cell}
        found = outcome(any_file, csv_text([*others, changed]).encode())
        if not isinstance(found, Refused):
            assert len(found) == len(others) + 1
        elif found.code == "C-03":
            assert {row for row, _, _ in wrong_places(found)} == {len(others) + 2}
