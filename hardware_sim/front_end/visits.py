"""Registrations at a clinic and stays, as the ledger keeps them; a purchase is a visit too: its settlement."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Final

import simplejson
from sqlalchemy import Connection, RowMapping, Select, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from .fees import Facts
from .ledger import settlements, visits
from .message import Request
from .refusal import Refusal

PURCHASE: Final = "purchase"
OUTPATIENT: Final = "outpatient"
STAY: Final = "stay"
CANCELLED: Final = "cancelled"
REVERSED: Final = "reversed"
_NOT_FOUND: Final = {OUTPATIENT: "未找到门诊挂号记录", STAY: "未找到入院登记记录"}

Diagnoses = Sequence[Facts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A purchase, a registration or a stay. Times are wire times; ``ended`` is empty until the discharge.

    ``med_type`` of a registration is empty until 2203 tells it. ``facts`` are what the institution told of it, under
    their national names. ``removed`` is empty while it stands.
    """

    mdtrt_id: str
    kind: str
    msgid: str
    institution_code: str
    psn_no: str
    number: str
    insutype: str
    med_type: str
    begun: str
    ended: str = ""
    removed: str = ""
    facts: Facts
    diagnoses: Diagnoses = ()

    @property
    def described_as(self) -> str:
        """The category; an ordinary visit (11) until 2203 says otherwise."""
        return self.med_type or "11"


_PLAIN_COLUMNS: Final = tuple(field.name for field in fields(Visit) if field.name not in {"facts", "diagnoses"})

_ADD = insert(visits)
_SAVE = (
    update(visits)
    .where(visits.c.mdtrt_id == bindparam("which"))
    .values({name: bindparam(f"new_{name}") for name in (*_PLAIN_COLUMNS, "open_number", "facts", "diagnoses")})
)
_STANDING = select(visits).where(visits.c.removed == "")
_BY_ID = _STANDING.where(visits.c.mdtrt_id == bindparam("visit"))
_BY_MSGID = select(visits).where(visits.c.msgid == bindparam("msgid"))
_OPEN_STAY = _STANDING.where(
    visits.c.psn_no == bindparam("person"),
    visits.c.kind == STAY,
    visits.c.ended == "",
)
_OF_PERSON = _STANDING.where(
    visits.c.psn_no == bindparam("person"),
    visits.c.institution_code == bindparam("institution"),
    visits.c.begun.between(bindparam("begin"), bindparam("end")),
).order_by(visits.c.mdtrt_id)
_OPEN_STAYS = _STANDING.where(
    visits.c.institution_code == bindparam("institution"),
    visits.c.kind == STAY,
    visits.c.ended == "",
    visits.c.begun.between(bindparam("begin"), bindparam("end")),
).order_by(visits.c.mdtrt_id)
_PURCHASES = (
    select(
        *(settlements.c[name] for name in ("mdtrt_id", "msgid", "institution_code", "psn_no", "insutype", "med_type")),
        *(settlements.c[name] for name in ("begun", "ended", "mdtrt_cert_type")),
    )
    .where(
        settlements.c.psn_no == bindparam("person"),
        settlements.c.institution_code == bindparam("institution"),
        settlements.c.begun.between(bindparam("begin"), bindparam("end")),
        settlements.c.infno == "2102",
        settlements.c.reversed.is_(False),
    )
    .order_by(settlements.c.mdtrt_id)
)


def add(connection: Connection, visit: Visit) -> None:
    """Writes a new visit.

    Raises:
        Refusal: another registration that stands has the institution's number.
    """
    try:
        with connection.begin_nested():
            connection.execute(_ADD, _columns(visit))
    except IntegrityError:
        raise Refusal("字段ipt_otp_no(住院/门诊号)在本机构已存在,不能重复挂号") from None


def save(connection: Connection, visit: Visit) -> None:
    """Writes a changed visit back."""
    columns = {f"new_{name}": value for name, value in _columns(visit).items()}
    connection.execute(_SAVE, {"which": visit.mdtrt_id, **columns})


def remove(connection: Connection, visit: Visit, how: str) -> None:
    """Takes a visit back: it is found by nobody any more."""
    save(connection, replace(visit, removed=how))


def named(connection: Connection, request: Request, kind: str, mdtrt_id: str, psn_no: str) -> Visit:
    """The visit that a message of its own institution names.

    Raises:
        Refusal: there is none of this kind, person and institution, or it was taken back.
    """
    visit = standing(connection, request, mdtrt_id, psn_no)
    if visit is None or visit.kind != kind:
        raise Refusal(_NOT_FOUND[kind])
    return visit


def standing(connection: Connection, request: Request, mdtrt_id: str, psn_no: str) -> Visit | None:
    """The person's visit at this institution, unless it was taken back."""
    row = connection.execute(_BY_ID, {"visit": mdtrt_id}).mappings().one_or_none()
    visit = None if row is None else _visit(row)
    if visit is None or (visit.psn_no, visit.institution_code) != (psn_no, request.institution_code):
        return None
    return visit


def by_msgid(connection: Connection, msgid: str) -> Visit | None:
    """The visit that a message opened, also one that was taken back."""
    row = connection.execute(_BY_MSGID, {"msgid": msgid}).mappings().one_or_none()
    return None if row is None else _visit(row)


def has_open_stay(connection: Connection, psn_no: str) -> bool:
    """Whether the person is in a hospital, in whichever."""
    return connection.execute(_OPEN_STAY, {"person": psn_no}).first() is not None


def of_person(connection: Connection, request: Request, psn_no: str, begin: str, end: str) -> list[Visit]:
    """The person's visits at this institution that began in a period."""
    return _found(connection, _OF_PERSON, request, {"person": psn_no, "begin": begin, "end": end})


def purchases_of_person(connection: Connection, request: Request, psn_no: str, begin: str, end: str) -> list[Visit]:
    """The person's purchases at this institution that began in a period, cancelled ones too, reversed ones not."""
    asked = {"institution": request.institution_code, "person": psn_no, "begin": begin, "end": end}
    return [
        Visit(kind=PURCHASE, number="", facts={"mdtrt_cert_type": columns.pop("mdtrt_cert_type")}, **columns)
        for columns in map(dict, connection.execute(_PURCHASES, asked).mappings())
    ]


def open_stays(connection: Connection, request: Request, begin: str, end: str) -> list[Visit]:
    """Who is in this hospital and was admitted in a period."""
    return _found(connection, _OPEN_STAYS, request, {"begin": begin, "end": end})


def _found(
    connection: Connection, query: Select[*tuple[object, ...]], request: Request, asked: dict[str, str]
) -> list[Visit]:
    rows = connection.execute(query, {"institution": request.institution_code, **asked})
    return [_visit(row) for row in rows.mappings()]


def _columns(visit: Visit) -> dict[str, object]:
    watched = visit.kind == OUTPATIENT and not visit.removed
    return {
        **{name: getattr(visit, name) for name in _PLAIN_COLUMNS},
        "open_number": visit.number if watched else None,
        "facts": _text(dict(visit.facts)),
        "diagnoses": _text([dict(diagnosis) for diagnosis in visit.diagnoses]),
    }


def _text(document: object) -> str:
    return str(simplejson.dumps(document, use_decimal=True, ensure_ascii=False))


def _visit(columns: RowMapping) -> Visit:
    return Visit(
        **{name: columns[name] for name in _PLAIN_COLUMNS},
        facts=simplejson.loads(columns["facts"], use_decimal=True),
        diagnoses=tuple(simplejson.loads(columns["diagnoses"], use_decimal=True)),
    )
