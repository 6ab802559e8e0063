"""What IT should do about a step that failed, by what it failed with and how the desk is set up."""

from typing import Final

from pos_client.card import doctor_words as said
from pos_client.card import words
from pos_client.card.makers.library import SCHEME as LIBRARY
from pos_client.card.readers.reader import PCSC, SERIAL, ReaderUrl
from pos_client.card.slots import PSAM_NONE
from pos_client.errors import EnvironmentProblem, Words
from pos_client.phrase import Language, Phrase

#: How the address of a reader behind a serial server begins.
_SERVER: Final = "socket://"
_LANGUAGES: Final[tuple[Language, Language]] = ("zh", "en")
_OF_THE_LIBRARY: Final = frozenset(
    trouble.code
    for trouble in (
        words.READER_SILENT,
        words.READING_STOPPED,
        words.LIBRARY_REFUSED,
        words.LIBRARY_UNREADABLE,
    )
)
_ADVICE_OF: Final[dict[str, Phrase]] = {
    words.SERVICE_NOT_RUNNING.code: said.SERVICE_ADVICE,
    words.ACCESS_DENIED.code: said.ACCESS_ADVICE,
    words.NO_READER.code: said.NO_READERS_ADVICE,
    words.NO_CARD.code: said.INSERT_ADVICE,
    words.CARD_MUTE.code: said.POWER_ADVICE,
    words.DATA_DAMAGED.code: said.FILES_ADVICE,
    words.CARD_TORN.code: said.TORN_ADVICE,
    words.CARD_CHANGED.code: said.TORN_ADVICE,
    words.TWO_CARDS.code: said.TWO_CARDS_ADVICE,
    words.READER_BUSY.code: said.BUSY_ADVICE,
    words.LINE_DISTURBED.code: said.LINE_ADVICE,
    words.READER_NOT_AUTHORISED.code: said.PSAM_REFUSED_ADVICE,
    words.CARD_NOT_GENUINE.code: said.NOT_GENUINE_ADVICE,
    words.HOLDER_DATA_LOCKED.code: said.PSAM_ADVICE,
    words.PSAM_LACKS_KEY.code: said.PSAM_ADVICE,
    words.PSAM_TROUBLE.code: said.PSAM_ADVICE,
    words.NOT_SOCIAL_SECURITY.code: said.APPLICATION_ADVICE,
    words.BANK_CARD.code: said.APPLICATION_ADVICE,
    words.HEALTH_CARD.code: said.APPLICATION_ADVICE,
}


def filled(phrase: Phrase, **fill: object) -> Phrase:
    """A phrase with its blanks filled, in both languages."""
    return complete(phrase.say("zh", **fill), phrase.say("en", **fill))


def complete(zh: str, en: str) -> Phrase:
    """A phrase of finished texts; braces in a name or an address are no blanks to be filled when it is said."""
    return Phrase(*(text.replace("{", "{{").replace("}", "}}") for text in (zh, en)))


def advice_on(failed: Words, url: ReaderUrl, psam_setting: str, *, strange_beside: bool) -> Phrase | None:
    """What to do; None where the clerk's sentence says all there is to say.

    Args:
        failed: what the step failed with.
        url: the reader that is set.
        psam_setting: the setting of the PSAM.
        strange_beside: whether another slot holds a card that did not answer as a PSAM.
    """
    if failed.code == words.HOLDER_DATA_LOCKED.code:
        return _on_no_psam(psam_setting, strange_beside=strange_beside)
    if url.kind == SERIAL and failed.code == words.READER_SILENT.code:
        return said.SILENT_ADVICE
    if url.kind == SERIAL and failed.code == words.READER_UNAVAILABLE.code:
        return said.SERVER_ADVICE if url.target.startswith(_SERVER) else _on_the_port()
    if url.kind == LIBRARY and failed.code in _OF_THE_LIBRARY:
        return said.LIBRARY_ADVICE
    if url.kind == PCSC and failed.code == words.READER_UNAVAILABLE.code:
        return _on_the_name()
    return _ADVICE_OF.get(failed.code)


def _on_no_psam(psam_setting: str, *, strange_beside: bool) -> Phrase:
    if psam_setting == PSAM_NONE:
        return said.PSAM_OFF_ADVICE
    return said.PSAM_STRANGE_ADVICE if strange_beside else said.PSAM_ADVICE


def _on_the_name() -> Phrase:
    from pos_client.card.readers.pcsc import reader_states

    try:
        names = "、".join(reader.name for reader in reader_states())
    except EnvironmentProblem:  # the service ended meanwhile
        return said.SERVICE_ADVICE
    return filled(said.OTHER_NAME_ADVICE, names=names) if names else said.NO_READERS_ADVICE


def _on_the_port() -> Phrase:
    from pos_client.card.readers.ccid_serial import port_states

    ports = "、".join(port.url.partition(":")[2] for port in port_states())
    return complete(*(said.PORT_ADVICE.say(one, ports=ports or said.NO_PORTS.say(one)) for one in _LANGUAGES))
