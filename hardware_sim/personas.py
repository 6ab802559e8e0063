"""Fictitious persons as data: what their card carries and what the bureau's register knows of them.

One file a persona in ``personas/``. The card simulator reads ``[card]``, the front-end server ``[register]``
(with the card's numbers). Without ``[register]`` it is only a card; one with ``base`` is another card of that person
and says only what differs. Region 4399 does not exist, so no persona can be a real person.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib import resources
from typing import Any, Literal

from hardware_sim.card.purse_contents import Contents

#: What a persona's file calls its card. ``social_security``: any terminal reads it. ``…_keyed``: its holder's data
#: opens only to a terminal that has the key, a PSAM for instance. ``…_unfit``: blocked or incomplete.
CardKind = Literal[
    "social_security", "social_security_keyed", "social_security_unfit", "bank", "health", "other", "psam"
]


class UnknownPersona(LookupError):
    """No persona of that name is shipped."""


@dataclass(frozen=True, slots=True)
class PurseEntry:
    """One transaction recorded on a card; amounts in fen."""

    number: int
    kind: Literal["1", "2"]
    """1: put in, 2: settled."""
    terminal: str
    """12 digits."""
    at: datetime
    account_fen: int
    own_fen: int = 0
    pool_fen: int = 0


@dataclass(frozen=True, slots=True)
class CardData:
    """What is written on a chip. Only ``kind`` and ``atr`` stand on a card that is not a social-security card."""

    kind: CardKind
    atr: bytes
    version: str = ""
    identification_code: str = ""
    card_class: str = ""
    card_number: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
    id_number: str = ""
    name: str = ""
    sex: str = ""
    nation: str = ""
    birthplace: str = ""
    born_on: date | None = None
    payment: bool = False
    """Whether it is a bank card besides."""
    blocked: Literal["", "application", "card"] = ""
    """What the issuer has shut for ever."""
    pin: str = "123456"
    """4 to 16 digits; empty: the holder has set none."""
    pin_tries: int = 3
    pin_tries_left: int | None = None
    """None: all of them."""
    wrong_keys: tuple[str, ...] = ()
    """Keys that are not those of the card's issuer: of a copied card, or of an issuer whose terminals differ."""
    files: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What stands in the applications, by file ("DF04EF05") and identifier of the record ("81")."""
    missing_records: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Identifiers of records that are not there, by file ("EF06", "DF04EF05")."""
    empty_directories: tuple[str, ...] = ()
    """Applications in which nothing was ever written."""
    purse: Contents | None = None
    """What is in the purse; None for a card that is only for use online and has no purse."""
    purse_entries: tuple[PurseEntry, ...] = ()
    """The newest first."""

    @property
    def first_generation(self) -> bool:
        """Whether it is a card of version 1."""
        return self.version.startswith("1")

    @property
    def third_generation(self) -> bool:
        """Whether it is a card of version 3."""
        return self.version.startswith("3")


@dataclass(frozen=True, slots=True)
class RegisterData:
    """What the bureau knows of a person; amounts and counters in yuan as exact decimals."""

    person_no: str
    insurance_type: str
    person_type: str
    insured_status: str
    account_balance: Decimal
    civil_servant: bool
    employer: str
    insured_since: date | None = None
    insured_days_ago: int | None = None
    paused_since: date | None = None
    counters: Mapping[str, Decimal] = field(default_factory=dict)
    family_account: Decimal | None = None
    """What an account of the family holds that may pay for this person (家庭共济), None without one."""

    def insured_since_on(self, today: date) -> date:
        """The day of the first contribution; some personas stay newly insured however late the demo is run."""
        if self.insured_since is not None:
            return self.insured_since
        return today - timedelta(days=self.insured_days_ago or 0)


@dataclass(frozen=True, slots=True)
class Persona:
    """A fictitious person: the card in the hand and, where there is one, the row in the register."""

    id: str
    summary_zh: str
    summary_en: str
    card: CardData
    register: RegisterData | None


def names() -> list[str]:
    """The ids of all shipped personas, sorted."""
    folder = resources.files(__package__) / "personas"
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


def load(name: str) -> Persona:
    """Reads one persona.

    Raises:
        UnknownPersona: no such file.
    """
    table = _table(name)
    register = table.get("register")
    return Persona(
        id=table["id"],
        summary_zh=table["summary_zh"],
        summary_en=table["summary_en"],
        card=_card(table["card"]),
        register=None if register is None else _register(register),
    )


def _table(name: str) -> dict[str, Any]:
    if name not in names():
        raise UnknownPersona(f"no persona {name!r}; there are {', '.join(names())}")
    text = (resources.files(__package__) / "personas" / f"{name}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text, parse_float=Decimal)
    if "base" in table:
        table["card"] = {**_table(table["base"])["card"], **table["card"]}
    return table


def _card(table: dict[str, Any]) -> CardData:
    made: dict[str, Any] = {**table, "atr": bytes.fromhex(table["atr"])}
    if "purse" in table:
        made["purse"] = Contents(**table["purse"])
    made["purse_entries"] = tuple(PurseEntry(**entry) for entry in table.get("purse_entries", ()))
    made["missing_records"] = {file: tuple(tags) for file, tags in table.get("missing_records", {}).items()}
    for name in ("wrong_keys", "empty_directories"):
        made[name] = tuple(table.get(name, ()))
    return CardData(**made)


def _register(table: dict[str, Any]) -> RegisterData:
    amounts: dict[str, Any] = {
        name: Decimal(table[name]) for name in ("account_balance", "family_account") if name in table
    }
    counters = {name: Decimal(value) for name, value in table.get("counters", {}).items()}
    return RegisterData(**{**table, **amounts, "counters": counters})
