"""What a card says of its holder's medical insurance and of the account on it, both only to be looked at."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Self

from pos_client.card.social_security.medical import MedicalData
from pos_client.card.social_security.purse import Purse, PurseTransaction


@dataclass(frozen=True, slots=True)
class CardAccount:
    """Values of the day of issue, and of the card's own counting: the bureau's answer is what counts."""

    medical: MedicalData
    purse: Purse | None
    """None where no account is open on the card, which is the rule, or it was not opened."""
    purse_wants_pin: bool = False
    """There may be an account, which only the holder's PIN opens."""

    def as_value(self) -> dict[str, Any]:
        """As JSON carries it: days as YYYY-MM-DD, instants as YYYY-MM-DDTHH:MM:SS."""
        value: dict[str, Any] = _plain(asdict(self))
        return value

    @classmethod
    def of(cls, value: dict[str, Any]) -> Self:
        """What crossed the pipe."""
        medical, purse = value["medical"], value["purse"]
        opened = medical["account_opened_on"]
        lists = {name: tuple(medical[name]) for name in ("hospitals", "injury_hospitals", "maternity_hospitals")}
        day = None if opened is None else date.fromisoformat(opened)
        insured = MedicalData(**{**medical, **lists, "account_opened_on": day})
        return cls(insured, None if purse is None else _purse(purse), value["purse_wants_pin"])


def _purse(value: dict[str, Any]) -> Purse:
    movements = tuple(
        PurseTransaction(**{**one, "at": datetime.fromisoformat(one["at"])}) for one in value["transactions"]
    )
    return Purse(**{**value, "transactions": movements})


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
