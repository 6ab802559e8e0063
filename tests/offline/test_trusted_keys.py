"""Signatures of policy files: only a trusted key, only these very bytes, and the same as OpenSSL makes."""

import base64
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from pos_client.errors import EnvironmentProblem, Refused
from pos_client.offline.trusted_keys import TrustedKeys, make_key_pair, sign_file, signature_file, trust_key
from tests.virtual import virtual_runtime

# Made with: openssl pkeyutl -sign -rawin -inkey KEY -in FILE | base64
OPENSSL_CONTENT = b"schema = 1\n"
OPENSSL_PUBLIC = """-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEADRZACMIpgLWvjLB0wqbkxoyYvW8JYUbiW6VBsEl5sys=
-----END PUBLIC KEY-----
"""
OPENSSL_SIGNATURE = b"WKzRKxg2GXVCyRSG8WJLdlNr3SyMfMAftRYpaGxzzVH2ahlhOLAtR4yb2YGz8xNc/jDRNzOqho9j\nDge9VCjzBQ==\n"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    file = tmp_path / "signer.pem"
    make_key_pair(file, virtual_runtime())
    return file


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    file = tmp_path / "2027-01-01.toml"
    file.write_bytes(b"schema = 1\r\n# \xe5\xb9\xb4\n")
    return file


def trusted(key: Path, folder: Path) -> TrustedKeys:
    trust_key(key.with_name("signer.pub.pem"), folder / "trusted")
    return TrustedKeys.read(folder / "trusted")


def signed(policy: Path, key: Path) -> bytes:
    return sign_file(policy, key).read_bytes()


def test_a_signed_file_names_its_signer(tmp_path: Path, key: Path, policy: Path) -> None:
    keys = trusted(key, tmp_path)
    assert keys.signer(policy.read_bytes(), signed(policy, key)) == "signer"
    assert signature_file(policy).name == "2027-01-01.toml.sig"


def test_one_other_byte_and_nobody_signed_it(tmp_path: Path, key: Path, policy: Path) -> None:
    keys, signature = trusted(key, tmp_path), signed(policy, key)
    assert keys.signer(policy.read_bytes() + b" ", signature) is None


def test_a_key_that_is_not_trusted_counts_as_nobody(tmp_path: Path, key: Path, policy: Path) -> None:
    other = tmp_path / "other.pem"
    make_key_pair(other, virtual_runtime(seed=2))
    assert trusted(key, tmp_path).signer(policy.read_bytes(), signed(policy, other)) is None


@pytest.mark.parametrize("text", [b"", b"not base64!", b"AAAA", base64.b64encode(bytes(64)), b"\xff"])
def test_what_is_no_signature_counts_as_none(tmp_path: Path, key: Path, text: bytes) -> None:
    assert trusted(key, tmp_path).signer(b"x", text) is None


def test_without_a_folder_of_keys_nobody_is_trusted(tmp_path: Path, key: Path, policy: Path) -> None:
    assert TrustedKeys.read(tmp_path / "none").signer(policy.read_bytes(), signed(policy, key)) is None


def test_the_private_key_is_for_its_user_only_and_never_overwritten(key: Path) -> None:
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_bytes()
    with pytest.raises(Refused) as caught:
        make_key_pair(key, virtual_runtime(seed=2))
    assert caught.value.code == "POL-43"
    assert key.read_bytes() == before


def test_a_private_key_without_its_public_file_is_not_overwritten_either(key: Path) -> None:
    key.with_name("signer.pub.pem").unlink()
    before = key.read_bytes()
    with pytest.raises(Refused):
        make_key_pair(key, virtual_runtime(seed=2))
    assert key.read_bytes() == before


def test_trusting_the_same_key_again_changes_nothing_and_another_of_its_name_is_refused(
    tmp_path: Path, key: Path
) -> None:
    public = key.with_name("signer.pub.pem")
    assert trust_key(public, tmp_path / "trusted") == trust_key(public, tmp_path / "trusted")
    (tmp_path / "b").mkdir()
    make_key_pair(tmp_path / "b" / "signer.pem", virtual_runtime(seed=2))
    with pytest.raises(Refused) as caught:
        trust_key(tmp_path / "b" / "signer.pub.pem", tmp_path / "trusted")
    assert caught.value.code == "POL-43"


def test_a_private_key_is_not_taken_for_a_trusted_one(tmp_path: Path, key: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        trust_key(key, tmp_path / "trusted")
    assert caught.value.code == "POL-41"
    assert list((tmp_path / "trusted").glob("*")) == []


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_key_that_is_none_signs_nothing(tmp_path: Path, policy: Path, content: bytes) -> None:
    broken = tmp_path / "broken.pem"
    broken.write_bytes(content)
    with pytest.raises(EnvironmentProblem) as caught:
        sign_file(policy, broken)
    assert caught.value.code == "POL-42"
    assert not signature_file(policy).exists()


def test_a_broken_trusted_key_is_named_instead_of_being_passed_over(tmp_path: Path, key: Path) -> None:
    trusted(key, tmp_path)
    (tmp_path / "trusted" / "broken.pem").write_text("nothing", encoding="ascii")
    with pytest.raises(EnvironmentProblem) as caught:
        TrustedKeys.read(tmp_path / "trusted")
    assert "broken.pem" in caught.value.sentence("en")


def test_a_file_that_is_not_there_is_told_plainly(tmp_path: Path, key: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        sign_file(tmp_path / "none.toml", key)
    assert caught.value.code == "POL-44"


def test_what_openssl_signed_is_accepted(tmp_path: Path) -> None:
    (tmp_path / "bureau.pem").write_text(OPENSSL_PUBLIC, encoding="ascii")
    keys = TrustedKeys.read(tmp_path)
    assert keys.signer(OPENSSL_CONTENT, OPENSSL_SIGNATURE) == "bureau"


def test_openssl_here_makes_and_accepts_the_same(tmp_path: Path, key: Path, policy: Path) -> None:
    if shutil.which("openssl") is None:  # the fixed signature above proves the form everywhere
        return
    keys, raw = trusted(key, tmp_path), tmp_path / "raw"
    _openssl("-sign", "-inkey", key, "-in", policy, "-out", raw)
    assert keys.signer(policy.read_bytes(), base64.encodebytes(raw.read_bytes())) == "signer"
    raw.write_bytes(base64.b64decode(signed(policy, key)))
    public = key.with_name("signer.pub.pem")
    _openssl("-verify", "-pubin", "-inkey", public, "-in", policy, "-sigfile", raw)


def _openssl(*arguments: str | Path) -> None:
    subprocess.run(["openssl", "pkeyutl", "-rawin", *arguments], check=True, capture_output=True)
