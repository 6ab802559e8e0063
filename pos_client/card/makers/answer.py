"""What ``iReadCardBas`` writes: eleven fields in GB18030, each with a bar behind it (LD/T 33 style).

``区划|社会保障号码|卡号|卡识别码|姓名|卡复位信息|规范版本|发卡日期|有效期|终端机编号|终端设备号|``
"""

import re
from datetime import date
from typing import Final

from pos_client.card import words
from pos_client.card.iso7816.tlv import Malformed
from pos_client.card.social_security import fields
from pos_client.card.social_security.identity import CardIdentity
from pos_client.errors import EnvironmentProblem

_ENCODING: Final = "gb18030"
_FIELDS: Final = 11
#: Some libraries add the terminal's serial number at the end.
_MOST_FIELDS: Final = 12
_LONGEST_BYTES: Final = 1024
_FORMS: Final = {
    "region": re.compile(r"[0-9]{6}", re.ASCII),
    "holder's number": re.compile(r"[0-9A-Za-z]{1,18}", re.ASCII),
    "card number": re.compile(r"[0-9A-Za-z]{1,9}", re.ASCII),
    "identification code": re.compile(r"[0-9A-Fa-f]{32}", re.ASCII),
    "name": re.compile(r".+"),
    # 13 historical bytes by the convention, the whole answer to reset by some libraries; fewer without contacts.
    "answer to reset": re.compile(r"(?:[0-9A-Fa-f]{2}){0,33}", re.ASCII),
    "version": re.compile(r"[0-9.]{0,4}", re.ASCII),
    "day of issue": re.compile(r"(?:[0-9]{8}|[Ff]{8})?", re.ASCII),
    "last day": re.compile(r"(?:[0-9]{8}|[Ff]{8})?", re.ASCII),
    "terminal": re.compile(r"[0-9A-Za-z]{0,12}", re.ASCII),
}
_MINISTRY: Final = "D156000005"
_MINISTRY_AT: Final = 6
_CITIZEN_NUMBER: Final = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)


def identity_of(said: bytes, reader_url: str) -> CardIdentity:
    """The holder that a library's text names.

    Raises:
        EnvironmentProblem: the text is against the standard, or the card is no social-security card.
    """
    try:
        return _identity(_taken_apart(said), reader_url)
    except Malformed as damage:
        raise EnvironmentProblem(words.LIBRARY_UNREADABLE, {"damage": str(damage)}) from None


def _taken_apart(said: bytes) -> dict[str, str]:
    """The fields by name. Decoded before it is cut: the second byte of a Chinese character may be a bar's."""
    if len(said) > _LONGEST_BYTES:
        raise Malformed("longer than any card's text")
    try:
        *values, rest = said.decode(_ENCODING).split("|")
    except UnicodeDecodeError:
        raise Malformed("not GB18030") from None
    if rest or not _FIELDS <= len(values) <= _MOST_FIELDS:
        raise Malformed(f"{len(values)} fields" if not rest else "something behind the last bar")
    found = {name: value.strip(" ") for name, value in zip(_FORMS, values, strict=False)}
    for name, form in _FORMS.items():
        if form.fullmatch(found[name]) is None:
            raise Malformed(f"the {name} has another form")
    return found


def _identity(found: dict[str, str], reader_url: str) -> CardIdentity:
    identification = found["identification code"].upper()
    if not identification.startswith(_MINISTRY, _MINISTRY_AT):
        raise EnvironmentProblem(words.NOT_SOCIAL_SECURITY, {"step": "identification code"})
    id_number = found["holder's number"].upper()
    sex, born_on = _of_citizen_number(id_number)
    return CardIdentity(
        card_number=found["card number"].upper(),
        identification_code=identification,
        region=fields.digits(bytes.fromhex(identification[:_MINISTRY_AT])),
        version=found["version"] or "1.00",
        issued_on=fields.day(bytes.fromhex(found["day of issue"])),
        expires_on=fields.day(bytes.fromhex(found["last day"])),
        name=fields.name(found["name"].encode(_ENCODING), b""),
        id_number=id_number,
        sex=sex,
        nation="",
        born_on=born_on,
        reader=reader_url,
    )


def _of_citizen_number(number: str) -> tuple[str, date | None]:
    """Sex and birthday as a citizen identity number holds them (GB 11643); a foreigner's number holds neither."""
    unstated = "9", None
    if _CITIZEN_NUMBER.fullmatch(number) is None:
        return unstated
    values = [10 if character == "X" else int(character) for character in number]
    if sum(value * 2 ** (17 - place) for place, value in enumerate(values)) % 11 != 1:  # ISO 7064 MOD 11-2
        return unstated
    try:
        born_on = fields.day(bytes.fromhex(number[6:14]))
    except Malformed:
        return unstated
    if born_on is None:
        return unstated
    return ("1" if values[16] % 2 else "2"), born_on
