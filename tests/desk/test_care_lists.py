"""Departments, doctors and diagnoses: found by code, initials or part of a name; a wrong file is told row by row."""

from pathlib import Path
from typing import Any

import pytest

from pos_client.config import Home
from pos_client.desk.care_lists import CareLists, care_lists, find
from pos_client.errors import Refused
from pos_client.sync.care import Department, Doctor


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> CareLists:
    return care_lists(Home(tmp_path_factory.mktemp("home")), "training")


def write(home: Home, name: str, text: str) -> None:
    (home.folder / f"{name}.csv").write_text(text, encoding="utf-8")


def test_a_training_home_has_fictitious_lists(samples: CareLists) -> None:
    assert samples.departments[0].value == Department("A03.01", "消化内科", "A03")
    assert samples.doctors[0].value.doctor == Doctor("D439900000001", "示例医师")
    assert {one.value.department for one in samples.doctors} <= {one.code for one in samples.departments}
    assert {one.value.kind for one in samples.diseases} == {"1"}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("k29.500", "慢性胃炎"),
        ("MXWY", "慢性胃炎"),
        ("mxw", "慢性胃炎"),
        ("K2", "慢性胃炎"),
        ("哮喘", "支气管哮喘"),
        ("2型", "2型糖尿病"),
        ("tnb", "2型糖尿病"),
        ("没有这个病", None),
    ],
)
def test_a_diagnosis_is_found_by_what_a_clerk_types(samples: CareLists, typed: str, first: str | None) -> None:
    found = find(samples.diseases, typed)
    assert (found[0].name if found else None) == first


def test_the_shorter_name_comes_first_and_no_more_than_asked_for(samples: CareLists) -> None:
    assert [one.name for one in find(samples.diseases, "恶性肿瘤")] == ["肺恶性肿瘤", "胃恶性肿瘤"]
    assert len(find(samples.diseases, "", limit=5)) == 5


def test_the_doctors_of_the_department_come_first(samples: CareLists) -> None:
    surgery = next(one.value for one in samples.departments if one.code == "A04.01")
    doctors = samples.doctors_of(surgery)
    assert doctors[0].name == "演练医师"
    assert len(doctors) == len(samples.doctors)


def test_a_home_has_its_own_lists(home: Home) -> None:
    write(home, "departments", "code,name,national_class,initials\nN2,内二科,A03,NEK\n")
    write(home, "doctors", "code,name,department\nD1,李医生,N2\nD2,王医生,\n")
    write(home, "diagnoses", "code,name,kind\nK29.500,慢性胃炎,\n")
    lists = care_lists(home, "real")
    assert find(lists.departments, "nek")[0].value == Department("N2", "内二科", "A03")
    assert [one.value.department for one in lists.doctors] == ["N2", ""]
    assert [one.value.kind for one in lists.diseases] == ["1"]


def test_a_real_home_without_a_list_says_which(home: Home) -> None:
    with pytest.raises(Refused) as caught:
        care_lists(home, "real")
    assert caught.value.code == "L-01"
    assert "departments.csv" in caught.value.sentence("zh")
    assert "不能选科室" in caught.value.sentence("zh")


@pytest.mark.parametrize(
    ("name", "text", "wrong"),
    [
        (
            "departments",
            "code,name,national_class\nN1,,A03\nN1,内科,A03\nN2,外科,\n",
            [(2, "name"), (3, "code"), (4, "national_class")],
        ),
        ("doctors", "code,name,department\nD1,李医生,N9\n", [(2, "department")]),
        ("diagnoses", "code,name,kind\nK29,胃炎,4\n,胃溃疡,1\n", [(2, "kind"), (3, "code")]),
    ],
)
def test_a_wrong_list_names_every_place(home: Home, name: str, text: str, wrong: list[tuple[int, str]]) -> None:
    write(home, name, text)
    with pytest.raises(Refused) as caught:
        care_lists(home, "training")
    assert caught.value.code == "L-02"
    places: Any = caught.value.evidence["places"]
    assert [(place["row"], place["column"]) for place in places] == wrong
    assert f"{name}.csv" in caught.value.sentence("zh")


def test_a_list_that_is_no_table(home: Home) -> None:
    write(home, "diagnoses", "名称\n胃炎\n")
    with pytest.raises(Refused) as caught:
        care_lists(home, "training")
    assert caught.value.code == "T-03"
