"""The policies of a home: those that come with the program, and the institution's own, which a trusted key signed.

A file of the institution's own lies in ``policies/<id>/<valid_from>[.rN].toml`` of the home. Anybody may look at it
and compute with it; it pays only with a signature beside it that a key in ``policies/trusted`` made over these very
bytes. One that should be in force and is not signed stops the explanation instead of being passed over: the desk
says why, rather than explaining bills by older rules.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from pos_client.benefit import Policy, PolicyLibrary, PolicyRef
from pos_client.benefit.facts import Event
from pos_client.benefit.library import shipped_folder
from pos_client.benefit.policy_file import PolicyFile, PolicyFileProblem, read_policy_file
from pos_client.config import Home
from pos_client.errors import Problem, Refused, Words
from pos_client.offline.settled_sales import policies_used
from pos_client.offline.store import Store
from pos_client.offline.trusted_keys import TrustedKeys, sign_file, signature_file

NOT_SIGNED = Words(
    "POL-45",
    "政策 {file} 没有受信任的签名，不能用来收费，这一笔不能核对。请让政策签发人签名（policy sign），或把它移出文件夹。",
    "Policy {file} is not signed, so it may not pay and this bill cannot be checked. Have it signed (policy sign), or "
    "take it out of the folder.",
)
SIGNATURE_DOES_NOT_FIT = Words(
    "POL-46",
    "政策 {file} 的签名对不上：签名后改过，或签名的不是本机构信任的密钥。不能用来收费，这一笔不能核对。请重新签发。",
    "The signature of policy {file} does not fit: it was changed afterwards, or the key is not trusted here. It may "
    "not pay and this bill cannot be checked. Have it issued again.",
)
ALTERED = Words(
    "POL-47",
    "政策 {file} 已经结算过 {count} 笔，内容却和当时不一样。结算过的版本不能改。请恢复原文件，改动另存为更高的修订号。",
    "Policy {file} has settled bills already ({count}) and is not what it was then. A version that settled bills "
    "must not be edited. Restore it, and give the change a higher revision.",
)
ONLY_IN_FORCE = Words(
    "POL-48",
    '政策 {file} 的状态是 {status}，没有签名：只有 status = "in_force" 的文件可以启用。请核对后改正状态再签。',
    'Policy {file} has the status {status} and was not signed: only status = "in_force" can be put in force. Correct '
    "the status first, if that is meant.",
)
NEITHER_FILE_NOR_VERSION = Words(
    "POL-49",
    "{text} 不是政策文件，也不是“名称@日期”。请写成 …/2010-01-01.toml 或 yizheng@2010-05-04。",
    "{text} is neither a policy file nor ID@DATE. Write …/2010-01-01.toml or yizheng@2010-05-04.",
)

SHIPPED_FOLDER: Final = shipped_folder()
_REMARKS: Final = frozenset({"assumption", "unset"})

Signature = Literal["shipped", "signed", "unsigned", "wrong"]
#: The record of a policy that a settled split names, and how many settlements name it.
Used = tuple[Mapping[str, Any], int]


def trusted_folder(home: Home) -> Path:
    """Where a home keeps the public keys that it trusts."""
    return home.policies / "trusted"


class HomePolicies(PolicyLibrary):
    """The policies of a home, of which those outside the program pay only with a signature."""

    def __init__(self, home: Home) -> None:
        super().__init__((SHIPPED_FOLDER, home.policies))

    def pick(self, id_or_alias: str, on: date, *, paying: bool = True) -> Policy:
        """The version in force on that day; when paying, it and its includes are vouched for.

        Raises:
            Refused: POL-45 not signed, POL-46 wrongly signed; and what :class:`PolicyLibrary` raises.
        """
        policy = super().pick(id_or_alias, on, paying=paying)
        if paying:
            self._vouch_for(policy.ref)
        return policy

    def pick_for(self, id_or_alias: str, event: Event, *, paying: bool = True) -> Policy:
        """The version for an event; when paying, it and its includes are vouched for.

        Raises:
            Refused: POL-45 not signed, POL-46 wrongly signed; and what :class:`PolicyLibrary` raises.
        """
        policy = super().pick_for(id_or_alias, event, paying=paying)
        if paying:
            self._vouch_for(policy.ref)
        return policy

    def file_of(self, ref: PolicyRef) -> PolicyFile:
        """The file that a policy was compiled from."""
        return next(file for file in self.versions(ref.id) if file.sha256 == ref.sha256)

    def _vouch_for(self, ref: PolicyRef) -> None:
        file = self.file_of(ref)
        signature, _ = signature_of(file)
        if signature in ("unsigned", "wrong"):
            words = NOT_SIGNED if signature == "unsigned" else SIGNATURE_DOES_NOT_FIT
            raise Refused(words, {"path": str(file.path)}, file=shown(file))
        for included in ref.includes:
            self._vouch_for(included)


def signature_of(file: PolicyFile) -> tuple[Signature, str]:
    """Whether the file is signed, and the name of the trusted key; for a file as it was read, not as it may be now.

    Raises:
        EnvironmentProblem: POL-41, a trusted key cannot be used; POL-44, it cannot be read.
    """
    top = file.path.parent.parent
    if top == SHIPPED_FOLDER:
        return "shipped", ""
    try:
        signature = signature_file(file.path).read_bytes()
        content = file.path.read_bytes()
    except OSError:
        return "unsigned", ""
    signer = TrustedKeys.read(top / "trusted").signer(content, signature)
    if signer is None or hashlib.sha256(content).hexdigest() != file.sha256:
        return "wrong", ""
    return "signed", signer


def shown(file: PolicyFile) -> str:
    """The file as a person looks for it: folder and name."""
    return f"{file.path.parent.name}/{file.path.name}"


def place_of(file: PolicyFile) -> str:
    """Where the file must stand in a folder of policies to be found."""
    revision = f".r{file.revision}" if file.revision != 1 else ""
    return f"{file.id}/{file.valid_from}{revision}.toml"


def used_versions(store: Store) -> list[Used]:
    """The policies that settled bills of this store were split by."""
    with store.read() as connection:
        return policies_used(connection)


class Entry(NamedTuple):
    """One policy file at hand, and what is wrong with it; ``file`` is None where it cannot be read."""

    path: Path
    file: PolicyFile | None
    signature: Signature
    signer: str
    problems: tuple[Problem, ...]


def list_policies(home: Home, used: Sequence[Used]) -> list[Entry]:
    """Every policy file of the program and of the home, drafts and broken ones too."""
    paths = [path for top in (SHIPPED_FOLDER, home.policies) for path in sorted(top.glob("*/*.toml"))]
    return [_entry(path, used) for path in paths]


def _entry(path: Path, used: Sequence[Used]) -> Entry:
    try:
        file = read_policy_file(path)
    except PolicyFileProblem as problem:
        return Entry(path, None, "shipped" if path.parent.parent == SHIPPED_FOLDER else "unsigned", "", (problem,))
    problems: list[Problem] = []
    signature, signer = signature_of(file)
    if signature == "wrong":
        problems.append(Refused(SIGNATURE_DOES_NOT_FIT, file=shown(file)))
    altered = _altered(file, used)
    return Entry(path, file, signature, signer, (*problems, *([altered] if altered else [])))


def _altered(file: PolicyFile, used: Iterable[Used]) -> Refused | None:
    """Whether bills were settled by this version while it said something else."""
    count = sum(
        times
        for record, times in used
        for one in (record, *record.get("includes", ()))
        if (one["id"], one["valid_from"], one["revision"]) == (file.id, file.valid_from.isoformat(), file.revision)
        and one["sha256"] != file.sha256
    )
    return Refused(ALTERED, {"sha256": file.sha256}, file=shown(file), count=count) if count else None


@dataclass(frozen=True, slots=True)
class Subject:
    """A policy to look at: its file, and what it says with its includes."""

    file: PolicyFile
    policy: Policy

    @property
    def says(self) -> dict[str, Any]:
        """All sections, those of its includes too; remarks only where they are its own."""
        own = self.file.document
        document = self.policy.document
        return {name: section for name, section in document.items() if name in own or name not in _REMARKS}


def check(home: Home, path: Path, used: Sequence[Used] = ()) -> Subject:
    """A policy file from anywhere after all checks, invariants included.

    Raises:
        PolicyFileProblem: a check fails; the problem names file, line and key.
        Refused: POL-47, this version has settled bills and said something else then.
    """
    subject = candidate(home, path)
    altered = _altered(subject.file, used)
    if altered is not None:
        raise altered
    return subject


def candidate(home: Home, path: Path) -> Subject:
    """A policy file from anywhere, compiled for its first day.

    Raises:
        PolicyFileProblem: it cannot be used.
    """
    file = read_policy_file(path.absolute(), anywhere=True)
    return Subject(file, includes_for(home, file).compile_candidate(file, file.valid_from))


def includes_for(home: Home, file: PolicyFile) -> PolicyLibrary:
    """Where the includes of a file from anywhere are looked for: the program, the home, the policies beside it."""
    top = file.path.parent.parent
    beside = [top] if file.path.parent.name == file.id and top != SHIPPED_FOLDER and top != home.policies else []
    return PolicyLibrary.before_shipped(*beside, home.policies)


def find(home: Home, id_or_alias: str, on: date) -> Subject:
    """The version in force on a day, simulated ones too.

    Raises:
        Refused: POL-30, POL-31, there is none.
        PolicyFileProblem: a file of this policy cannot be used.
    """
    library = HomePolicies(home)
    policy = library.pick(id_or_alias, on, paying=False)
    return Subject(library.file_of(policy.ref), policy)


def find_any(home: Home, text: str, today: date) -> Subject:
    """What ``FILE``, ``ID@DATE`` or ``ID`` (today) names.

    Raises:
        Refused: POL-49, it is none of these; POL-30, POL-31, there is no such version.
        PolicyFileProblem: the file cannot be used.
    """
    if text.endswith(".toml"):
        return candidate(home, Path(text))
    name, at, day = text.partition("@")
    try:
        return find(home, name, date.fromisoformat(day) if at else today)
    except ValueError:
        raise Refused(NEITHER_FILE_NOR_VERSION, text=text) from None


def sign(home: Home, path: Path, key_file: Path, used: Sequence[Used]) -> Path:
    """Checks a policy file and signs it; returns the signature's file.

    Raises:
        PolicyFileProblem: a check fails.
        Refused: POL-47, POL-48, nothing was signed.
        EnvironmentProblem: POL-42, POL-44 of the key.
    """
    file = check(home, path, used).file
    if file.status != "in_force":
        raise Refused(ONLY_IN_FORCE, file=shown(file), status=file.status)
    return sign_file(file.path, key_file)
