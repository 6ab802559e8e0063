"""The right column of a step of the set-up: what its test found, what may be done about it, and what is at stake."""

from pos_client.desk.draft import Draft
from pos_client.desk.findings import Finding, Mark
from pos_client.phrase import Language
from pos_client.ui.frame.message_line import Message
from pos_client.ui.kit.headings import Heading
from pos_client.ui.kit.notices import Box, Way
from pos_client.ui.kit.rows import Gap, State, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.setup_centre import SIGNS
from pos_client.ui.words import say
from pos_client.ui.words import setup as words

_WORDS = {Mark.OK: words.PASSED, Mark.LOOK: words.LOOK, Mark.STOP: words.FAILED}


def sentence(finding: Finding, language: Language) -> Message:
    """A finding as a message, its code apart."""
    said = finding.say(language).removesuffix(f"({finding.code})").rstrip() if finding.code else finding.say(language)
    return Message(SIGNS[finding.mark], said, finding.code)


def checked(finding: Finding | None, language: Language, *, way_on: str = "") -> list[Piece]:
    """What the test of this step found; ``way_on`` is what PgDn does where it found something in the way."""
    if finding is None:
        return [Heading(say(words.CHECK)), Words(say(words.NOT_CHECKED))]
    pieces: list[Piece] = [Heading(say(words.CHECK)), _state(finding, language)]
    if way_on and finding.mark is Mark.STOP:
        pieces += [Gap(), Way("PgDn", way_on, lined=False)]
    return pieces


def before(title: str, finding: Finding, language: Language) -> list[Piece]:
    """What the test of the step before found."""
    return [Heading(say(words.BEFORE, step=title)), _state(finding, language)]


def at_stake(draft: Draft) -> list[Piece]:
    """A real desk never looks like one for training."""
    if draft.mode != "real":
        return []
    return [Gap(16), Box(Sign.LOOK, say(words.REAL), (say(words.REAL_MEANS), say(words.REAL_FOREVER)))]


def _state(finding: Finding, language: Language) -> State:
    message = sentence(finding, language)
    code = f" {message.code}" if message.code else ""
    return State(message.sign, say(_WORDS[finding.mark]), f"{message.text}{code}")
