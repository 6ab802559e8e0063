"""One test of the set-up, or one look for readers, that another thread may give up while it waits for hardware."""

from collections.abc import Sequence
from dataclasses import replace

from pos_client.runtime import Child, Errand, Runtime


class Trial:
    """Whatever a test starts ends when nobody waits for the test any more."""

    def __init__(self, runtime: Runtime) -> None:
        self._spawn = runtime.spawn
        self._children: list[Child] = []
        self.runtime = replace(runtime, spawn=self._spawned)
        """The world for the test."""
        self.given_up = False
        """Whether somebody said not to wait: what the test then tells of a process that ended is not its finding."""

    def give_up(self) -> None:
        """Ends what was started; never waits, safe to call twice."""
        self.given_up = True
        for child in tuple(self._children):
            _end(child)

    def _spawned(self, argv: Sequence[str]) -> Child:
        child = self._spawn(argv)
        self._children.append(child)
        if self.given_up:  # before this one could be seen
            _end(child)
        return child


def _end(child: Child) -> None:
    ending: Errand[None] = Errand(lambda _: child.kill())
    ending.start()
