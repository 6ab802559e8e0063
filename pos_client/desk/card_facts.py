"""What a card says of its holder's insurance and of the account on it, in the clerk's language."""

from collections.abc import Iterator, Mapping

from pos_client.card.social_security.medical import MedicalData
from pos_client.card.social_security.purse import Purse
from pos_client.desk import card_words as words
from pos_client.desk.card_view import CardFact, CardPurse, Movement
from pos_client.desk.customer import middle_hidden
from pos_client.phrase import Language, Phrase


def facts_of(medical: MedicalData, language: Language) -> tuple[CardFact, ...]:
    """What the card says, in the order of its use; what it does not say has no row. Numbers are masked."""
    return tuple(CardFact(label.say(language), text) for label, text in _facts(medical, language) if text)


def _facts(medical: MedicalData, language: Language) -> Iterator[tuple[Phrase, str]]:
    between = words.BETWEEN.say(language)
    opened_on, online = medical.account_opened_on, medical.online_only
    yield words.INSURANCE, _word(words.INSURANCES, medical.insurance_type, language)
    yield words.PERSON_TYPE, _word(words.PERSONS, medical.person_type, language)
    yield words.INSURED_IN, medical.region
    yield words.USE, "" if online is None else (words.ONLINE if online else words.OFFLINE).say(language)
    yield words.MARKS, between.join(mark.say(language) for mark in _marks(medical))
    yield words.OPENED_ON, "" if opened_on is None else opened_on.isoformat()
    yield words.ACCOUNT_NUMBER, middle_hidden(medical.account_number, 0)
    yield words.CERTIFICATE, middle_hidden(medical.certificate_number, 0)
    yield words.HEALTH_RECORD, middle_hidden(medical.health_record_number, 0)
    yield words.HOSPITALS, between.join(medical.hospitals)
    yield words.INJURY_HOSPITALS, between.join(medical.injury_hospitals)
    yield words.MATERNITY_HOSPITALS, between.join(medical.maternity_hospitals)


def _marks(medical: MedicalData) -> Iterator[Phrase]:
    marks = (
        (medical.treated_elsewhere, words.TREATED_ELSEWHERE),
        (medical.outpatient_pool, words.OUTPATIENT_POOL),
        (medical.outpatient_serious_illness, words.SERIOUS_ILLNESS),
        (medical.medical_aid, words.MEDICAL_AID),
        (medical.privileged, words.PRIVILEGED),
    )
    return (word for is_set, word in marks if is_set)


def _word(known: Mapping[str, Phrase], code: str, language: Language) -> str:
    """The word for a code; a code that nobody foresaw stands for itself."""
    return known[code].say(language) if code in known else code


def purse_of(purse: Purse, language: Language) -> CardPurse:
    """The account on the card, its newest movements first."""
    return CardPurse(
        balance_fen=purse.balance_fen,
        own_paid_fen=purse.own_paid_fen,
        pool_paid_fen=purse.pool_paid_fen,
        year=purse.year,
        movements=tuple(
            Movement(
                when=f"{one.at:%Y-%m-%d %H:%M}",
                what=_word(words.MOVEMENTS, one.kind, language),
                account_fen=one.account_fen,
                own_fen=one.own_fen,
                pool_fen=one.pool_fen,
            )
            for one in purse.transactions
        ),
    )
