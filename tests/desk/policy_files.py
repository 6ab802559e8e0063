"""Policy files of an institution's own, made from the shipped ones, and a signer whom a home trusts."""

from pathlib import Path

from pos_client.config import Home
from pos_client.desk.policies import SHIPPED_FOLDER, trusted_folder
from pos_client.offline.trusted_keys import make_key_pair, sign_file, trust_key
from tests.virtual import virtual_runtime

#: Yizheng from 2012 on: nothing at the pharmacy may be paid from the account.
NO_ACCOUNT = (
    ("valid_from = 2010-01-01", "valid_from = 2012-01-01"),
    ('kind = "account_only"\naccount_pays = ["copay", "pre_self_pay"]', 'kind = "account_only"\naccount_pays = []'),
)


def write_policy(target: Path, *changes: tuple[str, str], like: str = "yizheng/2010-01-01") -> Path:
    """A shipped policy with texts replaced, under another name."""
    text = (SHIPPED_FOLDER / f"{like}.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return target


def signer(folder: Path, seed: int = 1) -> Path:
    """A private key outside any home."""
    key = folder / f"signer{seed}.pem"
    make_key_pair(key, virtual_runtime(seed=seed))
    return key


def put_in_force(home: Home, file: Path, key: Path) -> None:
    """Signs a file and trusts the signer."""
    sign_file(file, key)
    trust_key(key.with_name(f"{key.stem}.pub.pem"), trusted_folder(home))
