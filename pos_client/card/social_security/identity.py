"""What a social-security card says about its holder: one immutable value, silent about the person in logs."""

from dataclasses import dataclass
from datetime import date


def _hidden_middle(text: str, head: int, tail: int) -> str:
    """The first and last characters of a number, an asterisk for each one between; all asterisks when short."""
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


@dataclass(frozen=True, slots=True, repr=False)
class CardIdentity:
    """The free data of one card, read in one session (V2.0 card structure, EF05 and EF06 of the SSSE).

    Nothing here is proof of insurance: who the person is for a settlement is what the bureau answers.
    """

    card_number: str
    """卡号, up to nine characters; seven, a letter or digit before, a check character after."""
    identification_code: str
    """卡的识别码, 32 hexadecimal digits in upper case; not the card number."""
    region: str
    """The issuing region, six digits of GB/T 2260: the first six of the identification code."""
    version: str
    """The card specification's version as written on the card, such as ``2.00``."""
    issued_on: date | None
    expires_on: date | None
    """The last day of validity, or None where the card sets none."""
    name: str
    id_number: str
    """社会保障号码: the citizen identity number, or the number that the ministry gave to a foreigner."""
    sex: str
    """``1`` male, ``2`` female, ``9`` not stated."""
    nation: str
    """Two digits of GB 3304, or nothing where the card does not say."""
    born_on: date | None
    reader: str
    """The URL of the reader that the card was in."""
    card_class: str = ""
    """卡的类别: ``1`` before school, ``2`` student, ``3`` adult or not told apart, ``4`` old age; or nothing."""
    genuine: bool | None = None
    """True where the card proved to a PSAM that it is no copy; None where nobody asked it. A card that failed is never
    read."""

    def __repr__(self) -> str:
        masked = ", ".join(f"{name}={value!r}" for name, value in self.masked().items())
        return f"CardIdentity({masked})"

    def masked(self) -> dict[str, str]:
        """The identity for logs, pictures and evidence: enough to tell two cards apart, not to name a person."""
        return {
            "card_number": _hidden_middle(self.card_number, 0, 4),
            "identification_code": _hidden_middle(self.identification_code, 6, 4),
            "region": self.region,
            "version": self.version,
            "name": _hidden_middle(self.name, 1, 0),
            "id_number": _hidden_middle(self.id_number, 6, 4),
            "reader": self.reader,
        }

    def as_record(self) -> dict[str, str | None]:
        """The identity in full, as ``pos-client card read --json`` prints it; dates as YYYY-MM-DD."""
        return {
            "card_number": self.card_number,
            "identification_code": self.identification_code,
            "region": self.region,
            "version": self.version,
            "issued_on": None if self.issued_on is None else self.issued_on.isoformat(),
            "expires_on": None if self.expires_on is None else self.expires_on.isoformat(),
            "name": self.name,
            "id_number": self.id_number,
            "sex": self.sex,
            "born_on": None if self.born_on is None else self.born_on.isoformat(),
        }
