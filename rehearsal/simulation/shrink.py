"""Makes a failing day as short as it can be and still fail: the story that is left is the one worth reading."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from .script import Act, Script, Troubles

#: Whether a script still fails in the way that is looked for.
Fails = Callable[[Script], bool]

_NO_TROUBLE = Troubles()


def shrink(script: Script, fails: Fails, *, most_plays: int = 400) -> Script:
    """The shortest script found by leaving out one thing after the other; the given one fails."""
    plays = 0
    shrinking = True
    while shrinking:
        shrinking = False
        for shorter in _shorter(script):
            plays += 1
            if plays > most_plays:
                return script
            if fails(shorter):
                script, shrinking = shorter, True
                break
    return script


def _shorter(script: Script) -> Iterator[Script]:
    """Scripts with something left out: the most first."""
    yield from _without_halves(script)
    for number in sorted({act.desk for act in script.acts}, reverse=True):
        if len({act.desk for act in script.acts}) > 1:
            yield replace(
                script,
                acts=tuple(act for act in script.acts if act.desk != number),
                events=tuple(event for event in script.events if event.desk != number),
            )
    for act in script.acts:
        yield replace(script, acts=tuple(one for one in script.acts if one is not act))
    for event in script.events:
        yield replace(script, events=tuple(one for one in script.events if one is not event))
    for act in script.acts:
        for simpler in _simpler(act):
            yield replace(script, acts=tuple(simpler if one is act else one for one in script.acts))


def _without_halves(script: Script) -> Iterator[Script]:
    half = len(script.acts) // 2
    if half > 1:
        yield replace(script, acts=script.acts[:half])
        yield replace(script, acts=script.acts[half:])
    if len(script.events) > 1:
        yield replace(script, events=())


def _simpler(act: Act) -> Iterator[Act]:
    troubles = act.troubles
    for changed in (
        *(replace(troubles, wire=tuple(one for one in troubles.wire if one is not left)) for left in troubles.wire),
        replace(troubles, line=None),
        replace(troubles, disk=None),
        replace(troubles, card=None),
        replace(troubles, crash=None),
    ):
        if changed != troubles:
            yield replace(act, troubles=changed)
    for simpler in (
        replace(act, basket=act.basket[:1]),
        replace(act, over_fen=0),
        replace(act, other_percent=0),
        replace(act, tries=1),
        replace(act, leaves=False),
        replace(act, use_account=False),
    ):
        if simpler != act:
            yield simpler
