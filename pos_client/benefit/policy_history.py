"""The history of one figure over all versions of a policy, each with its day and its source."""

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from pos_client.benefit.policy_file import PolicyFile
from pos_client.benefit.policy_keys import figures_of, plain_key, select
from pos_client.errors import Refused, Words

NO_SUCH_KEY = Words(
    "POL-40",
    "{name} 的任何版本里都没有 {key}。请用 policy show {name} 查看键名；相近的有：{near}。",
    "No version of {name} has the key {key}. Look its name up with policy show {name}; near it: {near}.",
)


class Stand(NamedTuple):
    """A key in one version: what it and the keys below it say, nothing where it is not there.

    ``changed``: that is not what the version before said.
    """

    valid_from: date
    revision: int
    status: str
    source: str
    figures: Mapping[str, str]
    changed: bool


def history(name: str, versions: Iterable[PolicyFile], key: str) -> tuple[Stand, ...]:
    """How a key stands in each version, oldest first.

    Raises:
        Refused: POL-40, no version has it.
    """
    files = tuple(versions)
    stands: list[Stand] = []
    for file in files:
        figures = select(figures_of(file.document).values, key)
        changed = bool(stands) and figures != stands[-1].figures
        head = file.document["policy"]
        stands.append(Stand(file.valid_from, file.revision, file.status, head["source"], figures, changed))
    if not any(stand.figures for stand in stands):
        raise Refused(NO_SUCH_KEY, name=name, key=key, near=_near(files, key))
    return tuple(stands)


def _near(files: Iterable[PolicyFile], key: str) -> str:
    """Keys that are written alike."""
    known = dict.fromkeys(plain_key(one) for file in files for one in figures_of(file.document).values)
    return ", ".join(get_close_matches(plain_key(key), known, n=3)) or "–"
