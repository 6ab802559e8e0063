"""Whom the institution trusts is written down, and no private key comes near the home."""

from pathlib import Path

import pytest

from pos_client.config import load_settings
from pos_client.desk.books import open_books
from pos_client.desk.policies import trusted_folder
from pos_client.desk.policy_keys import make_pair, trust
from pos_client.errors import Refused
from tests.desk.policy_files import signer
from tests.virtual import fresh_home, virtual_runtime


def test_a_private_key_is_never_made_inside_the_home(tmp_path: Path) -> None:
    home, _ = fresh_home(tmp_path)
    for place in (home.folder / "key.pem", home.policies / ".." / "key.pem"):
        with pytest.raises(Refused) as caught:
            make_pair(home, place, virtual_runtime())
        assert caught.value.code == "POL-50"
    assert not list(home.folder.rglob("*.pem"))


def test_a_pair_is_made_outside_it(tmp_path: Path) -> None:
    home, _ = fresh_home(tmp_path)
    assert make_pair(home, tmp_path / "signer.pem", virtual_runtime()) == tmp_path / "signer.pub.pem"


def test_trusting_a_key_is_an_act_in_the_audit_chain(tmp_path: Path) -> None:
    home, _ = fresh_home(tmp_path)
    public = signer(tmp_path).with_name("signer1.pub.pem")
    with open_books(home, {}, virtual_runtime()) as books:
        fingerprint = trust(books, public)
        with books.store.read() as connection:
            row = connection.exec_driver_sql("SELECT act, subject, detail FROM audit").one()
    assert tuple(row)[:2] == ("policy.trust", "signer1.pub.pem")
    assert fingerprint in row[2]
    assert [file.name for file in trusted_folder(home).iterdir()] == ["signer1.pem"]
    assert load_settings(home, {}).mode == "training"
