"""Every figure of a policy that the calculator reads, changed by one: a yuan, a per cent, a month, a day, a year."""

import copy
import dataclasses
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from pos_client.benefit import PolicyLibrary
from pos_client.benefit.policy_checks import check_rules
from pos_client.benefit.policy_file import PolicyFile
from pos_client.benefit.policy_schema import check_schema
from pos_client.benefit.shapes import Path

#: The sections that a split hangs on.
READ = frozenset(
    {
        "schema",
        "policy",
        "dates",
        "rounding",
        "categories",
        "entitlement",
        "state",
        "items",
        "exclusion",
        "approval",
        "benefit",
        "site_param",
        "deposit",
        "invariant",
    }
)
#: What is the bureau's, the window's or the reader's, and no bill is split by.
NOT_READ = frozenset(
    {
        "account_credit",
        "contribution",
        "retirement",
        "funding",
        "chronic",
        "window",
        "ask_proof",
        "assumption",
        "unset",
    }
)

_MONTH_AND_DAY = re.compile(r"\d\d-\d\d")


class Change(NamedTuple):
    """One figure, at one place or at two that must agree, and what is added to it."""

    paths: tuple[Path, ...]
    step: int

    def __str__(self) -> str:
        path, *others = (".".join(str(part + 1 if isinstance(part, int) else part) for part in p) for p in self.paths)
        return f"{path}{' and its last segment' if others else ''} {self.step:+d}"

    @property
    def figure(self) -> str:
        """The figure without what is added to it."""
        return str(self).rsplit(" ", 1)[0]


def changes(document: Mapping[str, Any]) -> Iterator[Change]:
    """Each figure one up and one down."""
    figures = [(path,) for path in _figures({name: document[name] for name in document if name in READ}, ())]
    for paths in (*figures, *_caps_with_last_segment(document)):
        for step in (1, -1):
            yield Change(paths, step)


def _figures(value: object, path: Path) -> Iterator[Path]:
    if isinstance(value, Mapping):
        for key, member in value.items():
            yield from _figures(member, (*path, key))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _figures(member, (*path, index))
    elif _is_figure(value):
        yield path


def _is_figure(value: object) -> bool:
    if isinstance(value, str):
        return _MONTH_AND_DAY.fullmatch(value) is not None
    return isinstance(value, int | Decimal | date) and not isinstance(value, bool)


def _caps_with_last_segment(document: Mapping[str, Any]) -> Iterator[tuple[Path, Path]]:
    """A cap on eligible expense and the end of the layer's last segment are one figure written twice."""
    for index, benefit in enumerate(document.get("benefit", ())):
        for number, layer in enumerate(benefit.get("layer", ())):
            here: Path = ("benefit", index, "layer", number)
            last = layer["segment"][-1]
            if "to" in last and "cap" in layer:
                yield (*here, "cap", "amount"), (*here, "segment", len(layer["segment"]) - 1, "to")


def library_with(library: PolicyLibrary, file: PolicyFile, change: Change) -> PolicyLibrary:
    """The policies with one figure of one file changed, as the program would load them.

    What the source itself states (``[[invariant]]``) is left out where it is not the figure in question: the vectors
    must do without it.

    Raises:
        Fault: the changed file is refused when it is loaded.
    """
    document = copy.deepcopy(dict(file.document))
    for path in change.paths:
        _add(document, path, change.step)
    if change.paths[0][0] != "invariant":
        document.pop("invariant", None)
    check_schema(document)
    check_rules(document)
    other = dataclasses.replace(
        file, document=document, sha256=f"{file.sha256} {change}", valid_from=document["policy"]["valid_from"]
    )
    return with_file(library, file, other)


def with_file(library: PolicyLibrary, file: PolicyFile, other: PolicyFile) -> PolicyLibrary:
    """The same policies with another file in the place of one; what the file does not touch stays compiled."""
    changed = PolicyLibrary(())
    for name in library.ids():
        versions = [other if version is file else version for version in library.versions(name)]
        changed._files[name] = tuple(sorted(versions, key=lambda version: version.valid_from))
        for version in versions:
            changed._alias.update(dict.fromkeys(version.aliases, name))
    changed._compiled.update(library._compiled)
    return changed


def _add(document: Any, path: Path, step: int) -> None:
    *outer, last = path
    for part in outer:
        document = document[part]
    figure = document[last]
    if isinstance(figure, date):
        document[last] = figure + timedelta(days=step)
    elif isinstance(figure, str):
        month, day = figure.split("-")
        document[last] = f"{date(2001, int(month), int(day)) + timedelta(days=step):%m-%d}"
    else:
        document[last] = figure + step
