"""Reading the social-security card (社会保障卡): who is it, in as few commands as its version allows.

Sources: 人社信息函〔2012〕37号 (card structure V2.0) for files and tags; LD/T 32 drafts for the commands; for version 3
(holder data locked, SM4) the reader interface that follows LD/T 33-2015.
"""

from collections.abc import Callable, Mapping

from pos_client.card import words
from pos_client.card.iso7816 import apdu
from pos_client.card.iso7816.apdu import Transmitter
from pos_client.card.iso7816.tlv import Malformed
from pos_client.card.psam import Psam
from pos_client.card.social_security import environment, fields, files, keys, record_files
from pos_client.card.social_security.access import Access, no_psam
from pos_client.card.social_security.authentication import CardLacksKey
from pos_client.card.social_security.identity import CardIdentity
from pos_client.card.social_security.record_files import CardSaysNo, RecordFile
from pos_client.errors import EnvironmentProblem, Refused


def read_identity(
    card: Transmitter,
    reader_url: str,
    *,
    atr: bytes = b"",
    psam: Callable[[], Psam | None] = no_psam,
    check_genuine: bool = False,
) -> CardIdentity:
    """Reads one whole card in one go; nothing of a half-read card is ever returned.

    Args:
        card: the card, freshly powered.
        reader_url: the reader that it is in.
        atr: its answer to reset, from which its keys descend.
        psam: finds the PSAM; asked only when it is needed.
        check_genuine: whether cards of version 1 and 2 must prove that they are genuine, as those of version 3 always
            do; without a PSAM nobody can tell, and the identity says so.

    Raises:
        EnvironmentProblem: the wrong card, damaged data, a card pulled out or exchanged, a reader in trouble.
        Refused: the card or its application is blocked, of an unknown version, not genuine, or its holder's data
            cannot be opened here.
    """
    environment.select(card)
    try:
        issue = environment.read_issue(card)
        generation = _generation(issue)
        access = Access(card, environment.region(issue), atr, psam)
        if generation == 3 or check_genuine:
            access.prove_genuine()
        holder = _read_holder(card, access, generation)
        identity = _identity(issue, holder, reader_url, access.genuine)
    except Malformed as damage:
        raise EnvironmentProblem(words.DATA_DAMAGED, {"damage": str(damage)}) from None
    _same_card_still(card, issue[files.CODE])
    return identity


def _generation(issue: Mapping[int, bytes]) -> int:
    version = environment.version(issue)
    generation = environment.generation(version)
    if generation is None:
        raise Refused(words.VERSION_UNKNOWN, version=version)
    return generation


def _read_holder(card: Transmitter, access: Access, generation: int) -> dict[int, bytes]:
    file = files.HOLDER_OF_VERSION_1 if generation == 1 else files.HOLDER
    if generation == 3 and access.genuine:
        return _read_opened(card, access, file)
    try:
        return record_files.read(card, file)
    except CardSaysNo as refusal:
        if refusal.status != apdu.SECURITY_NOT_SATISFIED:
            raise refusal.as_problem() from None
    if not access.prove_genuine():
        raise Refused(words.HOLDER_DATA_LOCKED, {"key_algorithm": environment.control(card, recognised=True).algorithm})
    return _read_opened(card, access, file)


def _read_opened(card: Transmitter, access: Access, file: RecordFile) -> dict[int, bytes]:
    key = keys.READ_HOLDER
    try:
        access.open(key)
        return record_files.read(card, file)
    except CardLacksKey:
        raise EnvironmentProblem(words.DATA_DAMAGED, {"key": key.name, "status": "6A88"}) from None
    except CardSaysNo as refusal:
        if refusal.status == apdu.SECURITY_NOT_SATISFIED:
            raise Refused(words.READER_NOT_AUTHORISED, {"key": key.name, "status": "6982"}) from None
        raise refusal.as_problem() from None


def _identity(
    issue: Mapping[int, bytes], holder: Mapping[int, bytes], reader_url: str, genuine: bool | None
) -> CardIdentity:
    card_number = fields.code(issue[files.CARD_NUMBER][: files.CARD_NUMBER_LENGTH])
    id_number = fields.code(holder[files.ID_NUMBER])
    if not card_number or not id_number:
        raise Malformed("the card number or the holder's number is not there")
    return CardIdentity(
        card_number=card_number,
        identification_code=issue[files.CODE].hex().upper(),
        region=environment.region(issue),
        version=environment.version(issue),
        issued_on=fields.day(issue.get(files.ISSUED_ON, b"")),
        expires_on=fields.day(issue.get(files.EXPIRES_ON, b"")),
        name=fields.name(holder[files.NAME], holder.get(files.NAME_EXTENSION, b"")),
        id_number=id_number,
        sex=fields.code(holder.get(files.SEX, b"")) or "9",
        nation=fields.digits(holder.get(files.NATION, b"")),
        born_on=fields.day(holder.get(files.BORN_ON, b"")),
        reader=reader_url,
        card_class=fields.code(issue.get(files.CARD_CLASS, b"")),
        genuine=genuine,
    )


def _same_card_still(card: Transmitter, code: bytes) -> None:
    """Asks for the identification code once more: a card exchanged in mid-read must not lend its holder's name."""
    if not environment.says_code(card, code):
        raise EnvironmentProblem(words.CARD_CHANGED)
