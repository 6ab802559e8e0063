"""Searches what a program left behind for what it should have kept to itself, in every dress that it may wear there.

A secret is looked for as text, as digits packed into bytes as a card takes them, in the encodings of Chinese, and each
of these as raw bytes, hexadecimal, decimal numbers, base64 and as Python or JSON would escape them; also with blanks,
dashes and the like between its characters.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

#: Shorter secrets are found by chance.
LEAST_BYTES: Final = 4
_ENCODINGS: Final = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_BETWEEN: Final = b" \t\r\n-:,.;_/|'\"[](){}"
_HEX_PREFIXES: Final = (b"0x", rb"\x")
_BASE64_URL: Final = bytes.maketrans(b"+/", b"-_")


@cache
def traces(secret: str) -> Mapping[str, bytes]:
    """All the ways in which a secret can stand somewhere, by what they are called.

    Raises:
        ValueError: it is so short that it would be found by chance.
    """
    found: dict[str, bytes] = {}
    for name, raw in _encoded(secret).items():
        for form, trace in traces_of_bytes(raw).items():
            found[f"{name}, {form}"] = trace
    found["JSON"] = json.dumps(secret).strip('"').encode()
    return found


@cache
def traces_of_bytes(secret: bytes) -> Mapping[str, bytes]:
    """All the ways in which secret bytes, such as a key, can stand somewhere.

    Raises:
        ValueError: there are so few that they would be found by chance.
    """
    if len(secret) < LEAST_BYTES:
        raise ValueError(f"{len(secret)} bytes are found by chance")
    found = {
        "bytes": secret,
        "hex": secret.hex().encode(),
        "numbers": ",".join(map(str, secret)).encode(),
        "repr": repr(secret)[2:-1].encode(),
        "repr of an array": repr(bytearray(secret))[12:-2].encode(),
    }
    for shift in range(3):
        found[f"base64 +{shift}"] = aligned = _base64(secret, shift)
        found[f"base64 of URLs +{shift}"] = aligned.translate(_BASE64_URL)
    return found


def revealed(told: str | bytes, secrets: Iterable[str] = (), keys: Iterable[bytes] = ()) -> list[str]:
    """Which traces of which secrets stand in what was told; the secrets themselves are not repeated."""
    views = _views(told.encode("utf-8", "surrogatepass") if isinstance(told, str) else told)
    forms = [traces(secret) for secret in secrets] + [traces_of_bytes(key) for key in keys]
    return [f"secret {number}: {name}" for number, form in enumerate(forms) for name in _seen(form, views)]


def assert_silent(told: str | bytes, secrets: Iterable[str] = (), keys: Iterable[bytes] = ()) -> None:
    """Nothing that was told holds a trace of a secret."""
    found = revealed(told, secrets, keys)
    assert not found, f"{', '.join(found)} in {told[:2000]!r}"


def assert_folder_silent(folder: Path, secrets: Iterable[str] = (), keys: Iterable[bytes] = ()) -> int:
    """No file below a folder holds a trace of a secret, nor does its name; how many files were looked at."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    for file in files:
        found = revealed(file.name, secrets, keys) + revealed(file.read_bytes(), secrets, keys)
        assert not found, f"{', '.join(found)} in {file.relative_to(folder)}"
    return len(files)


def windows(secret: str, length: int) -> list[str]:
    """All pieces of a secret of one length: what a half of it would show."""
    return [secret[at : at + length] for at in range(len(secret) - length + 1)]


def _encoded(secret: str) -> dict[str, bytes]:
    encoded = {name: secret.encode(name) for name in _ENCODINGS}
    if secret.isascii() and secret.isdigit():
        for name, packed in _packed(secret).items():
            if len(packed) >= LEAST_BYTES:
                encoded[name] = packed
    distinct = {raw: name for name, raw in reversed(encoded.items())}
    return {name: raw for raw, name in distinct.items()}


def _packed(digits: str) -> Mapping[str, bytes]:
    """Two digits a byte, as a card takes them or with its halves exchanged; an odd one filled up in front or behind."""
    odd = len(digits) % 2
    fillings = {
        "BCD": digits + "F" * odd,
        "BCD filled with 0": digits + "0" * odd,
        "BCD to the right": "0" * odd + digits,
    }
    found = {name: bytes.fromhex(filled) for name, filled in fillings.items()}
    found |= {
        f"{name}, swapped": bytes(byte >> 4 | (byte & 0x0F) << 4 for byte in packed)
        for name, packed in list(found.items())
    }
    if odd:  # the halves of bytes that begin or end with something else
        found |= {
            "BCD without its last": bytes.fromhex(digits[:-1]),
            "BCD without its first": bytes.fromhex(digits[1:]),
        }
    return found


def _base64(secret: bytes, shift: int) -> bytes:
    """What is the same of a secret's base64 wherever it begins: without the characters that its neighbours change."""
    whole = b64encode(bytes(shift) + secret)
    first = (0, 2, 3)[shift]
    end = (shift + len(secret)) * 8 // 6
    return whole[first:end]


def _views(told: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """As it is; without what breaks lines; in small letters; and with nothing between characters."""
    lower = told.lower()
    squeezed = lower
    for prefix in _HEX_PREFIXES:
        squeezed = squeezed.replace(prefix, b"")
    return told, told.translate(None, b" \r\n"), lower, squeezed.translate(None, _BETWEEN)


def _seen(forms: Mapping[str, bytes], views: tuple[bytes, bytes, bytes, bytes]) -> Iterator[str]:
    for name, trace in forms.items():
        if any(part in view for part, view in zip(_parts(name, trace), views, strict=False)):
            yield name


def _parts(name: str, trace: bytes) -> Iterator[bytes]:
    """What is to be looked for in each of the views; small and capital letters are not the same in base64."""
    yield trace
    yield trace
    if "base64" in name:
        return
    small = trace.lower()
    yield small
    between = small.translate(None, _BETWEEN)
    if "numbers" not in name and len(between) >= LEAST_BYTES:
        yield between
