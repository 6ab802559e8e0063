"""Detached signatures of policy files, and the keys that the institution trusts for them.

A signature is Ed25519 (RFC 8032) over the file's bytes, kept beside the file as base64 in ``<file>.sig``. The trusted
public keys are PEM files in the home. Both are what ``openssl pkeyutl -sign -rawin`` and ``openssl genpkey`` make.
"""

import base64
import binascii
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from pos_client.errors import EnvironmentProblem, Refused, Words
from pos_client.runtime import Runtime

PUBLIC_KEY_UNUSABLE = Words(
    "POL-41",
    "{file} 不是 Ed25519 公钥，没有采用，机构自己的政策暂时不能启用。请换成政策签发人的公钥文件（PEM）。",
    "{file} is no Ed25519 public key and is not used; until it is replaced, no policy of the institution's own is in "
    "force. Put the signer's public key (PEM) there.",
)
PRIVATE_KEY_UNUSABLE = Words(
    "POL-42",
    "{file} 不是没有口令的 Ed25519 私钥，没有签名。请用 policy key 生成一对，或选对文件。",
    "{file} is no Ed25519 private key without a password, so nothing was signed. Make a pair with policy key, or "
    "choose the right file.",
)
ALREADY_THERE = Words(
    "POL-43",
    "{file} 已经存在，没有覆盖，什么也没有改变。请换一个文件名。",
    "{file} already exists and was not overwritten; nothing was changed. Choose another name.",
)
KEY_FILE_FAILED = Words(
    "POL-44",
    "{file} 读写不了（{why}），什么也没有改变。请检查文件夹和权限。",
    "{file} cannot be read or written ({why}); nothing was changed. Check the folder and its permissions.",
)

SEED_BYTES = 32


def signature_file(file: Path) -> Path:
    """Where the signature of a policy file stands."""
    return file.with_name(f"{file.name}.sig")


class TrustedKeys:
    """The public keys of one folder, each by the name of its file."""

    def __init__(self, keys: Mapping[str, Ed25519PublicKey]) -> None:
        self._keys = keys

    @classmethod
    def read(cls, folder: Path) -> "TrustedKeys":
        """The keys in a folder's ``*.pem``; none where there is no such folder.

        Raises:
            EnvironmentProblem: POL-41, a file is no such key; POL-44, it cannot be read.
        """
        return cls({file.stem: _public_key(file) for file in sorted(folder.glob("*.pem"))})

    def signer(self, content: bytes, signature_text: bytes) -> str | None:
        """The name of the trusted key that signed exactly this content, or None when none did."""
        try:
            signature = base64.b64decode(b"".join(signature_text.split()), validate=True)
        except binascii.Error:
            return None
        return next((name for name, key in self._keys.items() if _verifies(key, signature, content)), None)


def _verifies(key: Ed25519PublicKey, signature: bytes, content: bytes) -> bool:
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def sign_file(file: Path, key_file: Path) -> Path:
    """Signs a file and writes the signature beside it; returns where.

    Raises:
        EnvironmentProblem: POL-42, the key cannot be used; POL-44, a file cannot be read or written.
    """
    try:
        key = load_pem_private_key(_content(key_file), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise EnvironmentProblem(PRIVATE_KEY_UNUSABLE, file=key_file) from None  # its text may quote the key
    if not isinstance(key, Ed25519PrivateKey):
        raise EnvironmentProblem(PRIVATE_KEY_UNUSABLE, file=key_file)
    signature = base64.b64encode(key.sign(_content(file))) + b"\n"
    target = signature_file(file)
    try:
        draft = target.with_name(f"{target.name}.new")
        draft.write_bytes(signature)
        draft.replace(target)
    except OSError as error:
        raise _failed(target, error) from error
    return target


def make_key_pair(file: Path, runtime: Runtime) -> Path:
    """Writes a new private key, readable by its user only, and beside it the public key; returns where that is.

    Raises:
        Refused: POL-43, one of the two files is already there.
        EnvironmentProblem: POL-44, a file cannot be written.
    """
    public_file = file.with_name(f"{file.stem}.pub.pem")
    if public_file.exists():
        raise Refused(ALREADY_THERE, file=public_file)
    key = Ed25519PrivateKey.from_private_bytes(runtime.random.randbytes(SEED_BYTES))
    _write_new(file, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), mode=0o600)
    _write_new(public_file, _pem(key.public_key()), mode=0o644)
    return public_file


def trust_key(file: Path, folder: Path) -> str:
    """Puts a public key among the trusted ones; returns its fingerprint. The same key again changes nothing.

    Raises:
        Refused: POL-43, another key is trusted under that name.
        EnvironmentProblem: POL-41, the file is no such key; POL-44, a file cannot be read or written.
    """
    key = _public_key(file)
    target = folder / f"{file.name.removesuffix('.pem').removesuffix('.pub')}.pem"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _failed(folder, error) from error
    if not (target.exists() and _pem(_public_key(target)) == _pem(key)):
        _write_new(target, _pem(key), mode=0o644)
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()


def _public_key(file: Path) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(_content(file))
    except (ValueError, UnsupportedAlgorithm):
        raise EnvironmentProblem(PUBLIC_KEY_UNUSABLE, file=file) from None
    if not isinstance(key, Ed25519PublicKey):
        raise EnvironmentProblem(PUBLIC_KEY_UNUSABLE, file=file)
    return key


def _pem(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise _failed(file, error) from error


def _write_new(file: Path, content: bytes, *, mode: int) -> None:
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
    except FileExistsError:
        raise Refused(ALREADY_THERE, file=file) from None
    except OSError as error:
        raise _failed(file, error) from error


def _failed(file: Path, error: OSError) -> EnvironmentProblem:
    return EnvironmentProblem(KEY_FILE_FAILED, {"errno": error.errno}, file=file, why=error.strerror or error)
