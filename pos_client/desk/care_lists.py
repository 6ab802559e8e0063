"""Departments, doctors and diagnoses of the institution: files in the home, found by code, initials or part of a name.

``departments.csv``, ``doctors.csv`` and ``diagnoses.csv`` come from the hospital's own system. A training home without
a file uses the fictitious list that is shipped with the program; a real home says which file is missing. A column
``initials`` is read where there is one; else the pinyin initials are worked out.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Generic, TypeVar

from pos_client.config import Home, Mode
from pos_client.desk.table_file import Place, Row, Table, read_table, table_of
from pos_client.desk.table_reasons import EMPTY, REPEATED, UNKNOWN_DEPARTMENT, UNKNOWN_DIAGNOSIS_KIND
from pos_client.errors import Refused, Words
from pos_client.offline.catalogue_file import initials
from pos_client.sync.care import Department as Department
from pos_client.sync.care import Doctor as Doctor

T = TypeVar("T")

MOST_FOUND = 20
#: The national ICD-10 of the insurance has about 33 000 codes.
LONGEST_LIST = 60_000
#: diag_type: 1 Western, 2 main Chinese disease, 3 main Chinese syndrome.
DIAGNOSIS_KINDS = ("1", "2", "3")

LIST_MISSING = Words(
    "L-01",
    "数据文件夹里没有 {file}，不能选{what_zh}。请叫信息科放入医院的清单。",
    "The data folder has no {file}, so {what_en} cannot be chosen. Ask IT to put the hospital's list there.",
)
LIST_WRONG = Words(
    "L-02",
    "清单 {file} 有 {count} 处不对（第一处在第 {row} 行：{why_zh}），没有使用。请叫信息科改好。",
    "Faults in the list {file}: {count} (the first in row {row}: {why_en}), so it is not used. Ask IT to correct it.",
)


@dataclass(frozen=True, slots=True)
class Disease:
    """A diagnosis of the list: code of the national insurance's ICD-10, name, and which kind it is."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A doctor of the list and the code of his department, empty where the list does not say."""

    doctor: Doctor
    department: str


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """One row of a list as the clerk sees and finds it."""

    code: str
    name: str
    initials: str
    value: T


@dataclass(frozen=True, slots=True)
class CareLists:
    """What an admission chooses from."""

    departments: tuple[Choice[Department], ...]
    doctors: tuple[Choice[Ranked], ...]
    diseases: tuple[Choice[Disease], ...]

    def doctors_of(self, department: Department) -> tuple[Choice[Ranked], ...]:
        """The doctors of a department first, then all others."""
        return tuple(sorted(self.doctors, key=lambda one: one.value.department != department.code))


def care_lists(home: Home, mode: Mode) -> CareLists:
    """Reads the three lists of a home.

    Raises:
        Refused: L-01, a real home has no such file; L-02, a file is wrong: its evidence names every place.
    """
    departments = _list(home, mode, "departments", ("科室", "the department"), _department, ("national_class",))
    known = {one.code for one in departments}
    doctors = _list(home, mode, "doctors", ("医生", "the doctor"), lambda row: _doctor(row, known), ("department",))
    diseases = _list(home, mode, "diagnoses", ("诊断", "the diagnosis"), _disease, ("kind",))
    return CareLists(departments, doctors, diseases)


def find(choices: Sequence[Choice[T]], typed: str, limit: int = MOST_FOUND) -> list[Choice[T]]:
    """What the clerk may mean, the best first: that code or those initials, what begins so, what contains it.

    Nothing typed finds the head of the list.
    """
    wanted = typed.strip().upper()
    if not wanted:
        return list(choices[:limit])
    ranked = ((rank, one) for one in choices if (rank := _rank(one, wanted)) is not None)
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])[:limit]]


def _rank(one: Choice[T], wanted: str) -> tuple[int, int] | None:
    code = one.code.upper()
    if code == wanted:
        return 0, 0
    if one.initials == wanted:
        return 1, 0
    if code.startswith(wanted):
        return 2, 0
    if one.initials.startswith(wanted):
        return 3, len(one.initials)
    if wanted in one.name.upper():
        return 4, len(one.name)
    return (5, len(one.name)) if wanted in one.initials else None


def _list(
    home: Home,
    mode: Mode,
    name: str,
    what: tuple[str, str],
    value: Callable[[Row], T],
    own_columns: tuple[str, ...],
) -> tuple[Choice[T], ...]:
    table = _table(home, mode, name, what, ("code", "name", *own_columns))
    places = list(table.places)
    choices: list[Choice[T]] = []
    seen: set[str] = set()
    for row in table.rows:
        for column in ("code", "name"):
            if not row.text(column):
                row.wrong(column, EMPTY)
        if row.text("code") in seen:
            row.wrong("code", REPEATED)
        seen.add(row.text("code"))
        found = value(row)
        letters = row.text("initials").upper() or initials(row.text("name"))
        choices.append(Choice(row.text("code"), row.text("name"), letters, found))
        places += row.places
    _refuse_wrong(f"{name}.csv", places)
    return tuple(choices)


def _table(home: Home, mode: Mode, name: str, what: tuple[str, str], columns: tuple[str, ...]) -> Table:
    file = home.folder / f"{name}.csv"
    names = {column: (column,) for column in (*columns, "initials")}
    if file.exists():
        return read_table(file, names, columns, LONGEST_LIST)
    if mode == "real":
        raise Refused(LIST_MISSING, {"file": str(file)}, file=file.name, what_zh=what[0], what_en=what[1])
    data = (resources.files(__package__) / f"sample_{name}.csv").read_bytes()
    return table_of(data, f"sample_{name}.csv", names, columns)


def _refuse_wrong(file: str, places: Iterable[Place]) -> None:
    listed = [place.listed() for place in places]
    if listed:
        first = listed[0]
        fill = {"count": len(listed), "row": first["row"], "why_zh": first["zh"], "why_en": first["en"]}
        raise Refused(LIST_WRONG, {"file": file, "places": tuple(listed)}, file=file, **fill)


def _department(row: Row) -> Department:
    if not row.text("national_class"):
        row.wrong("national_class", EMPTY)
    return Department(row.text("code"), row.text("name"), row.text("national_class"))


def _doctor(row: Row, departments: set[str]) -> Ranked:
    department = row.text("department")
    if department and department not in departments:
        row.wrong("department", UNKNOWN_DEPARTMENT)
    return Ranked(Doctor(row.text("code"), row.text("name")), department)


def _disease(row: Row) -> Disease:
    kind = row.text("kind") or "1"
    if kind not in DIAGNOSIS_KINDS:
        row.wrong("kind", UNKNOWN_DIAGNOSIS_KIND)
    return Disease(row.text("code"), row.text("name"), kind)
