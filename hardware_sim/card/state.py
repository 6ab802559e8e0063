"""What a chip is at one moment: what lasts in it, and what it remembers only while it has power."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hardware_sim.card import crypto
from hardware_sim.card.access import PIN, Rule
from hardware_sim.card.crypto import Algorithm
from hardware_sim.card.files import Directory, File, short_id
from hardware_sim.card.keys import KeyName
from hardware_sim.card.pin import Pin
from hardware_sim.card.status import (
    FILE_NOT_FOUND,
    KEY_NOT_FOUND,
    LOCKED,
    NO_CURRENT_FILE,
    REFERENCE_UNUSABLE,
    SECURE_MESSAGE_WRONG,
    SECURITY_NOT_SATISFIED,
    WRONG_LENGTH,
    Refusal,
    right_length,
    tries_left,
)

_OF_THIS_DIRECTORY = 0x80  # in the number of a key: it is the current directory's own


@dataclass(frozen=True, slots=True)
class Command:
    """One command: header, the third parameter (a length), and the data that came with it."""

    header: bytes
    p3: int
    data: bytes = b""

    @property
    def p1(self) -> int:
        """The first parameter."""
        return self.header[2]

    @property
    def p2(self) -> int:
        """The second parameter."""
        return self.header[3]


@dataclass(slots=True)
class KeyRing:
    """The keys of one card and the tries that are left with each: a counter each, apart from the PIN's."""

    value_of: Callable[[KeyName], bytes]
    algorithm: Algorithm
    tries: int = 3
    left: dict[KeyName, int] = field(default_factory=dict)
    """Only of keys whose counter is not full."""

    def usable(self, key: KeyName) -> None:
        """Refuses with 6983 when the key is locked."""
        if not self.left.get(key, self.tries):
            raise Refusal(LOCKED)

    def failed(self, key: KeyName) -> int:
        """Takes one try off and gives what is left."""
        self.left[key] = max(0, self.left.get(key, self.tries) - 1)
        return self.left[key]

    def session_key(self, key: KeyName, factor: bytes) -> bytes:
        """The key of one command."""
        return crypto.session_key(self.algorithm, self.value_of(key), factor)

    def authentication_value(self, key: KeyName, factor: bytes, source: bytes) -> bytes:
        """What proves that somebody has the key: 8 bytes."""
        return crypto.authentication_value(self.algorithm, self.session_key(key, factor), source)


class CardState:
    """Files, keys and the session of one chip."""

    def __init__(self, root: Directory, keys: KeyRing, *, blocked: bool, whole_answers: bool) -> None:
        self.root = root
        self.keys = keys
        self.blocked = blocked
        self.whole_answers = whole_answers
        """Whether the card gives any answer at once and cuts it to length (T=1), instead of naming the length."""
        self.directory = root
        self.file: File | None = None
        self.pointer: int | None = None
        self.challenge: bytes | None = None
        """The last number that was given out, until it is used up."""
        self._shown: set[str] = set()

    def power_on(self) -> None:
        """Forgets the session before."""
        self.interrupt()
        self.directory, self.file, self.pointer, self.challenge = self.root, None, None, None
        self._shown = set()

    @property
    def path(self) -> list[Directory]:
        """From the root to the current directory."""
        return self.root.path_to(self.directory)

    @property
    def application_blocked(self) -> bool:
        """Whether the current directory, or one above it, is shut for ever."""
        return any(directory.blocked for directory in self.path)

    def enter(self, directory: Directory) -> None:
        """Makes a directory the current one; only the PIN stays shown when it is another than before."""
        if directory is not self.directory:
            self.interrupt()
            self.challenge = None
            self._shown &= {PIN}
        self.directory, self.file, self.pointer = directory, None, None

    def interrupt(self) -> None:
        """Something else than the purse's next command comes: a transaction that was begun is off."""
        if self.directory.purse is not None:
            self.directory.purse.interrupt()

    def choose(self, short: int) -> File:
        """The file of a short identifier, which becomes the current one; 0 means the current one.

        Raises:
            Refusal: no such file, or no current one.
        """
        if short:
            self.file = next((file for file in self.directory.files if short_id(file) == short), None)
            self.pointer = None
            if self.file is None:
                raise Refusal(FILE_NOT_FOUND)
        if self.file is None:
            raise Refusal(NO_CURRENT_FILE)
        return self.file

    @property
    def pin(self) -> Pin | None:
        """The PIN that counts here."""
        return next((directory.pin for directory in reversed(self.path) if directory.pin is not None), None)

    @property
    def pin_given(self) -> bool:
        """Whether the PIN was shown. OUR ASSUMPTION: where none is set, none is needed."""
        return PIN in self._shown or (self.pin is not None and not self.pin.is_set)

    def require(self, rule: Rule) -> None:
        """Refuses with 6982 what the rule does not allow now."""
        if not rule.allows(self._shown | ({PIN} if self.pin_given else set())):
            raise Refusal(SECURITY_NOT_SATISFIED)

    def show(self, credential: str) -> None:
        """Remembers that a key or the PIN was shown."""
        self._shown.add(credential)

    def is_shown(self, key: KeyName) -> bool:
        """Whether that key was shown."""
        return key in self._shown

    def withdraw(self, credential: str) -> None:
        """Forgets that it was."""
        self._shown.discard(credential)

    def key(self, number: int) -> KeyName:
        """The key of a number; 6A88 where there is none. One of the directory itself is looked for only there."""
        for directory in reversed(self.path[-1:] if number & _OF_THIS_DIRECTORY else self.path):
            if number in directory.keys:
                return directory.keys[number]
        raise Refusal(KEY_NOT_FOUND)

    def own_key(self, prefix: str) -> KeyName:
        """The key of the current directory whose name begins so (its maintenance key, its lock key); else 6A88."""
        for key in self.directory.keys.values():
            if key.startswith(prefix):
                return key
        raise Refusal(KEY_NOT_FOUND)

    def take_challenge(self) -> bytes:
        """The number that was given out last, which is used up by this; 6984 where there is none."""
        challenge, self.challenge = self.challenge, None
        if challenge is None:
            raise Refusal(REFERENCE_UNUSABLE)
        return challenge

    def authenticate(self, key: KeyName, value: bytes, source: bytes) -> None:
        """Checks a terminal's proof of a key over the last challenge; a wrong one costs one of the key's tries.

        Raises:
            Refusal: 6983 locked, 6984 no challenge is out, 63Cx wrong.
        """
        self.keys.usable(key)
        expected = self.keys.authentication_value(key, self.take_challenge(), source)
        if value != expected:
            self.withdraw(key)
            raise Refusal(tries_left(self.keys.failed(key)))
        self.keys.left.pop(key, None)
        self.show(key)

    def secured(self, command: Command) -> tuple[bytes, bytes]:
        """The data of a command whose MAC is right, and the session key it was made with.

        Raises:
            Refusal: 6700 no room for a MAC, 6A88 no maintenance key, 6984 no challenge is out, 6988 wrong MAC.
        """
        if len(command.data) < crypto.MAC_LENGTH:
            raise Refusal(WRONG_LENGTH)
        maintenance = self.own_key("STK")
        session_key = self.keys.session_key(maintenance, self.take_challenge())
        data, mac = command.data[: -crypto.MAC_LENGTH], command.data[-crypto.MAC_LENGTH :]
        protected = command.header + bytes((command.p3,)) + data
        if crypto.mac(self.keys.algorithm, session_key, protected) != mac:
            raise Refusal(SECURE_MESSAGE_WRONG)
        return data, session_key

    def measured(self, data: bytes, length: int) -> bytes:
        """The answer at the length that was asked for; a T=0 card names the right length instead of cutting."""
        if self.whole_answers:
            return data[: length or None]
        if len(data) != length:
            raise Refusal(right_length(len(data)))
        return data
