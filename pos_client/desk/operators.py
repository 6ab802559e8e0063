"""Who acts, and who may: cashiers sell, a supervisor's word is wanted for what cannot be taken back.

A training home without operators works out of the box: the configured operator counts as a supervisor. A real one
takes no money until a supervisor is registered.
"""

import re
from dataclasses import dataclass

from pos_client.desk import operator_words as words
from pos_client.desk.books import Books
from pos_client.errors import Refused
from pos_client.offline import audit, operators, passwords
from pos_client.offline.operators import Operator, Role
from pos_client.offline.store import StoreConnection

SHORTEST_PASSWORD = 8
#: A wrong password waits, so that guessing at the keyboard is slow.
WRONG_PASSWORD_WAIT_MS = 1_000
_NAME = re.compile(r"[0-9A-Za-z_-]{1,20}", re.ASCII)
_LONGEST_TITLE = 25
#: Compared with when there is no such operator, so that the time of an answer does not tell who is registered.
_NOBODY = f"scrypt${passwords.COST}${passwords.BLOCK}${passwords.PARALLEL}${'A' * 22}==${'A' * 43}="


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who works at the desk now; ``name`` is what the bureau is told."""

    name: str
    title: str
    role: Role

    @property
    def is_supervisor(self) -> bool:
        """Whether this person's word allows what cannot be taken back."""
        return self.role is Role.SUPERVISOR


def who_acts(books: Books, name: str | None = None, password: str | None = None) -> SignedIn:
    """Who does what follows. Without operators a training home takes the one of its settings, as a supervisor.

    Raises:
        Refused: S-OPERATOR, a real home without a supervisor; S-SIGNIN, nobody said who; S-PASSWORD.
    """
    with books.store.read() as connection:
        registered = bool(operators.active(connection))
    if registered:
        if name is None or password is None:
            raise Refused(words.SAY_WHO)
        return sign_in(books, name, password)
    if books.settings.mode == "real":
        raise Refused(words.NO_OPERATOR)
    return configured(books)


def configured(books: Books) -> SignedIn:
    """The operator of the settings: in whose name the program asks and finishes on its own account."""
    settings = books.settings
    return SignedIn(settings.text("desk.operator"), settings.text("desk.operator_name"), Role.SUPERVISOR)


def sign_in(books: Books, name: str, password: str) -> SignedIn:
    """Signs a registered operator in.

    Raises:
        Refused: S-PASSWORD, which does not tell whether there is such a name.
    """
    with books.store.read() as connection:
        found = operators.find(connection, name)
    if not passwords.fits(password, _NOBODY if found is None else found.secret) or found is None:
        # What was typed as a name may be a password in the wrong place: only a known name is written down.
        _note(books, "operator.wrong_password", "" if found is None else found.name)
        books.runtime.sleep_ms(WRONG_PASSWORD_WAIT_MS)
        raise Refused(words.WRONG_PASSWORD)
    return SignedIn(found.name, found.title, found.role)


def authorise(books: Books, name: str, password: str, act: str, *, acting: SignedIn | None = None) -> SignedIn:
    """A supervisor's word for an act; the act writes ``authorised_by`` into its own audit row.

    Whoever does the act does not also allow it, as long as another supervisor is registered.

    Raises:
        Refused: S-PASSWORD; S-SUPERVISOR; S-EYES.
    """
    found = sign_in(books, name, password)
    if not found.is_supervisor:
        raise Refused(words.SUPERVISOR_ONLY, act=act, name=found.name)
    if acting is not None and acting.name == found.name and not own_word_counts(books, acting):
        raise Refused(words.OTHER_SUPERVISOR, act=act, name=found.name)
    return found


def own_word_counts(books: Books, acting: SignedIn) -> bool:
    """Whether somebody may allow what he does himself: a supervisor, as long as no other one is registered."""
    with books.store.read() as connection:
        others = [one for one in _supervisors(connection) if one.name != acting.name]
    return acting.is_supervisor and not others


def require_supervisor(by: SignedIn, act: str) -> None:
    """Refuses what only a supervisor may do.

    Raises:
        Refused: S-SUPERVISOR.
    """
    if not by.is_supervisor:
        raise Refused(words.SUPERVISOR_ONLY, act=act, name=by.name)


def listed(books: Books) -> list[SignedIn]:
    """Everyone who may work here, by name."""
    with books.store.read() as connection:
        return [SignedIn(one.name, one.title, one.role) for one in operators.active(connection)]


def add(books: Books, name: str, title: str, role: Role, password: str, *, by: SignedIn | None) -> None:
    """Registers somebody; ``by`` is the supervisor who does, None for the very first one.

    Raises:
        Refused: S-OPNAME, S-OPTITLE, S-OPWEAK, S-OPKNOWN, S-OPFIRST, S-SIGNIN or S-SUPERVISOR.
    """
    require_usable(name, title, password)
    new = Operator(name, title.strip(), role, _sealed(books, password))
    with books.store.commit() as connection:
        present = operators.active(connection)
        if not present and role is not Role.SUPERVISOR:
            raise Refused(words.FIRST_IS_SUPERVISOR)
        if present:
            _require_present_supervisor(connection, by, "operator add")
        if any(one.name == name for one in present):
            raise Refused(words.ALREADY_REGISTERED, name=name)
        operators.record(connection, new, now=books.runtime.clock.now_utc())
        _audit(books, connection, "operator.add", name, {"role": role}, by.name if by is not None else name)


def require_usable(name: str, title: str, password: str) -> None:
    """Refuses a name, a title or a password that nobody can be registered with.

    Raises:
        Refused: S-OPNAME, S-OPTITLE or S-OPWEAK.
    """
    if not _NAME.fullmatch(name):
        raise Refused(words.NAME_UNUSABLE, name=name)
    if not 1 <= len(title.strip()) <= _LONGEST_TITLE:
        raise Refused(words.TITLE_UNUSABLE)
    _require_strong(password)


def remove(books: Books, name: str, *, by: SignedIn) -> None:
    """Ends somebody's work here.

    Raises:
        Refused: S-OPNONE, S-OPLAST or S-SUPERVISOR.
    """
    with books.store.commit() as connection:
        _require_present_supervisor(connection, by, "operator remove")
        found = _registered(connection, name)
        if found.role is Role.SUPERVISOR and len(_supervisors(connection)) == 1:
            raise Refused(words.LAST_SUPERVISOR, name=name)
        operators.end(connection, found, now=books.runtime.clock.now_utc())
        _audit(books, connection, "operator.remove", name, {}, by.name)


def change_password(books: Books, name: str, password: str, *, by: SignedIn) -> None:
    """Sets a new password: one's own, or as a supervisor anybody's.

    Raises:
        Refused: S-OPWEAK, S-OPNONE or S-SUPERVISOR.
    """
    _require_strong(password)
    secret = _sealed(books, password)
    with books.store.commit() as connection:
        found = _registered(connection, name)
        if by.name != found.name:
            _require_present_supervisor(connection, by, "operator password")
        new = Operator(found.name, found.title, found.role, secret)
        operators.record(connection, new, now=books.runtime.clock.now_utc())
        _audit(books, connection, "operator.password", name, {}, by.name)


def _sealed(books: Books, password: str) -> str:
    return passwords.sealed(password, books.runtime.random.randbytes(passwords.SALT_BYTES))


def _require_strong(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(words.PASSWORD_WEAK, shortest=SHORTEST_PASSWORD)


def _require_present_supervisor(connection: StoreConnection, by: SignedIn | None, act: str) -> None:
    """Looked up again in the commit of the act: a removed supervisor's earlier sign-in allows nothing any more."""
    if by is None:
        raise Refused(words.SAY_WHO)
    if by.name not in [one.name for one in _supervisors(connection)]:
        raise Refused(words.SUPERVISOR_ONLY, act=act, name=by.name)


def _supervisors(connection: StoreConnection) -> list[Operator]:
    return [one for one in operators.active(connection) if one.role is Role.SUPERVISOR]


def _registered(connection: StoreConnection, name: str) -> Operator:
    found = operators.find(connection, name)
    if found is None:
        raise Refused(words.NOT_REGISTERED, name=name)
    return found


def _note(books: Books, act: str, subject: str) -> None:
    with books.store.commit() as connection:
        _audit(books, connection, act, subject, {}, subject)


def _audit(
    books: Books, connection: StoreConnection, act: str, subject: str, detail: dict[str, object], operator: str
) -> None:
    audit.append(connection, act, subject, detail, now=books.runtime.clock.now_utc(), operator=operator)
