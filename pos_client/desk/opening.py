"""A home on its way to a desk that serves: set up where it is new, opened, closed, opened again with other settings."""

from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum

from pos_client.config import Home
from pos_client.desk.counter import Counter
from pos_client.desk.first_start import is_first_start
from pos_client.desk.setup import Setup
from pos_client.desk.window_runs import Crash, begin_run, end_run
from pos_client.runtime import Runtime


class Stage(StrEnum):
    """What has to happen before anybody can be served."""

    FIRST_START = "first_start"
    SIGN_IN = "sign_in"
    READY = "ready"


class Opening:
    """Everything of it is called in the thread that opened it."""

    def __init__(self, home: Home, environment: Mapping[str, str], runtime: Runtime) -> None:
        self._home, self._environment, self._runtime = home, environment, runtime
        self.setup = Setup(home, environment, runtime)
        self.counter: Counter | None = None
        #: How the window of this desk ended the last time, where that was not properly.
        self.crash: Crash | None = None

    def open(self) -> Stage:
        """Opens the desk, or says that it must be set up first; may be tried again after a failure.

        Raises:
            EnvironmentProblem: E-HOME, E-CONFIG, K-01; D-DESK when another desk works on this home; D-….
        """
        self.close()
        if is_first_start(self._home, self._environment):
            return Stage.FIRST_START
        counter = Counter(self._home, self._environment, self._runtime)
        signs_in = counter.open()
        self.counter = counter
        with suppress(OSError):  # a disk that takes no mark is told of where it matters
            self.crash = begin_run(self._home, self._runtime.clock)
        return Stage.SIGN_IN if signs_in else Stage.READY

    def close(self) -> None:
        """Lets store and lock go; safe to call twice. The reader's process is ended by whoever asks it."""
        if self.counter is not None:
            with suppress(OSError):
                end_run(self._home)
            self.counter.close()
            self.counter = None
