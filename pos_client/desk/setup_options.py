"""What there is to choose at each step of the set-up, and what was chosen, in words."""

from collections.abc import Sequence

from pos_client.card.readers.reader import ReaderState
from pos_client.config import Home
from pos_client.desk import first_start_checks as checks
from pos_client.desk import setup_words as words
from pos_client.desk.draft import Draft
from pos_client.desk.findings import Mark
from pos_client.desk.setup_view import KEYS, Option, Step
from pos_client.phrase import Language, Phrase

_FIXED: dict[Step, tuple[tuple[str, Phrase], ...]] = {
    Step.LANGUAGE: (("auto", words.AS_SYSTEM), ("zh", words.CHINESE), ("en", words.ENGLISH)),
    Step.THEME: (("auto", words.AS_SYSTEM), ("light", words.LIGHT), ("dark", words.DARK)),
}
_PERCENTAGES = (100, 125, 150, 175, 200)


def options_of(
    home: Home,
    step: Step,
    draft: Draft,
    language: Language,
    *,
    readers: Sequence[ReaderState] = (),
    printers: Sequence[str] = (),
) -> tuple[Option, ...]:
    """What there is to choose; none where something is typed."""
    match step:
        case Step.LANGUAGE | Step.THEME:
            return tuple(Option(value, phrase.say(language)) for value, phrase in _FIXED[step])
        case Step.SCALE:
            sizes = tuple(Option(str(percent), f"{percent} %") for percent in _PERCENTAGES)
            return (Option("0", words.AS_SYSTEM.say(language)), *sizes)
        case Step.MODE:
            return (
                Option("training", words.TRAINING.say(language), words.TRAINING_NOTE.say(language)),
                Option("real", words.REAL.say(language), words.REAL_NOTE.say(language), Mark.LOOK),
            )
        case Step.REGION:
            return _regions(home, draft, language)
        case Step.POLICY:
            return tuple(Option(one.id, one.title, one.id) for one in checks.policies(home))
        case Step.READER:
            return _readers(readers, language)
        case Step.PRINTER:
            return _printers(draft, printers, language)
        case _:
            return ()


def _regions(home: Home, draft: Draft, language: Language) -> tuple[Option, ...]:
    return tuple(
        Option(
            one.id,
            one.title,
            one.id if not one.own else f"{one.id} {words.OWN_FILE.say(language)}",
            Mark.STOP if one.problem is not None else None,
        )
        for one in checks.regions(home, draft.mode)
    )


def _readers(readers: Sequence[ReaderState], language: Language) -> tuple[Option, ...]:
    def note(one: ReaderState) -> str:
        return words.CARD_IN.say(language) if one.card_present else ""

    present = tuple(Option(one.url, one.name, note(one)) for one in readers)
    return (*present, Option("pcsc:", words.ANY_READER.say(language)))


def _printers(draft: Draft, printers: Sequence[str], language: Language) -> tuple[Option, ...]:
    chosen = draft.text("printer.name")
    known = [*printers, *([chosen] if chosen and chosen not in printers else [])]
    return (Option("", words.FILE_ONLY.say(language)), *(Option(name, name) for name in known))


def told(home: Home, step: Step, draft: Draft, language: Language) -> str:
    """What was chosen or entered, in a few words."""
    match step:
        case Step.INSTITUTION:
            return f"{draft.text('institution.name')} {draft.text('institution.code')}"
        case Step.DESK:
            numbers = {"number": draft.number("desk.number"), "desks": draft.number("institution.desks")}
            return words.DESK_VALUE.say(language, **numbers)
        case Step.SUPERVISOR:
            return f"{draft.supervisor_name} {draft.supervisor_title}".strip() or words.NOBODY.say(language)
        case Step.READING:
            age, seconds = draft.number("card.reading_age_min"), draft.number("reader.timeout_ms") // 1_000
            tested = draft.text("reader.check_genuine") == "yes"
            phrase = words.READING_VALUE_TESTED if tested else words.READING_VALUE
            return phrase.say(language, age=age, seconds=seconds)
        case Step.CLERK:
            return f"{draft.text('desk.operator')} {draft.text('desk.operator_name')}"
        case Step.DISPLAY | Step.ANNOUNCER | Step.DRAWER | Step.SCANNER:
            return draft.text(KEYS[step][0]) or words.NOBODY.say(language)
        case Step.KEEPING:
            return words.KEEPING_VALUE.say(language, count=draft.number("backup.keep"))
        case _:
            return _chosen(home, step, draft, language)


def _chosen(home: Home, step: Step, draft: Draft, language: Language) -> str:
    value = str(draft.settings.values[KEYS[step][0]])
    return next((one.text for one in options_of(home, step, draft, language) if one.value == value), value)
