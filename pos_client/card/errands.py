"""What the card process does with a reader: read who it is, ask for the PIN, ask for the medical account.

Every errand is one session: the reader is opened, the card powered, and both are let go at the end, whatever happened.
Only what reads may have a second one; what may use up one of the card's tries never has.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from pos_client.card import doctor, words
from pos_client.card.account import CardAccount
from pos_client.card.finding import Finding
from pos_client.card.psam import PsamTrouble
from pos_client.card.readers.reader import PCSC, CardReader, PinEntry, ReaderUrl, WholeCardReader
from pos_client.card.readers.reader_url import parse
from pos_client.card.slots import Opened, OpenPsam, Slots
from pos_client.card.social_security import medical, purse
from pos_client.card.social_security import pin as card_pin
from pos_client.card.social_security.authentication import KeyUncertain
from pos_client.card.social_security.identity import CardIdentity
from pos_client.card.social_security.medical import MedicalData
from pos_client.card.social_security.pin import Pin
from pos_client.card.social_security.reading import read_identity
from pos_client.errors import EnvironmentProblem, Problem, Refused

Options = Mapping[str, Any]
Answer = Callable[[object], None]

#: Troubles that taking the power off and starting over often cures; reading a card may be repeated without harm. And
#: nobody is accused because of an answer to reset that came wrong: only power makes the card say it anew.
_WORTH_A_SECOND_TRY: Final = frozenset((words.CARD_MUTE.code, words.LINE_DISTURBED.code, words.CARD_NOT_GENUINE.code))


class Session:
    """A powered card in an open reader, and the PSAM beside it once somebody needs it."""

    def __init__(self, slots: Slots, reader: CardReader, url: str, psam_setting: str) -> None:
        self.reader = reader
        self.url = url
        self._slots = slots
        self._setting = psam_setting
        self._looked_for = False
        self._psam: OpenPsam | None = None

    def psam(self) -> OpenPsam | None:
        """The PSAM, looked for once."""
        if not self._looked_for:
            self._looked_for = True
            self._psam = self._slots.psam(self.reader, parse(self.url), self._setting)
        return self._psam

    def close(self) -> None:
        """Takes the power off both."""
        if self._psam is not None:
            self._psam.close()
        self.reader.disconnect()


@contextmanager
def _session(slots: Slots, reader: CardReader, options: Options) -> Iterator[Session]:
    session = None
    try:
        session = Session(slots, reader, reader.connect(), options.get("psam", ""))
        yield session
    finally:
        if session is None:
            reader.disconnect()
        else:
            session.close()


def read(slots: Slots, url: ReaderUrl, options: Options, answer: Callable[[CardIdentity], None]) -> None:
    """Reads who it is; ``answer`` is given the identity before the reader is let go.

    Raises:
        EnvironmentProblem, Refused: nothing was read.
    """
    for last_try in (False, True):
        reader = _logged(slots.person_reader(url), options)
        try:
            _read_in(slots, reader, options, answer)
            return
        except Problem as problem:
            if problem.code == words.PSAM_CARD.code and url == ReaderUrl(PCSC, ""):
                raise EnvironmentProblem(words.NO_CARD, problem.evidence) from None
            # A maker's library has tried more than once itself: what it says is final.
            if last_try or isinstance(reader, WholeCardReader) or not _worth_a_second_try(problem):
                raise


def _worth_a_second_try(problem: Problem) -> bool:
    """Whether the same may go well with power taken off; never where a key was shown and its try may be used up."""
    if isinstance(problem, KeyUncertain):
        return False
    code = problem.cause if isinstance(problem, PsamTrouble) else problem.code
    return code in _WORTH_A_SECOND_TRY


def _read_in(slots: Slots, reader: Opened, options: Options, answer: Callable[[CardIdentity], None]) -> None:
    if isinstance(reader, WholeCardReader):
        try:
            answer(reader.read())
        finally:
            reader.disconnect()
        return
    with _session(slots, reader, options) as session:
        check = bool(options.get("check_genuine"))
        try:
            identity = read_identity(reader, session.url, atr=reader.atr, psam=session.psam, check_genuine=check)
        except Problem as problem:
            if problem.code == words.PSAM_CARD.code:
                slots.note_psam(parse(session.url), reader.atr)
            raise
        answer(identity)


def _logged(reader: Opened, options: Options) -> Opened:
    """The same reader, its commands written down where a training home wants it."""
    home = options.get("log_home")
    if not home or isinstance(reader, WholeCardReader):
        return reader
    from pos_client.card.apdu_log import logged  # a home without a log need not wait for this

    return logged(reader, home)


def _commanded(slots: Slots, url: ReaderUrl, options: Options) -> CardReader:
    reader = _logged(slots.person_reader(url), options)
    if isinstance(reader, WholeCardReader):
        reader.disconnect()
        raise EnvironmentProblem(words.NEEDS_COMMANDS)
    return reader


def pin(slots: Slots, url: ReaderUrl, options: Options, answer: Answer) -> None:
    """The card's PIN: how many tries are left, whether one is right, or another one in its place.

    Raises:
        Refused: K-41, K-42, K-46, K-47, the PIN is wrong, locked, malformed, or the last try was not confirmed.
        EnvironmentProblem: the reader or the card is in trouble; K-48, nobody knows whether a try was used up.
    """
    with _session(slots, _commanded(slots, url, options), options) as session:
        card_pin.select(session.reader)
        asked = options["pin"]
        if asked != "tries":
            _enter(session.reader, asked, options)
        try:
            left = card_pin.tries_left(session.reader)
        except EnvironmentProblem as trouble:
            if asked == "tries":
                raise
            raise EnvironmentProblem(words.PIN_UNCERTAIN, {"cause": trouble.code}) from None
        answer({"tries_left": left})


def _enter(reader: CardReader, act: str, options: Options) -> None:
    confirmed = bool(options.get("last_try_confirmed"))
    typed, new = options.get("typed"), options.get("new")
    pad = reader.pin_pad() if typed is None else None
    if pad is not None:
        entry = PinEntry("verify") if act == "verify" else _change_of(options["digits"])
        card_pin.on_pad(reader, pad, entry, last_try_confirmed=confirmed)
    elif typed is None:
        raise Refused(words.PIN_PAD_REFUSED)
    elif act == "change":
        with Pin(typed) as old, Pin(new or "") as wanted:
            card_pin.change(reader, old, wanted, last_try_confirmed=confirmed)
    else:
        with Pin(typed) as entered:
            card_pin.verify(reader, entered, last_try_confirmed=confirmed)


def _change_of(digits: int) -> PinEntry:
    """Only where all PINs have one known length is every pad sure to build the command rightly."""
    return PinEntry("change", fewest_digits=digits, most_digits=digits)


def account(slots: Slots, url: ReaderUrl, options: Options, answer: Answer) -> None:
    """The medical-insurance application of the card and the account on it; nothing on the card is changed.

    Raises:
        Refused: K-41 … K-47, the PIN; K-43, it is needed; K-36, the card is not genuine, with power taken off between.
        EnvironmentProblem: K-51, there is no such application; the reader or the card is in trouble.
    """
    with_pin = options.get("typed") is not None or bool(options.get("on_pad"))
    try:
        _account(slots, url, options, answer, with_pin=with_pin)
    except Refused as refusal:
        if with_pin or not _worth_a_second_try(refusal):
            raise
        _account(slots, url, options, answer, with_pin=with_pin)


def _account(slots: Slots, url: ReaderUrl, options: Options, answer: Answer, *, with_pin: bool) -> None:
    with _session(slots, _commanded(slots, url, options), options) as session:
        reader = session.reader
        if with_pin:
            card_pin.select(reader)
            _enter(reader, "verify", options)
        found = medical.read_medical(reader, psam=session.psam, atr=reader.atr, recognised=with_pin)
        answer(_with_purse(reader, found).as_value())


def _with_purse(reader: CardReader, found: MedicalData) -> CardAccount:
    try:
        return CardAccount(found, purse.read_purse(reader))
    except Problem as problem:
        if problem.code not in (words.NO_PURSE.code, words.PIN_NEEDED.code):
            raise
        return CardAccount(found, None, purse_wants_pin=problem.code == words.PIN_NEEDED.code)


def examine(slots: Slots, url: ReaderUrl, options: Options) -> Iterator[Finding]:
    """Everything from the service to the PSAM, one finding after another, in plain words."""
    yield from doctor.examine(slots, url, options.get("psam", ""), partial(_logged, options=options))
