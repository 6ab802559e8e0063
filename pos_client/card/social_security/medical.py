"""The medical-insurance application of a card (DF04, 社会保险2): what the issuer wrote about the holder's insurance.

These are values of the day of issue, good for showing and comparing; what counts is what the bureau answers. Source:
人社信息函〔2012〕37号, DF04. It opens with the PIN or, from version 2 on, with a key of the PSAM.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from pos_client.card import words
from pos_client.card.iso7816 import apdu
from pos_client.card.iso7816.apdu import Transmitter
from pos_client.card.iso7816.tlv import Malformed
from pos_client.card.psam import Psam
from pos_client.card.social_security import environment, fields, files, keys, record_files
from pos_client.card.social_security.access import Access, no_psam
from pos_client.card.social_security.authentication import CardLacksKey
from pos_client.card.social_security.record_files import CardSaysNo, RecordFile
from pos_client.errors import EnvironmentProblem, Problem, Refused

#: The registered identifier of DF04.
APPLICATION: Final = bytes.fromhex("D15600000503")

_INSURANCE: Final = 0x81
_REGION: Final = 0x84
_HEALTH_RECORD: Final = 0x87
_PERSON_TYPE: Final = 0x8C
_ACCOUNT_OPENED_ON: Final = 0x80
_ACCOUNT_NUMBER: Final = 0x8B
_CERTIFICATE: Final = 0x8A
_HOSPITALS: Final = (0x83, 0x86, 0x89)
_INJURY_HOSPITALS: Final = (0x7D, 0x7E, 0x7F)
_MATERNITY_HOSPITALS: Final = (0x8D, 0x8E)
_USE: Final = 0x8F

_LENGTHS: Final[Mapping[int, int]] = {
    _INSURANCE: 8,
    _REGION: 3,
    _HEALTH_RECORD: 17,
    _PERSON_TYPE: 1,
    _ACCOUNT_OPENED_ON: 4,
    _ACCOUNT_NUMBER: 29,
    _CERTIFICATE: 15,
    **dict.fromkeys((*_HOSPITALS, *_INJURY_HOSPITALS, *_MATERNITY_HOSPITALS), 9),
    _USE: 1,
}
_FILE: Final = RecordFile(
    name="DF04/EF05",
    file_id=0xEF05,
    total_length=sum(length + 2 for length in _LENGTHS.values()),
    value_lengths=_LENGTHS,
)
_PACKED: Final = (_REGION, _PERSON_TYPE, _ACCOUNT_OPENED_ON)
_INSURANCE_TYPE_LENGTH: Final = 3
_TRUE: Final = "1"
_ONLINE_ONLY: Final[Mapping[str, bool]] = {"1": True, "2": False}


@dataclass(frozen=True, slots=True, repr=False)
class MedicalData:
    """What DF04 holds; nothing, or None, where the card does not say."""

    identification_code: str
    """Of the card that it was read from, 32 hexadecimal digits in upper case."""
    insurance_type: str
    """``310`` employees, ``340`` retired cadres, ``360`` old Red Army, ``380`` rural, ``390`` residents, ``391`` urban
    residents."""
    treated_elsewhere: bool
    """异地就诊."""
    outpatient_pool: bool
    """门诊统筹."""
    outpatient_serious_illness: bool
    """门诊大病."""
    medical_aid: bool
    """医疗救助."""
    privileged: bool
    """优抚."""
    person_type: str
    """``11`` at work, ``21`` retired, ``22`` retired and living elsewhere, ``31`` retired cadre …"""
    region: str
    """Where the person is insured, six digits of GB/T 2260."""
    account_opened_on: date | None
    account_number: str
    certificate_number: str
    health_record_number: str
    hospitals: tuple[str, ...]
    injury_hospitals: tuple[str, ...]
    maternity_hospitals: tuple[str, ...]
    online_only: bool | None
    """True where the card is used online only, False where its own purse is open."""

    def __repr__(self) -> str:
        return f"MedicalData(insurance_type={self.insurance_type!r}, region={self.region!r})"


def read_medical(
    card: Transmitter, *, psam: Callable[[], Psam | None] = no_psam, atr: bytes = b"", recognised: bool = False
) -> MedicalData:
    """Reads the medical-insurance application. A PIN must have been verified in this session; else the PSAM is asked.

    Args:
        card: the card, powered.
        psam: finds the PSAM; asked only where the PIN was not verified.
        atr: the card's answer to reset.
        recognised: its environment was entered before, for the PIN.

    Raises:
        EnvironmentProblem: K-51, there is no such application or nothing in it; the card, a reader or the PSAM is in
            trouble.
        Refused: K-43, neither PIN nor PSAM opened it; K-36, the card is not genuine; K-33, it refuses this PSAM.
    """
    environment.select(card, recognised=recognised)
    try:
        issue = environment.read_issue(card)
        access = Access(card, environment.region(issue), atr, psam)
        written = _records(card, access, environment.generation(environment.version(issue)))
        code = issue[files.CODE].hex().upper()
        return _medical_data(code, written)
    except Malformed as damage:
        raise EnvironmentProblem(words.DATA_DAMAGED, {"damage": str(damage)}) from None


def select(card: Transmitter) -> None:
    """Enters the application, from the environment or from anywhere.

    Raises:
        EnvironmentProblem: K-51, there is none.
        Refused: K-25, it is shut.
    """
    answer = apdu.command_only(card, apdu.select_by_name(APPLICATION))
    if answer.ok:
        return
    evidence = {"step": "SELECT DF04", "status": f"{answer.status:04X}"}
    if answer.status in (apdu.FILE_INVALIDATED, apdu.APPLICATION_LOCKED):
        raise Refused(words.APPLICATION_BLOCKED, evidence)
    raise EnvironmentProblem(words.NO_MEDICAL_APPLICATION, evidence)


def _records(card: Transmitter, access: Access, generation: int | None) -> dict[int, bytes]:
    select(card)
    try:
        return record_files.read(card, _FILE)
    except CardSaysNo as refusal:
        if refusal.status != apdu.SECURITY_NOT_SATISFIED:
            raise _problem(refusal) from None
    if generation == 1 or not _opened(card, access):
        raise Refused(words.PIN_NEEDED)
    try:
        return record_files.read(card, _FILE)
    except CardSaysNo as refusal:
        raise _problem(refusal) from None


def _opened(card: Transmitter, access: Access) -> bool:
    """Whether the PSAM's key opened the application; where it cannot, the PIN still may."""
    try:
        if not access.prove_genuine():
            return False
        select(card)
        access.open(keys.READ_MEDICAL)
    except CardLacksKey:
        return False
    except Refused as refusal:
        if refusal.words is not words.PSAM_LACKS_KEY:
            raise
        return False
    return True


def _problem(refusal: CardSaysNo) -> Problem:
    if refusal.status == apdu.SECURITY_NOT_SATISFIED:
        return Refused(words.PIN_NEEDED)
    if refusal.status in (apdu.FILE_NOT_FOUND, apdu.RECORD_NOT_FOUND):
        evidence = {"file": refusal.file.name, "status": f"{refusal.status:04X}"}
        return EnvironmentProblem(words.NO_MEDICAL_APPLICATION, evidence)
    return refusal.as_problem()


def _medical_data(code: str, written: Mapping[int, bytes]) -> MedicalData:
    texts = {tag: fields.code(written.get(tag, b"")) for tag in _LENGTHS if tag not in _PACKED}
    if not any(texts.values()):
        raise EnvironmentProblem(words.NO_MEDICAL_APPLICATION, {"file": _FILE.name, "records": len(written)})
    insurance, flags = texts[_INSURANCE][:_INSURANCE_TYPE_LENGTH], texts[_INSURANCE][_INSURANCE_TYPE_LENGTH:]
    elsewhere, pool, serious, aid, privileged = (flag == _TRUE for flag in flags.ljust(5)[:5])
    return MedicalData(
        identification_code=code,
        insurance_type=insurance,
        treated_elsewhere=elsewhere,
        outpatient_pool=pool,
        outpatient_serious_illness=serious,
        medical_aid=aid,
        privileged=privileged,
        person_type=_digits(written.get(_PERSON_TYPE, b"")),
        region=_digits(written.get(_REGION, b"")),
        account_opened_on=fields.day(written.get(_ACCOUNT_OPENED_ON, b"")),
        account_number=texts[_ACCOUNT_NUMBER],
        certificate_number=texts[_CERTIFICATE],
        health_record_number=texts[_HEALTH_RECORD],
        hospitals=_some(texts, _HOSPITALS),
        injury_hospitals=_some(texts, _INJURY_HOSPITALS),
        maternity_hospitals=_some(texts, _MATERNITY_HOSPITALS),
        online_only=_ONLINE_ONLY.get(texts[_USE]),
    )


def _digits(value: bytes) -> str:
    """Packed digits; all zero means as little as no digits."""
    return fields.digits(value) if any(value) else ""


def _some(texts: Mapping[int, str], tags: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(texts[tag] for tag in tags if texts[tag])
