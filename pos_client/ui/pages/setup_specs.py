"""How each step of the set-up looks: its title, what it is for, what is typed and whether something is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass

from pos_client.desk.setup_view import Step
from pos_client.ui.kit.fields import Kind
from pos_client.ui.words import setup as words

#: What is typed for the supervisor and is no setting.
NAME, TITLE, PASSWORD, AGAIN = "name", "title", "password", "again"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field: the setting that it is for (or one of the four of the supervisor), its label, what is typed."""

    key: str
    label: str
    kind: Kind = Kind.CODE
    hint: str = ""


@dataclass(frozen=True, slots=True)
class StepSpec:
    """One step; with ``chooses`` there is a list, and a field beside it holds what is chosen there."""

    title: str
    about: str
    fields: tuple[FieldSpec, ...] = ()
    chooses: bool = False


def _address(key: str, hint: str) -> FieldSpec:
    return FieldSpec(key, words.FIELD_ADDRESS, hint=hint)


SPECS: Mapping[Step, StepSpec] = {
    Step.LANGUAGE: StepSpec(words.LANGUAGE, words.ABOUT_LANGUAGE, chooses=True),
    Step.INSTITUTION: StepSpec(
        words.INSTITUTION,
        words.ABOUT_INSTITUTION,
        (
            FieldSpec("institution.code", words.FIELD_CODE),
            FieldSpec("institution.name", words.FIELD_NAME, Kind.TEXT),
            FieldSpec("institution.level", words.FIELD_LEVEL, hint=words.HINT_LEVEL),
        ),
    ),
    Step.DESK: StepSpec(
        words.DESK,
        words.ABOUT_DESK,
        (FieldSpec("desk.number", words.FIELD_NUMBER), FieldSpec("institution.desks", words.FIELD_DESKS)),
    ),
    Step.MODE: StepSpec(words.MODE, words.ABOUT_MODE, chooses=True),
    Step.REGION: StepSpec(words.REGION, words.ABOUT_REGION, chooses=True),
    Step.POLICY: StepSpec(words.POLICY, words.ABOUT_POLICY, chooses=True),
    Step.READER: StepSpec(
        words.READER, words.ABOUT_READER, (FieldSpec("reader.url", words.FIELD_ADDRESS),), chooses=True
    ),
    Step.FRONT_END: StepSpec(
        words.FRONT_END, words.ABOUT_FRONT_END, (FieldSpec("front_end.url", words.FIELD_ADDRESS),)
    ),
    Step.SUPERVISOR: StepSpec(
        words.SUPERVISOR,
        words.ABOUT_SUPERVISOR,
        (
            FieldSpec(NAME, words.FIELD_SUPERVISOR),
            FieldSpec(TITLE, words.FIELD_TITLE, Kind.TEXT),
            FieldSpec(PASSWORD, words.FIELD_PASSWORD, Kind.SECRET, words.HINT_PASSWORD),
            FieldSpec(AGAIN, words.FIELD_AGAIN, Kind.SECRET),
        ),
    ),
    Step.PRINTER: StepSpec(words.PRINTER, words.ABOUT_PRINTER, chooses=True),
    Step.THEME: StepSpec(words.THEME, words.ABOUT_THEME, chooses=True),
    Step.SCALE: StepSpec(words.SCALE, words.ABOUT_SCALE, chooses=True),
    Step.READING: StepSpec(
        words.READING,
        words.ABOUT_READING,
        (
            FieldSpec("card.reading_age_min", words.FIELD_AGE),
            FieldSpec("reader.timeout_ms", words.FIELD_TIMEOUT),
            FieldSpec("reader.psam", words.FIELD_PSAM, hint=words.HINT_PSAM),
            FieldSpec("reader.check_genuine", words.FIELD_GENUINE),
            FieldSpec("reader.apdu_log", words.FIELD_APDU_LOG),
        ),
    ),
    Step.CLERK: StepSpec(
        words.CLERK,
        words.ABOUT_CLERK,
        (
            FieldSpec("desk.operator", words.FIELD_CLERK),
            FieldSpec("desk.operator_name", words.FIELD_CLERK_NAME, Kind.TEXT),
        ),
    ),
    Step.KEEPING: StepSpec(
        words.KEEPING,
        words.ABOUT_KEEPING,
        (FieldSpec("backup.keep", words.FIELD_KEEP), FieldSpec("totals.folder", words.FIELD_FOLDER, Kind.TEXT)),
    ),
    Step.DISPLAY: StepSpec(words.DISPLAY, words.ABOUT_DISPLAY, (_address("devices.display", words.HINT_DISPLAY),)),
    Step.ANNOUNCER: StepSpec(
        words.ANNOUNCER, words.ABOUT_ANNOUNCER, (_address("devices.announcer", words.HINT_ANNOUNCER),)
    ),
    Step.DRAWER: StepSpec(words.DRAWER, words.ABOUT_DRAWER, (_address("devices.drawer", words.HINT_DRAWER),)),
    Step.SCANNER: StepSpec(words.SCANNER, words.ABOUT_SCANNER, (_address("devices.scanner", words.HINT_SCANNER),)),
}
