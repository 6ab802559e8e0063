"""Reads one policy file: exact numbers, every key known, every promise kept, or a problem that names the line."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pos_client.benefit.policy_checks import check_rules
from pos_client.benefit.policy_schema import check_schema
from pos_client.benefit.shapes import Fault
from pos_client.benefit.shapes import Path as KeyPath
from pos_client.benefit.source_lines import SourceLines
from pos_client.errors import EnvironmentProblem, Words

NOT_READABLE = Words(
    "POL-01",
    "政策文件 {file} 读不出来：{reason}。整份文件没有启用。请改正或重新导入。",
    "Policy file {file} cannot be read: {reason}. The whole file stays out of use. Correct it or import it again.",
)
NAME_DISAGREES = Words(
    "POL-05",
    "政策文件 {file} 的位置或文件名与内容不符：应为 {expected}。整份文件没有启用。请改名或改正内容。",
    "Policy file {file} stands in the wrong place or has the wrong name: it must be {expected}."
    " The whole file stays out of use. Rename it or correct its content.",
)

_NAME = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.r(\d+))?\.toml")


class PolicyFileProblem(EnvironmentProblem):
    """A policy file that cannot be used; the sentence names file, line and key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFile:
    """One version of one place's rules as written, checked but not yet compiled."""

    path: Path
    id: str
    valid_from: date
    revision: int
    status: str
    sha256: str
    includes: tuple[str, ...]
    aliases: tuple[str, ...]
    document: Mapping[str, Any]
    lines: SourceLines

    def problem(self, fault: Fault) -> PolicyFileProblem:
        """The fault as a problem of this file, with the line where it stands."""
        return _problem(self.path, self.lines, fault)


def read_policy_file(path: Path, *, anywhere: bool = False) -> PolicyFile:
    """Reads and checks a policy file of any status; its name must agree with what is in it.

    ``anywhere``: a file that is only looked at may stand in any folder, and under any name that is no date.

    Raises:
        PolicyFileProblem: it cannot be read, or something in it is not as it must be.
    """
    source, text = _content(path)
    document = _parsed(path, text)
    lines = SourceLines(text)
    try:
        check_schema(document)
        check_rules(document)
    except Fault as fault:
        raise _problem(path, lines, fault) from None
    head = document["policy"]
    file = PolicyFile(
        path=path,
        id=head["id"],
        valid_from=head["valid_from"],
        revision=head.get("revision", 1),
        status=head["status"],
        sha256=hashlib.sha256(source).hexdigest(),
        includes=tuple(head.get("includes", ())),
        aliases=tuple(head.get("aliases", ())),
        document=document,
        lines=lines,
    )
    _check_name(file, anywhere=anywhere)
    return file


def is_draft(path: Path) -> bool:
    """Whether the file says that it is a draft, which may be unfinished and is never loaded.

    Raises:
        PolicyFileProblem: it cannot be read at all.
    """
    head = _parsed(path, _content(path)[1]).get("policy")
    return isinstance(head, dict) and head.get("status") == "draft"


def _content(path: Path) -> tuple[bytes, str]:
    try:
        source = path.read_bytes()
        return source, source.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyFileProblem(NOT_READABLE, file=_shown(path), reason=error) from error


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, ArithmeticError, RecursionError) as error:
        raise PolicyFileProblem(NOT_READABLE, file=_shown(path), reason=error) from error


def _problem(path: Path, lines: SourceLines, fault: Fault) -> PolicyFileProblem:
    key = _dotted(fault.path)
    fill = {"file": _shown(path), "line": lines.line_of(fault.path), "key": key, **fault.fill}
    return PolicyFileProblem(fault.words, {"path": str(path)}, **fill)


def _shown(path: Path) -> str:
    """The file as a person looks for it: its folder, which is the policy's id, and its name."""
    return f"{path.parent.name}/{path.name}"


def _dotted(path: KeyPath) -> str:
    """The path of a key as a person would write it: benefit.0.layer.1.cap becomes benefit[1].layer[2].cap."""
    dotted = ""
    for part in path:
        dotted += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return dotted.lstrip(".")


def _check_name(file: PolicyFile, *, anywhere: bool) -> None:
    revision = f".r{file.revision}" if file.revision != 1 else ""
    expected = f"{file.id}/{file.valid_from}{revision}.toml"
    dated = _NAME.fullmatch(file.path.name)
    if anywhere and (not dated or expected.endswith(f"/{file.path.name}")):
        return
    if _shown(file.path) != expected or not dated:
        raise PolicyFileProblem(NAME_DISAGREES, file=_shown(file.path), expected=expected)
