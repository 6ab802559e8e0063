"""Whom the institution trusts to put policies in force: making a key pair, and trusting a public key."""

from pathlib import Path

from pos_client.config import Home
from pos_client.desk.books import Books
from pos_client.desk.policies import trusted_folder
from pos_client.errors import Refused, Words
from pos_client.offline import audit
from pos_client.offline.trusted_keys import make_key_pair, trust_key
from pos_client.runtime import Runtime

NOT_IN_THE_HOME = Words(
    "POL-50",
    "私钥不能放在数据文件夹 {folder} 里，没有生成。请放在签发人自己的介质上。",
    "A private key must not lie in the data folder {folder}; none was made. Put it on a medium of the signer's own.",
)


def make_pair(home: Home, file: Path, runtime: Runtime) -> Path:
    """Writes a private key and the public one beside it; returns the public file.

    Raises:
        Refused: POL-50, the place is inside the home; POL-43, a file is already there.
        EnvironmentProblem: POL-44.
    """
    if file.resolve().is_relative_to(home.folder.resolve()):
        raise Refused(NOT_IN_THE_HOME, folder=home.folder)
    return make_key_pair(file, runtime)


def trust(books: Books, file: Path) -> str:
    """Trusts a public key from now on, with a row in the audit chain; returns its fingerprint.

    Raises:
        Refused: POL-43, another key is trusted under that name.
        EnvironmentProblem: POL-41, POL-44, D-… of the store.
    """
    fingerprint = trust_key(file, trusted_folder(books.home))
    now, operator = books.runtime.clock.now_utc(), books.settings.text("desk.operator")
    with books.store.commit() as connection:
        audit.append(connection, "policy.trust", file.name, {"sha256": fingerprint}, now=now, operator=operator)
    return fingerprint
