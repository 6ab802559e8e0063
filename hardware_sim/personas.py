"""Fictitious persons as data: what their card carries and what the bureau's register knows of them.

One file a persona in ``personas/``. The card simulator reads ``[card]``, the front-end server ``[register]``
(with the card's numbers). Region 4399 does not exist, so no persona can be a real person.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from importlib import resources
from typing import Any, Literal


class UnknownPersona(LookupError):
    """No persona of that name is shipped."""


@dataclass(frozen=True, slots=True)
class CardData:
    """What is written on a chip. Only ``kind`` and ``atr`` stand on a card that is not a social-security card."""

    kind: Literal["social_security", "bank"]
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
    if name not in names():
        raise UnknownPersona(f"no persona {name!r}; there are {', '.join(names())}")
    text = (resources.files(__package__) / "personas" / f"{name}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text, parse_float=Decimal)
    register = table.get("register")
    return Persona(
        id=table["id"],
        summary_zh=table["summary_zh"],
        summary_en=table["summary_en"],
        card=_card(table["card"]),
        register=None if register is None else _register(register),
    )


def _card(table: dict[str, Any]) -> CardData:
    return CardData(**{**table, "atr": bytes.fromhex(table["atr"])})


def _register(table: dict[str, Any]) -> RegisterData:
    amounts: dict[str, Any] = {
        name: Decimal(table[name]) for name in ("account_balance", "family_account") if name in table
    }
    counters = {name: Decimal(value) for name, value in table.get("counters", {}).items()}
    return RegisterData(**{**table, **amounts, "counters": counters})
