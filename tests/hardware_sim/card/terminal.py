"""A terminal that has all keys of a card: what the bureau could do with it."""

from hardware_sim.card import crypto
from hardware_sim.card.chip import Chip
from hardware_sim.card.crypto import Algorithm
from hardware_sim.card.keys import KeyName, card_key, reference
from hardware_sim.personas import CardData

SELECT_SSSE = "00A404000F7378312E73682EC9E7BBE1B1A3D5CF"
SOURCE = bytes.fromhex("8877665544332211")


def ask(chip: Chip, *commands: str) -> str:
    """The answer to the last of some commands."""
    answer = b""
    for command in commands:
        answer = chip.command(bytes.fromhex(command))
    return answer.hex().upper()


class Terminal:
    """Computes with the issuer's keys, apart from the card."""

    def __init__(self, chip: Chip, card: CardData) -> None:
        self.chip = chip
        self._city = card.identification_code[:6]
        self._factor = card.atr[-8:]
        self.algorithm = Algorithm.SM4 if card.version.startswith("3") else Algorithm.DES

    def ask(self, *commands: str) -> str:
        """The answer to the last of some commands."""
        return ask(self.chip, *commands)

    def key(self, name: KeyName) -> bytes:
        """The card's key."""
        return card_key(name, self.algorithm, self._city, self._factor)

    def challenge(self, length: int = 8) -> bytes:
        """A random number of the card."""
        return bytes.fromhex(self.ask(f"00840000{length:02X}"))[:-2]

    def proof(self, name: KeyName, factor: bytes, source: bytes = SOURCE) -> bytes:
        """What proves that somebody has the key."""
        session = crypto.session_key(self.algorithm, self.key(name), factor)
        return crypto.authentication_value(self.algorithm, session, source)

    def authenticate(self, name: KeyName, number: int | None = None) -> str:
        """External authentication with this key, in truth or under another's number."""
        value = self.proof(name, self.challenge())
        p2 = reference(name) if number is None else number
        return self.ask(f"008200{p2:02X}10{value.hex()}{SOURCE.hex()}")

    def fail(self, number: int) -> str:
        """External authentication with a value that is wrong."""
        self.challenge()
        return self.ask(f"008200{number:02X}10" + "00" * 8 + SOURCE.hex())

    def secured(self, header: str, name: KeyName, data: bytes = b"", *, hidden: bytes | None = None) -> str:
        """A command with its MAC, and with data that only the card can read."""
        session = crypto.session_key(self.algorithm, self.key(name), self.challenge())
        if hidden is not None:
            data = crypto.enciphered(self.algorithm, session, hidden)
        whole = bytes.fromhex(header) + bytes((len(data) + crypto.MAC_LENGTH,)) + data
        return self.ask((whole + crypto.mac(self.algorithm, session, whole)).hex())
