"""What visits and stays have in common: departments, doctors, diagnoses, and the visit id that the bureau gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pos_client.errors import OurBug
from pos_client.sync.envelope import UnreadableError, wire_time
from pos_client.sync.words import MESSAGE_WRONG


@dataclass(frozen=True, slots=True)
class Department:
    """A department; ``national_class`` is its class in the national list (A03 internal medicine)."""

    code: str
    name: str
    national_class: str


@dataclass(frozen=True, slots=True)
class Doctor:
    """A doctor with the national code."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One diagnosis of a visit or stay.

    ``number`` orders them, and a diagnosis that is sent again under its number replaces the former one. ``kind`` is 1
    Western, 2 main Chinese disease, 3 main Chinese syndrome; ``code`` that of the national insurance's ICD-10.
    ``main`` marks the one main diagnosis of a stay; ``valid`` is false to withdraw one of an outpatient visit.
    """

    number: int
    kind: str
    code: str
    name: str
    department: Department
    doctor: Doctor
    at: datetime
    main: bool = False
    valid: bool = True
    condition_at_admission: str = ""


def flag(value: bool) -> str:
    """Yes or no as the interface writes it."""
    return "1" if value else "0"


def diagnosis_fields(diagnosis: Diagnosis) -> dict[str, object]:
    """What every row of diseinfo says (2203, 2401, 2402, 2403)."""
    return {
        "diag_type": diagnosis.kind,
        "diag_srt_no": diagnosis.number,
        "diag_code": diagnosis.code,
        "diag_name": diagnosis.name,
        "diag_dept": diagnosis.department.code,
        "dise_dor_no": diagnosis.doctor.code,
        "dise_dor_name": diagnosis.doctor.name,
        "diag_time": wire_time(diagnosis.at),
    }


def main_diagnosis(diagnoses: Sequence[Diagnosis]) -> Diagnosis:
    """The main diagnosis of a stay.

    Raises:
        OurBug: S-BUG, there is none or more than one.
    """
    marked = [one for one in diagnoses if one.main]
    if len(marked) != 1:
        raise OurBug(MESSAGE_WRONG, where="diseinfo", why=f"{len(marked)} main diagnoses")
    return marked[0]


def visit_id_in(info: Mapping[str, object], ours: Mapping[str, str]) -> str:
    """The visit id in the answer of 2201 or 2401; what the answer repeats must be ours, where we know what is ours.

    Raises:
        UnreadableError: there is none, or a field that it repeats has another value.
    """
    foreign = [name for name, value in ours.items() if value and str(info.get(name) or value) != value]
    if foreign:
        raise UnreadableError(f"not the answer to this message: {', '.join(foreign)}")
    visit_id = str(info.get("mdtrt_id") or "")
    if not visit_id:
        raise UnreadableError("no mdtrt_id")
    return visit_id
