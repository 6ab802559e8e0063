"""What the desk keeps of a stay beside its messages: whose it is, where he lies, why he came, at which level.

It stands in the encrypted store beside the admission, and again beside every change; the newest that is certain counts.
Numbers are masked before they are kept; there is no credential in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pos_client.desk.booking import Beside
from pos_client.desk.identify import Identified
from pos_client.desk.station import Office
from pos_client.desk.stay import Ward
from pos_client.offline import settlements
from pos_client.offline.journal import Kind, Message, State
from pos_client.offline.store import StoreConnection
from pos_client.offline.visits import Visit
from pos_client.sync.care import Department, Diagnosis, Doctor

_KEY = "stay"


@dataclass(frozen=True, slots=True)
class Patient:
    """Whose stay it is; ``category`` is the policy's word (active, retired) and empty where nobody said it."""

    person_no: str
    name: str
    sex: str
    born_on: date | None
    category: str
    card_masked: str
    id_masked: str


@dataclass(frozen=True, slots=True)
class Face:
    """The first page of a stay; ``level`` is that of the hospital when the person was admitted."""

    patient: Patient
    ward: Ward
    diagnoses: tuple[Diagnosis, ...]
    level: int


def keeping(office: Office, identified: Identified, ward: Ward, diagnoses: Sequence[Diagnosis]) -> Beside:
    """Writes the face of a stay in the commit of its admission or change."""
    record = _record(office, identified, ward, diagnoses)

    def beside(connection: StoreConnection, message: Message) -> None:
        settlements.record_sale(connection, message.id, 0, record)

    return beside


def face_of(connection: StoreConnection, visit: Visit) -> Face | None:
    """The newest face of a stay that is certain, or of its admission; None where an older version admitted it."""
    changes = [one for one in visit.messages if one.kind is Kind.CHANGE and one.state is State.OK]
    for message in (*reversed(changes), visit.opening):
        record = settlements.sale_record(connection, message.id)
        if record is not None and _KEY in record:
            return _face(record)
    return None


def _record(office: Office, identified: Identified, ward: Ward, diagnoses: Sequence[Diagnosis]) -> dict[str, object]:
    person, credential = identified.person, identified.credential
    category = person.facts.get("category")
    return {
        "person": {
            "person_no": person.person_no,
            "name": person.name,
            "place_of_insurance": person.place_of_insurance,
            "insurance_type": person.insurance_type,
            "sex": person.sex,
            "born_on": None if person.born_on is None else person.born_on.isoformat(),
            "category": category if isinstance(category, str) else "",
            "card": f"**** {credential.card_number[-4:]}" if credential.card_number else "",
            "id_number": f"{person.id_number[:4]} **** {person.id_number[-4:]}",
        },
        _KEY: {
            "level": office.settings.number("institution.level"),
            "department": _department_record(ward.department),
            "doctor": _doctor_record(ward.doctor),
            "bed": ward.bed,
            "diagnoses": [_diagnosis_record(one) for one in diagnoses],
        },
    }


def _department_record(department: Department) -> list[str]:
    return [department.code, department.name, department.national_class]


def _doctor_record(doctor: Doctor) -> list[str]:
    return [doctor.code, doctor.name]


def _diagnosis_record(one: Diagnosis) -> dict[str, object]:
    return {
        "number": one.number,
        "kind": one.kind,
        "code": one.code,
        "name": one.name,
        "department": _department_record(one.department),
        "doctor": _doctor_record(one.doctor),
        "at": one.at.isoformat(),
        "main": one.main,
        "condition_at_admission": one.condition_at_admission,
    }


def _face(record: Mapping[str, Any]) -> Face:
    person, stay = record["person"], record[_KEY]
    return Face(
        patient=Patient(
            person_no=person["person_no"],
            name=person["name"],
            sex=person["sex"],
            born_on=None if person["born_on"] is None else date.fromisoformat(person["born_on"]),
            category=person["category"],
            card_masked=person["card"],
            id_masked=person["id_number"],
        ),
        ward=Ward(Department(*stay["department"]), Doctor(*stay["doctor"]), stay["bed"]),
        diagnoses=tuple(_diagnosis(one) for one in stay["diagnoses"]),
        level=int(stay["level"]),
    )


def _diagnosis(kept: Mapping[str, Any]) -> Diagnosis:
    return Diagnosis(
        number=int(kept["number"]),
        kind=kept["kind"],
        code=kept["code"],
        name=kept["name"],
        department=Department(*kept["department"]),
        doctor=Doctor(*kept["doctor"]),
        at=datetime.fromisoformat(kept["at"]),
        main=bool(kept["main"]),
        condition_at_admission=kept["condition_at_admission"],
    )
