"""What changed from one version of a policy to another: the change of the rules, key by key."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from pos_client.benefit.policy_keys import figures_of

Kind = Literal["changed", "added", "removed", "moved"]


class Change(NamedTuple):
    """One key that is not the same in both; ``moved`` are rows or layers in another order, and order decides."""

    key: str
    kind: Kind
    old: str | None
    new: str | None


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """Every change from one document to another, in the order of the documents; what is new comes last."""
    before, after = figures_of(old), figures_of(new)
    found = [
        Change(key, "changed" if key in after.values else "removed", value, after.values.get(key))
        for key, value in before.values.items()
        if after.values.get(key) != value
    ]
    for key, names in before.orders.items():
        common = set(names) & set(after.orders.get(key, ()))
        was = [name for name in names if name in common]
        is_now = [name for name in after.orders.get(key, ()) if name in common]
        if was != is_now:
            found.append(Change(key, "moved", " > ".join(was), " > ".join(is_now)))
    found += [Change(key, "added", None, value) for key, value in after.values.items() if key not in before.values]
    return tuple(found)
