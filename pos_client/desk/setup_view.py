"""What the pages of the first start and of the settings show and hand on; light, and of frozen data only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pos_client.desk.draft import Draft
from pos_client.desk.findings import Finding, Mark


class Step(StrEnum):
    """One thing that a desk must know about itself; its test stands in ``first_start_checks``."""

    LANGUAGE = "language"
    INSTITUTION = "institution"
    DESK = "desk"
    MODE = "mode"
    REGION = "region"
    POLICY = "policy"
    READER = "reader"
    FRONT_END = "front_end"
    SUPERVISOR = "supervisor"
    PRINTER = "printer"
    THEME = "theme"
    SCALE = "scale"
    READING = "reading"
    CLERK = "clerk"
    KEEPING = "keeping"
    DISPLAY = "display"
    ANNOUNCER = "announcer"
    DRAWER = "drawer"
    SCANNER = "scanner"


#: The settings of each step.
KEYS: Mapping[Step, tuple[str, ...]] = {
    Step.LANGUAGE: ("language",),
    Step.INSTITUTION: ("institution.code", "institution.name", "institution.level"),
    Step.DESK: ("desk.number", "institution.desks"),
    Step.MODE: ("mode",),
    Step.REGION: ("region.id",),
    Step.POLICY: ("policy.id",),
    Step.READER: ("reader.url",),
    Step.FRONT_END: ("front_end.url",),
    Step.SUPERVISOR: (),
    Step.PRINTER: ("printer.name",),
    Step.THEME: ("ui.theme",),
    Step.SCALE: ("ui.scale_percent",),
    Step.READING: (
        "card.reading_age_min",
        "reader.timeout_ms",
        "reader.psam",
        "reader.check_genuine",
        "reader.apdu_log",
    ),
    Step.CLERK: ("desk.operator", "desk.operator_name"),
    Step.KEEPING: ("backup.keep", "totals.folder"),
    Step.DISPLAY: ("devices.display",),
    Step.ANNOUNCER: ("devices.announcer",),
    Step.DRAWER: ("devices.drawer",),
    Step.SCANNER: ("devices.scanner",),
}
#: What hangs on a line of its own besides the reader.
DEVICES = frozenset({Step.DISPLAY, Step.ANNOUNCER, Step.DRAWER, Step.SCANNER})
#: In this order at the first start.
FIRST_START = (
    Step.LANGUAGE, Step.INSTITUTION, Step.DESK, Step.MODE, Step.REGION, Step.POLICY, Step.READER, Step.FRONT_END,
    Step.SUPERVISOR, Step.PRINTER, Step.THEME,
)  # fmt: skip
#: In this order among the settings.
SETTINGS = (
    Step.INSTITUTION, Step.DESK, Step.MODE, Step.REGION, Step.POLICY, Step.READER, Step.READING, Step.FRONT_END,
    Step.CLERK, Step.PRINTER, Step.DISPLAY, Step.ANNOUNCER, Step.DRAWER, Step.SCANNER, Step.LANGUAGE, Step.THEME,
    Step.SCALE, Step.KEEPING,
)  # fmt: skip
#: What stands outside may come later: a problem there keeps nobody from going on.
MAY_WAIT = DEVICES | {Step.READER, Step.FRONT_END}
#: What nobody could start with is not saved, whatever stands outside: a value or an address that cannot be meant.
CANNOT_STAND = frozenset({"E-SETTING", "K-01", "G-07"})
#: What concerns only how this window looks and where it prints: no supervisor is asked.
OF_THE_WINDOW = frozenset({Step.LANGUAGE, Step.PRINTER, Step.THEME, Step.SCALE})


@dataclass(frozen=True, slots=True)
class Option:
    """One possibility of a step that is chosen from a list, in words."""

    value: str
    text: str
    note: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """What there is to choose, and what was found while looking for it."""

    options: tuple[Option, ...] = ()
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the fields of a step: texts by setting; of the supervisor also what is no setting."""

    texts: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    title: str = ""
    password: str = field(default="", repr=False)
    again: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Tested:
    """The draft with what was entered, and what the step's test found."""

    draft: Draft
    finding: Finding


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One row among the settings; ``fixed`` says why it cannot be changed, empty where it can."""

    step: Step
    value: str
    fixed: str = ""
