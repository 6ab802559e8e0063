"""What bills would have been under another policy: those of a file, or the settled sales of this home."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from pos_client.benefit.kept_bill import bill_of_kept_record
from pos_client.benefit.policy_file import PolicyFile
from pos_client.benefit.reasons import NO_POLICY_VERSION
from pos_client.benefit.record_reading import BadRecord
from pos_client.benefit.replay import Candidate, Replayed, SplitRecord, replay_bill, replay_lines
from pos_client.config import Home
from pos_client.desk.books import Books
from pos_client.desk.policies import HomePolicies, candidate, includes_for, signature_of
from pos_client.errors import EnvironmentProblem, Words
from pos_client.offline.settled_sales import SettledSale, settled_since

BILLS_NOT_READABLE = Words(
    "POL-51",
    "账单文件 {file} 读不出来（{why}），没有重算。请检查文件。",
    "The file of bills {file} cannot be read ({why}), so nothing was computed. Look at the file.",
)


class UsedVersion(NamedTuple):
    """A version of the rules: id, first day, revision, SHA-256 of the file, and its includes in the same form."""

    id: str
    valid_from: str
    revision: int
    sha256: str
    includes: tuple["UsedVersion", ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Every bill before and after, and by which versions: ``before`` with the number of its bills."""

    policy_file: Path
    status: str
    before: tuple[tuple[UsedVersion, int], ...]
    after: tuple[UsedVersion, ...]
    replayed: tuple[Replayed, ...]


class _Vouched(HomePolicies):
    """Only versions that come with the program or are signed: a file that waits for its signature changes no past."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._vouched: dict[str, tuple[PolicyFile, ...]] = {}

    def versions(self, id_or_alias: str) -> tuple[PolicyFile, ...]:
        """The versions that are vouched for, oldest first."""
        if id_or_alias not in self._vouched:
            found = super().versions(id_or_alias)
            self._vouched[id_or_alias] = tuple(file for file in found if signature_of(file)[0] in ("shipped", "signed"))
        return self._vouched[id_or_alias]


def replay_file(home: Home, policy_file: Path, bills_file: Path) -> Report:
    """Bills of the vectors' form, a line each, under the policies of their day and under a policy file.

    Raises:
        EnvironmentProblem: POL-51, the bills cannot be read; or a policy file cannot be used.
    """
    under = _candidate(home, policy_file)
    try:
        text = bills_file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise EnvironmentProblem(BILLS_NOT_READABLE, file=bills_file, why=error.strerror or error) from error
    lines = [(line, _category(line)) for line in text.split("\n") if line.strip()]
    return _report(under, replay_lines(lines, _Vouched(home), under))


def replay_sales(books: Books, policy_file: Path, since: date) -> Report:
    """The sales of this home that stand settled since a day, as they were split then and under a policy file.

    Raises:
        EnvironmentProblem: the policy file cannot be used, or the store cannot be read.
    """
    under = _candidate(books.home, policy_file)
    with books.store.read() as connection:
        return _report(under, [_replay_sale(sale, under) for sale in settled_since(connection, since)])


def _candidate(home: Home, policy_file: Path) -> Candidate:
    file = candidate(home, policy_file).file
    return Candidate(file, includes_for(home, file))


def _replay_sale(sale: SettledSale, under: Candidate) -> Replayed:
    held = {"status": "hold", "reasons": [NO_POLICY_VERSION], "details": [""]}
    try:
        bill = bill_of_kept_record(sale.record.get("bill") or {})
    except BadRecord as problem:
        error = {"code": problem.code, "message": problem.sentence("en"), "at": problem.at}
        refused = {"id": sale.id, "status": "refused", "error": error}
        return Replayed(sale.id, "", refused, refused)
    return replay_bill(sale.id, bill, sale.record["split"] or held, under)


def _category(line: str) -> str:
    """The register's category in a line; a line that cannot be read is refused later on, with its reason."""
    try:
        return str(json.loads(line)["person"]["category"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""


def _report(under: Candidate, replayed: Iterable[Replayed]) -> Report:
    bills = tuple(replayed)
    before = Counter(version for bill in bills if (version := _version(bill.before)) is not None)
    after = Counter(version for bill in bills if (version := _version(bill.after)) is not None)
    return Report(under.file.path, under.file.status, tuple(sorted(before.items())), tuple(sorted(after)), bills)


def _version(record: SplitRecord) -> UsedVersion | None:
    return _used(record["policy"]) if "policy" in record else None


def _used(record: Any) -> UsedVersion:
    includes = tuple(_used(one) for one in record["includes"])
    return UsedVersion(record["id"], record["valid_from"], record["revision"], record["sha256"], includes)
