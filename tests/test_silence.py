"""The searcher finds a secret in every dress, and does not cry out at what is only near."""

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.silence import assert_folder_silent, assert_silent, revealed, traces, traces_of_bytes, windows

NUMBER = "439999198307165829"
ODD = "7491836205183"
NAME = "欧阳修竹"
KEY = bytes.fromhex("8D1F60B2C7E3954A0B7716D2E8A93C54")

BEFORE, AFTER = b"\x7f some words 42 ", b" and more\n"


def swapped(digits: str) -> bytes:
    return bytes.fromhex("".join(digits[at + 1] + digits[at] for at in range(0, len(digits), 2)))


DRESSES: dict[str, Callable[[str], bytes]] = {
    "text": lambda secret: secret.encode(),
    "upper hex": lambda secret: secret.encode().hex().upper().encode(),
    "hex with blanks": lambda secret: secret.encode().hex(" ").encode(),
    "hex with colons": lambda secret: secret.encode().hex(":").upper().encode(),
    "a list of hex": lambda secret: str([hex(byte) for byte in secret.encode()]).encode(),
    "a list of numbers": lambda secret: str(list(secret.encode("gb18030"))).encode(),
    "GB18030": lambda secret: secret.encode("gb18030"),
    "hex of GB18030": lambda secret: secret.encode("gb18030").hex().encode(),
    "repr of GB18030": lambda secret: repr(secret.encode("gb18030")).encode(),
    "repr of a bytearray": lambda secret: repr(bytearray(secret, "gb18030")).encode(),
    "UTF-16": lambda secret: secret.encode("utf-16"),
    "hex of UTF-16": lambda secret: secret.encode("utf-16-be").hex().upper().encode(),
    "JSON": lambda secret: json.dumps({"a": secret}).encode(),
    "JSON within JSON": lambda secret: json.dumps(json.dumps({"a": secret}, ensure_ascii=False)).encode(),
    "base64": lambda secret: base64.b64encode(secret.encode()),
    "base64 of GB18030 after one byte": lambda secret: base64.b64encode(b"\xff" + secret.encode("gb18030") + b"rest"),
    "base64 after two bytes": lambda secret: base64.b64encode(b"\xfa\xfb" + secret.encode() + b"!"),
    "base64 of URLs": lambda secret: base64.urlsafe_b64encode(b"\xff\xfe" + secret.encode("utf-16-le")),
    "base64 in short lines": lambda secret: base64.encodebytes(bytes(70) + secret.encode()),
    "blanks between": lambda secret: " ".join(secret).encode(),
    "dashes between": lambda secret: "-".join(windows(secret, 1)).encode(),
    "groups of four": lambda secret: " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)).encode(),
}
PACKED: dict[str, Callable[[str], bytes]] = {
    "BCD": lambda digits: bytes.fromhex(digits + "F" * (len(digits) % 2)),
    "BCD in hex": lambda digits: bytes.fromhex(digits + "F" * (len(digits) % 2)).hex(" ").upper().encode(),
    "a command with BCD": lambda digits: ("0020000009" + digits + "F" * (len(digits) % 2)).encode(),
    "BCD filled with 0": lambda digits: bytes.fromhex(digits + "0" * (len(digits) % 2)),
    "BCD to the right": lambda digits: bytes.fromhex("0" * (len(digits) % 2) + digits),
    "swapped": lambda digits: swapped(digits + "F" * (len(digits) % 2)),
    "swapped in hex": lambda digits: swapped(digits + "F" * (len(digits) % 2)).hex().encode(),
    "base64 of BCD": lambda digits: base64.b64encode(b"\x00\x20" + bytes.fromhex(digits + "F" * (len(digits) % 2))),
    "numbers of BCD": lambda digits: str(list(bytes.fromhex(digits + "F" * (len(digits) % 2)))).encode(),
    "repr of BCD": lambda digits: repr(bytes.fromhex(digits + "F" * (len(digits) % 2))).encode(),
    "the end of another number": lambda digits: bytes.fromhex("9" * (2 - len(digits) % 2) + digits),
}


@pytest.mark.parametrize("secret", [NUMBER, ODD, NAME], ids=["number", "odd number", "name"])
@pytest.mark.parametrize("dress", DRESSES)
def test_a_secret_is_seen_in_every_dress(dress: str, secret: str) -> None:
    assert revealed(BEFORE + DRESSES[dress](secret) + AFTER, [secret])


@pytest.mark.parametrize("digits", [NUMBER, ODD, "74918362"])
@pytest.mark.parametrize("dress", PACKED)
def test_digits_are_seen_as_a_card_takes_them(dress: str, digits: str) -> None:
    assert revealed(BEFORE + PACKED[dress](digits) + AFTER, [digits])


def test_small_and_capital_letters_are_the_same() -> None:
    assert revealed("j48271963", ["J48271963"])
    assert revealed("J48271963", ["j48271963"])


@pytest.mark.parametrize(
    "text", [KEY.hex(), KEY.hex(" ").upper(), str(list(KEY)), repr(KEY), base64.b64encode(KEY).decode()]
)
def test_a_key_is_seen(text: str) -> None:
    assert revealed(f"… {text} …", keys=[KEY])


def test_what_is_too_short_cannot_be_looked_for() -> None:
    with pytest.raises(ValueError, match="by chance"):
        traces("A7Q")
    with pytest.raises(ValueError, match="by chance"):
        traces_of_bytes(b"\x01\x02\x03")


@given(st.binary(max_size=20), st.binary(max_size=20))
def test_base64_is_seen_whatever_stands_around_it(before: bytes, after: bytes) -> None:
    assert revealed(base64.b64encode(before + KEY + after), keys=[KEY])
    assert revealed(base64.urlsafe_b64encode(before + NAME.encode() + after), [NAME])


@pytest.mark.parametrize(
    "told",
    [
        b"",
        BEFORE + AFTER,
        b"439999********5829",
        "欧***".encode(),
        b"4399 and far away 991983 and 07165829",
        KEY[1:] + KEY[:1],
        b"2026-11-21T12:00:00.123 0012 00A404000F 611E",
    ],
)
def test_what_is_only_near_is_no_secret(told: bytes) -> None:
    assert revealed(told, [NUMBER, ODD, NAME], [KEY]) == []


def test_what_is_found_is_told_by_its_dress_and_place(tmp_path: Path) -> None:
    assert revealed(NUMBER, [NAME, NUMBER])[0].startswith("secret 1: ")
    with pytest.raises(AssertionError, match="utf-8, bytes"):
        assert_silent(f"… {NUMBER} …", [NUMBER])
    (tmp_path / "logs").mkdir()
    file = tmp_path / "logs" / "problems.jsonl"
    file.write_text("nothing", encoding="utf-8")
    assert assert_folder_silent(tmp_path, [NUMBER], [KEY]) == 1
    file.write_bytes(b"\x00" + KEY)
    with pytest.raises(AssertionError, match=r"bytes in logs.problems\.jsonl"):
        assert_folder_silent(tmp_path, [NUMBER], [KEY])
    file.rename(tmp_path / f"{NUMBER}.txt")
    with pytest.raises(AssertionError, match=r"utf-8, bytes.*in 43"):
        assert_folder_silent(tmp_path, [NUMBER])


def test_pieces() -> None:
    assert windows("ABCD", 3) == ["ABC", "BCD"]
