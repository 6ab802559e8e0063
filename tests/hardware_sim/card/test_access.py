"""Access rules as they are written, and who passes them."""

import pytest

from hardware_sim.card.access import FREE, NEVER, PIN, rule
from hardware_sim.card.applications import applications
from hardware_sim.card.keys import KeyName


@pytest.mark.parametrize(
    ("text", "held", "allowed"),
    [
        ("free", set(), True),
        ("never", {PIN, "RK1DF04"}, False),
        ("PIN", set(), False),
        ("PIN", {PIN}, True),
        ("PIN | RK1DF04", {"RK1DF04"}, True),
        ("PIN | RK1DF04", {"RK1DF01"}, False),
        ("PIN & RK1DF04", {PIN}, False),
        ("PIN & RK1DF04", {"RK1DF04"}, False),
        ("PIN & RK1DF04", {PIN, "RK1DF04"}, True),
        ("PIN & RK1DF04 | UK1DF04", {"UK1DF04"}, True),
    ],
)
def test_who_passes_a_rule(text: str, held: set[str], allowed: bool) -> None:
    assert rule(text).allows(held) is allowed


def test_the_two_rules_without_credentials() -> None:
    assert (rule("free"), rule("never")) == (FREE, NEVER)


def test_the_layout_names_only_credentials_that_there_are() -> None:
    rules = [rule(file[act]) for one in applications() for file in one.files.values() for act in ("read", "write")]
    named = frozenset().union(*(one.credentials for one in rules))
    assert named - {PIN} <= set(KeyName)
    assert len(rules) == 2 * 33
