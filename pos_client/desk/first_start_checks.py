"""The steps of the first start, each with a test of what was entered. None of them writes anything.

Whatever waits for hardware or network has a limit of its own; each may run alone in a worker thread.
"""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from pos_client.benefit.library import UnknownPolicy
from pos_client.card import words as card_words
from pos_client.card.process import CardProcess
from pos_client.card.readers import reader_url
from pos_client.card.readers.reader import ReaderState
from pos_client.config import SETTING_OF, Home, Mode, refuse_wrong_settings
from pos_client.desk import first_start_words as words
from pos_client.desk.card_reader import card_process
from pos_client.desk.draft import Draft
from pos_client.desk.findings import Finding, Mark, found, tried
from pos_client.desk.operators import require_usable
from pos_client.desk.policies import HomePolicies
from pos_client.desk.settings import require_may_stand
from pos_client.desk.setup_words import CAN_STAND
from pos_client.errors import Problem, Refused
from pos_client.phrase import Phrase
from pos_client.runtime import Runtime, business_date, shanghai
from pos_client.sync.bureau import REFUSE_SKEW_MS, WARN_SKEW_MS, Bureau
from pos_client.sync.envelope import Sender
from pos_client.sync.region import Region, load_region
from pos_client.sync.region_list import RegionChoice, region_choices

#: The longest that the front-end server is waited for while it is tried.
TRY_TIMEOUT_MS = 5_000
#: What stands in the setting of the PSAM where none is to be used.
NO_PSAM = "none"
#: National code of the institution (protocol, 1.1 row 15): H for a hospital or P for a pharmacy, then eleven digits.
_CODE = re.compile(r"[HP][0-9]{11}")


@dataclass(frozen=True, slots=True)
class PolicyChoice:
    """A benefit policy that may be chosen, by its newest version."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class ReadersFound:
    """The readers of this machine, and what is to be said of them."""

    finding: Finding
    readers: tuple[ReaderState, ...] = ()


def regions(home: Home, mode: Mode) -> list[RegionChoice]:
    """The regions that may be chosen."""
    return region_choices(home.regions, mode)


def policies(home: Home) -> list[PolicyChoice]:
    """The policies that may be chosen: those that say who is insured, and may pay."""
    library = HomePolicies(home)
    choices = []
    for policy_id in library.ids():
        try:
            newest = library.versions(policy_id)[-1]
        except Problem:  # a broken file of the home is told when its policy is chosen
            choices.append(PolicyChoice(policy_id, policy_id))
            continue
        if newest.status == "in_force" and "categories" in newest.document:
            choices.append(PolicyChoice(policy_id, str(newest.document["policy"]["title"])))
    return choices


def check_institution(draft: Draft) -> Finding:
    """Code and name of the institution."""

    def test() -> Finding:
        require_institution(draft)
        code = draft.text("institution.code")
        kind = words.HOSPITAL if code.startswith("H") else words.PHARMACY
        return found(words.INSTITUTION_OK, name=draft.text("institution.name"), code=code, kind=kind)

    return tried(test)


def require_institution(draft: Draft) -> None:
    """Refuses what cannot be an institution.

    Raises:
        Refused: S-INSTCODE, S-SAMPLE or S-INSTNAME.
    """
    code = draft.text("institution.code")
    if not _CODE.fullmatch(code):
        raise Refused(words.CODE_UNUSABLE, code=code)
    if draft.mode == "real" and code == SETTING_OF["institution.code"].default:
        raise Refused(words.SAMPLE_CODE, code=code)
    if not draft.text("institution.name").strip():
        raise Refused(words.NAME_MISSING)


def check_desk(draft: Draft) -> Finding:
    """Number of this desk, and how many there are."""

    def test() -> Finding:
        require_desk(draft)
        return found(words.DESK_OK, number=draft.number("desk.number"), desks=draft.number("institution.desks"))

    return tried(test)


def require_desk(draft: Draft) -> None:
    """Refuses numbers that cannot be.

    Raises:
        Refused: E-SETTING, S-DESKNO.
    """
    refuse_wrong_settings({key: draft.number(key) for key in ("desk.number", "institution.desks")})
    number, desks = draft.number("desk.number"), draft.number("institution.desks")
    if number > desks:
        raise Refused(words.DESK_BEYOND, number=number, desks=desks)


def check_mode(home: Home, draft: Draft) -> Finding:
    """Training or real; once there are books, only what they are."""

    def test() -> Finding:
        require_may_stand(home, {"mode": draft.mode})
        return found(words.TRAINING_OK if draft.mode == "training" else words.REAL_OK)

    return tried(test)


def check_region(home: Home, draft: Draft) -> Finding:
    """The region's file is there, whole, and of the mode that was chosen."""
    return tried(lambda: found(words.REGION_OK, title=_region(home, draft).title))


def check_policy(home: Home, draft: Draft, runtime: Runtime) -> Finding:
    """The policy by which bills are explained today; without one in force money is taken all the same."""
    today = business_date(runtime.clock.now_utc())
    return tried(lambda: require_policy(home, draft, today))


def require_policy(home: Home, draft: Draft, today: date) -> Finding:
    """What is to be said of the policy.

    Raises:
        Refused: S-POLICYID, there is none of that name.
    """
    library, policy_id = HomePolicies(home), draft.text("policy.id")
    try:
        policy = library.pick(policy_id, today)
    except UnknownPolicy as unknown:
        raise Refused(words.POLICY_UNUSABLE, id=policy_id) from unknown
    except Problem as problem:
        why = Phrase(problem.sentence("zh"), problem.sentence("en"))
        return found(words.NO_EXPLANATION, Mark.LOOK, why=why)
    title = library.file_of(policy.ref).document["policy"]["title"]
    return found(words.POLICY_OK, title=title, since=policy.ref.valid_from)


def check_supervisor(draft: Draft, password: str, again: str) -> Finding:
    """The first supervisor; a training desk may do without."""

    def test() -> Finding:
        if not draft.supervisor_name and draft.mode == "training":
            return found(words.NO_SUPERVISOR)
        require_supervisor_named(draft, password)
        if password != again:
            raise Refused(words.PASSWORDS_DIFFER)
        return found(words.SUPERVISOR_OK, name=draft.supervisor_name, title=draft.supervisor_title)

    return tried(test)


def require_supervisor_named(draft: Draft, password: str) -> None:
    """Refuses a supervisor who cannot be registered, and a real desk without one.

    Raises:
        Refused: S-FIRSTBOSS, S-OPNAME, S-OPTITLE or S-OPWEAK.
    """
    if not draft.supervisor_name and draft.mode == "real":
        raise Refused(words.SUPERVISOR_MISSING)
    if draft.supervisor_name:
        require_usable(draft.supervisor_name, draft.supervisor_title, password)


def find_readers(runtime: Runtime, draft: Draft) -> ReadersFound:
    """The readers of this machine."""
    try:
        with _cards(runtime, draft) as cards:
            seen = cards.readers()
    except Problem as problem:
        return ReadersFound(Finding.of(problem))
    readers = tuple(reader for reader in seen if reader.trouble is None)
    for reader in seen:
        if reader.trouble is not None:
            return ReadersFound(Finding.of(reader.trouble, Mark.LOOK if readers else Mark.STOP), readers)
    return ReadersFound(found(words.READERS_FOUND, count=len(readers)), readers)


def check_psam(draft: Draft) -> Finding:
    """Where the PSAM is looked for: an address that can be meant, by itself, or nowhere."""

    def test() -> Finding:
        if draft.text("reader.psam") not in ("", NO_PSAM):
            reader_url.parse(draft.text("reader.psam"))
        return found(CAN_STAND)

    return tried(test)


def try_card(runtime: Runtime, draft: Draft) -> Finding:
    """Reads what is in the chosen reader; what is told of a card is masked."""

    def test() -> Finding:
        with _cards(runtime, draft) as cards:
            try:
                seen = cards.read().masked()
            except Problem as problem:
                if problem.words is not card_words.NO_CARD:
                    raise
                return found(words.READER_READY)
        return found(words.CARD_READ, name=seen["name"], card_number=seen["card_number"])

    return tried(test)


def _cards(runtime: Runtime, draft: Draft) -> CardProcess:
    return card_process(runtime, draft)


def try_front_end(home: Home, draft: Draft, runtime: Runtime) -> Finding:
    """Signs in at the front-end server (9001) and compares the clocks."""
    return tried(lambda: _signed_in(_bureau(_region(home, draft), draft, runtime)))


def _signed_in(bureau: Bureau) -> Finding:
    bureau.sign_in()
    skew_ms = abs(bureau.clock_skew_ms)
    seconds = round(skew_ms / 1000)
    if skew_ms > WARN_SKEW_MS:
        mark = Mark.STOP if skew_ms > REFUSE_SKEW_MS else Mark.LOOK
        return found(words.SIGNED_IN_CLOCK_OFF, mark, seconds=seconds)
    return found(words.SIGNED_IN, seconds=seconds)


def _bureau(region: Region, draft: Draft, runtime: Runtime) -> Bureau:
    sender = Sender(
        institution_code=draft.text("institution.code"),
        institution_name=draft.text("institution.name"),
        operator=draft.text("desk.operator"),
        operator_name=draft.text("desk.operator_name"),
    )
    quick = replace(region, transport=replace(region.transport, query_timeout_ms=TRY_TIMEOUT_MS))
    return Bureau(quick, sender, draft.text("front_end.url"), runtime, _message_ids(draft, runtime))


def _message_ids(draft: Draft, runtime: Runtime) -> Callable[[], str]:
    """Message ids (as ``offline.ids``) before there is a store to remember them."""
    numbers = itertools.count()
    prefix, desk = draft.text("institution.code"), draft.number("desk.number")
    return lambda: f"{prefix}{shanghai(runtime.clock.now_utc()):%Y%m%d%H%M%S}{desk:02d}{next(numbers) % 100:02d}"


def _region(home: Home, draft: Draft) -> Region:
    return load_region(draft.text("region.id"), home.regions, draft.mode)
