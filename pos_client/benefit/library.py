"""The policies at hand: which ids there are, and which version of one is in force on a day."""

from collections.abc import Iterable
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from pos_client.benefit.event_days import day_of
from pos_client.benefit.facts import Event
from pos_client.benefit.invariants import check_invariants
from pos_client.benefit.policy import Policy
from pos_client.benefit.policy_file import PolicyFile, PolicyFileProblem, is_draft, read_policy_file
from pos_client.benefit.result import PolicyRef
from pos_client.benefit.shapes import Fault
from pos_client.errors import Problem, Refused, Words

UNKNOWN_POLICY = Words(
    "POL-30",
    "没有名为 {name} 的政策，不能核对。请检查地区设置，或导入该地政策文件。",
    "There is no policy named {name}, so nothing can be checked. Look at the region's settings, or import its policy.",
)
NO_VERSION = Words(
    "POL-31",
    "{name} 在 {day} 没有生效的政策版本，不能核对。请导入那一天适用的政策文件。",
    "No version of {name} is in force on {day}, so nothing can be checked. Import the policy file for that day.",
)
NOT_FOR_PAYING = Words(
    "POL-32",
    "{name} 在 {day} 只有模拟政策，可以试算，不能用来收费。请改选正式政策。",
    "On {day} there is only a simulated policy of {name}: it may be computed, never paid by. Choose one in force.",
)
TWO_OF_ONE = Words(
    "POL-33",
    "同一政策版本有两个文件：{file} 和 {other}。两个都没有启用。请删去一个，或提高修订号。",
    "Two files are the same version of one policy: {file} and {other}. Neither is used."
    " Remove one, or raise its revision.",
)
ALIAS_TWICE = Words(
    "POL-34",
    "别名 {name} 被 {ids} 同时使用，不知道指哪一个。请改正其中一份文件的 aliases。",
    "The alias {name} is used by {ids}, so it is not clear which is meant. Correct the aliases of one of them.",
)
INCLUDED_IN_ITSELF = Words(
    "POL-35",
    "政策 {name} 通过 includes 又包含了自己，没有启用。请改正 includes。",
    "Policy {name} includes itself through its includes and is not used. Correct the includes.",
)
INCLUDE_MISSING = Words(
    "POL-36",
    "政策 {file} 要包含的政策 {name} 不在，或当天没有生效的版本，没有启用。请把它放进同一个政策文件夹。",
    "Policy {file} includes {name}, which is not there or not in force that day, so it is not used."
    " Put it into the same policy folder.",
)


class UnknownPolicy(Refused):
    """No policy has that id or alias."""


class NoVersionInForce(Refused):
    """The policy exists, but not on that day, or not for paying."""


def shipped_folder() -> Path:
    """Where the policies lie that come with the program."""
    return Path(str(resources.files("pos_client.benefit"))) / "policies"


class PolicyLibrary:
    """Policies in folders, one sub-folder for each id; files are read, checked and compiled when first needed."""

    def __init__(self, folders: Iterable[Path], *, first_wins: bool = False) -> None:
        self._folders = tuple(folders)
        self._first_wins = first_wins
        self._files: dict[str, tuple[PolicyFile, ...]] = {}
        self._compiled: dict[PolicyRef, Policy] = {}
        self._picked: dict[tuple[str, date, bool], Policy] = {}
        self._alias: dict[str, str] = {}

    @classmethod
    def shipped(cls, *more: Path) -> "PolicyLibrary":
        """The policies that come with the program, and those in further folders."""
        return cls.open(shipped_folder(), *more)

    @classmethod
    def before_shipped(cls, *folders: Path) -> "PolicyLibrary":
        """These folders, then what comes with the program; a version in an earlier folder hides the same in a later.

        For looking and computing only: what may hide a shipped rule must never pay.
        """
        return cls((*folders, shipped_folder()), first_wins=True)

    @classmethod
    def open(cls, *folders: Path) -> "PolicyLibrary":
        """The policies in these folders, each of which holds ``<id>/<valid_from>[.rN].toml``.

        An id may have versions in more than one folder; a copy of the very same file counts once.
        """
        return cls(folders)

    def ids(self) -> list[str]:
        """The ids at hand, in alphabetical order."""
        found = {
            folder.name
            for top in self._folders
            if top.is_dir()
            for folder in top.iterdir()
            if folder.is_dir() and any(folder.glob("*.toml"))
        }
        return sorted(found)

    def versions(self, id_or_alias: str) -> tuple[PolicyFile, ...]:
        """All versions of a policy except drafts, oldest first, a correction after what it corrects.

        Raises:
            UnknownPolicy: no policy has that id or alias.
            PolicyFileProblem: one of its files cannot be used.
        """
        name = self._id(id_or_alias)
        if name not in self._files:
            self._files[name] = self._read(name)
        return self._files[name]

    def pick(self, id_or_alias: str, on: date, *, paying: bool = True) -> Policy:
        """The version in force on that day, compiled; simulated ones only when nothing is paid by it.

        Raises:
            UnknownPolicy: no policy has that id or alias.
            NoVersionInForce: none is in force that day, or only a simulated one while paying.
            PolicyFileProblem: a file of this policy, or one that it includes, cannot be used.
        """
        wanted = (id_or_alias, on, paying)
        policy = self._picked.get(wanted)
        if policy is None:
            policy = self._compile(self._in_force(id_or_alias, on, paying=paying), on, paying=paying)
            self._picked[wanted] = policy
        return policy

    def pick_for(self, id_or_alias: str, event: Event, *, paying: bool = True) -> Policy:
        """The version for an event: the latest one in force on the day that this very version says decides.

        Raises:
            Held: the event does not carry that day.
            UnknownPolicy, NoVersionInForce, PolicyFileProblem: as for :meth:`pick`.
        """
        for file in reversed(self.versions(id_or_alias)):
            version_by = file.document.get("dates", {}).get("version_by", "discharge")
            day = day_of(event, version_by)
            if file.valid_from <= day and (file.status == "in_force" or not paying):
                return self._compile(file, day, paying=paying)
        return self.pick(id_or_alias, day_of(event, "discharge"), paying=paying)

    def compile_candidate(self, file: PolicyFile, on: date) -> Policy:
        """A file from anywhere, compiled with what these folders hold of its includes on a day; never to pay by.

        Raises:
            PolicyFileProblem: a promise of the file is broken, or an include cannot be used.
        """
        return self._compile(file, on, paying=False)

    def _in_force(self, id_or_alias: str, on: date, *, paying: bool) -> PolicyFile:
        begun = [file for file in self.versions(id_or_alias) if file.valid_from <= on]
        usable = [file for file in begun if file.status == "in_force" or not paying]
        if usable:
            return usable[-1]
        raise NoVersionInForce(NOT_FOR_PAYING if begun else NO_VERSION, name=id_or_alias, day=on)

    def _compile(self, file: PolicyFile, on: date, *, paying: bool, outer: tuple[str, ...] = ()) -> Policy:
        if file.id in outer:
            raise PolicyFileProblem(INCLUDED_IN_ITSELF, {"path": str(file.path)}, name=file.id)
        included = [
            self._compile(self._included(file, name, on, paying=paying), on, paying=paying, outer=(*outer, file.id))
            for name in file.includes
        ]
        ref = PolicyRef(file.id, file.valid_from, file.revision, file.sha256, tuple(policy.ref for policy in included))
        if ref not in self._compiled:
            self._compiled[ref] = _compiled(file, ref, included)
        return self._compiled[ref]

    def _included(self, file: PolicyFile, name: str, on: date, *, paying: bool) -> PolicyFile:
        """The version of an included policy. One that is missing is a fault of the folder, not a gap in the rules."""
        try:
            return self._in_force(name, on, paying=paying)
        except (UnknownPolicy, NoVersionInForce) as problem:
            raise PolicyFileProblem(INCLUDE_MISSING, {"path": str(file.path)}, file=file.id, name=name) from problem

    def _read(self, name: str) -> tuple[PolicyFile, ...]:
        files: dict[tuple[date, int], PolicyFile] = {}
        for top in self._folders:
            hidden = set(files) if self._first_wins else set()
            for path in sorted((top / name).glob("*.toml")):
                if is_draft(path):
                    continue
                file = read_policy_file(path)
                version = file.valid_from, file.revision
                other = files.setdefault(version, file)
                if other.sha256 != file.sha256 and version not in hidden:
                    raise PolicyFileProblem(TWO_OF_ONE, {"path": str(path)}, file=path, other=other.path)
        return tuple(file for _, file in sorted(files.items()))

    def _id(self, id_or_alias: str) -> str:
        if id_or_alias in self._files or id_or_alias in self._alias:
            return self._alias.get(id_or_alias, id_or_alias)
        ids = self.ids()
        if id_or_alias in ids:
            return id_or_alias
        self._alias[id_or_alias] = self._id_of_alias(id_or_alias, ids)
        return self._alias[id_or_alias]

    def _id_of_alias(self, alias: str, ids: list[str]) -> str:
        """The id whose files name the alias. A broken file of another id matters only if nobody else does."""
        found: list[str] = []
        broken: Problem | None = None
        for name in ids:
            try:
                if any(alias in file.aliases for file in self.versions(name)):
                    found.append(name)
            except PolicyFileProblem as problem:
                broken = broken or problem
        if len(found) > 1:
            raise PolicyFileProblem(ALIAS_TWICE, name=alias, ids=", ".join(found))
        if found:
            return found[0]
        raise broken or UnknownPolicy(UNKNOWN_POLICY, name=alias)


def _compiled(file: PolicyFile, ref: PolicyRef, included: list[Policy]) -> Policy:
    """The file with what it includes; its own sections win, and later includes win over earlier ones."""
    document: dict[str, Any] = {}
    titles: dict[str, str] = {}
    for policy in included:
        document.update(policy.document)
        titles.update(policy.titles)
    document.update(file.document)
    titles.update(dict.fromkeys(file.document, file.document["policy"]["title"]))
    policy = Policy(ref, document, titles)
    try:
        check_invariants(policy)
    except Fault as fault:
        raise file.problem(fault) from None
    return policy
