"""The copy of the store's key for the safe: a small text file that a passphrase seals, and its proof at home.

The file is TOML: scrypt (RFC 7914) makes a key of the passphrase, AES-256-GCM seals the store's key with everything
else in the file as associated data. ``fingerprint`` is SM3 over the key: it tells whether a sealed key is the one that
opened a store, without the passphrase. The key is 256 random bits, so a fingerprint gives nothing away.
"""

import base64
import binascii
import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import simplejson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SM3, Hash
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from pos_client.errors import EnvironmentProblem, Refused, Words
from pos_client.offline.instants import instant_of, text_of
from pos_client.offline.key import KEY_BYTES

PASSPHRASE_WEAK = Words(
    "D-PHRASE",
    "托管口令太短，至少 {shortest} 个字符；没有写出密钥副本。请用几个词组成的长口令，和副本分开保管。",
    "The passphrase is too short, at least {shortest} characters; no copy of the key was written. Use a long one of "
    "several words and keep it apart from the copy.",
)
ESCROW_EXISTS = Words(
    "D-ESC-THERE",
    "{file} 已经存在，没有覆盖，没有写出密钥副本。请换一个文件名。",
    "{file} already exists and was not overwritten; no copy of the key was written. Choose another name.",
)
ESCROW_UNUSABLE = Words(
    "D-ESC-FILE",
    "密钥副本 {file} 读写不了或不是密钥副本（{why}），什么也没有改变。请换保险柜里的另一份，或重新运行 backup escrow。",
    "The copy of the key {file} cannot be read or written, or is none ({why}); nothing was changed. Take another copy "
    "from the safe, or run backup escrow again.",
)
PASSPHRASE_WRONG = Words(
    "D-ESC-PHRASE",
    "口令打不开密钥副本 {file}（口令不对，或文件被改过），什么也没有改变。请重新输入，或换另一份副本。",
    "The passphrase does not open the copy of the key {file} (wrong, or the file was changed); nothing was changed. "
    "Type it again, or take another copy.",
)
OTHER_KEY = Words(
    "D-ESC-OTHER",
    "{file} 里的密钥不是这个数据库的，什么也没有改变。请找出这个窗口自己的副本，或重新运行 backup escrow。",
    "The key in {file} is not the one of this database; nothing was changed. Find this desk's own copy, or run backup "
    "escrow again.",
)

SHORTEST_PASSPHRASE = 12
SALT_BYTES = 16
NONCE_BYTES = 12
COST, BLOCK, PARALLEL = 2**17, 8, 1  # 128 MB, about half a second for each guess
_COSTS = frozenset(2**power for power in range(14, 21))  # what a file may ask for, up to 1 GB
_INSTRUCTION = """\
# pos-client 数据库密钥副本（请放进保险柜，口令另行保管）
# 恢复：用安装了 pos-client 的机器运行  pos-client backup restore 备份文件 --escrow 本文件
# A copy of the key of a pos-client database. Keep it in the safe and the passphrase elsewhere.
# To restore:  pos-client backup restore BACKUP --escrow THIS-FILE
"""


@dataclass(frozen=True, slots=True)
class Escrow:
    """A sealed key: whose it is, when it was sealed, and the fingerprint that recognises it."""

    owner: str
    made_at: datetime
    fingerprint: str
    cost: int
    salt: bytes
    nonce: bytes
    sealed: bytes

    def text(self) -> str:
        """The file."""
        return f'{_INSTRUCTION}{_facts(self)}sealed = "{_base64(self.sealed)}"\n'


def fingerprint(key: bytes) -> str:
    """What recognises a key and gives nothing of it away."""
    digest = Hash(SM3())
    digest.update(b"pos-client key" + key)
    return digest.finalize().hex()


def seal(
    key: bytes, passphrase: str, *, owner: str, now: datetime, random_bytes: Callable[[int], bytes], cost: int = COST
) -> Escrow:
    """Seals a key.

    Raises:
        Refused: D-PHRASE, the passphrase is too short.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Refused(PASSPHRASE_WEAK, shortest=SHORTEST_PASSPHRASE)
    salt, nonce = random_bytes(SALT_BYTES), random_bytes(NONCE_BYTES)
    made_at = instant_of(text_of(now))
    facts = Escrow(owner, made_at, fingerprint(key), cost, salt, nonce, b"")
    sealed = _cipher(facts, passphrase).encrypt(nonce, key, _facts(facts).encode())
    return Escrow(owner, made_at, facts.fingerprint, cost, salt, nonce, sealed)


def unseal(escrow: Escrow, passphrase: str, file: Path) -> bytes:
    """The key; ``file`` is where the escrow came from, for the sentence.

    Raises:
        Refused: D-ESC-PHRASE.
    """
    try:
        key = _cipher(escrow, passphrase).decrypt(escrow.nonce, escrow.sealed, _facts(escrow).encode())
    except InvalidTag:
        raise Refused(PASSPHRASE_WRONG, file=file) from None
    assert fingerprint(key) == escrow.fingerprint, "the fingerprint is sealed with the key"
    return key


def write(escrow: Escrow, file: Path) -> None:
    """Writes the copy as a new file that only its user may read.

    Raises:
        Refused: D-ESC-THERE.
        EnvironmentProblem: D-ESC-FILE.
    """
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(escrow.text())
            stream.flush()
            os.fsync(stream.fileno())
    except FileExistsError:
        raise Refused(ESCROW_EXISTS, file=file) from None
    except OSError as error:
        raise EnvironmentProblem(ESCROW_UNUSABLE, file=file, why=error.strerror or error) from error


def read(file: Path) -> Escrow:
    """Reads a copy.

    Raises:
        EnvironmentProblem: D-ESC-FILE, it cannot be read or is no such copy.
    """
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        if table["form"] != 1:
            raise ValueError("form")
        cost, block, parallel = table["scrypt"]
        if cost not in _COSTS or (block, parallel) != (BLOCK, PARALLEL):
            raise ValueError("scrypt")
        nonce = base64.b64decode(table["nonce"], validate=True)
        if len(nonce) != NONCE_BYTES:
            raise ValueError("nonce")
        return Escrow(
            owner=str(table["owner"]),
            made_at=instant_of(str(table["made_at"])),
            fingerprint=str(table["fingerprint"]),
            cost=cost,
            salt=base64.b64decode(table["salt"], validate=True),
            nonce=nonce,
            sealed=base64.b64decode(table["sealed"], validate=True),
        )
    except OSError as error:
        raise EnvironmentProblem(ESCROW_UNUSABLE, file=file, why=error.strerror or error) from error
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise EnvironmentProblem(ESCROW_UNUSABLE, file=file, why=type(error).__name__) from error


def _facts(escrow: Escrow) -> str:
    """All but what is sealed; a change of any of it shows when the key is unsealed."""
    return "\n".join(
        (
            "form = 1",
            f"owner = {simplejson.dumps(escrow.owner)}",
            f'made_at = "{text_of(escrow.made_at)}"',
            f'fingerprint = "{escrow.fingerprint}"',
            f"scrypt = [{escrow.cost}, {BLOCK}, {PARALLEL}]",
            f'salt = "{_base64(escrow.salt)}"',
            f'nonce = "{_base64(escrow.nonce)}"',
            "",
        )
    )


def _cipher(escrow: Escrow, passphrase: str) -> AESGCM:
    kdf = Scrypt(salt=escrow.salt, length=KEY_BYTES, n=escrow.cost, r=BLOCK, p=PARALLEL)
    return AESGCM(kdf.derive(passphrase.encode()))


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")
