"""What the pages of the first start and of the settings ask: what there is to choose, tests, and what is kept.

Everything is called in a lane; what waits for hardware may be given up by :meth:`Setup.abandon` from another thread.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from pos_client.config import SETTING_OF, Home, load_settings, refuse_wrong_settings
from pos_client.desk import device_checks, first_start, setup_words
from pos_client.desk import first_start_checks as checks
from pos_client.desk.draft import Draft, load_draft, save_draft
from pos_client.desk.findings import Finding, Mark, found, tried
from pos_client.desk.settings import OF_THE_BOOKS
from pos_client.desk.setup_options import options_of, told
from pos_client.desk.setup_trial import Trial
from pos_client.desk.setup_view import DEVICES, KEYS, SETTINGS, Entered, Options, SettingRow, Step, Tested
from pos_client.offline.made import was_made
from pos_client.phrase import Language
from pos_client.runtime import Runtime

_YES_NO = ("no", "yes")
_IN_CHINESE = {"是": "yes", "否": "no"}
_BY_ENVIRONMENT = {"reader.url": "POS_CLIENT_READER", "front_end.url": "POS_CLIENT_FRONT_END"}


class Setup:
    """A home that is being set up, for the first time or again."""

    def __init__(self, home: Home, environment: Mapping[str, str], runtime: Runtime) -> None:
        self._home, self._environment = home, environment
        self._runtime = runtime
        self._trial: Trial | None = None

    @contextmanager
    def _trying(self) -> Iterator[Trial]:
        self._trial = trial = Trial(self._runtime)
        try:
            yield trial
        finally:
            self._trial = None

    def abandon(self) -> None:
        """Gives up what is being tried, whatever it waits for; what the bureau is asked has its own door besides."""
        trial = self._trial
        if trial is not None:
            trial.give_up()

    # --- what stands there ---

    def begun(self) -> Draft:
        """What was entered at a first start before, over what file and environment say.

        Raises:
            EnvironmentProblem: E-CONFIG, E-HOME.
        """
        return load_draft(self._home, self._environment)

    def in_force(self) -> Draft:
        """The settings of a desk that is set up.

        Raises:
            EnvironmentProblem: E-CONFIG, E-HOME.
        """
        return Draft(load_settings(self._home, self._environment).values)

    def fixed_keys(self) -> frozenset[str]:
        """The settings that cannot be changed here: those of the books, and those that the environment gives."""
        given = {key for key, name in _BY_ENVIRONMENT.items() if self._environment.get(name)}
        of_the_books = OF_THE_BOOKS if was_made(self._home) else ()
        return frozenset(given | set(of_the_books))

    def rows(self, language: Language) -> tuple[SettingRow, ...]:
        """All settings, as they are."""
        draft, fixed = self.in_force(), self.fixed_keys()
        return tuple(
            SettingRow(step, self.told(step, draft, language), self._why_fixed(step, fixed, language))
            for step in SETTINGS
        )

    def _why_fixed(self, step: Step, fixed: frozenset[str], language: Language) -> str:
        if not set(KEYS[step]) <= fixed:
            return ""
        name = _BY_ENVIRONMENT.get(KEYS[step][0])
        if name is not None:
            return setup_words.FIXED_BY_ENVIRONMENT.say(language, name=name)
        return setup_words.FIXED_BY_BOOKS.say(language)

    def told(self, step: Step, draft: Draft, language: Language) -> str:
        """What was chosen or entered, in a few words."""
        return told(self._home, step, draft, language)

    def options(self, step: Step, draft: Draft, language: Language, printers: Sequence[str]) -> Options:
        """What there is to choose; ``printers`` are those that the window knows of."""
        if step is Step.READER:
            with self._trying() as trial:
                readers = checks.find_readers(trial.runtime, draft)
            finding = found(setup_words.LOOK_STOPPED, Mark.LOOK) if trial.given_up else readers.finding
            return Options(options_of(self._home, step, draft, language, readers=readers.readers), finding)
        return Options(options_of(self._home, step, draft, language, printers=printers))

    # --- tests ---

    def test(self, step: Step, draft: Draft, entered: Entered, language: Language) -> Tested:
        """Takes over what was entered, and tests it; nothing is written."""
        changed = _with_entered(draft, entered)
        if step is Step.SUPERVISOR:
            changed = replace(changed, supervisor_name=entered.name, supervisor_title=entered.title)

        def test() -> Finding:
            if step is Step.INSTITUTION:  # it says more of a code than that its length is wrong
                checks.require_institution(changed)
            refuse_wrong_settings({key: changed.values[key] for key in entered.texts})
            return self._test(trial.runtime, step, changed, entered, language)

        with self._trying() as trial:
            finding = tried(test)
        return Tested(changed, found(setup_words.TRIAL_STOPPED, Mark.STOP) if trial.given_up else finding)

    def _test(self, runtime: Runtime, step: Step, draft: Draft, entered: Entered, language: Language) -> Finding:
        home = self._home
        if step in DEVICES:
            return device_checks.try_device(runtime, step, draft)
        tests: Mapping[Step, Callable[[], Finding]] = {
            Step.INSTITUTION: lambda: checks.check_institution(draft),
            Step.DESK: lambda: checks.check_desk(draft),
            Step.MODE: lambda: checks.check_mode(home, draft),
            Step.REGION: lambda: checks.check_region(home, draft),
            Step.POLICY: lambda: checks.check_policy(home, draft, runtime),
            Step.READER: lambda: checks.try_card(runtime, draft),
            Step.FRONT_END: lambda: checks.try_front_end(home, draft, runtime),
            Step.SUPERVISOR: lambda: checks.check_supervisor(draft, entered.password, entered.again),
            Step.READING: lambda: checks.check_psam(draft),
            Step.CLERK: lambda: found(setup_words.CAN_STAND),
            Step.KEEPING: lambda: found(setup_words.CAN_STAND),
        }
        return tests.get(step, lambda: found(setup_words.CHOSEN, what=self.told(step, draft, language)))()

    # --- what is kept ---

    def keep(self, draft: Draft) -> None:
        """Keeps what was entered at a first start so far.

        Raises:
            EnvironmentProblem: E-HOME.
        """
        save_draft(self._home, draft)

    def finish(self, draft: Draft, password: str) -> None:
        """Ends the first start.

        Raises:
            Refused, EnvironmentProblem: as :func:`first_start.finish`.
        """
        first_start.finish(self._home, self._environment, self._runtime, draft, password)


def _with_entered(draft: Draft, entered: Entered) -> Draft:
    values: dict[str, str | int] = {}
    for key, typed in entered.texts.items():
        text = _IN_CHINESE.get(typed, typed) if SETTING_OF[key].choices == _YES_NO else typed
        is_number = SETTING_OF[key].type is int and text.isascii() and text.isdecimal() and len(text) <= 9
        values[key] = int(text) if is_number else text
    return draft.with_values(values)
