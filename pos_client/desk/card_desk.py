"""The card in the reader for its holder's questions: what is on it, how its PIN stands, the PIN checked or changed.

Nobody is identified by this, the bureau is not asked, nothing is debited. A PIN is handed on for one command and kept
nowhere. All of it is done in the readers' thread: the store is not touched.
"""

from collections.abc import Callable
from dataclasses import replace
from traceback import clear_frames
from typing import Final

from pos_client.card import words
from pos_client.card.account import CardAccount
from pos_client.card.process import CardProcess
from pos_client.card.social_security.identity import CardIdentity
from pos_client.desk import card_words
from pos_client.desk.card_facts import facts_of, purse_of
from pos_client.desk.card_view import CardHolder, CardPin, CardView, PinStand
from pos_client.desk.customer import middle_hidden
from pos_client.errors import Problem, Words
from pos_client.phrase import Language


def _codes(*some: Words) -> frozenset[str]:
    return frozenset(one.code for one in some)


#: Without them the holder's name stays shut; the PIN and what it opens do not.
_ONLY_THE_HOLDER: Final = _codes(words.HOLDER_DATA_LOCKED, words.PSAM_LACKS_KEY)
#: After these the card has seen no PIN.
_NOTHING_SENT: Final = _codes(
    words.PIN_NEEDED, words.PIN_PAD_TIMEOUT, words.PIN_PAD_CANCELLED, words.PIN_FORMAT, words.PIN_PAD_REFUSED
)
#: Reading the card once more after these may shut it, or is no use.
_NOT_AGAIN: Final = _codes(
    words.READER_NOT_AUTHORISED,
    words.READER_KEY_LOCKED,
    words.CARD_NOT_GENUINE,
    words.NO_MEDICAL_APPLICATION,
    words.NEEDS_COMMANDS,
)


class CardDesk:
    """What a holder may ask of his own card. No problem is raised: the view that comes back holds it."""

    def __init__(self, cards: CardProcess, language: Language) -> None:
        """``language``: of what the card says."""
        self._cards = cards
        self._language = language

    def look(self) -> CardView:
        """Reads all that opens without a PIN. Uses up no try of it."""
        view = CardView()
        try:
            view = self._with_holder(view)
            view = replace(view, pin=self._pin())
            return self._with_account(view)
        except Problem as problem:
            return replace(view, problem=problem, may_repeat=problem.code not in _NOT_AGAIN)

    def enter_pin(self, view: CardView, typed: str | None, *, last_try: bool = False) -> CardView:
        """Has the card check its PIN, and reads what that opens.

        Args:
            view: what is known of the card.
            typed: the PIN, or None to have it entered at the reader's own pad.
            last_try: the holder wants to use the last try. The PIN is then only checked: it is sent for one command.
        """

        def entered(before: CardView) -> CardView:
            if before.wants_pin and not last_try:
                return replace(self._opened(before, typed), pin=self._pin())
            return replace(before, pin=_standing(self._cards.verify_pin(typed, last_try_confirmed=last_try)))

        return _tried(entered, view)

    def change_pin(self, view: CardView, typed: str | None, new: str | None, *, last_try: bool = False) -> CardView:
        """Has the card take another PIN; both typed, or both None and entered at the reader's own pad, six digits each.

        Args:
            view: what is known of the card.
            typed: the PIN as it is.
            new: the PIN as it shall be.
            last_try: the holder wants to use the last try.
        """

        def changed(before: CardView) -> CardView:
            return replace(before, pin=_standing(self._cards.change_pin(typed, new, last_try_confirmed=last_try)))

        return _tried(changed, view)

    def _with_holder(self, view: CardView) -> CardView:
        try:
            return replace(view, holder=self._holder(self._cards.read()))
        except Problem as problem:
            if problem.code not in _ONLY_THE_HOLDER:
                raise
            return replace(view, problem=problem)

    def _holder(self, card: CardIdentity) -> CardHolder:
        sex = card_words.SEXES.get(card.sex)
        return CardHolder(
            name=card.name,
            sex="" if sex is None else sex.say(self._language),
            card_masked=middle_hidden(card.card_number, 0),
            id_masked=middle_hidden(card.id_number, 4),
            region=card.region,
            expires="" if card.expires_on is None else card.expires_on.isoformat(),
        )

    def _pin(self) -> CardPin:
        try:
            return _standing(self._cards.pin_tries_left())
        except Problem as problem:
            if problem.code != words.PIN_LOCKED.code:
                raise
            return CardPin(PinStand.LOCKED)

    def _with_account(self, view: CardView) -> CardView:
        try:
            account = self._cards.account()
        except Problem as problem:
            if problem.code != words.PIN_NEEDED.code:
                raise
            return replace(view, wants_pin=True)
        return self._told(view, account)

    def _opened(self, view: CardView, typed: str | None) -> CardView:
        try:
            return self._told(view, self._cards.account(typed, on_pad=typed is None))
        except Problem as problem:
            if problem.code != words.NO_MEDICAL_APPLICATION.code:
                raise
            return replace(view, wants_pin=False, problem=_alone(problem))  # it was right: there is nothing behind it

    def _told(self, view: CardView, account: CardAccount) -> CardView:
        return replace(
            view,
            facts=facts_of(account.medical, self._language),
            purse=None if account.purse is None else purse_of(account.purse, self._language),
            is_read=True,
            wants_pin=account.purse_wants_pin,
        )


def _tried(act: Callable[[CardView], CardView], view: CardView) -> CardView:
    """An act with the PIN. How the PIN stands after trouble is known from the answer: the card is not asked again."""
    before = replace(view, problem=None, wants_pin_again=False, may_repeat=False)
    try:
        return act(before)
    except Problem as problem:
        pin = _standing_after(problem, view.pin)
        refused = view.pad_refused or problem.code == words.PIN_PAD_REFUSED.code
        return replace(
            before,
            pin=pin,
            pad_refused=refused,
            problem=_alone(problem),
            wants_pin_again=pin.is_open,
            may_repeat=pin.stand is PinStand.UNKNOWN and problem.code not in _NOT_AGAIN,
        )


def _alone(problem: Problem) -> Problem:
    """The same problem without its traceback, whose frames would keep the PIN as long as it is shown, and longer."""
    raised: BaseException | None = problem
    while raised is not None:
        clear_frames(raised.__traceback__)
        raised = raised.__context__
    return type(problem)(problem.words, problem.evidence, **problem.fill)


def _standing_after(problem: Problem, before: CardPin) -> CardPin:
    code = problem.code
    if code == words.PIN_WRONG.code:
        return _standing(int(str(problem.fill["left"])))
    if code == words.PIN_LOCKED.code:
        return CardPin(PinStand.LOCKED)
    if code == words.PIN_LAST_TRY.code:
        return _standing(1)
    return before if code in _NOTHING_SENT else CardPin()


def _standing(tries_left: int | None) -> CardPin:
    return CardPin(PinStand.NONE) if tries_left is None else CardPin(PinStand.OPEN, tries_left)
