"""The bureau's register of insured persons: one truth a person, kept in the ledger."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update

from hardware_sim import personas
from pos_client.money import fen_of_yuan

from .ledger import family_accounts, persons
from .refusal import Refusal
from .region import COUNTS, PSN_TYPE_OF_EDITION, Edition

NORMAL = "1"
PAUSED = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counters:
    """What was counted for a person in one year: amounts in fen and counts of events."""

    year: int
    amounts_fen: Mapping[str, int]
    counts: Mapping[str, int]

    def in_year(self, year: int) -> "Counters":
        """The counters as they stand in ``year``: those of an earlier year are over and start from zero."""
        if year <= self.year:
            return self
        return Counters(
            year=year,
            amounts_fen=dict.fromkeys(self.amounts_fen, 0),
            counts=dict.fromkeys(self.counts, 0),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Insured:
    """An insured person as the register knows it; codes are those of the interface."""

    psn_no: str
    name: str
    id_number: str
    sex: str
    nation: str
    born_on: date
    card_number: str
    card_sn: str
    area: str
    insutype: str
    psn_type: str
    insured_status: str
    insured_since: date
    paused_since: date | None
    civil_servant: bool
    employer: str
    balance_fen: int
    counters: Counters


_PLAIN_COLUMNS = [
    field.name
    for field in fields(Insured)
    if field.name not in {"born_on", "insured_since", "paused_since", "counters"}
]


def load_personas(connection: Connection, edition: Edition, today: date) -> None:
    """Fills an empty register with all shipped personas that have a row there."""
    if connection.scalars(select(persons.c.psn_no).limit(1)).first() is not None:
        return
    for name in personas.names():
        persona = personas.load(name)
        if persona.register is not None:
            connection.execute(
                insert(persons).values(_columns(_insured_of(persona.card, persona.register, edition, today)))
            )
            family = persona.register.family_account
            if family is not None:
                row = {"psn_no": persona.register.person_no, "balance_fen": fen_of_yuan(family)}
                connection.execute(insert(family_accounts).values(row))


def _insured_of(card: personas.CardData, register: personas.RegisterData, edition: Edition, today: date) -> Insured:
    assert card.born_on is not None
    psn_type = PSN_TYPE_OF_EDITION[edition].get(register.person_type, register.person_type)
    return Insured(
        psn_no=register.person_no,
        name=card.name,
        id_number=card.id_number,
        sex=card.sex,
        nation=card.nation,
        born_on=card.born_on,
        card_number=card.card_number,
        card_sn=card.identification_code,
        area=card.identification_code[:6],
        insutype=register.insurance_type,
        psn_type=psn_type,
        insured_status=register.insured_status,
        insured_since=register.insured_since_on(today),
        paused_since=register.paused_since,
        civil_servant=register.civil_servant,
        employer=register.employer,
        balance_fen=fen_of_yuan(register.account_balance),
        counters=counters_of(today.year, register.counters),
    )


def counters_of(year: int, values: Mapping[str, Decimal]) -> Counters:
    """Counters from plain numbers: amounts in yuan, counts as they are."""
    return Counters(
        year=year,
        amounts_fen={name: fen_of_yuan(value) for name, value in values.items() if name not in COUNTS},
        counts={name: int(value) for name, value in values.items() if name in COUNTS},
    )


# Statements are built once: building one takes longer than SQLite takes to run it.
_BY_PSN_NO = select(persons).where(persons.c.psn_no == bindparam("wanted"))
_BY_PSN_NO_LOCKED = _BY_PSN_NO.with_for_update()
_BY_CARD_NUMBER = select(persons).where(persons.c.card_number == bindparam("wanted"))
_BY_ID_NUMBER = select(persons).where(persons.c.id_number == bindparam("wanted"))
_EVERYONE = select(persons).order_by(persons.c.psn_no)
_FAMILY = select(family_accounts.c.balance_fen).where(family_accounts.c.psn_no == bindparam("wanted"))
_SAVE_FAMILY = (
    update(family_accounts).where(family_accounts.c.psn_no == bindparam("who")).values(balance_fen=bindparam("balance"))
)
_SAVE = (
    update(persons)
    .where(persons.c.psn_no == bindparam("who"))
    .values({column.name: bindparam(f"new_{column.name}") for column in persons.c})
)
_SAVE_MONEY = (
    update(persons)
    .where(persons.c.psn_no == bindparam("who"))
    .values(
        balance_fen=bindparam("balance"),
        counters_year=bindparam("year"),
        counters=bindparam("figures"),
    )
)


def by_psn_no(connection: Connection, psn_no: str, *, lock: bool = False) -> Insured:
    """The person of a person number; with ``lock`` nobody else moves this person's money until the commit.

    Raises:
        Refusal: no such person.
    """
    query = _BY_PSN_NO_LOCKED if lock else _BY_PSN_NO
    row = connection.execute(query, {"wanted": psn_no}).mappings().one_or_none()
    if row is None:
        raise Refusal("人员编号不存在,未找到参保人员")
    return _insured(row)


def by_card_number(connection: Connection, card_number: str) -> Insured | None:
    """The holder of a card, by the number printed on it."""
    row = connection.execute(_BY_CARD_NUMBER, {"wanted": card_number}).mappings().one_or_none()
    return None if row is None else _insured(row)


def by_id_number(connection: Connection, id_number: str) -> Insured | None:
    """The person of a citizen's identity number."""
    row = connection.execute(_BY_ID_NUMBER, {"wanted": id_number}).mappings().one_or_none()
    return None if row is None else _insured(row)


def everyone(connection: Connection) -> Iterable[Insured]:
    """All persons, by number."""
    return [_insured(row) for row in connection.execute(_EVERYONE).mappings()]


def save(connection: Connection, person: Insured) -> None:
    """Writes a changed person back."""
    columns = {f"new_{name}": value for name, value in _columns(person).items()}
    connection.execute(_SAVE, {"who": person.psn_no, **columns})


def save_money(connection: Connection, person: Insured) -> None:
    """Writes balance and counters back, which are all that a settlement changes."""
    counters = person.counters
    changed = {"balance": person.balance_fen, "year": counters.year, "figures": counters_as_json(counters)}
    connection.execute(_SAVE_MONEY, {"who": person.psn_no, **changed})


def family_balance_fen(connection: Connection, psn_no: str) -> int | None:
    """What the account of the family holds that this person may pay from, None when there is none."""
    return connection.execute(_FAMILY, {"wanted": psn_no}).scalar_one_or_none()


def save_family_balance(connection: Connection, psn_no: str, balance_fen: int) -> None:
    """Writes back what the account of the family holds; the caller holds the person's lock."""
    connection.execute(_SAVE_FAMILY, {"who": psn_no, "balance": balance_fen})


def _columns(person: Insured) -> dict[str, object]:
    columns: dict[str, object] = {name: getattr(person, name) for name in _PLAIN_COLUMNS}
    columns["born_on"] = person.born_on.isoformat()
    columns["insured_since"] = person.insured_since.isoformat()
    columns["paused_since"] = None if person.paused_since is None else person.paused_since.isoformat()
    columns["counters_year"] = person.counters.year
    columns["counters"] = counters_as_json(person.counters)
    return columns


def _insured(columns: RowMapping) -> Insured:
    paused_since: str | None = columns["paused_since"]
    return Insured(
        **{name: columns[name] for name in _PLAIN_COLUMNS},
        born_on=date.fromisoformat(columns["born_on"]),
        insured_since=date.fromisoformat(columns["insured_since"]),
        paused_since=None if paused_since is None else date.fromisoformat(paused_since),
        counters=counters_from_json(columns["counters_year"], columns["counters"]),
    )


def counters_as_json(counters: Counters) -> str:
    """The figures of counters (or of a change of them) as text for the ledger; the year stands beside it."""
    return json.dumps({"amounts_fen": dict(counters.amounts_fen), "counts": dict(counters.counts)})


def counters_from_json(year: int, text: str) -> Counters:
    """The counters that :func:`counters_as_json` wrote."""
    document = json.loads(text)
    return Counters(year=year, amounts_fen=document["amounts_fen"], counts=document["counts"])
